# shellcheck shell=bash
# Shorthands for containers and channels.

# create, run: with the file's rootfs.
create() { isula create --external-rootfs "$ROOTFS" "$@"; }
run_container() { isula run --external-rootfs "$ROOTFS" "$@"; }
# A container that does nothing until it is stopped; prints its id.
run_idle() { run_container -d "$@" none sleep 1000; }

inspect() {  # CONTAINER FORMAT
  isula inspect -f "$2" "$1"
}

logs_contain() { isula logs "$1" | grep -qF -- "$2"; }
# Whether there is no container; removes those that there are. One with --rm may be quicker.
remove_all() {
  local containers
  containers=$(isula ps -aq)
  # shellcheck disable=SC2086
  [ -z "$containers" ] || { isula rm -f $containers >/dev/null 2>&1 || true; no_containers; }
}
no_containers() { [ -z "$(isula ps -aq)" ]; }
is_running() { [ "$(inspect "$1" '{{.State.Running}}')" = true ]; }
has_ended() { [ "$(inspect "$1" '{{.State.Status}}')" = exited ]; }

# The size, mode and the like of a mount on the host: findmnt's column, empty where there is no mount.
mounted() {  # PATH COLUMN
  findmnt --noheadings --output "$2" --mountpoint "$1" || true
}

is_mounted() { findmnt --mountpoint "$1" >/dev/null; }

# The value of the first of the cgroup files that exists: cgroup_value CONTAINER CONTROLLER V1-FILE V2-FILE
cgroup_value() {
  local id
  id=$(inspect "$1" '{{.Id}}')
  if [ -d "/sys/fs/cgroup/$2" ]; then
    cat "/sys/fs/cgroup/$2$CGROUP_PARENT/$id/$3"
  else
    cat "/sys/fs/cgroup$CGROUP_PARENT/$id/$4"
  fi
}

memory_limit() { cgroup_value "$1" memory memory.limit_in_bytes memory.max; }

# as_user COMMAND...: as somebody on the host without any rights.
as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

# tty [OPTION...] COMMAND... <SCRIPT: on a terminal, see tty.py.
tty() { /usr/bin/python3 "$E2E_LIB/tty.py" "$@"; }

# A block device of 8 MiB: the loop device of a file that is made. Fails where there can be none.
make_disk() {  # FILE
  truncate -s 8M "$1"
  losetup -f --show "$1"
}

remove_disk() {  # DEVICE FILE
  losetup -d "$1"
  rm "$2"
}
