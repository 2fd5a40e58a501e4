# What root in a system container tries against its host. Each case is refused inside, and finds the host as it was.
# bats file_tags=runtime
load lib/e2e

setup_file() {
  make_directory
  cp "${ISULAD_BIN:?}/../test/attempt" "$ROOTFS/bin/attempt"
  start_daemon
  warm_up
}

setup() {
  default_setup
  run_idle --name box --system-container >/dev/null
  HOST_BEFORE=$(host_state)
}

teardown() {
  local changed=0
  host_is_unchanged || changed=1
  isula rm -f box >/dev/null 2>&1 || true
  rm -f "$ROOTFS/node" "$ROOTFS/swap" "$ROOTFS/mnt"
  default_teardown && return $changed
}

# What must not change. The clock: seconds between it and the one that nobody can set.
host_state() {
  hostname
  cat /proc/sys/kernel/{random/boot_id,core_pattern,domainname,panic,pid_max} \
    /proc/sys/vm/{overcommit_memory,swappiness} /proc/sys/fs/file-max /proc/swaps
  cat /proc/sys/kernel/{sysrq,modprobe} /sys/kernel/{uevent_helper,kexec_loaded} /sys/power/state 2>/dev/null || true
  cut -d ' ' -f 1 /proc/modules 2>/dev/null | sort || true
  cat /sys/fs/cgroup/*/release_agent /proc/keys 2>/dev/null | grep -F -e "$CGROUP_PARENT" -e pwned || true
  /usr/bin/python3 -c 'import time
print(round(time.clock_gettime(time.CLOCK_REALTIME) - time.clock_gettime(time.CLOCK_BOOTTIME)) // 60)'
  ls -A /
}

host_is_unchanged() { assert_equal "$(host_state)" "$HOST_BEFORE"; }

# refused ERRORS NAME [ARGUMENT...]: the call ends with one of these, as an extended regular expression.
refused() {
  local errors=$1
  shift
  expect 1 isula exec box attempt "$@"
  assert_match "$output" "^($errors)\$"
  host_is_unchanged
}

# cannot SCRIPT: it fails in a shell in the container, and not for want of the shell.
cannot() {
  expect 1 isula exec box sh -c "($1) || exit 1"
  host_is_unchanged
}

@test "escape: the host's clock" {
  refused EPERM settime
  refused EPERM settimeofday
  refused EPERM adjtime
  isula exec box date -s 2001-01-01 >/dev/null 2>&1 || true  # busybox complains, and succeeds
  host_is_unchanged
}

@test "escape: the host's name" {
  refused EPERM sethostname
  cannot 'hostname pwned'
  cannot 'echo pwned >/proc/sys/kernel/hostname'
  cannot 'echo pwned >/proc/sys/kernel/domainname'
}

@test "escape: sysctls outside its namespaces" {
  cannot 'echo 1 >/proc/sys/vm/overcommit_memory'
  cannot 'echo 3 >/proc/sys/vm/drop_caches'
  cannot 'echo 1 >/proc/sys/kernel/panic'
  cannot 'echo 1000 >/proc/sys/kernel/pid_max'
  cannot 'echo 1000 >/proc/sys/fs/file-max'
}

@test "escape: core_pattern and other programs that the kernel runs" {
  cannot 'echo "|/pwned" >/proc/sys/kernel/core_pattern'
  cannot 'echo /pwned >/proc/sys/kernel/modprobe'
  cannot 'echo /pwned >/sys/kernel/uevent_helper'
  cannot 'echo ":pwned:M::x::/pwned:" >/proc/sys/fs/binfmt_misc/register'
}

@test "escape: sysrq-trigger" {
  cannot 'echo h >/proc/sysrq-trigger'
  cannot 'echo 511 >/proc/sys/kernel/sysrq'
}

@test "escape: writes to /sys" {
  cannot 'echo mem >/sys/power/state'
  cannot 'echo 0 >/sys/devices/system/cpu/cpu1/online'
  cannot 'echo never >/sys/kernel/mm/transparent_hugepage/enabled'
  cannot 'for f in /sys/block/*/queue/read_ahead_kb /sys/module/*/parameters/* /sys/bus/*/drivers_probe; do
    echo 1 >$f && exit 0; done 2>/dev/null; exit 1'
  cannot 'find /sys -path /sys/fs/cgroup -prune -o -type f -perm -200 -print | head -n 300 | while read f; do
    (: >>"$f") && echo "$f"; done 2>/dev/null | grep -q .'
}

@test "escape: release_agent" {
  cannot 'for d in /sys/fs/cgroup /sys/fs/cgroup/*; do [ -e $d/release_agent ] && echo /pwned >$d/release_agent && exit 0; done 2>/dev/null; exit 1'
  cannot 'mkdir /tmp/c && mount -t cgroup -o memory x /tmp/c'
}

@test "escape: cgroups outside its own" {
  local id pids groups
  id=$(inspect box '{{.Id}}')
  # What it sees is its own: no other group of the host's, and no process but its own.
  groups=$(isula exec box ls -R /sys/fs/cgroup)
  refute_contains "$groups" "$CGROUP_PARENT"
  refute_contains "$groups" "$id"
  pids=$(isula exec box sh -c 'cat /sys/fs/cgroup/*/cgroup.procs /sys/fs/cgroup/cgroup.procs 2>/dev/null; true')
  refute grep -qx "$(daemon_pid)" <<<"$pids"
  cannot "for d in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e \$d/cgroup.procs ] && echo $(daemon_pid) >\$d/cgroup.procs && exit 0; done 2>/dev/null; exit 1"
  cannot 'cat /proc/1/cgroup | grep -F isulad-test'
}

@test "escape: the device rules of its cgroup" {
  cannot 'for f in /sys/fs/cgroup/devices/devices.allow /sys/fs/cgroup/devices.allow; do
    [ -e $f ] && echo a >$f && exit 0; done 2>/dev/null; exit 1'
  refused EPERM bpf
}

@test "escape: kernel modules" {
  refused EPERM init_module
  refused EPERM finit_module
  refused EPERM delete_module loop
}

@test "escape: kexec" {
  refused EPERM kexec_load
  refused EPERM kexec_file_load
}

@test "escape: the host's Ctrl-Alt-Del" {
  refused 'EINVAL|EPERM' reboot 0
  refused 'EINVAL|EPERM' reboot 0x89abcdef
}

@test "escape: reboot ends the container alone" {
  run_container -d --name rebooter --system-container none sh -c 'attempt reboot 0x01234567' >/dev/null
  wait_until 10 has_ended rebooter
  assert_equal "$(inspect rebooter '{{.State.ExitCode}}')" 129
  run_container -d --name halter --system-container none sh -c 'attempt reboot 0x4321fedc' >/dev/null
  wait_until 10 has_ended halter
  is_running box
  isula rm rebooter halter
  host_is_unchanged
}

@test "escape: a block device made with mknod and opened" {
  local major minor
  read -r major minor < <(lsblk -dnro MAJ:MIN | head -n 1 | tr : ' ')
  isula exec box attempt mknod_block /node "${major:-8}" "${minor:-0}"
  refused 'EPERM|EACCES' open /node
  refused 'EPERM|EACCES' open_to_write /node
}

@test "escape: /dev/mem, /dev/kmsg and other character devices made with mknod" {
  local node nodes=('1 1' '1 2' '1 4' '1 11' '10 237' '10 229' '10 232')
  # runc before 1.2 allows /dev/net/tun to all, whatever it is told: it acts on the own network namespace.
  [ "$ISULAD_RUNTIME" = runc ] || nodes+=('10 200')
  for node in "${nodes[@]}"; do
    # shellcheck disable=SC2086
    isula exec box attempt mknod_char /node $node
    refused 'EPERM|EACCES' open /node
    isula exec box rm /node
  done
}

@test "escape: no device of the host but the harmless" {
  assert_equal "$(isula exec box find /dev -type b | wc -l)" 0
  assert_equal "$(isula exec box sh -c 'find /dev -maxdepth 1 -type c | sort | xargs')" \
    "/dev/full /dev/null /dev/random /dev/tty /dev/urandom /dev/zero"
}

@test "escape: mounting" {
  isula exec box mkdir -p /tmp/m
  refused EPERM mount none /tmp/m tmpfs
  refused EPERM mount proc /tmp/m proc
  refused EPERM mount sysfs /tmp/m sysfs
  refused EPERM mount / /tmp/m none 4096
  refused EPERM fsopen tmpfs
  refused EPERM open_tree /
  refused EPERM move_mount /proc /tmp/m
  refused EPERM pivot_root
}

@test "escape: taking off what covers the kernel's files" {
  refused EPERM umount /proc/sys
  refused EPERM umount /proc/kcore
  refused EPERM umount /sys
  refused EPERM mount none /proc/sys none 0x1020
  refused EPERM mount_setattr /proc/sys
  refused EPERM mount_setattr /sys
  assert_equal "$(isula exec box sh -c 'cat /proc/kcore /proc/keys /proc/timer_list 2>/dev/null | wc -c')" 0
}

@test "escape: making a read-only channel writable" {
  isula rm -f box >/dev/null
  run_idle --name box --system-container --host-channel "$SHARED/c:/c:ro:1M" >/dev/null
  cannot 'echo x >/c/new'
  refused EPERM mount none /c none 0x1020
  refused EPERM mount_setattr /c
  refused EPERM umount /c
  assert_equal "$(ls -A "$SHARED/c")" ""
}

@test "escape: the kernel's keyrings" {
  refused EPERM add_key
  refused EPERM keyctl
}

@test "escape: perf, userfaultfd, io_uring" {
  refused EPERM perf_event_open
  refused EPERM userfaultfd
  refused 'EPERM|ENOSYS' io_uring
}

@test "escape: a file of the host by its handle" {
  refused EPERM open_by_handle_at
}

@test "escape: joining namespaces" {
  refused EPERM setns /proc/1/ns/mnt
  refused EPERM setns /proc/self/ns/pid
}

@test "escape: new namespaces, user namespaces above all" {
  expect 0 isula exec box sh -c '
    for flag in 0x10000000 0x20000 0x2000000 0x4000000 0x8000000 0x20000000 0x40000000; do
      echo "$(attempt unshare $flag) $(attempt clone $flag) $(attempt clone3 $flag)"
    done'
  assert_equal "$(sort <<<"$output" | uniq -c | xargs)" "7 EPERM EPERM ENOSYS"
}

@test "escape: processes of the host" {
  local pid
  pid=$(daemon_pid)
  refused ESRCH ptrace "$pid"
  refused ESRCH kill "$pid"
  refused 'ESRCH|EPERM' process_vm_readv "$pid"
  cannot "ls /proc/$pid/root"
  # All that it sees is its own first process and what is beside it.
  assert_match "$(isula exec box sh -c 'ls /proc | grep -c "^[0-9]"')" '^[0-9]$'
}

@test "escape: the chroot trick" {
  touch "$SHARED/marker"
  cannot "attempt break_chroot $SHARED/marker"
  refused ENOENT break_chroot "$SHARED/marker"
  rm -rf "$SHARED/marker" "$ROOTFS/tmp/jail"
}

@test "escape: the working directory and descriptors of whoever started it" {
  assert_equal "$(isula exec box sh -c 'ls /proc/1/fd | xargs')" "0 1 2"
  local number
  for number in 3 5 7 8 9; do
    expect 126 isula exec --workdir "/proc/self/fd/$number" box pwd || expect 125 isula exec --workdir "/proc/self/fd/$number" box pwd ||
      expect 127 isula exec --workdir "/proc/self/fd/$number" box pwd
  done
  host_is_unchanged
}

@test "escape: swap" {
  isula exec box sh -c 'dd if=/dev/zero of=/swap bs=4096 count=16 2>/dev/null && mkswap /swap >/dev/null'
  refused EPERM swapon /swap
  refused EPERM swapoff /swap
}

@test "escape: quota and process accounting" {
  refused EPERM quotactl
  refused EPERM acct /etc/passwd
}

@test "escape: input and output ports" {
  refused 'EPERM|ENOSYS' iopl
  refused 'EPERM|ENOSYS' ioperm
}

@test "escape: the kernel's log" {
  refused EPERM syslog
  cannot 'dmesg -c'
}

@test "escape: watching whole file systems" {
  refused EPERM fanotify
}

@test "escape: sockets of the host" {
  local name=isulad-test-$$
  /usr/bin/python3 -c 'import signal, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind("\0" + sys.argv[1])
s.listen()
print(flush=True)
signal.pause()' "$name" >"$CASE/ready" 3>&- &
  local server=$!
  wait_until 5 test -s "$CASE/ready"
  refused ECONNREFUSED connect_abstract "$name"
  kill "$server"
  wait "$server" || true
  refused 'EPERM|EINVAL' vsock
  cannot 'ip link | grep -v -e "lo:" -e link/loopback | grep .'
}

@test "escape: limits and priorities beyond its own" {
  refused EPERM raise_limit
  refused 'EPERM' realtime
  refused 'EACCES|EPERM' nice
  cannot 'echo -1000 >/proc/self/oom_score_adj'
  refused EPERM personality
}

@test "escape: its own limits" {
  isula rm -f box >/dev/null
  run_idle --name box --system-container -m 64M --cpus 0.5 --pids-limit 50 >/dev/null
  cannot 'for f in memory.limit_in_bytes memory.memsw.limit_in_bytes memory.soft_limit_in_bytes memory.max memory.high \
    memory.swap.max cpu.cfs_quota_us cpu.max cpu.shares cpu.weight pids.max cpuset.cpus; do
    for d in /sys/fs/cgroup /sys/fs/cgroup/*; do [ -e $d/$f ] || continue
      echo max >$d/$f && exit 0; echo 500000000 >$d/$f && exit 0; done
  done 2>/dev/null; exit 1'
  # Nor by leaving the group for one that it makes beside it.
  isula exec box sh -c 'for d in /sys/fs/cgroup /sys/fs/cgroup/*; do mkdir $d/free && echo $$ >$d/free/cgroup.procs; done
    attempt grow 100' 2>/dev/null && fail "took more memory than its limit"
  assert_equal "$(memory_limit box)" 67108864
  assert_equal "$(cgroup_value box pids pids.max pids.max)" 50
  host_is_unchanged
}
