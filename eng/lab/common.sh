# common.sh: settings and functions that up.sh, down.sh and images.sh share; to be sourced, it does nothing by itself.
# Needs bash; installing needs Debian's apt and root. Leaves nothing behind until a function is called.
# shellcheck shell=bash
# shellcheck disable=SC2034  # the settings are read by the scripts that source this file

lab_state=${CONTAINERSDK_LAB:-/var/cache/containersdk-lab}
engine_pid=$lab_state/dockerd.pid
engine_log=$lab_state/dockerd.log

# One line for each thing done, with the seconds since the script began.
log() { printf '[lab %3ss] %s\n' "$SECONDS" "$*"; }
fail() {
  printf '[lab %3ss] error: %s\n' "$SECONDS" "$*" >&2
  exit 1
}

need_root() { [ "$(id -u)" = 0 ] || fail "$1; start again as root, or see to it yourself"; }

engine_answers() { timeout 10 docker version >/dev/null 2>&1; }

# The archive that this machine's own apt uses: archive_of debian, archive_of debian-security.
archive_of() {
  local uri
  uri=$(apt_uris | awk -v name="$1" '$0 ~ "/" name "/*$" && !n++')
  [ -n "$uri" ] || fail "apt's sources name no archive that ends in /$1"
  echo "$uri"
}
apt_uris() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -nE 's/^URIs: *(\S+).*/\1/p; s/^deb (\[[^]]*\] )?(\S+).*/\2/p'
}

# Installs what is missing of the named packages, and keeps their init scripts from starting anything.
apt_install() {
  local missing=() package
  for package; do
    dpkg-query -Wf '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  need_root "these packages are missing: ${missing[*]}"
  mkdir -p "$lab_state"
  deny_service_starts
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$lab_state/apt.log" 2>&1 || {
    tail -n 20 "$lab_state/apt.log" >&2
    fail "apt-get install ${missing[*]}"
  }
  allow_service_starts
  log "installed ${missing[*]}"
}

# A policy that the machine already has is left as it is.
policy=/usr/sbin/policy-rc.d
deny_service_starts() {
  [ -e "$policy" ] || printf '#!/bin/sh\n# containersdk-lab\nexit 101\n' >"$policy"
  chmod 755 "$policy"
}
allow_service_starts() { ! grep -qs containersdk-lab "$policy" || rm -f "$policy"; }
