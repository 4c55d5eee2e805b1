// What the tests of volumes, system files, health and signals run in a container.
package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	switch arguments := os.Args[2:]; os.Args[1] {
	case "write":
		for _, folder := range arguments {
			write(folder)
		}
	case "system":
		zone, err := time.LoadLocation(arguments[0])
		if err != nil {
			fail(err)
		}
		fmt.Println(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC).In(zone).Format(time.RFC3339))
		roots, err := x509.SystemCertPool()
		fmt.Println("roots:", err == nil && !roots.Equal(x509.NewCertPool()))
	case "fetch":
		answer, err := http.Get(arguments[0])
		if err != nil {
			fail(err)
		}
		fmt.Println(answer.Status)
	case "health":
		fmt.Println(arguments)
	case "serve":
		signals := make(chan os.Signal, 1)
		signal.Notify(signals)
		for received := range signals {
			if received != syscall.SIGURG {
				os.Exit(int(received.(syscall.Signal)))
			}
		}
	}
}

func write(folder string) {
	others, _ := filepath.Glob(filepath.Join(folder, "*"))
	if err := os.WriteFile(filepath.Join(folder, "written"), nil, 0o600); err != nil {
		fmt.Println(folder, "refused:", errors.Unwrap(err))
		return
	}
	beside := ""
	for _, other := range others {
		beside += ", beside " + filepath.Base(other)
	}
	fmt.Printf("%s written by %d%s\n", folder, os.Getuid(), beside)
}

func fail(err error) {
	fmt.Println(err)
	os.Exit(1)
}
