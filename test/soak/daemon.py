"""A daemon in a directory of its own that can be killed and started again, its client, and what it must not leave."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
LEAKS = TOP / "test/e2e/lib/leaks.py"
START_SECONDS = 60
CALL_SECONDS = 120


class Answer:
    """What a call of the client came to."""

    def __init__(self, status, output, complaint):
        self.status = status
        self.output = output.strip()
        self.complaint = complaint.strip()

    @property
    def done(self):
        return self.status == 0

    @property
    def unanswered(self):
        """Nobody knows whether the daemon did it: it was away, or went away over it."""
        return self.status != 0 and any(text in self.complaint for text in (
            "Can not connect with server", "connection to the daemon was lost"))

    @property
    def missing(self):
        return "No such container" in self.complaint

    def __str__(self):
        return f"status {self.status}, {self.output!r}, {self.complaint!r}"


class Daemon:
    """Layout of the directory and names in it as test/e2e/lib/leaks.py knows them."""

    def __init__(self, programs, log):
        self.programs = pathlib.Path(programs).resolve()
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="soak."))
        self.dir.chmod(0o755)
        self.rootfs = self.dir / "rootfs"
        self.shared = self.dir / "shared"
        self.shared.mkdir(mode=0o755)
        self.socket = self.dir / "isulad.sock"
        run = os.environ.get("ISULAD_TEST_RUN", "run")
        self.cgroup_parent = f"/isulad-test-{run}-{os.getpid()}"
        self.environment = dict(os.environ, ISULAD_HOST=f"unix://{self.socket}", DIR=str(self.dir),
                                CGROUP_PARENT=self.cgroup_parent, LC_ALL="C.UTF-8")
        self.log = open(log or self.dir / "daemon.log", "ab")
        self.process = None
        self.lock = threading.Lock()
        (self.dir / "daemon.json").write_text("{}")
        subprocess.run([TOP / "script/make-rootfs", self.rootfs], check=True)

    def start(self):
        """Returns after how many seconds it served."""
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [self.programs / "isulad", "-g", self.dir / "graph", "-S", self.dir / "state", "-H",
             f"unix://{self.socket}", "-G", "root", "-p", self.dir / "isulad.pid", "--cgroup-parent",
             self.cgroup_parent, "--config", self.dir / "daemon.json"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        (self.dir / "launched").write_text(str(self.process.pid))
        while not self.serves():
            if self.process.poll() is not None or time.monotonic() > begin + START_SECONDS:
                last = pathlib.Path(self.log.name).read_text(errors="replace").splitlines()[-5:]
                raise RuntimeError("\n".join(["the daemon does not answer; its log ends in", *last]))
            time.sleep(0.01)
        return time.monotonic() - begin

    def serves(self):
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self.socket))
            except OSError:
                return False
        return self.isula("version").done

    def end(self, number):
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(START_SECONDS)
            self.process = None

    def command(self, *arguments):
        return [str(self.programs / "isula"), *map(str, arguments)]

    def isula(self, *arguments):
        try:
            done = subprocess.run(self.command(*arguments), env=self.environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=CALL_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return Answer(-1, "", f"no answer within {CALL_SECONDS} s: isula {' '.join(map(str, arguments))}")
        return Answer(done.returncode, done.stdout.decode(errors="replace"),
                      done.stderr.decode(errors="replace"))

    def create(self, *arguments):
        return self.isula("create", "--external-rootfs", self.rootfs, *arguments)

    def remove_all(self):
        containers = self.isula("ps", "-aq").output.split()
        return self.isula("rm", "-f", *containers) if containers else Answer(0, "", "")

    def take_snapshot(self):
        """After a first container, which makes what stays: the parent cgroup, directories of the runtime."""
        warm = self.isula("run", "--rm", "--external-rootfs", self.rootfs, "none", "true")
        if not warm.done:
            raise RuntimeError(f"the first container: {warm}")
        self.leaks("take")

    def find_leaks(self):
        return [line for line in self.leaks("compare").stderr.decode().split("\n") if line]

    def processes(self):
        """Pids of all that belongs to the daemon, itself excepted."""
        return self.leaks("processes").stdout.decode().split()

    def leaks(self, verb):
        return subprocess.run([sys.executable, LEAKS, verb, self.dir / "snapshot"], env=self.environment,
                              capture_output=True, check=False)

    def clear(self):
        """Takes away everything, whatever happened."""
        if self.process is not None and self.process.poll() is None:
            try:
                self.remove_all()
            except OSError as error:  # no client, say: the rest must go all the same
                print(f"removing all containers: {error}", file=sys.stderr)
            self.end(signal.SIGTERM)
        for pid in self.processes():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                pass
        for mount in [line.split()[4] for line in open("/proc/self/mountinfo") if str(self.dir) in line][::-1]:
            subprocess.run(["umount", "-l", mount], check=False)
        shutil.rmtree(self.dir, ignore_errors=True)
        find = ["find", "/sys/fs/cgroup", "-depth", "-type", "d", "-path", f"/sys/fs/cgroup*{self.cgroup_parent}*"]
        subprocess.run(find + ["-exec", "rmdir", "{}", "+"], stderr=subprocess.DEVNULL, check=False)
