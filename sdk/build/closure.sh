#!/bin/sh
# closure.sh PUBLISHED OUTPUT SHAPE GLOBALIZATION: lays the libraries of this machine that the binaries below PUBLISHED need, and their loader, into OUTPUT, as they lie in an image's root;
# and what .NET loads by name: OpenSSL, and ICU unless GLOBALIZATION is 'invariant'. SHAPE is 'one' where .NET's own libraries are no files beside the program.
set -eu
published=$1 output=$2 shape=$3 globalization=$4

missing() {
    echo "ContainerSdk : error CSDK9005: ContainerRuntimeClosure ships the libraries of the builder, and it has no '$1'; add the package that holds it as ContainerBuilderPackage, or use a ContainerBaseImage that has it and remove ContainerRuntimeClosure" >&2
}

command -v ldd >/dev/null || { echo "ContainerSdk : error CSDK9005: ContainerRuntimeClosure asks the builder's 'ldd' which libraries are needed, and it has none; add the package that holds it as ContainerBuilderPackage" >&2; exit; }
mkdir -p "$output"

has() { [ -n "$(find "$published" -name "$1" -type f)" ]; }

# Of a library that is loaded by name, the newest: its name ends in one number.
newest() {
    best=-1
    for file in /lib/*-linux-gnu*/"$1".* /usr/lib/*-linux-gnu*/"$1".* /lib64/"$1".* /usr/lib64/"$1".* /lib/"$1".* /usr/lib/"$1".*; do
        number=${file##*/"$1".}
        case $number in *[!0-9]* | '') continue ;; esac
        if [ "$number" -gt "$best" ]; then best=$number found=$file; fi
    done
    if [ "$best" -ge 0 ]; then echo "$found"; else missing "$1"; fi
}

place() {
    [ -e "$output$1" ] || { mkdir -p "$output${1%/*}"; cp -L "$1" "$output$1"; }
}

# ldd says 'NAME => PATH (ADDRESS)', 'NAME => not found' (musl's: 'Error loading shared library NAME: …'), or for the loader 'PATH (ADDRESS)'. What is published itself comes along anyway.
place_needed() {
    ldd "$1" 2>&1 | while read -r name arrow path rest; do
        case "$arrow $path" in
            'loading shared')
                rest=${rest#library }
                has "${rest%%:*}" || missing "${rest%%:*}"
                ;;
            '=> not') has "$name" || missing "$name" ;;
            '=> /'*) case $path in "$published"*) ;; *) place "$path" ;; esac ;;
            *) case $name in "$published"*) ;; /*) place "$name" ;; esac ;;
        esac
    done
}

# One of .NET's libraries is loaded where LTTng is, and nowhere else.
find "$published" -path "$output" -prune -o -type f ! -name 'libcoreclrtraceptprovider.so' -print | while read -r file; do
    case $(head -c 4 "$file" | tr -d '\0') in ?ELF) place_needed "$file" ;; esac
done

names=
if [ "$shape" = one ] || has libSystem.Security.Cryptography.Native.OpenSsl.so; then names='libcrypto.so libssl.so'; fi
if [ "$globalization" != invariant ] && { [ "$shape" = one ] || has libSystem.Globalization.Native.so; }; then names="$names libicudata.so libicui18n.so libicuuc.so"; fi
# Alpine keeps ICU's data in files of their own.
if [ "${names%libicuuc.so}" != "$names" ] && [ -d /usr/share/icu ]; then mkdir -p "$output/usr/share" && cp -RL /usr/share/icu "$output/usr/share/"; fi
for name in $names; do
    library=$(newest "$name")
    if [ -n "$library" ]; then place "$library"; place_needed "$library"; fi
done
