module example.com/alpine-root-binary

go 1.21
