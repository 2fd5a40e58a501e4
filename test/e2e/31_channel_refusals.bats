# What --host-channel refuses: exit 125, one line that names field and range, nothing left.
load lib/e2e

half_of_memory_and_a_page() {
  local kilobytes
  kilobytes=$(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
  echo $(((kilobytes * 1024 / 2 / 4096 + 1) * 4096 + 4096))
}

letters() { printf '%*s' "$1" '' | tr ' ' x; }

# 4096 bytes of path whose components are all short enough.
long_path() {
  local i
  for i in $(seq 16); do
    printf '/%s' "$(letters 255)"
  done
}

fill_in() {  # VALUE
  local value=$1
  value=${value//@SHARED@/$SHARED}
  value=${value//@ROOTFS@/$ROOTFS}
  value=${value//@GRAPH@/$DIR/graph}
  value=${value//@STATE@/$DIR/state}
  value=${value//@TAB@/$'\t'}
  value=${value//@NEWLINE@/$'\n'}
  value=${value//@BYTES256@/$BYTES256}
  value=${value//@LONG@/$LONG}
  printf '%s' "${value//@HALF@/$HALF}"
}

prepare() {
  touch "$SHARED/file"
  mkdir "$SHARED/directory"
  ln -s nosuch "$SHARED/dangling"
  ln -s "$ROOTFS" "$SHARED/rootfs-link"
  ln -s /proc/self "$SHARED/proc-link"
  BYTES256=$(letters 256)
  LONG=$(long_path)
  HALF=$(half_of_memory_and_a_page)
  ask take "$CASE/prepared"
}

tidy() { rm -rf "${SHARED:?}"/*; }

# Exit 125 with one line that holds all the texts, and nothing is left.
refused() {  # VALUE TEXT...
  local value=$1 text
  shift
  expect 125 create --name bad --host-channel "$value" none true
  assert_equal "$output" ""
  assert_one_line "$stderr"
  for text in "$@"; do
    assert_contains "$stderr" "$text"
  done
}

@test "each field that is wrong in each way is refused, and nothing is left" {
  prepare
  local line value field reason count=0
  while IFS= read -r line; do
    [ -n "$line" ] && [[ $line != '#'* ]] || continue
    value=${line%% | *}
    [[ $line != '| '* ]] || { value=''; line=" $line"; }
    reason=${line##* | }
    field=${line#* | }
    field=${field%% | *}
    refused "$(fill_in "$value")" "$field" "$reason"
    count=$((count + 1))
  done <"$BATS_TEST_DIRNAME/bad_host_channels.txt"
  [ "$count" -ge 40 ]
  assert_equal "$(isula ps -aq)" ""
  ask compare "$CASE/prepared"
  tidy
}

@test "bytes that are not UTF-8 are refused" {
  refused "$SHARED/a"$'\xff'":/c" "host path" "must be UTF-8"
  refused "$SHARED/c:/a"$'\xc0\xaf' "container path" "must be UTF-8"
}

@test "run refuses as create does" {
  expect 125 run_container --rm --host-channel "$SHARED/c:/c:rw:4095" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "at least 4096 bytes"
  assert_equal "$(isula ps -aq)" ""
}

@test "two channels of a container must not share or nest their paths" {
  local other
  for other in "$SHARED/c:/d" "$SHARED/c/below:/d" "$SHARED:/d"; do
    [ "$other" != "$SHARED:/d" ] || continue
    expect 125 create --host-channel "$SHARED/c:/c" --host-channel "$other" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "host path"
  done
  for other in /c /c/below /; do
    expect 125 create --host-channel "$SHARED/c:/c" --host-channel "$SHARED/d:$other" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "container path"
  done
  # Alike at the beginning is not beneath.
  expect 0 create --name web --host-channel "$SHARED/c:/c" --host-channel "$SHARED/cc:/cc" none true
  isula rm web
}

@test "nesting that only a link hides is refused too" {
  mkdir "$SHARED/real"
  ln -s real "$SHARED/link"
  expect 125 create --host-channel "$SHARED/real/c:/c" --host-channel "$SHARED/link/c/d:/d" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "host path"
  rm -r "$SHARED/real" "$SHARED/link"
}

@test "no other mount may have its target at or in a channel" {
  mkdir "$CASE/data"
  local target
  for target in /c /c/below /c/deep/below; do
    expect 125 create -v "$CASE/data:$target" --host-channel "$SHARED/c:/c" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "container path"
  done
  expect 0 create --name web -v "$CASE/data:/data" --host-channel "$SHARED/c:/data/c" none true
  isula rm web
}

@test "no host path in another container's rootfs or channel" {
  "$BATS_TEST_DIRNAME/../../script/make-rootfs" "$DIR/other"
  isula create --name other --external-rootfs "$DIR/other" --host-channel "$SHARED/c:/c" none sleep 1000
  isula start other
  refused "$DIR/other/c:/c" "host path" "rootfs"
  refused "$SHARED/c/d:/d" "host path" '"other"'
  isula rm -f other
  rm -r "$DIR/other"
}

@test "the path comes to exist between create and start: start fails, says so and touches nothing" {
  create --name web --host-channel "$SHARED/c:/c" none true
  mkdir "$SHARED/c"
  echo mine >"$SHARED/c/file"
  expect 125 isula start web
  assert_one_line "$stderr"
  assert_contains "$stderr" "\"$SHARED/c\""
  assert_equal "$(<"$SHARED/c/file")" mine
  refute is_mounted "$SHARED/c"
  rm -r "$SHARED/c"
  expect 0 isula start -a web
  isula rm web
}

@test "--host-channel-add-memory needs a channel and a memory limit" {
  expect 125 create --host-channel-add-memory -m 64M none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "--host-channel"
  expect 125 create --host-channel-add-memory --host-channel "$SHARED/c:/c" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "--memory"
}

@test "a start that fails leaves neither mount nor path" {
  create --name web --host-channel "$SHARED/new/c:/c" none nosuchcommand
  expect 127 isula start web
  assert_missing "$SHARED/new"
  isula rm web
  expect 127 run_container --rm --host-channel "$SHARED/new/c:/c" none nosuchcommand
  assert_missing "$SHARED/new"
  assert_equal "$(isula ps -aq)" ""
}
