# Labels, annotations, variables of files, cgroup parents and hooks.
load lib/e2e

# Made by a case, besides the file's own.
remove_parent() { find /sys/fs/cgroup -depth -type d -path "*$CGROUP_PARENT-*" -exec rmdir {} + 2>/dev/null || true; }

@test "labels: shown by inspect, asked for by ps" {
  printf '# comment\n\nteam=blue\nbare\n' >"$CASE/labels"
  create --name web -l role=web --label role=db --label-file "$CASE/labels" none true
  create --name other -l role=other none true
  assert_equal "$(inspect web '{{json .Config.Labels}}')" '{"role":"db","team":"blue","bare":""}'
  assert_equal "$(isula ps -a -f label=role=db --format '{{.Names}}')" web
  assert_equal "$(isula ps -a -f label=role --format '{{.Names}}' | sort | xargs)" "other web"
  assert_equal "$(isula ps -aq -f label=nosuch)" ""
  expect 125 create -l =x none true
  assert_contains "$stderr" 'for flag --label: "=x" must be KEY=VALUE'
  expect 125 create --label-file "$CASE/nosuch" none true
  isula rm web other
}

# bats test_tags=runtime
@test "annotations reach the runtime, but for those that would tell it what to do" {
  local id
  id=$(run_idle --name web --annotation org.example.key=value)
  assert_equal "$(inspect web '{{json .Config.Annotations}}')" '{"org.example.key":"value"}'
  grep -q '"org.example.key":"value"' "$DIR/state/containers/$id/config.json"
  expect 125 create --annotation run.oci.seccomp_bpf_data=x none true
  assert_contains "$stderr" 'annotation "run.oci.seccomp_bpf_data" would tell the runtime what to do'
  isula rm -f web
}

@test "--env-file sets the variables of a file, exec too" {
  printf 'A=1\n# no\nB=two words\nFROM_HERE\n' >"$CASE/env"
  FROM_HERE=here run_container --rm --env-file "$CASE/env" -e C=3 none sh -c 'echo "$A,$B,$C,$FROM_HERE"' >"$CASE/out"
  assert_equal "$(<"$CASE/out")" "1,two words,3,here"
  run_idle --name web
  assert_equal "$(isula exec --env-file "$CASE/env" web sh -c 'echo $B')" "two words"
  isula rm -f web
}

@test "--env-target-file lists the variables over the rootfs's own, which stays as it is" {
  printf 'A=old\nKEEP=1\n' >"$ROOTFS/etc/environment"
  run_idle --name web -e A=new -e B=2 --env-target-file /etc/environment
  assert_equal "$(isula exec web cat /etc/environment)" "KEEP=1
A=new
B=2"
  assert_equal "$(<"$ROOTFS/etc/environment")" "A=old
KEEP=1"
  assert_equal "$(inspect web '{{.HostConfig.EnvTargetFile}}')" /etc/environment
  isula rm -f web
  rm "$ROOTFS/etc/environment"
  run_idle --name web -e A=new --env-target-file /etc/made
  assert_equal "$(isula exec web cat /etc/made)" A=new
  isula rm -f web
  assert_missing "$ROOTFS/etc/made"
  expect 125 create --env-target-file /proc/x none true
  assert_contains "$stderr" 'env target file "/proc/x"'
  expect 125 create --env-target-file relative none true
}

# bats test_tags=runtime
@test "--cgroup-parent: the container's cgroup, its limits, stats, stop and what is left" {
  local id parent=$CGROUP_PARENT-other/deep
  id=$(run_idle --name web --cgroup-parent "$parent" -m 64M)
  if [ -d /sys/fs/cgroup/memory ]; then
    assert_equal "$(cat "/sys/fs/cgroup/memory$parent/$id/memory.limit_in_bytes")" 67108864
  else
    assert_equal "$(cat "/sys/fs/cgroup$parent/$id/memory.max")" 67108864
  fi
  assert_equal "$(inspect web '{{.HostConfig.CgroupParent}}')" "$parent"
  assert_contains "$(isula stats --no-stream --format '{{.MemUsage}}' web)" 64MiB
  isula pause web
  isula unpause web
  restart_daemon KILL
  is_running web
  expect 125 create --cgroup-parent "$parent/$id/in" none true
  assert_contains "$stderr" "lies in that of container \"web\""
  isula rm -f web
  assert_equal "$(find /sys/fs/cgroup -name "$id")" ""
  remove_parent
  expect 125 create --cgroup-parent / none true
  expect 125 create --cgroup-parent a none true
}

# bats test_tags=runtime
@test "--hook-spec: programs run before, after and at the end, with the container's state" {
  cat >"$SHARED/hook" <<HOOK
#!/bin/sh
cat >>$SHARED/told
echo " \$1 \$MOMENT" >>$SHARED/told
HOOK
  chmod 755 "$SHARED/hook"
  cat >"$CASE/hooks" <<HOOKS
{"prestart": [{"path": "$SHARED/hook", "args": ["hook", "first"], "env": ["MOMENT=prestart"], "timeout": 10}],
 "poststart": [{"path": "$SHARED/hook", "args": ["hook", "second"], "env": ["MOMENT=poststart"]}],
 "poststop": [{"path": "$SHARED/hook", "args": ["hook", "third"], "env": ["MOMENT=poststop"]}]}
HOOKS
  local id
  id=$(run_idle --name web --hook-spec "$CASE/hooks")
  grep -q ' first prestart' "$SHARED/told"
  grep -q ' second poststart' "$SHARED/told"
  assert_contains "$(<"$SHARED/told")" "$id"
  refute grep -q poststop "$SHARED/told"
  assert_contains "$(isula inspect web)" '"prestart"'
  isula stop -t 0 web
  wait_until 10 grep -q ' third poststop' "$SHARED/told"
  isula rm web
  rm "$SHARED/hook" "$SHARED/told"
}

# bats test_tags=runtime
@test "a hook that fails keeps the container from starting; a bad file is refused by what is wrong" {
  echo '{"prestart": [{"path": "/bin/false"}]}' >"$CASE/hooks"
  expect 125 run_container --rm --hook-spec "$CASE/hooks" none true
  assert_one_line "$stderr"
  echo '{"prestart": [{"path": "/no/such"}]}' >"$CASE/hooks"
  expect 125 create --hook-spec "$CASE/hooks" none true
  assert_contains "$stderr" 'hook spec: "/no/such" is not a program'
  echo '{"prestat": []}' >"$CASE/hooks"
  expect 125 create --hook-spec "$CASE/hooks" none true
  assert_contains "$stderr" prestat
  expect 125 create --hook-spec "$CASE/nosuch" none true
  assert_equal "$(isula ps -aq)" ""
}
