"""What the engine does with cgroup v2 alone: one case each, on one machine."""
import os
import pathlib
import threading
import time

from machine import Disks, Machine, MachineError

CGROUP = "/sys/fs/cgroup/isulad"
ROOTFS = "--external-rootfs /data/rootfs"
CHANNEL = "--host-channel /shared/c:/c:rw:32M"
MIB = 1 << 20
KILLED = 137


class Failed(Exception):
    """A case found something."""


class Guest:
    """The client in the machine, and what the cases ask for."""

    def __init__(self, machine):
        self.machine = machine

    def isula(self, words, status=0):
        answer = self.machine.run(f"timeout 150 isula {words}")
        if answer.status != status:
            raise Failed(f"wanted status {status}: {answer}")
        return answer.output

    def shell(self, command):
        answer = self.machine.run(command)
        if not answer.done:
            raise Failed(str(answer))
        return answer.output

    def run_idle(self, options):
        """Starts a container that does nothing; its id."""
        return self.isula(f"run -d -n web {ROOTFS} {options} none sleep 1000000").splitlines()[-1]

    def state(self, member):
        return self.isula(f"inspect -f '{{{{.State.{member}}}}}' web")

    def limit(self, id_, file):
        return self.shell(f"cat {CGROUP}/{id_}/{file}")


def equal(seen, wanted):
    if seen != wanted:
        raise Failed(f"is {seen!r}, wanted {wanted!r}")


def the_machine_has_cgroup_v2_alone(guest):
    equal(guest.shell("grep cgroup /proc/mounts").split()[2], "cgroup2")
    equal(guest.shell("grep -c cgroup /proc/mounts"), "1")


def a_channel_filled_above_the_limit_ends_in_an_oom_kill(guest):
    guest.isula(f"run -n web -m 16M {ROOTFS} {CHANNEL} none dd if=/dev/zero of=/c/file bs=64k", KILLED)
    equal(guest.state("OOMKilled"), "true")
    equal(guest.state("ExitCode"), str(KILLED))


def with_add_memory_the_whole_channel_fits(guest):
    id_ = guest.run_idle(f"-m 16M --memory-swap 24M --host-channel-add-memory {CHANNEL}")
    equal(guest.limit(id_, "memory.max"), str(48 * MIB))
    equal(guest.limit(id_, "memory.swap.max"), str(8 * MIB))
    equal(guest.isula("exec web sh -c 'dd if=/dev/zero of=/c/file bs=64k 2>/dev/null; stat -c %s /c/file'"), str(32 * MIB))
    equal(guest.state("OOMKilled"), "false")
    if int(guest.limit(id_, "memory.current")) < 32 * MIB:
        raise Failed("what the container wrote is not charged to it")


def what_the_host_writes_is_not_charged_to_the_container(guest):
    id_ = guest.run_idle(f"-m 16M {CHANNEL}")
    guest.shell("dd if=/dev/zero of=/shared/c/file bs=64k 2>/dev/null; test $(stat -c %s /shared/c/file) = 33554432")
    equal(guest.isula("exec web sh -c 'wc -c </c/file'"), str(32 * MIB))
    equal(guest.state("Running"), "true")
    if int(guest.limit(id_, "memory.current")) > 8 * MIB:
        raise Failed(f"{guest.limit(id_, 'memory.current')} bytes are charged to the container")


def limits_reach_the_files_of_version_2(guest):
    id_ = guest.run_idle("-m 16M --cpus 0.5 --pids-limit 20")
    equal(guest.limit(id_, "memory.max"), str(16 * MIB))
    equal(guest.limit(id_, "cpu.max"), "50000 100000")
    equal(guest.limit(id_, "pids.max"), "20")


def further_limits_reach_the_files_of_version_2(guest):
    id_ = guest.run_idle("-m 64M --memory-reservation 16M --cpu-period 50000 --cpu-quota 25000 --cpu-shares 512 "
                         "--cpuset-cpus 0 --cpuset-mems 0")
    equal(guest.limit(id_, "memory.low"), str(16 * MIB))
    equal(guest.limit(id_, "cpu.max"), "25000 50000")
    equal(guest.limit(id_, "cpu.weight"), "20")
    equal(guest.limit(id_, "cpuset.cpus"), "0")
    equal(guest.limit(id_, "cpuset.mems"), "0")
    equal(guest.isula("exec web nproc"), "1")


def limits_of_huge_pages_and_disks_reach_the_files_of_version_2(guest):
    disk = guest.shell("df /data | tail -n 1 | cut -d ' ' -f 1")
    numbers = guest.shell(f"cat /sys/class/block/{disk.rsplit('/', 1)[-1]}/dev")
    id_ = guest.run_idle(f"--hugetlb-limit 2M:4M --device-read-bps {disk}:1M --device-write-iops {disk}:10")
    equal(guest.limit(id_, "hugetlb.2MB.max"), str(4 * MIB))
    equal(guest.limit(id_, "io.max"), f"{numbers} rbps={MIB} wbps=max riops=max wiops=10")


def what_version_2_lacks_is_refused_or_warned_of(guest):
    guest.isula(f"create -m 64M --oom-kill-disable {ROOTFS} none true", 125)
    output = guest.isula(f"run --rm --memory-swappiness 10 {ROOTFS} none true 2>&1")
    if "--memory-swappiness has no effect" not in output:
        raise Failed(f"no warning: {output!r}")


def update_changes_the_files_of_version_2(guest):
    id_ = guest.run_idle("-m 64M --memory-swap 96M --cpus 0.5")
    guest.isula("update -m 32M --memory-swap 48M --memory-reservation 8M --cpus 0.25 --cpu-shares 1024 web")
    equal(guest.limit(id_, "memory.max"), str(32 * MIB))
    equal(guest.limit(id_, "memory.swap.max"), str(16 * MIB))
    equal(guest.limit(id_, "memory.low"), str(8 * MIB))
    equal(guest.limit(id_, "cpu.max"), "25000 100000")
    equal(guest.limit(id_, "cpu.weight"), "39")


def a_system_container_cannot_change_its_own_limits(guest):
    id_ = guest.run_idle("--system-container -m 64M --cpus 0.5 --pids-limit 20")
    for file in ("memory.max", "cpu.max", "pids.max", "memory.high"):
        guest.isula(f"exec web sh -c 'echo max >/sys/fs/cgroup/{file} 2>/dev/null || exit 9'", 9)
    guest.isula("exec web mkdir /sys/fs/cgroup/own")
    guest.isula("exec web sh -c 'echo 100 >/sys/fs/cgroup/cgroup.procs 2>/dev/null; rmdir /sys/fs/cgroup/own'")
    equal(guest.limit(id_, "memory.max"), str(64 * MIB))


def pause_freezes_and_unpause_thaws(guest):
    id_ = guest.run_idle("")
    guest.isula("pause web")
    equal(guest.limit(id_, "cgroup.freeze"), "1")
    guest.shell(f"grep -qx 'frozen 1' {CGROUP}/{id_}/cgroup.events")
    equal(guest.state("Status"), "paused")
    guest.isula("unpause web")
    equal(guest.limit(id_, "cgroup.freeze"), "0")
    equal(guest.isula("exec web echo alive"), "alive")


def health_checks_are_killed_by_a_cgroup_of_their_own(guest):
    for mode in ("", "--system-container"):
        id_ = guest.run_idle(f"{mode} --health-cmd 'sleep 3000 & exec setsid sleep 3001' --health-interval 200ms "
                             "--health-timeout 2s --health-retries 1")
        guest.shell(f"wait_until 30 grep -q . {CGROUP}/{id_}/isula.health/cgroup.procs")
        guest.shell("wait_until 30 sh -c 'isula ps | grep -qF \"(unhealthy)\"'")
        guest.isula("rm -f web")
        guest.shell("! ps | grep -q '[s]leep 300'")
        guest.shell(f"test ! -e {CGROUP}/{id_}")


def a_killed_daemon_is_followed_by_one_that_adopts(guest):
    guest.run_idle(f"-m 48M {CHANNEL}")
    guest.shell("echo kept >/shared/c/file")
    pid = guest.state("Pid")
    guest.shell("end_daemon KILL; start_daemon")
    equal(guest.state("Pid"), pid)
    equal(guest.isula("exec web cat /c/file"), "kept")


def stop_and_rm_leave_no_cgroup(guest):
    id_ = guest.run_idle(CHANNEL)
    guest.isula("stop -t 0 web")
    guest.shell(f"wait_until 10 test ! -e {CGROUP}/{id_}")  # the answer need not wait for it
    guest.isula("rm web")
    equal(guest.shell("list_belongings | grep -v '^rootfs: ' || true"), "")


def device_rules_open_devices_by_number(guest):
    # Nothing has these numbers: who may open one is told that there is no such device.
    says = "exec web sh -c 'rm -f /node; mknod /node {} && head -c 1 /node 2>&1; rm -f /node; true'"
    for options, node, answer in (("", "c 239 5", "Operation not permitted"),
                                  ("--device-cgroup-rule 'c 239:* rwm'", "c 239 5", "No such device"),
                                  ("--device-cgroup-rule 'c 239:* rwm'", "b 239 5", "Operation not permitted"),
                                  ("--device-cgroup-rule 'a *:* rwm'", "b 239 5", "No such device"),
                                  ("--privileged", "c 239 5", "No such device")):
        guest.run_idle(options)
        output = guest.isula(says.format(node))
        if answer not in output:
            raise Failed(f"{options} {node}: {output!r}")
        guest.isula("rm -f web")


def nothing_is_kept_from_a_privileged_container(guest):
    guest.run_idle("--privileged")
    guest.isula("exec web mkdir /sys/fs/cgroup/own")
    guest.isula("exec web rmdir /sys/fs/cgroup/own")
    guest.isula("exec web sh -c 'p=$(cat /proc/sys/kernel/panic) && echo $p >/proc/sys/kernel/panic'")


def with_the_hosts_cgroup_namespace_the_tree_is_read_only(guest):
    id_ = guest.run_idle("--cgroupns host")
    guest.isula(f"exec web grep -q {id_} /proc/self/cgroup")
    guest.isula("exec web sh -c 'mkdir /sys/fs/cgroup/own 2>/dev/null || exit 9'", 9)


def what_a_container_with_the_hosts_processes_leaves_is_killed(guest):
    guest.isula(f"run -d -n web --pid host {ROOTFS} none sh -c 'setsid sleep 4242 & exec sleep 1000000'")
    left = "grep -qs '^sleep.424[2]' /proc/[0-9]*/cmdline"
    guest.shell(f'wait_until 10 sh -c "{left}"')
    guest.isula("stop -t 0 web")
    guest.shell(f"! {left}")


CASES = [the_machine_has_cgroup_v2_alone, a_channel_filled_above_the_limit_ends_in_an_oom_kill,
         with_add_memory_the_whole_channel_fits, what_the_host_writes_is_not_charged_to_the_container,
         limits_reach_the_files_of_version_2, further_limits_reach_the_files_of_version_2,
         limits_of_huge_pages_and_disks_reach_the_files_of_version_2, what_version_2_lacks_is_refused_or_warned_of,
         update_changes_the_files_of_version_2, a_system_container_cannot_change_its_own_limits,
         device_rules_open_devices_by_number, nothing_is_kept_from_a_privileged_container,
         with_the_hosts_cgroup_namespace_the_tree_is_read_only,
         what_a_container_with_the_hosts_processes_leaves_is_killed,
         pause_freezes_and_unpause_thaws, health_checks_are_killed_by_a_cgroup_of_their_own,
         a_killed_daemon_is_followed_by_one_that_adopts, stop_and_rm_leave_no_cgroup]


def run_case(guest, case):
    """Why it failed; nothing where it did not. Nothing of it is left."""
    try:
        case(guest)
        reason = None
    except Failed as error:
        reason = str(error)
    guest.machine.run("isula ps -aq | grep -q . && isula rm -f $(isula ps -aq)")
    left = guest.machine.run("list_belongings | grep -v '^rootfs: '").output
    return reason or (f"left: {left}" if left else None)


class Cases:
    """The cases that are left, and what those that were run have shown; shared by machines that run beside each other."""

    def __init__(self, report, cases):
        self.report = report
        self.left = list(cases.items())
        self.lines = []
        self.lock = threading.Lock()

    def take(self):
        with self.lock:
            return self.left.pop(0) if self.left else (None, None)

    def tell(self, name, reason, seconds):
        with self.lock:
            self.lines.append(f"{'not ok' if reason else 'ok'} {len(self.lines) + 1} {name}")
            print(f"{self.lines[-1]} ({seconds:.1f} s)", flush=True)
            self.report.count("cases")
            self.report.expect(not reason, f"{name}: {reason}")

    def run_on_machine(self, image, extra):
        """One after the other, until there are none."""
        disks = Disks(image, extra)
        machine = None
        try:
            machine = Machine(image, disks)
            machine.must("start_daemon")
            while (case := self.take())[0]:
                begin = time.monotonic()
                self.tell(case[0], run_case(Guest(machine), case[1]), time.monotonic() - begin)
            machine.power_off()
        except MachineError as error:
            self.report.find(str(error))
        finally:
            if machine:
                machine.kill()
            disks.clear()


def run_cases(image, report, name_of_all, cases, extra=None, machines=1):
    """`cases`: functions of a Guest, by what they show; on so many machines at once."""
    shared = Cases(report, cases)
    threads = [threading.Thread(target=shared.run_on_machine, args=(image, extra), daemon=True) for _ in range(machines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.expect(len(shared.lines) == len(cases), f"{len(cases) - len(shared.lines)} cases were not run to their ends")
    if os.environ.get("ISULAD_TEST_REPORTS"):
        tap = pathlib.Path(os.environ["ISULAD_TEST_REPORTS"], f"{name_of_all}.tap")
        tap.write_text("\n".join([f"1..{len(cases)}", *shared.lines, ""]), encoding="utf-8")


def named(cases):
    return {case.__name__.replace("_", " "): case for case in cases}


def run(image, report, _):
    run_cases(image, report, "vm_rules", named(CASES))
