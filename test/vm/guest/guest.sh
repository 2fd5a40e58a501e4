# shellcheck shell=sh
# What the tests call in the machine. /data (graph, rootfs) and /shared (host paths) are disks of their own.
export ISULAD_HOST=unix:///run/isulad.sock

start_daemon() {
  echo '{}' >/run/daemon.json
  setsid isulad -g /data/graph -S /run/isulad -H "$ISULAD_HOST" -G root -p /run/isulad.pid --config /run/daemon.json \
    --cgroup-parent /isulad "$@" </dev/null >>/run/isulad.log 2>&1 &
  daemon=$!
  until isula version >/dev/null 2>&1; do
    [ -d "/proc/$daemon" ] || { tail -n 20 /run/isulad.log; return 1; }
    usleep 50000
  done
}

daemon_pid() { pidof isulad; }

end_daemon() {  # SIGNAL
  daemon=$(daemon_pid)
  kill -s "$1" "$daemon"
  while [ -d "/proc/$daemon" ]; do usleep 20000; done
}

# wait_until SECONDS COMMAND...: until it succeeds.
wait_until() {
  end=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -le $end ] || { echo "not within its time: $*"; return 1; }
    usleep 50000
  done
}

# hold_at NUMBER: the daemon will stop at that one of its calls, and the console tells. See test/fault/at_call.cc.
hold_at() {
  : >/run/follower
  (
    at_call "$(daemon_pid)" "$1" hold 2>&1 &
    echo $! >/run/follower.pid
    wait
  ) | while read -r line; do
    echo "$line" >>/run/follower
    [ "${line%% *}" != hit ] || printf '\n@@ %s\n' "$line" >/dev/hvc0
  done &
  wait_until 60 grep -q ready /run/follower || { cat /run/follower; return 1; }
}

# How many calls there were.
let_go() {
  kill "$(cat /run/follower.pid)"
  wait_until 60 grep '^seen' /run/follower
}

copy_rootfs() {  # DIRECTORY
  rm -rf "$1"
  cp -a /data/rootfs "$1"
}

# busybox_system DIRECTORY: with busybox as init. It marks its start in /run and its end in the root.
busybox_system() {
  copy_rootfs "$1"
  ln -sf ../bin/busybox "$1/sbin/init"
  printf '%s\n' '::sysinit:/bin/touch /run/booted' '::respawn:/bin/sleep 1000' '::shutdown:/bin/touch /ended' \
    >"$1/etc/inittab"
}

# script_system DIRECTORY: with a script as init that marks the same, and ends on SIGTERM with 7.
script_system() {
  copy_rootfs "$1"
  printf '%s\n' '#!/bin/sh' "trap 'touch /ended; exit 7' TERM" 'touch /run/booted' 'while :; do usleep 50000; done' \
    >"$1/sbin/init"
}

# Everything of containers and channels that is to be seen in the machine, one a line.
list_belongings() {
  grep -hoE '"Id": *"[0-9a-f]{64}"' /data/graph/channels/*/channel.json 2>/dev/null | sed 's/^/in a record: /'
  find /data/graph -mindepth 2 ! -path '/data/graph/events/*' | sed 's/^/record: /'
  find /shared -mindepth 1 -xdev ! -name lost+found | sed 's/^/host path: /'
  grep -e ' /shared/' -e isulad: /proc/self/mountinfo | cut -d ' ' -f 4- | sed 's/^/mount: /'
  find /sys/fs/cgroup/isulad -mindepth 1 -type d 2>/dev/null | grep -v /monitors | sed 's/^/cgroup: /'
  find /run/isulad -mindepth 2 2>/dev/null | sed 's/^/state: /'
  find /data/rootfs -mindepth 1 -type d | sed 's/^/rootfs: /'
  for pid in $(pidof isulad-shim); do
    echo "monitor: $(tr '\0' ' ' <"/proc/$pid/cmdline")"
  done
}
