# shellcheck shell=bash
# System containers for tests: root file systems with an init, and what to ask those for. After e2e.bash, whose setup and
# teardown it adds to.

readonly DEBIAN_IMAGE=$BATS_TEST_DIRNAME/../images/debian
readonly SYSTEM=$DIR/system  # where root file systems of single cases lie

eval "$(declare -f setup_file | sed '1s/setup_file/setup_daemon/')"
setup_file() {
  setup_daemon
  find_debian
}

teardown() {
  remove_all
  remove_systems
  default_teardown
}

# $DEBIAN is the image, or empty, and $DEBIAN_MISSING says why.
find_debian() {
  DEBIAN=$("$DEBIAN_IMAGE" 2>"$DIR/debian.err") || DEBIAN=
  export DEBIAN
  DEBIAN_MISSING=$(<"$DIR/debian.err")
  export DEBIAN_MISSING
}

# debian NAME: a Debian of the case's own at $SYSTEM/NAME: what is written goes on top of the image. Skips the case where
# there is none.
debian() {
  [ -n "$DEBIAN" ] || skip "no Debian image: $DEBIAN_MISSING"
  mkdir -p "$SYSTEM/$1" "$SYSTEM/.$1/upper" "$SYSTEM/.$1/work"
  mount -t overlay -o "lowerdir=$DEBIAN,upperdir=$SYSTEM/.$1/upper,workdir=$SYSTEM/.$1/work" overlay "$SYSTEM/$1"
}

copy_rootfs() {  # NAME
  rm -rf --one-file-system "${SYSTEM:?}/$1"
  mkdir -p "$SYSTEM"
  cp -a "$ROOTFS" "$SYSTEM/$1"
}

# busybox_system NAME: with its init, which runs a loop as its only service, and with the run level programs.
busybox_system() {
  copy_rootfs "$1"
  ln -sf ../bin/busybox "$SYSTEM/$1/sbin/init"
  mkdir -p "$SYSTEM/$1/lib/systemd"  # nothing in it: this init has no such name
  # Without a shell for the terminal: it would read what a test types.
  printf '%s\n' '::sysinit:/bin/touch /run/booted' '::respawn:/bin/sleep 1000' \
    '::shutdown:/bin/touch /ended' >"$SYSTEM/$1/etc/inittab"
}

# script_system NAME: its init is a shell script that ends in order on SIGTERM.
script_system() {
  copy_rootfs "$1"
  cat >"$SYSTEM/$1/sbin/init" <<'INIT'
#!/bin/sh
trap 'touch /ended; exit 7' TERM
touch /run/booted
while :; do sleep 0.05; done
INIT
}

remove_systems() {
  local root
  for root in "$SYSTEM"/*; do
    ! mountpoint -q "$root" || umount "$root"
  done
  rm -rf --one-file-system "$SYSTEM"
}

# boot NAME [OPTION...] none INIT: runs it in the background, as container NAME of the root $SYSTEM/NAME.
boot() {
  local name=$1
  shift
  isula run -d --name "$name" --system-container --external-rootfs "$SYSTEM/$name" "$@" >/dev/null
}

# What systemd says of the whole when it has booted; empty before it listens.
system_state() { isula exec "$1" systemctl is-system-running --wait 2>/dev/null; }
has_booted() { [ "$(system_state "$1")" = running ]; }
wait_booted() {  # CONTAINER
  wait_until 60 has_booted "$1" || fail "state: $(system_state "$1")" "$(isula exec "$1" systemctl --failed --no-legend)"
}
has_mark() { isula exec "$1" test -e /run/booted; }

exit_code() { inspect "$1" '{{.State.ExitCode}}'; }
runs_again() { [ "$(inspect "$1" '{{.RestartCount}}')" -ge "$2" ] && is_running "$1"; }  # CONTAINER TIMES
