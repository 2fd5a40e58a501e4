# shellcheck shell=bash
# Assertions. Each prints what it got where it fails.

fail() {
  printf '%s\n' "$@" >&2
  note_place
  return 1
}

# expect STATUS COMMAND...: runs it; leaves its output in $output and its complaints in $stderr (without trailing
# newlines); fails where it ends with another status.
expect() {
  local wanted=$1 status=0
  shift
  output=$("$@" 2>"$CASE/stderr") || status=$?
  read_file stderr "$CASE/stderr"
  [ "$status" -eq "$wanted" ] ||
    fail "exit status $status, wanted $wanted: $*" "stdout: $output" "stderr: $stderr"
}

# read_file NAME FILE: into the variable, without trailing newlines; $(<FILE) would be a process more.
read_file() {
  local -n content=$1
  IFS= read -r -d '' content <"$2" || true
  while [[ $content == *$'\n' ]]; do content=${content%$'\n'}; done
}

assert_equal() {  # ACTUAL WANTED
  [ "$1" = "$2" ] || fail "got:    '$1'" "wanted: '$2'"
}

assert_match() {  # ACTUAL EXTENDED-REGULAR-EXPRESSION
  [[ $1 =~ $2 ]] || fail "got:           '$1'" "wanted like it: '$2'"
}

assert_contains() {  # ACTUAL TEXT
  [[ $1 == *"$2"* ]] || fail "got:         '$1'" "wanted in it: '$2'"
}

refute_contains() {  # ACTUAL TEXT
  [[ $1 != *"$2"* ]] || fail "got:             '$1'" "not wanted in it: '$2'"
}

assert_one_line() {  # TEXT
  [ -n "$1" ] && [[ $1 != *$'\n'* ]] || fail "not one line: '$1'"
}

assert_missing() {  # PATH
  if [ -e "$1" ] || [ -L "$1" ]; then
    fail "exists: $1"
  fi
}

# refute COMMAND...: must not succeed. A plain `!` does not fail a test.
refute() {
  if "$@"; then
    fail "succeeded: $*"
  fi
}

# wait_until SECONDS COMMAND...: until it succeeds. Whoever waits takes time from what he waits for, so he asks less and
# less often.
wait_until() {
  local end=$((SECONDS + $1)) time
  shift
  for time in 0.02 0.02 0.05 0.05; do
    ! "$@" || return 0
    pause $time
  done
  until "$@"; do
    [ $SECONDS -le $end ] || { fail "not within its time: $*"; return 1; }
    pause 0.1
  done
}

# pause SECONDS: as sleep, without a process of its own. Nobody writes to this pipe.
pause() { read -r -t "$1" <>"$DIR/nothing" || true; }
