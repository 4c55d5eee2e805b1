"""A web service out of the standard library alone."""
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        health = self.path == "/health"
        body = b'{"status":"healthy"}\n' if health else b"Hello from Python\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if health else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
ThreadingHTTPServer(("", 8080), Handler).serve_forever()
