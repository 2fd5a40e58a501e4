# Host channels: what sections 1 and 2 of docs/host-channel.md promise.
load lib/e2e

# bats test_tags=runtime
@test "the command of the manual: dd stops after exactly 33554432 bytes" {
  local status=0 output
  output=$(tty "$ISULAD_BIN/isula" run --rm -it --host-channel "$SHARED/testdir:/testdir:rw:32M" \
    --system-container --external-rootfs "$ROOTFS" none init <<'STEPS'
expect root@[0-9a-f]{12}:/# 
send dd if=/dev/zero of=/testdir/test.file bs=1024 count=64K\r
expect No space left on device
expect records out
expect root@[0-9a-f]{12}:/# 
send stat -c %s /testdir/test.file\r
expect \n33554432\r
send exit\r
STEPS
  ) || status=$?
  assert_equal "$status" 0
  assert_contains "$output" "dd: error writing '/testdir/test.file': No space left on device"
  assert_contains "$output" "32769+0 records in"
  assert_contains "$output" "32768+0 records out"
  assert_missing "$SHARED/testdir"
}

@test "the mount on the host: tmpfs, its size, mode 1777 of root, nosuid nodev noexec, the source names it" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:32M"
  assert_equal "$(mounted "$SHARED/c" FSTYPE)" tmpfs
  assert_equal "$(mounted "$SHARED/c" SIZE | tr -d ' ')" 32M
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "1777 0:0"
  local options
  options=,$(mounted "$SHARED/c" VFS-OPTIONS),
  for option in rw nosuid nodev noexec nosymfollow; do
    assert_contains "$options" ",$option,"
  done
  assert_equal "$(mounted "$SHARED/c" SOURCE)" "isulad:$(inspect web '{{.HostConfig.HostChannel.Id}}')"
  isula rm -f web
  assert_missing "$SHARED/c"
}

# bats test_tags=runtime
@test "the mount in the container: nosuid nodev noexec, rw, and nobody else's propagation" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  local line
  line=$(isula exec web grep ' /c ' /proc/self/mountinfo)
  for option in rw nosuid nodev noexec; do
    assert_match "$line" "[ ,]${option}[ ,]"
  done
  refute_contains "$line" shared:
  refute_contains "$line" master:
  isula rm -f web
}

@test "the mount comes with the start and goes with rm, not with stop" {
  create --name web --host-channel "$SHARED/c:/c" none sleep 1000
  assert_missing "$SHARED/c"
  assert_equal "$(isula inspect web | jq '.[0].State.HostChannels[0].Mounted')" false
  isula start web
  is_mounted "$SHARED/c"
  isula stop -t 0 web
  is_mounted "$SHARED/c"
  isula rm web
  assert_missing "$SHARED/c"
}

@test "what either side writes the other reads" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'echo from inside >/c/in'
  assert_equal "$(<"$SHARED/c/in")" "from inside"
  as_user sh -c "echo from a user >$SHARED/c/out"
  assert_equal "$(isula exec web cat /c/out)" "from a user"
  assert_equal "$(stat -c %u "$SHARED/c/out")" 65534
  as_user cat "$SHARED/c/in" >/dev/null
  # Sticky: users cannot take away one another's files.
  refute as_user rm -f "$SHARED/c/in"
  isula rm -f web
}

# bats test_tags=runtime
@test "content survives stop and start" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'echo kept >/c/file'
  isula stop -t 0 web
  assert_equal "$(<"$SHARED/c/file")" kept
  isula start web
  assert_equal "$(isula exec web cat /c/file)" kept
  isula rm -f web
}

@test "mode and owner are set again at every start" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'chown 12:34 /c; chmod 700 /c'
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "700 12:34"
  isula stop -t 0 web
  isula start web
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "1777 0:0"
  isula rm -f web
}

@test "every way to write a channel, and what inspect shows of it" {
  local spec wanted
  while read -r spec wanted; do
    create --name web --host-channel "$SHARED/c:/c$spec" none true
    assert_equal "$(isula inspect web | jq -r '.[0].HostConfig.HostChannel |
      "\(.PathOnHost) \(.PathInContainer) \(.Permissions) \(.Size) \(.Options)"')" "$SHARED/c /c $wanted"
    assert_equal "$(isula inspect web | jq -c '.[0].HostConfig | [.HostChannel] == .HostChannels')" true
    isula rm web
  done <<'EOT'
: rw 67108864 []
:ro ro 67108864 []
:rw:32M rw 33554432 []
::32M rw 33554432 []
:ro: ro 67108864 []
:::symlinks rw 67108864 ["symlinks"]
:rw:4096 rw 4096 []
:rw:4097 rw 8192 []
:rw:4096b rw 4096 []
:rw:64k rw 65536 []
:rw:64K rw 65536 []
:rw:1MiB rw 1048576 []
:rw:1mb rw 1048576 []
:rw:1g:symlinks rw 1073741824 ["symlinks"]
EOT
}

@test "paths are cleaned" {
  create --name web --host-channel "/$SHARED//./c/:/./c//d/" none true
  assert_equal "$(isula inspect web | jq -r '.[0].HostConfig.HostChannel | "\(.PathOnHost) \(.PathInContainer)"')" \
    "$SHARED/c /c/d"
  isula rm web
}

@test "State.HostChannels shows what is used" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  isula exec web dd if=/dev/zero of=/c/file bs=4096 count=3
  assert_equal "$(isula inspect web | jq -c '.[0] | .State.HostChannels[0] as $s | .HostConfig.HostChannel.Id as $id |
    [$s.Mounted, $s.Used, $s.Free, $s.InodesUsed, $s.Id == $id, $s.SharedBy == [.Id]]')" \
    "[true,12288,1036288,2,true,true]"
  isula stop -t 0 web
  assert_equal "$(isula inspect web | jq '.[0].State.HostChannels[0].Used')" 12288
  isula rm web
}

@test "a one-page channel holds one page" {
  expect 0 run_container --rm --host-channel "$SHARED/c:/c:rw:4096" none \
    sh -c 'dd if=/dev/zero of=/c/f bs=1 count=5000 2>/dev/null; stat -c %s /c/f'
  assert_equal "$output" 4096
}

# bats test_tags=runtime
@test "a ro channel is read-only inside and writable for the host" {
  run_idle --name web --host-channel "$SHARED/c:/c:ro"
  expect 1 isula exec web sh -c 'echo x >/c/file'
  assert_contains "$stderr" "Read-only file system"
  expect 1 isula exec web mount -o remount,rw /c
  echo "from the host" >"$SHARED/c/file"
  assert_equal "$(isula exec web cat /c/file)" "from the host"
  isula exec web grep ' /c ' /proc/self/mountinfo | grep -q ' ro,'
  assert_contains ",$(mounted "$SHARED/c" VFS-OPTIONS)," ",rw,"
  isula rm -f web
}

@test "nothing in a channel is executed, by either side" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  cp /bin/busybox "$SHARED/c/program"
  expect 126 "$SHARED/c/program" true
  expect 126 isula exec web /c/program true
  isula rm -f web
}

@test "links that the container plants are not followed on the host, unless symlinks is asked for" {
  run_idle --name web --host-channel "$SHARED/c:/c" --host-channel "$SHARED/d:/d:::symlinks"
  isula exec web sh -c 'ln -s /etc/passwd /c/link; ln -s /etc/passwd /d/link; cat /c/link' >/dev/null
  expect 1 cat "$SHARED/c/link"
  assert_contains "$stderr" "Too many levels of symbolic links"
  expect 0 cat "$SHARED/d/link"
  isula rm -f web
}

# bats test_tags=runtime
@test "several channels" {
  run_idle --name web --host-channel "$SHARED/a:/a:rw:1M" --host-channel "$SHARED/b:/deep/b:ro:2M" \
    --host-channel "$SHARED/new/c:/c:rw:3M"
  assert_equal "$(isula inspect web | jq -c '[.[0].HostConfig.HostChannels[] | [.PathInContainer, .Size]]')" \
    '[["/a",1048576],["/deep/b",2097152],["/c",3145728]]'
  assert_equal "$(isula exec web df -Pk /a /deep/b /c | awk 'NR > 1 {print $2}' | tr '\n' ' ')" "1024 2048 3072 "
  isula rm -f web
  assert_missing "$SHARED/a"
  assert_missing "$SHARED/b"
  assert_missing "$SHARED/new"
}

@test "missing parents are made 0755 and taken away again where they are empty" {
  mkdir -m 700 "$SHARED/mine"
  umask 077
  run_idle --name web --host-channel "$SHARED/mine/a/b/c:/c"
  assert_equal "$(stat -c %a "$SHARED/mine/a" "$SHARED/mine/a/b")" $'755\n755'
  isula rm -f web
  assert_missing "$SHARED/mine/a"
  assert_equal "$(stat -c %a "$SHARED/mine")" 700

  run_idle --name web --host-channel "$SHARED/mine/a/b/c:/c"
  touch "$SHARED/mine/a/keep"
  isula rm -f web
  assert_missing "$SHARED/mine/a/b"
  test -e "$SHARED/mine/a/keep"
  rm -r "$SHARED/mine"
}

@test "a link among the parents is resolved once, at create" {
  mkdir "$SHARED/real" "$SHARED/elsewhere"
  ln -s real "$SHARED/link"
  create --name web --host-channel "$SHARED/link/c:/c" none sleep 1000
  assert_equal "$(inspect web '{{.HostConfig.HostChannel.PathOnHost}}')" "$SHARED/real/c"
  ln -sfn elsewhere "$SHARED/link"
  isula start web
  is_mounted "$SHARED/real/c"
  assert_missing "$SHARED/elsewhere/c"
  isula rm -f web
  rm -r "$SHARED/real" "$SHARED/elsewhere" "$SHARED/link"
}

# bats test_tags=runtime
@test "paths with spaces, quotes, percent signs, backslashes and the text \\040" {
  local name
  for name in 'a b' "it's" '"quoted"' '100%s' 'back\slash' '\040' 'ümläut ☃' '$HOME' '-rf' '*'; do
    run_idle --name web --host-channel "$SHARED/$name:/in $name:rw:1M"
    mountpoint -q "$SHARED/$name"
    echo x >"$SHARED/$name/file"
    assert_equal "$(isula exec web cat "/in $name/file")" x
    assert_equal "$(isula inspect web | jq -r '.[0].HostConfig.HostChannel.PathOnHost')" "$SHARED/$name"
    isula rm -f web
    assert_missing "$SHARED/$name"
  done
}

@test "a path that a container has is refused to the next, by the first one's name" {
  create --name first --host-channel "$SHARED/c:/c" none true
  expect 125 create --name second --host-channel "$SHARED/c:/c" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" '"first"'
  assert_contains "$stderr" "\"$SHARED/c\""
  expect 125 create --name second --host-channel "$SHARED/c/below:/c" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" '"first"'
  isula rm first
  expect 0 create --name second --host-channel "$SHARED/c:/c" none true
  isula rm second
}

@test "of two creates that race for a host path exactly one wins, each time" {
  for round in $(seq "$(rounds 20)"); do
    create --name one --host-channel "$SHARED/c:/c" none true >"$CASE/one" 2>"$CASE/one.err" 3>&- &
    local one=$! first=0 second=0
    create --name two --host-channel "$SHARED/c:/c" none true >"$CASE/two" 2>"$CASE/two.err" || second=$?
    wait "$one" || first=$?
    assert_equal "$(printf '%s\n' "$first" "$second" | sort -n | tr '\n' ' ')" "0 125 "
    assert_equal "$(isula ps -aq | wc -l)" 1
    # shellcheck disable=SC2046
    isula rm $(isula ps -aq)
  done
}

@test "twenty containers with channels at once" {
  local i pids=()
  for i in $(seq 20); do
    run_container --rm --read-only --host-channel "$SHARED/parent/c$i:/c:rw:1M" none sh -c "echo $i >/c/f; cat /c/f" \
      >"$CASE/out$i" 2>&1 3>&- &
    pids+=($!)
  done
  for i in "${pids[@]}"; do
    wait "$i"
  done
  for i in $(seq 20); do
    assert_equal "$(<"$CASE/out$i")" "$i"
  done
  assert_missing "$SHARED/parent"
}

@test "the inode limit keeps a small channel small and does not stop ordinary use" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:4096" --host-channel "$SHARED/d:/d:rw:64M"
  assert_equal "$(stat -f -c %c "$SHARED/c")" 256
  assert_equal "$(stat -f -c %c "$SHARED/d")" 4096
  isula rm -f web
}
