# Following a log, over rotations, over the end of a daemon, and at times.
load lib/e2e

# follow FILE CONTAINER [OPTION...]: follows in the background; output to FILE, complaints to FILE.err. Sets $follower.
follow() {
  local file=$1
  shift
  "$ISULAD_BIN/isula" logs -f "$@" >"$file" 2>"$file.err" 3>&- 4>&- &
  follower=$!
}
has_lines() { [ "$(wc -l <"$1")" -ge "$2" ]; }
# The follower's end: its status.
follower_ends() {
  local status=0
  wait_until 60 process_gone "$follower"
  wait "$follower" || status=$?
  assert_equal "$status" 0
}
# busy NAME LINES [OPTION...]: a container that writes so many numbered lines, in bursts with pauses.
busy() {
  local name=$1 lines=$2
  shift 2
  run_container -d --name "$name" "$@" none sh -c \
    "i=0; while [ \$i -lt $lines ]; do seq \$((i+1)) \$((i+500)); i=\$((i+500)); sleep 0.05; done" >/dev/null
}

@test "a follower sees a line when it is written, and ends when the container is removed" {
  run_container -d --name web none sh -c 'echo one; sleep 1000' >/dev/null
  follow "$CASE/out" web
  wait_until 10 has_lines "$CASE/out" 1
  assert_equal "$(<"$CASE/out")" one
  isula rm -f web
  follower_ends
}

@test "a follower gets the last lines of a container that ends, on their streams" {
  run_container -d --name web none sh -c 'echo one; sleep 0.5; echo two; echo err >&2; printf half' >/dev/null
  follow "$CASE/out" web
  follower_ends
  assert_equal "$(<"$CASE/out")" $'one\ntwo\nhalf'
  assert_equal "$(<"$CASE/out.err")" err
  isula rm web
}

@test "a follower of what does not run ends after what there is" {
  run_container --name web none echo one >/dev/null
  assert_equal "$(isula logs -f web)" one
  create --name new none true >/dev/null
  assert_equal "$(isula logs -f new)" ''
  isula rm web new
}

@test "a follower goes on over the restarts of a policy, and ends with the last one" {
  run_container -d --name web --restart on-failure:2 none sh -c 'echo run; sleep 0.3; exit 1' >/dev/null
  follow "$CASE/out" web
  follower_ends
  assert_equal "$(<"$CASE/out")" $'run\nrun\nrun'
  isula rm web
}

@test "a follower ends with a container that is stopped while it waits for its restart" {
  run_container -d --name web --restart always none sh -c 'echo run; exit 1' >/dev/null
  follow "$CASE/out" web
  wait_until 10 has_lines "$CASE/out" 3
  isula stop -t 0 web
  follower_ends
  isula rm web
}

@test "a follower misses and repeats nothing over many rotations" {
  busy web 20000 --log-opt max-size=16k,max-file=20
  follow "$CASE/out" web
  follower_ends
  cmp "$CASE/out" <(seq 20000)
  assert_equal "$(<"$CASE/out.err")" ''
  isula rm web
}

@test "a follower goes on at the right byte when the daemon is killed" {
  busy web 20000 --log-opt max-size=64k,max-file=50
  follow "$CASE/out" web
  local i
  for i in 1 2 3; do
    wait_until 10 has_lines "$CASE/out" $((i * 1000))
    restart_daemon KILL
  done
  follower_ends
  cmp "$CASE/out" <(seq 20000)
  assert_equal "$(<"$CASE/out.err")" ''
  isula rm web
}

@test "a follower with nothing to show yet goes on, too, when the daemon ends" {
  run_container -d --name web none sh -c 'echo old; sleep 3; echo new' >/dev/null
  wait_until 10 logs_contain web old
  follow "$CASE/out" --tail 0 web
  sleep 0.3
  restart_daemon TERM
  follower_ends
  assert_equal "$(<"$CASE/out")" new
  isula rm web
}

@test "a stopped follower holds nobody up and is told what it has missed" {
  run_container -d --name web --log-opt max-size=16k,max-file=3 none \
    sh -c 'printf "%0499d\n" 0; sleep 1; awk "BEGIN { for (i = 1; i <= 60000; i++) printf \"%0499d\\n\", i }"' >/dev/null
  follow "$CASE/out" web
  wait_until 10 has_lines "$CASE/out" 1
  kill -STOP "$follower"
  assert_equal "$(isula wait web)" 0
  kill -CONT "$follower"
  follower_ends
  assert_equal "$(tail -n 1 "$CASE/out")" "$(printf %0499d 60000)"
  sort -c -u "$CASE/out"
  refute cmp -s <(wc -l <"$CASE/out") <(echo 60001)
  assert_match "$(<"$CASE/out.err")" '^WARNING: output is missing here'
  isula rm web
}

@test "a follower that goes leaves nothing in the daemon" {
  run_idle --name web >/dev/null
  local before descriptors="/proc/$(daemon_pid)/fd"
  isula version >/dev/null
  before=$(ls "$descriptors" | wc -l)
  local i followers=()
  for i in $(seq 20); do
    follow "$CASE/out" web
    followers+=("$follower")
  done
  more_descriptors() { [ "$(ls "$descriptors" | wc -l)" -ge $((before + 20)) ]; }
  fewer_descriptors() { [ "$(ls "$descriptors" | wc -l)" -le "$before" ]; }
  wait_until 10 more_descriptors
  kill -KILL "${followers[@]}"
  wait_until 10 fewer_descriptors
  isula rm -f web
}

@test "times choose lines and stand before them" {
  run_container --name web none sh -c 'echo one; sleep 1; echo two; sleep 1; printf "thr"; echo ee' >/dev/null
  local lines two
  lines=$(isula logs -t web)
  assert_match "$lines" '^20[0-9-]{8}T[0-9:]{8}\.[0-9]{9}Z one'
  two=$(sed -n 's/ two$//p' <<<"$lines")
  assert_equal "$(isula logs --since "$two" web)" $'two\nthree'
  assert_equal "$(isula logs --until "$two" web)" $'one\ntwo'
  assert_equal "$(isula logs --since "$two" --until "$two" web)" two
  assert_equal "$(isula logs --since 1h web)" $'one\ntwo\nthree'
  assert_equal "$(isula logs --until 1h30m web)" ''
  assert_equal "$(isula logs --since "$(date +%s.%N -d "$two")" web)" $'two\nthree'
  assert_equal "$(TZ=UTC-3 isula logs --until "$(TZ=UTC-3 date +%FT%T.%N -d "$two")" web)" $'one\ntwo'
  assert_equal "$(isula logs -f --until "$two" web)" $'one\ntwo'
  expect 125 isula logs --since yesterday web
  assert_contains "$stderr" 'Invalid value "yesterday" for flag --since: must be a time'
  assert_one_line "$stderr"
  isula rm web
}
