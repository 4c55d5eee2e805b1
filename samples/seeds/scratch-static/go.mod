module example.com/scratch-static

go 1.21
