#!/usr/bin/env bash
# From a checkout to an image, with the .NET 10 SDK and nothing else: packs the SDK, and publishes a copy of samples/hello-api with the embedded engine, self-contained and on no base image
# at all. No docker, no root, no registry; the network is asked for NuGet packages only. Where docker or podman answers, the image is run, and asked for /health.
set -euo pipefail
cd "$(dirname "$0")/.."
name=containersdk-quickstart

echo "== Packing the SDK"
work=$(mktemp -d)
version=1.0.0-quickstart.$(date -u +%Y%m%d%H%M%S)
archive=$work/$name.tar
trap 'rm -rf "$work"/{feed,hello-api,nuget.config,global.json} "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null

echo "== A project outside this checkout, in a temporary folder"
cp -r samples/hello-api "$work/"
rm -rf "$work"/hello-api/{bin,obj}
printf '<configuration><packageSources><add key="containersdk" value="%s/feed" /></packageSources></configuration>\n' "$work" > "$work/nuget.config"
printf '{ "msbuild-sdks": { "ContainerSdk": "%s" } }\n' "$version" > "$work/global.json"
cat "$work/hello-api/hello-api.csproj"

properties=(-p:ContainerEngine=embedded -p:ContainerBaseImage=scratch -p:SelfContained=true -p:ContainerRuntimeClosure=true -p:InvariantGlobalization=true)
echo "== dotnet publish -t:PublishContainer ${properties[*]}"
(cd "$work/hello-api" && dotnet publish -t:PublishContainer --nologo "${properties[@]}" -p:ContainerRepository="$name" -p:ContainerArchiveOutputPath="$archive")

container=$(dirname "$(find "$work/hello-api/obj" -path '*/container/Dockerfile')")
echo "== The Dockerfile that docker would build the same image with, out of the layers that this publish made"
cat "$container/Dockerfile"

echo "== The layers, as a registry would keep them"
paste -d' ' \
  <(sed 's/.*"layers":\[//; s/},{/}\n{/g' "$container/embedded/manifest-1.json" | sed -nE 's/.*"digest":"(sha256:.{12}).*"size":([0-9]+).*/\1 \2/p' | awk '{ printf "%s %7.2f MB\n", $1, $2 / 1e6 }') \
  <(sed 's/.*"history":\[//; s/},{/}\n{/g' "$container/embedded/configuration-1.json" | grep -v empty_layer | sed -nE 's/.*"created_by":"containersdk ([^"]*)".*/ \1/p')
echo "digest  sha256:$(sha256sum "$container/embedded/manifest-1.json" | cut -d' ' -f1)"
echo "archive $archive ($(($(wc -c <"$archive") / 1000000)) MB); it stays there"

engine=
for candidate in docker podman; do
  if "$candidate" version >/dev/null 2>&1; then engine=$candidate; break; fi
done
if [ -z "$engine" ]; then
  echo "Neither docker nor podman answers here. Where one does:"
  echo "  docker load --input $archive && docker run --rm -p 8080:8080 $name"
  exit
fi

echo "== $engine run"
"$engine" load --input "$archive"
"$engine" rm -f "$name" >/dev/null 2>&1 || true
"$engine" run -d --name "$name" --read-only --tmpfs /tmp --cap-drop ALL -p 127.0.0.1::8080 "$name:latest" >/dev/null
port=$("$engine" port "$name" 8080/tcp | head -1 | sed 's/.*://')
get() { exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3 && cat <&3; }
for _ in $(seq 100); do
  answer=$(get /health 2>/dev/null | tr -d '\r') || answer=
  case $answer in *"200 OK"*) break ;; esac
  sleep 0.2
done
case $answer in
  *"200 OK"*) echo "GET http://127.0.0.1:$port/health -> ${answer##*$'\n'}" ;;
  *) echo "The container does not answer:" >&2; "$engine" logs "$name" >&2; exit 1 ;;
esac
echo "It runs. Remove it with: $engine rm -f $name"
