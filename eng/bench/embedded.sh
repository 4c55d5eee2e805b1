#!/usr/bin/env bash
# The embedded engine beside the .NET SDK's own container publishing: the same project, base image and registry, in turns. Prints ratios ours / built-in as a table in markdown.
#   eng/bench/embedded.sh [RUNS]
# Needs docker (to bring the base image into the registry), the registry of eng/lab/up.sh on localhost:5000, and the .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}
registry=localhost:5000
base=$registry/bench/aspnet:10.0

work=$(cd "$(mktemp -d)" && pwd -P)
stamp=$(date -u +%Y%m%d%H%M%S).$$
version=1.0.0-bench.$stamp
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
export DOTNET_CONTAINER_INSECURE_REGISTRIES=$registry
eng/pack.sh "$version" "$work/feed" >/dev/null
docker tag mcr.microsoft.com/dotnet/aspnet:10.0 "$base"
docker push -q "$base" >/dev/null
docker rmi "$base" >/dev/null

# --- two projects that differ in one attribute ---

packages=(Dapper/2.1.66 Polly/8.5.2 NodaTime/3.3.4 CsvHelper/33.0.1 Humanizer.Core/2.14.1 FluentValidation/11.11.0 YamlDotNet/16.3.0 Newtonsoft.Json/13.0.4 Npgsql/9.0.3 Markdig/1.4.1 RestSharp/114.1.0
  AutoMapper/15.1.4 Spectre.Console/0.49.1 HtmlAgilityPack/1.13.0 Microsoft.IdentityModel.JsonWebTokens/8.16.0 Newtonsoft.Json.Schema/4.0.2 FSharp.Core/10.0.111 FsCheck/3.4.0 Microsoft.OpenApi/2.12.1
  Microsoft.EntityFrameworkCore/9.0.19 xunit.v3.assert/3.2.2 Mono.Cecil/0.11.6)
write_project() {
  mkdir -p "$work/$1"
  {
    echo "<Project Sdk=\"$2\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>"
    for package in "${packages[@]}"; do echo "<PackageReference Include=\"${package%/*}\" Version=\"${package#*/}\" />"; done
    echo '</ItemGroup></Project>'
  } >"$work/$1/api.csproj"
  printf 'var app = WebApplication.CreateSlimBuilder(args).Build();\napp.MapGet("/", () => "hello");\napp.Run();\n' >"$work/$1/Program.cs"
}
write_project ours "Microsoft.NET.Sdk.Web;ContainerSdk"
write_project theirs Microsoft.NET.Sdk.Web
echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$work/nuget.config"
echo "{ \"msbuild-sdks\": { \"ContainerSdk\": \"$version\" } }" >"$work/global.json"

publish() {
  local side=$1 repository=$2
  shift 2
  (cd "$work/$side" && dotnet publish -t:PublishContainer --nologo "-p:ContainerBaseImage=$base" "-p:ContainerRegistry=$registry" "-p:ContainerRepository=$repository" "$@")
}
ours() { publish ours "bench/ours-$stamp-$1" -p:ContainerEngine=embedded; }
theirs() { publish theirs "bench/theirs-$stamp-$1"; }
layers() { curl -sf -H 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' "http://$registry/v2/bench/$1/manifests/latest" | tr '{' '\n' | sed -nE 's/.*"size": ?([0-9]+).*"digest": ?"([^"]*)".*/\2 \1/p; s/.*"digest": ?"([^"]*)".*"size": ?([0-9]+).*/\1 \2/p' | sort -u; }

# --- measuring ---

run() {
  local file=$work/$1.ms start end
  shift
  start=$(date +%s%N)
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >>"$file"
}
median() { sort -n "$work/$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
cell() { awk -v o="$(median "$1")" -v p="$(median "$2")" -v d="$3" -v u="$4" 'BEGIN { printf "%.2f (%.1f / %.1f %s)", o / p, o / d, p / d, u }'; }

# One of each to warm up: the packages, both caches of base blobs.
ours warm >/dev/null
theirs warm >/dev/null
for ((i = 1; i <= runs; i++)); do
  rm -rf "$work"/{ours,theirs}/{bin,obj}
  run first.theirs theirs "$i"
  run first.ours ours "$i"
done
for ((i = 1; i <= runs; i++)); do
  run same.theirs theirs "$runs"
  run same.ours ours "$runs"
done
for ((i = 1; i <= runs; i++)); do
  for side in ours theirs; do
    layers "$side-$stamp-$runs" >"$work/before.$side"
    sed -i -E "s/\"hello[^\"]*\"/\"hello $i\"/" "$work/$side/Program.cs"
    run "code.$side" "$side" "$runs"
    layers "$side-$stamp-$runs" >"$work/after.$side"
    comm -13 "$work/before.$side" "$work/after.$side" | awk '{ sum += $2 } END { print sum + 0 }' >>"$work/pushed.$side"
  done
done

echo "ours / built-in, medians of $runs; ${#packages[@]} packages; $(nproc) processors, .NET SDK $(dotnet --version), $(date -u +%F)"
echo
echo '| | first image | nothing changed | one line changed | bytes pushed then |'
echo '|---|---|---|---|---|'
echo '| aim | ≤ 0.90 | ≤ 0.50 | ≤ 0.60 | ≤ 0.10 |'
echo "| measured | $(cell first.ours.ms first.theirs.ms 1000 s) | $(cell same.ours.ms same.theirs.ms 1000 s) | $(cell code.ours.ms code.theirs.ms 1000 s) | $(cell pushed.ours pushed.theirs 1000 kB) |"
