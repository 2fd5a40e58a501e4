# pause, unpause and restart.
load lib/e2e

# A container that says a number every 0.1 s, from 1 on, and ends with 5 by SIGTERM.
run_counter() {
  local id
  id=$(run_container -d "$@" none sh -c 'trap "exit 5" TERM; i=0; while :; do i=$((i + 1)); echo "$i"; sleep 0.1; done')
  wait_until 10 logs_contain "$id" 1  # before that it has no handler, and as process 1 ignores the signal
}

status_of() { inspect "$1" '{{.State.Status}}'; }
has_status() { [ "$(status_of "$1")" = "$2" ]; }
pid_of() { inspect "$1" '{{.State.Pid}}'; }
lines_of() { isula logs "$1" | wc -l; }
says_more() { [ "$(lines_of "$1")" -gt "$2" ]; }

stands_still() {  # CONTAINER
  local before
  before=$(lines_of "$1")
  sleep 0.5
  assert_equal "$(lines_of "$1")" "$before"
}

# freeze_by_hand ID yes|no: as a daemon does that is killed before it has recorded it.
freeze_by_hand() {
  if [ -d /sys/fs/cgroup/freezer ]; then
    [ "$2" = yes ] && echo FROZEN >"/sys/fs/cgroup/freezer$CGROUP_PARENT/$1/freezer.state" ||
      echo THAWED >"/sys/fs/cgroup/freezer$CGROUP_PARENT/$1/freezer.state"
  else
    [ "$2" = yes ] && echo 1 >"/sys/fs/cgroup$CGROUP_PARENT/$1/cgroup.freeze" ||
      echo 0 >"/sys/fs/cgroup$CGROUP_PARENT/$1/cgroup.freeze"
  fi
}

@test "pause stops every process where it stands, unpause lets them go on" {
  run_counter --name web --host-channel "$SHARED/c:/c"
  isula exec -d web sh -c 'while :; do echo x >>/c/file; sleep 0.05; done'
  wait_until 20 test -s "$SHARED/c/file"
  expect 0 isula pause web
  assert_equal "$output" web
  local size
  size=$(stat -c %s "$SHARED/c/file")
  stands_still web
  assert_equal "$(stat -c %s "$SHARED/c/file")" "$size"
  assert_equal "$(inspect web '{{.State.Status}} {{.State.Running}} {{.State.Paused}}')" "paused true true"
  [ "$(pid_of web)" -gt 0 ]
  assert_match "$(isula ps --format '{{.Names}} {{.Status}} {{.State}}')" '^web Up .* \(Paused\) paused$'
  assert_equal "$(isula ps -q --filter status=paused --no-trunc)" "$(inspect web '{{.Id}}')"
  assert_equal "$(isula ps -q --filter status=running)" ""
  assert_match "$(isula info)" $'\n Running: 0\n Paused: 1\n'
  expect 0 isula unpause web
  assert_equal "$output" web
  wait_until 20 says_more web "$(lines_of web)"
  assert_equal "$(inspect web '{{.State.Status}} {{.State.Paused}}')" "running false"
  assert_match "$(isula info)" $'\n Running: 1\n Paused: 0\n'
  isula rm -f web
}

@test "what a paused container refuses, it refuses with the reason and status 1 or 125" {
  run_counter --name web
  expect 1 isula unpause web
  assert_equal "$stderr" 'Error response from daemon: container "web": is not paused'
  isula pause web
  expect 1 isula pause web
  assert_equal "$stderr" 'Error response from daemon: container "web": is paused already'
  local reason='Error response from daemon: container "web" is paused: unpause it first'
  expect 1 isula attach web
  assert_equal "$stderr" "$reason"
  expect 125 isula exec web true
  assert_equal "$stderr" "$reason"
  expect 125 isula start web
  assert_equal "$stderr" "$reason"
  expect 125 isula start -a web
  assert_equal "$stderr" "$reason"
  expect 1 isula rm web
  assert_contains "$stderr" "is paused: stop it first, or remove it with -f"
  create --name idle none true
  expect 1 isula pause web idle nosuch
  assert_contains "$stderr" 'container "idle": is not running'
  assert_contains "$stderr" "No such container: nosuch"
  isula rm idle
  isula rm -f web
}

@test "stop of a paused container sends its signal, then lets it go on" {
  run_counter --name web
  isula pause web
  local begin=$SECONDS
  expect 0 isula stop -t 30 web
  [ $((SECONDS - begin)) -lt 15 ]
  assert_equal "$(inspect web '{{.State.Status}} {{.State.Paused}} {{.State.ExitCode}}')" "exited false 5"
  isula rm web
}

@test "stop kills a paused container that ignores its signal" {
  run_container -d --name web none sh -c 'trap "" TERM; sleep 1000 & wait'
  isula pause web
  expect 0 isula stop -t 1 web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  isula rm web
}

@test "kill and rm -f of a paused container leave nothing" {
  run_counter --name web --host-channel "$SHARED/c:/c"
  isula exec -d web sleep 1000
  isula pause web
  expect 0 isula kill -s KILL web
  wait_until 10 has_ended web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  isula start web
  isula pause web
  expect 0 isula rm -f web
  assert_missing "$SHARED/c"
  run_counter --rm --name web
  isula pause web
  expect 0 isula stop -t 0 web
  wait_until 10 no_containers
}

@test "another signal to a paused container is delivered when it is unpaused" {
  run_counter --name web
  isula pause web
  expect 0 isula kill -s TERM web
  sleep 0.3
  assert_equal "$(status_of web)" paused
  expect 0 isula unpause web
  assert_equal "$(isula wait web)" 5
  isula rm web
}

@test "a pause while a container is being stopped does not keep it from ending" {
  run_container -d --name web none sh -c 'trap "" TERM; echo ready; sleep 1000 & wait'
  wait_until 20 logs_contain web ready
  isula stop -t 3 web >/dev/null 2>&1 3>&- &
  local stop=$!
  sleep 0.5
  expect 0 isula pause web
  wait "$stop"
  assert_equal "$(inspect web '{{.State.Status}} {{.State.ExitCode}}')" "exited 137"
  isula rm web
}

@test "a paused container whose process is killed from outside ends at the latest when it is unpaused" {
  run_counter --name web
  isula pause web
  kill -KILL "$(pid_of web)"
  if [ -d /sys/fs/cgroup/freezer ]; then
    # Version 1 holds it until then.
    sleep 0.3
    assert_equal "$(status_of web)" paused
    expect 0 isula unpause web
  fi
  wait_until 10 has_ended web
  assert_equal "$(inspect web '{{.State.ExitCode}} {{.State.Paused}}')" "137 false"
  expect 0 isula start web
  isula rm -f web
}

@test "a client that is attached while a container is paused misses nothing" {
  run_counter --name web
  "$ISULAD_BIN/isula" attach web >"$CASE/out" 2>&1 </dev/null 3>&- &
  local client=$! status=0
  wait_until 20 test -s "$CASE/out"
  isula pause web
  stands_still web
  isula unpause web
  wait_until 20 says_more web "$(lines_of web)"
  isula stop web
  wait "$client" || status=$?
  assert_equal "$status" 5
  assert_equal "$(<"$CASE/out")" "$(isula logs web | tail -n "$(wc -l <"$CASE/out")")"
  isula rm web
}

@test "a container stays paused while the daemon is killed and started again" {
  run_counter --name web
  isula pause web
  restart_daemon KILL
  assert_equal "$(status_of web)" paused
  stands_still web
  expect 0 isula unpause web
  wait_until 20 says_more web "$(lines_of web)"
  restart_daemon KILL
  assert_equal "$(status_of web)" running
  isula rm -f web
}

@test "a daemon that was killed between freezing and recording: the next one sees what is" {
  run_counter --name web
  local id
  id=$(inspect web '{{.Id}}')
  kill_daemon KILL
  freeze_by_hand "$id" yes
  start_daemon
  assert_equal "$(status_of web)" paused
  expect 1 isula pause web
  kill_daemon KILL
  freeze_by_hand "$id" no
  start_daemon
  assert_equal "$(status_of web)" running
  expect 0 isula pause web
  expect 0 isula stop web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 5
  isula rm web
}

@test "stop ends a container that somebody else has frozen" {
  run_counter --name web
  freeze_by_hand "$(inspect web '{{.Id}}')" yes
  expect 0 isula stop -t 1 web
  assert_equal "$(inspect web '{{.State.Status}}')" exited
  isula rm web
}

@test "a paused container whose monitor is killed is ended by the daemon" {
  run_counter --name web
  isula pause web
  kill -KILL "$(sed -n 's/^PPid:\t//p' "/proc/$(pid_of web)/status")"
  wait_until 15 has_ended web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 255
  isula rm web
}

@test "kills of the daemon in the middle of pauses lose nothing" {
  run_counter --name web
  local round looper
  for round in $(seq "$(rounds 10)"); do
    (
      for _ in $(seq 40); do
        isula pause web
        isula unpause web
      done >/dev/null 2>&1 3>&-
    ) &
    looper=$!
    sleep "0.$round"
    kill_daemon KILL
    wait "$looper" || true
    start_daemon
    if has_status web paused; then
      stands_still web
      isula unpause web
    fi
    assert_equal "$(status_of web)" running
    wait_until 20 says_more web "$(lines_of web)"
  done
  expect 0 isula stop web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 5
  isula rm web
}

@test "restart ends the process with its signal and starts another, the channel keeps what is in it" {
  run_container -d --name web --stop-signal USR1 --host-channel "$SHARED/c:/c" none \
    sh -c 'trap "echo bye; exit 0" USR1; echo hello; while :; do sleep 0.1; done'
  wait_until 20 logs_contain web hello
  isula exec web sh -c 'echo kept >/c/file'
  local pid
  pid=$(pid_of web)
  expect 0 isula restart web
  assert_equal "$output" web
  assert_equal "$stderr" ""
  is_running web
  [ "$(pid_of web)" != "$pid" ]
  process_gone "$pid"
  assert_equal "$(isula exec web cat /c/file)" kept
  assert_equal "$(<"$SHARED/c/file")" kept
  logs_contain web bye
  isula rm -f web
}

@test "restart kills what ignores the signal when its time is up" {
  run_container -d --name web none sh -c 'trap "" TERM; sleep 1000 & wait'
  local pid
  pid=$(pid_of web)
  expect 0 isula restart -t 1 web
  process_gone "$pid"
  is_running web
  isula rm -f web
}

@test "restart starts a container that does not run, and one that is paused" {
  create --name idle none sleep 1000
  expect 0 isula restart idle
  is_running idle
  isula stop -t 0 idle
  expect 0 isula restart idle
  is_running idle
  isula pause idle
  expect 0 isula restart -t 0 idle
  assert_equal "$(status_of idle)" running
  expect 1 isula restart -t 0 idle nosuch
  assert_equal "$output" idle
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  isula rm -f idle
}

@test "a container with --rm outlives its restart, not the end after it" {
  run_counter --rm --name web --host-channel "$SHARED/c:/c"
  isula exec web sh -c 'echo kept >/c/file'
  local id
  id=$(inspect web '{{.Id}}')
  for _ in 1 2 3; do
    expect 0 isula restart -t 5 web
    assert_equal "$(inspect web '{{.Id}} {{.State.Status}}')" "$id running"
  done
  assert_equal "$(isula exec web cat /c/file)" kept
  isula stop web
  wait_until 10 no_containers
  assert_missing "$SHARED/c"
}

@test "the client of run --rm ends with the run that is restarted" {
  "$ISULAD_BIN/isula" run --rm --external-rootfs "$ROOTFS" --name web none \
    sh -c 'trap "exit 5" TERM; echo ready; sleep 1000 & wait' >"$CASE/out" 2>&1 </dev/null 3>&- &
  local client=$! status=0
  wait_until 20 grep -qs ready "$CASE/out"
  expect 0 isula restart web
  wait_until 10 process_gone "$client"
  wait "$client" || status=$?
  assert_equal "$status" 5
  is_running web
  isula rm -f web
}

@test "a restart whose start fails says why, and with --rm nothing is left" {
  mkdir "$SHARED/vol"
  run_container -d --name web -v "$SHARED/vol:/v" none sleep 1000
  run_container -d --rm --name gone -v "$SHARED/vol:/v" none sleep 1000
  mv "$SHARED/vol" "$SHARED/moved"
  expect 1 isula restart -t 0 web
  assert_one_line "$stderr"
  assert_equal "$(status_of web)" exited
  expect 1 isula restart -t 0 gone
  assert_one_line "$stderr"
  expect 1 isula inspect gone
  mv "$SHARED/moved" "$SHARED/vol"
  expect 0 isula restart web
  is_running web
  isula rm -f web
  rmdir "$SHARED/vol"
}

@test "two restarts at once both succeed, and neither kills what the other has started" {
  run_container -d --name web none sh -c 'trap "exit 0" TERM; sleep 1000 & wait'
  local i one two
  for i in 1 2 3 4 5; do
    isula restart -t 20 web >/dev/null 2>"$CASE/one" 3>&- &
    one=$!
    isula restart -t 20 web >/dev/null 2>"$CASE/two" 3>&- &
    two=$!
    wait "$one"
    wait "$two"
    assert_equal "$(cat "$CASE/one" "$CASE/two")" ""
    is_running web
  done
  isula rm -f web
}

# A client of the race: this verb on both containers, again and again; what it is refused with goes to its file.
race() {  # FILE VERB...
  local file=$1 i status name
  shift
  for i in $(seq "$(rounds 8)"); do
    for name in web gone; do
      status=0
      timeout 120 isula "$@" "$name" >/dev/null 2>>"$file" || status=$?
      case $status in
        0 | 1 | 125) ;;
        *) echo "status $status of $* $name" >>"$file" ;;
      esac
    done
  done
}

@test "twenty clients at once restart, stop, start, pause, unpause and kill: some order, or a reason, nothing lost" {
  run_container -d --name web --host-channel "$SHARED/c:/c" none \
    sh -c 'trap "exit 0" TERM; sleep 1000 & wait'
  run_container -d --rm --name gone --host-channel "$SHARED/gone:/c" none \
    sh -c 'trap "exit 0" TERM; sleep 1000 & wait'
  isula exec web sh -c 'echo kept >/c/file'
  local i verbs=("restart -t 5" "restart -t 0" "stop -t 5" start pause unpause "kill -s KILL" "restart -t 1" "start"
    "unpause") clients=()
  for i in $(seq 0 19); do
    # shellcheck disable=SC2086
    race "$CASE/race.$i" ${verbs[$((i % 10))]} 3>&- &
    clients+=("$!")
  done
  for i in "${clients[@]}"; do
    wait "$i"
  done
  # Every refusal is a line with its reason.
  refute grep -vhE 'container "(web|gone)":? (is|cannot)|No such container: |host channels have been removed' "$CASE"/race.*
  expect 0 isula restart -t 0 web
  assert_equal "$(status_of web)" running
  assert_equal "$(isula exec web cat /c/file)" kept
  isula rm -f web
  isula rm -f gone 2>/dev/null || true
  wait_until 10 no_containers
  assert_missing "$SHARED/c"
  assert_missing "$SHARED/gone"
}

@test "restarts against rm -f at once: gone at the end, each refusal with its reason" {
  local i round clients
  for round in $(seq "$(rounds 4)"); do
    run_container -d --name web --host-channel "$SHARED/c:/c" none \
      sh -c 'trap "exit 0" TERM; sleep 1000 & wait'
    clients=()
    for i in $(seq 10); do
      isula restart -t 5 web >/dev/null 2>"$CASE/race.$round.$i" 3>&- &
      clients+=("$!")
    done
    isula rm -f web >/dev/null 2>"$CASE/rm.$round" || isula rm -f web || true
    for i in "${clients[@]}"; do
      wait "$i" || true
    done
    refute grep -vhE 'No such container: |container "web":? (is|cannot)|is started again each time' "$CASE/race.$round".*
    isula rm -f web 2>/dev/null || true
    wait_until 10 no_containers
    assert_missing "$SHARED/c"
  done
}
