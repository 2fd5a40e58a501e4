"""Inits in containers on cgroup v2 alone, on as many machines as there are processors: Debian's systemd, busybox, a script; by runtime and terminal."""
import functools
import itertools
import os

import image as images
from rules import MIB, Failed, equal, run_cases

DEBIAN = "--system-container --external-rootfs /extra/root"
SMALL = "/data/system"  # the root of the other inits, made for each case
BOOT_SECONDS = 170  # emulated, and beside other tests
POWERED_OFF = "130"  # by SIGINT, as the kernel tells of a pid namespace that powers itself off
STOP_SECONDS = 60  # SIGKILL would come then, and show in the exit code


def uptime(guest):
    return float(guest.shell("cut -d ' ' -f 1 /proc/uptime"))


def start(guest, runtime, terminal, options):
    return guest.isula(f"run -d {terminal} -n web -R {runtime} -m 64M --pids-limit 300 {options} none init").splitlines()[-1]


def wait_for_running(guest):
    state = "isula exec web systemctl is-system-running --wait 2>/dev/null"
    answer = guest.machine.run(f"booted() {{ [ \"$({state})\" = running ]; }}; wait_until {BOOT_SECONDS} booted",
                               BOOT_SECONDS + 30)
    if not answer.done:
        raise Failed(f"state {guest.machine.run(state).output!r}: {guest.machine.run('isula exec web systemctl --failed').output}")


def directory_of(id_):
    return f"/sys/fs/cgroup/isulad/{id_}"


def cgroups_hold(guest, id_):
    equal(guest.limit(id_, "memory.max"), str(64 * MIB))
    inside = "cd /sys/fs/cgroup; ls -d ../isulad ../machine machine; echo max >memory.max; echo max >pids.max; mkdir own; rmdir own"
    guest.isula(f"exec web sh -c '{inside}'")
    equal(guest.limit(id_, "memory.max"), str(64 * MIB))
    equal(guest.limit(id_, "pids.max"), "300")
    # systemd has made its own, put its services into them, and controls them.
    guest.shell(f"grep -q . {directory_of(id_)}/system.slice/dbus.service/cgroup.procs")
    equal(set(guest.limit(id_, "cgroup.subtree_control").split()) & {"memory", "pids"}, {"memory", "pids"})


def joins_stay_out_of_the_root(guest, id_):
    equal(guest.isula("exec web cat /proc/self/cgroup"), "0::/isula.exec")
    guest.shell(f"grep -q . {directory_of(id_)}/isula.exec/cgroup.procs")
    equal(guest.limit(id_, "cgroup.procs"), "")


def debian_boots_and_stops(runtime, terminal, guest):
    begin = uptime(guest)
    id_ = start(guest, runtime, terminal, DEBIAN)
    guest.isula("exec -d web sleep 1000000")  # which does not keep systemd from its cgroups
    wait_for_running(guest)
    booted = uptime(guest)
    equal(guest.isula("exec web systemctl --failed --no-legend"), "")
    cgroups_hold(guest, id_)
    joins_stay_out_of_the_root(guest, id_)
    stopped = uptime(guest)
    guest.isula(f"stop -t {STOP_SECONDS} web")
    print(f"# {runtime} {terminal}: running after {booted - begin:.1f} s, stopped within {uptime(guest) - stopped:.1f} s", flush=True)
    equal(guest.state("ExitCode"), POWERED_OFF)
    equal(guest.state("OOMKilled"), "false")


def a_reboot_starts_it_again_with_its_channel(guest):
    guest.isula(f"run -d -n web --restart on-reboot --host-channel /shared/c:/c:rw:4M {DEBIAN} none init")
    wait_for_running(guest)
    guest.isula("exec web sh -c 'echo kept >/c/mark'")
    guest.machine.run("isula exec web systemctl reboot")
    guest.shell("again() { [ \"$(isula inspect -f '{{.RestartCount}} {{.State.Running}}' web)\" = '1 true' ]; }; wait_until 60 again")
    wait_for_running(guest)
    equal(guest.isula("exec web cat /c/mark"), "kept")


def small_init_boots_and_stops(make, exit_code, runtime, terminal, guest):
    guest.shell(f"{make} {SMALL}")
    id_ = start(guest, runtime, terminal, f"--system-container --external-rootfs {SMALL}")
    guest.shell("booted() { isula exec web test -e /run/booted; }; wait_until 60 booted")
    equal(guest.limit(id_, "memory.max"), str(64 * MIB))
    guest.isula(f"stop -t {STOP_SECONDS} web")
    equal(guest.state("ExitCode"), exit_code)
    guest.shell(f"test -e {SMALL}/ended")


INITS = {"debian": debian_boots_and_stops,
         "busybox init": functools.partial(small_init_boots_and_stops, "busybox_system", POWERED_OFF),
         "a script": functools.partial(small_init_boots_and_stops, "script_system", "7")}
# Each pair of what the first of them do not have together; then the rest. Those that take longest come first: nobody waits
# for the last one at the end.
MATRIX = [("debian", "crun", ""), ("debian", "runc", "-t"), ("busybox init", "runc", ""), ("a script", "crun", "-t")]
MATRIX += [each for each in itertools.product(INITS, ("crun", "runc"), ("", "-t")) if each not in MATRIX]


def name_of(init, runtime, terminal):
    return f"{init} boots and stops under {runtime}, {'a terminal' if terminal else 'no terminal'}"


def case_of(init, runtime, terminal):
    return functools.partial(INITS[init], runtime, terminal)


CASES = {"a reboot starts it again with its channel": a_reboot_starts_it_again_with_its_channel}
CASES.update({name_of(*each): case_of(*each) for each in MATRIX})


def run(image, report, number):
    """The first `number` of the cases."""
    cases = dict(itertools.islice(CASES.items(), number))
    run_cases(image, report, "vm_boots", cases, images.debian_disk(image.cache), machines=os.cpu_count())
