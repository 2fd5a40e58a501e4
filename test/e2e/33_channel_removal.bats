# How channels go: cleanly, busy, covered, replaced.
load lib/e2e

# bats test_tags=runtime
@test "rm takes away mount, path and record" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  expect 0 isula rm web
  assert_equal "$stderr" ""
  refute is_mounted "$SHARED/c"
  assert_missing "$SHARED/c"
  assert_equal "$(ls -A "$DIR/graph/channels")" ""
}

works_in() { [ "$(readlink "/proc/$1/cwd")" = "$2" ]; }

@test "a busy mount is detached at rm, and who holds it is named" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  (cd "$SHARED/c" && exec sleep 100 >/dev/null 2>&1 3>&-) &
  local holder=$!
  wait_until 20 works_in "$holder" "$SHARED/c"
  expect 0 isula rm -f web
  assert_one_line "$stderr"
  assert_contains "$stderr" "\"$SHARED/c\""
  assert_match "$stderr" "sleep.*$holder|$holder.*sleep"
  assert_missing "$SHARED/c"
  refute is_mounted "$SHARED/c"
  kill "$holder"
  wait "$holder" || true
}

@test "a mount of somebody else on top: rm fails, can be repeated, and succeeds once it is gone" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'echo below >/c/file'
  isula stop -t 0 web
  mount -t tmpfs foreign "$SHARED/c"
  echo mine >"$SHARED/c/file"
  for _ in 1 2; do
    expect 1 isula rm web
    assert_one_line "$stderr"
    assert_contains "$stderr" "\"$SHARED/c\""
    assert_equal "$(<"$SHARED/c/file")" mine
    assert_equal "$(isula ps -aq | wc -l)" 1
  done
  umount "$SHARED/c"
  assert_equal "$(<"$SHARED/c/file")" below
  expect 0 isula rm web
  assert_missing "$SHARED/c"
}

@test "rm -f forgets a channel that is covered, leaves the path as it is and says so" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  mount -t tmpfs foreign "$SHARED/c"
  echo mine >"$SHARED/c/file"
  expect 0 isula rm -f web
  assert_contains "$stderr" "\"$SHARED/c\""
  assert_equal "$(<"$SHARED/c/file")" mine
  assert_equal "$(isula ps -aq)" ""
  assert_equal "$(ls -A "$DIR/graph/channels")" ""
  umount "$SHARED/c"
  umount "$SHARED/c" 2>/dev/null || true
  rmdir "$SHARED/c"
}

@test "a directory that is not ours any more is left alone" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  umount "$SHARED/c"
  rmdir "$SHARED/c"
  mkdir "$SHARED/c"
  echo mine >"$SHARED/c/file"
  expect 1 isula rm web
  assert_one_line "$stderr"
  assert_contains "$stderr" "\"$SHARED/c\""
  assert_equal "$(<"$SHARED/c/file")" mine
  rm -r "$SHARED/c"
  expect 0 isula rm web
}

@test "what was put into our directory under the mount is left alone" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  umount "$SHARED/c"
  echo mine >"$SHARED/c/file"
  expect 1 isula rm web
  assert_one_line "$stderr"
  assert_equal "$(<"$SHARED/c/file")" mine
  rm "$SHARED/c/file"
  expect 0 isula rm web
  assert_missing "$SHARED/c"
}

@test "a channel that somebody unmounted is mounted afresh at the next start" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  umount "$SHARED/c"
  expect 0 isula start web
  is_mounted "$SHARED/c"
  isula rm -f web
}

@test "a channel that somebody took away altogether does not stop rm" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  umount "$SHARED/c"
  rmdir "$SHARED/c"
  expect 0 isula rm web
}

@test "a full channel, a deep tree and open files are removed" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:4M"
  isula exec web sh -c 'dd if=/dev/zero of=/c/full bs=64k 2>/dev/null; cd /c; i=0
    while [ $i -lt 50 ]; do mkdir d && cd d || break; i=$((i + 1)); done'
  isula exec -d web sh -c 'exec 9</c/full; sleep 1000'
  expect 0 isula rm -f web
  assert_equal "$stderr" ""
  assert_missing "$SHARED/c"
}

# bats test_tags=runtime
@test "--rm takes the channel away when the container ends by itself, and when it is killed" {
  run_container --rm --host-channel "$SHARED/c:/c" none true
  assert_missing "$SHARED/c"
  run_idle --rm --name web --host-channel "$SHARED/c:/c"
  is_mounted "$SHARED/c"
  isula kill web
  wait_until 20 assert_missing "$SHARED/c"
  wait_until 20 no_containers
}

@test "mounts that others make inside a channel: rm says so and can be repeated" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula stop -t 0 web
  mkdir "$SHARED/c/inner"
  mount -t tmpfs foreign "$SHARED/c/inner"
  local status=0
  isula rm web 2>"$CASE/err" || status=$?
  # Detaching takes what is mounted inside along; refusing is as good. Either way nothing hangs in the air.
  if [ "$status" -ne 0 ]; then
    umount "$SHARED/c/inner"
    isula rm web
  fi
  assert_missing "$SHARED/c"
}
