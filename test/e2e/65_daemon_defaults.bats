# What the daemon's configuration gives containers that ask for nothing else.
load lib/e2e

# configure JSON [FLAG...]: a daemon with that file.
configure() {
  echo "$1" >"$DIR/daemon.json"
  shift
  restart_daemon TERM "$@"
}

# The daemon of the other cases again.
teardown() {
  remove_all
  echo '{}' >"$DIR/daemon.json"
  restart_daemon TERM
  default_teardown
}

# refuses STATUS TEXT FLAG...: a daemon with these flags does not begin, and says why.
refuses() {
  local status=$1 text=$2
  shift 2
  expect "$status" timeout 20 "$ISULAD_BIN/isulad" -g "$CASE/graph" -S "$CASE/state" -H "unix://$CASE/isulad.sock" -G root \
    -p "$CASE/isulad.pid" --cgroup-parent "$CGROUP_PARENT" --config "$DIR/daemon.json" "$@"
  assert_contains "$stderr$output" "$text"
}

limits() { isula exec "$1" sh -c 'ulimit -Sn; ulimit -Hn; ulimit -c'; }

# bats test_tags=runtime
@test "default-ulimits hold where a container does not name the limit, for its execs too" {
  configure '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 640, "Hard": 1000}}}' --default-ulimit core=0
  expect 0 run_container --rm none sh -c 'ulimit -Sn; ulimit -Hn; ulimit -c'
  assert_equal "$output" $'640\n1000\n0'
  run_idle --name web --ulimit nofile=100:200
  expect 0 isula exec web sh -c 'ulimit -Hn; ulimit -c'
  assert_equal "$output" $'200\n0'
  assert_equal "$(inspect web '{{json .HostConfig.Ulimits}}')" \
    '[{"Name":"nofile","Soft":100,"Hard":200},{"Name":"core","Soft":0,"Hard":0}]'
  # A flag wins over the file; what is there keeps what it has.
  restart_daemon TERM --default-ulimit nofile=50
  assert_equal "$(isula exec web sh -c 'ulimit -Hn')" 200
  expect 0 run_container --rm none sh -c 'ulimit -Sn; ulimit -Hn'
  assert_equal "$output" $'50\n50'
}

# bats test_tags=runtime
@test "native.umask is that of containers and their execs" {
  run_idle --name web
  expect 0 isula exec web sh -c umask
  assert_equal "$output" 0022
  expect 0 run_container --rm none sh -c umask
  assert_equal "$output" 0022
  configure '{"native.umask": "secure"}'
  expect 0 run_container --rm none sh -c umask
  assert_equal "$output" 0027
  isula restart -t 0 web
  expect 0 isula exec web sh -c umask
  assert_equal "$output" 0027
  restart_daemon TERM --native.umask normal
  expect 0 run_container --rm none sh -c umask
  assert_equal "$output" 0022
}

# bats test_tags=runtime
@test "the daemon's hooks run before a container's own" {
  printf '#!/bin/sh\necho %s >>%s/ran\n' daemon "$CASE" >"$CASE/daemon-hook"
  printf '#!/bin/sh\necho %s >>%s/ran\n' own "$CASE" >"$CASE/own-hook"
  chmod +x "$CASE/daemon-hook" "$CASE/own-hook"
  echo "{\"prestart\": [{\"path\": \"$CASE/daemon-hook\"}]}" >"$CASE/daemon-spec"
  echo "{\"prestart\": [{\"path\": \"$CASE/own-hook\"}]}" >"$CASE/own-spec"
  configure "{\"hook-spec\": \"$CASE/daemon-spec\"}"
  expect 0 run_container --rm none true
  assert_equal "$(<"$CASE/ran")" daemon
  rm "$CASE/ran"
  expect 0 run_container --rm --hook-spec "$CASE/own-spec" none true
  assert_equal "$(<"$CASE/ran")" $'daemon\nown'
  create --name web none true
  assert_contains "$(inspect web '{{json .HostConfig.Hooks}}')" "$CASE/daemon-hook"
}

@test "container-log is how output is kept where a container does not say" {
  configure '{"container-log": {"driver": "json-file", "opts": {"max-size": "8k", "max-file": "2"}}}'
  create --name web none true
  assert_equal "$(inspect web '{{json .HostConfig.LogConfig}}')" \
    '{"Type":"json-file","Config":{"max-size":"8K","max-file":"2"}}'
  create --name two --log-opt max-file=3 none true
  assert_equal "$(inspect two '{{json .HostConfig.LogConfig.Config}}')" '{"max-size":"8K","max-file":"3"}'
  configure '{"container-log": {"driver": "none"}}'
  create --name three none true
  assert_equal "$(inspect three '{{.HostConfig.LogConfig.Type}}')" none
  create --name four --log-driver json-file none true
  assert_equal "$(inspect four '{{.HostConfig.LogConfig.Type}}')" json-file
  assert_equal "$(inspect web '{{.HostConfig.LogConfig.Type}}')" json-file
  assert_match "$(isula info)" 'Logging Driver: +none'
}

@test "a default that cannot be stops the daemon's start, by its name" {
  refuses 125 "default-ulimit" --default-ulimit x=1
  refuses 125 "normal (0022) or secure (0027)" --native.umask strict
  refuses 1 "/no/such" --hook-spec /no/such
  echo '{"prestart": [{"path": "/etc/passwd"}]}' >"$CASE/spec"
  refuses 1 '"/etc/passwd" is not a program' --hook-spec "$CASE/spec"
  echo '{"container-log": {"driver": "syslog"}}' >"$DIR/daemon.json"
  refuses 1 "container-log"
  echo '{"default-ulimits": {"nofile": {"Soft": 2, "Hard": 1}}}' >"$DIR/daemon.json"
  refuses 125 '"default-ulimits"'
}
