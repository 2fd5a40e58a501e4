#!/bin/sh
# service.sh ROOTFS: a service is made, configured, looked at, changed while it runs, and taken away.
set -eu
rootfs=$1
work=$(mktemp -d)
trap 'isula rm -f service >/dev/null 2>&1 || true; rm -r "$work"' EXIT

die() { echo "$*" >&2; exit 1; }
equal() { [ "$1" = "$2" ] || die "got '$1', wanted '$2'"; }

mkdir "$work/www"
echo one >"$work/www/page"
id=$(isula create -n service -h service.example -e LEVEL=info --label tier=front --memory 64m --memory-reservation 32m \
  --cpu-shares 512 --pids-limit 100 --ulimit nofile=512:1024 --restart on-failure:3 -v "$work/www:/www:ro" \
  --external-rootfs "$rootfs" none sh -c 'echo "started $LEVEL"; trap "echo ended; exit 0" TERM; while :; do sleep 0.1; done')
[ ${#id} -eq 64 ] || die "no id: $id"
equal "$(isula inspect -f '{{.State.Status}}' service)" inited
equal "$(isula start service)" service
equal "$(isula inspect -f '{{.State.Running}} {{.State.Status}}' service)" "true running"
equal "$(isula ps --filter name=service --format '{{.ID}} {{.Names}}')" "$(echo "$id" | cut -c 1-12) service"
equal "$(isula ps -q --no-trunc -f label=tier=front)" "$id"
equal "$(isula exec service hostname)" service.example
equal "$(isula exec -e LEVEL=debug service sh -c 'echo $LEVEL; cat /www/page')" "debug
one"
status=0
isula exec service sh -c 'exit 7' || status=$?
equal "$status" 7
isula exec -d service sh -c 'echo detached >/tmp/mark'
tries=0
until isula exec service test -e /tmp/mark; do
  tries=$((tries + 1))
  [ $tries -lt 50 ] || die "the detached process left no mark"
  sleep 0.1
done

echo "new configuration" >"$work/config"
isula cp "$work/config" service:/etc/service.conf
equal "$(isula exec service cat /etc/service.conf)" "new configuration"
isula cp service:/etc/service.conf "$work/copy"
cmp "$work/config" "$work/copy"

isula update --memory 128m --cpu-shares 1024 service >/dev/null
equal "$(isula inspect -f '{{.HostConfig.Memory}} {{.HostConfig.CpuShares}}' service)" "134217728 1024"
isula pause service
equal "$(isula inspect -f '{{.State.Status}}' service)" paused
isula unpause service
isula stats --no-stream service | grep -q service
isula top service | grep -q sleep

equal "$(isula stop -t 10 service)" service
equal "$(isula inspect -f '{{.State.Status}} {{.State.ExitCode}}' service)" "exited 0"
equal "$(isula logs service)" "started info
ended"
status=0
isula exec service true 2>/dev/null || status=$?
equal "$status" 125
isula rename service old
equal "$(isula rm old)" "$id"
status=0
isula inspect old >/dev/null 2>&1 || status=$?
equal "$status" 1
