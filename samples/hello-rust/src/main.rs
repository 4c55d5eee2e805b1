//! A web service out of the standard library alone.
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> Result<()> {
    for stream in TcpListener::bind("0.0.0.0:8080")?.incoming() {
        let stream = stream?;
        std::thread::spawn(|| answer(stream));
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while matches!(lines.next(), Some(Ok(line)) if !line.is_empty()) {}
    let (kind, body) = if request.starts_with("GET /health ") {
        ("application/json", "{\"status\":\"healthy\"}\n")
    } else {
        ("text/plain", "Hello from Rust\n")
    };
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", kind, body.len(), body)
}
