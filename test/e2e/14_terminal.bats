# run -it and exec -it as a person at a terminal sees them.
load lib/e2e

terminal_run() {
  tty "$ISULAD_BIN/isula" run --external-rootfs "$ROOTFS" "$@"
}

# bats test_tags=runtime
@test "run -it gives a prompt with the short id as host name, and the shell's exit status" {
  local status=0 output
  output=$(terminal_run --name web -it --system-container none init <<'STEPS'
expect root@[0-9a-f]{12}:/#
send hostname\r
expect \n[0-9a-f]{12}\r
send exit 7\r
STEPS
  ) || status=$?
  assert_equal "$status" 7
  assert_contains "$output" "root@$(inspect web '{{.Id}}' | cut -c 1-12):/#"
  isula rm web
}

@test "the window's size arrives, and follows the terminal's" {
  tty --size 33x101 "$ISULAD_BIN/isula" run --rm --external-rootfs "$ROOTFS" -it none sh <<'STEPS'
expect #
send stty size\r
expect 33 101
resize 44 120
sleep 0.3
send stty size\r
expect 44 120
send exit\r
STEPS
}

# bats test_tags=runtime
@test "the window's size follows in exec -it" {
  run_idle --name web
  tty --size 20x70 "$ISULAD_BIN/isula" exec -it web sh <<'STEPS'
expect #
send stty size\r
expect 20 70
resize 50 90
sleep 0.3
send stty size\r
expect 50 90
send exit\r
STEPS
  isula rm -f web
}

@test "ctrl-p ctrl-q detaches: status 0, the terminal restored, the container goes on" {
  local status=0
  terminal_run --name web -it none sh <<'STEPS' || status=$?
expect #
send \x10\x11
STEPS
  assert_equal "$status" 0
  is_running web
  isula rm -f web
}

@test "ctrl-p alone, or with another key, reaches the container" {
  terminal_run --rm -it none sh -c 'stty raw -echo; echo ready; dd bs=1 count=2 2>/dev/null | od -An -tx1; stty sane' <<'STEPS'
expect ready
send \x10a
expect 10 61
STEPS
}

@test "ctrl-c goes to the container's process, not to the client" {
  local status=0
  terminal_run --rm -it none sh -c 'trap "echo caught; exit 4" INT; echo ready; while :; do sleep 0.1; done' <<'STEPS' || status=$?
expect ready
send \x03
expect caught
STEPS
  assert_equal "$status" 4
}

@test "the terminal is restored when the client is ended by a signal" {
  local name status
  for name in TERM HUP INT; do
    status=0
    terminal_run --name web -it none sh <<STEPS || status=$?
expect #
signal $name
STEPS
    [ "$status" -ne 99 ] || fail "not restored after SIG$name"
    [ "$status" -ne 124 ] || fail "did not end by SIG$name"
    isula rm -f web
  done
}

@test "the terminal is restored when the daemon goes away" {
  {
    wait_until 20 logs_contain web typed  # by then the client has seen the prompt
    kill_daemon KILL
  } >/dev/null &
  local killer=$! status=0
  terminal_run --name web -it none sh <<'STEPS' || status=$?
expect #
send echo ty''ped\r
STEPS
  wait "$killer"
  [ "$status" -ne 99 ]
  [ "$status" -ne 124 ]
  start_daemon
  isula rm -f web
}

@test "output of a terminal is one stream with carriage returns" {
  local output
  output=$(run_container --rm -t none sh -c 'echo out; echo err >&2; test -t 0 && test -t 1 && echo tty' | tr '\r' '!')
  assert_equal "$output" $'out!\nerr!\ntty!'
}

@test "exec -it is a terminal of its own and gives its status" {
  run_idle --name web
  local status=0
  tty "$ISULAD_BIN/isula" exec -it web sh <<'STEPS' || status=$?
expect #
send tty; test -t 0 && echo is_a_tty\r
expect \nis_a_tty
send exit 9\r
STEPS
  assert_equal "$status" 9
  isula rm -f web
}

# bats test_tags=runtime
@test "start -ai comes back to a container with a terminal" {
  create --name web -it none sh
  local status=0
  tty "$ISULAD_BIN/isula" start -ai web <<'STEPS' || status=$?
expect #
send echo a''b; exit 6\r
expect ab
STEPS
  assert_equal "$status" 6
  isula rm web
}

@test "job control works in the container's terminal" {
  terminal_run --rm -it none sh <<'STEPS'
expect #
send sleep 100\r
sleep 0.2
send \x1a
expect Stopped
send kill -9 %1; wait %1\r
expect #
send exit; exit\r
STEPS
}
