# Shells complete command lines with what the daemon has.
load lib/e2e

# What bash offers for a line that ends at the cursor.
bash_offers() {  # LINE
  # shellcheck disable=SC2016
  LINE=$1 PATH=$ISULAD_BIN:$PATH bash --norc -c '
    source <(isula completion bash)
    complete -p isula >/dev/null || exit 1
    COMP_LINE=$LINE COMP_POINT=${#LINE}
    _isula
    echo "${COMPREPLY[*]}"'
}

# The same of zsh, without its line editor.
zsh_offers() {  # WORD...
  PATH=$ISULAD_BIN:$PATH zsh -f -c '
    compdef() { }
    compadd() { print -r -- "${(@P)2}" }
    _files() { print files }
    source <(isula completion zsh)
    words=("$@") CURRENT=$#
    _isula' zsh "$@"
}

@test "bash: commands, flags, containers, host paths of channels" {
  run_idle --name web-1 --host-channel "$SHARED/c:/c"
  create --name web-2 none true
  assert_equal "$(bash_offers 'isula st')" "start stats stop"
  assert_equal "$(bash_offers 'isula rm --f')" --force
  assert_equal "$(bash_offers 'isula rm web')" "web-1 web-2"
  assert_equal "$(bash_offers 'isula rm ')" "web-1 web-2"
  assert_equal "$(bash_offers 'isula channel rm web-1 ')" "$SHARED/c"
  assert_equal "$(bash_offers 'isula run --external-rootfs /ro')" ""
  assert_equal "$(ISULAD_HOST=unix:///nonexistent bash_offers "isula -H $ISULAD_HOST rm web-2")" web-2
  assert_equal "$(ISULAD_HOST=unix:///nonexistent bash_offers "isula rm web")" ""
  isula rm -f web-1 web-2
}

@test "zsh: the same" {
  run_idle --name web-1
  assert_equal "$(zsh_offers isula st)" "start stats stop"
  assert_equal "$(zsh_offers isula rm web)" "web-1"
  assert_equal "$(ISULAD_HOST=unix:///nonexistent zsh_offers isula --host="$ISULAD_HOST" rm '')" "web-1"
  assert_equal "$(zsh_offers isula run --external-rootfs /ro)" files
  isula rm -f web-1
}
