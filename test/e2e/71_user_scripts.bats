# Scripts as users of iSula have them, unchanged: the client's words, its output, its exit statuses.
load lib/e2e

# run_script NAME [ARGUMENT...]
run_script() {
  local name=$1
  shift
  PATH=$ISULAD_BIN:$PATH expect 0 timeout 120 "$BATS_TEST_DIRNAME/scripts/$name" "$@"
  # Containers of one script share its rootfs, and are warned of that.
  assert_equal "$(grep -v '^WARNING: rootfs .* is also writable for container' <<<"$stderr")" ""
}

# They leave what they did in the rootfs.
rootfs() {
  [ -d "$CASE/rootfs" ] || cp -a "$ROOTFS" "$CASE/rootfs"
  echo "$CASE/rootfs"
}

@test "a service: create, start, exec, inspect, update, cp, stop, rm" {
  run_script service.sh "$(rootfs)"
}

@test "jobs: exit statuses, wait, logs, kill, several at once" {
  run_script jobs.sh "$(rootfs)"
}

# bats test_tags=runtime
@test "a guest with a host channel" {
  run_script guest.sh "$(rootfs)" "$SHARED"
}
