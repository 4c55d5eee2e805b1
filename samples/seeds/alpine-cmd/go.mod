module example.com/alpine-cmd

go 1.22
