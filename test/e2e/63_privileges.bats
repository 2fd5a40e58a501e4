# --security-opt, --device-cgroup-rule, --privileged.
load lib/e2e

teardown() {
  local disk
  touch "$CASE/enough"
  remove_all
  for disk in $(losetup -n -O NAME -j "$SHARED/image" 2>/dev/null); do losetup -d "$disk"; done
  rm -f "$ROOTFS/node"
  default_teardown
}

status_of() { isula exec "$1" cat "/proc/$2/status" | awk -v key="$3:" '$1 == key {print $2}'; }  # CONTAINER PID KEY
options_of() { inspect "$1" '{{json .HostConfig.SecurityOpt}}'; }
# What a program says that opens the node.
says() { isula exec "$1" sh -c "$2" 2>&1 | tail -n 1; }

no_mkdir() {  # FILE: a profile that refuses mkdir with EACCES, as `{"args"...}` where wanted
  printf '%s\n' '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [' \
    "{\"names\": [\"mkdir\", \"mkdirat\", \"no_such_call\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 13${2:-}}]}" >"$1"
}

# bats test_tags=runtime
@test "seccomp=unconfined: no filter, for exec neither" {
  run_idle --name plain
  run_idle --name web --security-opt seccomp=unconfined
  assert_equal "$(status_of plain 1 Seccomp) $(status_of plain self Seccomp)" "2 2"
  assert_equal "$(status_of web 1 Seccomp) $(status_of web self Seccomp)" "0 0"
  refute isula exec plain unshare -U true 2>/dev/null
  ! unshare -U true || isula exec web unshare -U true
  assert_equal "$(options_of web)" '["seccomp=unconfined"]'
  assert_equal "$(options_of plain)" '[]'
  isula rm -f plain web
}

# bats test_tags=runtime
@test "seccomp=FILE: the profile as it was at create holds, for exec and after a restart of the daemon too" {
  no_mkdir "$SHARED/profile.json"
  run_idle --name web --security-opt "seccomp=$SHARED/profile.json"
  rm "$SHARED/profile.json"
  assert_contains "$(says web 'mkdir /tmp/x')" 'Permission denied'
  assert_equal "$(status_of web 1 Seccomp)" 2
  # The default profile would refuse it.
  isula exec web true
  restart_daemon KILL
  assert_contains "$(says web 'mkdir /tmp/x')" 'Permission denied'
  isula restart -t 0 web
  assert_contains "$(says web 'mkdir /tmp/x')" 'Permission denied'
  assert_contains "$(options_of web)" 'SCMP_ACT_ERRNO'
  isula rm -f web
}

# bats test_tags=runtime
@test "a profile with conditions: capabilities, architectures, versions of the kernel" {
  no_mkdir "$SHARED/profile.json" ', "includes": {"caps": ["CAP_SYS_TIME"], "minKernel": "4.8"}, "comment": "x"'
  run_idle --name web --security-opt "seccomp=$SHARED/profile.json"
  isula exec web mkdir /tmp/here
  isula exec web rmdir /tmp/here
  run_idle --name time --security-opt "seccomp=$SHARED/profile.json" --cap-add SYS_TIME
  assert_contains "$(says time 'mkdir /tmp/x')" 'Permission denied'
  isula rm -f web time
  rm "$SHARED/profile.json"
}

# bats test_tags=runtime
@test "no-new-privileges, for exec too; off unless asked for" {
  local option
  run_idle --name plain
  assert_equal "$(status_of plain 1 NoNewPrivs) $(status_of plain self NoNewPrivs)" "0 0"
  for option in no-new-privileges no-new-privileges=true no-new-privileges:true; do
    run_idle --name web --security-opt "$option"
    assert_equal "$(status_of web 1 NoNewPrivs) $(status_of web self NoNewPrivs)" "1 1"
    assert_equal "$(options_of web)" '["no-new-privileges"]'
    isula rm -f web
  done
  run_idle --name web --security-opt no-new-privileges=false --security-opt seccomp=unconfined
  assert_equal "$(status_of web 1 NoNewPrivs)" 0
  isula rm -f plain web
}

@test "security options that are none, or not built here, are refused with the reason" {
  echo '{"defaultAction": "ALLOW"}' >"$SHARED/bad.json"
  echo 'no JSON' >"$SHARED/text.json"
  expect 125 create --security-opt "seccomp=$SHARED/bad.json" none true
  assert_equal "$stderr" \
    'Error response from daemon: seccomp profile: "defaultAction" is "ALLOW", which is no action'
  expect 125 create --security-opt "seccomp=$SHARED/text.json" none true
  assert_contains "$stderr" 'Error response from daemon: seccomp profile: line 1'
  expect 125 create --security-opt "seccomp=$SHARED/nosuch" none true
  assert_contains "$stderr" 'for flag --security-opt: '
  assert_contains "$stderr" 'No such file'
  expect 125 create --security-opt apparmor=unconfined none true
  assert_contains "$stderr" 'is not supported: this engine has no AppArmor profiles'
  expect 125 create --security-opt label=disable none true
  assert_contains "$stderr" 'no SELinux labels'
  expect 125 create --security-opt x none true
  assert_contains "$stderr" 'is not one of seccomp=unconfined'
  expect 125 create --security-opt seccomp=unconfined --security-opt seccomp=unconfined none true
  assert_contains "$stderr" 'seccomp is given more than once'
  expect 125 create --security-opt no-new-privileges --security-opt no-new-privileges=false none true
  assert_contains "$stderr" 'no-new-privileges is given more than once'
  assert_equal "$(isula ps -aq)" ""
  rm "$SHARED"/*.json
}

# Nothing has this number: who may open it is told that there is no such device, who may not, that he may not.
readonly NODE="rm -f /node; mknod /node c 239 5 && head -c 1 /node"

# bats test_tags=runtime
@test "--device-cgroup-rule: devices by number, and no others" {
  run_idle --name plain
  assert_contains "$(says plain "$NODE")" 'Operation not permitted'
  run_idle --name web --device-cgroup-rule 'c 239:* rwm' --device-cgroup-rule 'b 239:7 r'
  assert_contains "$(says web "$NODE")" 'No such device'
  assert_contains "$(says web "rm -f /node; mknod /node c 238 5; head -c 1 /node")" 'Operation not permitted'
  assert_contains "$(says web "rm -f /node; mknod /node b 239 6; head -c 1 /node")" 'Operation not permitted'
  assert_equal "$(inspect web '{{json .HostConfig.DeviceCgroupRules}}')" '["c 239:* rwm","b 239:7 r"]'
  isula restart -t 0 web
  assert_contains "$(says web "$NODE")" 'No such device'
  isula rm -f plain web
}

@test "--device-cgroup-rule with permissions, on a disk" {
  local disk numbers
  disk=$(make_disk "$SHARED/image") || skip "no loop devices"
  numbers=$((0x$(stat -c %t "$disk"))):$((0x$(stat -c %T "$disk")))
  run_idle --name web --device-cgroup-rule "b $numbers r"
  isula exec web mknod /node b "${numbers%:*}" "${numbers#*:}"
  assert_equal "$(isula exec web head -c 512 /node | wc -c)" 512
  assert_contains "$(says web ': >>/node')" 'Operation not permitted'
  isula rm -f web
  remove_disk "$disk" "$SHARED/image"
}

# bats test_tags=runtime
@test "--device-cgroup-rule a: all devices" {
  run_idle --name web --device-cgroup-rule 'a *:* rwm'
  assert_contains "$(says web "$NODE")" 'No such device'
  isula rm -f web
}

@test "device rules that are none are refused by field" {
  expect 125 create --device-cgroup-rule 'c 1:3' none true
  assert_contains "$stderr" 'must be "TYPE MAJOR:MINOR PERMISSIONS"'
  expect 125 create --device-cgroup-rule 'u 1:3 r' none true
  assert_contains "$stderr" 'type "u" must be c (character), b (block) or a (all)'
  expect 125 create --device-cgroup-rule 'c 5000:3 r' none true
  assert_contains "$stderr" 'major number "5000" must be * or a whole number from 0 to 4095'
  expect 125 create --device-cgroup-rule 'a 1:3 r' none true
  assert_contains "$stderr" 'type a is all devices'
  assert_equal "$(isula ps -aq)" ""
}

daemon_capabilities() { awk '$1 == "CapEff:" {print $2}' "/proc/$(daemon_pid)/status"; }

# How many places of the container's /proc and /sys are covered or read-only.
kept_from() { isula exec "$1" grep -E ' /(proc|sys)/.*[ ,](ro|tmpfs)[ ,]' /proc/mounts | grep -vc ' /sys/fs/cgroup' || true; }

makes_cgroups() {  # CONTAINER
  isula exec "$1" sh -c 'd=/sys/fs/cgroup/pids; [ -d "$d" ] || d=/sys/fs/cgroup
    mkdir "$d/x" && rmdir "$d/x"' 2>/dev/null
}

# bats test_tags=runtime
@test "--privileged: all that the daemon may do, exec too; no filter, nothing covered or read-only" {
  run_idle --name plain
  run_idle --name web --privileged
  assert_equal "$(status_of web 1 CapEff) $(status_of web self CapEff)" "$(daemon_capabilities) $(daemon_capabilities)"
  assert_equal "$(status_of web 1 Seccomp) $(status_of web self Seccomp)" "0 0"
  refute isula exec plain sh -c 'cat /proc/sys/kernel/panic >/proc/sys/kernel/panic' 2>/dev/null
  isula exec web sh -c 'p=$(cat /proc/sys/kernel/panic); echo "$p" >/proc/sys/kernel/panic'
  [ "$(kept_from plain)" -gt 0 ]
  assert_equal "$(kept_from web)" 0
  refute makes_cgroups plain
  makes_cgroups web
  isula exec web grep -E '^sysfs /sys sysfs rw' /proc/mounts >/dev/null
  isula exec web mount -t tmpfs none /mnt 2>/dev/null || isula exec web mount -t tmpfs none /tmp
  assert_equal "$(inspect web '{{.HostConfig.Privileged}} {{json .HostConfig.SecurityOpt}}')" 'true []'
  assert_equal "$(inspect plain '{{.HostConfig.Privileged}}')" false
  isula rm -f plain web
}

# bats test_tags=runtime
@test "--privileged: the host's devices are there, and may be used" {
  local disk wanted
  run_idle --name web --privileged
  wanted=$(find /dev -xdev -maxdepth 1 \( -type c -o -type b \) -printf '%f\n' | sort | xargs)
  assert_equal "$(isula exec web find /dev -xdev -maxdepth 1 '(' -type c -o -type b ')' | sed 's:.*/::' |
    grep -vx -e console -e ptmx | sort | xargs)" "$(echo "$wanted" | xargs -n 1 | grep -vx -e console -e ptmx | xargs)"
  assert_contains "$(says web "$NODE")" 'No such device'
  isula rm -f web
  disk=$(make_disk "$SHARED/image") || skip "no loop devices"
  run_idle --name web --privileged
  assert_equal "$(isula exec web head -c 512 "$disk" | wc -c)" 512
  isula rm -f web
  remove_disk "$disk" "$SHARED/image"
}

@test "--privileged: a directory that goes from /dev meanwhile costs no device" {
  local devices all
  devices=(run_container --rm --privileged none sh -c 'find /dev -xdev -maxdepth 1 -type c | sort')
  all=$("${devices[@]}")
  (while [ ! -e "$CASE/enough" ]; do
    mkdir -p "/dev/isulad-test-$$/a/b"
    rm -r "/dev/isulad-test-$$"
  done) 3>&- 4>&- &
  for _ in 1 2 3 4 5 6 7 8; do
    assert_equal "$("${devices[@]}")" "$all"
  done
  touch "$CASE/enough"
  wait $!
}

# bats test_tags=runtime
@test "--privileged with what takes a part of it back, and beside volumes and channels in /dev" {
  mkdir "$SHARED/bound"
  no_mkdir "$SHARED/profile.json"
  run_idle --name web --privileged --cap-drop SYS_TIME --security-opt "seccomp=$SHARED/profile.json" \
    --security-opt no-new-privileges --host-channel "$SHARED/c:/dev/c" -v /etc/passwd:/dev/kmsg:ro \
    --tmpfs /dev/fuse --mount "type=bind,src=$SHARED/bound,dst=/dev/net"
  assert_contains "$(says web 'mkdir /tmp/x')" 'Permission denied'
  assert_equal "$(status_of web 1 NoNewPrivs)" 1
  refute [ "$(status_of web 1 CapEff)" = "$(daemon_capabilities)" ]
  isula exec web grep -q ^root: /dev/kmsg
  isula exec web touch /dev/c/file /dev/fuse/file /dev/net/file
  isula rm -f web
  # No node has been made in what was bound.
  assert_equal "$(ls "$SHARED/bound")" file
  rm -r "$SHARED/bound"
  rm "$SHARED/profile.json"
}

# bats test_tags=runtime
@test "--privileged with namespaces of the host, and as a system container" {
  run_idle --name web --privileged --net host --pid host --ipc host --uts host --cgroupns host
  assert_equal "$(isula exec web hostname)" "$(hostname)"
  isula exec web test -d "/proc/$$/root/proc"
  isula stop -t 0 web
  isula rm web
  run_idle --name box --privileged --system-container
  isula exec box sh -c 'mkdir -p /run/x && mount -t tmpfs none /run/x'
  isula rm -f box
}

@test "--privileged and --user-remap exclude one another" {
  expect 125 create --privileged --user-remap 100000:100000:65536 none true
  assert_contains "$stderr" '--privileged and --user-remap exclude one another'
}
