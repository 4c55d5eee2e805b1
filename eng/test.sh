#!/usr/bin/env bash
# Builds everything and runs every test tier; the last line is 'N passed, N failed'.
#   eng/test.sh             also installs and starts a docker engine with its base images, where that can be done (Debian, root), and stops it again
#   eng/test.sh --no-docker leaves engines alone: the docker tier is skipped by name if none answers
# CONTAINERSDK_TEST_FULL=1 kills a publish at 50 points instead of 5, and lets 20 instead of 4 share the cache (tests/ContainerSdk.Faults.Tests).
set -uo pipefail
cd "$(dirname "$0")/.."
fail() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }

started= registries=
finish() {
  [ -z "$registries" ] || eng/lab/registry.sh down >/dev/null 2>&1
  [ -z "$started" ] || eng/lab/down.sh >/dev/null 2>&1
  [ -z "${CONTAINERSDK_TEST_FEED:-}" ] || rm -rf "$CONTAINERSDK_TEST_FEED"
  [ -z "${CONTAINERSDK_TEST_VERSION:-}" ] || rm -rf "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$CONTAINERSDK_TEST_VERSION"
}
trap finish EXIT
case ${1:-} in '' | --no-docker) ;; *) fail "unknown argument '$1': see the head of $0" ;; esac

if [ "${1:-}" != --no-docker ]; then
  docker version >/dev/null 2>&1 || started=1
  if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
    (exec 3<>/dev/tcp/127.0.0.1/5001) 2>/dev/null || registries=1
    eng/lab/up.sh || fail "The docker engine for the tests did not come up."
    export CONTAINERSDK_REQUIRE_DOCKER=1
  else
    echo "Not root on Debian: using docker as it is here, if it is here."
  fi
fi

dotnet build ContainerSdk.sln -c Release --nologo -v q -warnaserror || fail "The build failed."

# One package for all test projects, of a version that no package cache has seen.
CONTAINERSDK_TEST_FEED=$(mktemp -d)
CONTAINERSDK_TEST_VERSION=$(eng/pack.sh "1.0.0-test.$(date -u +%Y%m%d%H%M%S).$$" "$CONTAINERSDK_TEST_FEED") || fail "Packing failed."
export CONTAINERSDK_TEST_FEED CONTAINERSDK_TEST_VERSION

passed=0 failed=0 skipped=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  log=$(mktemp)
  dotnet exec "artifacts/bin/$name/release/$name.dll" -noColor -noLogo 2>&1 | tee "$log" | grep -vE '^ +(Discover|Start|Finish)'
  read -r total errors bad skips < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -1)
  rm -f "$log"
  if [ -z "${total:-}" ] || [ "$total" = 0 ]; then echo "$name did not finish."; total=0 errors=1 bad=0 skips=0; fi
  passed=$((passed + total - bad - skips)) failed=$((failed + bad + errors)) skipped=$((skipped + skips))
  unset total errors bad skips
done

echo "== samples' golden cases"
if eng/golden.sh --check; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

[ "$skipped" = 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
