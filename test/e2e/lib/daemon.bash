# shellcheck shell=bash
# The daemon of a file of tests. The client is found by $PATH: a function around it would be a process more a call.

# The flags that keep a daemon to itself in a directory.
private_flags() {  # DIRECTORY
  printf '%s\0' -g "$1/graph" -S "$1/state" -H "unix://$1/isulad.sock" -G root -p "$1/isulad.pid" \
    --cgroup-parent "$CGROUP_PARENT" --default-runtime "$ISULAD_RUNTIME" -l DEBUG
}

# start_daemon [FLAG...]: waits until it answers. $DIR/daemon.json is its configuration; the first one, of the file, is
# what a case that failed is followed by.
start_daemon() {
  local flags
  mapfile -d '' flags < <(private_flags "$DIR")
  [ -e "$DIR/daemon.json" ] || echo '{}' >"$DIR/daemon.json"
  [ -e "$DIR/daemon.json.first" ] || cp "$DIR/daemon.json" "$DIR/daemon.json.first"
  launch "$ISULAD_BIN/isulad" "${flags[@]}" --config "$DIR/daemon.json" "$@"
  wait_for_daemon
}

# launch COMMAND...: starts a daemon without ties to the test; its pid goes to $DIR/launched.
launch() {
  # The subshell makes it an orphan: whoever kills it needs no `wait`.
  (
    exec </dev/null >>"$DIR/daemon.log" 2>&1 3>&- 4>&-
    setsid "$@" &
    echo $! >"$DIR/launched"
  )
}

wait_for_daemon() {
  local end=$((SECONDS + 20))
  until [ -S "$DIR/isulad.sock" ] && timeout 5 isula version >/dev/null 2>&1; do
    if ! daemon_runs || [ $SECONDS -gt $end ]; then
      tail -n 20 "$DIR/daemon.log"
      fail "the daemon does not answer"
      return 1
    fi
    pause 0.02
  done
}

daemon_pid() {
  local pid
  read -r pid <"$DIR/launched"
  echo "$pid"
}

process_runs() {  # PID
  local line
  # In one piece: while a program starts, lines that are read one by one move.
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  line=${line##*) }
  [[ $line != [ZX]* ]]
}

process_gone() { ! process_runs "$1"; }

daemon_runs() { [ -s "$DIR/launched" ] && process_runs "$(daemon_pid)"; }

kill_daemon() {  # SIGNAL
  local pid
  pid=$(daemon_pid)
  kill -s "$1" "$pid" 2>/dev/null || return 0
  wait_until 20 process_gone "$pid"
}

restart_daemon() {  # SIGNAL [FLAG...]
  local signal=$1
  shift
  kill_daemon "$signal"
  start_daemon "$@"
}
