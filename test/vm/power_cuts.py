"""Cuts the power at the daemon's system calls, and right after its answers, and holds the next boot to what was promised.

A promise is an answer: whatever the client was told must hold after the cut; what was begun and not answered has happened
or has not, but not by half. The host keeps the promises: were they written to a disk of the machine, then the sync that
they need would write out what the daemon has forgotten to sync.
"""
import json
import os
import random
import re
import threading
import time

from machine import Disks, Machine, MachineError
from verbs import CREATED, GONE, HOST_PATH, JOINED_PATH, NAME, RUNNING, VERBS, create

ANSWERED = None  # instead of the number of a call: the cut comes right after the answer
SETTLE_SECONDS = 90
NEVER = 1 << 30
KEPT_PATH = "/shared/kept"
KEPT_ROOTFS = "/data/kept-rootfs"


class Promised:
    """A container that is there over all cuts of a lane."""

    def __init__(self, name, words, status):
        self.name = name
        self.words = words
        self.status = status
        self.id = None


def promised_containers():
    return [Promised("kept-running", [create("always", KEPT_PATH, "kept-running", KEPT_ROOTFS),
                                      "start kept-running"], RUNNING),
            Promised("kept-created", [create("no", JOINED_PATH, "kept-created", KEPT_ROOTFS, ":share")], CREATED)]


class Calls:
    """How many changing calls the daemon makes for a verb; counted where it is first asked for."""

    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = {}

    def of(self, name, count):
        with self.lock:
            if name not in self.numbers:
                self.numbers[name] = count()
            return self.numbers[name]


class Lane:
    """One machine and its disks; each boot looks at what the last cut has left and then goes on to the next one."""

    def __init__(self, image, report, calls):
        self.image = image
        self.report = report
        self.calls = calls  # of each verb
        self.where = "before the first cut"
        self.start_over()

    def start_over(self):
        self.disks = Disks(self.image)
        self.machine = None
        self.kept = promised_containers()
        self.sound = True

    def clear(self):
        if self.machine:
            self.machine.kill()
        self.disks.clear()

    def find(self, text):
        self.sound = False
        self.report.find(f"{self.where}: {text}")

    def isula(self, words):
        return self.machine.run(f"timeout 150 isula {words}")

    def must(self, words):
        answer = self.isula(words)
        if not answer.done:
            self.find(str(answer))
        return answer

    def boot(self):
        self.machine = Machine(self.image, self.disks)
        self.machine.must("start_daemon")

    def begin(self):
        self.boot()
        self.rootfs = self.belongings("rootfs: ")
        for container in self.kept:
            container.id = [self.must(words).lines[-1] for words in container.words][0]  # after warnings
        self.expected = [KEPT_PATH, JOINED_PATH, *self.kept_channels(), *(container.id for container in self.kept)]

    # What is seen.

    def status(self, name):
        answer = self.isula(f"inspect -f '{{{{.State.Status}}}} {{{{.Id}}}}' {name}")
        return answer.output.split() if answer.done else [GONE, ""]

    def settled(self, name, wanted):
        """The status as soon as it is one of those wanted, and the id."""
        end = time.monotonic() + SETTLE_SECONDS
        while (seen := self.status(name))[0] not in wanted and time.monotonic() < end:
            time.sleep(0.2)
        return seen

    def belongings(self, prefix=""):
        return [line for line in self.machine.must(f"list_belongings | grep '^{prefix}' || true").lines if line]

    def check_channel(self, name, path, inside="/channel"):
        """Of a container that runs: mounted afresh, and the same on both sides."""
        checks = [f"grep -q '^isulad:[0-9a-f]* {path} tmpfs ' /proc/mounts",
                  f"test -z \"$(ls {path})\"", f"isula exec {name} sh -c 'echo inside >{inside}/file'",
                  f"grep -qx inside {path}/file"]
        for check in checks:
            answer = self.machine.run(check)
            if not answer.done:
                return self.find(f"channel of {name}: {answer}")

    def check_kept(self):
        for container in self.kept:
            self.report.count("containers promised")
            status, id_ = self.settled(container.name, [container.status])
            if (status, id_) != (container.status, container.id):
                self.find(f"{container.name} is {status} {id_}, promised {container.status} {container.id}")
                continue
            self.report.count("containers found")
            if status == RUNNING:
                self.check_channel(container.name, KEPT_PATH)

    def check_nothing_left(self, kept):
        expected = self.expected if kept else []
        for line in self.belongings():
            if line not in self.rootfs and not any(text in line for text in expected):
                self.report.count("leftovers")
                self.find(f"left: {line}")

    def kept_channels(self):
        return [re.search('"Id": *"([0-9a-f]{64})"', self.must(
            f"inspect -f '{{{{json .HostConfig.HostChannels}}}}' {container.name}").output)[1] for container in self.kept]

    # What is done.

    def prepare(self, verb):
        for words in verb.prepared:
            self.must(words)
        if verb.synced:
            self.machine.must("sync")

    def count_calls(self, verb):
        self.prepare(verb)
        self.machine.must(f"hold_at {NEVER}")
        self.must(verb.words)
        seen = int(self.machine.must("let_go").output.split()[-1])
        self.isula(f"rm -f {NAME}")
        return seen

    def cut(self, name, fraction):
        """Calls the verb, and takes the power away at that fraction of the daemon's calls, or after the answer."""
        verb = VERBS[name]
        number = ANSWERED
        if fraction is not ANSWERED:
            number = int(fraction * self.calls.of(name, lambda: self.count_calls(verb)))
        self.where = f"{name}, cut at call {number}" if number is not ANSWERED else f"{name}, cut after the answer"
        self.prepare(verb)
        if number is not ANSWERED:
            self.machine.must(f"hold_at {number}")
        answer, call = self.machine.run_or_hit(f"timeout 150 isula {verb.words}")
        lost = self.machine.cut(random.choice([0, 0.5]))
        if call:
            self.where += f" ({call})"
        elif not answer.done:
            self.find(f"with nothing hit: {answer}")
        print(f"   {self.where}; {lost} unflushed writes lost", flush=True)
        self.report.count("cuts at a call" if call else "cuts after an answer")
        self.report.count("cuts")
        self.report.count("unflushed writes lost", lost)
        self.boot()
        self.check(verb, call is None)

    def check(self, verb, answered):
        self.check_kept()
        wanted = verb.done if answered else [*verb.done, *verb.undone]
        status, _ = self.settled(NAME, wanted)
        if answered and GONE not in wanted:
            self.report.count("containers promised")
        if status not in wanted:
            self.find(f"is {status}, wanted one of {wanted}")
        elif answered and GONE not in wanted:
            self.report.count("containers found")
        if status != GONE:
            self.check_size(verb.sizes[:1] if answered else verb.sizes)
            self.check_channels(verb.channels[:1] if answered else verb.channels)
        self.check_usable(status)
        if self.status(NAME)[0] != GONE:
            self.must(f"rm -f {NAME}")
        self.check_nothing_left(kept=True)

    def check_size(self, sizes):
        """The channel has one of these, if any matter, and is mounted with what inspect shows."""
        if not sizes:
            return
        shown = self.must(f"inspect -f '{{{{.HostConfig.HostChannel.Size}}}}' {NAME}").output
        blocks, block_size = self.machine.must(f"stat -f -c '%b %S' {HOST_PATH}").output.split()
        mounted = int(blocks) * int(block_size)
        if int(shown) not in sizes or mounted != int(shown):
            self.find(f"the channel's size is shown as {shown} and is {mounted}, wanted one of {sizes}")

    def channels_of(self, name):
        """As inspect shows them: where on the host, and where in the container."""
        channels = json.loads(self.must(f"inspect -f '{{{{json .HostConfig.HostChannels}}}}' {name}").output)
        return {channel["PathOnHost"]: channel["PathInContainer"] for channel in channels}

    def check_channels(self, wanted):
        """It has the whole of one of these, and nothing besides."""
        shown = self.channels_of(NAME)
        if shown not in wanted:
            self.find(f"its channels are {shown}, wanted one of {wanted}")

    def check_usable(self, status):
        """One that is there can be used; the name and host path of one that is not can be."""
        if status == GONE:
            self.must(create())
        if status != RUNNING:
            self.must(f"start {NAME}")
        for path, inside in self.channels_of(NAME).items():
            self.check_channel(NAME, path, inside)

    def finish(self):
        self.where = "after the last cut"
        self.must("rm -f $(isula ps -aq)")
        self.check_nothing_left(kept=False)
        self.machine.power_off()
        self.machine = None


def plan(number):
    """So many cuts: after the answers of verbs, of each where there are enough, but of no more than half; and at calls
    that are spread over all of each verb's."""
    names = list(VERBS)
    cuts = [(name, ANSWERED) for name in random.sample(names, min(len(names), (number + 1) // 2))]
    rounds = (number - len(cuts)) // len(names) + 1
    for turn in range(rounds):
        cuts += [(name, (turn + random.random()) / rounds) for name in random.sample(names, len(names))]
    cuts = cuts[:number]
    random.shuffle(cuts)
    return cuts


def make_cuts(lane, cuts, lock):
    """Until there are none to make, or something was found: what comes after it would only follow from it."""
    lane.begin()
    while lane.sound:
        with lock:
            if not cuts:
                return lane.finish()
            name, fraction = cuts.pop()
        lane.cut(name, fraction)


def run_lane(lane, cuts, lock):
    while cuts:
        try:
            make_cuts(lane, cuts, lock)
        except (MachineError, OSError, ValueError, TypeError) as error:
            lane.find(f"{type(error).__name__}: {error}")
        lane.clear()
        lane.start_over()


def run(image, report, number):
    cuts = plan(number)
    calls, lock = Calls(), threading.Lock()
    lanes = [Lane(image, report, calls) for _ in range(min(os.cpu_count(), (number + 1) // 2))]
    # They must not keep a test that is told to end from ending.
    threads = [threading.Thread(target=run_lane, args=(lane, cuts, lock), daemon=True) for lane in lanes]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for lane in lanes:
            lane.clear()
    report.count("leftovers", 0)  # none is a statement, too
    report.expect(not cuts, f"{len(cuts)} cuts were not made")
