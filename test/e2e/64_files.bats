# The program and its groups, the files and file systems that a container has besides its rootfs.
load lib/e2e

@test "--entrypoint is the program, and what follows none are its arguments" {
  expect 0 run_container --rm --entrypoint echo none a 'b c'
  assert_equal "$output" "a b c"
  expect 0 run_container --rm --entrypoint hostname -h box none
  assert_equal "$output" box
  expect 0 run_container --rm --entrypoint "" none echo a
  assert_equal "$output" a
  expect 125 run_container --rm --entrypoint "" none
  assert_contains "$stderr" "no command specified"
  expect 127 run_container --rm --entrypoint "echo a" none
  assert_contains "$stderr" "echo a"
  create --name web --entrypoint sleep none 1000
  assert_equal "$(inspect web '{{json .Config.Entrypoint}} {{json .Config.Cmd}} {{.Path}} {{json .Args}}')" \
    '["sleep"] ["1000"] sleep ["1000"]'
  restart_daemon KILL
  expect 0 isula start web
  assert_equal "$(isula exec web cat /proc/1/cmdline | tr '\0' ' ')" "sleep 1000 "
  assert_equal "$(inspect web '{{json .Config.Entrypoint}} {{json .Config.Cmd}}')" '["sleep"] ["1000"]'
  isula rm -f web
}

# bats test_tags=runtime
@test "--group-add gives groups by name and number, to every exec too" {
  expect 0 run_container --rm --group-add nogroup --group-add 7 none sh -c 'id -G'
  assert_equal "$output" "0 7 65534"
  expect 0 run_container --rm -u user --group-add 7 none id -G
  assert_equal "$output" "1000 7 29"
  run_idle --name web -u 12:34 --group-add nogroup
  assert_equal "$(isula exec web id -G)" "34 65534"
  assert_equal "$(isula exec -u user web id -G)" "1000 29 65534"
  assert_equal "$(inspect web '{{json .HostConfig.GroupAdd}}')" '["nogroup"]'
  isula rm -f web
  # One that the container takes away is missed by nobody but its next start.
  run_idle --name web --rootfs-overlay --group-add nogroup --group-add 7
  isula exec web sed -i /^nogroup:/d /etc/group
  assert_equal "$(isula exec web id -G)" "0 7"
  isula stop -t 0 web
  expect 125 isula start web
  assert_contains "$stderr" 'unable to find group "nogroup"'
  isula rm web
  expect 125 run_container --rm --group-add nosuch none true
  assert_one_line "$stderr"
  assert_contains "$stderr" 'unable to find group "nosuch"'
  expect 125 run_container --rm --user-remap 100000:100000:1000 --group-add 1000 none true
  assert_contains "$stderr" "gid 1000 of the process is not mapped"
}

# bats test_tags=runtime
@test "--oom-score-adj holds for the container and its execs, and is clamped to what the daemon may give" {
  run_idle --name web --oom-score-adj 300
  assert_equal "$(isula exec web cat /proc/1/oom_score_adj /proc/self/oom_score_adj)" $'300\n300'
  assert_equal "$(inspect web '{{.HostConfig.OomScoreAdj}}')" 300
  isula rm -f web
  expect 0 run_container --rm --user-remap 100000:100000:65536 --oom-score-adj 200 none cat /proc/self/oom_score_adj
  assert_equal "$output" 200
  expect 125 run_container --rm --oom-score-adj 1001 none true
  assert_contains "$stderr" "must be between -1000 and 1000"
  expect 125 run_container --rm --oom-score-adj low none true
  assert_contains "$stderr" "must be a whole number"
}

# Whether the daemon has CAP_SYS_RESOURCE.
daemon_may_lower() {
  local capabilities
  capabilities=0x$(sed -n 's/^CapEff:\t//p' "/proc/$(daemon_pid)/status")
  ((capabilities >> 24 & 1))
}

@test "a container has not the oom_score_adj of its daemon, and is told where that cannot be helped" {
  echo 100 >"/proc/$(daemon_pid)/oom_score_adj"
  expect 0 run_container --rm none cat /proc/self/oom_score_adj
  if daemon_may_lower; then
    assert_equal "$output" 0
  else
    assert_equal "$output" 100
    assert_equal "$stderr" ""
    expect 0 run_container --rm --oom-score-adj 50 none cat /proc/self/oom_score_adj
    assert_equal "$output" 100
    assert_contains "$stderr" '--oom-score-adj "50" becomes 100'
  fi
  restart_daemon TERM
}

# mounted_in CONTAINER PATH: file system type and options, as the container sees them.
mounted_in() { isula exec "$1" awk -v path="$2" '$2 == path { print $3, $4 }' /proc/mounts; }

# bats test_tags=runtime
@test "--tmpfs mounts what is asked, with the defaults of other engines" {
  run_idle --name web --tmpfs /scratch --tmpfs /cache:size=64k,mode=0700,uid=1000,gid=29,exec
  assert_match "$(mounted_in web /scratch)" '^tmpfs rw,nosuid,nodev,noexec'
  assert_match "$(mounted_in web /cache)" '^tmpfs rw,nosuid,nodev,.*size=64k,mode=700,uid=1000,gid=29'
  refute_contains "$(mounted_in web /cache)" noexec
  assert_equal "$(isula exec web stat -c %a /scratch)" 1777
  assert_equal "$(isula exec web stat -c '%a %u %g' /cache)" "700 1000 29"
  expect 1 isula exec web dd if=/dev/zero of=/cache/file bs=1k count=65
  assert_contains "$stderr" "No space left on device"
  expect 126 isula exec web sh -c 'cp /bin/busybox /scratch/b && /scratch/b true'
  assert_equal "$(inspect web '{{index .HostConfig.Tmpfs "/scratch"}}')" nosuid,nodev,noexec,rw,mode=1777
  assert_equal "$(inspect web '{{index .HostConfig.Tmpfs "/cache"}}')" \
    nosuid,nodev,exec,rw,mode=700,size=65536,uid=1000,gid=29
  assert_contains "$(inspect web '{{json .Mounts}}')" \
    '{"Type":"tmpfs","Source":"","Destination":"/scratch","RW":true,"Propagation":""}'
  isula rm -f web
  assert_missing "$ROOTFS/scratch"
  assert_missing "$ROOTFS/cache"
  expect 1 run_container --rm --tmpfs /scratch:ro none touch /scratch/file
  assert_contains "$stderr" "Read-only file system"
}

# bats test_tags=runtime
@test "a tmpfs has the mode that is asked, whatever the rootfs has there, and not what a link leads to outside" {
  cp -a "$ROOTFS" "$CASE/rootfs"
  mkdir -p "$CASE/rootfs/srv/there" "$CASE/outside"
  chmod 700 "$CASE/rootfs/srv/there" "$CASE/outside"
  ln -s "$CASE/outside" "$CASE/rootfs/srv/link"
  expect 0 isula run --rm --external-rootfs "$CASE/rootfs" --tmpfs /srv/there --tmpfs /srv/ro:ro,mode=0711 \
    --tmpfs /srv/link:mode=0750 --ns-change-opt net none stat -c %a /srv/there /srv/ro /srv/link/
  assert_equal "$output" $'1777\n711\n750'
  assert_equal "$(stat -c %a "$CASE/outside" "$CASE/rootfs/srv/there")" $'700\n700'
  expect 0 isula run --rm --external-rootfs "$CASE/rootfs" --user-remap 100000:100000:65536 \
    --mount type=tmpfs,dst=/srv/there,tmpfs-mode=0700 none stat -c %a /srv/there
  assert_equal "$output" 700
}

# bats test_tags=runtime
@test "--tmpfs makes a read-only rootfs usable, and takes the place of the mounts that would be there" {
  expect 0 run_container --rm --read-only --tmpfs /tmp none sh -c 'echo x >/tmp/file; cat /tmp/file'
  assert_equal "$output" x
  expect 0 run_container --rm --tmpfs /dev/shm:size=8k none sh -c "df -k /dev/shm | awk 'END { print \$2 }'"
  assert_equal "$output" 8
  expect 0 run_container --rm --system-container --tmpfs /run:size=16k,mode=0755 none \
    sh -c "df -k /run | awk 'END { print \$2 }'; stat -c %a /run"
  assert_equal "$output" $'16\n755'
  expect 0 run_container --rm --rootfs-overlay --tmpfs /fresh:mode=0711 --host-channel "$SHARED/c:/fresh/c" none \
    stat -c %a /fresh
  assert_equal "$output" 711
  assert_missing "$ROOTFS/fresh"
  expect 0 run_container --rm --user-remap 100000:100000:65536 --tmpfs /scratch:uid=7 none stat -c %u /scratch
  assert_equal "$output" 7
  expect 125 run_container --rm --user-remap 100000:100000:1000 --tmpfs /scratch:uid=1000 none true
  assert_contains "$stderr" "uid 1000 is not one of --user-remap"
}

# bats test_tags=runtime
@test "a tmpfs holds volumes and channels, and mount points outlive no container" {
  mkdir "$CASE/data"
  echo content >"$CASE/data/file"
  run_idle --name web --tmpfs /new/scratch --mount type=bind,src="$CASE/data",dst=/new/scratch/data,ro \
    --host-channel "$SHARED/channel:/new/scratch/channel"
  assert_equal "$(isula exec web cat /new/scratch/data/file)" content
  isula exec web touch /new/scratch/channel/file
  [ -e "$SHARED/channel/file" ]
  isula channel add web "$SHARED/second:/new/scratch/second"
  isula exec web touch /new/scratch/second/file
  isula channel rm web "$SHARED/second"
  expect 1 isula exec web ls /new/scratch/second
  restart_daemon KILL
  assert_equal "$(isula exec web cat /new/scratch/data/file)" content
  [ -d "$ROOTFS/new/scratch" ]
  isula restart -t 0 web
  assert_equal "$(isula exec web cat /new/scratch/data/file)" content
  isula rm -f web
  assert_missing "$ROOTFS/new"
}

# bats test_tags=runtime
@test "--mount binds and makes tmpfs, in the words of other engines" {
  mkdir "$CASE/data"
  echo content >"$CASE/data/file"
  run_idle --name web --mount "type=bind,source=$CASE/data,target=/rw" \
    --mount "type=bind,src=$CASE/data,dst=/ro,readonly,bind-propagation=rslave" \
    --mount "type=bind,src=$CASE/data/file,destination=/one" --mount type=tmpfs,dst=/t,tmpfs-size=4k,tmpfs-mode=0750
  assert_equal "$(isula exec web cat /one)" content
  isula exec web touch /rw/new
  [ -e "$CASE/data/new" ]
  expect 1 isula exec web touch /ro/other
  assert_match "$(mounted_in web /t)" '^tmpfs rw,nosuid,nodev,noexec.*size=4k,mode=750'
  assert_equal "$(inspect web '{{json .HostConfig.Binds}}')" '[]'
  assert_contains "$(inspect web '{{json .HostConfig.Mounts}}')" \
    "{\"Type\":\"bind\",\"Source\":\"$CASE/data\",\"Target\":\"/ro\",\"ReadOnly\":true,\"BindOptions\":{\"Propagation\":\"rslave\"}}"
  assert_contains "$(inspect web '{{json .Mounts}}')" \
    "{\"Type\":\"bind\",\"Source\":\"$CASE/data\",\"Destination\":\"/ro\",\"RW\":false,\"Propagation\":\"rslave\"}"
  assert_contains "$(inspect web '{{json .HostConfig.Mounts}}')" \
    '{"Type":"tmpfs","Target":"/t","ReadOnly":false,"TmpfsOptions":{"SizeBytes":4096,"Mode":488}}'
  isula rm -f web
  expect 125 run_container --rm --mount type=volume,src=x,dst=/x none true
  assert_contains "$stderr" "there are no volumes of the engine's own"
  expect 125 run_container --rm --mount type=bind,src=/no/such,dst=/x none true
  assert_contains "$stderr" 'source "/no/such" does not exist'
  expect 125 run_container --rm --mount type=bind,src=/usr,dst=/x,colour=red none true
  assert_contains "$stderr" 'key "colour" is not one of'
  assert_one_line "$stderr"
}

# bats test_tags=runtime
@test "--shm-size is the size of /dev/shm" {
  run_idle --name web --shm-size 1M
  expect 1 isula exec web dd if=/dev/zero of=/dev/shm/file bs=1k count=1025
  assert_contains "$stderr" "No space left on device"
  assert_equal "$(isula exec web stat -c %s /dev/shm/file)" 1048576
  assert_equal "$(inspect web '{{.HostConfig.ShmSize}}')" 1048576
  isula rm -f web
  create --name web none true
  assert_equal "$(inspect web '{{.HostConfig.ShmSize}}')" 67108864
  isula rm web
  expect 0 run_container --rm --system-container -m 64M --shm-size 4097 none sh -c \
    "df -k /dev/shm | awk 'END { print \$2 }'"
  assert_equal "$output" 8
  create --name web --system-container -m 64M none true
  assert_equal "$(inspect web '{{.HostConfig.ShmSize}}')" 16777216
  isula rm web
  for size in 0 1 4095; do
    expect 125 run_container --rm --shm-size $size none true
    assert_contains "$stderr" "must be at least"
  done
  expect 125 run_container --rm --shm-size much none true
  assert_match "$stderr" '^Invalid value "much" for flag --shm-size: '
}

@test "mounts that collide are refused, by whatever flags and links" {
  mkdir "$CASE/data"
  expect 125 run_container --rm -v "$CASE/data:/x" --tmpfs /x none true
  assert_contains "$stderr" 'target "/x" is given more than once: by --volume and by --tmpfs or --mount'
  expect 125 run_container --rm --mount "type=bind,src=$CASE/data,dst=/x" --mount type=tmpfs,dst=/x none true
  assert_contains "$stderr" 'target "/x" is given more than once'
  expect 125 run_container --rm --tmpfs /x --host-channel "$SHARED/c:/x" none true
  assert_contains "$stderr" "is the target of another mount"
  expect 125 run_container --rm --tmpfs /x/y --host-channel "$SHARED/c:/x" none true
  assert_contains "$stderr" "must not contain the target of another mount"
  expect 125 run_container --rm --tmpfs /dev/x --device /dev/null:/dev/x/null none true
  assert_contains "$stderr" 'hides device "/dev/x/null"'
  expect 125 run_container --rm --tmpfs /etc/hosts none true
  assert_contains "$stderr" 'is a file'
  expect 125 run_container --rm --shm-size 1M --tmpfs /dev/shm none true
  assert_contains "$stderr" "exclude one another"
  cp -a "$ROOTFS" "$CASE/rootfs"
  mkdir "$CASE/rootfs/var"
  ln -s /run "$CASE/rootfs/var/run"
  expect 125 isula run --rm --external-rootfs "$CASE/rootfs" -v "$CASE/data:/run/data" --tmpfs /var/run none true
  assert_contains "$stderr" 'tmpfs target "/var/run" hides the mount at "/run/data" by the links of the rootfs'
  expect 0 isula run --rm --external-rootfs "$CASE/rootfs" --tmpfs /var/run none sh -c 'df /run | tail -n 1'
  assert_match "$output" '^tmpfs'
}

@test "links of the rootfs are seen through an overlay too" {
  mkdir "$CASE/data"
  cp -a "$ROOTFS" "$CASE/rootfs"
  mkdir "$CASE/rootfs/channel"
  ln -s /proc "$CASE/rootfs/processes"
  ln -s /channel "$CASE/rootfs/inside"
  local flag
  for flag in "" --rootfs-overlay; do
    # shellcheck disable=SC2086
    expect 125 isula run --rm $flag --external-rootfs "$CASE/rootfs" --tmpfs /processes none true
    assert_contains "$stderr" 'tmpfs target "/processes" hides the mount at "/proc" by the links of the rootfs'
    # shellcheck disable=SC2086
    expect 125 isula run --rm $flag --external-rootfs "$CASE/rootfs" -v "$CASE/data:/inside" \
      --host-channel "$SHARED/c:/channel" none true
    assert_contains "$stderr" 'mount target "/inside" leads into host channel "/channel" by the links of the rootfs'
  done
}

@test "--add-host, --dns and their like are lines of the container's own files" {
  run_idle --name web --add-host db:10.0.0.1 --add-host six=[::1] --dns 192.0.2.1 --dns 2001:db8::1 \
    --dns-search a.example --dns-search b.example --dns-opt ndots:2 --dns-option rotate
  assert_equal "$(isula exec web sh -c 'tail -n 2 /etc/hosts')" $'10.0.0.1\tdb\n::1\tsix'
  assert_equal "$(isula exec web grep -E '^(nameserver|search|options)' /etc/resolv.conf)" \
    $'nameserver 192.0.2.1\nnameserver 2001:db8::1\nsearch a.example b.example\noptions ndots:2 rotate'
  assert_equal "$(inspect web '{{json .HostConfig.ExtraHosts}} {{json .HostConfig.Dns}}')" \
    '["db:10.0.0.1","six:::1"] ["192.0.2.1","2001:db8::1"]'
  assert_equal "$(inspect web '{{json .HostConfig.DnsSearch}} {{json .HostConfig.DnsOptions}}')" \
    '["a.example","b.example"] ["ndots:2","rotate"]'
  isula rm -f web
  expect 0 run_container --rm --dns 192.0.2.1 --user-remap 100000:100000:65536 none stat -c %u /etc/hosts
  assert_equal "$output" 0
  cmp <(run_container --rm none cat /etc/resolv.conf) /etc/resolv.conf
}

@test "the generated files are where inspect says, and are made again from what was asked" {
  create --name web -h box --add-host db:10.0.0.1 --dns 192.0.2.1 none sh -c \
    'cat /etc/hostname; tail -n 1 /etc/hosts; grep nameserver /etc/resolv.conf'
  local wanted=$'box\n10.0.0.1\tdb\nnameserver 192.0.2.1' key
  expect 0 isula start -a web
  assert_equal "$output" "$wanted"
  assert_equal "$(cat "$(inspect web '{{.HostnamePath}}')")" box
  assert_equal "$(tail -n 1 "$(inspect web '{{.HostsPath}}')")" $'10.0.0.1\tdb'
  assert_equal "$(grep nameserver "$(inspect web '{{.ResolvConfPath}}')")" "nameserver 192.0.2.1"
  for key in HostnamePath HostsPath ResolvConfPath; do
    rm "$(inspect web "{{.$key}}")"
  done
  restart_daemon KILL
  expect 0 isula start -a web
  assert_equal "$output" "$wanted"
  isula rm web
}

@test "names that are none are refused with the flag" {
  local value
  for value in db db: db:1.2.3 'a b:1.2.3.4' db:host-gateway; do
    expect 125 run_container --rm --add-host "$value" none true
    assert_one_line "$stderr"
    assert_contains "$stderr" "--add-host: "
  done
  expect 125 run_container --rm --dns dns.example none true
  assert_contains "$stderr" '--dns: "dns.example" is no IPv4 or IPv6 address'
  expect 125 run_container --rm --dns-search 'a b' none true
  assert_contains "$stderr" '--dns-search: domain "a b"'
  expect 125 run_container --rm --dns-opt 'a b' none true
  assert_contains "$stderr" '--dns-option: option "a b"'
}

@test "rm -v is taken, and leaves what is bound" {
  mkdir "$CASE/data"
  echo content >"$CASE/data/file"
  run_idle --name web -v "$CASE/data:/data" --mount "type=bind,src=$CASE/data,dst=/other"
  expect 0 isula rm -fv web
  assert_equal "$(<"$CASE/data/file")" content
  create --name web none true
  expect 0 isula rm --volumes web
  expect 0 isula rm --help
  assert_contains "$output" "no anonymous volumes"
}
