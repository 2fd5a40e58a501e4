# docs/system-containers.md: its commands as they are written there, but for the paths.
load lib/e2e
source "$BATS_TEST_DIRNAME/lib/system.bash"

readonly GUIDE=$BATS_TEST_DIRNAME/../../docs/system-containers.md

# The commands beneath a heading: what is indented.
commands_of() {  # HEADING
  sed -n "/^### $1/,/^##/p" "$GUIDE" | sed -n 's/^    //p' | sed -e "s#/srv/debian#$SYSTEM/a#g" -e "s#/run/guest#$SHARED/guest#g"
}

# follow HEADING: runs them one after the other, until the first that fails.
follow() {
  commands_of "$1" >"$CASE/steps"
  [ -s "$CASE/steps" ] || fail "no step '$1'"
  (
    PATH=$ISULAD_BIN:$PATH
    set -e
    source "$CASE/steps"
  ) >"$CASE/out" 2>"$CASE/err" || fail "$(cat "$CASE/steps" "$CASE/out" "$CASE/err")"
}

@test "guide: from a root file system to two services and a host agent" {
  debian a
  # What the image of the tests is made by, and no other way.
  grep -q "include=systemd,systemd-sysv,dbus bookworm $SYSTEM/a" <(commands_of "A root file system")
  follow Boot
  assert_equal "$(tail -n 2 "$CASE/out" | xargs)" "running guest"
  follow "Two services"
  follow "A host agent"
  assert_match "$(head -n 1 "$CASE/out")" [0-9]:[0-9]
  assert_equal "$(tail -n 1 "$CASE/out")" active
  follow "Reboot and stop"
  assert_contains "$(<"$CASE/out")" "answer"
  assert_missing "$SHARED/guest"
  no_containers
}
