#!/usr/bin/env bash
# up.sh: from a bare Debian 12 machine to a running docker engine with buildx, the base images (images.sh), three registries (registry.sh), and the
# tools that read images beside docker: podman, skopeo and umoci. Safe to run again. 'up.sh --no-registry' leaves registries and tools out.
# Needs root and apt, unless an engine with buildx and the tools are there already: then nothing is installed or started.
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
  [ "${1:-}" != --no-registry ] || return 0
  install_readers
  SECONDS=$SECONDS "$here/registry.sh" up
}

install_engine() { apt_install docker.io iptables ca-certificates; }

# What another engine and the image tools make of an image. netavark publishes podman's ports, with the help of iptables.
install_readers() {
  apt_install podman netavark runc iptables skopeo umoci
  configure_podman
}

# As root on a machine with cgroups of the first version, and with no more limits than this shell may set. A machine's own settings stay.
configure_podman() {
  local file=/etc/containers/containers.conf limit
  [ ! -e "$file" ] && [ -w /etc/containers ] || return 0
  limit=$(ulimit -Hn)
  [ "$limit" != unlimited ] && [ "$limit" -lt 20000 ] || limit=20000
  {
    printf '# containersdk-lab\n[containers]\ndefault_ulimits = ["nofile=%s:%s", "nproc=%s:%s"]\n' "$limit" "$limit" "$limit" "$limit"
    printf '[network]\nnetwork_backend = "netavark"\n'
    printf '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n'
  } >"$file"
  log "wrote $file"
}

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
