#!/usr/bin/env bash
# up.sh: from a bare Debian 12 machine to a running docker engine with buildx, the base images (images.sh) and two registries (registry.sh).
# Safe to run again. 'up.sh --no-registry' leaves the registries out.
# Needs root and apt, unless an engine with buildx answers already: then nothing is installed or started.
# Leaves behind: the packages, the buildx plugin, a dockerd and the registries (pids and logs in the lab's state directory), the images.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"

main() {
  engine_answers || install_engine
  docker buildx version >/dev/null 2>&1 || install_buildx
  engine_answers || start_engine
  log "engine $(docker version -f '{{.Server.Version}}'), buildx $(docker buildx version | cut -d' ' -f2)"
  SECONDS=$SECONDS "$here/images.sh"
  [ "${1:-}" = --no-registry ] || SECONDS=$SECONDS "$here/registry.sh" up
}

install_engine() { apt_install docker.io iptables ca-certificates; }

# Debian 12 has no buildx package; the plugin in Debian 13's is a static binary that runs here too.
install_buildx() {
  need_root "docker has no buildx plugin"
  local dir=$lab_state/buildx archive options
  archive=$(archive_of debian)
  rm -rf "$dir"
  mkdir -p "$dir"/lists/partial "$dir"/cache/archives/partial
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
    "$archive" >"$dir/trixie.sources"
  options=(-qq -o "Dir::Etc::sourcelist=$dir/trixie.sources" -o Dir::Etc::sourceparts=- -o "Dir::State::Lists=$dir/lists"
    -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none)
  apt-get "${options[@]}" update
  (cd "$dir" && apt-get "${options[@]}" download docker-buildx && dpkg-deb -x docker-buildx_*.deb .)
  install -Dm755 "$dir/usr/libexec/docker/cli-plugins/docker-buildx" /usr/local/lib/docker/cli-plugins/docker-buildx
  rm -rf "$dir"
  log "installed $(docker buildx version)"
}

start_engine() {
  need_root "no docker engine answers"
  mkdir -p "$lab_state" /sys/fs/cgroup
  mountpoint -q /sys/fs/cgroup || mount -t tmpfs cgroup /sys/fs/cgroup
  remove_stale_pid_file
  setsid dockerd --mtu 1400 >"$engine_log" 2>&1 </dev/null &
  local pid=$!
  echo "$pid" >"$engine_pid"
  for _ in $(seq 150); do
    if engine_answers; then
      log "started dockerd, pid $pid"
      return
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 30 "$engine_log" >&2
  fail "dockerd did not come up; its log is $engine_log"
}

# dockerd refuses to start while the pid in its file belongs to any process at all, a new owner after a restart included.
remove_stale_pid_file() {
  local file=/var/run/docker.pid
  [ ! -f "$file" ] || [ "$(cat "/proc/$(cat "$file")/comm" 2>/dev/null)" = dockerd ] || rm -f "$file"
}

main "$@"
