# isula update: other limits and another restart policy, for containers that run and others.
load lib/e2e

on_v1() { [ -d /sys/fs/cgroup/memory ]; }
quota() { cgroup_value "$1" cpu cpu.cfs_quota_us cpu.max | cut -d ' ' -f 1; }

# bats test_tags=runtime
@test "memory of one that runs, up and down, and what inspect and stats say" {
  run_idle --name web -m 64M
  assert_equal "$(isula update -m 96M web)" web
  assert_equal "$(memory_limit web)" 100663296
  assert_equal "$(inspect web '{{.HostConfig.Memory}}')" 100663296
  assert_contains "$(isula stats --no-stream --format '{{.MemUsage}}' web)" 96MiB
  isula update -m 32M --memory-swap 48M --memory-reservation 16M web
  assert_equal "$(memory_limit web)" 33554432
  if on_v1; then
    assert_equal "$(cgroup_value web memory memory.memsw.limit_in_bytes -)" 50331648
  else
    assert_equal "$(cgroup_value web - - memory.swap.max)" 16777216
  fi
  isula rm -f web
}

@test "the channels' added memory stays on top" {
  run_idle --name web -m 64M --host-channel "$SHARED/c:/c:rw:8M" --host-channel-add-memory
  assert_equal "$(memory_limit web)" $((72 << 20))
  isula update -m 32M web
  assert_equal "$(memory_limit web)" $((40 << 20))
  assert_equal "$(inspect web '{{.HostConfig.Memory}} {{.HostConfig.HostChannelMemory}}')" "33554432 8388608"
  isula channel resize web "$SHARED/c" 16M
  assert_equal "$(memory_limit web)" $((48 << 20))
  isula restart -t 0 web
  assert_equal "$(memory_limit web)" $((48 << 20))
  isula rm -f web
}

# bats test_tags=runtime
@test "more memory in use than the new limit: refused, and nothing is changed or killed" {
  run_idle --name web -m 64M --memory-swap 64M --host-channel "$SHARED/c:/c:rw:40M"
  isula exec web dd if=/dev/zero of=/c/file bs=1M count=32 2>/dev/null
  expect 1 isula update -m 16M --cpu-shares 100 web
  assert_one_line "$stderr"
  assert_contains "$stderr" "are in use, more than"
  assert_equal "$(memory_limit web)" 67108864
  assert_equal "$(inspect web '{{.HostConfig.Memory}} {{.HostConfig.CpuShares}}')" "67108864 0"
  is_running web
  isula rm -f web
}

# bats test_tags=runtime
@test "processors: a quota by either name, shares, sets" {
  run_idle --name web --cpus 0.5
  assert_equal "$(quota web)" 50000
  isula update --cpus 1 web
  assert_equal "$(quota web)" 100000
  isula update --cpu-quota 20000 --cpu-period 50000 web
  assert_equal "$(quota web)" 20000
  assert_equal "$(inspect web '{{.HostConfig.NanoCpus}} {{.HostConfig.CpuPeriod}}')" "0 50000"
  isula update --cpu-quota -1 web
  assert_match "$(quota web)" '^(-1|max)$'
  isula update --cpuset-cpus 0 --cpuset-mems 0 --cpu-shares 512 web
  assert_equal "$(isula exec web nproc)" 1
  isula rm -f web
}

@test "of one that does not run: for its next start" {
  create --name web none sleep 1000
  isula update -m 32M --cpus 0.5 --restart on-failure:2 web
  isula start web
  assert_equal "$(memory_limit web) $(quota web)" "33554432 50000"
  assert_equal "$(inspect web '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}')" \
    "on-failure 2"
  isula rm -f web
}

@test "a policy counts from the next end on" {
  run_idle --name web
  isula update --restart always web
  isula exec web kill -9 1 2>/dev/null || true
  kill -9 "$(inspect web '{{.State.Pid}}')"
  wait_until 10 restarted web
  isula update --restart no web
  kill -9 "$(inspect web '{{.State.Pid}}')"
  wait_until 10 has_ended web
  isula rm web
}

restarted() { [ "$(inspect "$1" '{{.RestartCount}}')" -ge 1 ] && is_running "$1"; }

@test "limits outlive the daemon, kill -9 included, and events tell of it" {
  run_idle --name web -m 64M
  isula update -m 32M --cpu-shares 300 web
  restart_daemon KILL
  assert_equal "$(inspect web '{{.HostConfig.Memory}} {{.HostConfig.CpuShares}}')" "33554432 300"
  assert_equal "$(memory_limit web)" 33554432
  assert_contains "$(isula events --since 1h --until "$(date +%s)" -n web)" "container update"
  isula rm -f web
}

@test "a daemon that died between the disk and the kernel is followed by one that sets the limit" {
  local id config
  id=$(run_idle --name web -m 64M)
  kill_daemon KILL
  config=$DIR/graph/containers/$id/config.json
  sed -i 's/"memory": *"67108864"/"memory": "33554432"/' "$config"
  grep -q 33554432 "$config"
  start_daemon
  assert_equal "$(memory_limit web)" 33554432
  isula rm -f web
}

@test "a paused one, and several at once" {
  run_idle --name a -m 64M
  run_idle --name b -m 64M
  isula pause a
  expect 1 isula update -m 32M a nosuch b
  assert_equal "$output" "a
b"
  assert_contains "$stderr" "No such container: nosuch"
  assert_equal "$(memory_limit a) $(memory_limit b)" "33554432 33554432"
  isula rm -f a b
}

@test "what cannot be is refused by name" {
  run_idle --rm --name web -m 64M
  expect 1 isula update web
  assert_contains "$stderr" "nothing to change was named"
  expect 125 isula update
  expect 1 isula update -m 0 web
  assert_contains "$stderr" '--memory "0" must not be 0'
  expect 1 isula update -m 1k web
  expect 1 isula update --restart always web
  assert_contains "$stderr" "--rm"
  expect 1 isula update --cpuset-cpus 4000 web
  expect 1 isula update --cpu-quota 5 web
  expect 125 isula update --cpus x web
  assert_equal "$(memory_limit web)" 67108864
  isula rm -f web
}
