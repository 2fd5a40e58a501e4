# The fifth field of --host-channel: options of the tmpfs.
load lib/e2e

with() { run_idle --name web --host-channel "$SHARED/c:/c:rw:1M:$1"; }  # OPTIONS
options() { inspect web '{{json .HostConfig.HostChannel.Options}}' | jq -c .; }
mount_line() { grep " $SHARED/c " /proc/self/mountinfo; }
kernel_takes() { mount -t tmpfs -o "$1" none "$CASE" 2>/dev/null && umount "$CASE"; }

# bats test_tags=runtime
@test "options: mode and owner, at each start whatever the container did" {
  with mode=770,uid=12,gid=34
  assert_equal "$(options)" '["mode=0770","uid=12","gid=34"]'
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "770 12:34"
  refute as_user ls "$SHARED/c"
  isula exec web sh -c 'chmod 0 /c; chown 5:5 /c'
  isula restart -t 0 web
  assert_equal "$(stat -c '%a %u:%g' "$SHARED/c")" "770 12:34"
  assert_equal "$(isula exec web stat -c '%a %u:%g' /c)" "770 12:34"
  isula rm -f web
}

@test "options: nr_inodes is held to, through a resize and a restart of the daemon" {
  with nr_inodes=10
  assert_equal "$(options)" '["nr_inodes=10"]'
  assert_equal "$(isula exec web sh -c 'i=0; while touch /c/$i 2>/dev/null; do i=$((i+1)); done; echo $i')" 9
  isula channel resize web "$SHARED/c" 64M
  assert_equal "$(stat -f -c %c "$SHARED/c")" 10
  restart_daemon KILL
  isula restart -t 0 web
  assert_equal "$(stat -f -c %c "$SHARED/c")" 10
  isula rm -f web
}

# bats test_tags=runtime
@test "options: exec lets programs in the channel run, on both sides; by default none does" {
  local exec status
  for exec in "" exec; do
    run_idle --name web --host-channel "$SHARED/c:/c:rw:1M:$exec"
    printf '#!/bin/sh\nexit 7\n' >"$SHARED/c/program"
    chmod 755 "$SHARED/c/program"
    status=126
    [ -z "$exec" ] || status=7
    expect "$status" "$SHARED/c/program"
    expect "$status" isula exec web /c/program
    isula rm -f web
  done
}

@test "options: noswap, huge and mpol are those of the mount, through resize and restart" {
  local option shown
  for option in noswap huge=never huge=always huge=within_size huge=advise mpol=local mpol=bind:0 mpol=prefer:0; do
    if ! kernel_takes "$option"; then
      expect 125 create --name web --host-channel "$SHARED/c:/c:rw:1M:$option" none true
      assert_one_line "$stderr"
      assert_contains "$stderr" "host channel option \"$option\" is not supported by this kernel"
      continue
    fi
    with "$option"
    assert_equal "$(options)" "[\"$option\"]"
    shown=",$option"
    [ "$option" != huge=never ] || shown=size=  # it shows no default
    assert_contains "$(mount_line)" "$shown"
    isula channel resize web "$SHARED/c" 4M
    assert_contains "$(mount_line)" "size=4096k"
    assert_contains "$(mount_line)" "$shown"
    isula restart -t 0 web
    assert_contains "$(mount_line)" "$shown"
    isula rm -f web
  done
  assert_equal "$(ls -A "$DIR/graph/channels")" ""
}

@test "options: a node that the machine does not have is refused by name, and leaves nothing" {
  expect 125 create --name web --host-channel "$SHARED/c:/c:rw:1M:mpol=bind:0+1023" none true
  assert_one_line "$stderr"
  assert_contains "$stderr" 'host channel option "mpol=bind:0+1023" is not supported by this kernel'
  expect 1 isula inspect web
  assert_equal "$(ls -A "$DIR/graph/channels")" ""
}

@test "options: clear empties the channel at every start, and nothing else" {
  with clear
  isula exec web sh -c 'mkdir -p /c/a/b/c; echo x >/c/a/b/c/file; ln -s / /c/link; touch /c/.hidden'
  echo kept >"$SHARED/kept"
  ln -s "$SHARED" "$SHARED/c/out"
  restart_daemon KILL
  assert_equal "$(ls -A "$SHARED/c" | wc -l)" 4
  isula restart -t 0 web
  assert_equal "$(ls -A "$SHARED/c")" ""
  assert_equal "$(cat "$SHARED/kept")" kept
  rm "$SHARED/kept"
  isula exec web sh -c 'echo y >/c/file'
  isula stop -t 0 web
  assert_equal "$(cat "$SHARED/c/file")" y
  isula start web
  assert_equal "$(ls -A "$SHARED/c")" ""
  isula rm -f web
}

@test "options: clear touches nothing where a mount stands in the channel" {
  with clear
  isula stop -t 0 web
  mkdir "$SHARED/c/inner"
  mount -t tmpfs other "$SHARED/c/inner"
  touch "$SHARED/c/inner/file" "$SHARED/c/file"
  expect 125 isula start web
  assert_missing "$SHARED/c/nothing"
  ls "$SHARED/c/inner/file" "$SHARED/c/file"
  umount "$SHARED/c/inner"
  expect 0 isula start web
  assert_equal "$(ls -A "$SHARED/c")" ""
  isula rm -f web
}

@test "options: shown in one form and order, whatever was written; in ls, too" {
  with gid=07,mode=770,nr_inodes=0100,exec,symlinks,uid=0
  assert_equal "$(options)" '["symlinks","exec","nr_inodes=100","mode=0770","gid=7"]'
  assert_equal "$(isula channel ls --format '{{.Options}}')" "symlinks,exec,nr_inodes=100,mode=0770,gid=7"
  restart_daemon KILL
  assert_equal "$(options)" '["symlinks","exec","nr_inodes=100","mode=0770","gid=7"]'
  assert_equal "$(jq -c .Options "$DIR"/graph/channels/*/channel.json)" \
    '["symlinks","exec","nr_inodes=100","mode=0770","gid=7"]'
  isula rm -f web
}
