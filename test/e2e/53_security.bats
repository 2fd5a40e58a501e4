# --cap-add, --cap-drop, --device, --sysctl, --ulimit.
load lib/e2e

teardown() {
  local disk
  for disk in $(losetup -n -O NAME -j "$SHARED/image" 2>/dev/null); do losetup -d "$disk"; done
  default_teardown
}

capabilities() { isula exec "$1" sh -c 'grep CapBnd /proc/self/status' | awk '{print $2}'; }
has_capability() { (((0x$(capabilities "$1") >> $2) & 1)); }  # CONTAINER BIT

# bats test_tags=runtime
@test "capabilities are added and dropped, by any spelling; exec has them too" {
  run_idle --name web --cap-add sys_time --cap-add CAP_NET_ADMIN --cap-drop MKNOD
  has_capability web 25
  has_capability web 12
  refute has_capability web 27
  refute has_capability web 21
  assert_equal "$(isula exec web sh -c 'grep CapBnd /proc/1/status' | awk '{print $2}')" "$(capabilities web)"
  assert_equal "$(inspect web '{{json .HostConfig.CapAdd}} {{json .HostConfig.CapDrop}}')" \
    '["CAP_SYS_TIME","CAP_NET_ADMIN"] ["CAP_MKNOD"]'
  refute isula exec web mknod /dev/x c 1 3 2>/dev/null
  isula exec web ip link set lo down
  isula rm -f web
}

# bats test_tags=runtime
@test "ALL is the rule, and the other option has the exceptions" {
  run_idle --name none --cap-drop ALL --cap-add CHOWN
  assert_equal "$(capabilities none)" 0000000000000001
  run_idle --name all --cap-add all --cap-drop sys_admin
  refute has_capability all 21
  has_capability all 16
  isula rm -f none all
}

@test "capabilities that are none, or both added and dropped, are refused by name" {
  expect 125 create --cap-add FOO none true
  assert_contains "$stderr" 'Invalid value "FOO" for flag --cap-add: capability "FOO" is not known'
  expect 125 create --cap-add CHOWN --cap-drop cap_chown none true
  assert_one_line "$stderr"
  assert_contains "$stderr" 'capability "CAP_CHOWN" is both added and dropped'
  assert_equal "$(isula ps -aq)" ""
}

# bats test_tags=runtime
@test "nobody has CAP_SYS_ADMIN who did not ask for it" {
  run_idle --name web
  run_idle --name box --system-container
  refute has_capability web 21
  refute has_capability box 21
  run_idle --name asked --cap-add SYS_ADMIN
  has_capability asked 21
  isula exec asked mount -t tmpfs none /mnt 2>/dev/null || isula exec asked mount -t tmpfs none /tmp
  isula rm -f web box asked
}

# A block device: a rule for it is one that no container has.
# bats test_tags=runtime
@test "a device is there under its path, with its rule; a restart keeps it" {
  local disk numbers
  disk=$(make_disk "$SHARED/image") || skip "no loop devices"
  numbers=$(stat -c %t:%T "$disk")
  run_idle --name web --device "$disk:/dev/deep/disk" --device "$disk:/dev/read:r"
  assert_equal "$(isula exec web stat -c %t:%T:%F /dev/read)" "$numbers:block special file"
  assert_equal "$(isula exec web stat -c %a /dev/deep/disk)" "$(stat -c %a "$disk")"
  isula exec web head -c 512 /dev/deep/disk | wc -c | grep -qx 512
  assert_contains "$(isula inspect web)" '"PathInContainer": "/dev/deep/disk"'
  isula rm -f web
  run_idle --name web --device "$disk:/dev/read:r"
  isula exec web head -c 512 /dev/read | wc -c | grep -qx 512
  refute isula exec web sh -c ': >>/dev/read' 2>/dev/null
  isula restart -t 0 web
  isula exec web head -c 512 /dev/read | wc -c | grep -qx 512
  run_idle --name other
  isula exec other mknod /node b "$((0x${numbers%:*}))" "$((0x${numbers#*:}))"
  refute isula exec other head -c 512 /node 2>/dev/null
  isula rm -f web other
  rm -f "$ROOTFS/node"
  [ ! -e "$ROOTFS/dev/read" ] && [ ! -e "$ROOTFS/dev/deep" ]
  remove_disk "$disk" "$SHARED/image"
}

@test "what is no device, and a path that is not to be, are refused by field" {
  expect 125 create --device /etc/passwd:/dev/x none true
  assert_contains "$stderr" 'device "/etc/passwd" is not a device node'
  expect 125 create --device /dev/nosuch none true
  assert_contains "$stderr" 'device "/dev/nosuch"'
  expect 125 create --device /dev/kmsg:/kmsg none true
  assert_contains "$stderr" 'container path "/kmsg" must lie beneath /dev'
  expect 125 create --device /dev/kmsg:/dev/a:rx none true
  assert_contains "$stderr" 'permissions "rx"'
  expect 125 create --device /dev/kmsg:/dev/a --device /dev/null:/dev/a none true
  assert_contains "$stderr" 'overlaps'
  expect 125 create --device /dev/kmsg:/dev/c/a --host-channel "$SHARED/c:/dev/c" none true
  assert_one_line "$stderr"
  assert_equal "$(isula ps -aq)" ""
}

# bats test_tags=runtime
@test "a device in a user namespace is the host's node, bound" {
  run_idle --name web --user-remap 100000:100000:65536 --device /dev/kmsg:/dev/log1
  assert_equal "$(isula exec web stat -c %t:%T /dev/log1)" "$(stat -c %t:%T /dev/kmsg)"
  assert_equal "$(isula exec web stat -c %u /dev/log1)" 65534
  isula rm -f web
}

# bats test_tags=runtime
@test "sysctls of its namespaces are set, the host's are not" {
  local before
  before=$(cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax)
  run_idle --name web --sysctl net.ipv4.ip_forward=1 --sysctl kernel.msgmax=4242
  assert_equal "$(isula exec web cat /proc/sys/net/ipv4/ip_forward)" 1
  assert_equal "$(isula exec web cat /proc/sys/kernel/msgmax)" 4242
  assert_equal "$(cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax)" "$before"
  assert_contains "$(isula inspect web)" '"net.ipv4.ip_forward": "1"'
  expect 125 create --sysctl kernel.core_pattern=x none true
  assert_contains "$stderr" 'sysctl "kernel.core_pattern" does not belong to the container'
  expect 125 create --sysctl net.a=1 --sysctl net.a=2 none true
  assert_contains "$stderr" '"net.a" is given more than once'
  isula rm -f web
}

# bats test_tags=runtime
@test "ulimits hold for the first process and for exec" {
  run_idle --name web --ulimit nofile=100:200 --ulimit core=0
  assert_equal "$(isula exec web sh -c 'ulimit -Hn; ulimit -c' | xargs)" "200 0"
  # runc races its own language's runtime, which raises the soft limit of descriptors to the hard one.
  [ "$ISULAD_RUNTIME" = runc ] || assert_equal "$(isula exec web sh -c 'ulimit -Sn')" 100
  assert_equal "$(isula exec web sh -c 'grep "open files" /proc/1/limits' | awk '{print $4, $5}')" "100 200"
  assert_equal "$(inspect web '{{json .HostConfig.Ulimits}}')" \
    '[{"Name":"nofile","Soft":100,"Hard":200},{"Name":"core","Soft":0,"Hard":0}]'
  expect 125 create --ulimit nofile=2:1 none true
  assert_contains "$stderr" 'soft limit "2" must not be above the hard one, 1'
  isula rm -f web
}

# bats test_tags=runtime
@test "--ns-change-opt: sysctls of its own namespaces are writable, the host's are not" {
  local before
  before=$(cat /proc/sys/net/ipv4/ip_default_ttl /proc/sys/kernel/msgmax /proc/sys/kernel/panic)
  run_idle --name web --ns-change-opt net,ipc
  isula exec web sh -c 'echo 77 >/proc/sys/net/ipv4/ip_default_ttl && echo 4243 >/proc/sys/kernel/msgmax'
  assert_equal "$(isula exec web cat /proc/sys/net/ipv4/ip_default_ttl /proc/sys/kernel/msgmax | xargs)" "77 4243"
  refute isula exec web sh -c 'echo 1 >/proc/sys/kernel/panic' 2>/dev/null
  refute isula exec web sh -c 'echo 1 >/proc/sys/vm/overcommit_memory' 2>/dev/null
  refute isula exec web sh -c 'echo x >/proc/sys/kernel/core_pattern' 2>/dev/null
  assert_equal "$(cat /proc/sys/net/ipv4/ip_default_ttl /proc/sys/kernel/msgmax /proc/sys/kernel/panic)" "$before"
  assert_equal "$(inspect web '{{json .HostConfig.NsChangeFiles}}')" '["net","ipc"]'
  run_idle --name net --ns-change-opt net
  isula exec net sh -c 'echo 77 >/proc/sys/net/ipv4/ip_default_ttl'
  refute isula exec net sh -c 'echo 4243 >/proc/sys/kernel/msgmax' 2>/dev/null
  run_idle --name plain
  refute isula exec plain sh -c 'echo 77 >/proc/sys/net/ipv4/ip_default_ttl' 2>/dev/null
  expect 125 create --ns-change-opt net,pid none true
  assert_contains "$stderr" 'for flag --ns-change-opt: must be net, ipc or both'
  isula rm -f web net plain
}

@test "--ns-change-opt does not follow what the container has put in the place of /proc" {
  cp -a "$ROOTFS" "$SHARED/tree"
  rmdir "$SHARED/tree/proc"
  ln -s /etc "$SHARED/tree/proc"
  local before
  before=$(grep -cF "$DIR" /proc/self/mountinfo || true)
  isula run --rm --external-rootfs "$SHARED/tree" --ns-change-opt net none true >/dev/null 2>&1 || true
  assert_equal "$(grep -cF "$DIR" /proc/self/mountinfo || true)" "$before"
  rm -r "$SHARED/tree"
}

# crun gives standard input and output to the user of the process: the host's /dev/null must not be one of them.
@test "whoever a process runs as, the host's devices keep their owner" {
  local as
  run_idle --name web -u 7:8
  for as in "exec web" "exec -u 9:9 web" "exec -i -u 9:9 web" "exec -d -u 9:9 web"; do
    # shellcheck disable=SC2086
    isula $as true </dev/null
  done
  tty "$ISULAD_BIN/isula" exec -it -u 9:9 web true <<<'' >/dev/null 2>&1
  expect 0 run_container --rm -u 7:8 none sh -c 'cat; echo end'
  assert_equal "$output" end
  local owner
  owner=$(stat -c '%u:%g %a' /dev/null)
  chown 0:0 /dev/null  # whatever was the matter
  assert_equal "$owner" "0:0 666"
  isula rm -f web
}
