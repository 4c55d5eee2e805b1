#!/usr/bin/env bash
# Peak memory of a publish with the embedded engine, by the size of one content file: base image from a registry, layer compressed, image pushed. Prints a table in markdown.
#   eng/bench/embedded-memory.sh
# Needs docker (to bring the base image into the registry), the registry of eng/lab/up.sh on localhost:5000, the .NET SDK, and GNU time (Debian's package 'time').
set -euo pipefail
cd "$(dirname "$0")/../.."
registry=localhost:5000
base=$registry/bench/aspnet:10.0

work=$(cd "$(mktemp -d)" && pwd -P)
stamp=$(date -u +%Y%m%d%H%M%S).$$
version=1.0.0-bench.$stamp
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null
docker tag mcr.microsoft.com/dotnet/aspnet:10.0 "$base"
docker push -q "$base" >/dev/null
docker rmi "$base" >/dev/null

cat >"$work/api.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><Content Include="content.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>
</Project>
PROJECT
printf 'var app = WebApplication.CreateSlimBuilder(args).Build();\napp.Run();\n' >"$work/Program.cs"
echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$work/nuget.config"
echo "{ \"msbuild-sdks\": { \"ContainerSdk\": \"$version\" } }" >"$work/global.json"

# All of it in one process: what another one compiles is not measured, and is the same.
peak() {
  rm -rf "$work"/{bin,obj}
  head -c "$1" /dev/urandom >"$work/content.bin"
  (cd "$work" && /usr/bin/time -f %M -o "$work/peak" dotnet publish -t:PublishContainer --nologo -nodereuse:false -p:UseSharedCompilation=false -p:ContainerEngine=embedded \
    "-p:ContainerBaseImage=$base" "-p:ContainerRegistry=$registry" "-p:ContainerRepository=bench/memory-$stamp" >"$work/log" 2>&1) || { cat "$work/log" >&2; exit 1; }
  echo $(($(cat "$work/peak") / 1024))
}
peak 1M >/dev/null
small=$(peak 1M)
large=$(peak 1G)
echo "| content file | peak memory |"
echo "|---|---|"
echo "| 1 MB | $small MB |"
echo "| 1 GB | $large MB ($(awk -v a="$large" -v b="$small" 'BEGIN { printf "%.2f", a / b }')) |"
