# Every command and its mistakes: one line, the right status, and nothing left behind.
load lib/e2e

readonly NO_DAEMON="Can not connect with server. Is the iSulad daemon running on the host?"

# The commands as the client itself lists them, those of groups with their verbs.
all_commands() {
  local word
  for word in $(isula __complete -- ''); do
    case $word in
      channel | container) isula __complete -- "$word" '' | sed "s/^/$word /" ;;
      *) echo "$word" ;;
    esac
  done
}

# What must follow a command for the daemon to be asked; @ stands for a container.
operands_of() {  # COMMAND
  case $1 in
    create | run) echo "--external-rootfs $ROOTFS none true" ;;
    exec) echo "@ true" ;;
    cp) echo "@:/etc/passwd -" ;;
    rename) echo "@ new" ;;
    "channel add") echo "@ $SHARED/c:/c" ;;
    "channel rm") echo "@ $SHARED/c" ;;
    "channel resize") echo "@ $SHARED/c 1M" ;;
    "channel ls" | ps | info | version | events | completion) ;;
    "container prune") echo "-f" ;;
    update) echo "--cpu-shares 512 @" ;;
    *) echo "@" ;;
  esac
}

@test "an unknown flag: 125 and its name, for every command" {
  local command
  while read -r command; do
    # shellcheck disable=SC2086
    expect 125 isula $command --nosuchflag
    assert_match "$stderr" "^Unknown flag found: '--nosuchflag'"
    assert_one_line "$stderr"
    assert_equal "$output" ""
  done < <(all_commands)
}

@test "too few arguments, or too many: 125 and how many, for every command" {
  local command
  while read -r command; do
    case $command in
      ps | info | version | events | "container prune")
        # shellcheck disable=SC2086
        expect 125 isula $command superfluous
        assert_equal "$stderr" "\"$command\" requires 0 arguments."
        ;;
      stats | "channel ls") ;;
      *)
        # shellcheck disable=SC2086
        expect 125 isula $command
        assert_match "$stderr" "^\"$command\" requires (a minimum of |exactly )?[1-9] arguments?\\.$"
        ;;
    esac
    assert_one_line "$stderr"
    assert_equal "$output" ""
  done < <(all_commands)
}

@test "no daemon: 125 and the same text, for every command" {
  local command
  while read -r command; do
    case $command in completion | version) continue ;; esac
    # shellcheck disable=SC2086,SC2046
    ISULAD_HOST=unix://$CASE/nobody.sock expect 125 isula $command $(operands_of "$command")
    assert_equal "$stderr" "$NO_DAEMON"
    assert_equal "$output" ""
  done < <(all_commands)
  ISULAD_HOST=unix://$CASE/nobody.sock expect 125 isula version
  assert_equal "$stderr" "$NO_DAEMON"
  ISULAD_HOST=tcp://127.0.0.1:1 expect 125 isula ps
  assert_match "$stderr" '^Invalid value "tcp://127.0.0.1:1" for ISULAD_HOST: '
}

@test "a container that there is not: 1, or 125 where the status could be the container's, for every command" {
  local command operands wanted
  while read -r command; do
    operands=$(operands_of "$command")
    [[ $operands == *@* ]] || continue
    case $command in start | exec) wanted=125 ;; *) wanted=1 ;; esac
    # shellcheck disable=SC2086
    expect $wanted isula $command ${operands//@/nosuch}
    assert_equal "$stderr" "Error response from daemon: No such container: nosuch"
    [ "$command" = inspect ] && wanted="[]" || wanted=""  # an array of those that there are
    assert_equal "$output" "$wanted"
  done < <(all_commands)
}

@test "a prefix that is not unique is no name" {
  local first second
  first=$(create none true)
  # Until two have the same first digit.
  while second=$(create none true); [ "${second:0:1}" != "${first:0:1}" ]; do
    isula rm "$second" >/dev/null
  done 2>/dev/null
  expect 1 isula rm "${first:0:1}"
  assert_match "$stderr" '^Error response from daemon: '
  assert_contains "$stderr" "${first:0:1}"
  assert_one_line "$stderr"
  isula rm "$first" "$second"
}

@test "a bad value: 125, the flag and the value, for every flag that takes one" {
  local flag value known rootfs
  while read -r flag value; do
    [ -n "$flag" ] || continue
    rootfs=(--external-rootfs "$ROOTFS")
    [ "$flag" != --external-rootfs ] || rootfs=()
    expect 125 isula run --rm "${rootfs[@]}" "$flag" "$value" none true
    # Some of it only the daemon can know.
    assert_match "$stderr" '^(Invalid value |Error response from daemon: )'
    assert_one_line "$stderr"
    assert_equal "$output" ""
  done <"$BATS_TEST_DIRNAME/bad_flags.txt"
  assert_equal "$(isula ps -aq)" ""
  # None is forgotten, but for those that take anything.
  known=$(cut -d ' ' -f 1 "$BATS_TEST_DIRNAME/bad_flags.txt" | sort -u)
  while read -r flag; do
    grep -qxFe "$flag" <<<"$known" || fail "bad_flags.txt has nothing for $flag"
  done < <(isula run --help | grep -oE -e '--[a-z-]+ [A-Z\[]' | cut -d ' ' -f 1 | grep -vx -e --host -e --entrypoint -e --health-cmd)
}

@test "help of every command goes to standard output, with 0 and each flag once" {
  local command flags
  while read -r command; do
    # shellcheck disable=SC2086
    ISULAD_HOST=unix://$CASE/nobody.sock expect 0 isula $command --help
    assert_match "$output" "^Usage:  isula $command"
    assert_equal "$stderr" ""
    flags=$(grep -o '^ *\(-., \)\?--[a-z-]*' <<<"$output" | grep -o -e '--.*')
    assert_equal "$(sort <<<"$flags" | uniq -d)" ""
  done < <(all_commands)
}
