# What a runtime sees of the host's mounts: what the container needs, as it is at the start, and few others.
load lib/e2e

teardown() {
  remove_all
  for path in "$CASE/disk/rootfs/in" "$CASE/disk" "$CASE/volume"; do
    ! mountpoint -q "$path" || umount -R "$path"
  done
  [ ! -e "$CASE/device" ] || remove_disk "$(<"$CASE/device")" "$CASE/image"
  default_teardown
}

# A file system that is mounted later than the daemon started, at $CASE/disk.
mount_disk() {
  make_disk "$CASE/image" >"$CASE/device" || skip "no loop devices here"
  mkfs.ext4 -q "$(<"$CASE/device")"
  mkdir "$CASE/disk"
  mount "$(<"$CASE/device")" "$CASE/disk"
}

# A runtime that writes down how many mounts there were where it was started.
use_counting_runtime() {
  cat >"$CASE/$ISULAD_RUNTIME" <<EOT
#!/bin/sh
case "\$*" in *" run "*) grep -c . /proc/self/mountinfo >>$CASE/counts ;; esac
exec $(command -v "$ISULAD_RUNTIME") "\$@"
EOT
  chmod +x "$CASE/$ISULAD_RUNTIME"
  echo "{\"runtimes\": {\"counting\": {\"path\": \"$CASE/$ISULAD_RUNTIME\"}}}" >"$DIR/daemon.json"
  restart_daemon TERM
}

stop_using_it() {
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
  rm -r "$DIR/state/runtime-counting"
}

last_count() { tail -n 1 "$CASE/counts"; }

# bats test_tags=runtime
@test "a rootfs on a file system that was mounted after the daemon's start, and what is mounted in it" {
  mount_disk
  cp -a "$ROOTFS" "$CASE/disk/rootfs"
  mkdir "$CASE/disk/rootfs/in"
  mount -t tmpfs -o size=64k inner "$CASE/disk/rootfs/in"
  echo inner >"$CASE/disk/rootfs/in/file"
  expect 0 isula run --rm --external-rootfs "$CASE/disk/rootfs" none sh -c 'cat /in/file; echo new >/made'
  assert_equal "$output" inner
  assert_equal "$(cat "$CASE/disk/rootfs/made")" new
  isula run -d --name web --external-rootfs "$CASE/disk/rootfs" none sleep 1000
  assert_equal "$(isula exec web cat /in/file)" inner
  expect 0 isula stop -t 0 web
  expect 0 isula start web
}

# bats test_tags=runtime
@test "a volume of a file system that was mounted after the daemon's start, unmounted again when the container is gone" {
  mount_disk
  mkdir "$CASE/disk/data"
  echo x >"$CASE/disk/data/file"
  expect 0 run_container --rm -v "$CASE/disk/data:/data" -v "$CASE/disk/data/file:/one" none cat /data/file /one
  assert_equal "$output" $'x\nx'
  umount "$CASE/disk"
  # Nobody holds it in a namespace of his own: this opens the device exclusively. Daemons of other tests that begin now
  # copy all mounts, but not for long.
  wait_until 30 mkfs.ext4 -q -F "$(<"$CASE/device")"
}

# bats test_tags=runtime
@test "mounts propagate as a volume's mode says" {
  local volume=$CASE/volume mode
  mkdir "$volume"
  mount -t tmpfs volume "$volume"
  mount --make-shared "$volume"
  mkdir "$volume/in" "$volume/out"
  for mode in rprivate rslave rshared; do
    run_idle --name web --cap-add SYS_ADMIN -v "$volume:/v:$mode"
    mount -t tmpfs in "$volume/in"
    touch "$volume/in/file"
    isula exec web sh -c 'mount -t tmpfs out /v/out && touch /v/out/file'
    assert_equal "$mode inside: $(isula exec web ls /v/in)" "$mode inside: $([ $mode = rprivate ] || echo file)"
    assert_equal "$mode outside: $(ls "$volume/out")" "$mode outside: $([ $mode != rshared ] || echo file)"
    isula rm -f web
    umount "$volume/in"
    ! mountpoint -q "$volume/out" || umount "$volume/out"
  done
  umount "$volume"
}

# bats test_tags=runtime
@test "a runtime starts among few mounts, however many channels the host has" {
  use_counting_runtime
  run_container --rm --runtime counting none true
  local alone
  alone=$(last_count)
  local flags=()
  for ((i = 0; i < 40; i++)); do flags+=(--host-channel "$SHARED/c$i:/c$i:rw:64k"); done
  run_idle --name web "${flags[@]}"
  run_container --rm --runtime counting none true
  assert_equal "$(last_count)" "$alone"
  [ "$(grep -c . /proc/self/mountinfo)" -gt 40 ]
  # With a channel of its own there is one more.
  expect 0 run_container --rm --runtime counting --host-channel "$SHARED/c:/c:rw:64k" none touch /c/file
  assert_equal "$(last_count)" $((alone + 1))
  isula rm -f web
  stop_using_it
}

# bats test_tags=runtime
@test "a hook is a program of the host, and sees all of it" {
  use_counting_runtime
  mount_disk
  cp /bin/busybox "$CASE/disk/touch"
  echo "{\"prestart\": [{\"path\": \"$CASE/disk/touch\", \"args\": [\"touch\", \"$CASE/disk/seen\"]}]}" >"$CASE/hooks"
  expect 0 run_container --rm --runtime counting --hook-spec "$CASE/hooks" none true
  [ -e "$CASE/disk/seen" ]
  stop_using_it
}
