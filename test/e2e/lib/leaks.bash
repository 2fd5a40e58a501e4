# shellcheck shell=bash
# What a case must not leave: everything that carries the file's directory or its cgroup. See leaks.py.

# -I -S: nothing of the user's settings or of other packages is wanted, and looking for it takes longer than all else.
leaks() { /usr/bin/python3 -I -S "$E2E_LIB/leaks.py" "$@"; }

take_snapshot() { leaks take "$1"; }

check_leaks() {
  if ! leaks compare "$CASE/before"; then
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
  for pid in $(leaks processes); do
    kill -KILL "$pid" 2>/dev/null || true
  done
  while read -r target; do
    [ "$target" != "$DIR/graph" ] || continue  # a file may have given it a file system of its own
    umount -l "$(printf '%b' "$target")" 2>/dev/null || true
  done < <(grep -F -e "$DIR" /proc/self/mountinfo | cut -d ' ' -f 5 | tac)
  rm -rf --one-file-system "${SHARED:?}"/* 2>/dev/null || true
  echo '{}' >"$DIR/daemon.json"
  restart_daemon KILL || true
}
