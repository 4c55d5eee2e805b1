#!/usr/bin/env bash
# What planning costs: the time of 'dotnet msbuild -getProperty:TargetFramework' (evaluate one project) beside '-t:ContainerDockerfile' (evaluate the
# closure, plan, write), for generated repositories. Prints minimum and median of five runs each, in turns. Needs no engine and no network.
#   eng/bench/planning.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}

work=$(cd "$(mktemp -d)" && pwd -P)
version=1.0.0-bench.$(date -u +%Y%m%d%H%M%S).$$
trap 'rm -rf "$work" "${NUGET_PACKAGES:-$HOME/.nuget/packages}/containersdk/$version"' EXIT
eng/pack.sh "$version" "$work/feed" >/dev/null

# project FOLDER SDK REFERENCE...: one project of nine files.
project() {
  local folder=$1 sdk=$2 name references='' reference i
  name=$(basename "$folder")
  shift 2
  for reference; do references+="<ProjectReference Include=\"../$reference/$reference.csproj\" />"; done
  mkdir -p "$folder/Parts"
  echo "<Project Sdk=\"$sdk\"><ItemGroup>$references</ItemGroup></Project>" >"$folder/$name.csproj"
  for i in 1 2 3 4 5 6; do echo "namespace N$name; public sealed class C$i;" >"$folder/Parts/C$i.cs"; done
  echo '{}' >"$folder/settings.json"
  echo "# $name" >"$folder/README.md"
}

# repository FOLDER COUNT APPLICATION=CLOSURE...: COUNT projects; each library refers to the two before it, an application to the last ones of its closure.
repository() {
  local folder=$1 count=$2 application name size i
  local -a libraries
  shift 2
  mkdir -p "$folder"
  echo "<configuration><packageSources><add key=\"containersdk\" value=\"$work/feed\" /></packageSources></configuration>" >"$folder/nuget.config"
  echo "{ \"msbuild-sdks\": { \"ContainerSdk\": \"$version\" } }" >"$folder/global.json"
  echo '<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>' >"$folder/Directory.Build.props"
  for ((i = 1; i <= count - $#; i++)); do
    libraries=()
    [ $i -le 1 ] || libraries+=("lib$((i - 1))")
    [ $i -le 2 ] || libraries+=("lib$((i - 2))")
    project "$folder/lib$i" Microsoft.NET.Sdk "${libraries[@]}"
  done
  for application; do
    name=${application%=*} size=${application#*=}
    libraries=()
    [ "$size" -le 1 ] || libraries+=("lib$((size - 1))")
    project "$folder/$name" 'Microsoft.NET.Sdk.Web;ContainerSdk' "${libraries[@]}"
    echo 'return;' >"$folder/$name/Program.cs"
  done
}

milliseconds() {
  local start end
  start=$(date +%s%N)
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000))
}

# measure LABEL FOLDER: both commands in turns, after one of each to warm up.
measure() {
  local label=$1 i
  local -a evaluate=() plan=()
  cd "$2"
  for ((i = 0; i <= runs; i++)); do
    evaluate+=("$(milliseconds dotnet msbuild -nologo -getProperty:TargetFramework)")
    plan+=("$(milliseconds dotnet msbuild -nologo -v:q -p:Configuration=Release -t:ContainerDockerfile)")
  done
  cd - >/dev/null
  local e p
  e=$(printf '%s\n' "${evaluate[@]:1}" | sort -n)
  p=$(printf '%s\n' "${plan[@]:1}" | sort -n)
  read -r emin emed <<<"$(awk '{ v[NR] = $1 } END { print v[1], v[int((NR + 1) / 2)] }' <<<"$e")"
  read -r pmin pmed <<<"$(awk '{ v[NR] = $1 } END { print v[1], v[int((NR + 1) / 2)] }' <<<"$p")"
  printf '%-34s %7d %7d %9d %7d %9d\n' "$label" "$emin" "$emed" "$pmin" "$pmed" "$((pmed - emed))"
}

repository "$work/one" 1 app=1
repository "$work/ten" 10 app=10
repository "$work/fifty" 50 app=50
repository "$work/many" 201 app=200 small=10

echo "milliseconds of $runs runs; $(nproc) processors, $(dotnet --version)"
printf '%-34s %7s %7s %9s %7s %9s\n' 'closure / projects' evaluate median plan median difference
measure '1 of 1' "$work/one/app"
measure '10 of 10' "$work/ten/app"
measure '50 of 50' "$work/fifty/app"
measure '200 of 201' "$work/many/app"
measure '10 of 201' "$work/many/small"
