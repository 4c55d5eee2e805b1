module example.com/alpine-hardened

go 1.25
