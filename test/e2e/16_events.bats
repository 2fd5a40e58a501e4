# What events tells: a life in its order, and all of it whatever happens to the daemon.
load lib/e2e

# From here on a case looks.
mark() { MARK=$(date +%s.%N); }

# told [FLAG...]: the events since then, each with what tells it from others of its kind.
told() {
  isula events --since "$MARK" --until 0s "$@"
}

actions() { told "$@" --format '{{.Action}}' | tr '\n' ' '; }

# follow FILE [FLAG...]: prints events to a file until it is killed; its pid is in $FOLLOWER.
follow() {
  local file=$1
  shift
  "$ISULAD_BIN/isula" events "$@" >"$file" 2>"$file.err" 3>&- 4>&- &
  FOLLOWER=$!
}

# Ends it and waits for it: a background job of bats is not ours alone.
end_follower() {
  kill "$1" 2>/dev/null || true
  wait "$1" || true
}

@test "the life of a container is told in its order, with what is known of each step" {
  mark
  local id
  id=$(create --name web --host-channel "$SHARED/c:/c:ro:1M" none sleep 1000)
  isula start web
  expect 4 isula exec web sh -c 'exit 4'
  isula kill -s USR1 web
  isula stop -t 0 web
  isula start web
  isula rm -f web
  assert_equal "$(actions)" "create channel_mount start exec_create exec_start exec_die kill kill die stop start \
kill die channel_unmount destroy "
  local lines
  mapfile -t lines < <(told)
  local time='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{9}Z container'
  local channel="\(containerPath=/c, hostPath=$SHARED/c, image=none, name=web, permissions=ro, size=1048576\)"
  assert_match "${lines[0]}" "$time create $id \(image=none, name=web\)\$"
  assert_match "${lines[1]}" "$time channel_mount $id $channel\$"
  assert_match "${lines[2]}" "$time start $id \(image=none, name=web, startedAt=[^,]+Z\)\$"
  assert_match "${lines[4]}" "$time exec_start $id \(execID=[0-9a-f]{64}, image=none, name=web\)\$"
  assert_match "${lines[5]}" "$time exec_die $id \(execID=[0-9a-f]{64}, exitCode=4, image=none, name=web\)\$"
  assert_match "${lines[6]}" "$time kill $id \(image=none, name=web, signal=10\)\$"
  assert_match "${lines[8]}" "$time die $id \(exitCode=137, finishedAt=[^,]+Z, image=none, name=web\)\$"
  assert_match "${lines[13]}" "$time channel_unmount $id $channel\$"
  assert_match "${lines[14]}" "$time destroy $id \(image=none, name=web\)\$"
  assert_equal "$(printf '%s\n' "${lines[@]}" | sort)" "$(printf '%s\n' "${lines[@]}")"
}

@test "pause, unpause, attach and restart are told" {
  mark
  run_idle --name web
  isula pause web
  restart_daemon KILL
  isula unpause web
  isula restart -t 0 web
  timeout 20 "$ISULAD_BIN/isula" attach --no-stdin web 3>&- 4>&- &
  local client=$!
  wait_until 10 has_told attach
  isula stop -t 0 web
  wait "$client" || true
  assert_equal "$(actions)" "create start pause unpause kill die stop start restart attach kill die stop "
  isula rm web
}

has_told() { told --format '{{.Action}}' | grep -qx "$1"; }

@test "a container that is removed when it ends has told all of it when run returns" {
  mark
  expect 3 run_container --rm --name once --host-channel "$SHARED/c:/c" none sh -c 'exit 3'
  assert_equal "$(actions)" "create channel_mount attach start die channel_unmount destroy "
  assert_equal "$(told --format '{{.Action}} {{.Actor.Attributes.exitCode}}' | grep die)" "die 3"
}

@test "an end for lack of memory is told as such" {
  mark
  expect 137 run_container --name hungry -m 8M none sh -c 'x=$(head -c 64000000 /dev/zero | tr "\\0" x); echo ${#x}'
  assert_equal "$(actions)" "create attach start oom die "
  isula rm hungry
}

@test "what fails is not told" {
  mark
  expect 127 run_container --name bad none /nosuch
  expect 1 isula stop nosuch
  expect 1 isula kill bad
  isula stop bad
  assert_equal "$(actions)" "create "
  isula rm bad
}

@test "history outlives the daemon, killed or ended" {
  mark
  run_idle --name web --host-channel "$SHARED/c:/c"
  isula exec web true
  isula stop -t 0 web
  isula start web
  local before
  before=$(told)
  restart_daemon KILL
  assert_equal "$(told)" "$before"
  restart_daemon TERM
  assert_equal "$(told)" "$before"
  isula rm -f web
  assert_equal "$(told | head -n "$(wc -l <<<"$before")")" "$before"
}

@test "what ended while there was no daemon is told by the next one, as it was" {
  mark
  mkdir "$SHARED/sign"
  local wait_for_sign='while [ ! -e /sign/go ]; do sleep 0.05; done; exit' name
  run_idle --name web -v "$SHARED/sign:/sign"
  isula exec -d web sh -c "echo >/sign/runs; $wait_for_sign 4"
  run_container -d --name five -v "$SHARED/sign:/sign" none sh -c "$wait_for_sign 5"
  run_container -d --rm --name gone -v "$SHARED/sign:/sign" --host-channel "$SHARED/gone:/c" none sh -c "$wait_for_sign 6"
  wait_until 10 test -e "$SHARED/sign/runs"
  local monitors
  monitors=$(for name in five gone; do sed -n 's/^PPid:\t//p' "/proc/$(inspect $name '{{.State.Pid}}')/status"; done)
  kill_daemon KILL
  touch "$SHARED/sign/go"
  for name in $monitors; do
    wait_until 10 process_gone "$name"
  done
  wait_until 10 execs_have_ended
  start_daemon
  assert_equal "$(actions -n five)" "create start die "
  assert_equal "$(told -n five --format '{{.Actor.Attributes.exitCode}} {{.Actor.Attributes.finishedAt}}' | tail -n 1)" \
    "5 $(inspect five '{{.State.FinishedAt}}')"
  assert_equal "$(actions -n gone)" "create channel_mount start die channel_unmount destroy "
  assert_equal "$(told -n gone --format '{{.Actor.Attributes.exitCode}}' | grep -v 'no value')" 6
  assert_equal "$(actions -n web)" "create start exec_create exec_start exec_die "
  # Nobody knows its exit code.
  assert_equal "$(told -n web --format '{{.Actor.Attributes.exitCode}}' | tail -n 1)" "<no value>"
  isula rm -f web five
  rm -r "$SHARED/sign"
}

execs_have_ended() { [ -z "$(find "$DIR/state/containers" -path '*/exec/*' -name shim.sock)" ]; }

@test "kill -9 in the middle of lives: each is told once and in its order" {
  mark
  local round client
  for round in 1 2 3 4 5 6; do
    (
      for i in 1 2 3 4 5; do
        isula run --rm --external-rootfs "$ROOTFS" --host-channel "$SHARED/c$i:/c:rw:1M" none true
      done >/dev/null 2>&1 3>&-
    ) &
    client=$!
    sleep "0.$((round * 7 % 10))"
    kill_daemon KILL
    wait "$client" || true
    start_daemon
    wait_until 10 remove_all
  done
  local lives
  lives=$(told --format '{{.Actor.ID}} {{.Action}}' |
    awk '{ life[$1] = life[$1] " " $2 } END { for (id in life) print life[id] }')
  [ "$(wc -l <<<"$lives")" -gt 3 ]
  # A client that the daemon has lost may not be told of; nothing else is missing or comes twice.
  assert_equal "$(grep -vxE ' create( channel_mount( attach)? start( kill)? die channel_unmount)? destroy' <<<"$lives")" ""
}

# The daemon is killed, and has not written the last so many events.
lose_events() {  # NUMBER
  kill_daemon KILL
  local file
  file=$(newest_journal)
  head -n "-$1" "$file" >"$CASE/journal"
  cat "$CASE/journal" >"$file"
  start_daemon
}

newest_journal() { find "$DIR/graph/events" -name '*.jsonl' | sort | tail -n 1; }

@test "what the daemon had done and not written is told by the next one" {
  mark
  local lost
  run_idle --name web --host-channel "$SHARED/c:/c"
  for lost in 1 2 3; do
    lose_events "$lost"
    assert_equal "$(actions)" "create channel_mount start "
  done
  isula kill web
  isula wait web
  lose_events 1
  assert_equal "$(actions)" "create channel_mount start kill die "
  assert_match "$(told | tail -n 1)" "die .*exitCode=137, finishedAt=$(inspect web '{{.State.FinishedAt}}'), "
  local id
  id=$(inspect web '{{.Id}}')
  isula rm web
  for lost in 1 2; do
    lose_events "$lost"
    assert_equal "$(actions)" "create channel_mount start kill die channel_unmount destroy "
  done
  assert_match "$(told | tail -n 1)" "destroy $id "
}

@test "a removal that was decided and not told is told, and finished" {
  mark
  local id
  id=$(create --name web none true)
  kill_daemon KILL
  mv "$DIR/graph/containers/$id" "$DIR/graph/containers/.gone-$id"
  start_daemon
  assert_equal "$(actions)" "create destroy "
  assert_equal "$(ls -A "$DIR/graph/containers")" ""
  # The journal may have dropped all that was told of it.
  id=$(create --name other none true)
  kill_daemon KILL
  mv "$DIR/graph/containers/$id" "$DIR/graph/containers/.gone-$id"
  rm -r "$DIR/graph/events"
  start_daemon
  assert_equal "$(told --format '{{.Action}} {{.Actor.Attributes.name}}')" "destroy other"
}

@test "filters: by name, by id, by its beginning, and in time" {
  mark
  local id
  id=$(create --name one none true)
  create --name two none true >/dev/null
  isula rm one two
  assert_equal "$(actions -n one)" "create destroy "
  assert_equal "$(actions -n "$id")" "create destroy "
  assert_equal "$(actions -n "${id:0:12}")" "create destroy "
  assert_equal "$(actions -n one -n two)" "create create destroy destroy "
  assert_equal "$(actions -n nosuch)" ""
  local second
  second=$(told --format '{{.timeNano}}' | sed -n 2p)
  assert_equal "$(isula events -S "${second:0:-9}.${second: -9}" -U 0s --format '{{.Action}}' | head -n 1)" create
  assert_equal "$(isula events -S "$MARK" -U "${second:0:-9}.${second: -9}" | wc -l)" 2
  expect 125 isula events --since whenever
  assert_contains "$stderr" 'Invalid value "whenever" for flag --since'
  expect 125 isula events --format '{{'
}

@test "events come as they happen, until a time that is to come" {
  mark
  follow "$CASE/out" -n web --since "$MARK" --until "$(date -d '+8 seconds' +%s)"
  create --name web none true >/dev/null
  create --name other none true >/dev/null
  wait_until 10 grep -q create "$CASE/out"
  isula rm web other
  wait "$FOLLOWER"
  assert_equal "$(awk '{ print $3 }' "$CASE/out" | tr '\n' ' ')" "create destroy "
}

@test "a reader that has been stopped holds up neither containers nor other readers" {
  mark
  follow "$CASE/stopped" --since "$MARK"
  local stopped=$FOLLOWER
  follow "$CASE/other" --since "$MARK"
  local other=$FOLLOWER i
  create --name first none true >/dev/null
  wait_until 10 grep -q create "$CASE/stopped"
  kill -STOP "$stopped"
  # More than what the connection itself can hold.
  for i in $(seq 60); do
    create --name "$i$(printf '%0240d')" none true >/dev/null
    isula rm "$i$(printf '%0240d')"
  done
  wait_until 10 grep -q "destroy .*name=60" "$CASE/other"
  local threads
  threads=$(sed -n 's/^Threads:\t//p' "/proc/$(daemon_pid)/status")
  [ "$threads" -lt 60 ]
  kill -CONT "$stopped"
  wait_until 10 grep -q "destroy .*name=60" "$CASE/stopped"
  diff "$CASE/stopped" "$CASE/other"
  assert_equal "$(wc -l <"$CASE/other")" 121
  end_follower "$stopped"
  end_follower "$other"
  isula rm first
}

@test "a reader ends when the daemon does" {
  mark
  follow "$CASE/out" --since "$MARK"
  create --name web none true >/dev/null
  wait_until 10 grep -q create "$CASE/out"
  kill_daemon TERM
  local status=0
  wait "$FOLLOWER" || status=$?
  assert_equal "$status" 1
  assert_contains "$(<"$CASE/out.err")" "connection to the daemon was lost"
  start_daemon
  isula rm web
  kill_daemon TERM
  expect 125 isula events
  start_daemon
}

@test "a journal that was cut short goes on" {
  mark
  create --name web none true >/dev/null
  kill_daemon KILL
  printf '{"Seq":' >>"$(newest_journal)"
  start_daemon
  isula rm web
  assert_equal "$(actions)" "create destroy "
}
