#!/bin/sh
# rootfs.sh DIR VERSION: lays out the root of the alpine stand-in in DIR, out of the Debian packages of the build stage it runs in.
# Needs busybox-static, musl, tzdata and ca-certificates installed, and the scripts beside it. Leaves DIR.
set -eu
root=$1 version=$2 source=$(dirname "$0")

folders() {
  for dir in bin sbin lib etc/apk etc/ssl/certs usr/bin usr/sbin usr/lib usr/local/bin usr/local/sbin usr/local/lib usr/share \
    var/cache/apk var/log var/lib lib/apk/db home run proc sys dev mnt media opt srv; do
    mkdir -p "$root/$dir"
  done
  mkdir -m 1777 "$root/tmp" "$root/var/tmp"
  mkdir -m 700 "$root/root"
}

programs() {
  cp "$(command -v busybox)" "$root/bin/busybox"
  for applet in $(busybox --list); do
    case $applet in
      busybox | dpkg | dpkg-deb | rpm | rpm2cpio) ;;
      '[' | '[[' | env) ln -s /bin/busybox "$root/usr/bin/$applet" ;;
      *) ln -s /bin/busybox "$root/bin/$applet" ;;
    esac
  done
  cp /usr/lib/x86_64-linux-musl/libc.so "$root/lib/ld-musl-x86_64.so.1"
  ln -s ld-musl-x86_64.so.1 "$root/lib/libc.musl-x86_64.so.1"
  install -m 755 "$source/apk" "$root/sbin/apk"
  install -m 755 "$source/addgroup" "$source/adduser" "$root/usr/sbin/"
}

settings() {
  printf '%s\n' root:x:0:0:root:/root:/bin/sh bin:x:1:1:bin:/bin:/sbin/nologin daemon:x:2:2:daemon:/sbin:/sbin/nologin \
    guest:x:405:100:guest:/dev/null:/sbin/nologin nobody:x:65534:65534:nobody:/:/sbin/nologin >"$root/etc/passwd"
  printf '%s\n' root:x:0:root bin:x:1:root,bin,daemon daemon:x:2:root,bin,daemon users:x:100:games \
    nogroup:x:65533: nobody:x:65534: >"$root/etc/group"
  printf '%s\n' 'root:*::0:::::' 'bin:!::0:::::' 'daemon:!::0:::::' 'guest:!::0:::::' 'nobody:!::0:::::' >"$root/etc/shadow"
  chmod 640 "$root/etc/shadow"
  : >"$root/lib/apk/db/installed"
  echo "$version.0" >"$root/etc/alpine-release"
  printf 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=%s.0\nPRETTY_NAME="Alpine Linux v%s (local stand-in)"\n' \
    "$version" "$version" >"$root/etc/os-release"
}

# As in the real image: the certificates' bundle is there from the start, the folder and the command come with the package.
certificates() {
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  ln -s certs/ca-certificates.crt "$root/etc/ssl/cert.pem"
}

# The packages that the apk stand-in can add, each an archive of its files.
packages() {
  store=$root/usr/share/apk-standin
  mkdir -p "$store" /ca/usr/sbin /ca/usr/local/share/ca-certificates
  install -m 755 "$source/update-ca-certificates" /ca/usr/sbin/
  tar -C /ca -czf "$store/ca-certificates.tar.gz" .
  tar -C / --exclude=usr/share/zoneinfo/right --exclude=usr/share/zoneinfo/posix -czf "$store/tzdata.tar.gz" usr/share/zoneinfo
}

folders
programs
settings
certificates
packages
