# Health checks: what they find, and that they leave nothing, whatever happens meanwhile.
load lib/e2e

# run_checked NAME COMMAND [FLAG...]: an idle container that is checked ten times a second, or each $INTERVAL.
run_checked() {
  local name=$1 command=$2
  shift 2
  run_idle --name "$name" --rootfs-overlay --health-cmd "$command" --health-interval "${INTERVAL:-100ms}" "$@" >/dev/null
}

# A command that no other run of this file has: both runtimes are tested at once, and pgrep sees the whole machine.
readonly NAP="sleep 3005.$$"

health() { inspect "$1" '{{.State.Health.Status}}'; }
is_health() { [ "$(health "$1")" = "$2" ]; }
streak_is_at_least() { [ "$(inspect "$1" '{{.State.Health.FailingStreak}}')" -ge "$2" ]; }
# How many checks have left a line in a file of the container.
checks() { isula exec "$1" sh -c 'cat /tmp/checks 2>/dev/null | wc -l'; }
has_checks() { [ "$(checks "$1")" -ge "$2" ]; }
log_length() { inspect "$1" '{{json .State.Health.Log}}' | grep -o ExitCode | wc -l; }
has_log() { [ "$(log_length "$1")" -ge "$2" ]; }

# Processes of the container with these arguments.
running_in() { isula top "$1" -eo pid,args | grep -cF -- "$2" || true; }
runs_in() { [ "$(running_in "$1" "$2")" -ge 1 ]; }
none_in() { [ "$(running_in "$1" "$2")" -eq 0 ]; }
no_check_directories() { [ -z "$(ls -A "$DIR/state/health")" ]; }

# bats test_tags=runtime
@test "a container is starting, healthy, unhealthy, and healthy again, in ps, inspect and events" {
  local since
  since=$(date +%s.%N)
  run_checked web 'echo seen; test ! -e /tmp/ill' --health-retries 2
  assert_match "$(isula ps --format '{{.Status}}')" '^Up .* \((health: starting|healthy)\)$'
  wait_until 10 is_health web healthy
  assert_match "$(isula ps --format '{{.Status}}')" '^Up .* \(healthy\)$'
  assert_equal "$(isula ps -f health=healthy --format '{{.Names}}')" web
  assert_equal "$(isula ps -aq -f health=unhealthy)" ""
  assert_match "$(inspect web '{{json .State.Health.Log}}')" '"ExitCode":0,"Output":"seen\\n"'
  isula exec web touch /tmp/ill
  wait_until 10 is_health web unhealthy
  assert_match "$(isula ps --format '{{.Status}}')" '^Up .* \(unhealthy\)$'
  assert_equal "$(isula ps -f health=unhealthy --format '{{.Names}}')" web
  wait_until 10 streak_is_at_least web 3
  assert_match "$(inspect web '{{json .State.Health.Log}}')" '"ExitCode":1,"Output":"seen\\n"'
  isula exec web rm /tmp/ill
  wait_until 10 is_health web healthy
  assert_equal "$(inspect web '{{.State.Health.FailingStreak}}')" 0
  wait_until 10 has_log web 5
  assert_equal "$(log_length web)" 5
  isula events -n web --since "$since" --until 0s --format '{{.Action}}' >"$CASE/events"
  assert_equal "$(grep -v exec_ "$CASE/events" | xargs)" \
    "create start health_status: healthy health_status: unhealthy health_status: healthy"
  assert_equal "$(grep -c exec_create "$CASE/events")" 2  # ours; none of a check
  assert_equal "$(inspect web '{{json .Config.Healthcheck}}')" '{"Test":["CMD-SHELL","echo seen; test ! -e /tmp/ill"],"Interval":100000000,"Timeout":30000000000,"StartPeriod":0,"Retries":2,"ExitOnUnhealthy":false}'
  isula rm -f web
}

@test "a container without checks shows none, and --no-healthcheck says so" {
  run_idle --name plain
  assert_match "$(isula ps --format '{{.Status}}')" '^Up [^()]*$'
  refute_contains "$(isula inspect plain)" Health
  run_idle --name never --no-healthcheck
  assert_equal "$(inspect never '{{json .Config.Healthcheck}}')" '{"Test":["NONE"]}'
  assert_equal "$(isula ps -f health=none --format '{{.Names}}' | sort | xargs)" "never plain"
  isula rm -f plain never
}

# bats test_tags=runtime
@test "a check runs as the container's user, with its variables and directory, among its processes" {
  run_checked web 'echo "$(id -u) $A $(pwd)"; test -d /proc/1 && grep -q sleep /proc/1/cmdline' \
    -u 1000 -e A=b --workdir /tmp
  wait_until 10 is_health web healthy
  assert_match "$(inspect web '{{json .State.Health.Log}}')" '"Output":"1000 b /tmp\\n"'
  isula rm -f web
}

# bats test_tags=runtime
@test "a check that takes too long is killed with all that it has started, and counts as a failure" {
  run_checked web 'echo begun; sh -c "sleep 3001 & setsid sleep 3002 & exec sleep 3003"' \
    --health-timeout 300ms --health-retries 2
  wait_until 10 runs_in web 'sleep 3002'
  wait_until 10 is_health web unhealthy
  assert_match "$(inspect web '{{json .State.Health.Log}}')" \
    '"ExitCode":-1,"Output":"health check exceeded timeout \(300ms\): begun\\n"'
  # One check at a time: each time all of them have gone.
  [ "$(running_in web 'sleep 3002')" -le 1 ]
  isula rm -f web
  wait_until 10 no_check_directories
}

# bats test_tags=runtime
@test "what a check leaves behind when it ends is killed too" {
  run_checked web 'sleep 3004 </dev/null >/dev/null 2>&1 & echo x >>/tmp/checks'
  wait_until 10 has_checks web 3
  [ "$(running_in web 'sleep 3004')" -le 1 ]
  is_health web healthy
  isula rm -f web
}

@test "failures in the start period do not count, until a check has passed" {
  run_checked web 'echo x >>/tmp/checks; test -e /tmp/well' --health-start-period 1h --health-retries 1
  wait_until 10 has_checks web 3
  assert_equal "$(inspect web '{{.State.Health.Status}} {{.State.Health.FailingStreak}}')" "starting 0"
  isula exec web touch /tmp/well
  wait_until 10 is_health web healthy
  isula exec web rm /tmp/well
  wait_until 10 is_health web unhealthy
  isula rm -f web
}

@test "a check whose shell is not there fails with its reason" {
  cp -a "$ROOTFS" "$SHARED/bare"
  rm "$SHARED/bare/bin/sh"
  isula run -d --name web --health-cmd true --health-interval 100ms --health-retries 1 \
    --external-rootfs "$SHARED/bare" none sleep 1000
  wait_until 10 is_health web unhealthy
  assert_match "$(inspect web '{{json .State.Health.Log}}')" '"ExitCode":(126|127|-1),'
  assert_contains "$(inspect web '{{json .State.Health.Log}}')" /bin/sh
  isula rm -f web
  rm -r "$SHARED/bare"
}

@test "output is kept up to 4096 bytes, in whole characters" {
  run_checked web 'head -c 100000 /dev/zero | tr "\0" x; printf "\377"'
  wait_until 10 has_log web 1
  local length
  length=$(inspect web '{{json .State.Health.Log}}' | grep -o '"Output":"x*\.\.\."' | head -n 1 | tr -cd x. | wc -c)
  assert_equal "$length" 4096
  isula rm -f web
}

@test "--health-exit-on-unhealthy: the container is killed, and its restart policy sees that" {
  run_checked web 'test ! -e /tmp/ill' --health-retries 2 --health-exit-on-unhealthy
  wait_until 10 is_health web healthy
  isula exec web touch /tmp/ill
  wait_until 10 has_ended web
  assert_equal "$(inspect web '{{.State.ExitCode}}')" 137
  assert_equal "$(health web)" unhealthy  # it stays to be seen why
  assert_match "$(isula ps -a --format '{{.Status}}')" '^Exited \(137\)'
  isula rm web
  run_checked web 'exit 3' --health-retries 1 --health-exit-on-unhealthy --restart on-failure:2
  gave_up() { [ "$(inspect web '{{.RestartCount}} {{.State.Status}}')" = "2 exited" ]; }
  wait_until 20 gave_up
  isula rm web
}

@test "with --rm an unhealthy container is gone" {
  run_checked web false --health-retries 1 --health-exit-on-unhealthy --rm
  wait_until 10 no_containers
}

@test "a paused container is not checked, and a check that stood still is not held against it" {
  run_checked web 'echo x >>/tmp/checks; sleep 0.4' --health-timeout 2s --health-retries 1
  wait_until 10 has_checks web 2
  wait_until 10 runs_in web 'sleep 0.4'
  isula pause web
  assert_match "$(isula ps --format '{{.Status}}')" '^Up .* \(Paused\)$'
  sleep 3
  assert_equal "$(inspect web '{{.State.Health.FailingStreak}}')" 0
  isula unpause web
  wait_until 10 has_checks web 4
  assert_equal "$(health web)" healthy
  isula rm -f web
}

# bats test_tags=runtime
@test "stop, kill and rm -f in the middle of a check end it" {
  local verb
  for verb in 'stop -t 0' 'kill' 'rm -f'; do
    INTERVAL=10ms run_checked web "$NAP"
    wait_until 10 runs_in web "$NAP"
    # shellcheck disable=SC2086
    expect 0 timeout 20 isula $verb web
    isula rm -f web 2>/dev/null || true
    refute pgrep -f "$NAP"
  done
  wait_until 10 no_check_directories
}

@test "starts, ends and removals while checks begin all the time leave nothing" {
  local round
  for round in $(seq "$(rounds 8)"); do
    INTERVAL=1ms run_checked web 'true'
    sleep "0.0$round"
    expect 0 isula rm -f web
    expect 0 run_container --rm --name web --health-cmd true --health-interval 1ms none sleep "0.0$round"
  done
  INTERVAL=1ms run_checked web true
  for round in 1 2 3; do
    expect 0 isula restart -t 0 web
  done
  isula rm -f web
  wait_until 10 no_check_directories
}

@test "many checks leave no descriptor, process or file" {
  local before after i
  INTERVAL=1ms run_checked web 'echo x >>/tmp/checks'
  wait_until 20 has_checks web 5
  before=$(ls "/proc/$(daemon_pid)/fd" | wc -l)
  wait_until 60 has_checks web 60
  after=$(ls "/proc/$(daemon_pid)/fd" | wc -l)
  [ "$after" -le $((before + 12)) ] || fail "$before descriptors became $after"
  [ "$(ls "$DIR/state/health" | wc -l)" -le 1 ]
  isula rm -f web
}

# bats test_tags=runtime
@test "after kill -9 of the daemon checks go on, and those that it had begun are gone" {
  run_checked web 'echo x >>/tmp/checks; test ! -e /tmp/slow || exec '"$NAP" --health-retries 1
  wait_until 10 is_health web healthy
  isula exec web touch /tmp/slow
  wait_until 10 runs_in web "$NAP"
  local old
  old=$(pgrep -f "^$NAP")
  isula exec web rm /tmp/slow
  restart_daemon KILL
  wait_until 10 process_gone "$old"
  wait_until 10 is_health web healthy
  wait_until 10 none_in web "$NAP"
  [ "$(ls "$DIR/state/health" | wc -l)" -le 1 ]
  isula exec web touch /tmp/slow
  wait_until 10 runs_in web "$NAP"
  restart_daemon TERM
  wait_until 10 is_health web starting
  isula rm -f web
  wait_until 10 no_check_directories
}

@test "kills of the daemon at any moment of a check leave nothing, and no container behind" {
  local round
  INTERVAL=1ms run_checked web 'sleep 0.02'
  for round in $(seq "$(rounds 8)"); do
    sleep "0.0$round"
    restart_daemon KILL
    is_running web
  done
  wait_until 10 is_health web healthy
  isula rm -f web
  wait_until 10 no_check_directories
}

@test "checks of other containers go on while some hang" {
  local i
  for i in 1 2 3 4 5 6; do
    run_checked "hang$i" 'sleep 3007' --health-timeout 1h
  done
  run_checked web 'echo x >>/tmp/checks'
  wait_until 10 has_checks web 3
  for i in 1 2 3 4 5 6; do
    runs_in "hang$i" 'sleep 3007'
  done
  isula rm -f web hang1 hang2 hang3 hang4 hang5 hang6
}

# bats test_tags=runtime
@test "a system container is checked, in a user namespace too" {
  run_checked web 'echo "$(id -u)"; test -d /proc/1' --system-container
  run_checked mapped 'test "$(id -u)" = 0' --user-remap 100000:100000:65536
  wait_until 10 is_health web healthy
  wait_until 10 is_health mapped healthy
  isula rm -f web mapped
}

@test "stop ends the checks: what drains is not killed for being ill" {
  run_container -d --name web --rootfs-overlay --health-cmd 'test ! -e /tmp/draining' --health-interval 50ms --health-retries 1 \
    --health-exit-on-unhealthy none \
    sh -c 'trap "touch /tmp/draining; sleep 1; exit 7" TERM; touch /tmp/ready; while :; do sleep 0.02; done' >/dev/null
  wait_until 10 isula exec web test -e /tmp/ready
  wait_until 10 is_health web healthy
  expect 0 isula stop -t 30 web
  assert_equal "$(inspect web '{{.State.ExitCode}} {{.State.Health.Status}}')" "7 healthy"
  isula start web >/dev/null
  wait_until 10 is_health web unhealthy  # it is still marked as draining
  isula rm -f web
}

@test "what cannot be is refused with its reason" {
  expect 125 create --health-interval 10s none true
  assert_contains "$stderr" "--health-interval needs --health-cmd: there is no check without it"
  expect 125 create --health-exit-on-unhealthy none true
  assert_contains "$stderr" "--health-exit-on-unhealthy needs --health-cmd"
  expect 125 create --no-healthcheck --health-cmd true none true
  assert_contains "$stderr" "--no-healthcheck and --health-cmd exclude one another"
  expect 125 create --health-cmd '' none true
  assert_contains "$stderr" '--health-cmd "" is empty'
  expect 125 create --health-cmd true --health-interval 100us none true
  assert_contains "$stderr" '--health-interval "100us" must be 1ms to 720h'
  expect 125 create --health-cmd true --health-timeout 0s none true
  assert_contains "$stderr" '--health-timeout "0s" must be 1ms to 720h'
  expect 125 create --health-cmd true --health-start-period 721h none true
  assert_contains "$stderr" '--health-start-period "721h0m0s" must be 0s to 720h'
  expect 125 create --health-cmd true --health-retries 0 none true
  assert_contains "$stderr" '--health-retries "0" must be 1 to 1000000'
  expect 125 create --health-cmd true --health-interval soon none true
  assert_contains "$stderr" 'Invalid value "soon" for flag --health-interval: must be a duration such as 30s'
  expect 125 isula ps -f health=well
  assert_contains "$stderr" "the health is one of starting, healthy, unhealthy, none"
  no_containers
}
