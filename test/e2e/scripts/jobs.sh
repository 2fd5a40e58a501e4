#!/bin/sh
# jobs.sh ROOTFS: runs jobs and goes by how they end.
set -eu
rootfs=$1
trap 'isula rm -f $(isula ps -aq -f label=batch) >/dev/null 2>&1 || true' EXIT

die() { echo "$*" >&2; exit 1; }
equal() { [ "$1" = "$2" ] || die "got '$1', wanted '$2'"; }
job() { isula run --label batch --external-rootfs "$rootfs" "$@"; }
# status_of WANTED COMMAND...
status_of() {
  wanted=$1 status=0
  shift
  "$@" >/dev/null 2>&1 || status=$?
  equal "$status" "$wanted"
}

equal "$(job --rm none echo result)" result
equal "$(echo input | job --rm -i none cat)" input
status_of 0 job --rm none true
status_of 3 job --rm none sh -c 'exit 3'
status_of 137 job --rm none sh -c 'sh -c "kill -9 \$\$"; exit $?'
status_of 127 job --rm none nosuchcommand
status_of 126 job --rm none /etc/passwd
status_of 125 job --rm --no-such-flag none true
equal "$(isula ps -aq -f label=batch)" ""

for n in 1 2 3; do
  job -d --name "job-$n" --log-opt max-size=1m,max-file=2 none sh -c "echo first; echo last; exit $n" >/dev/null
done
equal "$(isula wait job-1 job-2 job-3)" "1
2
3"
equal "$(isula logs --tail 1 job-2)" last
equal "$(isula ps -a -f label=batch -f status=exited --format '{{.Names}}' | sort | tr '\n' ' ')" "job-1 job-2 job-3 "
equal "$(isula ps -a -l --format '{{.Names}}')" job-3
isula inspect job-1 | grep -q '"ExitCode": 1'

job -d --name long --stop-signal INT none sh -c 'trap "exit 9" INT; echo ready; while :; do sleep 0.1; done' >/dev/null
tries=0
until [ "$(isula logs long)" = ready ]; do
  tries=$((tries + 1))
  [ $tries -lt 50 ] || die "it never listens"
  sleep 0.1
done
isula kill -s INT long >/dev/null
equal "$(isula wait long)" 9
isula start long >/dev/null
isula kill long >/dev/null
equal "$(isula wait long)" 137
isula restart -t 0 long >/dev/null
equal "$(isula inspect -f '{{.State.Running}}' long)" true

# Several at once: one that is not there does not keep the others.
status_of 1 isula stop -t 0 nosuch long job-1
equal "$(isula inspect -f '{{.State.Running}}' long)" false
status_of 0 isula rm job-1 job-2 job-3
status_of 0 isula rm -f long
status_of 1 isula rm long
equal "$(isula ps -aq -f label=batch)" ""
