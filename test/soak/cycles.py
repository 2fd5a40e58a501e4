"""Creates, starts and removes containers: what the daemon holds must not grow."""
import os
import re
import time
from collections import namedtuple

WARM_UP = 1000  # at most; a tenth of a short run
MAX_GROWTH_KB = 2048
SETTLE_SECONDS = 40
IDLE_SECONDS = 7  # more than the daemon's workers wait for work before they end

Held = namedtuple("Held", "descriptors threads kilobytes")


def held(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        status = dict(re.findall(r"^(\w+):\s+(\d+)", file.read(), re.MULTILINE))
    return Held(len(os.listdir(f"/proc/{pid}/fd")), int(status["Threads"]), int(status["VmRSS"]))


def settled(pid):
    """When threads that idle have ended: what is held then, or after a while."""
    end = time.monotonic() + SETTLE_SECONDS
    last, since = held(pid), time.monotonic()
    while time.monotonic() < min(end, since + IDLE_SECONDS):
        time.sleep(0.2)
        if held(pid)[:2] != last[:2]:
            last, since = held(pid), time.monotonic()
    return held(pid)


def cycle(daemon, report, number):
    channel = daemon.shared / "channel"
    created = daemon.create("--host-channel", f"{channel}:/channel:rw:1M", "none", "sleep", "100000")
    answers = [created] + [daemon.isula(*words, created.output) for words in (["start"], ["rm", "-f"])]
    for answer in answers:
        report.expect(answer.done, f"cycle {number}: {answer}")
    report.count("create-start-rm")


def run(daemon, report, cycles):
    warm_up = min(WARM_UP, max(5, cycles // 10))
    for number in range(warm_up):
        cycle(daemon, report, number)
    before = settled(daemon.process.pid)
    print(f"   after {warm_up}: {before}", flush=True)
    for number in range(warm_up, warm_up + cycles):
        cycle(daemon, report, number)
    after = settled(daemon.process.pid)
    print(f"   after {warm_up + cycles}: {after}", flush=True)
    report.expect(after.descriptors <= before.descriptors, "descriptors grew")
    report.expect(after.threads <= before.threads, "threads grew")
    report.expect(after.kilobytes <= before.kilobytes + MAX_GROWTH_KB, "memory grew")
