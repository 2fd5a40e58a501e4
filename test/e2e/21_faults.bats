# What the engine does when what it stands on fails: a full or read-only data directory, damaged files, a state
# directory that somebody removed. The data directory is a small file system of its own here.
load lib/e2e

readonly INODES=4000

setup_file() {
  make_directory
  mkdir -m 711 "$DIR/graph"
  mount -t tmpfs -o size=4m,mode=711,nr_inodes=$INODES none "$DIR/graph"
  start_daemon
  warm_up
}

teardown_file() {
  kill_daemon TERM
  umount "$DIR/graph"
  remove_directory
}

teardown() {
  rm -f "$DIR/graph/filling"
  [ -n "${BATS_TEST_COMPLETED:-}" ] || use_the_first_data_directory
  default_teardown
}

fill() { dd if=/dev/zero of="$DIR/graph/filling" bs=4k >/dev/null 2>&1 || true; }
make_room() { rm "$DIR/graph/filling"; }
container_directory() { echo "$DIR/graph/containers/$(inspect "$1" '{{.Id}}')"; }
# The first process of a container that ends with 7 when told to.
ending() { printf '%s\n' none sh -c 'trap "exit 7" TERM; sleep 1000 & wait'; }
exit_code() { inspect "$1" '{{.State.Status}} {{.State.ExitCode}}'; }

@test "full: create is refused in one line, leaves nothing, and works when there is room" {
  fill
  expect 125 create --name web --host-channel "$SHARED/c:/c" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "No space left on device"
  assert_missing "$SHARED/c"
  assert_equal "$(isula ps -aq)" ""
  make_room
  create --name web --host-channel "$SHARED/c:/c" none true
  expect 0 isula start -a web
  isula rm web
}

@test "full: what runs goes on, and exec, stop, start and rm work" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  create --name later none true
  fill
  assert_equal "$(isula exec web echo alive)" alive
  expect 0 isula stop -t 0 web
  assert_equal "$(exit_code web)" "exited 137"
  expect 0 isula start web
  is_running web
  expect 0 isula start -a later
  expect 0 isula rm -f web later
  assert_missing "$SHARED/c"
  assert_equal "$(ls "$DIR/graph/containers" "$DIR/graph/channels" | grep -c '^[0-9a-f]')" 0
}

@test "full: a container that writes more than its log can take goes on, and the log is read as far as it got" {
  run_container -d --name web none sh -c 'i=0; while [ $i -lt 200 ]; do echo line $i; sleep 0.01; i=$((i+1)); done; exit 7'
  wait_until 10 logs_contain web "line 3"
  fill
  assert_equal "$(isula wait web)" 7
  assert_equal "$(isula logs web | head -n 1)" "line 0"
  isula rm web
}

@test "full: the exit code of a container that ends is kept, also by the daemon's successor" {
  local signal
  for signal in TERM KILL; do
    mapfile -t command < <(ending)
    run_container -d --name web "${command[@]}"
    fill
    isula stop web
    assert_equal "$(exit_code web)" "exited 7"
    assert_equal "$(isula wait web)" 7
    restart_daemon $signal
    assert_equal "$(exit_code web)" "exited 7"
    make_room
    restart_daemon $signal
    assert_equal "$(exit_code web)" "exited 7"
    expect 0 isula start web
    isula rm -f web
  done
}

@test "full: so is that of a container that ends while there is no daemon" {
  local pid
  mapfile -t command < <(ending)
  run_container -d --name web "${command[@]}"
  pid=$(inspect web '{{.State.Pid}}')
  fill
  kill_daemon KILL
  kill -TERM "$pid"
  wait_until 10 process_gone "$pid"
  start_daemon
  assert_equal "$(isula wait web)" 7
  make_room
  restart_daemon TERM
  assert_equal "$(exit_code web)" "exited 7"
  isula rm web
}

@test "full: a container that was started and ended since is known by its exit code, not by what could be saved" {
  create --name web none sh -c 'exit 7'
  fill
  expect 7 isula start -a web
  restart_daemon KILL
  assert_equal "$(exit_code web)" "exited 7"
  isula rm web
  assert_equal "$(ls -A "$DIR/state/exits")" ""
}

@test "no inodes left: create is refused, what runs goes on and is removed" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  mount -o "remount,nr_inodes=$(df --output=iused "$DIR/graph" | tail -n 1 | tr -d ' ')" "$DIR/graph"
  expect 125 create --name other none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "No space left on device"
  assert_equal "$(isula exec web echo alive)" alive
  expect 0 isula stop -t 0 web
  restart_daemon KILL
  assert_equal "$(exit_code web)" "exited 137"
  expect 0 isula rm web
  assert_missing "$SHARED/c"
  mount -o remount,nr_inodes=$INODES "$DIR/graph"
}

# A disk that fails turns read-only in the kernel's hands, whoever has files open on it. ext4 has a switch for that.
use_a_failing_data_directory() {
  kill_daemon TERM
  truncate -s 16M "$CASE/disk"
  mkfs.ext4 -q -O ^has_journal "$CASE/disk"
  mount -o loop,errors=remount-ro "$CASE/disk" "$DIR/graph"
  start_daemon
}
fail_the_disk() {
  sync -f "$DIR/graph"
  mount -o remount,abort "$DIR/graph"
}
# A copy: the failed one lives on for as long as any mount namespace of this machine has it.
repair_the_disk() {
  umount -l "$DIR/graph"
  cp "$CASE/disk" "$CASE/repaired"
  mount -o loop "$CASE/repaired" "$DIR/graph"
}
use_the_first_data_directory() {
  kill_daemon TERM
  mount -o "remount,rw,nr_inodes=$INODES" "$DIR/graph" 2>/dev/null || true
  [ "$(mounted "$DIR/graph" FSTYPE | tail -n 1)" = tmpfs ] || umount -l "$DIR/graph"
  start_daemon
}

@test "read-only: each change is refused by name, what runs goes on, exit codes are kept" {
  use_a_failing_data_directory
  mapfile -t command < <(ending)
  run_container -d --name web "${command[@]}"
  create --name later --host-channel "$SHARED/c:/c" none true
  fail_the_disk
  expect 125 create --name other none true
  assert_one_line "$stderr"
  assert_contains "$stderr" "Read-only file system"
  expect 125 isula start later
  assert_one_line "$stderr"
  assert_contains "$stderr" "Read-only file system"
  assert_missing "$SHARED/c"
  assert_equal "$(isula exec web echo alive)" alive
  expect 0 isula stop web
  assert_equal "$(exit_code web)" "exited 7"
  expect 1 isula rm web
  assert_one_line "$stderr"
  assert_contains "$stderr" "Read-only file system"
  assert_equal "$(exit_code web)" "exited 7"
  kill_daemon KILL
  repair_the_disk
  start_daemon
  assert_equal "$(exit_code web)" "exited 7"
  expect 0 isula start -a later
  expect 0 isula rm web later
  use_the_first_data_directory
}

@test "read-only: a daemon does not start, and says why" {
  kill_daemon TERM
  mount -o remount,ro "$DIR/graph"
  expect 1 timeout 20 "$ISULAD_BIN/isulad" -g "$DIR/graph" -S "$DIR/state" -H "unix://$DIR/isulad.sock" -G root \
    -p "$DIR/isulad.pid" --config "$DIR/daemon.json"
  assert_contains "$stderr" "$DIR/graph"
  assert_contains "$stderr" "Read-only file system"
  mount -o remount,rw "$DIR/graph"
  start_daemon
}

# Each way in which a file can be bad, done to FILE.
readonly DAMAGES=(empty cut_short other_text numbers a_directory a_link huge)
damage() {  # HOW FILE
  local text=
  [ ! -f "$2" ] || text=$(<"$2")
  rm -rf "$2"
  case $1 in
    empty) : >"$2" ;;
    cut_short) printf '%s' "${text:0:$((${#text} / 2))}" >"$2" ;;
    other_text) printf 'isulad was here\0\377\n' >"$2" ;;
    numbers) tr '0-9' '9' <<<"$text" >"$2" ;;
    a_directory) mkdir -p "$2/sub" ;;
    a_link) ln -s /dev/zero "$2" ;;
    huge) truncate -s 100G "$2" ;;
  esac
}

@test "damaged config.json: that container is set aside, the others are served" {
  run_idle --name web
  local how id
  kill_daemon TERM
  for how in "${DAMAGES[@]}"; do
    start_daemon
    id=$(create --name "bad" none true)
    kill_daemon TERM
    damage "$how" "$DIR/graph/containers/$id/config.json"
    start_daemon
    assert_equal "$how: $(isula ps -a --format '{{.Names}}')" "$how: web"
    test -d "$DIR/graph/damaged/$id"
    kill_daemon TERM
    rm -r "$DIR/graph/damaged"
  done
  start_daemon
  is_running web
  isula rm -f web
}

@test "damaged state.json: the container is taken for ended and can be started and removed" {
  run_idle --name web
  local how directory
  for how in "${DAMAGES[@]}"; do
    run_container --name bad none sh -c 'exit 7' || true
    directory=$(container_directory bad)
    kill_daemon TERM
    damage "$how" "$directory/state.json"
    start_daemon
    assert_equal "$how: $(exit_code bad)" "$how: exited 255"
    [ "$how" = a_directory ] || expect 7 isula start -a bad
    expect 0 isula rm bad
  done
  is_running web
  isula rm -f web
}

@test "damaged state.json of a container that runs: it is found again by its monitor" {
  local how directory pid
  for how in "${DAMAGES[@]}"; do
    run_idle --name web
    directory=$(container_directory web)
    pid=$(inspect web '{{.State.Pid}}')
    kill_daemon KILL
    damage "$how" "$directory/state.json"
    start_daemon
    wait_until 10 is_running web
    assert_equal "$how: $(inspect web '{{.State.Pid}}')" "$how: $pid"
    expect 0 isula rm -f web
  done
}

@test "damaged exit record: the end is unknown, the others are served" {
  run_idle --name web
  local how directory pid
  mapfile -t command < <(ending)
  for how in "${DAMAGES[@]}"; do
    run_container -d --name bad "${command[@]}"
    directory=$(container_directory bad)
    pid=$(inspect bad '{{.State.Pid}}')
    kill_daemon KILL
    kill -TERM "$pid"
    wait_until 10 test ! -e "$DIR/state/containers/${directory##*/}/shim.sock"
    damage "$how" "$directory/exit"
    start_daemon
    assert_equal "$how: $(exit_code bad)" "$how: exited 255"
    expect 0 isula rm bad
  done
  is_running web
  isula rm -f web
}

@test "damaged channel.json: the record is set aside, its container can be removed" {
  run_idle --name web --host-channel "$SHARED/web:/c"
  local how
  for how in "${DAMAGES[@]}"; do
    create --name bad --host-channel "$SHARED/bad:/c" none true
    kill_daemon TERM
    damage "$how" "$(grep -l "$SHARED/bad" "$DIR"/graph/channels/*/channel.json)"
    start_daemon
    assert_equal "$how: $(isula ps -a --format '{{.Names}}' | sort | tr '\n' ' ')" "$how: bad web "
    expect 0 isula rm bad
    rm -rf "$DIR"/graph/channels/*.damaged
  done
  assert_equal "$(isula exec web sh -c 'echo there >/c/file; cat /c/file')" there
  isula rm -f web
}

@test "state directory removed under the daemon: what runs can be stopped and removed, new ones start" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  rm -rf "$DIR/state"
  expect 125 isula exec web true
  assert_one_line "$stderr"
  expect 0 isula stop -t 0 web
  assert_equal "$(exit_code web)" "exited 137"
  expect 0 isula start web
  assert_equal "$(isula exec web echo alive)" alive
  restart_daemon KILL
  is_running web
  isula rm -f web
  assert_missing "$SHARED/c"
}

@test "state directory removed while there is no daemon: what ran is ended, not left behind" {
  run_idle --name web --host-channel "$SHARED/c:/c"
  local pid
  pid=$(inspect web '{{.State.Pid}}')
  kill_daemon KILL
  rm -rf "$DIR/state"
  start_daemon
  assert_equal "$(exit_code web)" "exited 255"
  wait_until 20 process_gone "$pid"
  expect 0 isula start web
  isula rm -f web
  assert_missing "$SHARED/c"
}
