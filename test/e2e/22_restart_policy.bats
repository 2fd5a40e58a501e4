# Restart policies: after an end, after the daemon's death, after the host's reboot.
load lib/e2e

restarted() {  # CONTAINER TIMES
  [ "$(inspect "$1" '{{.RestartCount}}')" -ge "$2" ]
}

is_restarting() { [ "$(inspect "$1" '{{.State.Status}}')" = restarting ]; }

# What a reboot leaves: nothing runs, the run-time state is gone, the boot has another id. Not synced is not lost here.
reboot_host() {  # CONTAINER...
  local container id pid ids=()
  for container in "$@"; do
    ids+=("$(inspect "$container" '{{.Id}}')")
  done
  kill_daemon KILL
  for pid in $(processes); do
    kill -KILL "$pid" 2>/dev/null || true
    wait_until 10 process_gone "$pid"
  done
  rm -rf "$DIR/state"
  for id in "${ids[@]}"; do
    sed -i 's/"BootId": "[^"]\+"/"BootId": "another"/' "$DIR/graph/containers/$id/state.json"
  done
  start_daemon
}

@test "always: a container that ends is started again and again, with a growing delay" {
  run_container -d --name a --restart always none sh -c 'echo run; exit 3'
  wait_until 10 restarted a 5
  [ "$(isula logs a | wc -l)" -ge 5 ]
  assert_equal "$(inspect a '{{json .HostConfig.RestartPolicy}}')" '{"Name":"always","MaximumRetryCount":0}'
  # It waits and runs in turn: each in one look.
  state_is_told() {
    [ "$(inspect a '{{.State.Status}} {{.State.Restarting}} {{.State.Running}} {{.State.ExitCode}}')" = "restarting true false 3" ]
  }
  wait_until 20 state_is_told
  listed() {
    [[ $(isula ps --filter status=restarting --format '{{.Names}} {{.Status}}') =~ ^a\ Restarting\ \(3\)\ .*\ ago$ ]]
  }
  wait_until 20 listed
  local id
  id=$(inspect a '{{.Id}}')
  listed_by_id() { [ "$(isula ps -q --no-trunc --filter status=restarting)" = "$id" ]; }
  wait_until 20 listed_by_id
  isula rm -f a
}

@test "stop ends the waiting for the next start, and a user's start begins anew" {
  run_container -d --name a --restart always none sh -c 'exit 3'
  wait_until 10 restarted a 5
  wait_until 10 is_restarting a
  expect 0 isula stop a
  assert_equal "$(inspect a '{{.State.Status}} {{.State.ExitCode}}')" "exited 3"
  sleep 2
  has_ended a
  expect 0 isula start a
  [ "$(inspect a '{{.RestartCount}}')" -lt 3 ]
  wait_until 10 restarted a 1
  isula rm -f a
}

@test "a stop, a kill with SIGKILL and one with the stop signal are not followed by a restart, another signal is" {
  run_container -d --name a --restart always none sh -c 'trap "exit 5" USR1 TERM; sleep 1000 & wait'
  expect 0 isula kill -s USR1 a
  wait_until 10 restarted a 1
  wait_until 10 is_running a
  for verb in 'stop' 'kill' 'kill -s TERM'; do
    # shellcheck disable=SC2086
    expect 0 isula $verb a
    wait_until 10 has_ended a
    sleep 0.5
    has_ended a
    isula start a
  done
  isula rm -f a
}

@test "on-failure:N starts it N times, and not at all after success" {
  run_container -d --name a --restart on-failure:2 none sh -c 'exit 9'
  run_container -d --name b --restart on-failure none true
  wait_until 10 restarted a 2
  wait_until 10 has_ended a
  sleep 0.7
  assert_equal "$(inspect a '{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}}')" "exited 2 9"
  assert_equal "$(inspect b '{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}}')" "exited 0 0"
  isula rm a b
}

@test "on-reboot starts it again after its own reboot only" {
  run_idle --name a --restart on-reboot
  kill -KILL "$(inspect a '{{.State.Pid}}')"
  wait_until 10 has_ended a
  assert_equal "$(inspect a '{{.RestartCount}} {{.State.ExitCode}}')" "0 137"
  isula rm a
  # That is how an init ends that calls reboot(2): by SIGHUP.
  run_container -d --name a --restart on-reboot none sh -c 'sleep 0.3; exit 129'
  wait_until 10 restarted a 1
  isula rm -f a
}

@test "run in the foreground shows the first run and ends with its status, and the container goes on" {
  expect 3 run_container --name a --restart always none sh -c 'echo out; exit 3'
  assert_equal "$output" out
  wait_until 10 restarted a 1
  isula rm -f a
}

@test "the channel's contents survive a restart" {
  run_container -d --name a --restart always --host-channel "$SHARED/c:/c" none \
    sh -c 'if [ -e /c/file ]; then sleep 1000; fi; echo kept >/c/file'
  wait_until 10 restarted a 1
  wait_until 10 is_running a
  assert_equal "$(<"$SHARED/c/file")" kept
  isula rm -f a
}

@test "bad policies are refused with one line, and so is one with --rm" {
  for policy in sometimes always:3 on-failure:0 on-failure:x; do
    expect 125 create --restart "$policy" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "restart policy \"$policy\""
  done
  expect 125 create --rm --restart always none true
  assert_contains "$stderr" "--rm and --restart exclude one another"
  assert_equal "$(isula ps -aq)" ""
}

@test "rm refuses a restarting container, and rm -f takes it away for good" {
  run_container -d --name a --restart always none sh -c 'exit 3'
  wait_until 10 restarted a 5
  wait_until 10 is_restarting a
  expect 1 isula rm a
  assert_contains "$stderr" 'container "a": is being restarted: stop it first, or remove it with -f'
  expect 0 isula rm -f a
  sleep 2
  assert_equal "$(isula ps -aq)" ""
}

@test "an end while the daemon is away is followed by the restart when it is back" {
  run_container -d --name a --restart always none sh -c 'sleep 1; exit 6'
  kill_daemon KILL
  sleep 1.5
  start_daemon
  wait_until 10 restarted a 1
  wait_until 10 is_running a
  isula rm -f a
}

@test "a daemon that is killed while a container waits starts it in time, and one that is stopped too" {
  for signal in KILL TERM; do
    run_container -d --name a --restart always none sh -c 'exit 3'
    wait_until 10 restarted a 5
    wait_until 10 is_restarting a
    local before
    before=$(inspect a '{{.RestartCount}}')
    restart_daemon "$signal"
    wait_until 10 restarted a $((before + 1))
    isula rm -f a
  done
}

@test "a restart of the daemon does not start what a user has stopped" {
  run_idle --name a --restart always
  run_idle --name b --restart unless-stopped
  isula stop -t 1 a b
  restart_daemon KILL
  sleep 1
  assert_equal "$(isula ps -q)" ""
  isula rm a b
}

@test "a restart that fails is tried again until it works" {
  run_container -d --name a --restart always --host-channel "$SHARED/c:/c" none sh -c 'sleep 0.3; exit 1'
  wait_until 10 restarted a 1
  mv "$ROOTFS" "$ROOTFS.away"
  wait_until 10 restarted a 4
  assert_contains "$(inspect a '{{.State.Error}}')" rootfs
  mv "$ROOTFS.away" "$ROOTFS"
  wait_until 20 is_running a
  isula rm -f a
}

@test "after a reboot of the host always and unless-stopped run again, the others and a stopped one do not" {
  run_idle --name always --restart always --host-channel "$SHARED/c:/c"
  run_idle --name stopped-always --restart always
  run_idle --name unless --restart unless-stopped
  run_idle --name stopped-unless --restart unless-stopped
  run_idle --name plain
  isula stop -t 0 stopped-always stopped-unless
  reboot_host always stopped-always unless stopped-unless plain
  wait_until 20 is_running always
  wait_until 20 is_running unless
  wait_until 20 is_running stopped-always
  is_mounted "$SHARED/c"
  sleep 0.5
  assert_equal "$(inspect plain '{{.State.Status}} {{.State.ExitCode}}')" "exited 255"
  assert_equal "$(inspect stopped-unless '{{.State.Status}}')" exited
  # Once only: what is stopped now stays so when the daemon alone comes back.
  isula stop -t 0 stopped-always
  restart_daemon KILL
  sleep 0.5
  has_ended stopped-always
  isula rm -f always stopped-always unless stopped-unless plain
}

# A daemon in a mount namespace whose init says that the host goes down: run level 6.
start_daemon_of_a_host_that_reboots() {
  local flags
  mapfile -d '' flags < <(private_flags "$DIR")
  kill_daemon TERM
  /usr/bin/python3 - "$CASE/utmp" <<'END'
import struct, sys
record = struct.pack("hxxi", 1, ord("6") | ord("5") << 8)
open(sys.argv[1], "wb").write(record.ljust(384, b"\0"))
END
  # shellcheck disable=SC2016
  launch unshare --mount --propagation slave sh -c \
    'mount -t tmpfs run /run && cp "$0" /run/utmp && exec "$@"' "$CASE/utmp" \
    "$ISULAD_BIN/isulad" "${flags[@]}" --config "$DIR/daemon.json"
  wait_for_daemon
}

@test "when the host goes down containers get their signal and their time, and come back with it" {
  [ "$(uname -m)" = x86_64 ] || skip "the record of the run level is made for x86-64"
  start_daemon_of_a_host_that_reboots
  run_container -d --name ends --restart unless-stopped none \
    sh -c 'trap "sleep 1; exit 8" TERM; while :; do sleep 0.05; done'
  run_container -d --name plain none sh -c 'trap "exit 9" TERM; sleep 1000 & wait'
  kill_daemon TERM
  start_daemon
  assert_equal "$(inspect plain '{{.State.Status}} {{.State.ExitCode}}')" "exited 9"
  wait_until 10 is_running ends
  assert_equal "$(inspect ends '{{.RestartCount}}')" 1
  isula rm -f ends plain
}
