# Who pays for what is in a channel.
load lib/e2e

# Writes the channel at /c full and says how much went in.
readonly FILL='dd if=/dev/zero of=/c/file bs=64k 2>/dev/null; stat -c %s /c/file'

# bats test_tags=runtime
@test "a channel larger than the memory limit, written full from inside, ends in an OOM kill" {
  expect 137 run_container --name web -m 20M --host-channel "$SHARED/c:/c:rw:64M" none \
    dd if=/dev/zero of=/c/file bs=64k
  assert_equal "$(inspect web '{{.State.OOMKilled}} {{.State.ExitCode}}')" "true 137"
  isula rm web
}

@test "create warns of that, and names the path" {
  expect 0 create --name web -m 20M --host-channel "$SHARED/c:/c:rw:64M" none true
  assert_one_line "$stderr"
  assert_match "$stderr" "^WARNING: .*\"$SHARED/c\""
  isula rm web
  expect 0 create --name web -m 65M --host-channel "$SHARED/c:/c:rw:64M" none true
  assert_equal "$stderr" ""
  isula rm web
  expect 0 create --name web -m 20M --host-channel "$SHARED/c:/c:ro:64M" none true
  assert_equal "$stderr" ""
  isula rm web
}

@test "what the host writes is not limited by the container's memory" {
  run_idle --name web -m 20M --host-channel "$SHARED/c:/c:rw:64M"
  dd if=/dev/zero of="$SHARED/c/file" bs=64k 2>/dev/null || true
  assert_equal "$(stat -c %s "$SHARED/c/file")" $((64 << 20))
  is_running web
  # And the container may read all of it.
  assert_equal "$(isula exec web sh -c 'wc -c </c/file')" $((64 << 20))
  assert_equal "$(inspect web '{{.State.OOMKilled}}')" false
  isula rm -f web
}

# bats test_tags=runtime
@test "with --host-channel-add-memory it ends in ENOSPC at exactly 64 MiB" {
  expect 0 run_container --name web -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M" none sh -c "$FILL"
  assert_equal "$output" $((64 << 20))
  assert_equal "$(inspect web '{{.State.OOMKilled}}')" false
  isula rm web
}

@test "with --host-channel-add-memory and --memory-swap as well" {
  run_idle --name web -m 20M --memory-swap 24M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M"
  assert_equal "$(memory_limit web)" $((84 << 20))
  if [ -d /sys/fs/cgroup/memory ]; then
    assert_equal "$(cgroup_value web memory memory.memsw.limit_in_bytes -)" $((88 << 20))
  else
    assert_equal "$(cgroup_value web - - memory.swap.max)" $((4 << 20))
  fi
  assert_equal "$(isula exec web sh -c "$FILL")" $((64 << 20))
  assert_equal "$(isula inspect web | jq -c '.[0].HostConfig | [.Memory, .MemorySwap, .HostChannelMemory, .HostChannelAddMemory]')" \
    "[$((20 << 20)),$((24 << 20)),$((64 << 20)),true]"
  isula rm -f web
}

# bats test_tags=runtime
@test "--memory-swap -1 stays unlimited" {
  run_idle --name web -m 20M --memory-swap -1 --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M"
  assert_equal "$(memory_limit web)" $((84 << 20))
  if [ -d /sys/fs/cgroup/memory ]; then
    [ "$(cgroup_value web memory memory.memsw.limit_in_bytes -)" -gt $((1 << 50)) ]
  else
    assert_equal "$(cgroup_value web - - memory.swap.max)" max
  fi
  assert_equal "$(isula exec web sh -c "$FILL")" $((64 << 20))
  isula rm -f web
}

@test "two channels are both added, a ro one is not" {
  run_idle --name web -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M" \
    --host-channel "$SHARED/d:/d:rw:32M" --host-channel "$SHARED/e:/e:ro:16M"
  assert_equal "$(memory_limit web)" $((116 << 20))
  assert_equal "$(inspect web '{{.HostConfig.HostChannelMemory}}')" $((96 << 20))
  assert_equal "$(isula exec web sh -c "$FILL")" $((64 << 20))
  assert_equal "$(isula exec web sh -c "cd /d; ${FILL//\/c\//\/d\/}")" $((32 << 20))
  assert_equal "$(inspect web '{{.State.OOMKilled}}')" false
  isula rm -f web
}

@test "without the flag the limit is what was asked for" {
  run_idle --name web -m 80M --host-channel "$SHARED/c:/c:rw:64M"
  assert_equal "$(memory_limit web)" $((80 << 20))
  assert_equal "$(inspect web '{{.HostConfig.HostChannelMemory}}')" 0
  isula rm -f web
}

@test "host-channel-memory-max caps the sum of all channels, and rm gives back" {
  echo '{"host-channel-memory-max": "48M"}' >"$DIR/daemon.json"
  restart_daemon TERM
  expect 0 isula info
  assert_contains "$output" "Host Channels Max: 48MiB"
  create --name one --host-channel "$SHARED/c:/c:rw:32M" none true
  expect 0 isula info
  assert_contains "$output" "Host Channels Reserved: 32MiB"
  expect 125 create --name two --host-channel "$SHARED/d:/d:rw:32M" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" 64M
  assert_contains "$stderr" 48M
  expect 0 create --name two --host-channel "$SHARED/d:/d:rw:16M" none true
  isula rm one two
  expect 0 create --name two --host-channel "$SHARED/d:/d:rw:48M" none true
  isula rm two
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
}

# What is charged beneath the file's own cgroup; what a container leaves behind is charged to the parent.
memory_of_all() {
  cat "/sys/fs/cgroup/memory$CGROUP_PARENT/memory.usage_in_bytes" 2>/dev/null ||
    cat "/sys/fs/cgroup$CGROUP_PARENT/memory.current"
}

@test "the memory is free again after rm" {
  local before full after
  run_idle --name other  # the file's own cgroup comes with the first container of a daemon
  before=$(memory_of_all)
  run_idle --name web --host-channel "$SHARED/c:/c:rw:64M"
  isula exec web sh -c "$FILL"
  full=$(memory_of_all)
  [ $((full - before)) -ge $((64 << 20)) ] || fail "$((full - before)) bytes more are charged for a full channel"
  isula rm -f web
  after=$(memory_of_all)
  [ $((after - before)) -lt $((32 << 20)) ] || fail "$((after - before)) bytes more are charged after rm"
  isula rm -f other
}
