# --net, --ipc, --pid, --uts, --cgroupns: namespaces of the host and of other containers.
load lib/e2e

namespace_of() { isula exec "$1" readlink "/proc/self/ns/$2"; }  # CONTAINER KIND
host_namespace() { readlink "/proc/self/ns/$1"; }
first_process() { inspect "$1" '{{.State.Pid}}'; }
namespace_of_first() { readlink "/proc/$(first_process "$1")/ns/$2"; }
cgroup_processes() {  # CONTAINER: the numbers of all its processes
  isula top "$1" -e -o pid | sed 1d
}
all_gone() {  # PID...
  local pid
  for pid in "$@"; do
    process_gone "$pid" || return 1
  done
}

teardown() {
  remove_all
  rm -f "/dev/shm/isulad-test-$$"*
  default_teardown
}

# bats test_tags=runtime
@test "without a flag all are its own" {
  run_idle --name web
  local kind
  for kind in pid net ipc uts mnt cgroup; do
    [ "$(namespace_of_first web $kind)" != "$(host_namespace $kind)" ]
  done
  assert_equal "$(isula exec web ls /sys/class/net)" lo
  isula exec web ip -o link show lo | grep -q 'LOOPBACK,UP'
  assert_equal "$(inspect web '{{.HostConfig.NetworkMode}} {{.HostConfig.IpcMode}} {{.HostConfig.CgroupnsMode}}')" \
    "none private private"
  assert_equal "$(inspect web '{{json .HostConfig.PidMode}} {{json .HostConfig.UTSMode}}')" '"" ""'
  isula rm -f web
}

# bats test_tags=runtime
@test "--net host: the host's network; --network is the same flag" {
  run_idle --name web --net host
  assert_equal "$(namespace_of web net)" "$(host_namespace net)"
  assert_equal "$(isula exec web ls /sys/class/net | sort | xargs)" "$(ls /sys/class/net | sort | xargs)"
  assert_equal "$(inspect web '{{.HostConfig.NetworkMode}}')" host
  run_idle --name same --network host
  assert_equal "$(namespace_of same net)" "$(host_namespace net)"
  expect 125 create --net host --network none none true
  assert_contains "$stderr" '--net and --network are one flag'
  isula rm -f web same
}

# bats test_tags=runtime
@test "--net container: one network, one hostname and one hosts file; X is kept by its id" {
  local id
  run_idle --name web -h front
  id=$(inspect web '{{.Id}}')
  run_idle --name side --net "container:${id:0:12}"
  assert_equal "$(namespace_of side net)" "$(namespace_of web net)"
  assert_equal "$(inspect side '{{.HostConfig.NetworkMode}}')" "container:$id"
  assert_equal "$(isula exec side hostname) $(isula exec side cat /etc/hostname)" "front front"
  isula exec web sh -c 'echo 127.0.0.2 back >>/etc/hosts'
  assert_equal "$(isula exec side tail -n 1 /etc/hosts)" "127.0.0.2 back"
  assert_equal "$(inspect side '{{.HostsPath}}')" "$(inspect web '{{.HostsPath}}')"
  isula exec -d web sh -c 'while :; do echo hello | nc -l -p 4321 127.0.0.1; done'
  wait_until 10 isula exec side sh -c 'sleep 1 | nc 127.0.0.1 4321 | grep -qx hello' 2>/dev/null
  expect 125 create --net container:web -h other none true
  assert_contains "$stderr" 'exclude one another'
  # What is shared stays while one of the two is there, whatever name the other has.
  isula rename web new
  isula restart -t 0 side
  assert_equal "$(namespace_of side net)" "$(namespace_of new net)"
  isula rm -f new
  isula exec side ip link show lo >/dev/null
  isula rm -f side
}

# bats test_tags=runtime
@test "--ipc container: /dev/shm and System V are one" {
  run_idle --name web --ipc shareable
  run_idle --name side --ipc container:web
  assert_equal "$(namespace_of side ipc)" "$(namespace_of web ipc)"
  isula exec web sh -c 'echo from web >/dev/shm/a'
  isula exec side sh -c 'cat /dev/shm/a; echo from side >/dev/shm/b' | grep -qx 'from web'
  assert_equal "$(isula exec web cat /dev/shm/b)" "from side"
  local option
  for option in nosuid nodev noexec; do
    isula exec side grep ' /dev/shm ' /proc/mounts | tail -n 1 | grep -q "[ ,]$option[ ,]"
  done
  assert_equal "$(inspect web '{{.HostConfig.IpcMode}}')" private
  run_idle --name other
  refute isula exec other test -e /dev/shm/a
  # It is there for the other as long as that one runs.
  isula rm -f web
  assert_equal "$(isula exec side cat /dev/shm/a)" "from web"
  isula rm -f side other
}

# bats test_tags=runtime
@test "--ipc host: the host's /dev/shm, and System V" {
  echo host >"/dev/shm/isulad-test-$$"
  run_idle --name web --ipc host
  assert_equal "$(namespace_of web ipc)" "$(host_namespace ipc)"
  assert_equal "$(isula exec web cat "/dev/shm/isulad-test-$$")" host
  isula exec web sh -c "echo web >/dev/shm/isulad-test-$$-2"
  assert_equal "$(<"/dev/shm/isulad-test-$$-2")" web
  isula rm -f web
  [ -e "/dev/shm/isulad-test-$$" ]
}

@test "a volume at /dev/shm wins over that of another container" {
  mkdir "$SHARED/own"
  run_idle --name web
  run_idle --name side --ipc container:web -v "$SHARED/own:/dev/shm"
  isula exec side touch /dev/shm/here
  [ -e "$SHARED/own/here" ]
  assert_equal "$(inspect web '{{.HostConfig.ShmSize}}') $(inspect side '{{.HostConfig.ShmSize}}')" "67108864 0"
  isula rm -f web side
  rm -r "$SHARED/own"
}

@test "nothing is mounted beneath the /dev/shm of others" {
  run_idle --name web
  local mode flags
  for mode in host container:web; do
    for flags in "-v $SHARED:/dev/shm/isulad-test-$$" "--tmpfs /dev/shm/isulad-test-$$" \
      "--mount type=bind,src=$SHARED,dst=/dev/shm/isulad-test-$$" "--host-channel $SHARED/c:/dev/shm/isulad-test-$$"; do
      # shellcheck disable=SC2086
      expect 125 create --ipc $mode $flags none true
      assert_one_line "$stderr"
      assert_contains "$stderr" "target \"/dev/shm/isulad-test-$$\" and --ipc "
    done
    run_idle --name side --ipc $mode
    expect 1 isula channel add side "$SHARED/c:/dev/shm/isulad-test-$$"
    assert_contains "$stderr" "and --ipc "
    assert_equal "$(inspect side '{{.HostConfig.ShmSize}}')" 0
    isula rm -f side
  done
  [ ! -e "/dev/shm/isulad-test-$$" ]
  [ ! -e "$SHARED/c" ]
  run_idle --name side --tmpfs "/dev/shm/isulad-test-$$"
  isula rm -f web side
}

@test "who has the network of another is not joined itself" {
  run_idle --name web
  run_idle --name side --net container:web
  expect 125 create --net container:side none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "use --net container:$(inspect web '{{.Id}}' | head -c 12)"
  isula rm -f web side
}

# bats test_tags=runtime
@test "--pid host: all processes are seen, and stop leaves none of its own" {
  local pids
  run_container -d --name web --pid host none sh -c 'sleep 1000 & setsid sleep 1000 & exec sleep 1000'
  assert_equal "$(namespace_of web pid)" "$(host_namespace pid)"
  isula exec web test -d "/proc/$$"
  isula exec -d web sleep 1000
  three_at_least() { [ "$(cgroup_processes web | wc -l)" -ge 4 ]; }
  wait_until 10 three_at_least
  mapfile -t pids < <(cgroup_processes web)
  isula stats --no-stream web | grep -q web
  isula pause web
  assert_equal "$(inspect web '{{.State.Status}}')" paused
  isula unpause web
  expect 0 isula stop -t 1 web
  all_gone "${pids[@]}"
  assert_equal "$(inspect web '{{.State.Status}}')" exited
  expect 0 isula start web
  wait_until 10 is_running web
  mapfile -t pids < <(cgroup_processes web)
  isula rm -f web
  all_gone "${pids[@]}"
}

# bats test_tags=runtime
@test "--pid host: what its first process leaves dies with it, without and with a daemon" {
  local pids
  run_container -d --name web --pid host none sh -c 'sleep 1000 & exec sleep 1000'
  two() { [ "$(cgroup_processes web | wc -l)" -eq 2 ]; }
  wait_until 10 two
  mapfile -t pids < <(cgroup_processes web)
  kill -KILL "$(first_process web)"
  wait_until 10 has_ended web
  all_gone "${pids[@]}"
  isula start web
  wait_until 10 two
  mapfile -t pids < <(cgroup_processes web)
  local first
  first=$(first_process web)
  kill_daemon KILL
  kill -KILL "$first"
  wait_until 10 process_gone "$first"
  start_daemon
  wait_until 10 has_ended web
  wait_until 10 all_gone "${pids[@]}"
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  isula rm web
}

@test "--pid host: what is left dies where a daemon finds the end before the start" {
  local pids first id
  run_container -d --name web --pid host none sh -c 'sleep 1000 & exec sleep 1000'
  two() { [ "$(cgroup_processes web | wc -l)" -eq 2 ]; }
  wait_until 10 two
  mapfile -t pids < <(cgroup_processes web)
  first=$(first_process web)
  id=$(inspect web '{{.Id}}')
  kill_daemon KILL
  kill -KILL "$first"
  wait_until 10 process_gone "$first"
  # What a daemon leaves that dies before it has written down the start.
  sed -i 's/"Status": "running"/"Status": "inited"/' "$DIR/graph/containers/$id/state.json"
  grep -q '"Status": "inited"' "$DIR/graph/containers/$id/state.json"
  start_daemon
  wait_until 10 has_ended web
  wait_until 10 all_gone "${pids[@]}"
  expect 0 isula rm web
}

@test "--pid host: exit status and output as ever, with and without a terminal" {
  expect 7 run_container --rm --pid host none sh -c 'sleep 1000 & echo out; exit 7'
  assert_equal "$output" out
  expect 127 run_container --rm --pid host none nosuch
  tty "$ISULAD_BIN/isula" run --rm -t --pid host --external-rootfs "$ROOTFS" none echo on a terminal <<<'' |
    grep -q 'on a terminal'
}

# bats test_tags=runtime
@test "--pid container: its processes are seen, and its end is the other's" {
  run_container -d --name web none sh -c 'sleep 4242 & exec sleep 4243'
  run_idle --name side --pid container:web
  assert_equal "$(namespace_of side pid)" "$(namespace_of web pid)"
  isula exec side ps | grep -q 'sleep 4242'
  assert_equal "$(isula exec side ps | grep -c isulad)" 0
  # Its own processes are its own: stop takes no others.
  isula stop -t 0 side
  is_running web
  isula exec web ps | grep -q 'sleep 4242'
  isula start side
  isula stop -t 0 web
  wait_until 10 has_ended side
  isula rm web side
}

# bats test_tags=runtime
@test "--uts host: the host's name" {
  run_idle --name web --uts host
  assert_equal "$(namespace_of web uts)" "$(host_namespace uts)"
  assert_equal "$(isula exec web hostname) $(isula exec web cat /etc/hostname)" "$(hostname) $(hostname)"
  assert_equal "$(inspect web '{{.HostConfig.UTSMode}} {{.Config.Hostname}}')" "host $(hostname)"
  expect 125 create --uts host -h name none true
  assert_contains "$stderr" '--hostname "name" and --uts host exclude one another'
  run_idle --name mapped --uts host --user-remap 100000:100000:65536
  assert_equal "$(isula exec mapped hostname)" "$(hostname)"
  isula rm -f web mapped
}

# bats test_tags=runtime
@test "--cgroupns host: it sees where its cgroup is" {
  local id
  run_idle --name own
  run_idle --name web --cgroupns host
  id=$(inspect web '{{.Id}}')
  assert_equal "$(namespace_of web cgroup)" "$(host_namespace cgroup)"
  isula exec web grep -q "$id" /proc/1/cgroup
  refute isula exec own grep -q "$(inspect own '{{.Id}}')" /proc/1/cgroup
  refute isula exec web sh -c 'mkdir /sys/fs/cgroup/*/x /sys/fs/cgroup/x' 2>/dev/null
  assert_equal "$(inspect web '{{.HostConfig.CgroupnsMode}}')" host
  isula rm -f own web
}

# bats test_tags=runtime
@test "a container whose namespace is shared must be there, and run, when the other starts" {
  expect 125 create --net container:nosuch none true
  assert_contains "$stderr" '--net "container:nosuch": No such container: nosuch'
  create --name self --net container:self none true 2>"$CASE/own" && fail "it has joined itself"
  grep -q 'No such container: self' "$CASE/own"
  create --name web none sleep 1000
  local kind
  for kind in net ipc pid; do
    create --name "$kind" "--$kind" container:web none sleep 1000
    expect 125 isula start "$kind"
    assert_one_line "$stderr"
    assert_contains "$stderr" 'namespace of container "web" cannot be shared: it is not running'
  done
  isula start web
  isula start net ipc pid
  isula rm -f web
  isula stop -t 0 net ipc
  for kind in net ipc pid; do
    wait_until 10 has_ended "$kind"
    expect 125 isula start "$kind"
    assert_contains "$stderr" 'cannot be shared: it has been removed'
    assert_contains "$(inspect "$kind" '{{.State.Error}}')" 'has been removed'
  done
  isula rm net ipc pid
}

# bats test_tags=runtime
@test "all three of one container, with a channel, an overlay and an exec" {
  run_idle --name web
  run_idle --name side --net container:web --ipc container:web --pid container:web --rootfs-overlay \
    --host-channel "$SHARED/c:/c"
  local kind
  for kind in net ipc pid; do
    assert_equal "$(namespace_of side $kind)" "$(namespace_of web $kind)"
  done
  isula exec side sh -c 'echo x >/c/x; echo y >/dev/shm/y'
  assert_equal "$(isula exec web cat /dev/shm/y) $(<"$SHARED/c/x")" "y x"
  isula rm -f side web
}

# bats test_tags=runtime
@test "those of a container with a user namespace can be shared" {
  run_idle --name web --user-remap 100000:100000:65536
  run_idle --name side --net container:web --ipc container:web --pid container:web
  local kind
  for kind in net ipc pid; do
    assert_equal "$(namespace_of side $kind)" "$(namespace_of web $kind)"
  done
  isula exec web sh -c 'echo y >/dev/shm/y'
  assert_equal "$(isula exec side cat /dev/shm/y)" y
  isula rm -f side web
}

@test "what does not go together is refused, with the reason" {
  run_idle --name web
  local flags
  for flags in "--net host --sysctl net.ipv4.ip_forward=1" "--net container:web --ns-change-opt net" \
    "--ipc host --sysctl kernel.msgmax=4242" "--ipc container:web --ns-change-opt ipc" \
    "--pid host --system-container" "--pid container:web --system-container" "--cgroupns host --system-container" \
    "--net host --user-remap 100000:100000:65536" "--pid container:web --user-remap 100000:100000:65536" \
    "--net container:web --dns 192.0.2.1" "--net container:web --add-host a:192.0.2.1" "--ipc host --shm-size 1m" \
    "--ipc host --user-remap 100000:100000:65536" "--cgroupns host --user-remap 100000:100000:65536"; do
    # shellcheck disable=SC2086
    expect 125 create $flags none true
    assert_one_line "$stderr"
    assert_contains "$stderr" 'exclude one another'
  done
  expect 125 create --net bridge none true
  assert_contains "$stderr" 'Invalid value "bridge" for flag --net: '
  assert_contains "$stderr" 'none, host or container:CONTAINER'
  assert_equal "$(isula ps -aq | wc -l)" 1
  isula rm -f web
}

@test "the host's own sysctls stay read-only" {
  run_idle --name web --net host --ipc host --pid host --uts host
  refute isula exec web sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward' 2>/dev/null
  refute isula exec web sh -c 'echo 1 >/proc/sys/kernel/msgmax' 2>/dev/null
  refute isula exec web hostname changed 2>/dev/null
  isula rm -f web
}

@test "--pid host gives signals, and not what lies behind other processes" {
  run_idle --name web --pid host
  isula exec web kill -0 "$(daemon_pid)"
  refute isula exec web ls "/proc/$(daemon_pid)/root/" 2>/dev/null
  refute isula exec web cat "/proc/$(daemon_pid)/environ" 2>/dev/null
  isula rm -f web
}

@test "both restart always: the one that shares comes after the other, and again after the host" {
  # A name before the other's: whoever looks first is not to matter.
  run_idle --name web --restart always
  run_idle --name a-side --restart always --net container:web --pid container:web
  local id
  kill -KILL "$(first_process web)"
  runs_with_it() {
    is_running web && is_running a-side && [ "$(namespace_of_first a-side net)" = "$(namespace_of_first web net)" ]
  }
  wait_until 20 runs_with_it
  kill_daemon KILL
  start_daemon
  wait_until 20 runs_with_it
  # What a reboot leaves.
  local ids
  ids=$(inspect web '{{.Id}}')\ $(inspect a-side '{{.Id}}')
  kill_daemon KILL
  local pid
  for pid in $(processes); do
    kill -KILL "$pid" 2>/dev/null || true
    wait_until 10 process_gone "$pid"
  done
  rm -rf "$DIR/state"
  for id in $ids; do
    sed -i 's/"BootId": "[^"]\+"/"BootId": "another"/' "$DIR/graph/containers/$id/state.json"
  done
  start_daemon
  wait_until 20 runs_with_it
  isula rm -f web a-side
}
