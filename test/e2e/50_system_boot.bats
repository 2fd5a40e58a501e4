# System containers: inits boot, are stopped by the signal that they understand, reboot and power off.
load lib/e2e
source "$BATS_TEST_DIRNAME/lib/system.bash"

# Ended by its own poweroff: as by SIGINT, says the kernel. 137 would be the SIGKILL after the time was up.
readonly POWERED_OFF=130

boots_debian() {  # OPTION... none INIT
  debian a
  boot a -m 64M "$@"
  wait_booted a
  assert_equal "$(isula exec a systemctl --failed --no-legend)" ""
  assert_equal "$(isula exec a cat /proc/1/comm)" systemd
  assert_equal "$(inspect a '{{.State.OOMKilled}}')" false
  expect 0 isula stop a
  assert_equal "$(exit_code a)" $POWERED_OFF
}

boots_marked() {  # OPTION... none INIT: an init that makes /run/booted
  boot a -m 64M "$@"
  wait_until 20 has_mark a
}

# bats test_tags=runtime
@test "debian, init: runs without a failed unit, and is stopped in order" { boots_debian none init; }
@test "debian, /sbin/init" { boots_debian none /sbin/init; }
@test "debian, /lib/systemd/systemd" { boots_debian none /lib/systemd/systemd; }
# bats test_tags=runtime
@test "debian, init, on a terminal" { boots_debian -t none init; }
@test "debian, /sbin/init, on a terminal" { boots_debian -t none /sbin/init; }
@test "debian, /lib/systemd/systemd, on a terminal" { boots_debian -t none /lib/systemd/systemd; }

@test "debian shows its login prompt on the terminal, and the hostname is the container's" {
  debian a
  tty "$ISULAD_BIN/isula" run -it --rm --name a -h guest-1 --system-container --external-rootfs "$SYSTEM/a" none init <<'STEPS' |
    expect guest-1 login: $
    send \x10\x11
STEPS
    grep -q "Debian GNU/Linux"
  assert_equal "$(isula exec a cat /etc/hostname /proc/sys/kernel/hostname | xargs)" "guest-1 guest-1"
  assert_equal "$(cat "$DEBIAN/etc/hostname")" "$(cat "$SYSTEM/a/etc/hostname")"
  expect 0 isula stop a
}

# bats test_tags=runtime
@test "busybox init boots and is stopped by its own signal" {
  busybox_system a
  boots_marked none init
  expect 0 isula stop a
  assert_equal "$(exit_code a)" $POWERED_OFF
  [ -e "$SYSTEM/a/ended" ]
}

@test "busybox init on a terminal" {
  busybox_system a
  boots_marked -t none /sbin/init
  expect 0 isula stop a
  assert_equal "$(exit_code a)" $POWERED_OFF
}

# bats test_tags=runtime
@test "a script as init, with and without a terminal" {
  local terminal
  for terminal in -t -t=false; do
    script_system a
    boots_marked "$terminal" none init
    expect 0 isula stop a
    assert_equal "$(exit_code a)" 7
    [ -e "$SYSTEM/a/ended" ]
    isula rm a
  done
}

@test "a stop right after the start is heard, also by a script that becomes an init" {
  debian a
  printf '%s\n' '#!/bin/sh' 'until [ -e /go ]; do sleep 0.02; done' 'exec /lib/systemd/systemd' >"$SYSTEM/a/begin"
  chmod 755 "$SYSTEM/a/begin"
  boot a none /begin
  isula stop -t 60 a &
  until isula events --since 1m --until 0s -n a --format '{{.Action}}' | grep -qx kill; do sleep 0.05; done
  touch "$SYSTEM/a/go"
  wait $!
  assert_equal "$(exit_code a)" $POWERED_OFF
  boot_and_stop() { isula start a && isula stop -t 60 a; }
  expect 0 boot_and_stop
  assert_equal "$(exit_code a)" $POWERED_OFF
}

@test "--stop-signal wins over what the init would like" {
  script_system a
  sed -i 's/TERM/USR1/' "$SYSTEM/a/sbin/init"
  boots_marked --stop-signal USR1 none init
  assert_equal "$(inspect a '{{.Config.StopSignal}}')" SIGUSR1
  expect 0 isula stop a
  assert_equal "$(exit_code a)" 7
  isula create --name b --system-container --external-rootfs "$SYSTEM/a" none init >/dev/null
  assert_equal "$(inspect b '{{.Config.StopSignal}}')" ""
}

# reboots POLICY: the same boot again, with what was in the channel.
reboots() {
  debian a
  boot a --restart "$1" --host-channel "$SHARED/c:/c:rw:4M" none init
  wait_booted a
  local id
  id=$(isula exec a cat /proc/sys/kernel/random/boot_id /proc/1/stat | cut -d ' ' -f 22 | tail -n 1)
  isula exec a sh -c 'echo kept >/c/mark; ln /c/mark /c/second'
  isula exec a systemctl reboot || true  # the connection may go with it
  wait_until 30 runs_again a 1
  wait_booted a
  [ "$(isula exec a cut -d ' ' -f 22 /proc/1/stat)" != "$id" ]
  assert_equal "$(isula exec a cat /c/mark)" kept
  assert_equal "$(cat "$SHARED/c/second")" kept
}

# bats test_tags=runtime
@test "reboot starts it again under on-reboot, with its channel; poweroff ends it" {
  reboots on-reboot
  isula exec a systemctl poweroff || true
  wait_until 30 has_ended a
  assert_equal "$(exit_code a) $(inspect a '{{.RestartCount}}')" "$POWERED_OFF 1"
  assert_equal "$(cat "$SHARED/c/mark")" kept
}

@test "reboot starts it again under always, with its channel; a stop ends it" {
  reboots always
  expect 0 isula stop a
  assert_equal "$(inspect a '{{.State.Status}} {{.State.ExitCode}}')" "exited $POWERED_OFF"
}

@test "without a policy reboot and poweroff end it" {
  debian a
  local verb
  for verb in reboot poweroff; do
    isula ps -aq | grep -q . && isula start a || boot a none init
    wait_booted a
    isula exec a systemctl "$verb" || true
    wait_until 30 has_ended a
    assert_equal "$verb $(exit_code a)" "$([ $verb = reboot ] && echo reboot 129 || echo poweroff $POWERED_OFF)"
  done
}

@test "busybox init: reboot and poweroff, under on-reboot" {
  busybox_system a
  boots_marked --restart on-reboot none init
  isula exec a reboot || true  # it is told to end like all in there
  wait_until 30 runs_again a 1
  wait_until 20 has_mark a
  isula exec a poweroff || true
  wait_until 30 has_ended a
  assert_equal "$(exit_code a)" $POWERED_OFF
}

@test "a kill with the signal that its init understands is a user's stop" {
  debian a
  boot a --restart always none init
  wait_booted a
  expect 0 isula kill -s RTMIN+3 a
  wait_until 30 has_ended a
  assert_equal "$(exit_code a)" $POWERED_OFF
}
