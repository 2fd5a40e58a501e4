# shellcheck shell=bash
# What every file of end-to-end tests loads: a private daemon for the file, and around every case a check that
# nothing is left. ISULAD_BIN and ISULAD_RUNTIME come from test/e2e/run.
bats_require_minimum_version 1.5.0

readonly E2E_LIB=$BATS_TEST_DIRNAME/lib
# shellcheck source=/dev/null
source "$E2E_LIB/daemon.bash"
# shellcheck source=/dev/null
source "$E2E_LIB/assert.bash"
# shellcheck source=/dev/null
source "$E2E_LIB/leaks.bash"
# shellcheck source=/dev/null
source "$E2E_LIB/containers.bash"

setup_file() {
  make_directory
  start_daemon
  warm_up
}

teardown_file() {
  kill_daemon TERM
  remove_directory
}

# A directory of the file's own, with all in it but a daemon.
make_directory() {
  # A short path: sockets' are limited.
  DIR=$(mktemp -d "${TMPDIR:-/tmp}/e2e.XXXXXX")
  chmod 755 "$DIR"
  export DIR
  export ROOTFS=$DIR/rootfs
  export SHARED=$DIR/shared  # where host paths of channels go
  export CGROUP_PARENT=/isulad-test-${ISULAD_TEST_RUN:-run}-$$
  export ISULAD_HOST=unix://$DIR/isulad.sock
  mkdir -m 755 "$SHARED"
  "$E2E_LIB/../../../script/make-rootfs" "$ROOTFS"
}

remove_directory() {
  rm -rf --one-file-system "$DIR"
  remove_cgroups
}

# The first container makes what stays: the parent cgroup, directories of the runtime.
warm_up() {
  isula run --rm --external-rootfs "$ROOTFS" none true
}

setup() { default_setup; }

default_setup() {
  # A stack trace for each command in there would take longer than most commands.
  bats_add_debug_exclude_path "$E2E_LIB"
  exec </dev/null
  CASE=$BATS_TEST_TMPDIR
  LOG_BEFORE=$(stat -c %s "$DIR/daemon.log" 2>/dev/null || echo 0)
  daemon_runs || start_daemon
  take_snapshot "$CASE/before"
}

teardown() { default_teardown; }

default_teardown() {
  if [ -z "${BATS_TEST_COMPLETED:-}" ]; then
    echo "the daemon's log of this case ends in:"
    tail -c "+$((LOG_BEFORE + 1))" "$DIR/daemon.log" | tail -n 20
    clean_up
    return 0
  fi
  check_leaks
}

# Skips what a runtime cannot do: skip_on runc "reason".
skip_on() {
  [ "$ISULAD_RUNTIME" != "$1" ] || skip "$2"
}
