# shellcheck shell=bash
# What a case must not leave: everything that carries the file's directory or its cgroup. See leaks.py, and
# case_server.py, which is asked.

# Once a file, by the process that lives as long as its cases.
start_case_server() {
  mkfifo "$DIR/ask" "$DIR/answer"
  # -I -S: nothing of the user's settings or of other packages is wanted.
  /usr/bin/python3 -I -S -B "$E2E_LIB/case_server.py" </dev/null >>"$DIR/case_server.log" 2>&1 3>&- 4>&- &
  echo $! >"$DIR/case_server.pid"
}

stop_case_server() {
  local pid
  read -r pid <"$DIR/case_server.pid"
  kill -KILL "$pid"
}

# ask REQUEST...: prints the answer; fails where there was one. See case_server.py.
ask() {
  local answer
  echo "$@" >"$DIR/ask"
  mapfile -t answer <"$DIR/answer"
  [ ${#answer[@]} -gt 0 ] || return 0
  printf '%s\n' "${answer[@]}"
  return 1
}

processes() { ask processes || true; }

check_leaks() {
  if ! ask end "$CASE/before"; then
    clean_up
    return 1
  fi
}

remove_cgroups() {
  find /sys/fs/cgroup -depth -type d -path "/sys/fs/cgroup/*$CGROUP_PARENT*" -exec rmdir {} + 2>/dev/null || true
}

# After a case that failed: makes the next one possible.
clean_up() {
  local target pid
  daemon_runs || start_daemon || true
  # shellcheck disable=SC2046
  isula rm -f $(isula ps -aq) >/dev/null 2>&1 || true
  for pid in $(processes); do
    kill -KILL "$pid" 2>/dev/null || true
  done
  while read -r target; do
    [ "$target" != "$DIR/graph" ] || continue  # a file may have given it a file system of its own
    umount -l "$(printf '%b' "$target")" 2>/dev/null || true
  done < <(grep -F -e "$DIR" /proc/self/mountinfo | cut -d ' ' -f 5 | tac)
  rm -rf --one-file-system "${SHARED:?}"/* 2>/dev/null || true
  cp "$DIR/daemon.json.first" "$DIR/daemon.json"
  restart_daemon KILL || true
}
