#!/usr/bin/env bash
# images.sh: the base images under their real names. What is neither here nor to be pulled is made here, as a STAND-IN: Debian
# packages and this machine's .NET SDK under a borrowed name, labelled org.containersdk.standin. Sizes differ from the real ones.
# Needs a docker engine with buildx; for stand-ins also root, Debian's apt and the .NET SDK. Leaves the images, and logs in the lab's state.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"

label=org.containersdk.standin
mcr=mcr.microsoft.com/dotnet
made=0

main() {
  local ca_argument base_key version
  ca_argument=(--build-arg "CA_KEY=$(recipe_key "$(extra_certificates | sha256sum)")")
  provide_debian
  base_key=$(docker image inspect -f '{{.Id}}' debian:bookworm-slim)
  for version in 3.22 3.20 3.19 3.18; do provide_alpine $version; done
  provide_dotnet
  provide_golang 1.25 trixie-backports
  docker tag golang:1.25 golang:1.25-bookworm
  provide_golang 1.22 bookworm-backports
  provide_golang 1.21 bookworm-backports
  provide_golang_alpine 1.25 trixie-backports
  provide_golang_alpine 1.21 bookworm-backports
  provide_languages
  log "base images ready, $made made anew; stand-ins, not the real images: $(standins)"
}

# --- which images have to be made ---

# missing IMAGE KEY: whether IMAGE must be made here. A stand-in of an older recipe must; a real image, here or pulled, has no key
# and need not.
missing() {
  local image=$1 key=$2 found
  if found=$(docker image inspect -f "{{index .Config.Labels \"$label.key\"}}" "$image" 2>/dev/null); then
    [ -n "$found" ] && [ "$found" != "$key" ]
  elif reachable "$image"; then
    docker pull -q "$image" >/dev/null || fail "docker pull $image"
    log "pulled $image"
    return 1
  fi
}

# Asks each registry once, for its smallest image here, and remembers the answer for this run.
declare -A answers
reachable() {
  local registry=docker.io probe=alpine:3.22
  case $1 in "$mcr"/*) registry=$mcr probe=$mcr/runtime-deps:10.0-noble-chiseled ;; esac
  if [ -z "${answers[$registry]:-}" ]; then
    answers[$registry]=no
    ! timeout 20 docker pull -q "$probe" >/dev/null 2>&1 || answers[$registry]=yes
    log "$registry reachable: ${answers[$registry]}"
  fi
  [ "${answers[$registry]}" = yes ]
}

recipe_key() { printf '%s\n' "$@" | sha256sum | cut -c1-12; }

# By name too: whatever is built on a stand-in inherits its label.
standins() {
  docker images --filter "label=$label" --format '{{.Repository}}:{{.Tag}}' |
    { grep -E "^(debian|alpine|golang|node|python|rust|eclipse-temurin|$mcr/[a-z-]+):" || true; } | sort | paste -sd " " | sed "s/^\$/none/"
}

# --- making them ---

# provide IMAGE TEXT RECIPE CONTEXT [ARGUMENT]...: a build of RECIPE/Dockerfile, where IMAGE is missing. The host's extra certificates go
# in as a secret, which only the recipes of build-time images take; those pass ca_argument, so that a changed certificate counts.
provide() {
  local image=$1 text=$2 recipe=$3 context=$4 key
  shift 4
  key=$(recipe_key "$base_key" "$text" "$(cat "$here/$recipe"/*)" "$@")
  missing "$image" "$key" || return 0
  mkdir -p "$lab_state"
  extra_certificates >"$lab_state/ca.tar"
  docker buildx build --load --secret "id=ca,src=$lab_state/ca.tar" "$@" --label "$label=$text" --label "$label.key=$key" \
    -t "$image" -f "$here/$recipe/Dockerfile" "$context" >"$lab_state/build.log" 2>&1 || fail_with_log "making $image"
  log_made "$image" "$text"
}

log_made() {
  made=$((made + 1))
  log "made the stand-in $1: $2"
}
fail_with_log() {
  tail -n 30 "$lab_state/build.log" >&2
  fail "$1; the whole log is $lab_state/build.log"
}

# What this machine trusts beyond Debian's own certificates, as an archive that is the same bytes for the same certificates.
extra_certificates() {
  { find /usr/local/share/ca-certificates -maxdepth 1 -name '*.crt' 2>/dev/null || true; } | sort |
    tar -chPT - --transform='s#.*/##' --mode=644 --mtime=@0 --owner=0 --group=0
}

provide_debian() {
  local image=debian:bookworm-slim key text="Debian 12 packages by mmdebstrap" archive security
  key=$(recipe_key "$(declare -f provide_debian)")
  missing $image "$key" || return 0
  apt_install mmdebstrap
  mkdir -p "$lab_state"
  archive=$(archive_of debian)
  security=$(archive_of debian-security)
  # shellcheck disable=SC2016  # mmdebstrap's own shell fills in $1, the new root
  mmdebstrap --quiet --variant=minbase --include=usr-is-merged --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt=force-unsafe-io \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --aptopt='DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; }' \
    --customize-hook='rm -f "$1"/var/log/*.log "$1"/var/log/apt/* "$1"/var/cache/ldconfig/aux-cache "$1"/var/cache/apt/*.bin' \
    bookworm "$lab_state/debian.tar" "deb $archive bookworm main" "deb $archive bookworm-updates main" \
    "deb $security bookworm-security main" 2>"$lab_state/build.log" || fail_with_log "making $image"
  docker import --change 'CMD ["bash"]' --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change "LABEL $label=\"$text\" $label.key=$key" "$lab_state/debian.tar" $image >/dev/null
  rm "$lab_state/debian.tar"
  log_made $image "$text"
}

provide_alpine() {
  provide "alpine:$1" "Debian's busybox and musl; apk, addgroup and adduser are scripts" alpine "$here/alpine" --build-arg "VERSION=$1"
}

provide_golang() {
  provide "golang:$1" "Go $1 out of Debian ($2) on Debian 12, with this machine's extra CA certificates" golang "$here/golang" \
    --target golang --build-arg "VERSION=$1" --build-arg "SUITE=$2" "${ca_argument[@]}"
}

# The toolchain's stage is the same as above: the engine has it in its cache.
provide_golang_alpine() {
  local alpine=alpine:3.22
  provide "golang:$1-alpine" "Go $1 out of Debian ($2) on $alpine, with this machine's extra CA certificates" golang "$here/golang" \
    --target alpine --build-arg "VERSION=$1" --build-arg "SUITE=$2" --build-arg "ALPINE=$alpine" \
    --build-arg "BASE_KEY=$(docker image inspect -f '{{.Id}}' $alpine | cut -c8-19)" "${ca_argument[@]}"
}

provide_languages() {
  provide_language node:18 node "Node.js 18 and npm of Debian 12, with this machine's extra CA certificates" "${ca_argument[@]}"
  provide_language node:18-slim node-slim "Node.js 18 of Debian 12"
  provide_language python:3.11 python "Python 3.11 and pip of Debian 12, with this machine's extra CA certificates" "${ca_argument[@]}"
  provide_language python:3.11-slim python-slim "Python 3.11 of Debian 12"
  provide_language rust:1-bookworm rust "Rust 1.63 of Debian 12, no rustup, with this machine's extra CA certificates" "${ca_argument[@]}"
  provide_language eclipse-temurin:17-jdk java-jdk "OpenJDK 17 of Debian 12, headless, with this machine's extra CA certificates" "${ca_argument[@]}"
  provide_language eclipse-temurin:17-jre java-jre "OpenJDK 17 of Debian 12, headless"
}

# provide_language IMAGE TARGET TEXT [ARGUMENT]...
provide_language() {
  local image=$1 target=$2 text=$3
  shift 3
  provide "$image" "$text" languages "$here/languages" --target "$target" "$@"
}

provide_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET stand-ins are made of this machine's .NET SDK, and there is no dotnet on PATH"
  local root sdk runtime version
  root=$(dirname "$(readlink -f "$(command -v dotnet)")")
  sdk=$(cd / && dotnet --version)
  runtime=$(cd "$root/shared/Microsoft.NETCore.App" && printf '%s\n' 10.* | sort -V | tail -n 1)
  provide_dotnet_target runtime:10.0 runtime ".NET $runtime of this machine on Debian 12"
  provide_dotnet_target aspnet:10.0 aspnet ".NET $runtime of this machine on Debian 12"
  provide_dotnet_target aspnet:10.0-noble aspnet ".NET $runtime of this machine on Debian 12"
  for version in 10.0 9.0; do
    provide_dotnet_target runtime-deps:$version runtime-deps "what .NET needs of Debian 12"
    provide_dotnet_target sdk:$version sdk ".NET SDK $sdk of this machine on Debian 12, with its extra CA certificates" "${ca_argument[@]}"
    provide_chiseled runtime-deps $version "library files of Debian 12, no shell"
  done
  provide_chiseled runtime 10.0 ".NET $runtime of this machine on library files of Debian 12, no shell"
  provide_chiseled aspnet 10.0 ".NET $runtime of this machine on library files of Debian 12, no shell"
}

# provide_chiseled NAME VERSION TEXT: without and with ICU and the time zones.
provide_chiseled() {
  local files="libc6 libgcc-s1 libssl3 libstdc++6 zlib1g base-files"
  provide_dotnet_target "$1:$2-noble-chiseled" "chiseled-$1" "$3" --build-arg "PACKAGES=$files" --build-arg INVARIANT=true
  provide_dotnet_target "$1:$2-noble-chiseled-extra" "chiseled-$1" "$3" --build-arg "PACKAGES=$files libicu72 tzdata" --build-arg INVARIANT=false
}

# provide_dotnet_target NAME:TAG TARGET TEXT [ARGUMENT]... reads root, sdk and runtime of provide_dotnet.
provide_dotnet_target() {
  local name=$1 target=$2 text=$3
  shift 3
  provide "$mcr/$name" "$text" dotnet "$root" --target "$target" --build-arg "SDK_VERSION=$sdk" --build-arg "RUNTIME_VERSION=$runtime" "$@"
}

main
