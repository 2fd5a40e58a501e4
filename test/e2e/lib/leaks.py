"""leaks.py take FILE | compare FILE | processes: what belongs to the daemon of a file of tests.

`take` waits until nothing changes any more and writes it down: mounts, cgroups, processes, files of the engine and
in the shared rootfs, the daemon's descriptors. `compare` waits for some seconds until all is as it was, and prints
what is not. `processes` prints the pids of all that belongs to the daemon but itself.

The environment tells what is ours: DIR (the file's directory, in paths and arguments), CGROUP_PARENT.
"""
import os
import sys
import time

SETTLE_SECONDS = 2
COMPARE_SECONDS = 8
SPARE_THREADS = 6
DIR = os.environ["DIR"]
CGROUP_PARENT = os.environ["CGROUP_PARENT"]
SETTLED = f"{DIR}/settled"  # what was there when it last was as it had to be


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read().decode(errors="replace")
    except OSError:  # gone meanwhile
        return ""


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


def counted(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def surplus(counts, others):
    """What is in the first more often than in the second."""
    return [item for item, number in counts.items() for _ in range(number - others.get(item, 0))]


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
    state = read(f"/proc/{pid}/status").partition("\nState:\t")[2][:1]
    return state not in ("", "Z", "X")


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
    kinds = []
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            kinds.append("".join(c for c in os.readlink(f"/proc/{pid}/fd/{fd}") if not c.isdigit()))
    except OSError:
        pass
    for kind, number in counted(kinds).items():
        yield f"daemon {pid}: {number} descriptors {kind}"


def threads():
    """The daemon's threads, and what they may be: some more than when the daemon was first looked at, for those that
    serve requests come and go. What leaks one a case is found after a few cases."""
    pid = daemon_pid()
    try:
        now = len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0, 0
    first = f"{DIR}/threads.{pid}"
    if not os.path.exists(first):
        write(first, str(now))
    return now, int(read(first)) + SPARE_THREADS


def snapshot():
    # The parent and the monitors' cgroup come with the first container and go with the daemon.
    lines = [f"cgroup: {path}" for path in cgroups() if not path.endswith((CGROUP_PARENT, "/monitors"))]
    lines += [f"process: {command_line(pid)}" for pid in processes()]
    lines += mounts()
    lines += files()
    lines += descriptors()
    return sorted(lines)


def take():
    last = read(SETTLED).split("\n")  # as the case before has left it: then there is nothing to wait for
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
    return counted(line for line in lines if daemons or not line.startswith("daemon "))


def compare(before):
    end = time.monotonic() + COMPARE_SECONDS
    while True:
        now = snapshot()
        same_daemon = any(line.startswith(f"daemon {daemon_pid()}:") for line in before)
        old, new = comparable(before, same_daemon), comparable(now, same_daemon)
        number, most = threads()
        if old == new and number <= most:
            write(SETTLED, "\n".join(now))
            return []
        if time.monotonic() > end:
            return ([f"left behind: {line}" for line in surplus(new, old)] +
                    [f"missing: {line}" for line in surplus(old, new)] +
                    [f"the daemon has {number} threads, {most} at most were expected"] * (number > most))
        time.sleep(0.05)


def answer(verb, file=None):
    """The lines to print."""
    if verb == "take":
        write(file, "\n".join(take()))
        threads()
        return []
    return compare(read(file).split("\n")) if verb == "compare" else processes()


def main(verb, *arguments):
    lines = answer(verb, *arguments)
    print("".join(f"{line}\n" for line in lines), end="", file=sys.stderr if verb == "compare" else sys.stdout)
    return 1 if verb == "compare" and lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
