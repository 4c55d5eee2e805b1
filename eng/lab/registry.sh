#!/usr/bin/env bash
# registry.sh up|down: three registries on this machine's loopback, which docker uses without looking at certificates. Safe to run again.
#   127.0.0.1:5000  takes from and gives to anyone; one that answers there already is used as it is
#   127.0.0.1:5001  wants a user and a password, made up at each start and written to registry/login in the lab's state directory: two lines
#   127.0.0.1:5002  wants the same login, and speaks TLS: its authority, which nothing trusts, is made at each start as registry/tls/ca.crt
# Needs root and Debian's apt where docker-registry, htpasswd or openssl is missing. 'down' stops what 'up' started, by pid, and removes what was pushed.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

registries=$lab_state/registry

main() {
  case ${1:-} in
    up)
      answers 5000 || { install_registry && start open 5000; }
      running locked || { install_registry && make_login && start locked 5001; }
      running tls || { install_registry && make_certificates && start tls 5002; }
      log "registries on 127.0.0.1:5000 and, with a login, 127.0.0.1:5001 and 127.0.0.1:5002, the last with TLS"
      ;;
    down) stop open && stop locked && stop tls && rm -rf "$registries" ;;
    *) fail "registry.sh up|down" ;;
  esac
}

install_registry() { apt_install docker-registry apache2-utils openssl; }

make_login() {
  mkdir -p "$registries"
  (umask 077 && printf 'lab-%s\n%s\n' "$(random 4)" "$(random 16)" >"$registries/login")
  { read -r user && read -r password; } <"$registries/login"
  htpasswd -iBc "$registries/htpasswd" "$user" <<<"$password" 2>/dev/null
}
random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# An authority and a certificate by it for this machine's loopback; the authority's key is gone at once.
make_certificates() {
  local folder=$registries/tls
  mkdir -p "$folder"
  (
    cd "$folder"
    umask 077
    openssl req -x509 -newkey rsa:2048 -nodes -days 7 -keyout ca.key -out ca.crt -subj "/CN=containersdk lab authority $(random 4)" \
      -addext "keyUsage=critical,keyCertSign,cRLSign"
    openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
    printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n' >server.ext
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 7 -extfile server.ext -out server.crt
    rm ca.key server.csr server.ext
    chmod 644 ca.crt
  ) >"$folder/openssl.log" 2>&1 || { tail -n 10 "$folder/openssl.log" >&2 && fail "making the registry's certificate"; }
}

# start NAME PORT
start() {
  local folder=$registries/$1 pid
  mkdir -p "$folder"
  {
    printf 'version: 0.1\nlog: { level: warn }\nstorage: { filesystem: { rootdirectory: %s/data }, delete: { enabled: true } }\n' "$folder"
    printf 'http:\n  addr: "127.0.0.1:%s"\n' "$2"
    [ "$1" != tls ] || printf '  tls: { certificate: %s/server.crt, key: %s/server.key }\n' "$folder" "$folder"
    [ "$1" = open ] || printf 'auth: { htpasswd: { realm: lab, path: %s/htpasswd } }\n' "$registries"
  } >"$folder/config.yml"
  setsid docker-registry serve "$folder/config.yml" >"$folder/log" 2>&1 </dev/null &
  pid=$!
  echo "$pid" >"$folder/pid"
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    ! answers "$2" || return 0
    sleep 0.1
  done
  tail -n 10 "$folder/log" >&2
  fail "the registry on port $2 did not come up"
}

# Any answer of the registry's API counts, the one that asks for a login included, and on the third one TLS's to who comes without it.
answers() {
  local status
  status=$({ exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /v2/ HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3; } 2>/dev/null) || return 1
  case "$1 $status" in *" 200 "* | *" 401 "* | "5002 "*" 400 "*) ;; *) return 1 ;; esac
}

# The pid may have gone to another process since.
running() { [ -f "$registries/$1/pid" ] && [ "$(cat "/proc/$(cat "$registries/$1/pid")/comm" 2>/dev/null)" = docker-registry ]; }

stop() {
  running "$1" || return 0
  local pid
  pid=$(cat "$registries/$1/pid")
  kill "$pid"
  for _ in $(seq 100); do
    running "$1" || { log "stopped the $1 registry, pid $pid" && return 0; }
    sleep 0.1
  done
  fail "docker-registry, pid $pid, is still running after 10 s"
}

main "$@"
