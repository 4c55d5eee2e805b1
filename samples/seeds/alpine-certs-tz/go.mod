module example.com/alpine-certs-tz

go 1.21
