#!/usr/bin/env bash
# Packs the SDK into a local feed: eng/pack.sh [VERSION] [FEED]. Prints the version.
# Without arguments the version is a new one each time, because NuGet never looks twice at a version that it knows.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:-1.0.0-dev.$(date -u +%Y%m%d%H%M%S)}
feed=${2:-artifacts/feed}
mkdir -p "$feed"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build src/ContainerSdk.Tasks -c Release --nologo -v q >"$log" 2>&1 \
  && dotnet pack sdk/ContainerSdk.csproj -c Release --nologo -v q -o "$feed" "-p:PackageVersion=$version" >"$log" 2>&1 \
  || { cat "$log" >&2; exit 1; }
echo "$version"
