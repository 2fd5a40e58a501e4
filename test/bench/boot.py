"""boot.py PROGRAMS TURNS ROOTFS: how long a Debian takes to its login prompt, beside `systemd-nspawn --boot`.

Each on a terminal, from the call of the command to the prompt, and then from the order to shut down to the command's
end; medians, in turns, so that what disturbs the machine disturbs all. ROOTFS is not written to: each gets a copy.
Never fails for being slow; fails where something does not work."""
import os
import pathlib
import pty
import select
import shutil
import signal
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "soak"))
from daemon import Daemon  # pylint: disable=wrong-import-position

WARM_UP = 1
WAIT_SECONDS = 60
PROMPT = b"login: "
CGROUPS = pathlib.Path("/sys/fs/cgroup")
FIGURES = ("prompt", "end")


class Console:
    """A command on a terminal of its own."""

    def __init__(self, command, environment, prepare=lambda: None):
        self.begin = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            prepare()
            os.execvpe(command[0], command, environment)
        self.output = b""

    def fail(self, text):
        os.kill(self.pid, signal.SIGKILL)
        sys.exit(f"{text}; the output ends in\n{self.output[-2000:].decode(errors='replace')}")

    def read(self):
        """False at the end of the output."""
        if not select.select([self.master], [], [], WAIT_SECONDS)[0]:
            self.fail(f"nothing for {WAIT_SECONDS} s")
        try:
            text = os.read(self.master, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self.output += text
        return bool(text)

    def wait_for_prompt(self):
        while PROMPT not in self.output:
            if not self.read():
                self.fail("it ended before the prompt")
        return time.perf_counter() - self.begin

    def wait_for_end(self, order):
        begin = time.perf_counter()
        order()
        while self.read():
            pass
        os.waitpid(self.pid, 0)
        os.close(self.master)
        return time.perf_counter() - begin


class Ours:
    def __init__(self, daemon, runtime, root):
        self.daemon = daemon
        self.name = runtime
        self.command = list(map(str, daemon.command("run", "-it", "--rm", "-n", "booted", "-R", runtime, "--system-container",
                                                    "--external-rootfs", root, "none", "init")))

    def turn(self):
        console = Console(self.command, self.daemon.environment)
        prompt = console.wait_for_prompt()
        return prompt, console.wait_for_end(lambda: self.daemon.isula("stop", "booted"))


class Nspawn:
    """Makes cgroups beside itself and leaves them: it is started in one of ours."""

    name = "systemd-nspawn"

    def __init__(self, root, cgroup):
        self.command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--machine=booted",
                        f"--directory={root}"]
        tops = [CGROUPS / name for name in ("systemd", "unified") if (CGROUPS / name).is_dir()] or [CGROUPS]
        self.cgroups = [top / cgroup for top in tops]
        for directory in self.cgroups:
            directory.mkdir()

    def enter(self):
        for directory in self.cgroups:
            (directory / "cgroup.procs").write_text(str(os.getpid()))

    def turn(self):
        console = Console(self.command, os.environ, self.enter)
        prompt = console.wait_for_prompt()
        return prompt, console.wait_for_end(lambda: os.kill(console.pid, signal.SIGTERM))

    def clear(self):
        for directory in self.cgroups:
            for path, _, _ in os.walk(directory, topdown=False):
                os.rmdir(path)


def copy(source, target):
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)
    return target


def measure(contestants, turns):
    """By name, the times of each turn."""
    times = {contestant.name: [] for contestant in contestants}
    for turn in range(turns + WARM_UP):
        for contestant in contestants:
            once = contestant.turn()
            if turn >= WARM_UP:
                times[contestant.name].append(once)
    return times


def show(times, reference):
    print(f"{'seconds, medians':20}" + "".join(f"{name:>10}{'ratio':>8}" for name in FIGURES))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in times.items()}
    for name, figures in medians.items():
        print(f"{name:20}" + "".join(f"{figure:10.3f}{figure / base:8.2f}"
                                     for figure, base in zip(figures, medians[reference])), flush=True)


def main(programs, turns, rootfs):
    if shutil.which("systemd-nspawn") is None:
        sys.exit("systemd-nspawn is not installed (package systemd-container)")
    daemon = Daemon(programs, None)
    nspawn = None
    try:
        daemon.start()
        contestants = [Ours(daemon, runtime, copy(rootfs, daemon.dir / runtime)) for runtime in ("crun", "runc")]
        nspawn = Nspawn(copy(rootfs, daemon.dir / "nspawn"), f"isulad-test-nspawn-{os.getpid()}")
        show(measure([*contestants, nspawn], turns), nspawn.name)
    finally:
        if nspawn:
            nspawn.clear()
        daemon.clear()


main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
