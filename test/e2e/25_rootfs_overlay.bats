# --rootfs-overlay: many containers on one rootfs that stays as it is.
load lib/e2e

# All of the rootfs: names, owners, modes, times and what is in the files.
dump() { find "$1" -printf '%P %y %U:%G %m %T@ %l\n' | sort; find "$1" -type f -exec cksum {} + | sort; }

layers() { find "$DIR/graph/containers" -mindepth 2 -maxdepth 2 -name overlay; }

# bats test_tags=runtime
@test "what a container changes is its own, stays over a restart and goes with it" {
  local before
  before=$(dump "$ROOTFS")
  run_idle --name web --rootfs-overlay
  run_idle --name db --rootfs-overlay
  isula exec web sh -c 'echo web >/made && mkdir -p /opt/app && echo changed >/etc/group && rm /bin/true'
  isula exec db sh -c 'test ! -e /made && test -e /bin/true'
  assert_equal "$(inspect web '{{.HostConfig.RootfsOverlay}}')" true
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec web cat /made /etc/group | xargs)" "web changed"
  refute isula exec web test -e /bin/true
  kill_daemon KILL
  start_daemon
  assert_equal "$(isula exec web cat /made)" web
  isula rm -f web db
  assert_equal "$(dump "$ROOTFS")" "$before"
  assert_equal "$(layers)" ""
}

@test "mount points are made in the container's layer" {
  local before
  before=$(dump "$ROOTFS")
  mkdir "$SHARED/volume"
  run_idle --name web --rootfs-overlay -v "$SHARED/volume:/a/b/volume" --host-channel "$SHARED/c:/d/e/c:rw:1M"
  isula exec web sh -c 'echo x >/a/b/volume/file && echo y >/d/e/c/file'
  assert_equal "$(cat "$SHARED/volume/file" "$SHARED/c/file" | xargs)" "x y"
  isula channel add web "$SHARED/f:/f/g:rw:1M"
  isula exec web sh -c 'echo z >/f/g/file'
  isula channel rm web "$SHARED/f"
  refute isula exec web test -e /f
  assert_equal "$(dump "$ROOTFS")" "$before"
  isula rm -f web
  rm -r "$SHARED/volume"
}

@test "users are those that the container knows" {
  run_idle --name web --rootfs-overlay
  isula exec web sh -c 'echo app:x:7:8::/:/bin/sh >>/etc/passwd'
  assert_equal "$(isula exec -u app web id -u)" 7
  expect 125 run_container --rm --rootfs-overlay -u app none true
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec -u app web id -g)" 8
  isula rm -f web
}

# bats test_tags=runtime
@test "a rootfs of root's is one of the container's root in a user namespace" {
  local before
  before=$(dump "$ROOTFS")
  run_idle --name web --rootfs-overlay --user-remap 100000:200000:65536 --host-channel "$SHARED/c:/a/c:rw:1M"
  assert_equal "$(isula exec web stat -c %u:%g / /bin/busybox /a | xargs)" "0:0 0:0 0:0"
  isula exec web sh -c 'echo x >/made && echo changed >/etc/group && chown 5:6 /made && mkdir /a/beside'
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec web stat -c %u:%g /made /etc/group | xargs)" "5:6 0:0"
  isula rm -f web
  assert_equal "$(dump "$ROOTFS")" "$before"
}

# bats test_tags=runtime
@test "read-only: not even its own layer is written to" {
  run_idle --name web --rootfs-overlay --read-only --host-channel "$SHARED/c:/a/c:rw:1M"
  refute isula exec web sh -c 'echo x >/made' 2>/dev/null
  isula exec web sh -c 'echo x >/a/c/file'
  isula rm -f web
}

@test "a rootfs is not shared in silence with one that writes to it" {
  run_idle --name plain
  expect 0 isula create --name web --rootfs-overlay --external-rootfs "$ROOTFS" none true
  assert_contains "$stderr" "is also writable for container \"plain\""
  isula rm -f plain
  expect 0 isula create --name plain --external-rootfs "$ROOTFS" none true
  assert_contains "$stderr" "lies beneath what container \"web\" changes"
  expect 0 isula create --name other --rootfs-overlay --external-rootfs "$ROOTFS" none true
  assert_contains "$stderr" "is also writable for container \"plain\""
  isula rm plain
  expect 0 isula create --name another --rootfs-overlay --external-rootfs "$ROOTFS" none true
  assert_equal "$stderr" ""
  isula rm web other another
}

@test "a rootfs that holds the daemon's data, or lies in it, is refused" {
  mkdir -p "$DIR/graph/containers/rootfs"
  expect 125 isula create --rootfs-overlay --external-rootfs "$DIR/graph/containers/rootfs" none true
  assert_contains "$stderr" "cannot be overlaid"
  rmdir "$DIR/graph/containers/rootfs"
  expect 125 isula create --rootfs-overlay --external-rootfs "$DIR" none true
  assert_contains "$stderr" "cannot be overlaid"
}

@test "ten containers start at once on one rootfs, and leave it as it was" {
  local before i pids=()
  before=$(dump "$ROOTFS")
  for i in $(seq 10); do
    run_idle --name "box$i" --rootfs-overlay --host-channel "$SHARED/c$i:/channel:rw:1M" >/dev/null &
    pids+=($!)
  done
  for i in "${pids[@]}"; do
    wait "$i"
  done
  for i in $(seq 10); do
    isula exec "box$i" sh -c "echo $i >/mine && echo $i >/channel/file"
  done
  for i in $(seq 10); do
    assert_equal "$(isula exec "box$i" cat /mine)$(cat "$SHARED/c$i/file")" "$i$i"
  done
  # shellcheck disable=SC2046
  isula rm -f $(isula ps -aq) >/dev/null
  assert_equal "$(dump "$ROOTFS")" "$before"
}
