# docs/channel-recipes.md: each recipe's commands as they are written there, but for the paths.
load lib/e2e

readonly RECIPES=$BATS_TEST_DIRNAME/../../docs/channel-recipes.md

teardown() {
  remove_all
  default_teardown
}

# The commands of a recipe: what is indented beneath its heading.
commands_of() {  # HEADING
  sed -n "/^## $1/,/^## [^$]/p" "$RECIPES" | sed -n 's/^    //p' |
    sed -e "s#/root/myrootfs#$ROOTFS#g" -e "s#/run/\\(meter\\|bus\\|frames\\|scratch\\|probe\\)\\([:/ ]\\|\$\\)#$SHARED/\\1\\2#g"
}

# cook HEADING: runs them one after the other, until the first that fails.
cook() {
  commands_of "$1" >"$CASE/recipe"
  [ -s "$CASE/recipe" ] || fail "no recipe '$1'"
  (
    PATH=$ISULAD_BIN:$PATH
    set -e
    source "$CASE/recipe"
  ) >"$CASE/out" 2>"$CASE/err" || fail "$(cat "$CASE/recipe" "$CASE/out" "$CASE/err")"
}

@test "recipe: a host agent without rights of its own" {
  cook "A host agent"
  assert_match "$(tail -n 1 "$CASE/out")" [0-9]:[0-9]
}

@test "recipe: several containers on one channel" {
  cook "Several containers"
  assert_match "$(<"$CASE/out")" [0-9]:[0-9]
  assert_equal "$(tail -n +2 <(isula channel ls) | wc -l)" 1
  assert_match "$(tail -n 1 "$CASE/out")" "producer.*first.*second"
}

@test "recipe: big shared memory" {
  cook "Big shared memory"
  assert_match "$(<"$CASE/out")" 536870912
  assert_match "$(mounted "$SHARED/frames" SIZE)" "^ *1G$"
}

@test "recipe: a scratch that is empty at every start" {
  cook "A scratch"
  has_restarted() { [ "$(inspect worker '{{.RestartCount}}')" -ge 1 ]; }
  wait_until 30 has_restarted
  assert_equal "$(isula logs worker)" ""
}

@test "recipe: a channel for a container that runs" {
  cook "A channel for"
  assert_contains "$(<"$CASE/out")" "sleep 1000"
  assert_missing "$SHARED/probe"
}
