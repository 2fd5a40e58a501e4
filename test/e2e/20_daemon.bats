# The daemon: what it refuses, how it ends, what it finds again.
load lib/e2e

@test "a second daemon on the same data directory refuses to start" {
  mkdir -p "$CASE/two"
  expect 1 timeout 20 "$ISULAD_BIN/isulad" -g "$DIR/graph" -S "$CASE/two/state" -H "unix://$CASE/two/sock" -G root \
    -p "$CASE/two/pid" --config "$DIR/daemon.json"
  assert_contains "$stderr" "$DIR/graph"
  assert_contains "$stderr" "in use by another daemon"
  expect 0 isula version
}

# second_daemon STATE HOST PIDFILE: one with a data directory of its own; must be refused.
second_daemon() {
  mkdir -p "$CASE/two"
  expect 1 timeout 20 "$ISULAD_BIN/isulad" -g "$CASE/two/graph" -S "$1" -H "$2" -G root -p "$3" \
    --cgroup-parent "$CGROUP_PARENT/two" --config "$DIR/daemon.json"
}

@test "a second daemon on the same state directory, socket or pid file refuses to start and touches nothing" {
  run_idle --name web >/dev/null
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  local state=$CASE/two/state host=unix://$CASE/two/sock
  second_daemon "$DIR/state" "$host" "$CASE/two/pid"
  assert_contains "$stderr" "state directory \"$DIR/state\" is in use by another daemon (pid $(daemon_pid))"
  second_daemon "$state" "$ISULAD_HOST" "$CASE/two/pid"
  assert_contains "$stderr" "another program listens on \"$DIR/isulad.sock\""
  second_daemon "$state" "$host" "$DIR/isulad.pid"
  assert_contains "$stderr" "pid file \"$DIR/isulad.pid\" is in use by another daemon (pid $(daemon_pid))"
  assert_missing "$CASE/two/sock"
  assert_equal "$(inspect web '{{.State.Pid}}')" "$pid"
  process_runs "$pid"
  assert_equal "$(<"$DIR/isulad.pid")" "$(daemon_pid)"
  isula rm -f web
}

ticks_of() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }  # processor time of a process; its name has no space

@test "without a descriptor for a connection the daemon waits, says so once, and serves again" {
  local before pid
  pid=$(daemon_pid)
  before=$(ticks_of "$pid")
  prlimit --pid "$pid" --nofile=4:
  isula version >"$CASE/version" 3>&- &
  wait_until 20 grep -q 'no client can connect' "$DIR/daemon.log"
  sleep 2
  [ $(($(ticks_of "$pid") - before)) -lt $(($(getconf CLK_TCK) / 2)) ] || fail "$(ticks_of "$pid") after $before ticks"
  assert_equal "$(grep -c 'no client can connect' "$DIR/daemon.log")" 1
  prlimit --pid "$pid" --nofile="$(prlimit --pid "$pid" --noheadings --output HARD --nofile | tr -d ' '):"
  wait $!
  assert_contains "$(<"$CASE/version")" Version
  grep -q 'clients can connect again' "$DIR/daemon.log"
}

@test "the daemon may have as many descriptors as the host allows, its containers what it was started with" {
  kill_daemon TERM
  (ulimit -Sn 777; start_daemon)
  local soft hard
  read -r soft hard < <(prlimit --pid "$(daemon_pid)" --noheadings --output SOFT,HARD --nofile)
  assert_equal "$soft" "$hard"
  skip_on runc "the Go runtime that it is made with raises the limit to the hard one"
  assert_equal "$(run_container --rm none sh -c 'ulimit -Sn')" 777
  run_idle --name web >/dev/null
  assert_equal "$(isula exec web sh -c 'ulimit -Sn')" 777
  isula rm -f web
}

@test "daemons with directories of their own run side by side" {
  mkdir "$CASE/two"
  (
    exec </dev/null >"$CASE/two/log" 2>&1 3>&- 4>&-
    setsid "$ISULAD_BIN/isulad" -g "$CASE/two/graph" -S "$CASE/two/state" -H "unix://$CASE/two/sock" -G root \
      -p "$CASE/two/pid" --cgroup-parent "$CGROUP_PARENT/two" --config "$DIR/daemon.json" &
    echo $! >"$CASE/two/launched"
  )
  wait_until 20 isula -H "unix://$CASE/two/sock" version >/dev/null 2>&1
  run_idle --name web
  assert_equal "$(isula -H "unix://$CASE/two/sock" ps -aq)" ""
  kill "$(<"$CASE/two/launched")"
  wait_until 10 process_gone "$(<"$CASE/two/launched")"
  assert_missing "$CASE/two/pid"
  is_running web
  isula rm -f web
}

@test "the socket has mode 0660 and the group that was asked for, the pid file the pid" {
  assert_equal "$(stat -c '%a %U:%G' "$DIR/isulad.sock")" "660 root:root"
  assert_equal "$(<"$DIR/isulad.pid")" "$(daemon_pid)"
}

@test "unknown flags, bad values, unknown keys and wrong types stop the start, each by name" {
  local daemon=(timeout 20 "$ISULAD_BIN/isulad" -g "$CASE/g" -S "$CASE/s" -H "unix://$CASE/sock" -G root -p "$CASE/pid")
  expect 125 "${daemon[@]}" --nosuch
  assert_contains "$stderr" "Unknown flag found: '--nosuch'"
  expect 125 "${daemon[@]}" -l LOUD
  assert_contains "$stderr" "log-level"
  expect 125 "${daemon[@]}" -H tcp://0.0.0.0:1
  assert_contains "$stderr" "tcp://0.0.0.0:1"
  local json name
  while IFS='|' read -r json name; do
    echo "$json" >"$CASE/daemon.json"
    expect 125 "${daemon[@]}" --config "$CASE/daemon.json"
    assert_one_line "$stderr"
    assert_contains "$stderr" "$name"
  done <<'EOT'
{"nosuch-key": 1}|"nosuch-key"
{"graph": 5}|graph
{"hosts": "x"}|hosts
{"log-level": "LOUD"}|log-level
{"mount-namespace": "mine"}|mount-namespace
{"host-channel-memory-max": "lots"}|host-channel-memory-max
{"default-runtime": "nosuch"}|"nosuch"
{"runtimes": {"x": {"paht": "/x"}}}|paht
{"tls": true}|tls
[]|daemon.json
{"graph": |daemon.json
EOT
  expect 125 "${daemon[@]}" --config "$CASE/nosuch.json"
  assert_contains "$stderr" "$CASE/nosuch.json"
  assert_missing "$CASE/g"
}

@test "a key that iSula knows and we do not serve is a warning, and the daemon starts" {
  echo '{"storage-driver": "overlay2", "registry-mirrors": ["x"], "log-level": "INFO"}' >"$DIR/daemon.json"
  : >"$DIR/daemon.log"
  restart_daemon TERM
  grep -q '"\?storage-driver' "$DIR/daemon.log"
  grep -q 'registry-mirrors' "$DIR/daemon.log"
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
}

@test "SIGTERM ends the daemon with 0 and leaves containers running, and the next one adopts them" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  run_container -d --name ending none sh -c 'sleep 1; exit 7'
  isula exec web sh -c 'echo kept >/c/file'
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  kill_daemon TERM
  assert_missing "$DIR/isulad.sock"
  assert_missing "$DIR/isulad.pid"
  process_runs "$pid"
  is_mounted "$SHARED/c"
  sleep 1.2
  start_daemon
  assert_equal "$(inspect web '{{.State.Status}} {{.State.Pid}}')" "running $pid"
  assert_equal "$(isula wait ending)" 7
  assert_equal "$(isula exec web cat /c/file)" kept
  expect 0 isula stop -t 0 web
  expect 0 isula rm web ending
  assert_missing "$SHARED/c"
}

# bats test_tags=runtime
@test "a monitor that dies before it has answered the next daemon is noticed" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  local monitor
  monitor=$(sed -n 's/^PPid:\t//p' "/proc/$(inspect web '{{.State.Pid}}')/status")
  kill -STOP "$monitor"
  kill_daemon KILL
  start_daemon
  assert_equal "$(inspect web '{{.State.Status}}')" running
  kill -KILL "$monitor"
  wait_until 10 has_ended web
  assert_contains "$(inspect web '{{.State.Error}}')" "monitor"
  expect 0 isula start web
  expect 0 isula rm -f web
  assert_missing "$SHARED/c"
}

# bats test_tags=runtime
@test "a start that the daemon's death cut short, and its monitor's, leaves the container as it was" {
  # A runtime whose start takes as long as the test needs.
  cat >"$CASE/$ISULAD_RUNTIME" <<EOT
#!/bin/sh
case "\$*" in *" run "*) [ ! -e $CASE/wait ] || { echo \$\$ >$CASE/runtime; exec sleep 1000; } ;; esac
exec $(command -v "$ISULAD_RUNTIME") "\$@"
EOT
  chmod +x "$CASE/$ISULAD_RUNTIME"
  echo "{\"runtimes\": {\"slow\": {\"path\": \"$CASE/$ISULAD_RUNTIME\"}}}" >"$DIR/daemon.json"
  restart_daemon TERM
  create --name web --runtime slow none sh -c 'exit 7'
  expect 7 isula start -a web
  touch "$CASE/wait"
  isula start web 2>/dev/null 3>&- &
  wait_until 10 test -s "$CASE/runtime"
  kill_daemon KILL
  rm "$CASE/wait"
  start_daemon
  assert_equal "$(inspect web '{{.State.Status}}')" starting
  kill -KILL "$(pgrep -f "isulad-shim $(inspect web '{{.Id}}')")"
  wait_until 10 has_ended web
  assert_equal "$(inspect web '{{.State.ExitCode}} {{.State.Error}}')" "7 "
  kill -KILL "$(<"$CASE/runtime")" 2>/dev/null || true
  expect 7 isula start -a web
  isula rm web
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
  rm -r "$DIR/state/runtime-slow"
}

# bats test_tags=runtime
@test "kill -9 of the daemon: exec, stop and rm work afterwards, and the exit codes are right" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  run_container -d --name five none sh -c 'sleep 0.5; exit 5'
  run_container -d --name killed none sh -c 'sleep 0.5; kill -9 $$' || true
  run_container -d --rm --name gone --host-channel "$SHARED/gone:/c" none sleep 0.5
  isula exec web sh -c 'echo kept >/c/file'
  create --name idle none true
  kill_daemon KILL
  sleep 0.8
  start_daemon
  assert_equal "$(isula ps -a --format '{{.Names}}' | sort | tr '\n' ' ')" "five idle killed web "
  assert_equal "$(isula wait five)" 5
  assert_equal "$(inspect five '{{.State.Status}}')" exited
  assert_equal "$(inspect idle '{{.State.Status}}')" inited
  assert_missing "$SHARED/gone"
  assert_equal "$(isula exec web cat /c/file)" kept
  isula exec web sh -c 'echo more >>/c/file'
  assert_equal "$(<"$SHARED/c/file")" $'kept\nmore'
  expect 0 isula stop -t 0 web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  expect 0 isula start web
  assert_equal "$(isula exec web cat /c/file)" $'kept\nmore'
  expect 0 isula rm -f web five killed idle
  assert_missing "$SHARED/c"
}

@test "the log goes on while there is no daemon" {
  run_container -d --name web none sh -c 'for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i; sleep 0.1; done'
  kill_daemon KILL
  sleep 1.2
  start_daemon
  assert_equal "$(isula logs web | tail -n 1)" "line 10"
  assert_equal "$(isula logs web | wc -l)" 10
  isula rm -f web
}

@test "a service manager hears that the daemon serves, when it does, and that it ends" {
  local address
  for address in "$CASE/notify" "@$CASE/notify"; do
    kill_daemon TERM
    rm -f "$CASE/heard"  # which says "listening" for the address before
    /usr/bin/python3 "$E2E_LIB/notify.py" "$address" "$DIR/isulad.sock" >"$CASE/heard" 3>&- 4>&- &
    local manager=$!
    wait_until 10 grep -q listening "$CASE/heard"
    NOTIFY_SOCKET=$address start_daemon
    wait_until 10 grep -q READY "$CASE/heard"
    # Nobody whom the daemon starts is asked.
    run_idle --name web
    local pid
    pid=$(inspect web '{{.State.Pid}}')
    for pid in "$pid" "$(sed -n 's/^PPid:\t//p' "/proc/$pid/status")"; do
      refute grep -qz '^NOTIFY_SOCKET=' "/proc/$pid/environ"
    done
    isula rm -f web
    kill_daemon TERM
    wait "$manager"
    assert_equal "$(<"$CASE/heard")" $'listening\nREADY=1 connected\nSTOPPING=1'
    start_daemon
  done
}

@test "a service manager that cannot be told does not keep the daemon from serving" {
  : >"$DIR/daemon.log"
  kill_daemon TERM
  NOTIFY_SOCKET=$CASE/nosuch start_daemon
  grep -q "service manager not told" "$DIR/daemon.log"
  restart_daemon TERM
}

@test "kills of the daemon in a row lose nothing" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'echo kept >/c/file'
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  for _ in $(seq "$(rounds 10)"); do
    restart_daemon KILL
    assert_equal "$(inspect web '{{.State.Pid}}')" "$pid"
  done
  assert_equal "$(isula exec web cat /c/file)" kept
  isula rm -f web
}

@test "kill -9 in the middle of creates, starts and removals leaves nothing that rm does not clear" {
  local round client
  for round in $(seq "$(rounds 8)"); do
    (
      for i in 1 2 3 4 5; do
        isula run --rm --external-rootfs "$ROOTFS" --host-channel "$SHARED/p/c$i:/c:rw:1M" none true
      done >/dev/null 2>&1 3>&-
    ) &
    client=$!
    sleep "0.$((round * 7 % 10))"
    kill_daemon KILL
    wait "$client" || true
    start_daemon
    wait_until 10 remove_all
    assert_missing "$SHARED/p"
    assert_equal "$(ls -A "$DIR/graph/channels")" ""
    assert_equal "$(ls -A "$DIR/graph/containers")" ""
  done
}

@test "a damaged container is set aside and reported, the others are served" {
  run_idle --name web
  local id
  id=$(create --name broken none true)
  kill_daemon TERM
  echo '{' >"$DIR/graph/containers/$id/config.json"
  : >"$DIR/daemon.log"
  start_daemon
  assert_equal "$(isula ps -a --format '{{.Names}}')" web
  is_running web
  grep -q "$id" "$DIR/daemon.log"
  test -d "$DIR/graph/damaged/$id"
  isula rm -f web
  rm -r "$DIR/graph/damaged"
}

# A stand-in for the host with a pid and a mount namespace of its own, for the daemon must be able to look at
# process 1: in a sandbox it may not.
start_stand_in() {
  unshare --pid --fork --kill-child --mount --mount-proc sleep 1000 >/dev/null 2>&1 3>&- 4>&- &
  STAND_IN_PARENT=$!
  wait_until 20 has_child "$STAND_IN_PARENT"
  STAND_IN=$(child_of "$STAND_IN_PARENT")
  wait_until 20 in_stand_in mountpoint -q /proc
}

stop_stand_in() {
  kill -KILL "$STAND_IN_PARENT"
  wait_until 20 process_gone "$STAND_IN"
}

in_stand_in() { nsenter --target "$STAND_IN" --pid --mount "$@"; }
child_of() { cut -d ' ' -f 1 "/proc/$1/task/$1/children"; }
has_child() { [ -n "$(child_of "$1")" ]; }

# start_daemon_in_stand_in [COMMAND...]: by this command.
start_daemon_in_stand_in() {
  local flags
  mapfile -d '' flags < <(private_flags "$DIR")
  : >"$DIR/daemon.log"
  launch nsenter --target "$STAND_IN" --pid --mount "$@" "$ISULAD_BIN/isulad" "${flags[@]}" \
    --config "$DIR/daemon.json"
  wait_until 20 has_child "$(daemon_pid)"
  child_of "$(daemon_pid)" >"$DIR/launched.child"
  mv "$DIR/launched.child" "$DIR/launched"
  wait_for_daemon
}

# In a mount namespace of its own, as under a service manager that isolates it.
readonly ISOLATED=(unshare --mount --propagation slave)

@test "a daemon in a mount namespace of its own says that the host does not see its mounts" {
  kill_daemon TERM
  start_stand_in
  start_daemon_in_stand_in "${ISOLATED[@]}"
  grep -q "mount namespace is not the host's" "$DIR/daemon.log"
  expect 0 isula info
  assert_contains "$output" "Host Mount Namespace: no"
  kill_daemon TERM
  start_daemon_in_stand_in
  refute grep -q "mount namespace is not the host's" "$DIR/daemon.log"
  expect 0 isula info
  assert_contains "$output" "Host Mount Namespace: yes"
  kill_daemon TERM
  stop_stand_in
  start_daemon
}

@test "mount-namespace: host makes such a daemon mount where the host sees it" {
  kill_daemon TERM
  start_stand_in
  echo '{"mount-namespace": "host"}' >"$DIR/daemon.json"
  start_daemon_in_stand_in "${ISOLATED[@]}"
  [ "$(readlink "/proc/$(daemon_pid)/ns/mnt")" != "$(readlink "/proc/$STAND_IN/ns/mnt")" ]
  refute grep -q "mount namespace is not the host's" "$DIR/daemon.log"
  run_idle --name web --host-channel "$SHARED/new/c:/c:rw:1M"
  in_stand_in findmnt --mountpoint "$SHARED/new/c"
  assert_equal "$(in_stand_in stat -c %a "$SHARED/new/c")" 1777
  in_stand_in sh -c "echo from the host >'$SHARED/new/c/file'"
  assert_equal "$(isula exec web cat /c/file)" "from the host"
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec web cat /c/file)" "from the host"
  expect 0 isula rm -f web
  assert_missing "$SHARED/new"
  kill_daemon TERM
  stop_stand_in
  echo '{}' >"$DIR/daemon.json"
  start_daemon
}
