# Root in a container, and somebody without rights who may write beside the host path, against the engine. What needs
# no container is in test/integration/host_channel: adversary_test.cc and every_moment_test.cc.
load lib/e2e

readonly RACE_SECONDS=$(rounds 3)

# A yard in which the user may rename, with a directory p for channels, a link to a victim of root's, and a directory
# of root's that the user may rename but not enter.
make_yard() {
  YARD=$SHARED/yard
  mkdir -p "$YARD/p" "$YARD/trap/c" "$SHARED/victim/c"
  chmod 700 "$YARD/trap"
  touch "$YARD/trap/file" "$SHARED/victim/file"
  ln -s ../victim "$YARD/link"
  chown 65534:65534 "$YARD" "$YARD/p"
  UNTOUCHED=$(untouchables)
}

# Modes, owners, marks and contents of a tree, and what is mounted in it.
look_at() {  # PATH
  find "$1" -printf '%p %m %u %y\n' | sort
  /usr/bin/python3 -c 'import os, sys
for directory, _, _ in os.walk(sys.argv[1]):
    print(directory, os.listxattr(directory))' "$1"
  findmnt --noheadings --raw --output TARGET | grep -E "^$1(/|$)" || true
}

# The trap bears its own name only while nobody swaps it.
untouchables() { look_at "$SHARED/victim" && look_at "$YARD/trap"; }

teardown() {
  if [ -n "${SWAPPER:-}" ]; then
    kill -TERM "$SWAPPER" 2>/dev/null || true
    wait "$SWAPPER" || true
  fi
  default_teardown
}

remove_yard() {
  assert_equal "$(untouchables)" "$UNTOUCHED"
  rm -r "$YARD" "$SHARED/victim"
}

start_swapper() {  # ONE TWO
  (
    cd "$YARD"
    exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/python3 - "$@" \
      <"$E2E_LIB/swapper.py" >"$CASE/swaps" 3>&-
  ) &
  SWAPPER=$!
}

stop_swapper() {  # [LEAST-NUMBER]
  kill -TERM "$SWAPPER"
  wait "$SWAPPER"
  SWAPPER=
  [ "$(<"$CASE/swaps")" -ge "${1:-50}" ] || fail "only $(<"$CASE/swaps") swaps"
}

# Lives of a container, whatever becomes of each step, while somebody swaps. Ends with the container gone.
live_while_swapped() {  # HOST-PATH
  local end=$((SECONDS + RACE_SECONDS)) most=$((SECONDS + 60)) lives=0 victim
  victim=$(look_at "$SHARED/victim")
  while [ $SECONDS -lt $end ] || { [ $lives -lt 3 ] && [ $SECONDS -lt $most ]; }; do
    create --name web --host-channel "$1:/c:rw:1M" none sleep 1000 >/dev/null 2>&1 || continue
    isula start web >/dev/null 2>&1 || true
    assert_equal "$(look_at "$SHARED/victim")" "$victim"
    isula stop -t 0 web >/dev/null 2>&1 || true
    wait_until 20 isula rm web >/dev/null 2>&1
    assert_equal "$(look_at "$SHARED/victim")" "$victim"
    lives=$((lives + 1))
  done
  [ $lives -ge 3 ] || fail "only $lives lives"
}

no_channel_is_mounted() { refute grep -q "$SHARED.* tmpfs isulad:" /proc/self/mountinfo; }

@test "adversary: a user swaps the parent for a link to a victim while create, start and rm run" {
  make_yard
  start_swapper p link
  live_while_swapped "$YARD/p/c"
  stop_swapper
  no_channel_is_mounted
  assert_equal "$(ls -A "$YARD/p")" ""
  remove_yard
}

@test "adversary: a user swaps the parent for a directory of root's with the same name in it" {
  make_yard
  start_swapper p trap
  live_while_swapped "$YARD/p/c"
  stop_swapper
  no_channel_is_mounted
  remove_yard
}

@test "adversary: a user swaps a parent that the engine has made, from its first moment on" {
  make_yard
  start_swapper new link
  live_while_swapped "$YARD/new/c"
  stop_swapper
  no_channel_is_mounted
  remove_yard
}

@test "adversary: a user swaps the host path itself, wherever it is not mounted on" {
  make_yard
  start_swapper c trap
  live_while_swapped "$YARD/c"
  stop_swapper 0  # the moment is shorter than a process may be kept waiting
  no_channel_is_mounted
  assert_missing "$YARD/c"
  remove_yard
}

@test "adversary: a user swaps the parents of two channels: neither takes the other down" {
  make_yard
  mkdir "$YARD/p2"
  chown 65534 "$YARD/p2"
  run_idle --name other --host-channel "$YARD/p2/c:/c:rw:1M"
  isula exec other sh -c 'echo kept >/c/file'
  start_swapper p p2
  local end=$((SECONDS + RACE_SECONDS))
  while [ $SECONDS -lt $end ]; do
    create --name web --host-channel "$YARD/p/c:/c:rw:1M" none sleep 1000 >/dev/null 2>&1 || continue
    isula start web >/dev/null 2>&1 || true
    isula stop -t 0 web >/dev/null 2>&1 || true
    wait_until 20 isula rm web >/dev/null 2>&1
    assert_equal "$(isula exec other cat /c/file)" kept
  done
  stop_swapper
  assert_equal "$(<"$YARD/p2/c/file")" kept
  is_mounted "$YARD/p2/c"
  isula rm -f other
  no_channel_is_mounted
  remove_yard
}

@test "adversary: a user holds the channel and calls himself by a line break and an escape sequence" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  (
    cd "$SHARED/c"
    exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/python3 -c '
import time
open("/proc/self/comm", "w").write("a\nb\x1b[2J")
open("ready", "w").close()
time.sleep(100)' >/dev/null 2>&1 3>&-
  ) &
  local holder=$!
  wait_until 20 test -e "$SHARED/c/ready"
  expect 0 isula rm -f web
  assert_one_line "$stderr"
  refute_contains "$stderr" $'\e'
  assert_contains "$stderr" "(pid $holder)"
  assert_missing "$SHARED/c"
  kill "$holder"
  wait "$holder" || true
}

@test "adversary: a user in a mount namespace of his own has bound the channel elsewhere: rm takes path and mount away" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  (
    cd /
    exec setpriv --reuid=65534 --regid=65534 --clear-groups unshare --user --map-root-user --mount \
      sh -c "mount --bind '$SHARED/c' /mnt && echo bound >/mnt/bound && exec sleep 100" >/dev/null 2>&1 3>&-
  ) &
  local user=$!
  wait_until 20 test -e "$SHARED/c/bound"
  expect 0 isula rm -f web
  assert_missing "$SHARED/c"
  refute grep -q " $SHARED/c " "/proc/$user/mountinfo"
  kill "$user"
  wait "$user" || true
}

@test "adversary: a process of the host in a mount namespace of its own keeps no copy after rm" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  unshare --mount --propagation private sleep 100 >/dev/null 2>&1 3>&- &
  local other=$!
  wait_until 20 grep -q " $SHARED/c " "/proc/$other/mountinfo"
  isula rm -f web
  refute grep -q " $SHARED/c " "/proc/$other/mountinfo"
  kill "$other"
  wait "$other" || true
}

# bats test_tags=runtime
@test "adversary: root in a container cannot remount, resize, unmount or uncover its channel" {
  run_idle --name web --system-container --host-channel "$SHARED/c:/c:rw:1M" --host-channel "$SHARED/d:/d:ro:1M"
  local attempt
  for attempt in "mount -o remount,size=64M /c" "mount -o remount,bind,rw /d" "mount -o remount,rw,exec,suid,dev /c" \
    "umount /c" "umount -l /d" "mount -t tmpfs none /c" "mount --bind /d /c" "unshare -m true" "unshare -Urm true"; do
    expect 1 isula exec web sh -c "$attempt || exit 1"
  done
  refute isula exec web sh -c 'echo x >/d/file' 2>/dev/null
  assert_equal "$(mounted "$SHARED/c" SIZE | tr -d ' ')" 1M
  assert_contains ",$(mounted "$SHARED/d" VFS-OPTIONS)," ",rw,"
  isula rm -f web
}

# bats test_tags=runtime
@test "adversary: device nodes, set-user-ID programs and programs in a channel have no effect on either side" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'mknod /c/zero c 1 5; cp /bin/busybox /c/su; chmod 4755 /c/su' || true
  refute head -c 1 "$SHARED/c/zero" 2>/dev/null
  refute as_user "$SHARED/c/su" id 2>/dev/null
  refute isula exec web sh -c 'head -c 1 /c/zero' 2>/dev/null
  refute isula exec web /c/su id 2>/dev/null
  isula rm -f web
}

@test "adversary: root in a container makes 3,000 files in a channel of one page, closes it, and is started again" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:4096"
  expect 1 isula exec web sh -c 'i=0; while [ $i -lt 3000 ]; do : >/c/$i || exit 1; i=$((i + 1)); done'
  assert_contains "$stderr" "No space left on device"
  assert_equal "$(find "$SHARED/c" -mindepth 1 | wc -l)" 255
  isula exec web sh -c 'chown 1:1 /c; chmod 0 /c'
  expect 0 isula stop -t 0 web
  expect 0 isula start web
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "1777 0:0"
  expect 0 isula rm -f web
  assert_equal "$stderr" ""
  assert_missing "$SHARED/c"
}

@test "adversary: FIFOs, sockets and strange names in a channel hold up neither inspect nor start nor rm" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'mkfifo /c/fifo; ln -s /c/loop /c/loop; : >"/c/
$(reboot) %s \040"; nc -lk -s 127.0.0.1 -p 1 local:/c/socket >/dev/null 2>&1 & mkdir -p /c/..../-rf'
  expect 0 isula inspect web
  expect 0 isula stop -t 0 web
  expect 0 isula start web
  expect 0 isula rm -f web
  assert_equal "$stderr" ""
  assert_missing "$SHARED/c"
}

# bats test_tags=runtime
@test "adversary: root in a container swaps a parent of the container path for a link to a path of the host" {
  mkdir -p "$SHARED/victim/c"
  cp -a "$ROOTFS" "$DIR/own"
  isula run -d --external-rootfs "$DIR/own" --name web --host-channel "$SHARED/c:/deep/c" none sleep 1000
  isula exec web sh -c "mv /deep /moved; ln -s ../../../../../../../..$SHARED/victim /deep" || true
  isula stop -t 0 web
  local status=0
  isula start web 2>/dev/null || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 125 ]
  refute is_mounted "$SHARED/victim/c"
  assert_equal "$(ls -A "$SHARED/victim/c")" ""
  isula rm -f web
  test -d "$SHARED/victim/c"
  rmdir "$SHARED/victim/c" "$SHARED/victim"
  rm -r "$DIR/own"
}

@test "adversary: a full channel is shown, started again and removed" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  isula exec web sh -c 'dd if=/dev/zero of=/c/file bs=64k' 2>/dev/null || true
  assert_equal "$(isula inspect web | jq '.[0].State.HostChannels[0].Free')" 0
  expect 0 isula stop -t 0 web
  expect 0 isula start web
  expect 0 isula exec web true
  expect 0 isula rm -f web
  assert_equal "$stderr" ""
}
