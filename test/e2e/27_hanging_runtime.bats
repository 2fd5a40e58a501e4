# A runtime that hangs costs the container its start, and nobody else anything.
load lib/e2e

# A runtime that hangs in the subcommand that the case names in $DIR/hang, with a child; and tells that it does.
setup_file() {
  make_directory
  export SLEEP=$((100000 + $$))  # which tells its child from those of others
  cat >"$DIR/$ISULAD_RUNTIME" <<EOT
#!/bin/sh
for word; do
  if [ -e $DIR/hang ] && [ "\$word" = "\$(cat $DIR/hang)" ]; then
    sleep $SLEEP &
    echo \$\$ >>$DIR/hanging
    wait
  fi
done
exec $(command -v "$ISULAD_RUNTIME") "\$@"
EOT
  chmod +x "$DIR/$ISULAD_RUNTIME"
  echo "{\"start-timeout\": \"2s\", \"runtimes\": {\"slow\": {\"path\": \"$DIR/$ISULAD_RUNTIME\"}}}" >"$DIR/daemon.json"
  start_daemon
  warm_up
  isula run --rm --runtime slow --external-rootfs "$ROOTFS" none true
}

teardown() {
  rm -f "$DIR/hang" "$DIR/hanging"
  default_teardown
}

hang_in() { echo "$1" >"$DIR/hang"; }
hangs() { [ -s "$DIR/hanging" ]; }
# Nothing of it is left.
lets_go() {
  local pid
  rm "$DIR/hang"
  while read -r pid; do process_gone "$pid" || fail "the runtime, $pid, still runs"; done <"$DIR/hanging"
  refute pgrep -fx "sleep $SLEEP" >/dev/null
}

# bats test_tags=runtime
@test "a start that takes too long is given up with its monitor and runtime, and can be repeated" {
  create --name web --runtime slow --host-channel "$SHARED/c:/c" none sh -c 'exit 7' >/dev/null
  hang_in run
  expect 125 isula start web
  assert_contains "$stderr" "the runtime did not answer within 2 s"
  lets_go
  assert_equal "$(inspect web '{{.State.Status}} {{.State.ExitCode}}')" "inited 125"
  refute is_mounted "$SHARED/c"
  expect 7 isula start -a web
  isula rm web
}

@test "run --rm of a start that takes too long leaves nothing" {
  hang_in run
  expect 125 isula run --rm --runtime slow --external-rootfs "$ROOTFS" none true
  lets_go
  assert_equal "$(isula ps -aq)" ""
}

# bats test_tags=runtime
@test "an exec that takes too long is given up, its container goes on" {
  run_idle --name web --runtime slow >/dev/null
  hang_in exec
  expect 125 isula exec web true
  assert_contains "$stderr" "the runtime did not answer within 2 s"
  lets_go
  is_running web
  expect 3 isula exec web sh -c 'exit 3'
  isula rm -f web
}

@test "a start that hangs when its daemon dies is given up by the next one" {
  create --name web --runtime slow none sh -c 'exit 7' >/dev/null
  hang_in run
  isula start web >/dev/null 2>&1 3>&- &
  local client=$!
  wait_until 20 hangs
  restart_daemon KILL
  wait "$client" || true
  wait_until 20 has_status_inited
  lets_go
  expect 7 isula start -a web
  isula rm web
}
has_status_inited() { [ "$(inspect web '{{.State.Status}}')" = inited ]; }

@test "while starts hang others are served" {
  hang_in run
  local i clients=()
  for i in 1 2 3 4 5 6; do
    isula run -d --rm --runtime slow --read-only --external-rootfs "$ROOTFS" none true >/dev/null 2>&1 3>&- &
    clients+=("$!")
  done
  wait_until 20 hangs
  assert_equal "$(run_container --rm --read-only none echo served)" served
  for i in "${clients[@]}"; do
    wait "$i" || true
  done
  lets_go
  assert_equal "$(isula ps -aq)" ""
}
