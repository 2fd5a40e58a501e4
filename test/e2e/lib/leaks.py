"""leaks.py take FILE | compare FILE | processes: what belongs to the daemon of a file of tests.

`take` waits until nothing changes any more and writes it down: mounts, cgroups, processes, files of the engine and
in the shared rootfs, the daemon's descriptors. `compare` waits for some seconds until all is as it was, and prints
what is not. `processes` prints the pids of all that belongs to the daemon but itself.

The environment tells what is ours: DIR (the file's directory, in paths and arguments), CGROUP_PARENT.
"""
import os
import pathlib
import re
import sys
import time
from collections import Counter

SETTLE_SECONDS = 2
COMPARE_SECONDS = 8
SPARE_THREADS = 6
DIR = os.environ["DIR"]
CGROUP_PARENT = os.environ["CGROUP_PARENT"]


def read(path):
    try:
        return pathlib.Path(path).read_bytes().decode(errors="replace")
    except OSError:  # gone meanwhile
        return ""


def daemon_pid():
    return read(f"{DIR}/launched").strip()


def cgroups():
    """Directories below our parent in every hierarchy."""
    top = "/sys/fs/cgroup"
    found = []
    for root in [top] + [entry.path for entry in os.scandir(top) if entry.is_dir()]:
        if os.path.isdir(root + CGROUP_PARENT):
            found += [path for path, _, _ in os.walk(root + CGROUP_PARENT)]
    return sorted(set(found))


def command_line(pid):
    return read(f"/proc/{pid}/cmdline").replace("\0", " ").strip()


def is_alive(pid):
    return re.search(r"^State:\t[^ZX]", read(f"/proc/{pid}/status"), re.MULTILINE) is not None


def processes():
    """Pids of what is in our cgroups or has our directory in its arguments; not the daemon, not the tests."""
    pids = set()
    for directory in cgroups():
        pids.update(read(f"{directory}/cgroup.procs").split())
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if DIR in command_line(pid) and "bats" not in command_line(pid):
            pids.add(pid)
    pids -= {daemon_pid(), str(os.getpid())}
    return sorted((pid for pid in pids if is_alive(pid)), key=int)


def mounts():
    for line in read("/proc/self/mountinfo").splitlines():
        if DIR in line:
            yield "mount: " + " ".join(line.split()[3:])


def files():
    for top in ("graph", "state", "shared"):
        for path, directories, names in os.walk(f"{DIR}/{top}"):
            if path == f"{DIR}/graph/events":
                continue  # the journal takes a new file when one is full, and is kept
            for name in directories + names:
                yield f"file: {path}/{name}"
    for path, directories, names in os.walk(f"{DIR}/rootfs"):
        for name in directories + names:
            status = os.lstat(f"{path}/{name}")
            yield f"rootfs: {path}/{name} {status.st_mode:o} {status.st_uid}:{status.st_gid}"


def descriptors():
    pid = daemon_pid()
    kinds = Counter()
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            kinds[re.sub(r"\d+", "N", os.readlink(f"/proc/{pid}/fd/{fd}"))] += 1
    except OSError:
        pass
    for kind, number in kinds.items():
        yield f"daemon {pid}: {number} descriptors {kind}"


def threads():
    """The daemon's threads, and what they may be: some more than when the daemon was first looked at, for those that
    serve requests come and go. What leaks one a case is found after a few cases."""
    pid = daemon_pid()
    try:
        now = len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0, 0
    first = pathlib.Path(f"{DIR}/threads.{pid}")
    if not first.exists():
        first.write_text(str(now))
    return now, int(first.read_text()) + SPARE_THREADS


def snapshot():
    # The parent and the monitors' cgroup come with the first container and go with the daemon.
    lines = [f"cgroup: {path}" for path in cgroups() if not path.endswith((CGROUP_PARENT, "/monitors"))]
    lines += [f"process: {command_line(pid)}" for pid in processes()]
    lines += mounts()
    lines += files()
    lines += descriptors()
    return sorted(lines)


def take():
    last = None
    end = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        now = snapshot()
        if now == last:
            break
        last = now
        time.sleep(0.03)
    return last


def comparable(lines, daemons):
    """A daemon that was started anew has other descriptors."""
    return Counter(line for line in lines if daemons or not line.startswith("daemon "))


def compare(before):
    end = time.monotonic() + COMPARE_SECONDS
    while True:
        now = snapshot()
        same_daemon = any(line.startswith(f"daemon {daemon_pid()}:") for line in before)
        old, new = comparable(before, same_daemon), comparable(now, same_daemon)
        number, most = threads()
        if old == new and number <= most:
            return []
        if time.monotonic() > end:
            return ([f"left behind: {line}" for line in new - old] +
                    [f"missing: {line}" for line in old - new] +
                    [f"the daemon has {number} threads, {most} at most were expected"] * (number > most))
        time.sleep(0.05)


def main(verb, file=None):
    if verb == "take":
        pathlib.Path(file).write_text("\n".join(take()))
        threads()
    elif verb == "compare":
        differences = compare(pathlib.Path(file).read_text().split("\n"))
        print("\n".join(differences), file=sys.stderr)
        return 1 if differences else 0
    elif verb == "processes":
        print("\n".join(processes()))
    return 0


sys.exit(main(*sys.argv[1:]))
