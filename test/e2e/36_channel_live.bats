# isula channel ls, and what changes of channels while containers have them.
load lib/e2e

@test "channel ls shows every channel, whose it is and how full it is" {
  expect 0 isula channel ls -q
  assert_equal "$output" ""
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  create --name db --host-channel "$SHARED/d:/data:ro:8M:symlinks" none true
  isula exec web sh -c 'dd if=/dev/zero of=/c/file bs=4096 count=2 2>/dev/null'
  expect 0 isula channel ls --format '{{.HostPath}} {{.ContainerPath}} {{.Access}} {{.SizeBytes}} {{.UsedBytes}} {{.FreeBytes}} {{.Inodes}} {{.Mounted}} {{.Containers}} {{.Options}}'
  assert_equal "$output" "$SHARED/c /c rw 1048576 8192 1040384 2/256 yes web 
$SHARED/d /data ro 8388608 0 0 - no db symlinks"
  expect 0 isula channel ls
  assert_match "$output" "^CHANNEL ID +HOST PATH +CONTAINER PATH +ACCESS +SIZE +USED +INODES +MOUNTED +CONTAINERS"
  assert_match "$output" "$SHARED/c +/c +rw +1MiB +8KiB +2/256 +yes +web"
  assert_match "$output" "$SHARED/d +/data +ro +8MiB +- +- +no +db"
  isula rm -f web db
}

@test "channel ls of one container, its ids, and json" {
  create --name web --host-channel "$SHARED/c:/c" --host-channel "$SHARED/b:/b" none true
  create --name db --host-channel "$SHARED/d:/d" none true
  create --name none none true
  expect 0 isula channel ls --format '{{.HostPath}}' web
  assert_equal "$output" "$SHARED/b
$SHARED/c"
  expect 0 isula channel ls -q --no-trunc db
  assert_equal "$output" "$(inspect db '{{.HostConfig.HostChannel.Id}}')"
  expect 0 isula channel ls --format json --no-trunc db
  assert_equal "$(jq -r '[.ID, .HostPath, .SizeBytes, .Containers] | map(tostring) | join(" ")' <<<"$output")" \
    "$(inspect db '{{.HostConfig.HostChannel.Id}}') $SHARED/d 67108864 db"
  expect 0 isula channel ls -q none
  assert_equal "$output" ""
  expect 1 isula channel ls nosuch
  assert_contains "$stderr" "No such container: nosuch"
  isula rm web db none
}

# record, mount and, where it is set, memory limit say the same: SIZE [LIMIT].
agree_on() {
  local id channel
  id=$(inspect web '{{.Id}}')
  channel=$(inspect web '{{.HostConfig.HostChannel.Id}}')
  assert_equal "$(jq .Size "$DIR/graph/channels/$channel/channel.json")" "$1"
  assert_equal "$(jq .PreviousSize "$DIR/graph/channels/$channel/channel.json")" null
  assert_equal "$(inspect web '{{.HostConfig.HostChannel.Size}}')" "$1"
  assert_equal "$(jq -r '.Channels[0].Id' "$DIR/graph/containers/$id/config.json")" "$channel"
  assert_equal "$(stat -f -c '%b * %S' "$SHARED/c" | xargs -I{} /usr/bin/python3 -c 'print({})')" "$1"
  [ -z "${2:-}" ] || assert_equal "$(memory_limit web)" "$2"
}

# bats test_tags=runtime
@test "resize up and down is seen inside at once, and by the host; the inode limit follows" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:8M"
  isula exec web sh -c 'echo kept >/c/file'
  expect 0 isula channel resize web "$SHARED/c" 64M
  assert_equal "$output" "$(inspect web '{{.HostConfig.HostChannel.Id}}')"
  agree_on $((64 << 20))
  assert_equal "$(inspect web '{{index .State.HostChannels 0}}' | jq .Inodes)" 4096
  assert_equal "$(isula exec web sh -c 'dd if=/dev/zero of=/c/big bs=1M 2>/dev/null; stat -c %s /c/big')" \
    $(((64 << 20) - 4096))
  isula exec web rm /c/big
  expect 0 isula channel resize web "$SHARED/c" 1M
  agree_on $((1 << 20))
  assert_equal "$(isula exec web cat /c/file)" kept
  assert_equal "$(isula exec web sh -c 'dd if=/dev/zero of=/c/big bs=64k 2>/dev/null; stat -c %s /c/big')" \
    $(((1 << 20) - 4096))
  isula stop -t 0 web
  isula start web
  agree_on $((1 << 20))
  isula rm -f web
}

@test "resize below what is in use is refused and says how much that is" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:8M"
  isula exec web dd if=/dev/zero of=/c/file bs=4096 count=1000 2>/dev/null
  expect 1 isula channel resize web "$SHARED/c" 2M
  assert_one_line "$stderr"
  assert_contains "$stderr" "$SHARED/c"
  assert_contains "$stderr" "4096000 bytes"
  agree_on $((8 << 20))
  expect 0 isula channel resize web "$SHARED/c" 4096000
  isula rm -f web
}

# bats test_tags=runtime
@test "the memory limit follows a resize where it was added" {
  run_idle --name web -m 20M --memory-swap 24M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:8M"
  assert_equal "$(memory_limit web)" $((28 << 20))
  isula channel resize web "$SHARED/c" 64M
  agree_on $((64 << 20)) $((84 << 20))
  assert_equal "$(inspect web '{{.HostConfig.HostChannelMemory}}')" $((64 << 20))
  if [ -d /sys/fs/cgroup/memory ]; then
    assert_equal "$(cgroup_value web memory memory.memsw.limit_in_bytes -)" $((88 << 20))
  else
    assert_equal "$(cgroup_value web - - memory.swap.max)" $((4 << 20))
  fi
  # All of it can be filled from inside, and nobody is killed.
  isula exec web sh -c 'dd if=/dev/zero of=/c/file bs=64k 2>/dev/null || true'
  assert_equal "$(stat -c %s "$SHARED/c/file")" $((64 << 20))
  is_running web
  rm "$SHARED/c/file"
  isula channel resize web "$SHARED/c" 8M
  agree_on $((8 << 20)) $((28 << 20))
  isula rm -f web
}

@test "a shrink whose memory the container uses for itself is refused, and nothing has changed" {
  [ "$(wc -l </proc/swaps)" -eq 1 ] || skip "with swap the memory can be made free"
  run_idle --name web -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M" --host-channel "$SHARED/d:/d:rw:64M"
  assert_equal "$(memory_limit web)" $((148 << 20))
  isula exec web sh -c 'dd if=/dev/zero of=/d/file bs=1M count=60 2>/dev/null; dd if=/dev/zero of=/dev/shm/file bs=1M count=60 2>/dev/null'
  expect 1 isula channel resize web "$SHARED/c" 4M
  assert_contains "$stderr" "are in use"
  assert_equal "$(memory_limit web)" $((148 << 20))
  assert_equal "$(isula channel ls --format '{{.SizeBytes}}' web | head -n 1)" $((64 << 20))
  assert_equal "$(stat -f -c %b "$SHARED/c")" $((64 << 8))
  is_running web
  assert_equal "$(inspect web '{{.State.OOMKilled}}')" false
  isula rm -f web
}

@test "resize of a container that does not run: recorded, and held to at the start" {
  create --name web -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:8M" none sleep 1000
  isula channel resize web "$SHARED/c" 16M
  assert_equal "$(inspect web '{{.HostConfig.HostChannel.Size}} {{.HostConfig.HostChannelMemory}}')" \
    "$((16 << 20)) $((16 << 20))"
  isula start web
  agree_on $((16 << 20)) $((36 << 20))
  isula stop -t 0 web
  isula channel resize web "$SHARED/c" 4M
  agree_on $((4 << 20))
  isula start web
  agree_on $((4 << 20)) $((24 << 20))
  isula rm -f web
}

@test "the limits of create hold for resize: the page, half of memory, the cap of the machine" {
  echo '{"host-channel-memory-max": "48M"}' >"$DIR/daemon.json"
  restart_daemon TERM
  create --name web --host-channel "$SHARED/c:/c:rw:32M" none true
  for size in 4095 1x ''; do
    expect 125 isula channel resize web "$SHARED/c" "$size"
    assert_contains "$stderr" "at least 4096 bytes"
  done
  expect 1 isula channel resize web "$SHARED/c" 1024g
  assert_contains "$stderr" "half of physical memory"
  expect 1 isula channel resize web "$SHARED/c" 49M
  assert_contains "$stderr" "at most 48M"
  expect 1 isula channel resize web "$SHARED/nosuch" 8M
  assert_contains "$stderr" "\"$SHARED/nosuch\""
  expect 0 isula channel resize web "$SHARED/c" 48M
  expect 0 isula info
  assert_contains "$output" "Host Channels Reserved: 48MiB"
  isula rm web
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
}

# bats test_tags=runtime
@test "resize tells an event, warns of a small memory limit, and survives kill -9" {
  run_idle --name web -m 20M --host-channel "$SHARED/c:/c:rw:8M"
  expect 0 isula channel resize web "$SHARED/c" 32M
  assert_match "$stderr" "^WARNING: .*\"$SHARED/c\""
  restart_daemon KILL
  agree_on $((32 << 20))
  expect 0 isula events -n web --since 1h --until 0s --format '{{.Action}} {{.Actor.Attributes.hostPath}} {{.Actor.Attributes.size}}'
  assert_contains "$output" "channel_resize $SHARED/c $((32 << 20))"
  isula rm -f web
}
