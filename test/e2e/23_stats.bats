# `isula stats`: what containers use, against what their cgroups and channels say.
load lib/e2e

figures() {  # FORMAT [ARGUMENT...]
  local format=$1
  shift
  isula stats --no-stream --format "$format" "$@"
}

# bats test_tags=runtime
@test "stats shows the use of memory and of the channels, and the limit that holds" {
  run_idle --name web -m 64M --host-channel-add-memory --host-channel "$SHARED/a:/a:rw:4M" \
    --host-channel "$SHARED/b:/b:ro:1M"
  isula exec web dd if=/dev/zero of=/a/file bs=1024 count=2048 2>/dev/null
  assert_equal "$(figures '{{.Name}} {{.Channels}} {{.PIDs}}' web)" "web 2MiB / 5MiB 1"
  assert_match "$(figures '{{.MemUsage}}' web)" '^[23](\.[0-9]+)?MiB / 68MiB$'
  isula rm -f web
}

@test "stats tells a busy container from an idle one" {
  run_container -d --name busy none sh -c 'while :; do :; done'
  run_idle --name idle
  local busy idle
  busy=$(figures '{{.CPUPerc}}' busy)
  idle=$(figures '{{.CPUPerc}}' idle)
  assert_match "$busy" '^[0-9]+\.[0-9][0-9]%$'
  [ "${busy%%.*}" -ge 5 ] || fail "busy: $busy"
  [ "${idle%%.*}" -le 2 ] || fail "idle: $idle"
  isula rm -f busy idle
}

@test "stats shows those that run, with -a all, and those that are named in their order" {
  run_idle --name one
  run_idle --name two
  create --name three none true
  assert_equal "$(figures '{{.Name}}')" $'two\none'
  assert_equal "$(figures '{{.Name}} {{.PIDs}}' -a)" $'three --\ntwo 1\none 1'
  assert_equal "$(figures '{{.Name}} {{.MemUsage}}' three)" 'three --'
  assert_equal "$(figures '{{.Name}}' one three two)" $'one\nthree\ntwo'
  isula rm -f one two three
}

@test "stats prints a table, short ids and whole ones" {
  local id
  id=$(run_idle --name web)
  isula stats --no-stream >"$CASE/table"
  assert_match "$(head -n 1 "$CASE/table")" '^CONTAINER ID +NAME +CPU % +MEM USAGE / LIMIT +MEM % +CHANNELS USED / SIZE +BLOCK I/O +PIDS$'
  assert_match "$(tail -n 1 "$CASE/table")" "^${id:0:12} +web "
  assert_equal "$(figures '{{.ID}}' --no-trunc)" "$id"
  assert_equal "$(isula stats --no-stream --format json | jq -r .Name)" web
  isula rm -f web
}

@test "stats goes on until it is interrupted, and sees who comes and goes" {
  run_idle --name first
  # What a shell puts into the background ignores SIGINT.
  env --default-signal=INT "$ISULAD_BIN/isula" stats --format '{{.Name}}' >"$CASE/out" 3>&- &
  local stats=$! status=0
  wait_until 20 grep -q first "$CASE/out"
  run_idle --name second
  wait_until 20 grep -q second "$CASE/out"
  isula rm -f first second
  kill -INT "$stats"
  wait "$stats" || status=$?
  assert_equal "$status" 130
  ! grep -q $'\033' "$CASE/out" || fail "control sequences in a file"
}

@test "stats of what does not exist is refused by name, as are templates" {
  expect 1 isula stats --no-stream nosuch
  assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
  expect 125 isula stats --format '{{.Nope}}'
  assert_one_line "$stderr"
  assert_contains "$stderr" Nope
}

# bats test_tags=runtime
@test "top shows the processes of the container, with their numbers on the host" {
  run_idle --name web
  run_idle --name other
  isula exec -d web sleep 2000
  expect 0 isula top web
  assert_match "${output%%$'\n'*}" '^UID +PID '
  assert_equal "$(tail -n +2 <<<"$output" | grep -c sleep)" 2
  assert_contains "$output" " $(inspect web '{{.State.Pid}}') "
  refute_contains "$output" isulad-shim
  expect 0 isula top web -o pid,args
  assert_contains "$output" "sleep 2000"
  isula pause web
  expect 0 isula top web
  isula unpause web
  expect 1 isula top web -o args
  assert_contains "$stderr" "no column PID"
  expect 1 isula top web --nosuch
  assert_one_line "$stderr"
  isula stop -t 0 web
  expect 1 isula top web
  assert_equal "$stderr" "Error response from daemon: container \"web\" is not running"
  expect 125 isula top
  isula rm -f web other
}
