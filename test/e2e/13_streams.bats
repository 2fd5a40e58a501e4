# Standard input and output, byte for byte.
load lib/e2e

readonly BYTES=20971520

# A stream that no two places of are alike, without a file of 20 MB.
numbers() { seq 1 10000000 | head -c "$BYTES"; }

# bats test_tags=runtime
@test "standard input reaches the command, and its end does" {
  assert_equal "$(echo piped | run_container --rm -i none cat)" piped
  assert_equal "$(printf '' | run_container --rm -i none cat | wc -c)" 0
  run_idle --name web
  assert_equal "$(echo piped | isula exec -i web cat)" piped
  assert_equal "$(printf 'no newline' | isula exec -i web wc -c)" 10
  isula rm -f web
}

@test "without -i standard input is empty, and the client does not read its own" {
  assert_equal "$(echo mine | run_container --rm none cat | wc -c)" 0
  local rest
  rest=$(printf '1\n2\n' | { run_container --rm none true; cat; })
  assert_equal "$rest" $'1\n2'
}

@test "start -i feeds a container that was created with -i" {
  create -i --name web none cat
  assert_equal "$(echo fed | isula start -i web)" fed
  isula rm web
}

@test "20 MB come out of run unchanged" {
  local wanted
  wanted=$(numbers | sha256sum)
  assert_equal "$(run_container --rm none sh -c "seq 1 10000000 | head -c $BYTES" | sha256sum)" "$wanted"
}

# bats test_tags=runtime
@test "20 MB go in and come out of run and exec unchanged" {
  local wanted
  wanted=$(numbers | sha256sum)
  assert_equal "$(numbers | run_container --rm -i none cat | sha256sum)" "$wanted"
  run_idle --name web
  assert_equal "$(numbers | isula exec -i web cat | sha256sum)" "$wanted"
  assert_equal "$(isula exec web sh -c "seq 1 10000000 | head -c $BYTES" | sha256sum)" "$wanted"
  isula rm -f web
}

@test "every byte value passes" {
  local wanted
  wanted=$(/usr/bin/python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 300)' | sha256sum)
  assert_equal "$(/usr/bin/python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 300)' |
    run_container --rm -i none cat | sha256sum)" "$wanted"
}

@test "logs keep every byte value" {
  local write='for i in 0 1 2 3; do for j in 0 1 2 3 4 5 6 7; do for k in 0 1 2 3 4 5 6 7; do
    printf "\\$i$j$k"; done; done; done'
  local wanted
  wanted=$(/usr/bin/python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)))' | sha256sum)
  assert_equal "$(run_container --name web none sh -c "$write" | sha256sum)" "$wanted"
  assert_equal "$(isula logs web | sha256sum)" "$wanted"
  isula rm web
}

@test "standard error stays apart" {
  expect 0 run_container --rm none sh -c 'seq 1 50000; seq 1 50000 >&2'
  assert_equal "$(sha256sum <<<"$output")" "$(seq 1 50000 | sha256sum)"
  assert_equal "$(sha256sum <<<"$stderr")" "$(seq 1 50000 | sha256sum)"
}

# bats test_tags=runtime
@test "the last line comes out of a process that ends at once, each time" {
  for i in $(seq "$(rounds 30)"); do
    assert_equal "$(run_container --rm none echo "$i")" "$i"
  done
}

@test "the log has all of a large output" {
  run_container --name web none sh -c 'seq 1 100000' >/dev/null
  assert_equal "$(isula logs web | sha256sum)" "$(seq 1 100000 | sha256sum)"
  assert_equal "$(isula logs --tail 2 web)" $'99999\n100000'
  isula rm web
}

@test "a reader that goes away ends the client, not the daemon" {
  run_container --rm none sh -c 'seq 1 100000' | head -n 1 >"$CASE/first"
  assert_equal "$(<"$CASE/first")" 1
  expect 0 isula version
  wait_until 10 no_containers
}

@test "a stopped client does not hold up the others" {
  "$ISULAD_BIN/isula" run --external-rootfs "$ROOTFS" --name slow none sh -c 'while :; do seq 1 1000; done' \
    >"$CASE/out" 2>&1 3>&- &
  local client=$!
  wait_until 20 test -s "$CASE/out"
  kill -STOP "$client"
  local begin=$SECONDS
  for _ in 1 2 3 4 5; do
    expect 0 run_container --rm none echo quick
    assert_equal "$output" quick
  done
  expect 0 isula ps -q
  [ $((SECONDS - begin)) -lt 10 ]
  expect 0 isula rm -f slow
  kill -CONT "$client"
  wait "$client" || true
}

@test "signals to the client of a container without a terminal reach its process" {
  "$ISULAD_BIN/isula" run --rm --external-rootfs "$ROOTFS" none sh -c \
    'trap "exit 11" TERM; echo ready; sleep 1000 & wait' >"$CASE/out" 2>&1 3>&- &
  local client=$! status=0
  wait_until 20 grep -qs ready "$CASE/out"
  kill -TERM "$client"
  wait "$client" || status=$?
  assert_equal "$status" 11
}

@test "a client that is killed leaves its container running" {
  "$ISULAD_BIN/isula" run --external-rootfs "$ROOTFS" --name web none sh -c 'echo ready; sleep 1000' \
    >"$CASE/out" 2>&1 3>&- &
  local client=$!
  wait_until 20 grep -qs ready "$CASE/out"
  kill -KILL "$client"
  wait "$client" || true
  is_running web
  isula rm -f web
}
