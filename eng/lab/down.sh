#!/usr/bin/env bash
# down.sh: stops the dockerd and the registries that up.sh started, and nothing else: an engine that was there before stays.
# Needs the pid files in the lab's state directory. Leaves behind the packages, the named images, 10 GB of build cache, and the log.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"

main() {
  "$here/registry.sh" down
  [ -f "$engine_pid" ] || {
    log "up.sh started no engine: nothing to stop"
    return
  }
  local pid
  pid=$(cat "$engine_pid")
  if is_dockerd "$pid"; then
    # A disk is full after a few runs of the tests otherwise.
    docker image prune --force >/dev/null 2>&1 || true
    docker builder prune --force --keep-storage 10GB >/dev/null 2>&1 || true
    kill "$pid"
    wait_for_end "$pid"
    log "stopped dockerd, pid $pid"
  else
    log "dockerd, pid $pid, had ended already"
  fi
  rm -f "$engine_pid"
}

# The pid may have gone to another process since.
is_dockerd() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = dockerd ]; }

wait_for_end() {
  for _ in $(seq 100); do
    is_dockerd "$1" || return 0
    sleep 0.2
  done
  fail "dockerd, pid $1, is still running after 20 s"
}

main
