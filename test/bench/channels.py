"""channels.py PROGRAMS TURNS OTHERS: what a channel costs.

Medians, each pair in turns, so that what disturbs the machine disturbs both:
- the first start of a container with a channel beside one without, alone and with OTHERS channels in use;
- 1 GiB written through a channel from inside a container, beside the same into a plain tmpfs on the host.
Never fails for being slow; fails where something does not work."""
import pathlib
import re
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "soak"))
from daemon import Daemon  # pylint: disable=wrong-import-position

WARM_UP = 2
SETTLE_SECONDS = 2  # what made and removed many containers is over then, in the kernel too
ROUNDS = 3
AT_ONCE = 20  # containers that one call removes
CHANNELS_EACH = 125
WRITES = 7
WRITE_BYTES = 1 << 30
FILES = 4  # each time: busybox counts hundredths of a second
IDLE = ("none", "sleep", "100000")


def done(answer):
    if not answer.done:
        sys.exit(f"{answer}")
    return answer.output


def remove(daemon, containers):
    for first in range(0, len(containers), AT_ONCE):
        done(daemon.isula("rm", "-f", *containers[first:first + AT_ONCE]))


def timed_start(daemon, *flags):
    """Milliseconds that `isula start` takes of a container that has not been started yet."""
    container = done(daemon.create(*flags, *IDLE))
    begin = time.perf_counter()
    answer = daemon.isula("start", container)
    elapsed = time.perf_counter() - begin
    done(answer)
    remove(daemon, [container])
    return elapsed * 1000


def starts(daemon, turns):
    """Pairs of times without and with a channel. Each begins every other pair: what the one before has left to the kernel
    to do is not always the same one's burden."""
    channel = ("--host-channel", f"{daemon.shared}/measured:/channel:rw:1M")
    pairs = []
    time.sleep(SETTLE_SECONDS)
    for turn in range(turns + WARM_UP):
        flags = [(), channel] if turn % 2 else [channel, ()]
        times = {bool(flag): timed_start(daemon, *flag) for flag in flags}
        pair = times[False], times[True]
        if turn >= WARM_UP:
            pairs.append(pair)
    return pairs


def medians(pairs):
    """Without and with a channel, and of the differences."""
    plain, shared = zip(*pairs)
    return statistics.median(plain), statistics.median(shared), statistics.median(b - a for a, b in pairs)


def write_script(directory):
    """For a shell: writes files of WRITE_BYTES, one after the other, into new memory, and says how long that took."""
    once = f"dd if=/dev/zero of={directory}/file bs=1M count={WRITE_BYTES >> 20} 2>/dev/null && rm {directory}/file"
    return f"time sh -c 'for i in $(seq {FILES}); do {once} || exit 1; done'"


def timed_write(daemon, *command):
    """Seconds for one file. What starts the shell does not count."""
    said = subprocess.run(command, env=daemon.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=True).stderr
    minutes, seconds = re.search(r"real\s+(\d+)m\s*([0-9.]+)s", said).groups()
    return (int(minutes) * 60 + float(seconds)) / FILES


def writes(daemon):
    """Medians of seconds, on the host's tmpfs and through the channel; the same program writes."""
    plain = daemon.shared / "plain"
    plain.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={WRITE_BYTES + (1 << 20)}", "plain", plain], check=True)
    inside = done(daemon.isula("run", "-d", "--external-rootfs", daemon.rootfs, "--host-channel",
                               f"{daemon.shared}/written:/channel:rw:1025M", *IDLE))
    pairs = []
    for turn in range(WRITES + 1):
        pair = (timed_write(daemon, "env", f"PATH={daemon.rootfs}/bin", "sh", "-c", write_script(plain)),
                timed_write(daemon, *daemon.command("exec", inside), "sh", "-c", write_script("/channel")))
        if turn > 0:
            pairs.append(pair)
    remove(daemon, [inside])
    subprocess.run(["umount", plain], check=True)
    plain.rmdir()
    return tuple(statistics.median(times) for times in zip(*pairs))


def fill(daemon, number):
    """That many channels in use, by few containers: those have a price of their own, which is not asked for here."""
    containers = []
    for first in range(0, number, CHANNELS_EACH):
        flags = []
        for i in range(first, min(first + CHANNELS_EACH, number)):
            flags += ["--host-channel", f"{daemon.shared}/other{i}:/other{i}:rw:64k"]
        containers.append(done(daemon.isula("run", "-d", "--external-rootfs", daemon.rootfs, *flags, *IDLE)))
    return containers


def alone_and_crowded(daemon, turns, others):
    """Medians of starts with nothing else on the machine, and with that many channels in use. In rounds, alone before and
    after: a machine gets faster and slower by more than there is to see."""
    alone, crowded = [], []
    half = max(turns // ROUNDS // 2, 1)
    for _ in range(ROUNDS):
        alone += starts(daemon, half)
        containers = fill(daemon, others)
        crowded += starts(daemon, 2 * half)
        remove(daemon, containers)
        alone += starts(daemon, half)
    return medians(alone), medians(crowded)


def show(what, plain, shared, difference):
    print(f"{what:44} {plain:8.2f} {shared:8.2f} {difference:+8.2f}", flush=True)


def main(programs, turns, others):
    daemon = Daemon(programs, None)
    try:
        daemon.start()
        print(f"first start, milliseconds, medians of {turns}      without     with   difference of a pair")
        alone, crowded = alone_and_crowded(daemon, turns, others)
        show("nothing else on the machine", *alone)
        show(f"{others} channels in use", *crowded)
        print(f"a start among them costs more: {crowded[0] - alone[0]:+.2f}, with a channel {crowded[1] - alone[1]:+.2f}")
        host, inside = writes(daemon)
        print(f"1 GiB written, seconds, medians of {WRITES}: plain tmpfs on the host {host:.3f}, "
              f"through a channel {inside:.3f}; rate {host / inside:.2f} of the plain one")
    finally:
        daemon.clear()


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
