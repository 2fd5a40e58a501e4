# cp and export: files between the host and a container.
load lib/e2e

# Where files of the host are that are copied.
setup() {
  default_setup
  HERE=$CASE/here
  mkdir "$HERE"
  MARK=.$$
}

teardown() {
  rm -rf "$ROOTFS/in"
  default_teardown
}

# Workers are known by their path, which nobody else has.
has_worker() { pgrep -f -- "^isulad-shim --copy .* /in$MARK" >/dev/null; }
no_workers() { ! has_worker; }
tar_of() { /usr/bin/python3 -c "
import tarfile, io, sys
t = tarfile.open(fileobj=sys.stdout.buffer, mode='w|')
def add(name, type=tarfile.REGTYPE, link='', text=b'', mode=0o644, uid=0):
    i = tarfile.TarInfo(name); i.type = type; i.linkname = link; i.size = len(text); i.mode = mode; i.uid = i.gid = uid
    t.addfile(i, io.BytesIO(text))
$1
t.close()"; }
tar_names() { /usr/bin/python3 -c "import tarfile, sys
for m in tarfile.open(fileobj=sys.stdin.buffer, mode='r|'): print(m.name, m.uid, oct(m.mode)[2:], m.linkname)"; }

@test "files go in and come out, whole and with their modes and times" {
  mkdir -p "$HERE/tree/sub"
  head -c 3000000 /dev/urandom >"$HERE/tree/big"
  echo text >"$HERE/tree/sub/file"
  chmod 421 "$HERE/tree/sub/file"
  ln -s /nowhere "$HERE/tree/link"
  ln "$HERE/tree/big" "$HERE/tree/hard"
  mkfifo "$HERE/tree/fifo"
  touch -d @1234567890.5 "$HERE/tree/sub/file" "$HERE/tree/sub"
  run_idle --name web --rootfs-overlay
  expect 0 isula cp "$HERE/tree" web:/in
  assert_equal "$output$stderr" ""
  assert_equal "$(isula exec web stat -c '%a %Y %u' /in/sub/file)" "421 1234567890 0"
  assert_equal "$(isula exec web readlink /in/link)" /nowhere
  expect 0 isula cp web:/in "$HERE/back"
  assert_equal "$(cd "$HERE/tree" && find . -printf '%p %y %m %s %T@ %l\n' | grep -v '^\. ' | sort)" \
    "$(cd "$HERE/back" && find . -printf '%p %y %m %s %T@ %l\n' | grep -v '^\. ' | sort)"
  cmp "$HERE/tree/big" "$HERE/back/big"
  assert_equal "$(stat -c %i "$HERE/back/big")" "$(stat -c %i "$HERE/back/hard")"
  isula rm -f web
}

@test "the places are those of docker cp" {
  mkdir "$HERE/dir"
  echo f >"$HERE/dir/f"
  echo one >"$HERE/one"
  run_idle --name web --rootfs-overlay
  isula exec web mkdir -p /in/there
  isula cp "$HERE/one" web:/in/there
  isula cp "$HERE/one" web:/in/there/two
  isula cp "$HERE/one" web:in/there/
  isula cp "$HERE/dir" web:/in/there
  isula cp "$HERE/dir" web:/in/new
  isula cp "$HERE/dir/." web:/in/there
  assert_equal "$(isula exec web sh -c 'cd /in && find . -type f | sort | xargs')" \
    "./new/f ./there/dir/f ./there/f ./there/one ./there/two"
  expect 1 isula cp "$HERE/one" web:/in/none/
  assert_equal "$stderr" 'Error response from daemon: there is no directory "/in/none/" to copy a file into'
  expect 1 isula cp "$HERE/dir" web:/in/there/one
  assert_contains "$stderr" "cannot be copied over"
  expect 1 isula cp web:/in/none "$HERE"
  assert_equal "$stderr" 'Error response from daemon: open "/in/none": No such file or directory'
  expect 1 isula cp "$HERE/none" web:/in
  assert_contains "$stderr" "$HERE/none"
  isula cp web:/in/there/. "$HERE/out"
  isula cp web:/in/there "$HERE/out"
  assert_equal "$(cd "$HERE/out" && find . -type f | sort | xargs)" \
    "./dir/f ./f ./one ./there/dir/f ./there/f ./there/one ./there/two ./two"
  (cd "$HERE" && mkdir cwd && cd cwd && isula cp web:/in/there/one . && isula cp ./one web:/in/cwd)
  assert_equal "$(isula exec web cat /in/cwd)" one
  isula rm -f web
}

@test "links are copied as links, or followed where asked; a destination is followed in the container alone" {
  run_idle --name web --rootfs-overlay
  echo host >"$HERE/target"
  isula exec web sh -c "mkdir -p /in '$HERE' && ln -s '$HERE/target' /in/link && echo inside >'$HERE/target'"
  isula cp web:/in/link "$HERE/as-link"
  assert_equal "$(readlink "$HERE/as-link")" "$HERE/target"
  isula cp -L web:/in/link "$HERE/followed"
  assert_equal "$(cat "$HERE/followed")" inside
  isula cp "$HERE/followed" web:/in/link
  assert_equal "$(cat "$HERE/target")" host
  ln -s target "$HERE/l"
  isula cp -L "$HERE/l" web:/in/l
  assert_equal "$(isula exec web cat /in/l)" host
  isula exec web sh -c 'ln -s ../../../../../../../../../../etc /in/up'
  isula cp "$HERE/target" web:/in/up/copied
  assert_missing /etc/copied
  isula exec web test -e /etc/copied
  isula rm -f web
}

@test "owners: the container's root, or who copies; with -a as they are" {
  echo x >"$HERE/f"
  chown 1234:2345 "$HERE/f"
  chmod 4755 "$HERE/f"
  run_idle --name web --rootfs-overlay
  isula cp "$HERE/f" web:/plain
  isula cp -a "$HERE/f" web:/kept
  assert_equal "$(isula exec web stat -c '%u:%g %a' /plain /kept | xargs)" "0:0 755 1234:2345 4755"
  isula exec web sh -c 'mknod /n c 1 3'
  isula cp web:/kept "$HERE/out"
  isula cp -a web:/kept "$HERE/out-a"
  assert_equal "$(stat -c '%u:%g %a' "$HERE/out" "$HERE/out-a" | xargs)" "0:0 755 1234:2345 4755"
  expect 0 isula cp web:/n "$HERE/n"
  assert_contains "$stderr" "a device"
  assert_missing "$HERE/n"
  isula rm -f web
}

# bats test_tags=runtime
@test "a user namespace: files belong to its root, running or not" {
  echo x >"$HERE/f"
  chown 7:8 "$HERE/f"
  run_idle --name web --rootfs-overlay --user-remap 100000:200000:65536
  isula cp "$HERE/f" web:/plain
  isula cp -a "$HERE/f" web:/kept
  isula exec web sh -c 'echo y >/made && chown 9:9 /made'
  isula stop -t 0 web
  isula cp "$HERE/f" web:/stopped
  isula cp -a web:/kept "$HERE/back"
  isula cp -a web:/made "$HERE/made"
  assert_equal "$(stat -c %u:%g "$HERE/back" "$HERE/made" | xargs)" "7:8 9:9"
  isula start web
  assert_equal "$(isula exec web stat -c %u:%g /plain /kept /stopped | xargs)" "0:0 7:8 0:0"
  chown 70000:0 "$HERE/f"
  expect 1 isula cp -a "$HERE/f" web:/unmapped
  assert_one_line "$stderr"
  assert_contains "$stderr" 'set the owner of "/unmapped"'
  refute isula exec web test -e /unmapped
  isula rm -f web
}

# bats test_tags=runtime
@test "created, stopped and paused containers" {
  echo x >"$HERE/f"
  create --name web --rootfs-overlay none sleep 1000
  isula cp "$HERE/f" web:/created
  isula start web
  isula pause web
  isula cp "$HERE/f" web:/paused
  isula cp web:/created "$HERE/c"
  isula unpause web
  isula exec web test -e /created -a -e /paused
  isula stop -t 0 web
  isula cp "$HERE/f" web:/stopped
  isula cp web:/paused "$HERE/p"
  isula start web
  isula exec web test -e /stopped
  isula rm -f web
  mkdir "$ROOTFS/in"
  create --name plain none true
  isula cp "$HERE/f" plain:/in/plain
  assert_equal "$(cat "$ROOTFS/in/plain")" x
  isula rm plain
}

# bats test_tags=runtime
@test "channels and volumes: what the container sees; below them nothing while it does not run" {
  mkdir "$SHARED/volume"
  echo x >"$HERE/f"
  run_idle --name web --rootfs-overlay -v "$SHARED/volume:/v" --host-channel "$SHARED/c:/c:rw:1M"
  isula cp "$HERE/f" web:/v/f
  isula cp "$HERE/f" web:/c/f
  assert_equal "$(cat "$SHARED/volume/f" "$SHARED/c/f" | xargs)" "x x"
  isula cp "$HERE/f" web:/etc/hosts
  assert_equal "$(isula exec web cat /etc/hosts)" x
  head -c 2000000 /dev/zero >"$HERE/big"
  expect 1 isula cp "$HERE/big" web:/c/big
  assert_equal "$stderr" 'Error response from daemon: write "/c/big": No space left on device'
  assert_missing "$SHARED/c/big"
  expect 1 isula cp "$HERE/big" web:/c/f
  assert_equal "$(cat "$SHARED/c/f")" x
  assert_equal "$(ls -A "$SHARED/c" | xargs)" f
  isula stop -t 0 web
  for path in /v/f /c/f /c /proc/x /etc/hosts; do
    expect 1 isula cp "$HERE/f" "web:$path"
    assert_one_line "$stderr"
    assert_contains "$stderr" 'it does not run'
    expect 1 isula cp "web:$path" "$HERE/out"
  done
  isula rm -f web
  rm -r "$SHARED/volume"
}

@test "a read-only rootfs takes nothing, what is mounted in it does" {
  echo x >"$HERE/f"
  run_idle --name web --read-only --host-channel "$SHARED/c:/c:rw:1M"
  expect 1 isula cp "$HERE/f" web:/f
  assert_contains "$stderr" "Read-only file system"
  isula cp "$HERE/f" web:/c/f
  isula stop -t 0 web
  expect 1 isula cp "$HERE/f" web:/f
  assert_contains "$stderr" "is read-only"
  isula rm -f web
}

@test "the kernel's files are neither read nor written" {
  echo x >"$HERE/f"
  run_idle --name web --rootfs-overlay
  for path in /proc/1/comm /sys/kernel /proc/1/root/etc; do
    expect 1 isula cp "web:$path" "$HERE/out"
    assert_one_line "$stderr"
    expect 1 isula cp "$HERE/f" "web:$path"
  done
  isula exec web ln -s /proc/sys/kernel /in
  expect 1 isula cp "$HERE/f" web:/in/core_pattern
  assert_contains "$stderr" "the kernel's"
  isula cp web:/ "$HERE/all"
  assert_equal "$(ls "$HERE/all/proc" "$HERE/all/sys" | grep -v :)" ""
  isula rm -f web
}

@test "a device and a FIFO are not replaced" {
  echo x >"$HERE/f"
  mkfifo "$HERE/fifo"
  run_idle --name web --rootfs-overlay
  isula exec web sh -c 'mkfifo /in && mknod /null c 1 3'
  for path in /in /null /dev/null; do
    expect 1 isula cp "$HERE/f" "web:$path"
    assert_equal "$stderr" "Error response from daemon: \"$path\" must be a directory or a regular file"
  done
  isula exec web test -p /in -a -c /null -a -c /dev/null
  for path in "$HERE/fifo" /dev/null; do
    expect 1 isula cp web:/etc/hosts "$path"
    assert_equal "$stderr" "\"$path\" must be a directory or a regular file"
  done
  [ -p "$HERE/fifo" ] && [ -c /dev/null ]
  isula rm -f web
}

@test "a file that is replaced stands until the new one is whole" {
  run_idle --name web --rootfs-overlay
  isula exec web sh -c "mkdir /in$MARK && dd if=/dev/zero of=/in$MARK/big bs=1M count=64 2>/dev/null && echo old >/in$MARK/old"
  tar_of "add('old', text=b'x' * 4000000)" >"$HERE/t.tar"
  mkfifo "$HERE/input"
  "$ISULAD_BIN/isula" cp - "web:/in$MARK" <"$HERE/input" 3>&- &
  local client=$!
  exec 7>"$HERE/input"
  head -c 3000000 "$HERE/t.tar" >&7
  wait_until 10 has_worker
  kill -KILL "$client"
  wait "$client" || true
  exec 7>&-
  wait_until 10 no_workers
  assert_equal "$(isula exec web sh -c "cat /in$MARK/old; ls -A /in$MARK" | xargs)" "old big old"
  isula cp - "web:/in$MARK" <"$HERE/t.tar"
  assert_equal "$(isula exec web sh -c "stat -c %s /in$MARK/old; ls -A /in$MARK" | xargs)" "4000000 big old"
  isula rm -f web
}

@test "- is a tar archive, in and out" {
  run_idle --name web --rootfs-overlay
  isula exec web mkdir -p /in/d
  tar_of "add('d/f', text=b'text', uid=5); add('d/l', tarfile.SYMTYPE, '/x'); add('h', tarfile.LNKTYPE, 'd/f'); add('ü ä')" >"$HERE/t.tar"
  isula cp - web:/in <"$HERE/t.tar"
  assert_equal "$(isula exec web sh -c 'cd /in && cat d/f h && readlink d/l && stat -c %u d/f' | xargs)" "texttext/x 0"
  isula exec web test -e "/in/ü ä"
  gzip -k "$HERE/t.tar"
  isula exec web mkdir /zipped
  isula cp -a - web:/zipped <"$HERE/t.tar.gz"
  assert_equal "$(isula exec web stat -c %u /zipped/d/f)" 5
  for format in bz2 lzma; do
    isula exec web mkdir "/$format"
    /usr/bin/python3 -c "import $format, sys; sys.stdout.buffer.write($format.compress(sys.stdin.buffer.read()))" <"$HERE/t.tar" |
      isula cp - "web:/$format"
    assert_equal "$(isula exec web cat "/$format/d/f")" text
  done
  if command -v zstd >/dev/null; then
    isula exec web mkdir /zstd
    zstd -qc "$HERE/t.tar" | isula cp - web:/zstd
    assert_equal "$(isula exec web cat /zstd/d/f)" text
  fi
  isula cp web:/in - >"$HERE/out.tar"
  assert_equal "$(tar_names <"$HERE/out.tar" | cut -d" " -f1-3 | sort | head -n 3 | xargs)" "in 0 755 in/d 0 755 in/d/f 0 644"
  isula cp web:/in/. - | tar_names | grep -q '^d/f '
  isula cp web:/in/d/f - | tar_names | grep -q '^f '
  expect 1 isula cp - web:/in/d/f <"$HERE/t.tar"
  assert_contains "$stderr" "is none"
  expect 1 isula cp - web:/none <"$HERE/t.tar"
  expect 1 isula cp - web:/in <"$E2E_LIB/e2e.bash"
  assert_one_line "$stderr"
  expect 1 tty "$ISULAD_BIN/isula" cp web:/in - <<<""
  isula rm -f web
}

@test "of an archive, what cannot be made is left out, and what is damaged refused" {
  run_idle --name web --rootfs-overlay
  isula exec web mkdir /in
  tar_of "add('n', tarfile.CHRTYPE); add('h', tarfile.LNKTYPE, 'n'); add('f', text=b'x')" >"$HERE/t.tar"
  expect 0 isula cp - web:/in <"$HERE/t.tar"
  assert_contains "$stderr" 'left out "/in/n", a device'
  assert_contains "$stderr" 'left out "/in/h": "/in/n", which it is a link to, is not there'
  assert_equal "$(isula exec web ls -A /in)" f
  printf X | dd of="$HERE/t.tar" bs=1 seek=512 conv=notrunc 2>/dev/null
  expect 1 isula cp - web:/in <"$HERE/t.tar"
  assert_one_line "$stderr"
  assert_contains "$stderr" "read a tar archive"
  isula rm -f web
}

@test "hostile archives reach nothing outside of their place" {
  run_idle --name web --rootfs-overlay
  isula exec web mkdir -p /in /out
  tar_of "add('../escaped')" >"$HERE/1.tar"
  tar_of "add('/escaped')" >"$HERE/2.tar"
  tar_of "add('l', tarfile.SYMTYPE, '/out'); add('l/escaped')" >"$HERE/3.tar"
  tar_of "add('l', tarfile.SYMTYPE, '..'); add('l/out/escaped')" >"$HERE/4.tar"
  tar_of "add('h', tarfile.LNKTYPE, '../etc/passwd')" >"$HERE/5.tar"
  tar_of "add('h', tarfile.LNKTYPE, '/etc/passwd')" >"$HERE/6.tar"
  tar_of "add('a/../../escaped')" >"$HERE/7.tar"
  for file in "$HERE"/?.tar; do
    expect 1 isula cp - web:/in <"$file"
    assert_one_line "$stderr"
  done
  refute isula exec web test -e /escaped -o -e /out/escaped -o -e /in/h
  isula rm -f web
}

@test "links and swapped directories in the container lead nowhere on the host" {
  run_idle --name web --rootfs-overlay
  echo secret >"$HERE/secret"
  mkdir "$HERE/drop"
  isula exec web sh -c "ln -s '$HERE' /link && mkdir -p /in/d /evil && echo inside >/in/d/secret"
  expect 1 isula cp web:/link/secret "$HERE/out"
  isula exec -d web sh -c "while :; do mv /in/d /in/a; ln -s '$HERE' /in/d; rm /in/d; mv /in/a /in/d; done 2>/dev/null"
  for i in $(seq "$(rounds 40)"); do
    rm -rf "$HERE/drop/out"
    if isula cp web:/in/d/secret "$HERE/drop/out" 2>/dev/null; then
      assert_equal "$(cat "$HERE/drop/out")" inside
    fi
    isula cp "$HERE/secret" web:/in/d/planted 2>/dev/null || true
    assert_missing "$HERE/planted"
  done
  isula rm -f web
}

@test "FIFOs are not opened, and a client that is killed ends the worker" {
  run_idle --name web --rootfs-overlay
  isula exec web sh -c "mkdir /in$MARK && mkfifo /in$MARK/p && dd if=/dev/zero of=/in$MARK/big bs=1M count=64 2>/dev/null"
  isula cp "web:/in$MARK/p" "$HERE/p"
  [ -p "$HERE/p" ]
  mkfifo "$HERE/slow"
  "$ISULAD_BIN/isula" cp "web:/in$MARK" - >"$HERE/slow" 3>&- &
  local client=$!
  exec 7<"$HERE/slow"
  head -c 100000 <&7 >/dev/null
  has_worker
  kill -KILL "$client"
  wait "$client" || true
  exec 7<&-
  wait_until 10 no_workers
  mkfifo "$HERE/input"
  "$ISULAD_BIN/isula" cp - "web:/in$MARK" <"$HERE/input" 3>&- &
  client=$!
  exec 7>"$HERE/input"
  wait_until 10 has_worker
  kill -KILL "$client"
  wait "$client" || true
  exec 7>&-
  wait_until 10 no_workers
  isula rm -f web
}

@test "rm ends a copy, and so does the daemon's death" {
  run_idle --name web --rootfs-overlay
  isula exec web sh -c "mkdir /in$MARK && dd if=/dev/zero of=/in$MARK/big bs=1M count=64 2>/dev/null"
  mkfifo "$HERE/slow"
  "$ISULAD_BIN/isula" cp "web:/in$MARK" - >"$HERE/slow" 2>"$HERE/error" 3>&- &
  local client=$!
  exec 7<"$HERE/slow"
  head -c 100000 <&7 >/dev/null
  isula rm -f web
  wait_until 10 no_workers
  cat <&7 >/dev/null
  exec 7<&-
  refute wait "$client"
  assert_equal "$(cat "$HERE/error")" 'Error response from daemon: container "web" is being removed'
  run_idle --name web --rootfs-overlay
  isula exec web sh -c "mkdir /in$MARK && dd if=/dev/zero of=/in$MARK/big bs=1M count=64 2>/dev/null"
  "$ISULAD_BIN/isula" cp "web:/in$MARK" - >"$HERE/slow" 2>/dev/null 3>&- &
  client=$!
  exec 7<"$HERE/slow"
  head -c 100000 <&7 >/dev/null
  kill_daemon KILL
  wait_until 10 no_workers
  exec 7<&-
  refute wait "$client"
  start_daemon
  isula rm -f web
}

@test "a container that ends does not end a copy" {
  run_idle --name web --rootfs-overlay
  isula exec web dd if=/dev/urandom of=/big bs=1M count=16 2>/dev/null
  isula cp web:/big "$HERE/big"
  mkfifo "$HERE/slow"
  "$ISULAD_BIN/isula" cp web:/big - >"$HERE/slow" 3>&- &
  local client=$!
  exec 7<"$HERE/slow"
  head -c 1 <&7 >"$HERE/out.tar"
  isula stop -t 0 web
  cat <&7 >>"$HERE/out.tar"
  exec 7<&-
  wait "$client"
  tar -xOf "$HERE/out.tar" big | cmp - "$HERE/big"
  isula start web
  isula rm -f web
}

@test "a start ends a copy that has the container's layer" {
  create --name web --rootfs-overlay none sleep 1000
  head -c 64000000 /dev/zero >"$HERE/big"
  isula cp "$HERE/big" "web:/in$MARK"
  mkfifo "$HERE/slow"
  "$ISULAD_BIN/isula" cp "web:/in$MARK" - >"$HERE/slow" 2>"$HERE/error" 3>&- &
  local client=$!
  exec 7<"$HERE/slow"
  head -c 100000 <&7 >/dev/null
  expect 1 isula cp "web:/in$MARK" "$HERE/other"
  assert_contains "$stderr" "another copy"
  isula start web
  no_workers
  cat <&7 >/dev/null
  exec 7<&-
  refute wait "$client"
  assert_contains "$(cat "$HERE/error")" "is being started"
  isula rm -f web
}

@test "what takes long shows on a terminal how far it is, unless it is to be quiet" {
  run_idle --name web --rootfs-overlay
  isula exec web dd if=/dev/zero of=/big bs=1M count=64 2>/dev/null
  mkfifo "$HERE/slow"
  for quiet in "" -q; do
    # A piece now and then for a second and a half, and then the rest.
    [ -p "$HERE/never" ] || mkfifo "$HERE/never"
    (exec 7<"$HERE/slow"
      for ((i = 0; i < 30; i++)); do head -c 300000 <&7 >/dev/null; read -rt 0.05 <>"$HERE/never" || true; done
      cat <&7 >/dev/null) 3>&- &
    expect 0 tty sh -c "'$ISULAD_BIN/isula' cp $quiet web:/big - >'$HERE/slow'" <<<""
    wait $!
    if [ -z "$quiet" ]; then assert_contains "$output" "copied "; else assert_equal "$output" ""; fi
  done
  isula rm -f web
}

@test "sparse files stay sparse" {
  truncate -s 1T "$HERE/sparse"
  run_idle --name web --rootfs-overlay
  isula cp "$HERE/sparse" web:/sparse
  isula cp web:/sparse "$HERE/back"
  assert_equal "$(stat -c %s "$HERE/back")" 1099511627776
  [ "$(stat -c %b "$HERE/back")" -lt 1000 ]
  isula rm -f web
}

@test "export is the rootfs alone, with its layer and without mounts" {
  mkdir "$SHARED/volume"
  echo mounted >"$SHARED/volume/mounted"
  run_idle --name web --rootfs-overlay -v "$SHARED/volume:/v" --host-channel "$SHARED/c:/c:rw:1M"
  isula exec web sh -c 'echo made >/made && rm /bin/true && echo x >/c/in-channel && chown 5:6 /made && ln /made /linked'
  expect 0 isula export -o "$HERE/x.tar" web
  assert_equal "$output$stderr" ""
  assert_equal "$(stat -c %a "$HERE/x.tar")" 600
  isula export web >"$HERE/y.tar"
  mkdir "$HERE/x"
  tar -xpf "$HERE/x.tar" -C "$HERE/x"
  assert_equal "$(cat "$HERE/x/made")" made
  assert_equal "$(stat -c %u:%g "$HERE/x/made")" 5:6
  assert_equal "$(stat -c %i "$HERE/x/made")" "$(stat -c %i "$HERE/x/linked")"
  assert_missing "$HERE/x/bin/true"
  [ -x "$HERE/x/bin/busybox" ]
  assert_equal "$(ls -A "$HERE/x/proc" "$HERE/x/v" "$HERE/x/c" "$HERE/x/dev" | grep -v : | xargs)" ""
  isula stop -t 0 web
  isula export web | tar_names | cut -d" " -f1-3 | sort >"$HERE/stopped"
  assert_equal "$(tar_names <"$HERE/y.tar" | cut -d" " -f1-3 | sort)" "$(cat "$HERE/stopped")"
  expect 1 tty "$ISULAD_BIN/isula" export web <<<""
  expect 1 isula export nope
  expect 1 isula export -o /none/x web
  assert_one_line "$stderr"
  expect 1 isula export -o /dev/full web
  assert_contains "$stderr" "No space left on device"
  isula rm -f web
  rm -r "$SHARED/volume"
}

@test "what cannot be is refused in one line" {
  create --name web none true
  expect 125 isula cp a b
  assert_one_line "$stderr"
  expect 125 isula cp web:/a web:/b
  expect 125 isula cp web:/a
  expect 125 isula cp web: /tmp
  expect 125 isula cp :/a /tmp
  expect 125 isula cp --nope web:/a /tmp
  expect 125 isula export
  expect 1 isula cp nope:/a "$HERE"
  assert_contains "$stderr" "No such container"
  expect 1 isula cp "$E2E_LIB" nope:/a
  assert_contains "$stderr" "No such container"
  expect 1 isula cp web:/etc /none/there
  assert_one_line "$stderr"
  isula rm web
}
