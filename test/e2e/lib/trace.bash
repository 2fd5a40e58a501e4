# shellcheck shell=bash
# Where a case fails. Before each command bats would note where it is, which costs more than most commands; and a trap for
# errors that holds in functions holds in $(...), which then is two processes instead of one. So the place is noted when
# something has failed: by a trap in the case itself, and by `fail` in functions. Of another command that fails in a
# function the command is known.

trace_failures_only() {
  set +TE
  trap - DEBUG
  trap note_failure ERR
  trap 'note_timeout "$BASH_COMMAND"' ABRT
  trap 'note_end "$BASH_COMMAND"; bats_teardown_trap as-exit-trap' EXIT
  BATS_DEBUG_LAST_STACK_TRACE=()
  BATS_DEBUG_LASTLAST_STACK_TRACE=()
}

# What bats times its cases by, without a process of its own.
get_mills_since_epoch() { printf '%s\n' "$((${EPOCHREALTIME/./} / 1000))"; }

note_failure() {
  BATS_ERROR_STATUS=${BATS_ERROR_STATUS:-$?}
  [ "$BATS_ERROR_STATUS" != 0 ] || BATS_ERROR_STATUS=1
  [ -n "${BATS_DEBUG_LAST_STACK_TRACE_IS_VALID:-}" ] || note_place
  BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
}

note_timeout() {  # COMMAND
  echo "out of time in: $1"
  BATS_TIMED_OUT=1
  exit 1
}

# Of a case that ends early; what `fail` has noted counts where that was its end.
note_end() {  # COMMAND
  [ -z "${BATS_DEBUG_LAST_STACK_TRACE_IS_VALID:-}" ] || return 0
  BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
  [ "$1" != "return 1" ] || return 0
  BATS_DEBUG_LAST_STACK_TRACE=()
  [ -n "${BATS_TIMED_OUT:-}" ] || echo "failed: $1" >>"$BATS_OUT"
}

# The line in the file of tests, and what it was called from there: not the assertion itself.
note_place() {
  local i
  BATS_DEBUG_LAST_STACK_TRACE=()
  for ((i = 2; i < ${#FUNCNAME[@]}; i++)); do
    [[ ${BASH_SOURCE[i]} != "$E2E_LIB"/* ]] || continue
    BATS_DEBUG_LAST_STACK_TRACE+=("${BASH_LINENO[i - 1]} ${FUNCNAME[i]} ${BASH_SOURCE[i]:-$BATS_TEST_SOURCE}")
    case ${FUNCNAME[i]} in
      "$BATS_TEST_NAME" | setup | teardown) break ;;
    esac
  done
}
