#!/usr/bin/env bash
# From a checkout to a running container: packs the SDK, publishes a copy of samples/hello-api with it, and asks the container for /health.
# Needs the .NET 10 SDK. It uses docker with buildx; where none answers, eng/lab/up.sh installs one from Debian's packages (as root) first.
# The container stays up; the last line says how to remove it.
set -euo pipefail
cd "$(dirname "$0")/.."
name=containersdk-quickstart

if ! { docker version && docker buildx version; } >/dev/null 2>&1; then
  echo "== No docker engine with buildx answers: installing and starting one (eng/lab/up.sh)"
  eng/lab/up.sh --no-registry
elif ! docker image inspect mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0 >/dev/null 2>&1; then
  echo "== Fetching the base images"
  docker pull -q mcr.microsoft.com/dotnet/sdk:10.0 && docker pull -q mcr.microsoft.com/dotnet/aspnet:10.0 || eng/lab/images.sh
fi

echo "== Packing the SDK"
work=$(mktemp -d)
version=1.0.0-quickstart.$(date -u +%Y%m%d%H%M%S)
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null

echo "== A project outside this checkout, in a temporary folder"
cp -r samples/hello-api "$work/"
rm -rf "$work"/hello-api/{bin,obj}
printf '<configuration><packageSources><add key="containersdk" value="%s/feed" /></packageSources></configuration>\n' "$work" > "$work/nuget.config"
printf '{ "msbuild-sdks": { "ContainerSdk": "%s" } }\n' "$version" > "$work/global.json"
cat "$work/hello-api/hello-api.csproj"

echo "== dotnet publish -t:PublishContainer"
(cd "$work/hello-api" && dotnet publish -t:PublishContainer --nologo)

echo "== The Dockerfile that was generated"
cat "$work/hello-api/obj/Release/net10.0/container/Dockerfile"

echo "== The image"
docker images hello-api:latest
docker history --format 'table {{.Size}}\t{{.CreatedBy}}' hello-api:latest | head -8

echo "== docker run"
docker rm -f "$name" >/dev/null 2>&1 || true
docker run -d --name "$name" --read-only --tmpfs /tmp --cap-drop ALL -p 127.0.0.1::8080 hello-api:latest >/dev/null
port=$(docker port "$name" 8080/tcp | head -1 | sed 's/.*://')
get() { exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3 && cat <&3; }
for _ in $(seq 100); do
  answer=$(get /health 2>/dev/null | tr -d '\r') || answer=
  case $answer in *"200 OK"*) break ;; esac
  sleep 0.2
done
case $answer in
  *"200 OK"*) echo "GET http://127.0.0.1:$port/health -> ${answer##*$'\n'}" ;;
  *) echo "The container does not answer:" >&2; docker logs "$name" >&2; exit 1 ;;
esac
echo "It runs. Remove it with: docker rm -f $name"
