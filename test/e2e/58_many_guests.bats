# Many Debians with systemd on one rootfs, which stays as it is, with a channel each.
load lib/e2e
source "$BATS_TEST_DIRNAME/lib/system.bash"

NUMBER=$(rounds 20)
readonly POWERED_OFF=130  # in order; killed after its time: 137

guests() { seq -f 'guest%g' "$NUMBER"; }

# Names, owners, modes, sizes and times of all of the image.
digest() { find "$DEBIAN" -printf '%P %y %U:%G %m %s %T@ %l\n' | sort | sha256sum; }

@test "guests boot on one rootfs, are stopped together in order, and leave nothing" {
  [ -n "$DEBIAN" ] || skip "no Debian image: $DEBIAN_MISSING"
  local before guest begin
  before=$(digest)
  for guest in $(guests); do
    isula run -d --name "$guest" --system-container --rootfs-overlay --external-rootfs "$DEBIAN" -m 64M \
      --host-channel "$SHARED/$guest:/channel:rw:1M" none init >/dev/null
  done
  for guest in $(guests); do
    wait_booted "$guest"
    isula exec "$guest" sh -c "echo $guest >/channel/file && echo $guest >/etc/motd"
    assert_equal "$(<"$SHARED/$guest/file")" "$guest"
  done
  begin=$(date +%s%N)
  # shellcheck disable=SC2046
  expect 0 isula stop $(guests)
  echo "# $NUMBER guests stopped in $((($(date +%s%N) - begin) / 1000000)) ms" >&3
  for guest in $(guests); do
    assert_equal "$(exit_code "$guest")" $POWERED_OFF
  done
  # shellcheck disable=SC2046
  expect 0 isula rm $(guests)
  assert_equal "$(digest)" "$before"
  assert_equal "$(find "$DIR/graph/containers" -mindepth 1)" ""
}
