# --user-remap: a container whose root is somebody without rights on the host.
load lib/e2e

readonly REMAP=100000:200000:65536

# Whether a tmpfs can be mounted with other ids: since Linux 6.3.
maps_tmpfs() { [ "$(printf '%s\n' 6.3 "$(uname -r)" | sort -V | head -n 1)" = 6.3 ]; }

owners() { find "$1" -printf '%U:%G %m %p\n' | sort; }  # of all files in DIRECTORY

# Of a container that runs there is an empty directory.
no_views() {
  ! grep -F -e "$DIR/state/rootfs/" -e "$DIR/state/channels/" /proc/self/mountinfo &&
    [ -z "$(find "$DIR/state/rootfs" "$DIR/state/channels" -mindepth 1 ! -path "$DIR/state/rootfs/*")" ] &&
    [ -z "$(find "$DIR/state/rootfs" -mindepth 3)" ]
}

nothing_left() { no_views && [ -z "$(ls -A "$DIR/state/rootfs")" ]; }

# bats test_tags=runtime
@test "ids inside are those asked for, the host sees them shifted, inspect says so" {
  run_idle --name web --user-remap "$REMAP"
  assert_equal "$(isula exec web cat /proc/1/uid_map | xargs)" "0 100000 65536"
  assert_equal "$(isula exec web cat /proc/1/gid_map | xargs)" "0 200000 65536"
  assert_equal "$(isula exec web id -u):$(isula exec web id -g)" 0:0
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  assert_equal "$(stat -c %u:%g "/proc/$pid")" 100000:200000
  assert_equal "$(inspect web '{{.HostConfig.UserRemap}}')" "$REMAP"
  create --name plain none true
  assert_equal "$(inspect plain '{{.HostConfig.UserRemap}}')" ""
  isula rm -f web plain
}

# bats test_tags=runtime
@test "files of the rootfs are root's inside and stay the host's on disk" {
  local before
  before=$(owners "$ROOTFS")
  run_idle --name web --user-remap "$REMAP"
  no_views
  assert_equal "$(isula exec web stat -c %u:%g / /bin/busybox /etc/passwd | xargs)" "0:0 0:0 0:0"
  isula exec web sh -c 'echo x >/made && chown 5:6 /made && chmod 640 /etc/passwd && chmod 644 /etc/passwd'
  assert_equal "$(stat -c %u:%g "$ROOTFS/made")" 5:6
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec web cat /made)" x
  isula rm -f web
  rm "$ROOTFS/made"
  assert_equal "$(owners "$ROOTFS")" "$before"
  nothing_left
}

# bats test_tags=runtime
@test "the container's root writes to its generated files, not to the host's volumes" {
  mkdir "$SHARED/volume"
  echo x >"$SHARED/volume/file"
  run_idle --name web --user-remap "$REMAP" -v "$SHARED/volume:/v"
  isula exec web sh -c 'echo 10.0.0.1 other >>/etc/hosts && grep -q other /etc/hosts'
  assert_equal "$(isula exec web stat -c %u:%g /v/file)" 65534:65534
  assert_equal "$(isula exec web cat /v/file)" x
  refute isula exec web sh -c 'echo y >/v/file' 2>/dev/null
  isula rm -f web
  rm -r "$SHARED/volume"
}

# bats test_tags=runtime
@test "a channel: root inside owns what it makes, and what the host's root makes" {
  local owner=0:0
  maps_tmpfs || owner=100000:200000
  run_idle --name web --user-remap "$REMAP" --host-channel "$SHARED/c:/c:rw:1M"
  no_views
  isula exec web sh -c 'echo in >/c/inside'
  assert_equal "$(isula exec web stat -c %u:%g /c/inside)" 0:0
  assert_equal "$(stat -c %u:%g "$SHARED/c/inside")" "$owner"
  assert_equal "$(stat -c '%u:%g %a' "$SHARED/c")" "0:0 1777"
  if maps_tmpfs; then
    (umask 077 && echo out >"$SHARED/c/outside")
    assert_equal "$(isula exec web cat /c/outside)" out
    isula exec web sh -c 'echo changed >/c/outside && chown 1000:1000 /c/outside'
    assert_equal "$(<"$SHARED/c/outside")" changed
    assert_equal "$(stat -c %u:%g "$SHARED/c/outside")" 1000:1000
  fi
  # It is full at its size, as for any other.
  refute isula exec web dd if=/dev/zero of=/c/big bs=64k count=17 2>/dev/null
  isula rm -f web
  assert_missing "$SHARED/c"
}

@test "a channel: host users without rights still write there, and who they are inside" {
  run_idle --name web --user-remap "$REMAP" --host-channel "$SHARED/c:/c:rw:1M"
  as_user sh -c "echo hello >$SHARED/c/theirs"
  assert_equal "$(isula exec web stat -c %u:%g /c/theirs)" 65534:65534
  assert_equal "$(isula exec web cat /c/theirs)" hello
  setpriv --reuid=70000 --regid=70000 --clear-groups sh -c "echo far >$SHARED/c/far"
  assert_equal "$(isula exec web stat -c %u:%g /c/far)" 65534:65534
  isula exec web sh -c 'echo back >/c/answer'
  assert_equal "$(as_user cat "$SHARED/c/answer")" back
  refute as_user rm "$SHARED/c/answer" 2>/dev/null
  # Set-user-ID bits do nothing on the host, whoever the owner seems to be.
  isula exec web sh -c ': >/c/s; chmod 4755 /c/s'
  assert_contains "$(mounted "$SHARED/c" OPTIONS)" nosuid
  assert_contains "$(mounted "$SHARED/c" OPTIONS)" noexec
  isula rm -f web
}

# bats test_tags=runtime
@test "an ro channel holds" {
  run_idle --name web --user-remap "$REMAP" --host-channel "$SHARED/c:/c:ro:1M"
  echo data >"$SHARED/c/file"
  assert_equal "$(isula exec web cat /c/file)" data
  for attempt in 'echo x >/c/file' 'touch /c/new' 'rm /c/file' 'chmod 777 /c' \
    'mount -o remount,bind,rw /c' 'mount -o remount,rw,size=8M /c' 'umount /c' 'mount -t tmpfs x /c' \
    'unshare -Um mount -o remount,bind,rw /c' 'unshare -Um umount /c'; do
    refute isula exec web sh -c "$attempt" 2>/dev/null
  done
  assert_match "$(isula exec web sh -c 'grep " /c " /proc/self/mountinfo')" " /c ro,nosuid,nodev,noexec"
  assert_equal "$(isula exec web cat /c/file)" data
  refute isula exec web touch /c/new 2>/dev/null
  isula rm -f web
}

# bats test_tags=runtime
@test "exec as somebody else, terminals, logs, exit status" {
  run_container -d --name web --user-remap "$REMAP" none sh -c 'echo started; exec sleep 1000'
  wait_until 5 logs_contain web started
  assert_equal "$(isula exec -u user web id -u)" 1000
  assert_equal "$(isula exec -u user web sh -c 'echo $HOME; id -G')" "/home/user
1000 29"
  expect 7 isula exec web sh -c 'exit 7'
  isula rm -f web
  output=$(tty "$ISULAD_BIN/isula" run --rm -it --user-remap "$REMAP" --external-rootfs "$ROOTFS" none \
    sh -c 'stat -c "%u %a %F" $(tty) && stat -c "%u %F" /dev/console && echo "end"' <<<'expect end' 2>&1)
  assert_contains "$output" "character special file"
  assert_match "$output" "0 6[26]0 character"
  expect 3 run_container --rm --user-remap "$REMAP" none sh -c 'exit 3'
  expect 127 run_container --rm --user-remap "$REMAP" none nosuchcommand
}

# crun gives standard input and output to the container's root: the host's /dev/null must not be one of them.
# bats test_tags=runtime
@test "the host's devices keep their owner" {
  run_idle --name web --user-remap "$REMAP"
  isula exec web true </dev/null
  isula exec -i web true </dev/null
  isula exec -d web true
  tty "$ISULAD_BIN/isula" exec -it web true <<<'' >/dev/null 2>&1
  tty "$ISULAD_BIN/isula" run --rm -it --user-remap "$REMAP" --external-rootfs "$ROOTFS" none true \
    <<<'' >/dev/null 2>&1
  expect 0 run_container --rm --user-remap "$REMAP" none sh -c 'cat; echo end'
  assert_equal "$output" end
  local owner
  owner=$(stat -c '%u:%g %a' /dev/null)
  chown 0:0 /dev/null  # whatever was the matter
  assert_equal "$owner" "0:0 666"
  refute isula exec web chmod 0 /dev/null 2>/dev/null
  assert_equal "$(stat -c '%u:%g %a' /dev/null)" "0:0 666"
  isula rm -f web
}

# bats test_tags=runtime
@test "an init of a system container starts, and ends when it is told to" {
  run_container -d --name box --system-container --user-remap "$REMAP" --host-channel "$SHARED/c:/run/c" \
    none /bin/busybox init
  wait_until 10 isula exec box sh -c 'grep -q init /proc/1/cmdline && touch /run/c/up /tmp/x /run/lock/y'
  [ -e "$SHARED/c/up" ]
  isula stop -t 20 box
  assert_equal "$(inspect box '{{.State.Status}}')" exited
  isula start box
  wait_until 10 isula exec box sh -c 'grep -q init /proc/1/cmdline'
  [ -e "$SHARED/c/up" ]
  isula rm -f box
}

@test "few ids are enough; a user beyond them is refused by number" {
  expect 0 run_container --rm --user-remap 100000:100000:1 none sh -c 'id -u; cat /proc/self/uid_map | xargs'
  assert_equal "$output" "0
0 100000 1"
  expect 125 run_container --rm --user-remap 100000:100000:1000 -u user none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "uid 1000 of the process is not mapped: user remap \"100000:100000:1000\" has 0 to 999"
  run_idle --name web --user-remap 100000:100000:1000
  expect 125 isula exec -u 1000 web true
  assert_contains "$stderr" "uid 1000 of the process is not mapped"
  assert_equal "$(isula exec -u 999 web id -u)" 999
  isula rm -f web
}

# bats test_tags=runtime
@test "two containers with other ids share a rootfs" {
  run_idle --name one --user-remap 100000:100000:65536
  run_idle --name two --user-remap 300000:300000:65536
  isula exec one sh -c 'echo from one >/tmp/one'
  isula exec two sh -c 'echo and two >>/tmp/one'
  assert_equal "$(stat -c %u "$ROOTFS/tmp/one")" 0
  isula rm -f one two
  rm "$ROOTFS/tmp/one"
}

@test "bad values are refused by field and range" {
  local bad
  for bad in 1 1:2 1:2:3:4 0:1:1 1:0:1 1:1:0 1:1:65537 -1:1:1 a:1:1 4294967295:1:1 4294967294:1:2; do
    expect 125 create --user-remap "$bad" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "Invalid value \"$bad\" for flag --user-remap: user remap"
  done
  assert_equal "$(isula ps -aq)" ""
}

@test "a rootfs that cannot be mapped is refused, and taken once its owners are shifted" {
  mkdir "$SHARED/tree"
  mount -t ramfs -o mode=755 ramfs "$SHARED/tree"
  cp -a "$ROOTFS/." "$SHARED/tree"
  expect 125 isula create --name web --user-remap "$REMAP" --external-rootfs "$SHARED/tree" none sleep 1000
  assert_one_line "$stderr"
  assert_contains "$stderr" "must belong to 100000:200000"
  chown -hR 100000:200000 "$SHARED/tree"
  isula run -d --name web --user-remap "$REMAP" --external-rootfs "$SHARED/tree" \
    --host-channel "$SHARED/c:/c" none sleep 1000
  assert_equal "$(isula exec web stat -c %u:%g / /bin/busybox | xargs)" "0:0 0:0"
  isula exec web touch /made
  assert_equal "$(stat -c %u:%g "$SHARED/tree/made")" 100000:200000
  no_views
  isula rm -f web
  umount "$SHARED/tree"
  rmdir "$SHARED/tree"
}

@test "a state directory that the container's root cannot reach is named" {
  chmod 700 "$DIR"
  expect 125 create --user-remap "$REMAP" none true
  chmod 755 "$DIR"
  assert_one_line "$stderr"
  assert_contains "$stderr" "uid 100000 must be able to search \"$DIR\""
}

view_there() { [ -d "$DIR/state/rootfs/$1/root" ]; }

@test "kill -9 of the daemon while it starts one leaves no view" {
  local id attempt
  id=$(create --name web --user-remap "$REMAP" --host-channel "$SHARED/c:/c" none sleep 1000)
  for attempt in 1 2 3 4 5; do
    isula start web >/dev/null 2>&1 &
    until view_there "$id" || process_gone $!; do :; done
    kill_daemon KILL
    wait $! || true
    start_daemon
    wait_until 10 no_views
    isula rm -f web
    nothing_left
    assert_missing "$SHARED/c"
    id=$(create --name web --user-remap "$REMAP" --host-channel "$SHARED/c:/c" none sleep 1000)
  done
  isula start web
  restart_daemon KILL
  assert_equal "$(isula exec web cat /proc/1/uid_map | xargs)" "0 100000 65536"
  isula rm -f web
  nothing_left
}
