# Exit statuses and the texts that scripts rely on.
load lib/e2e

# bats test_tags=runtime
@test "run and exec end with the container's own status" {
  for status in 0 1 42 255; do
    expect "$status" run_container --rm none sh -c "exit $status"
  done
  run_idle --name web
  for status in 0 1 42 255; do
    expect "$status" isula exec web sh -c "exit $status"
  done
  isula rm -f web
}

# bats test_tags=runtime
@test "a process that a signal ended is 128+N" {
  expect 137 run_container --rm none sh -c 'sh -c "kill -9 \$\$"; exit $?'
  run_idle --name web
  expect 143 isula exec web sh -c 'kill -TERM $$'
  isula exec -d web sh -c 'sleep 0.3; kill -9 -1'
  isula kill -s KILL web || true
  assert_equal "$(isula wait web)" 137
  isula rm web
}

# bats test_tags=runtime
@test "127: the command was not found" {
  expect 127 run_container --rm none nosuchcommand
  assert_one_line "$stderr"
  assert_contains "$stderr" nosuchcommand
  run_idle --name web
  expect 127 isula exec web nosuchcommand
  assert_one_line "$stderr"
  isula rm -f web
  assert_equal "$(isula ps -aq)" ""
}

# bats test_tags=runtime
@test "126: the command cannot be executed" {
  expect 126 run_container --rm none /etc/passwd
  assert_one_line "$stderr"
  run_idle --name web
  expect 126 isula exec web /etc/passwd
  assert_one_line "$stderr"
  isula rm -f web
}

# bats test_tags=runtime
@test "start -a of a command that was not found is 127, and the container stays" {
  create --name web none nosuchcommand
  expect 127 isula start -a web
  expect 127 isula start web
  assert_equal "$(inspect web '{{.State.Running}}')" false
  [ -n "$(inspect web '{{.State.Error}}')" ]
  isula rm web
}

@test "125: the arguments are bad" {
  expect 125 isula run --nosuch none true
  assert_equal "$stderr" "Unknown flag found: '--nosuch'"
  expect 125 isula ps -Z
  assert_equal "$stderr" "Unknown flag found: '-Z'"
  expect 125 isula create
  assert_equal "$stderr" '"create" requires a minimum of 1 argument.'
  expect 125 run_container --rm --cpus much none true
  assert_match "$stderr" '^Invalid value "much" for flag --cpus: '
  expect 125 run_container --rm none
  assert_one_line "$stderr"
  expect 125 isula exec web
  assert_one_line "$stderr"
  expect 125 isula run --name
  assert_one_line "$stderr"
}

@test "125: the daemon refuses a create or run" {
  expect 125 run_container --rm --name 'bad name' none true
  assert_one_line "$stderr"
  expect 125 isula create --external-rootfs "$ROOTFS" ubuntu true
  assert_match "$stderr" '^Error response from daemon: image "ubuntu"'
}

@test "125: exec in a container that does not run" {
  create --name web none true
  expect 125 isula exec web true
  assert_equal "$stderr" 'Error response from daemon: container "web" is not running'
  isula rm web
}

@test "1: an unknown command; nothing that is not built is accepted" {
  local command
  for command in nosuch pull images build volume network; do
    expect 1 isula "$command"
    assert_one_line "$stderr"
    assert_contains "$stderr" "$command"
  done
  local flag
  for flag in --publish=80:80 --link=x --volumes-from=x --storage-opt=x; do
    expect 125 run_container --rm "$flag" none true
    assert_equal "$stderr" "Unknown flag found: '${flag%%=*}'"
  done
}

@test "125: no daemon" {
  ISULAD_HOST=unix://$CASE/nobody.sock expect 125 isula ps
  assert_equal "$stderr" "Can not connect with server. Is the iSulad daemon running on the host?"
  ISULAD_HOST=unix://$CASE/nobody.sock expect 125 run_container none true
  assert_equal "$stderr" "Can not connect with server. Is the iSulad daemon running on the host?"
}

@test "versions need no daemon and go to standard output" {
  ISULAD_HOST=unix://$CASE/nobody.sock expect 0 isula --version
  assert_match "$output" '^isula version [0-9]+\.[0-9]+\.[0-9]+$'
  expect 0 "$ISULAD_BIN/isulad" --version
  assert_match "$output" '^isulad version [0-9]+\.[0-9]+\.[0-9]+'
}

@test "all errors go to standard error, what a script wants goes to standard output alone" {
  expect 125 run_container --rm --name 'x y' none true
  assert_equal "$output" ""
  expect 0 run_container --rm none sh -c 'echo out; echo err >&2'
  assert_equal "$output" out
  assert_equal "$stderr" err
}
