#!/bin/sh
# guest.sh ROOTFS DIRECTORY: a system container that shares memory with its host, in DIRECTORY.
set -eu
rootfs=$1
path=$2/testdir
trap 'isula rm -f guest >/dev/null 2>&1 || true' EXIT

die() { echo "$*" >&2; exit 1; }
equal() { [ "$1" = "$2" ] || die "got '$1', wanted '$2'"; }

id=$(isula run -tid -n guest --memory 64m --host-channel "$path:/testdir:rw:32M" --host-channel-add-memory \
  --ns-change-opt net,ipc --ulimit nofile=1024:2048 --cap-add SYS_TIME --env-target-file /etc/environment -e REGION=north \
  --system-container --external-rootfs "$rootfs" none init)
equal "$(isula inspect -f '{{.HostConfig.SystemContainer}} {{.HostConfig.ExternalRootfs}}' guest)" "true $rootfs"
equal "$(isula inspect -f '{{.HostConfig.HostChannel.PathOnHost}} {{.HostConfig.HostChannel.PathInContainer}}' guest)" \
  "$path /testdir"
equal "$(isula inspect -f '{{.HostConfig.HostChannel.Permissions}} {{.HostConfig.HostChannel.Size}}' guest)" "rw 33554432"
equal "$(stat -c %a "$path")" 1777
equal "$(isula exec guest cat /etc/environment)" REGION=north

isula exec guest sh -c 'echo from the guest >/testdir/file'
equal "$(cat "$path/file")" "from the guest"
echo "from the host" >"$path/file"
equal "$(isula exec "$(echo "$id" | cut -c 1-8)" cat /testdir/file)" "from the host"
status=0
isula exec guest dd if=/dev/zero of=/testdir/big bs=1024 count=64K 2>/dev/null || status=$?
[ "$status" -ne 0 ] || die "64 MiB fit into 32"
isula exec guest rm /testdir/big

isula restart -t 0 guest >/dev/null
equal "$(cat "$path/file")" "from the host"
isula update --memory 96m guest >/dev/null
isula stop -t 0 guest >/dev/null
equal "$(cat "$path/file")" "from the host"
isula start guest
equal "$(isula exec guest cat /testdir/file)" "from the host"
equal "$(isula channel ls -q --no-trunc guest)" "$(isula inspect -f '{{.HostConfig.HostChannel.Id}}' guest)"
isula rm -f guest >/dev/null
[ ! -e "$path" ] || die "$path is left"
