# What surrounds an init: tmpfs by the memory limit, cgroups of its own and no others.
load lib/e2e
source "$BATS_TEST_DIRNAME/lib/system.bash"

# Starts a script as init, with OPTIONS.
start_system() {
  script_system a
  boot a "$@" none init
  wait_until 20 has_mark a
}

inside() { isula exec a sh -c "$1"; }

# Of what lies in memory, in KiB: /dev, /dev/shm, /run, /run/lock, /tmp.
tmpfs_sizes() {
  inside "for place in /dev /dev/shm /run /run/lock /tmp; do
            grep -q \" \$place tmpfs \" /proc/mounts && df -k \$place | tail -n 1
          done" | awk '{ print $2 }' | xargs
}

# The files of the container's cgroups by which it is limited, with their values; of all hierarchies.
limits() {
  local id
  id=$(inspect a '{{.Id}}')
  find /sys/fs/cgroup -path "*$CGROUP_PARENT/$id/*" -maxdepth 5 -type f \
    \( -name '*limit_in_bytes' -o -name '*.max' -o -name 'cpu.cfs*' -o -name 'cpu.shares' -o -name 'cpuset.cpus' \
    -o -name cpuset.mems -o -name '*.throttle.*_device' -o -name memory.oom_control -o -name memory.swappiness \) |
    sort | while read -r file; do
      echo "$file: $(grep -v under_oom "$file" | xargs)"
    done
}

# bats test_tags=runtime
@test "its tmpfs are parts of the memory limit, or of the host's memory" {
  start_system -m 64M
  assert_equal "$(tmpfs_sizes)" "4096 16384 13108 4096 16384"
  isula rm -f a
  start_system -m 1G
  assert_equal "$(tmpfs_sizes)" "65536 262144 209716 5120 262144"
  isula rm -f a
  start_system
  local host shm run tmp
  host=$(awk '/^MemTotal/ { print $2 }' /proc/meminfo)
  read -r _ shm run _ tmp <<<"$(tmpfs_sizes)"
  assert_equal "$shm" "$tmp"
  [ "$tmp" -gt $((host / 5)) ] && [ "$tmp" -le $((host / 4 + 4)) ]
  [ "$run" -gt $((host / 6)) ] && [ "$run" -le $((host / 5 + 4)) ]
}

@test "the channels' memory is no measure of the tmpfs" {
  start_system -m 64M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:64M"
  assert_equal "$(tmpfs_sizes)" "4096 16384 13108 4096 16384"
}

@test "full tmpfs are no end of it" {
  start_system -m 64M
  local target
  for target in /dev /dev/shm /run /run/lock /tmp; do
    expect 1 inside "dd if=/dev/zero of=$target/fill bs=64k"
    assert_contains "$stderr" "No space left on device"
  done
  is_running a
  assert_equal "$(inspect a '{{.State.OOMKilled}}')" false
}

# bats test_tags=runtime
@test "it sees its own cgroups as the root of each hierarchy, and no others" {
  start_system
  assert_equal "$(inside 'cut -d : -f 3 /proc/self/cgroup | sort -u')" /
  refute inside "find /sys/fs/cgroup | grep -F -e '$(inspect a '{{.Id}}')' -e 'isulad' -e monitors"
  assert_equal "$(inside 'find /sys/fs/cgroup -name release_agent')" ""
  # In none of them is a process that it does not know.
  assert_equal "$(inside 'cat $(find /sys/fs/cgroup -name cgroup.procs) | grep -cx 0 || true')" 0
}

# bats test_tags=runtime
@test "it makes cgroups of its own, which go with it" {
  start_system -m 64M
  inside 'sleep 1000 & d=/sys/fs/cgroup/systemd; [ -d $d ] || d=/sys/fs/cgroup
          mkdir $d/own && echo $! >$d/own/cgroup.procs && grep -qx $! $d/own/cgroup.procs'
}

# bats test_tags=runtime
@test "root in it cannot lift its limits, by whatever file" {
  start_system -m 64M --memory-swap 80M --cpus 0.5 --pids-limit 100
  limits >"$CASE/limits"
  [ "$(wc -l <"$CASE/limits")" -ge 4 ]
  grep -q 67108864 "$CASE/limits"
  inside 'for file in $(find /sys/fs/cgroup -maxdepth 2 -type f | grep -v -e procs -e tasks -e kill -e freeze); do
            for value in -1 max 100000000000 0-3 "max max" "8:0 1000000000" 1; do
              echo "$value" >"$file"
            done 2>/dev/null
          done; true'
  limits | diff "$CASE/limits" - >&2
  refute inside 'mount -o remount,rw,bind /sys/fs/cgroup/memory/memory.limit_in_bytes'
  refute inside 'umount /sys/fs/cgroup/memory/memory.limit_in_bytes'
  refute inside 'umount -l /sys/fs/cgroup/memory'
  limits | diff "$CASE/limits" - >&2
}

# bats test_tags=runtime
@test "root in it cannot open up its devices" {
  [ -d /sys/fs/cgroup/devices ] || skip "device rules are no files on cgroup v2"
  start_system
  local before
  before=$(inside 'cat /sys/fs/cgroup/devices/devices.list')
  refute inside 'echo a >/sys/fs/cgroup/devices/devices.allow'
  refute inside 'echo "b *:* rwm" >/sys/fs/cgroup/devices/devices.allow'
  assert_equal "$(inside 'cat /sys/fs/cgroup/devices/devices.list')" "$before"
}

# bats test_tags=runtime
@test "it cannot mount cgroups anew, nor move into those of the host" {
  start_system
  inside 'mkdir -p /run/cg'
  refute inside 'mount -t cgroup2 none /run/cg'
  refute inside 'mount -t cgroup -o memory none /run/cg'
  refute inside 'ls /sys/fs/cgroup/../../../proc/1/root/sys/fs/cgroup/memory/isulad*'
  local id
  id=$(inspect a '{{.Id}}')
  # On a hybrid host crun leaves the version 2 hierarchy, which has no controller there, as it was.
  assert_equal "$(cut -d : -f 3 "/proc/$(inspect a '{{.State.Pid}}')/cgroup" | grep -v '/monitors$' | sort -u)" \
    "$CGROUP_PARENT/$id"
}
