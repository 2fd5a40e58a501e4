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
source "$E2E_LIB/trace.bash"
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
  export PATH=$ISULAD_BIN:$PATH
  mkdir -m 755 "$SHARED"
  mkfifo "$DIR/nothing"
  start_case_server
  "$E2E_LIB/../../../script/make-rootfs" "$ROOTFS"
}

remove_directory() {
  stop_case_server
  rm -rf --one-file-system "$DIR"
  remove_cgroups
}

# The first container makes what stays: the parent cgroup, directories of the runtime.
warm_up() {
  isula run --rm --external-rootfs "$ROOTFS" none true
}

setup() { default_setup; }

default_setup() {
  trace_failures_only
  exec </dev/null
  CASE=$BATS_TEST_TMPDIR
  daemon_runs || start_daemon
  ask begin $$ "$CASE/before"
}

teardown() { default_teardown; }

default_teardown() {
  if [ -z "${BATS_TEST_COMPLETED:-}" ]; then
    echo "the daemon's log of this case ends in:"
    ask log || true
    clean_up
    return 0
  fi
  check_leaks
}

# rounds N: how often a case does what is a matter of luck: N times in a run of everything (ISULAD_TEST_ALL), else a part
# of it.
rounds() { [ -n "${ISULAD_TEST_ALL:-}" ] && echo "$1" || echo $((($1 + 3) / 4)); }

# Skips what a runtime cannot do: skip_on runc "reason".
skip_on() {
  [ "$ISULAD_RUNTIME" != "$1" ] || skip "$2"
}
