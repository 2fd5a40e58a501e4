# Containers from create to rm.
load lib/e2e

@test "create prints the id alone and makes a container that is not started" {
  expect 0 create --name web none sleep 1000
  assert_match "$output" '^[0-9a-f]{64}$'
  assert_equal "$stderr" ""
  assert_equal "$(inspect web '{{.Id}}')" "$output"
  assert_equal "$(inspect web '{{.State.Status}}')" inited
  assert_equal "$(isula ps -q)" ""
  assert_equal "$(isula ps -aq)" "${output:0:12}"
  expect 0 isula rm web
}

@test "start prints what was named, and the container runs" {
  create --name web none sleep 1000
  expect 0 isula start web
  assert_equal "$output" web
  assert_equal "$(inspect web '{{.State.Status}} {{.State.Running}} {{.State.ExitCode}}')" "running true 0"
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  assert_equal "$(tr '\0' ' ' <"/proc/$pid/cmdline")" "sleep 1000 "
  expect 0 isula rm -f web
  process_gone "$pid"
}

@test "a container is found by name, by id, and by a unique prefix of the id" {
  local id
  id=$(run_idle --name web)
  for reference in web "$id" "${id:0:12}" "${id:0:20}"; do
    assert_equal "$(inspect "$reference" '{{.Name}}')" web
  done
  isula rm -f web
}

# bats test_tags=runtime
@test "stop ends a container that obeys with its own exit code" {
  run_container -d --name web none sh -c 'trap "exit 5" TERM; echo ready; sleep 1000 & wait'
  wait_until 20 logs_contain web ready
  expect 0 isula stop web
  assert_equal "$output" web
  assert_equal "$(inspect web '{{.State.Status}} {{.State.ExitCode}} {{.State.Pid}}')" "exited 5 0"
  isula rm web
}

# bats test_tags=runtime
@test "stop kills after its time a container that does not obey" {
  run_container -d --name web none sh -c 'trap "" TERM; echo ready; sleep 1000 & wait'
  wait_until 20 logs_contain web ready
  local begin=$SECONDS
  expect 0 isula stop -t 1 web
  [ $((SECONDS - begin)) -ge 1 ]
  [ $((SECONDS - begin)) -le 4 ]
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  isula rm web
}

@test "stop of a container that does not run succeeds" {
  create --name web none sleep 1000
  expect 0 isula stop web
  isula rm web
}

# bats test_tags=runtime
@test "kill sends SIGKILL, and kill -s what is named" {
  run_idle --name one
  expect 0 isula kill one
  assert_equal "$output" one
  assert_equal "$(isula wait one)" 137
  isula rm one

  run_container -d --name two none sh -c 'trap "echo got it" USR1; echo ready; while :; do sleep 0.1; done'
  wait_until 20 logs_contain two ready
  for signal in USR1 SIGUSR1 10; do
    expect 0 isula kill -s "$signal" two
  done
  wait_until 20 logs_contain two "got it"
  is_running two
  isula rm -f two
}

@test "kill refuses an unknown signal and a container that does not run" {
  create --name web none true
  expect 125 isula kill -s NOSUCH web
  assert_one_line "$stderr"
  assert_contains "$stderr" 'Invalid value "NOSUCH" for flag --signal'
  expect 1 isula kill web
  assert_equal "$stderr" 'Error response from daemon: container "web" is not running'
  isula rm web
}

@test "rm refuses a running container, and rm -f kills it" {
  run_idle --name web
  expect 1 isula rm web
  assert_one_line "$stderr"
  assert_contains "$stderr" "running"
  is_running web
  expect 0 isula rm -f web
  expect 1 isula inspect web
}

@test "several containers at once: one that fails does not keep the others from being done" {
  create --name one none true
  create --name two none true
  expect 1 isula rm one nosuch two
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  assert_equal "$(isula ps -aq)" ""
}

@test "wait prints the exit code, also of one that has ended" {
  run_container -d --name web none sh -c 'sleep 0.3; exit 9'
  expect 0 isula wait web
  assert_equal "$output" 9
  expect 0 isula wait web
  assert_equal "$output" 9
  isula rm web
}

# bats test_tags=runtime
@test "a container starts again, and shows the last run" {
  create --name web none sh -c 'echo run; exit 3'
  expect 3 isula start -a web
  assert_equal "$output" run
  expect 3 isula start -a web
  assert_equal "$output" run
  assert_equal "$(inspect web '{{.State.Status}} {{.State.ExitCode}}')" "exited 3"
  isula rm web
}

@test "start of a running container changes nothing" {
  run_idle --name web
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  isula start web || true
  assert_equal "$(inspect web '{{.State.Pid}}')" "$pid"
  isula rm -f web
}

@test "a name that is taken is refused by the name of its holder" {
  create --name web none true
  expect 125 create --name web none true
  assert_one_line "$stderr"
  assert_match "$stderr" '^Error response from daemon: name "web" is already in use by container [0-9a-f]{12}'
  isula rm web
  expect 0 create --name web none true
  isula rm web
}

@test "what does not exist is named" {
  for command in start stop kill rm inspect wait logs; do
    local wanted=1
    [ "$command" != start ] || wanted=125
    expect "$wanted" isula "$command" nosuch
    assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  done
  expect 125 isula exec nosuch true
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
}

# bats test_tags=runtime
@test "run --rm leaves nothing" {
  expect 0 run_container --rm --name gone none true
  assert_equal "$(isula ps -aq)" ""
  expect 0 run_container --rm -d --name gone none sleep 0.2
  wait_until 20 no_containers
}

@test "rename: running or not, kept over a restart of the daemon, and the old name is free" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  expect 0 isula rename web shop
  assert_equal "$output$stderr" ""
  expect 1 isula inspect web
  assert_equal "$(isula exec shop hostname)" "$(inspect shop '{{.Config.Hostname}}')"
  assert_equal "$(isula ps --format '{{.Names}}')" shop
  assert_contains "$(isula channel ls)" shop
  create --name web none true
  expect 1 isula rename shop web
  assert_contains "$stderr" '"web" is already in use'
  expect 1 isula rename shop shop
  expect 1 isula rename shop '../x'
  assert_contains "$stderr" "is not valid"
  kill_daemon KILL
  start_daemon
  assert_equal "$(isula ps --format '{{.Names}}')" shop
  isula rm web
  isula stop -t 0 shop
  expect 0 isula rename shop web
  assert_equal "$(isula events --since 1m --until 0s --format '{{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.oldName}}' |
    grep rename)" $'rename shop web\nrename web shop'
  isula rm web
}

@test "container prune removes what does not run, when it may" {
  create --name never --label keep none true
  run_container --name ended --host-channel "$SHARED/c:/c" none true
  run_idle --name web --host-channel "$SHARED/web:/c"
  expect 1 isula container prune <<<n
  assert_contains "$stderr" "[y/N]"
  expect 1 isula container prune </dev/null
  [ -e "$SHARED/c" ]
  expect 0 isula container prune -f --filter label=keep
  expect 1 isula inspect never
  local ended
  ended=$(inspect ended '{{.Id}}')
  expect 0 isula container prune <<<y
  assert_equal "$output" "$ended"
  assert_missing "$SHARED/c"
  assert_equal "$(isula ps -a --format '{{.Names}}')" web
  expect 0 isula container prune -f
  assert_equal "$output" ""
  isula rm -f web
}

@test "ps shows the running ones, ps -a all, newest first" {
  create --name one none true
  run_idle --name two
  run_container -d --name three none sh -c 'exit 4'
  wait_until 20 has_ended three
  assert_equal "$(isula ps --format '{{.Names}}')" two
  assert_equal "$(isula ps -a --format '{{.Names}}')" $'three\ntwo\none'
  expect 0 isula ps -a
  assert_match "$(head -n 1 <<<"$output")" '^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES$'
  assert_match "$output" '[0-9a-f]{12} +none +"sh -c exit 4" +[^ ].* ago +Exited \(4\) .* ago +three'
  assert_match "$output" '[0-9a-f]{12} +none +"sleep 1000" +.* ago +Up .* +two'
  assert_match "$output" '[0-9a-f]{12} +none +"true" +.* ago +Created +one'
  isula rm -f one two three
}

@test "ps filters by id, name and status" {
  create --name one none true
  run_idle --name two
  local id
  id=$(inspect two '{{.Id}}')
  assert_equal "$(isula ps -a --filter status=created --format '{{.Names}}')" one
  assert_equal "$(isula ps -a -f name=two --format '{{.Names}}')" two
  assert_equal "$(isula ps -a -f "id=${id:0:12}" --format '{{.Names}}')" two
  assert_equal "$(isula ps -a -f status=running -f name=one -q)" ""
  expect 125 isula ps -f colour=red
  assert_contains "$stderr" 'Invalid value "colour=red" for flag --filter'
  isula rm -f one two
}

@test "inspect is a JSON array of all that were asked for" {
  create --name one none true a b
  create --name two none true
  expect 0 isula inspect one two
  assert_equal "$(jq -r '[.[].Name] | join(" ")' <<<"$output")" "one two"
  assert_equal "$(jq -r '.[0].Path' <<<"$output")" true
  assert_equal "$(jq -c '.[0].Args' <<<"$output")" '["a","b"]'
  assert_equal "$(jq -c '.[0] | [.Id, .Created, .Path, .Args, .State, .Image, .HostnamePath, .HostsPath,
    .ResolvConfPath, .LogPath, .Name, .RestartCount, .HostConfig, .Mounts, .Config, .NetworkSettings] |
    map(. == null) | any' <<<"$output")" false
  assert_equal "$(jq -c '.[0].State | [.Status, .Running, .Paused, .Restarting, .OOMKilled, .Pid, .ExitCode,
    .Error]' <<<"$output")" '["inited",false,false,false,false,0,0,""]'
  expect 1 isula inspect one nosuch
  assert_equal "$(jq -r '.[].Name' <<<"$output")" one
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  isula rm one two
}

@test "inspect -f takes members and json" {
  create --name web -e A=1 none true
  assert_equal "$(inspect web '{{.State.Status}}/{{.Name}}')" inited/web
  assert_equal "$(inspect web '{{json .Config.Cmd}}')" '["true"]'
  expect 1 inspect web '{{.No.Such}}'
  assert_one_line "$stderr"
  expect 125 inspect web '{{.Name'
  isula rm web
}

@test "logs keep what both streams said, and --tail cuts them" {
  run_container --name web none sh -c 'for i in 1 2 3 4 5; do echo line $i; done; echo bad >&2' >/dev/null 2>&1
  expect 0 isula logs web
  assert_equal "$output" $'line 1\nline 2\nline 3\nline 4\nline 5'
  assert_equal "$stderr" bad
  expect 0 isula logs --tail 3 web
  assert_equal "$output" $'line 4\nline 5'
  expect 0 isula logs --tail 0 web
  assert_equal "$output$stderr" ""
  expect 0 isula logs --tail all web
  assert_equal "$output" $'line 1\nline 2\nline 3\nline 4\nline 5'
  expect 125 isula logs --tail -5 web
  isula rm web
}

@test "logs hold the first run and the second" {
  create --name web none echo once
  isula start -a web
  isula start -a web
  assert_equal "$(isula logs web)" $'once\nonce'
  isula rm web
}

@test "info and version speak for the daemon" {
  expect 0 isula version
  assert_match "$output" 'Client:.*Version: +[0-9.]+.*Server:.*Version: +[0-9.]+'
  expect 0 isula info
  assert_contains "$output" "Default Runtime: $ISULAD_RUNTIME"
  assert_contains "$output" "iSulad Root Dir: $DIR/graph"
  assert_contains "$output" "iSulad State Dir: $DIR/state"
  assert_contains "$output" "Containers: 0"
  run_idle --name web
  create --name idle none true
  expect 0 isula info
  assert_contains "$output" "Containers: 2"
  assert_contains "$output" " Running: 1"
  assert_contains "$output" " Stopped: 1"
  isula rm -f web idle
}
