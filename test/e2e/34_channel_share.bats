# One channel for several containers: the option "share".
load lib/e2e

share() { run_idle --name "$1" --host-channel "$SHARED/c:$2:$3:1M:share"; }  # NAME PATH ACCESS
owners() { isula channel ls --format '{{.Containers}}'; }
no_record() { assert_equal "$(ls -A "$DIR/graph/channels")" ""; }
# The events that tell of channels, oldest first: NAME EVENT.
channel_events() {
  isula events --since "$1" --until 0s --format '{{.Actor.Attributes.name}} {{.Action}}' | grep channel_ || true
}

@test "share: the second container has what the first wrote; the last one to go takes it away" {
  share web /web rw
  share db /db ro
  isula exec web sh -c 'echo hello >/web/file'
  assert_equal "$(isula exec db cat /db/file)" hello
  expect 1 isula exec db sh -c 'echo no >/db/file'
  assert_contains "$stderr" "Read-only file system"
  assert_equal "$(mounted "$SHARED/c" SOURCE)" "isulad:$(inspect db '{{.HostConfig.HostChannel.Id}}')"
  isula rm -f web
  assert_equal "$(cat "$SHARED/c/file")" hello
  assert_equal "$(isula exec db cat /db/file)" hello
  expect 0 isula rm -f db
  assert_equal "$stderr" ""
  assert_missing "$SHARED/c"
  no_record
}

@test "share: inspect and ls show who has it, and each its own path and access" {
  share web /web rw
  create --name db --host-channel "$SHARED/c:/db:ro:1M:share" none true
  local web db
  web=$(inspect web '{{.Id}}')
  db=$(inspect db '{{.Id}}')
  for name in web db; do
    assert_equal "$(isula inspect "$name" | jq -c '.[0].State.HostChannels[0] | [.Mounted, .SharedBy]')" \
      "[true,[\"$web\",\"$db\"]]"
  done
  assert_equal "$(isula inspect db | jq -c '.[0].HostConfig.HostChannels[0] | [.PathInContainer, .Permissions, .Options]')" \
    '["/db","ro",["share"]]'
  assert_equal "$(isula inspect web | jq -c '.[0].HostConfig.HostChannels[0] | [.PathInContainer, .Permissions]')" \
    '["/web","rw"]'
  assert_equal "$(isula channel ls --format '{{.ContainerPath}} {{.Access}} {{.Containers}} {{.Options}}')" \
    "/web,/db rw,ro web,db share"
  assert_equal "$(isula channel ls -q db)" "$(isula channel ls -q web)"
  expect 0 isula info
  assert_contains "$output" "Host Channels Reserved: 1MiB"
  isula rm -f web db
}

@test "share: refused where one side did not ask, or size or options differ; the first owner is named" {
  create --name web --host-channel "$SHARED/c:/c:rw:1M:share" --host-channel "$SHARED/own:/own:rw:1M" none true
  local spec reason
  while IFS='|' read -r spec reason; do
    expect 125 create --name db --host-channel "$SHARED/$spec" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "\"web\""
    assert_contains "$stderr" "$reason"
    expect 1 isula inspect db
  done <<'REFUSED'
c:/c:rw:1M|takes others with the option "share" only
own:/c:rw:1M:share|has not the option "share"
own:/c:rw:1M|already reserved
c:/c:rw:2M:share|with the size 1M, not 2M
c:/c::|takes others
c:/c:::share|with the size 1M, not 64M
c:/c:rw:1M:share,symlinks|with the options "share", not "share,symlinks"
c/d:/c:rw:1M:share|overlaps
REFUSED
  assert_equal "$(isula channel ls --format '{{.Containers}}' | xargs)" "web web"
  isula rm web
  no_record
}

@test "share: stop, start and restart of one leave the other alone" {
  share web /c rw
  share db /c rw
  isula exec db sh -c 'echo kept >/c/file'
  isula stop -t 0 web
  assert_equal "$(isula exec db cat /c/file)" kept
  isula start web
  assert_equal "$(isula exec web cat /c/file)" kept
  isula restart -t 0 db
  assert_equal "$(isula exec db cat /c/file)" kept
  isula stop -t 0 web db
  is_mounted "$SHARED/c"
  isula rm web
  is_mounted "$SHARED/c"
  isula start db
  assert_equal "$(isula exec db cat /c/file)" kept
  isula rm -f db
  assert_missing "$SHARED/c"
}

@test "share: owners survive kill -9 of the daemon, and rm after it" {
  share web /web rw
  share db /db rw
  isula exec web sh -c 'echo hello >/web/file'
  restart_daemon KILL
  assert_equal "$(owners)" "web,db"
  assert_equal "$(isula exec db cat /db/file)" hello
  isula rm -f web
  restart_daemon KILL
  assert_equal "$(owners)" db
  is_mounted "$SHARED/c"
  share log /log ro
  assert_equal "$(isula exec log cat /log/file)" hello
  isula rm -f db log
  assert_missing "$SHARED/c"
  no_record
}

@test "share: mount and unmount are told once, with the first and with the last" {
  local since
  since=$(date +%s.%N)
  share web /c rw
  share db /c rw
  isula rm -f web
  restart_daemon KILL
  isula stop -t 0 db
  isula start db
  isula rm -f db
  assert_equal "$(channel_events "$since")" "web channel_mount
db channel_unmount"
}

@test "share: each container that asks gets the whole size added to its memory; resize moves all" {
  local name
  for name in web db; do
    run_idle --name "$name" -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:8M:share"
  done
  run_idle --name log -m 20M --host-channel "$SHARED/c:/c:ro:8M:share"
  assert_equal "$(memory_limit web) $(memory_limit db) $(memory_limit log)" "$((28 << 20)) $((28 << 20)) $((20 << 20))"
  expect 0 isula channel resize db "$SHARED/c" 16M
  assert_equal "$(memory_limit web) $(memory_limit db) $(memory_limit log)" "$((36 << 20)) $((36 << 20)) $((20 << 20))"
  for name in web db log; do
    assert_equal "$(inspect "$name" '{{.HostConfig.HostChannel.Size}}')" $((16 << 20))
  done
  isula channel resize log "$SHARED/c" 4M
  assert_equal "$(memory_limit web) $(memory_limit db)" "$((24 << 20)) $((24 << 20))"
  expect 125 create --host-channel "$SHARED/c:/c:rw:8M:share" none true
  assert_contains "$stderr" "with the size 4M, not 8M"
  isula rm -f web db log
  assert_missing "$SHARED/c"
}

@test "share: ten creates at once make one channel, and ten removals take it away" {
  local i pids=()
  for i in $(seq 10); do
    run_idle --name "c$i" --host-channel "$SHARED/c:/c:rw:1M:share" >/dev/null &
    pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i"; done
  assert_equal "$(isula channel ls -q | wc -l)" 1
  assert_equal "$(owners | tr , '\n' | wc -l)" 10
  isula exec c1 sh -c 'echo hello >/c/file'
  assert_equal "$(isula exec c10 cat /c/file)" hello
  pids=()
  for i in $(seq 10); do
    isula rm -f "c$i" >/dev/null &
    pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i"; done
  assert_missing "$SHARED/c"
  no_record
}

@test "share: creates that race with the last rm find a whole channel or make one" {
  local round pid
  for round in $(seq "$(rounds 10)"); do
    share web /c rw >/dev/null
    isula rm -f web >/dev/null &
    pid=$!
    share db /c rw >/dev/null
    wait "$pid"
    is_mounted "$SHARED/c"
    isula exec db sh -c 'echo hello >/c/file'
    assert_equal "$(cat "$SHARED/c/file")" hello
    isula rm -f db >/dev/null
    assert_missing "$SHARED/c"
  done
  no_record
}

@test "share: an owner that goes is not kept by what covers the channel, the last one is" {
  share web /c rw
  share db /c rw
  mount -t tmpfs covering "$SHARED/c"
  expect 0 isula rm -f web
  assert_equal "$stderr" ""
  isula stop -t 0 db
  expect 1 isula rm db
  umount "$SHARED/c"
  expect 0 isula rm db
  assert_missing "$SHARED/c"
}

@test "share: a record of version 1 is read, and another version is set aside" {
  share web /c rw
  local record
  record=$(ls "$DIR"/graph/channels/*/channel.json)
  kill_daemon TERM
  jq '. + {Version: 1, Position: 0, PathInContainer: "/c", Permissions: "rw",
           Owners: [.Owners[] | {Id, Name}]}' "$record" >"$CASE/record"
  cp "$CASE/record" "$record"
  start_daemon
  assert_equal "$(owners)" web
  share db /db ro
  assert_equal "$(jq -c '[.Version, (.Owners | length)]' "$record")" '[2,2]'
  isula rm -f web db
  assert_missing "$SHARED/c"
}
