# What the flags of create, run and exec do inside the container.
load lib/e2e

@test "the hostname is the short id, or what -h says" {
  create --name web none hostname
  expect 0 isula start -a web
  assert_equal "$output" "$(inspect web '{{.Id}}' | cut -c 1-12)"
  isula rm web
  expect 0 run_container --rm -h box none sh -c 'hostname; cat /etc/hostname; grep -c "box$" /etc/hosts'
  assert_equal "$output" $'box\nbox\n1'
}

@test "-e sets variables, and takes the client's own where it names none" {
  expect 0 run_container --rm -e A=1 -e B='two words' -e C= none sh -c 'echo "$A|$B|$C|${C-unset}"'
  assert_equal "$output" "1|two words||"
  export FROM_CLIENT=here
  expect 0 run_container --rm -e FROM_CLIENT none sh -c 'echo $FROM_CLIENT'
  assert_equal "$output" here
  expect 125 run_container --rm -e '=x' none true
  assert_one_line "$stderr"
}

# bats test_tags=runtime
@test "-u takes ids and names of the rootfs" {
  expect 0 run_container --rm -u 12:34 none sh -c 'id -u; id -g'
  assert_equal "$output" $'12\n34'
  expect 0 run_container --rm -u user none sh -c 'id -u; id -g; id -G; echo $HOME'
  assert_equal "$output" $'1000\n1000\n1000 29\n/home/user'
  expect 0 run_container --rm -u user:nogroup none id -g
  assert_equal "$output" 65534
  expect 125 run_container --rm -u nosuch none true
  assert_one_line "$stderr"
  assert_contains "$stderr" nosuch
}

@test "--workdir sets the directory" {
  expect 0 run_container --rm --workdir /tmp none pwd
  assert_equal "$output" /tmp
  expect 125 run_container --rm --workdir tmp none pwd
  assert_one_line "$stderr"
}

@test "a --workdir that the rootfs lacks is made, and goes with the container" {
  expect 0 run_container --rm --workdir /new/work none pwd
  assert_equal "$output" /new/work
  assert_missing "$ROOTFS/new"
}

# bats test_tags=runtime
@test "-v binds, and :ro is read-only" {
  mkdir "$CASE/data"
  echo content >"$CASE/data/file"
  expect 0 run_container --rm -v "$CASE/data:/data" none sh -c 'cat /data/file; echo new >/data/new'
  assert_equal "$output" content
  assert_equal "$(<"$CASE/data/new")" new
  expect 1 run_container --rm -v "$CASE/data:/data:ro" none sh -c 'echo new >/data/other'
  assert_contains "$stderr" "Read-only file system"
  assert_missing "$CASE/data/other"
  expect 125 run_container --rm -v "$CASE/nosuch:/data" none true
  assert_contains "$stderr" "does not exist"
}

# bats test_tags=runtime
@test "--read-only keeps the rootfs as it is" {
  expect 1 run_container --rm --read-only none sh -c 'echo x >/new'
  assert_contains "$stderr" "Read-only file system"
  assert_missing "$ROOTFS/new"
}

# bats test_tags=runtime
@test "-m, --memory-swap, --cpus and --pids-limit reach the cgroup" {
  run_idle --name web -m 64M --memory-swap 96M --cpus 0.5 --pids-limit 77
  assert_equal "$(memory_limit web)" $((64 << 20))
  if [ -d /sys/fs/cgroup/memory ]; then
    assert_equal "$(cgroup_value web memory memory.memsw.limit_in_bytes -)" $((96 << 20))
    assert_equal "$(cgroup_value web cpu cpu.cfs_quota_us -)/$(cgroup_value web cpu cpu.cfs_period_us -)" 50000/100000
  else
    assert_equal "$(cgroup_value web - - memory.swap.max)" $((32 << 20))
    assert_equal "$(cgroup_value web - - cpu.max)" "50000 100000"
  fi
  assert_equal "$(cgroup_value web pids pids.max pids.max)" 77
  assert_equal "$(inspect web '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}')" \
    "$((64 << 20)) $((96 << 20)) 500000000 77"
  isula rm -f web
}

@test "--pids-limit holds" {
  expect 0 run_container --rm --pids-limit 8 none \
    sh -c 'n=0; while [ $n -lt 20 ] && (sleep 1 &) 2>/dev/null; do n=$((n + 1)); done; [ $n -lt 20 ] && echo held'
  assert_contains "$output" held
}

@test "limits that make no sense are refused, each with one line" {
  local flags
  for flags in '-m 1M' '-m -5' '-m x' '--memory-swap 64M' '-m 64M --memory-swap 32M' '--cpus 0.0000000001' '--cpus 100000' \
    '--cpus x' '--pids-limit -2' '--pids-limit x'; do
    # shellcheck disable=SC2086
    expect 125 run_container --rm $flags none true
    assert_one_line "$stderr"
  done
}

@test "--stop-signal is what stop sends" {
  run_container -d --name web --stop-signal USR1 none sh -c 'trap "exit 6" USR1; echo ready; sleep 1000 & wait'
  wait_until 20 logs_contain web ready
  isula stop web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 6
  isula rm web
  expect 125 create --stop-signal NOSUCH none true
  assert_one_line "$stderr"
}

@test "--runtime chooses the runtime" {
  for runtime in crun runc; do
    expect 0 run_container --rm --runtime "$runtime" none echo "$runtime"
    assert_equal "$output" "$runtime"
  done
  run_idle --name web -R runc
  assert_equal "$(inspect web '{{.HostConfig.Runtime}}')" runc
  isula rm -f web
  expect 125 run_container --rm --runtime nosuch none true
  assert_one_line "$stderr"
  assert_contains "$stderr" '"nosuch"'
}

# bats test_tags=runtime
@test "the network is the container's own, with lo up" {
  expect 0 run_container --rm none sh -c 'ls /sys/class/net; ip addr show lo'
  assert_match "$output" $'^lo\n'
  assert_contains "$output" "inet 127.0.0.1/8"
  assert_match "$output" 'LOOPBACK,UP'
}

# bats test_tags=runtime
@test "the container has namespaces of its own" {
  local kind
  for kind in mnt pid ipc uts net; do
    expect 0 run_container --rm none readlink "/proc/self/ns/$kind"
    [ "$output" != "$(readlink "/proc/self/ns/$kind")" ]
  done
}

# bats test_tags=runtime
@test "capabilities are the default set, and seccomp filters" {
  expect 0 run_container --rm none sh -c 'grep -E "^(CapEff|Seccomp|NoNewPrivs):" /proc/1/status'
  assert_match "$output" $'Seccomp:\t2'
  # Neither CAP_SYS_ADMIN (21), CAP_SYS_MODULE (16), CAP_SYS_PTRACE (19) nor CAP_NET_ADMIN (12).
  local effective
  effective=$((16#$(sed -n 's/^CapEff:\t//p' <<<"$output")))
  [ $((effective & (1 << 21 | 1 << 16 | 1 << 19 | 1 << 12))) -eq 0 ]
  [ $((effective & (1 << 0))) -ne 0 ]
  expect 1 run_container --rm none mount -t tmpfs none /tmp
}

# bats test_tags=runtime
@test "what the kernel tells too much of is masked" {
  expect 0 run_container --rm none sh -c 'cat /proc/kcore /proc/keys /proc/timer_list 2>/dev/null | wc -c; ls /sys/firmware | wc -l'
  assert_equal "$output" $'0\n0'
  expect 1 run_container --rm none sh -c 'echo 1 >/proc/sys/kernel/panic'
  assert_contains "$stderr" "Read-only file system"
}

# bats test_tags=runtime
@test "--system-container allows reboot, which ends the container" {
  run_idle --name web --system-container
  assert_equal "$(inspect web '{{.HostConfig.SystemContainer}}')" true
  expect 0 isula exec web sh -c 'mount | grep -E " on /(run|tmp) "'
  assert_match "$output" 'on /run type tmpfs'
  assert_match "$output" 'on /tmp type tmpfs'
  isula rm -f web
}

@test "an external rootfs must be a directory and is not the host's root" {
  echo >"$CASE/file"
  local rootfs
  for rootfs in "$CASE/nosuch" "$CASE/file" / relative ''; do
    expect 125 isula run --rm --external-rootfs "$rootfs" none true
    assert_one_line "$stderr"
  done
  expect 125 isula run --rm none true
  assert_one_line "$stderr"
}

@test "the rootfs is left as it was found" {
  find "$ROOTFS" -printf '%p %y %m\n' | sort >"$CASE/rootfs-before"
  run_container --rm -v "$CASE:/mnt/deep/er" --host-channel "$SHARED/c:/srv/channel" none true
  find "$ROOTFS" -printf '%p %y %m\n' | sort | diff "$CASE/rootfs-before" -
}

# bats test_tags=runtime
@test "exec takes -e, -u, --workdir, and -d leaves it running" {
  run_idle --name web -e A=container
  expect 0 isula exec -e B=2 -u user --workdir /tmp web sh -c 'echo $A $B $(id -u) $(pwd)'
  assert_equal "$output" "container 2 1000 /tmp"
  expect 0 isula exec -d web sh -c 'echo detached >/dev/shm/out; exec sleep 1000'
  wait_until 20 isula exec web test -s /dev/shm/out
  assert_equal "$(isula exec web ps | grep -c 'sleep 1000')" 2
  isula rm -f web
}

@test "flags cluster, take = and end at --" {
  expect 0 run_container --rm --read-only=false --name=web none sh -c 'echo ok'
  assert_equal "$output" ok
  expect 0 isula run --rm=true "--external-rootfs=$ROOTFS" -- none echo --name x
  assert_equal "$output" "--name x"
  local out
  out=$(echo piped | run_container --rm -ie A=1 none cat)
  assert_equal "$out" piped
}

@test "the daemon's address comes from -H before or after the command, or ISULAD_HOST" {
  local host=$ISULAD_HOST
  unset ISULAD_HOST
  expect 0 isula -H "$host" ps -q
  expect 0 isula ps -q -H "$host"
  expect 125 isula -H tcp://localhost:1 ps
  assert_one_line "$stderr"
}
