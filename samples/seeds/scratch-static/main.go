// A service that says what it is and what it runs on, out of the standard library alone.
package main

import (
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"
)

const (
	name    = "scratch-static"
	version = "1.0.0"
)

var started = time.Now()

type facts struct {
	Service   serviceFacts `json:"service"`
	System    systemFacts  `json:"system"`
	Runtime   runtimeFacts `json:"runtime"`
	Request   requestFacts `json:"request"`
	Endpoints []endpoint   `json:"endpoints"`
}

type serviceFacts struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type systemFacts struct {
	Hostname     string `json:"hostname"`
	Platform     string `json:"platform"`
	Architecture string `json:"architecture"`
	Processors   int    `json:"processors"`
	GoVersion    string `json:"go_version"`
}

type runtimeFacts struct {
	UptimeSeconds int64  `json:"uptime_seconds"`
	Time          string `json:"time"`
	Zone          string `json:"zone"`
	UserID        int    `json:"user_id"`
}

type requestFacts struct {
	Client    string `json:"client"`
	UserAgent string `json:"user_agent"`
	Method    string `json:"method"`
	Path      string `json:"path"`
}

type endpoint struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	About  string `json:"about"`
}

type health struct {
	Status        string `json:"status"`
	Timestamp     string `json:"timestamp"`
	UptimeSeconds int64  `json:"uptime_seconds"`
}

var endpoints = []endpoint{
	{http.MethodGet, "/", "service, system, runtime and request"},
	{http.MethodGet, "/health", "whether the service is well"},
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}

	mux := http.NewServeMux()
	mux.HandleFunc("/", index)
	mux.HandleFunc("/health", healthy)
	server := &http.Server{Addr: net.JoinHostPort("", port), Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	log.Printf("%s %s listens on port %s", name, version, port)
	log.Fatal(server.ListenAndServe())
}

func index(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}

	hostname, _ := os.Hostname()
	client, _, _ := net.SplitHostPort(r.RemoteAddr)
	now := time.Now()
	zone, _ := now.Zone()
	write(w, facts{
		Service:   serviceFacts{name, version},
		System:    systemFacts{hostname, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version()},
		Runtime:   runtimeFacts{uptime(), now.Format(time.RFC3339), zone, os.Getuid()},
		Request:   requestFacts{client, r.UserAgent(), r.Method, r.URL.Path},
		Endpoints: endpoints,
	})
}

func healthy(w http.ResponseWriter, _ *http.Request) {
	write(w, health{"healthy", time.Now().UTC().Format(time.RFC3339Nano), uptime()})
}

func uptime() int64 {
	return int64(time.Since(started).Seconds())
}

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print(err)
	}
}
