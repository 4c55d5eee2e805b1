#!/usr/bin/env bash
# What the look into an image adds to a publish of samples/hello-api with docker: a line of the source changes, and the image is published with ContainerVerify=error and none, in turns.
#   eng/bench/verification.sh [RUNS]
# Needs docker with the base images of eng/lab/up.sh, and the .NET SDK. Prints a table in markdown.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}

work=$(cd "$(mktemp -d)" && pwd -P)
version=1.0.0-bench.$(date -u +%Y%m%d%H%M%S).$$
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null
tar -C samples --exclude=bin --exclude=obj -cf - hello-api $(cd samples && ls Directory.*) | tar -C "$work" -xf -
echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$work/nuget.config"
echo "{ \"msbuild-sdks\": { \"ContainerSdk\": \"$version\" } }" >"$work/global.json"
export XDG_CACHE_HOME=$work/cache

# A docker that notes what it is asked for: a save reads the whole image, a cp what has changed.
mkdir "$work/bin"
printf '#!/bin/sh\necho "$1" >>"%s"\nexec "%s" "$@"\n' "$work/calls" "$(command -v docker)" >"$work/bin/docker"
chmod 755 "$work/bin/docker"
export PATH=$work/bin:$PATH

# publish LEVEL: seconds of the whole publish, and of the task that looks.
publish() {
  echo "// $RANDOM$RANDOM" >>"$work/hello-api/Program.cs"
  : >"$work/calls"
  local start end
  start=$(date +%s.%N)
  (cd "$work/hello-api" && dotnet publish -t:PublishContainer --nologo "-p:ContainerVerify=$1" -p:ContainerRepository=bench/verification -clp:PerformanceSummary >"$work/log" 2>&1) || { cat "$work/log" >&2; exit 1; }
  end=$(date +%s.%N)
  whole=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f", b - a }')
  task=$(awk '/ContainerSdk.Tasks.VerifyContainerImage/ { printf "%.2f", $1 / 1000 }' "$work/log")
  asked=$({ grep -xE 'save|cp' "$work/calls" || true; } | sort | uniq -c | awk '{ printf "%s%s %s", sep, $1, $2; sep = ", " }')
}
median() { sort -n | awk '{ all[NR] = $1 } END { print (NR % 2) ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'; }

publish none
publish error
first="$task s ($asked)"
for ((i = 0; i < runs; i++)); do
  publish error; echo "$whole" >>"$work/with"; echo "$task" >>"$work/task"; again=$asked
  publish none; echo "$whole" >>"$work/without"
done
with=$(median <"$work/with") without=$(median <"$work/without")
echo "| publish after one changed line | seconds |"
echo "|---|---|"
echo "| without verification | $without |"
echo "| with verification | $with ($(awk -v a="$with" -v b="$without" 'BEGIN { printf "%.2f", a / b }')) |"
echo "| the look itself | $(median <"$work/task") ($again) |"
echo "| the look itself, with a base image that is new | $first |"
