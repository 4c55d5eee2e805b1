#!/usr/bin/env bash
# The five seeds, each beside the Dockerfile that its write-up made by hand (peers/SEED), on the same engine: prints ratios ours / hand-made as a table in
# markdown. Every figure is the median of RUNS runs, both sides in turns. What each column compares: README.md.
#   eng/bench/seeds.sh [RUNS [SEED...]]
# Needs docker with buildx, the .NET SDK and the base images (eng/lab/images.sh). Removes the images it made, and nothing of the engine's cache.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}
shift $(($# > 0 ? 1 : 0))
seeds=("$@")
[ $# -gt 0 ] || seeds=(alpine-cmd alpine-hardened scratch-static alpine-certs-tz alpine-root-binary)

work=$(cd "$(mktemp -d)" && pwd -P)
stamp=$(date -u +%Y%m%d%H%M%S).$$
version=1.0.0-bench.$stamp
module=example.com/extra$stamp
images=()
clean_up() {
  rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"
  [ ${#images[@]} = 0 ] || docker rmi -f "${images[@]}" >/dev/null 2>&1 || true
}
trap clean_up EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null
echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$work/nuget.config"
echo "{ \"msbuild-sdks\": { \"ContainerSdk\": \"$version\" } }" >"$work/global.json"

# The docker that a cold publish finds on its PATH: the real one, and every build is told --no-cache.
mkdir "$work/cold"
cat >"$work/cold/docker" <<SHIM
#!/bin/sh
if [ "\$1 \$2" = "buildx build" ]; then shift 2; set -- buildx build --no-cache "\$@"; fi
exec "$(command -v docker)" "\$@"
SHIM
chmod 755 "$work/cold/docker"

# --- the two sides; each runs in its own copy of the sample ---

ours() { (cd "$work/ours/$seed" && dotnet publish -t:PublishContainer --nologo "-p:ContainerRepository=containersdk-bench/ours-$seed" "$@"); }
ours_cold() {
  rm -rf "$work/ours/$seed/obj"
  PATH=$work/cold:$PATH ours
}
# The engine's part of it: the generated Dockerfile, without MSBuild.
ours_engine() { (cd "$work/ours/$seed" && docker buildx build --load -t "containersdk-bench/engine-$seed" -f obj/container/Dockerfile .); }
hand_made() { (cd "$work/peer/$seed" && docker buildx build --load -t "containersdk-bench/peer-$seed" "$@" .); }

# --- what changes between runs, on both sides alike ---

# A source line that no earlier run had.
change_code() { sed -i -E "s|^(\tversion = ).*|\1\"$stamp.$1\"|" "$work"/{ours,peer}/"$seed"/main.go; }

# One version of the module more in go.mod, and a file that uses it.
change_dependency() {
  local side folder
  for side in ours peer; do
    folder=$work/$side/$seed
    sed -i '/^require /d' "$folder/go.mod"
    echo "require $module v1.0.$1" >>"$folder/go.mod"
    cp "$work/go.sum" "$folder/go.sum"
    printf 'package main\n\nimport _ "%s"\n' "$module" >"$folder/extra.go"
  done
}

# Gives both sides a golang image that can download the module.
provide_proxy() {
  local golang proxied
  golang=$(sed -n 's/^FROM \(golang:[^ ]*\).*/\1/p' "$work/peer/$seed/Dockerfile")
  proxied=containersdk-bench/$golang
  images+=("$proxied")
  docker buildx build --load -q -t "$proxied" --build-arg "GOLANG=$golang" --build-arg "MODULE=$module" eng/bench/peers/module-proxy >/dev/null
  docker run --rm "$proxied" cat /proxy/go.sum >"$work/go.sum"
  sed -i "s|^FROM golang:|FROM containersdk-bench/golang:|" "$work/peer/$seed/Dockerfile"
  builder=-p:ContainerBuilderImage=$proxied
}

# --- measuring ---

# run FILE COMMAND...: adds the milliseconds of a command to FILE.
run() {
  local file=$work/$1.ms start end
  shift
  start=$(date +%s%N)
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >>"$file"
}
median() { sort -n "$work/$1.ms" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v o="$1" -v p="$2" -v d="$3" -v u="$4" 'BEGIN { printf "%.2f (%.1f / %.1f %s)", o / p, o / d, p / d, u }'; }
seconds() { ratio "$(median "$1")" "$(median "$2")" 1000 s; }
size() { docker image inspect -f '{{.Size}}' "$1"; }

measure() {
  local i cells
  seed=$1
  rm -f "$work"/*.ms
  mkdir -p "$work/ours" "$work/peer"
  cp -r "samples/seeds/$seed" "$work/ours/$seed"
  rm -rf "$work/ours/$seed"/{bin,obj}
  mkdir "$work/peer/$seed"
  cp "samples/seeds/$seed"/{main.go,go.mod} "eng/bench/peers/$seed/Dockerfile" "$work/peer/$seed/"
  images+=("containersdk-bench/"{ours,engine,peer}"-$seed")

  for ((i = 1; i <= runs; i++)); do run cold.peer hand_made --no-cache; run cold.ours ours_cold; done
  cells="$(seconds cold.ours cold.peer)"
  local sizes
  sizes=$(ratio "$(size "containersdk-bench/ours-$seed")" "$(size "containersdk-bench/peer-$seed")" 1000000 MB)

  hand_made >/dev/null 2>&1
  ours >/dev/null
  for ((i = 1; i <= runs; i++)); do run same.peer hand_made; run same.ours ours; done

  for ((i = 1; i <= runs; i++)); do
    change_code "$i"
    run code.peer hand_made
    run code.ours ours
    change_code "$i.engine"
    run code.engine ours_engine
  done
  cells+=" | $(seconds code.ours code.peer) | $(seconds code.engine code.peer)"

  provide_proxy
  change_dependency 0
  hand_made >/dev/null 2>&1
  ours "$builder" >/dev/null
  for ((i = 1; i <= runs; i++)); do
    change_dependency "$i"
    run dependency.peer hand_made
    run dependency.ours ours "$builder"
  done
  echo "| $seed | $cells | $(seconds dependency.ours dependency.peer) | $(seconds same.ours same.peer) | $sizes |"
}

# What a seed leaves behind is named in images, so it has to be measured in this very shell.
echo "ours / hand-made, medians of $runs; $(nproc) processors, .NET SDK $(dotnet --version), docker $(docker version -f '{{.Server.Version}}'), $(docker buildx version | cut -d' ' -f2), $(date -u +%F)"
echo
echo '| seed | cold | code, whole | code, engine | dependency | no change | size |'
echo '|---|---|---|---|---|---|---|'
echo '| aim | ≤ 1.10 | ≤ 0.25 | ≤ 0.10 | ≤ 0.70 | ≤ 1.50 | ≤ 1.00 |'
for seed in "${seeds[@]}"; do measure "$seed"; done
