#!/usr/bin/env bash
# The golden cases under tests/golden/cases. The samples' inputs come out of the samples themselves, made neutral: /repo, version 1.0.0, linux-x64, no feed,
# the .NET SDK that global.json asks for.
#   eng/golden.sh          rewrites the samples' inputs, then the other files of every case
#   eng/golden.sh --check  rewrites nothing; fails with the difference if a sample's inputs are not the stored ones
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in
  '' | --check) mode=${1:-} ;;
  *) echo "usage: eng/golden.sh [--check]" >&2; exit 2 ;;
esac

work=$(cd "$(mktemp -d)" && pwd -P)
version=1.0.0-golden.$(date -u +%Y%m%d%H%M%S).$$
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null
mkdir "$work/samples"
tar -C samples --exclude=bin --exclude=obj -cf - . | tar -C "$work/samples" -xf -
sed -i -E "s|(\"ContainerSdk\": *)\"[^\"]*\"|\1\"$version\"|" "$work/samples/global.json"
echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$work/samples/nuget.config"

# neutral FILE: this run's folder, versions and feeds replaced or left out; an item stands between "    {" and "    }".
sdk=$(dotnet --version)
neutral() {
  sed -e "s|$work/samples|/repo|g" -e "s|$version|1.0.0|g" -e "s|\"Value\": \"$sdk\"|\"Value\": \"10.0.100\"|" "$1" | awk '
    /^    \{$/ { item = $0; next }
    item != "" { item = item "\n" $0 }
    item == "" { print }
    /^    \},?$/ { if (item !~ /"Value": "--source=|"identity": "\/repo\/nuget\.config"/) print item; item = "" }'
}

# variant CASE SAMPLE [OPTION...]: compares or rewrites the inputs of one case; needs no restore, because nothing is compiled.
failed=0
variant() {
  local made=$work/$1.json stored=tests/golden/cases/$1/inputs.json folder=$work/samples/$2 name=$2
  shift 2
  rm -rf "$folder/obj"
  (cd "$folder" && unset SOURCE_DATE_EPOCH && dotnet msbuild -nologo -v:q -t:ContainerPlan -p:Configuration=Release -p:ContainerRuntimeIdentifier=linux-x64 "$@")
  neutral "$(find "$folder/obj" -path '*/container/inputs.json')" >"$made"
  if [ "$mode" = --check ]; then
    diff -u --label "$stored" --label "samples/$name $*" "$stored" "$made" || failed=1
  else
    mkdir -p "$(dirname "$stored")"
    cp "$made" "$stored"
  fi
}

# sample NAME [OPTION...]: the sample as it is.
sample() {
  variant "sample-$1" "$@"
}

sample hello-api
sample hello-aot-static -p:TargetFramework=net9.0
sample hello-go
sample hello-node
sample hello-python
sample hello-rust
sample hello-java
sample from-builtin
for seed in alpine-cmd alpine-hardened scratch-static alpine-certs-tz alpine-root-binary; do variant "seed-$seed" "seeds/$seed"; done
native=(-p:ContainerStaticLink=false -p:ContainerBaseImage=)
variant dotnet-aot-musl hello-aot-static "${native[@]}" -p:ContainerRuntimeIdentifier=linux-musl-x64 -p:InvariantGlobalization=false
variant dotnet-aot-musl-9.0 hello-aot-static "${native[@]}" -p:ContainerRuntimeIdentifier=linux-musl-x64 -p:TargetFramework=net9.0
variant dotnet-aot-arm64 hello-aot-static "${native[@]}" -p:ContainerRuntimeIdentifier=linux-arm64 -p:InvariantGlobalization=false
variant dotnet-aot-arm64-9.0 hello-aot-static "${native[@]}" -p:ContainerRuntimeIdentifier=linux-arm64 -p:TargetFramework=net9.0
[ "$failed" = 0 ] || { echo "eng/golden.sh accepts this." >&2; exit 1; }
[ "$mode" = --check ] || UPDATE_GOLDEN=1 dotnet run --project tests/ContainerSdk.Core.Tests -- -class '*.GoldenTests' -noLogo
