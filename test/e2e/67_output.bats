# What programs read, and what people see at a terminal.
load lib/e2e

teardown() {
  remove_all
  default_teardown
}

@test "everything that is a table or a list of facts is JSON where it is asked for" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  assert_equal "$(isula ps --format json | jq -r .Names)" web
  assert_equal "$(isula channel ls --format json | jq -r .SizeBytes)" 1048576
  assert_equal "$(isula stats --no-stream --format json | jq -r .Name)" web
  assert_equal "$(isula info --format json | jq -c '[.Containers, .ContainersRunning, .HostChannels, .HostChannelsReserved]')" \
    "[1,1,1,1048576]"
  assert_equal "$(isula info -f '{{.DefaultRuntime}} {{.StateDir}}')" "$ISULAD_RUNTIME $DIR/state"
  assert_equal "$(isula version --format json | jq -r .Server.ApiVersion)" v1
  assert_equal "$(isula version -f '{{.Client.Version}}')" "$(isula --version | cut -d ' ' -f 3)"
  assert_equal "$(isula inspect -f json web | jq -r .Name)" web
  assert_equal "$(isula events --since 1h --until 0s --format json | jq -r .Action | head -n 1)" create
}

@test "a format that is none is refused before anything is asked" {
  local command
  for command in "ps --format" "info --format" "version --format" "channel ls --format" "stats --format" "events --format" \
    "inspect web -f"; do
    # shellcheck disable=SC2086
    ISULAD_HOST=unix://$CASE/nobody.sock expect 125 isula $command '{{.Names'
    assert_match "$stderr" '^Invalid value "\{\{\.Names" for flag --format: '
    assert_one_line "$stderr"
  done
  expect 1 isula info -f '{{.Nope}}'
  assert_equal "$stderr" 'template: {{.Nope}}: there is no member "Nope"'
}

@test "colours are for terminals, and for those who want them" {
  run_idle --name web
  export TERM=xterm
  assert_match "$(tty "$ISULAD_BIN/isula" ps </dev/null)" $'^\e\[1mCONTAINER ID .*NAMES\e\[0m'
  expect 0 isula ps
  refute_contains "$output" $'\e'
  NO_COLOR=1 expect 0 tty "$ISULAD_BIN/isula" ps
  refute_contains "$output" $'\e'
  TERM=dumb expect 0 tty "$ISULAD_BIN/isula" ps
  refute_contains "$output" $'\e'
  expect 0 tty "$ISULAD_BIN/isula" ps --format '{{.Names}}'
  assert_equal "${output//$'\r'/}" web
  expect 1 tty "$ISULAD_BIN/isula" rm nosuch
  assert_contains "$output" $'\e[31mError response from daemon: No such container: nosuch\e[0m'
  expect 1 isula rm nosuch
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
}
