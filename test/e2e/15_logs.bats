# What logs keep, and what logs prints of it.
load lib/e2e

log_files() { ls "$(dirname "$(inspect "$1" '{{.LogPath}}')")" | grep '^log\.json'; }

@test "a log of limited size keeps the newest lines" {
  run_container --name web --log-opt max-size=8k --log-opt max-file=3 none seq 1 2000 >/dev/null
  assert_equal "$(log_files web)" $'log.json\nlog.json.1\nlog.json.2'
  local kept
  kept=$(isula logs web)
  assert_equal "$(tail -n 1 <<<"$kept")" 2000
  assert_equal "$kept" "$(seq "$(head -n 1 <<<"$kept")" 2000)"
  assert_equal "$(inspect web '{{json .HostConfig.LogConfig}}')" \
    '{"Type":"json-file","Config":{"max-size":"8K","max-file":"3"}}'
  local directory
  directory=$(dirname "$(inspect web '{{.LogPath}}')")
  isula rm web
  assert_missing "$directory"
}

@test "limits hold for a container that a new daemon has read from disk" {
  create --name web --log-opt max-size=4k,max-file=2 none seq 1 500
  isula inspect web >"$CASE/before.json"
  restart_daemon TERM
  isula inspect web | diff "$CASE/before.json" -
  isula start -a web >/dev/null
  assert_equal "$(log_files web)" $'log.json\nlog.json.1'
  isula rm web
}

@test "the log driver none keeps nothing, and logs says so" {
  assert_equal "$(run_container --name web --log-driver none none echo seen)" seen
  assert_equal "$(inspect web '{{json .HostConfig.LogConfig}}')" '{"Type":"none","Config":{}}'
  expect 1 isula logs web
  assert_contains "$stderr" 'its log driver is "none"'
  isula rm web
}

@test "unknown log drivers and options are refused by name" {
  expect 125 create --log-driver syslog none true
  assert_contains "$stderr" 'unknown log driver "syslog"'
  expect 125 create --log-opt labels=x none true
  assert_contains "$stderr" 'unknown log option "labels"'
  expect 125 create --log-opt max-size=1 none true
  assert_contains "$stderr" max-size
  expect 125 create --log-opt max-file=2 none true
  assert_contains "$stderr" 'needs max-size'
}
