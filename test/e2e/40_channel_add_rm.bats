# isula channel add, isula channel rm: channels that come to containers and go from them.
load lib/e2e

readonly REMAP=100000:200000:65536

maps_tmpfs() { [ "$(printf '%s\n' 6.3 "$(uname -r)" | sort -V | head -n 1)" = 6.3 ]; }

# What a container shows of its channels: configuration, state and mounts, and the files beside them.
look() {  # CONTAINER
  local id
  id=$(inspect "$1" '{{.Id}}')
  inspect "$1" '{{json .HostConfig.HostChannels}} {{json .State.HostChannels}} {{json .Mounts}}'
  isula channel ls --no-trunc
  cat "$DIR/graph/containers/$id/config.json"
  find "$SHARED" "$DIR/graph/channels" "$DIR/state/channels" "$ROOTFS" -path "$ROOTFS/bin/*" -prune -o -print | sort
  isula exec "$1" cat /proc/mounts 2>/dev/null || true
}

# Both sides see what the other writes.
flows() {  # CONTAINER HOST-PATH CONTAINER-PATH
  isula exec "$1" sh -c "echo inside >'$3/inside'"
  assert_equal "$(<"$2/inside")" inside
  echo host >"$2/host"
  assert_equal "$(isula exec "$1" cat "$3/host")" host
}

# What the container's table of mounts says of a path.
options_inside() {  # CONTAINER PATH
  isula exec "$1" awk -v path="$2" '$2 == path { print $4 }' /proc/mounts
}

is_restarted() { [ "$(inspect "$1" '{{.RestartCount}} {{.State.Running}}')" = "1 true" ]; }

mounted_inside() { [ -n "$(options_inside "$1" "$2")" ]; }

@test "add to a container that runs: content flows both ways, and through restarts of container and daemon" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  expect 0 isula channel add web "$SHARED/p/d:/data/d:rw:2M"
  assert_equal "$stderr" ""
  assert_equal "$output" "$(inspect web '{{index .HostConfig.HostChannels 1}}' | jq -r .Id)"
  flows web "$SHARED/p/d" /data/d
  assert_match "$(options_inside web /data/d)" "^rw,nosuid,nodev,noexec"
  assert_equal "$(isula channel ls --format '{{.HostPath}} {{.ContainerPath}} {{.Size}} {{.Mounted}}' web | tail -n 1)" \
    "$SHARED/p/d /data/d 2MiB yes"
  assert_equal "$(isula exec web sh -c 'dd if=/dev/zero of=/data/d/big bs=64k 2>/dev/null; stat -c %s /data/d/big')" \
    $(((2 << 20) - 8192))
  isula stop -t 0 web
  isula start web
  assert_equal "$(isula exec web cat /data/d/host /data/d/inside | xargs)" "host inside"
  restart_daemon KILL
  rm "$SHARED/p/d/big"
  flows web "$SHARED/p/d" /data/d
  isula rm -f web
  assert_missing "$SHARED/p"
  assert_missing "$ROOTFS/data"
}

@test "rm from a container that runs: gone on both sides, and from what comes later" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M" --host-channel "$SHARED/p/d:/data/d:rw:2M"
  local id
  id=$(inspect web '{{index .HostConfig.HostChannels 1}}' | jq -r .Id)
  expect 0 isula channel rm web "$SHARED/p/./d/"
  assert_equal "$output" "$id"
  assert_equal "$stderr" ""
  assert_missing "$SHARED/p"
  refute mounted_inside web /data/d
  assert_missing "$ROOTFS/data"
  assert_equal "$(isula channel ls --format '{{.HostPath}}')" "$SHARED/c"
  assert_equal "$(inspect web '{{json .HostConfig.HostChannels}}' | jq length)" 1
  flows web "$SHARED/c" /c
  isula stop -t 0 web
  isula start web
  restart_daemon KILL
  flows web "$SHARED/c" /c
  assert_equal "$(isula channel ls --format '{{.HostPath}}')" "$SHARED/c"
  isula rm -f web
}

@test "added and taken away again, nothing is left of it; the path and the place can be had again" {
  run_idle --name web
  local before round
  before=$(look web)
  for round in 1 2 3; do
    isula channel add web "$SHARED/p/d:/data/d:rw:2M"
    flows web "$SHARED/p/d" /data/d
    isula channel rm web "$SHARED/p/d"
    assert_equal "$(look web)" "$before"
  done
  isula rm -f web
}

@test "ro holds, and the options as well" {
  run_idle --name web
  isula channel add web "$SHARED/r:/r:ro:1M"
  isula channel add web "$SHARED/x:/x:rw:8M:exec,mode=0755,nr_inodes=7"
  echo host >"$SHARED/r/file"
  assert_equal "$(isula exec web cat /r/file)" host
  refute isula exec web sh -c 'echo x >/r/file' 2>/dev/null
  refute isula exec web mount -o remount,rw /r 2>/dev/null
  assert_match "$(options_inside web /r)" "^ro,nosuid,nodev,noexec"
  refute_contains "$(options_inside web /x)" noexec
  isula exec web sh -c 'cp /bin/busybox /x/true && /x/true'
  assert_equal "$(stat -c %a "$SHARED/x")" 755
  assert_equal "$(isula channel ls --format '{{.InodesLimit}}' web | tail -n 1)" 7
  isula rm -f web
}

@test "add and rm of a container that does not run: recorded, and held to at the start" {
  create --name web none sleep 1000
  expect 0 isula channel add web "$SHARED/c:/c:rw:4M"
  assert_missing "$SHARED/c"
  assert_equal "$(inspect web '{{.HostConfig.HostChannel.Size}}')" $((4 << 20))
  restart_daemon KILL
  isula start web
  flows web "$SHARED/c" /c
  isula stop -t 0 web
  isula channel add web "$SHARED/d:/d"
  assert_equal "$(<"$SHARED/c/host")" host
  expect 0 isula channel rm web "$SHARED/c"
  assert_missing "$SHARED/c"
  assert_missing "$ROOTFS/c"
  isula start web
  flows web "$SHARED/d" /d
  refute mounted_inside web /c
  isula rm -f web
}

@test "a paused container gets and loses channels as one that runs" {
  run_idle --name web
  isula pause web
  isula channel add web "$SHARED/c:/c"
  isula channel add web "$SHARED/d:/d"
  isula channel rm web "$SHARED/d"
  assert_equal "$(inspect web '{{.State.Status}}')" paused
  isula unpause web
  flows web "$SHARED/c" /c
  refute mounted_inside web /d
  isula rm -f web
}

@test "in a system container, beneath what is mounted there at its start" {
  run_idle --name web --system-container
  local path
  for path in /run/a/c /tmp/c /dev/shm/c /run/lock/c; do
    isula channel add web "$SHARED/c:$path:rw:1M"
    flows web "$SHARED/c" "$path"
    isula channel rm web "$SHARED/c"
    refute isula exec web test -e "$path"
  done
  refute isula exec web test -e /run/a
  isula rm -f web
}

@test "in a user namespace: root inside owns what it makes, everywhere" {
  maps_tmpfs || skip "before Linux 6.3"
  run_idle --name web --user-remap "$REMAP" --system-container --host-channel "$SHARED/s:/s:ro:1M"
  isula channel rm web "$SHARED/s"
  refute mounted_inside web /s
  assert_missing "$ROOTFS/s"
  local path
  for path in /data/c /run/c; do
    isula channel add web "$SHARED/c:$path:rw:1M"
    flows web "$SHARED/c" "$path"
    assert_equal "$(isula exec web stat -c %u:%g "$path" "$path/inside" "$path/host" | xargs)" "0:0 0:0 0:0"
    assert_equal "$(stat -c %u:%g "$SHARED/c/inside")" 0:0
    isula channel rm web "$SHARED/c"
    refute isula exec web test -e "$path"
  done
  assert_missing "$ROOTFS/data"
  isula rm -f web
}

@test "in a volume: the mount point that add makes there is the user's" {
  mkdir "$SHARED/volume"
  run_idle --name web -v "$SHARED/volume:/volume"
  isula channel add web "$SHARED/c:/volume/c:rw:1M"
  flows web "$SHARED/c" /volume/c
  isula channel rm web "$SHARED/c"
  isula rm -f web
  rmdir "$SHARED/volume/c" "$SHARED/volume"
}

@test "what create refuses is refused, and leaves nothing" {
  mkdir "$SHARED/there"
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M" -v "$SHARED/there:/volume"
  local before spec
  before=$(look web)
  for spec in "$SHARED/d" "$SHARED/d:d" "$SHARED/d:/d:rx" "$SHARED/d:/d:rw:4095" "$SHARED/d:/d:rw:1M:nosuch"; do
    expect 125 isula channel add web "$spec"
    assert_one_line "$stderr"
  done
  for spec in "$SHARED/there:/d" "$SHARED/c:/d" "$SHARED/c/x:/d" "$SHARED/d:/c" "$SHARED/d:/c/x" "$SHARED/d:/volume" \
    "$SHARED/d:/etc" "$SHARED/d:/proc/x" "$SHARED/d:/dev" "/proc/x:/d" "$DIR/graph/x:/d" "$ROOTFS/x:/d" \
    "$SHARED/d:/d:rw:1024g"; do
    expect 1 isula channel add web "$spec"
    assert_one_line "$stderr"
    assert_equal "$(look web)" "$before"
  done
  expect 1 isula channel add nosuch "$SHARED/d:/d"
  assert_contains "$stderr" "No such container: nosuch"
  expect 1 isula channel rm web "$SHARED/nosuch"
  assert_contains "$stderr" "\"$SHARED/nosuch\""
  expect 1 isula channel rm nosuch "$SHARED/c"
  isula rm -f web
  rmdir "$SHARED/there"
}

@test "adversary: links, files and mounts on the way in the container are refused, and nothing is left" {
  run_idle --name web --system-container --host-channel "$SHARED/c:/c:rw:1M"
  isula exec web sh -c "ln -s /etc /link; ln -s '$SHARED' /host; ln -s ../../../../../.. /up; mkdir /deep; touch /file
    ln -s /nosuch /dangling; ln -s /etc /deep/link; mkdir -p /c/inner"
  local before path etc
  before=$(look web)
  etc=$(find /etc -maxdepth 1 | sort)
  for path in /link /link/x /host /host/x /up/etc /dangling /deep/link /file /file/x /run; do
    expect 1 isula channel add web "$SHARED/d:$path:rw:1M"
    assert_one_line "$stderr"
    assert_contains "$stderr" "\"$path\""
    assert_equal "$(look web)" "$before"
  done
  assert_equal "$(find /etc -maxdepth 1 | sort)" "$etc"
  isula exec web rm -r /link /host /up /deep /file /dangling
  isula rm -f web
}

@test "adversary: root in the container swaps the mount point for a link while channels come and go" {
  run_idle --name web
  isula exec web mkdir -p /yard/p /yard/other
  isula exec -d web sh -c 'cd /yard; while [ ! -e /stop ]; do
    mv p away 2>/dev/null && ln -s /etc p; rm -f p; mv away p 2>/dev/null; done; touch /stopped'
  local end=$((SECONDS + 4)) etc added=0 tries=0
  etc=$(find /etc "$ROOTFS/etc" | sort)
  while [ $SECONDS -lt $end ]; do
    tries=$((tries + 1))
    if isula channel add web "$SHARED/c:/yard/p/c:rw:1M" >/dev/null 2>&1; then
      added=$((added + 1))
      isula channel rm web "$SHARED/c" >/dev/null
    fi
    assert_missing "$SHARED/c"
    refute grep -q "tmpfs isulad:.*$SHARED\|$SHARED.*tmpfs isulad:" /proc/self/mountinfo
  done
  assert_equal "$(find /etc "$ROOTFS/etc" | sort)" "$etc"
  assert_equal "$(isula exec web grep -c isulad: /proc/mounts || true)" 0
  isula exec web touch /stop
  wait_until 20 isula exec web test -e /stopped
  [ $tries -gt 3 ] || fail "only $tries tries"
  isula exec web rm -r /yard /stop /stopped
  isula rm -f web
}

@test "rm of a channel that a process in the container holds detaches it, and says who that is" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  isula exec -d web sh -c 'cd /c && echo $$ >pid && exec sleep 1000'
  wait_until 20 test -s "$SHARED/c/pid"
  expect 0 isula channel rm web "$SHARED/c"
  assert_one_line "$stderr"
  assert_match "$stderr" "^WARNING: /c in container \"web\" was busy and has been detached; in use by sleep \(pid [0-9]+\)$"
  local pid
  pid=$(sed 's/.*(pid \([0-9]*\)).*/\1/' <<<"$stderr")
  assert_contains "$(tr '\0' ' ' <"/proc/$pid/cmdline")" "sleep 1000"
  assert_missing "$SHARED/c"
  refute mounted_inside web /c
  isula rm -f web
}

@test "rm where something stands in the way is refused, the container keeps it, and it can be repeated" {
  run_idle --name web --host-channel "$SHARED/c:/c:rw:1M"
  mount -t tmpfs none "$SHARED/c"
  expect 1 isula channel rm web "$SHARED/c"
  assert_one_line "$stderr"
  assert_contains "$stderr" "another mount"
  mounted_inside web /c
  umount "$SHARED/c"
  flows web "$SHARED/c" /c
  sleep 1000 <"$SHARED/c" 3>&- &
  local holder=$!
  expect 0 isula channel rm web "$SHARED/c"
  assert_contains "$stderr" "\"$SHARED/c\" was busy and has been detached; in use by sleep (pid $holder)"
  assert_missing "$SHARED/c"
  kill "$holder"
  wait "$holder" || true
  isula rm -f web
}

@test "the memory limit follows where it was added" {
  create --name web -m 20M --host-channel-add-memory --host-channel "$SHARED/c:/c:rw:8M" none sleep 1000
  isula start web
  assert_equal "$(memory_limit web)" $((28 << 20))
  isula channel add web "$SHARED/d:/d:rw:64M"
  isula channel add web "$SHARED/r:/r:ro:64M"
  assert_equal "$(memory_limit web)" $((92 << 20))
  assert_equal "$(inspect web '{{.HostConfig.HostChannelMemory}}')" $((72 << 20))
  isula exec web sh -c 'dd if=/dev/zero of=/d/file bs=64k 2>/dev/null || true'
  assert_equal "$(stat -c %s "$SHARED/d/file")" $((64 << 20))
  is_running web
  expect 0 isula channel rm web "$SHARED/d"
  assert_equal "$stderr" ""
  assert_equal "$(memory_limit web)" $((28 << 20))
  isula channel rm web "$SHARED/c"
  assert_equal "$(memory_limit web)" $((20 << 20))
  restart_daemon KILL
  is_running web
  isula stop -t 0 web
  isula start web
  assert_equal "$(memory_limit web)" $((20 << 20))
  isula rm -f web
}

@test "add warns of a small memory limit" {
  run_idle --name web -m 20M
  expect 0 isula channel add web "$SHARED/c:/c:rw:32M"
  assert_one_line "$stderr"
  assert_match "$stderr" "^WARNING: .*\"$SHARED/c\""
  isula rm -f web
}

@test "a shared channel is joined by add and left by rm" {
  run_idle --name one --host-channel "$SHARED/s:/one:rw:4M:share"
  run_idle --name two
  expect 1 isula channel add two "$SHARED/s:/two:rw:8M:share"
  assert_contains "$stderr" "\"one\""
  isula channel add two "$SHARED/s:/two:ro:4M:share"
  isula exec one sh -c 'echo one >/one/file'
  assert_equal "$(isula exec two cat /two/file)" one
  isula channel resize two "$SHARED/s" 8M
  isula channel rm one "$SHARED/s"
  assert_equal "$(<"$SHARED/s/file")" one
  assert_equal "$(isula channel ls --format '{{.Containers}} {{.Size}}')" "two 8MiB"
  isula channel rm two "$SHARED/s"
  assert_missing "$SHARED/s"
  isula rm -f one two
}

@test "events tell of it" {
  run_idle --name teller
  isula channel add teller "$SHARED/c:/c:ro:8M"
  isula channel rm teller "$SHARED/c"
  expect 0 isula events -n teller --since 1h --until 0s --format '{{.Action}} {{.Actor.Attributes.hostPath}} {{.Actor.Attributes.containerPath}} {{.Actor.Attributes.permissions}} {{.Actor.Attributes.size}}'
  assert_equal "$(grep channel_ <<<"$output")" "channel_mount $SHARED/c /c ro $((8 << 20))
channel_attach $SHARED/c /c ro $((8 << 20))
channel_detach $SHARED/c /c ro $((8 << 20))
channel_unmount $SHARED/c /c ro $((8 << 20))"
  isula rm -f teller
}

@test "with --rm and under a restart policy" {
  run_idle --name gone --rm
  isula channel add gone "$SHARED/c:/c"
  isula stop -t 0 gone
  wait_until 20 no_containers
  assert_missing "$SHARED/c"
  run_idle --name web --restart always
  isula channel add web "$SHARED/c:/c"
  echo kept >"$SHARED/c/file"
  kill -KILL "$(inspect web '{{.State.Pid}}')"
  wait_until 20 is_restarted web
  assert_equal "$(isula exec web cat /c/file)" kept
  isula rm -f web
}
@test "two at once on one container, and against its end: done or refused, and nothing is left" {
  run_idle --name web
  local number
  for number in 1 2 3 4 5 6; do
    isula channel add web "$SHARED/c$number:/c$number:rw:1M" >/dev/null &
  done
  wait
  assert_equal "$(isula channel ls -q web | wc -l)" 6
  for number in 1 2 3 4 5 6; do
    isula channel rm web "$SHARED/c$number" >/dev/null &
  done
  wait
  assert_equal "$(isula channel ls -q)" ""
  for number in 1 2 3 4; do
    run_idle --name "end$number" >/dev/null
    isula channel add "end$number" "$SHARED/c:/c:rw:1M" >/dev/null 2>&1 &
    isula rm -f "end$number" >/dev/null
    wait
    assert_missing "$SHARED/c"
  done
  isula rm -f web
}

@test "kill -9 of the daemon at any moment of add and rm: all of it, or nothing" {
  run_idle --name web
  local round
  for round in 1 2 3 4 5 6; do
    isula channel add web "$SHARED/c:/c:rw:1M" >/dev/null 2>&1 &
    sleep "0.0$round"
    restart_daemon KILL
    wait
    if [ -n "$(isula channel ls -q web)" ]; then
      flows web "$SHARED/c" /c
    else
      assert_missing "$SHARED/c"
      isula channel add web "$SHARED/c:/c:rw:1M"
    fi
    isula channel rm web "$SHARED/c" >/dev/null 2>&1 &
    sleep "0.0$round"
    restart_daemon KILL
    wait
    if [ -n "$(isula channel ls -q web)" ]; then
      flows web "$SHARED/c" /c
      isula channel rm web "$SHARED/c"
    fi
    assert_missing "$SHARED/c"
    refute mounted_inside web /c
  done
  isula rm -f web
}
