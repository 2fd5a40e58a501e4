"""A life with a little of all the rules, and a boot, on one machine: what each run of the tests has time for."""
import boots
import image as images
from rules import CGROUP, CHANNEL, MIB, Failed, equal, named, run_cases
from rules import a_channel_filled_above_the_limit_ends_in_an_oom_kill, the_machine_has_cgroup_v2_alone

BOOT = ("debian", "crun", "")


def limits_are(guest, id_, **limits):
    for file, wanted in limits.items():
        equal(guest.limit(id_, file.replace("_", ".")), str(wanted))


def cannot_lift_its_limits(guest):
    guest.isula("exec web sh -c 'cd /sys/fs/cgroup; mkdir own; "
                "for file in memory.max cpu.max pids.max memory.high; do echo max >$file && exit 9; done 2>/dev/null; rmdir own'")


def a_life_holds_to_its_limits_and_leaves_nothing(guest):
    id_ = guest.run_idle(f"--system-container -m 16M --memory-swap 24M --cpus 0.5 --pids-limit 20 "
                         f"--host-channel-add-memory {CHANNEL}")
    limits_are(guest, id_, memory_max=48 * MIB, memory_swap_max=8 * MIB, cpu_max="50000 100000", pids_max=20)
    equal(guest.isula("exec web sh -c 'dd if=/dev/zero of=/c/file bs=64k 2>/dev/null; stat -c %s /c/file'"), str(32 * MIB))
    if int(guest.limit(id_, "memory.current")) < 32 * MIB:
        raise Failed("what the container wrote is not charged to it")
    cannot_lift_its_limits(guest)
    guest.isula("pause web")
    limits_are(guest, id_, cgroup_freeze=1)
    guest.isula("unpause web")
    guest.isula("update -m 32M --memory-swap 48M --cpus 0.25 web")
    limits_are(guest, id_, cgroup_freeze=0, memory_max=64 * MIB, memory_swap_max=16 * MIB, cpu_max="25000 100000", pids_max=20)
    pid = guest.state("Pid")
    guest.shell("end_daemon KILL; start_daemon")
    equal(guest.state("Pid"), pid)
    guest.isula("stop -t 0 web")
    guest.shell(f"wait_until 10 test ! -e {CGROUP}/{id_}")  # the answer need not wait for it
    equal(guest.shell("stat -c %s /shared/c/file"), str(32 * MIB))
    guest.isula("rm web")
    equal(guest.shell("list_belongings | grep -v '^rootfs: ' || true"), "")


def run(image, report, _):
    cases = named([the_machine_has_cgroup_v2_alone, a_channel_filled_above_the_limit_ends_in_an_oom_kill,
                   a_life_holds_to_its_limits_and_leaves_nothing])
    cases[boots.name_of(*BOOT)] = boots.case_of(*BOOT)
    run_cases(image, report, "vm_short", cases, images.debian_disk(image.cache))
