# attach: clients that join a running container, and how they part from it.
load lib/e2e

# A container that says a number every 0.1 s, from 1 on, and ends with 5 by SIGTERM.
run_counter() {
  local id
  id=$(run_container -d "$@" none sh -c 'trap "exit 5" TERM; i=0; while :; do i=$((i + 1)); echo "$i"; sleep 0.1; done')
  wait_until 10 logs_contain "$id" 1  # before that it has no handler, and as process 1 ignores the signal
}

# attach_to_file NAME FILE [FLAG...]: in the background; its pid is $client.
attach_to_file() {
  local name=$1 file=$2
  shift 2
  "$ISULAD_BIN/isula" attach "$@" "$name" >"$file" 2>"$file.err" </dev/null 3>&- &
  client=$!
}

# The client's exit status; fails where it does not end.
end_of() {
  wait_until 30 process_gone "$1"
  status=0
  wait "$1" || status=$?
}

has_lines() { [ "$(wc -l <"$1")" -ge "$2" ]; }

@test "attach shows what comes from then on and ends as the container does" {
  run_counter --name web
  wait_until 20 logs_contain web 3
  attach_to_file web "$CASE/out"
  wait_until 20 has_lines "$CASE/out" 3
  refute grep -qx 1 "$CASE/out"
  isula kill -s TERM web
  end_of "$client"
  assert_equal "$status" 5
  assert_equal "$(<"$CASE/out.err")" ""
  assert_equal "$(tail -n 1 "$CASE/out")" "$(isula logs --tail 1 web)"
  isula rm web
}

@test "attach to a container with --rm ends when it is gone" {
  run_counter --rm --name web --host-channel "$SHARED/c:/c"
  attach_to_file web "$CASE/out"
  wait_until 20 has_lines "$CASE/out" 1
  isula kill -s KILL web
  end_of "$client"
  assert_equal "$status" 137
  no_containers
  assert_missing "$SHARED/c"
}

@test "what cannot be attached to is refused in one line with status 1" {
  expect 1 isula attach nosuch
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  create --name web none true
  expect 1 isula attach web
  assert_equal "$stderr" 'Error response from daemon: container "web" is not running'
  isula start -a web
  expect 1 isula attach web
  assert_equal "$stderr" 'Error response from daemon: container "web" is not running'
  isula rm web
  expect 125 isula attach --detach-keys ctrl-1 web
  assert_contains "$stderr" 'Invalid value "ctrl-1" for flag --detach-keys'
  expect 125 isula attach
  expect 125 isula attach a b
}

@test "two clients see the same output, and both may type" {
  run_container -dit --name web none sh
  tty "$ISULAD_BIN/isula" attach web >"$CASE/first" <<'STEPS' 3>&- &
expect #
expect \nfrom-second
send echo from-fi''rst\r
expect \nfrom-first
send \x10\x11
STEPS
  local first=$! status=0
  tty "$ISULAD_BIN/isula" attach web <<'STEPS' || status=$?
expect #
sleep 0.5
send echo from-se''cond\r
expect \nfrom-second
expect \nfrom-first
send \x10\x11
STEPS
  assert_equal "$status" 0
  wait "$first"
  is_running web
  isula rm -f web
}

@test "a terminal takes the size of the client that attached last, and hears of it" {
  run_container -dit --name web none sh
  tty --size 30x90 "$ISULAD_BIN/isula" attach web <<'STEPS'
expect #
send stty size\r
expect 30 90
resize 44 120
sleep 0.3
send stty size\r
expect 44 120
send \x10\x11
STEPS
  tty --size 44x120 "$ISULAD_BIN/isula" attach web <<'STEPS'
expect #
send trap 'echo re''sized' WINCH; read x; echo go''ne\r
expect echo go
send \x10\x11
STEPS
  local status=0
  tty --size 44x120 "$ISULAD_BIN/isula" attach web <<'STEPS' || status=$?
sleep 1
send \r
expect resized
send stty size\r
expect 44 120
send exit 3\r
STEPS
  assert_equal "$status" 3
  isula rm web
}

@test "the keys that detach can be chosen, for run, start, exec and attach" {
  tty "$ISULAD_BIN/isula" run --external-rootfs "$ROOTFS" --name web --detach-keys ctrl-a,q -it none sh <<'STEPS'
expect #
send \x10\x11
send echo a''b\r
expect \nab
send \x01q
STEPS
  is_running web
  tty "$ISULAD_BIN/isula" attach --detach-keys x web <<'STEPS'
expect #
send x
STEPS
  tty "$ISULAD_BIN/isula" exec --detach-keys ctrl-_ -it web sh <<'STEPS'
expect #
send \x1f
STEPS
  isula stop -t 0 web
  tty "$ISULAD_BIN/isula" start --detach-keys ctrl-b,ctrl-b -ai web <<'STEPS'
expect #
send \x02\x02
STEPS
  is_running web
  isula rm -f web
}

has_been_attached() { isula events --name "$1" --since 1h --until 0s --format '{{.Action}}' | grep -qx attach; }

@test "the end of one client's input leaves that of the others open" {
  run_container -di --name typed none sh -c 'while read -r line; do echo "got $line"; done'
  attach_to_file typed "$CASE/out"
  wait_until 10 has_been_attached typed
  echo one | timeout 20 isula attach typed >"$CASE/one" 2>/dev/null 3>&- &
  local typist=$!
  wait_until 20 grep -qx "got one" "$CASE/out"
  is_running typed
  echo two | timeout 20 isula attach typed >"$CASE/two" 2>/dev/null 3>&- &
  local other=$!
  wait_until 20 grep -qx "got two" "$CASE/one"
  isula rm -f typed
  wait "$typist" "$other" || true
  end_of "$client"
  assert_equal "$(<"$CASE/out")" $'got one\ngot two'
}

@test "input of a container that was made for one client ends with that client's" {
  create -i --name web none cat
  isula start web
  assert_equal "$(echo fed | isula attach web)" fed
  isula rm web
}

@test "a container without -i does not read the client's standard input, and --no-stdin forwards none" {
  run_counter --name web
  local rest
  rest=$(printf '1\n2\n' | { timeout -k 1 1 "$ISULAD_BIN/isula" attach --sig-proxy=false web >/dev/null; cat; })
  assert_equal "$rest" $'1\n2'
  isula rm -f web
  run_container -di --name web none cat
  rest=$(printf '1\n2\n' | { timeout -k 1 1 "$ISULAD_BIN/isula" attach --no-stdin --sig-proxy=false web >/dev/null; cat; })
  assert_equal "$rest" $'1\n2'
  assert_equal "$(isula logs web)" ""
  isula rm -f web
}

@test "signals to the client go to the container's process, or with --sig-proxy=false to the client" {
  run_counter --name web
  attach_to_file web "$CASE/out" --sig-proxy=false
  wait_until 20 has_lines "$CASE/out" 1
  kill -TERM "$client"
  end_of "$client"
  assert_equal "$status" 143
  is_running web
  attach_to_file web "$CASE/again"
  wait_until 20 has_lines "$CASE/again" 1
  kill -TERM "$client"
  end_of "$client"
  assert_equal "$status" 5
  isula rm web
}

@test "a client that is killed leaves the container and the other clients alone" {
  run_counter --name web
  attach_to_file web "$CASE/out"
  local other=$client
  attach_to_file web "$CASE/killed"
  wait_until 20 has_lines "$CASE/killed" 1
  kill -KILL "$client"
  end_of "$client"
  local seen
  seen=$(wc -l <"$CASE/out")
  wait_until 20 has_lines "$CASE/out" $((seen + 5))
  expect 0 isula stop -t 5 web
  end_of "$other"
  assert_equal "$status" 5
  isula rm web
}

@test "the daemon dies: its clients say so in one line, the container goes on, the next daemon lets attach again" {
  run_counter --name web
  attach_to_file web "$CASE/out"
  wait_until 20 has_lines "$CASE/out" 1
  kill_daemon KILL
  end_of "$client"
  assert_equal "$status" 125
  assert_equal "$(<"$CASE/out.err")" "Error: connection to the daemon was lost"
  start_daemon
  attach_to_file web "$CASE/again"
  wait_until 20 has_lines "$CASE/again" 3
  [ "$(head -n 1 "$CASE/again")" -gt "$(tail -n 1 "$CASE/out")" ]
  isula kill -s TERM web
  end_of "$client"
  assert_equal "$status" 5
  isula rm web
}

@test "a client that stalls for 10 seconds is dropped and told so, the container and the other client go on" {
  run_container -d --name web none sh -c 'while :; do seq 1 2000; echo round; done'
  attach_to_file web "$CASE/stalled"
  local stalled=$client
  wait_until 20 test -s "$CASE/stalled"
  kill -STOP "$stalled"
  "$ISULAD_BIN/isula" attach web 2>"$CASE/other.err" </dev/null 3>&- >"$CASE/other" &
  local other=$!
  local id before
  id=$(inspect web '{{.Id}}')
  # Both stand still until the monitor lets go of the one that holds them up.
  wait_until 25 grep -qs "was dropped" "$DIR/state/containers/$id/monitor.log"
  before=$(stat -c %s "$CASE/other")
  grew() { [ "$(stat -c %s "$CASE/other")" -gt $((before + 1000000)) ]; }
  wait_until 10 grew
  is_running web
  kill -CONT "$stalled"
  end_of "$stalled"
  assert_equal "$status" 1
  assert_one_line "$(<"$CASE/stalled.err")"
  assert_contains "$(<"$CASE/stalled.err")" 'detached from container "web", which goes on'
  isula rm -f web
  end_of "$other"
  assert_equal "$status" 137
}

@test "twenty clients come and go at once while the container ends" {
  run_counter --name web
  local clients=() i
  for i in $(seq 20); do
    attach_to_file web "$CASE/out.$i"
    clients+=("$client")
  done
  for i in $(seq 20); do
    wait_until 10 has_lines "$CASE/out.$i" 1
  done
  kill -KILL "${clients[@]:0:5}"
  isula kill -s TERM web
  for client in "${clients[@]:5}"; do
    end_of "$client"
    assert_equal "$status" 5
  done
  for client in "${clients[@]:0:5}"; do
    end_of "$client"
  done
  isula rm web
}
