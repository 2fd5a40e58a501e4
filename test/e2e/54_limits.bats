# Limits that hold: each is looked for in the cgroup's file, and from a child process inside.
load lib/e2e

setup_file() {
  make_directory
  cp "$ISULAD_BIN/../test/attempt" "$ROOTFS/bin/attempt"
  start_daemon
  warm_up
}

teardown() {
  local disk
  for disk in $(losetup -n -O NAME -j "$SHARED/image" 2>/dev/null); do losetup -d "$disk"; done
  default_teardown
}

whole_disk() { lsblk -dnro NAME,TYPE,SIZE -b | awk '$2 == "disk" && $3 > 0 {print $1; exit}'; }
on_v1() { [ -d /sys/fs/cgroup/memory ]; }

# bats test_tags=runtime
@test "processor time: quota, period, shares" {
  run_idle --name web --cpu-period 50000 --cpu-quota 25000 --cpu-shares 512
  if on_v1; then
    assert_equal "$(cgroup_value web cpu cpu.cfs_period_us -)" 50000
    assert_equal "$(cgroup_value web cpu cpu.cfs_quota_us -)" 25000
    assert_equal "$(cgroup_value web cpu cpu.shares -)" 512
  else
    assert_equal "$(cgroup_value web - - cpu.max)" "25000 50000"
    assert_equal "$(cgroup_value web - - cpu.weight)" 20
  fi
  assert_equal "$(inspect web '{{.HostConfig.CpuPeriod}} {{.HostConfig.CpuQuota}} {{.HostConfig.CpuShares}}')" \
    "50000 25000 512"
  isula rm -f web
}

# bats test_tags=runtime
@test "processors and memory nodes: what a child is allowed" {
  run_idle --name web --cpuset-cpus 0 --cpuset-mems 0
  assert_equal "$(cgroup_value web cpuset cpuset.cpus cpuset.cpus)" 0
  assert_equal "$(cgroup_value web cpuset cpuset.mems cpuset.mems)" 0
  assert_equal "$(isula exec web sh -c 'sh -c "grep Cpus_allowed_list /proc/self/status"' | awk '{print $2}')" 0
  assert_equal "$(isula exec web nproc)" 1
  assert_equal "$(inspect web '{{.HostConfig.CpusetCpus}} {{.HostConfig.CpusetMems}}')" "0 0"
  isula rm -f web
}

# bats test_tags=runtime
@test "memory: reservation, swappiness" {
  run_idle --name web -m 64M --memory-reservation 32M --memory-swappiness 7
  if on_v1; then
    assert_equal "$(cgroup_value web memory memory.soft_limit_in_bytes -)" 33554432
    assert_equal "$(cgroup_value web memory memory.swappiness -)" 7
  else
    assert_equal "$(cgroup_value web - - memory.low)" 33554432
  fi
  assert_equal "$(inspect web '{{.HostConfig.MemoryReservation}} {{.HostConfig.MemorySwappiness}}')" "33554432 7"
  isula rm -f web
}

# bats test_tags=runtime
@test "memory: without an OOM killer it waits, and can be removed" {
  if ! on_v1; then
    expect 125 create -m 32M --oom-kill-disable none true
    assert_contains "$stderr" "cgroup version 2 cannot switch the OOM killer off"
    return 0
  fi
  run_idle --name web -m 32M --memory-swap 32M --oom-kill-disable
  assert_match "$(cgroup_value web memory memory.oom_control -)" 'oom_kill_disable 1'
  isula exec -d web attempt grow 100
  wait_until 20 grep -q 'under_oom 1' "/sys/fs/cgroup/memory$CGROUP_PARENT/$(inspect web '{{.Id}}')/memory.oom_control"
  assert_equal "$(inspect web '{{.State.OOMKilled}}')" false
  isula rm -f web
}

# bats test_tags=runtime
@test "devices: rates of a disk, by number" {
  local disk numbers
  disk=$(whole_disk)
  [ -n "$disk" ] || skip "no disk"
  numbers=$(lsblk -dnro MAJ:MIN "/dev/$disk")
  run_idle --name web --device-read-bps "/dev/$disk:1M" --device-write-bps "/dev/$disk:2M" \
    --device-read-iops "/dev/$disk:100" --device-write-iops "/dev/$disk:200"
  if on_v1; then
    assert_equal "$(cgroup_value web blkio blkio.throttle.read_bps_device -)" "$numbers 1048576"
    assert_equal "$(cgroup_value web blkio blkio.throttle.write_bps_device -)" "$numbers 2097152"
    assert_equal "$(cgroup_value web blkio blkio.throttle.read_iops_device -)" "$numbers 100"
    assert_equal "$(cgroup_value web blkio blkio.throttle.write_iops_device -)" "$numbers 200"
  else
    assert_equal "$(cgroup_value web - - io.max)" "$numbers rbps=1048576 wbps=2097152 riops=100 wiops=200"
  fi
  assert_equal "$(inspect web '{{json .HostConfig.BlkioDeviceReadBps}}')" "[{\"Path\":\"/dev/$disk\",\"Rate\":1048576}]"
  expect 125 create --device-read-bps /dev/null:1M none true
  assert_contains "$stderr" 'device "/dev/null" is not a block device'
  isula rm -f web
}

@test "devices: a rate holds for a child that reads" {
  local disk begin
  disk=$(make_disk "$SHARED/image") || skip "no loop devices"
  run_idle --name web --device "$disk:/dev/disk:r" --device-read-bps "$disk:1M"
  begin=$(date +%s%N)
  isula exec web sh -c 'attempt read_direct /dev/disk 32'
  [ $((($(date +%s%N) - begin) / 1000000)) -ge 900 ] || fail "2 MiB at 1 MiB/s took less than 0.9 s"
  isula rm -f web
  remove_disk "$disk" "$SHARED/image"
}

@test "a weight of block devices: set, or warned of" {
  expect 0 run_idle --name web --blkio-weight 300
  if on_v1; then
    assert_contains "$stderr" "--blkio-weight has no effect"
  else
    assert_contains "$(cat "/sys/fs/cgroup$CGROUP_PARENT/$(inspect web '{{.Id}}')"/io.*weight)" " "
  fi
  assert_equal "$(inspect web '{{.HostConfig.BlkioWeight}}')" 300
  isula rm -f web
}

# bats test_tags=runtime
@test "processes: a child cannot fork beyond the limit" {
  run_idle --name web --pids-limit 6
  refute isula exec web sh -c 'for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; wait' 2>/dev/null
  assert_equal "$(cgroup_value web pids pids.max pids.max)" 6
  isula rm -f web
}

# bats test_tags=runtime
@test "a system container's child groups are bound by its limits" {
  run_idle --name box --system-container -m 48M --memory-swap 48M --pids-limit 30
  refute isula exec box sh -c 'for d in /sys/fs/cgroup/systemd /sys/fs/cgroup; do
      mkdir $d/service 2>/dev/null && echo $$ >$d/service/cgroup.procs && break
    done
    attempt grow 100' 2>/dev/null
  isula exec box attempt grow 8
  assert_equal "$(memory_limit box)" 50331648
  isula rm -f box
}

@test "what this machine lacks is refused by name" {
  expect 125 create --files-limit 100 none true
  assert_contains "$stderr" 'needs the cgroup controller "files"'
  expect 0 create --files-limit -1 none true
  isula rm "$output"
  if ! grep -q hugetlb /proc/self/cgroup /sys/fs/cgroup/cgroup.controllers 2>/dev/null; then
    expect 125 create --hugetlb-limit 2M none true
    assert_contains "$stderr" '--hugetlb-limit needs the cgroup controller "hugetlb", which this machine has not'
  fi
  expect 125 create --hugetlb-limit 8M:8M none true
  expect 125 create --cpuset-cpus 4000 none true
  assert_contains "$stderr" '--cpuset-cpus "4000": this machine has '
  expect 125 create --cpuset-mems 99 none true
  assert_contains "$stderr" '--cpuset-mems "99": this machine has '
  expect 125 create --cpus 1 --cpu-quota 1000 none true
  assert_contains "$stderr" 'exclude one another'
  assert_equal "$(isula ps -aq)" ""
}
