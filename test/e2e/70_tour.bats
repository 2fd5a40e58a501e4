# docs/tour.md: what it says is typed, and what is printed.
load lib/e2e

teardown() {
  # Where it ended on its way.
  [ ! -e "$DIR/tour/isulad.pid" ] || {
    ISULAD_HOST=unix://$DIR/tour/isulad.sock remove_all
    kill "$(<"$DIR/tour/isulad.pid")"
  }
  default_teardown
}

@test "the tour: its commands print what is shown, and leave nothing" {
  local tour=$DIR/tour
  expect 0 env -C "$BATS_TEST_DIRNAME/../.." /usr/bin/python3 "$E2E_LIB/transcript.py" docs/tour.md \
    --replace "\$PWD/build/bin" "$ISULAD_BIN" --replace /tmp/tour "$tour" --replace /isulad-tour "$CGROUP_PARENT-tour"
  assert_match "$output" '^[0-9]+ commands, 0 differ$'
  assert_missing "$tour"
  assert_equal "$(find /sys/fs/cgroup -path "*$CGROUP_PARENT-tour*")" ""
}

@test "a transcript that is not true is noticed" {
  printf '    $ echo one\n    one\n    $ echo two\n    three\n' >"$CASE/false.md"
  expect 1 /usr/bin/python3 "$E2E_LIB/transcript.py" "$CASE/false.md"
  assert_contains "$output" "printed: two"
  assert_contains "$output" "2 commands, 1 differ"
}
