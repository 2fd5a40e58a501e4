# shellcheck shell=bash
# A daemon in a directory of its own, for scripts. Sets and uses: $bin (where the programs are), $dir, $daemon, and
# $state, its run-time state: where it is not set, a directory in $dir.

dir=
daemon=

isula() { timeout 60 "$bin/isula" -H "unix://$dir/isulad.sock" "$@"; }

# start_private_daemon NAME: makes $dir with a small rootfs and starts the daemon.
start_private_daemon() {
  dir=$(mktemp -d "${TMPDIR:-/tmp}/$1.XXXXXX")
  chmod 755 "$dir"
  script/make-rootfs "$dir/rootfs"
  echo '{}' >"$dir/daemon.json"
  state=${state:-$dir/state}
  "$bin/isulad" -g "$dir/graph" -S "$state" -H "unix://$dir/isulad.sock" -G root -p "$dir/isulad.pid" \
    --cgroup-parent "/${dir##*/}" --config "$dir/daemon.json" 2>"$dir/daemon.log" &
  daemon=$!
  for _ in $(seq 200); do
    if isula version >/dev/null 2>&1; then
      return 0
    fi
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.05
  done
  cat "$dir/daemon.log" >&2
  echo "the daemon does not answer" >&2
  return 1
}

# Removes its containers, ends it, and gives its exit status.
stop_private_daemon() {
  local containers status=0
  [ -n "$daemon" ] || return 0
  containers=$(isula ps -aq 2>/dev/null) || true
  # shellcheck disable=SC2086
  [ -z "$containers" ] || isula rm -f $containers >/dev/null || true
  kill "$daemon" 2>/dev/null || true
  wait "$daemon" || status=$?
  daemon=
  return "$status"
}

remove_private_directory() {
  [ -z "$dir" ] || rm -rf --one-file-system "$dir"
}
