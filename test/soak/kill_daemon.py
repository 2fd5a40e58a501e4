"""Kills the daemon again and again under clients that remember what it promised them.

A promise is an answer: whatever was answered must hold, whatever was not may have happened or not.
"""
import json
import os
import random
import signal
import threading
import time

CLIENTS = 8
KEPT = 5  # containers that a client has at most
LIFE_SECONDS = (0.02, 1.2)  # of a daemon
KILLED = 137
SETTLE_SECONDS = 30


class Promised:
    """A container and what is known of it."""

    def __init__(self, id_, channel, auto_remove, code):
        self.id = id_
        self.channel = channel  # its path on the host
        self.auto_remove = auto_remove
        self.code = code  # of a command that ends by itself; nothing for one that does not
        self.started = self.start_tried = False
        self.stopped = self.stop_tried = False
        self.removed = self.remove_tried = False
        self.pid = 0

    def may_be_gone(self):
        return self.remove_tried or (self.auto_remove and self.start_tried)

    def must_be_gone(self):
        ends = self.code is not None or self.stopped
        return self.removed or (self.auto_remove and self.started and ends)

    def states(self):
        """Status and exit code, as inspect shows them once all is quiet."""
        code = KILLED if self.code is None else self.code
        ended, running, created = ("exited", code), ("running", 0), ("inited", 0)
        if not self.start_tried:
            return {created}
        may_end = self.code is not None or self.stop_tried
        must_end = self.code is not None or self.stopped
        states = {ended} if may_end else set()
        if self.code is None and not must_end:
            states.add(running)
        return states if self.started else states | {created}


class Client:
    def __init__(self, number, daemon, report, stop):
        self.number = number
        self.daemon = daemon
        self.report = report
        self.stop = stop
        self.random = random.Random(random.random())
        self.made = 0
        self.containers = []
        self.gone = []

    def run(self):
        while not self.stop.is_set():
            try:
                self.step()
            except Exception as error:  # a fault of this program must not look like success
                self.report.find(f"client {self.number}: {error!r}")
                return

    def step(self):
        if len(self.containers) < KEPT and self.random.random() < 0.4:
            return self.random.choice([self.create, self.create, self.run_foreground])()
        if not self.containers:
            return self.create()
        container = self.random.choice(self.containers)
        if not container.start_tried:
            return self.start(container)
        return self.random.choice([self.exec, self.inspect, self.stop_it, self.remove])(container)

    def answered(self, what, answer):
        if answer.unanswered:
            self.report.count(f"{what}: unanswered")
            self.stop.wait(0.1)
            return False
        self.report.count(f"{what}: answered")
        return True

    def create_arguments(self):
        self.made += 1
        name = f"c{self.number}-{self.made}"
        channel = str(self.daemon.shared / name) if self.random.random() < 0.5 else None
        options = ["-n", name]
        if channel:
            options += ["--host-channel", f"{channel}:/channel:rw:1M"]
        code = self.random.choice([None, self.random.randrange(120)])
        pause = self.random.choice(["", "sleep 0.2; "])
        command = ["none", "sh", "-c", f"{pause}exit {code}"] if code is not None else ["none", "sleep", "100000"]
        return options, channel, code, command

    def create(self):
        options, channel, code, command = self.create_arguments()
        auto_remove = self.random.random() < 0.3
        answer = self.daemon.create(*options, *(["--rm"] if auto_remove else []), *command)
        if not self.answered("create", answer):
            return
        if not answer.done:
            return self.report.find(f"create refused: {answer}")
        self.containers.append(Promised(answer.output, channel, auto_remove, code))

    def run_foreground(self):
        options, _, code, _ = self.create_arguments()
        code = code or 3
        answer = self.daemon.isula("run", "--rm", "--external-rootfs", self.daemon.rootfs, *options, "none", "sh",
                                   "-c", f"echo out; exit {code}")
        if self.answered("run --rm", answer):
            self.report.expect(answer.status == code and answer.output == "out", f"run, wanted {code}: {answer}")

    def refused(self, what, container, answer):
        """True where it was refused; a finding unless that is what had to come."""
        if answer.done:
            return False
        if answer.missing and container.may_be_gone():
            self.forget(container)
        else:
            self.report.find(f"{what} {container.id[:12]} {vars(container)}: {answer}")
        return True

    def forget(self, container):
        self.containers.remove(container)
        container.remove_tried = container.removed = True
        self.gone.append(container)

    def start(self, container):
        if self.random.random() < 0.1:
            return  # stays created for now
        container.start_tried = True
        answer = self.daemon.isula("start", container.id)
        if self.answered("start", answer) and not self.refused("start", container, answer):
            container.started = True

    def exec(self, container):
        code = self.random.randrange(1, 120)
        answer = self.daemon.isula("exec", container.id, "sh", "-c", f"echo out; exit {code}")
        if not self.answered("exec", answer):
            return
        if answer.status == code and answer.output == "out":
            return self.report.count("exec: exit code as expected")
        lives = container.started and container.code is None and not container.stop_tried
        if answer.missing and container.may_be_gone():
            return self.forget(container)
        self.report.expect(not lives and answer.status in (125, KILLED), f"exec, wanted {code}: {answer}")

    def inspect(self, container):
        answer = self.daemon.isula("inspect", container.id)
        if not self.answered("inspect", answer) or self.refused("inspect", container, answer):
            return
        state = json.loads(answer.output)[0]["State"]
        if container.code is None and container.started and not container.stop_tried:
            self.report.expect(state["Running"], f"{container.id[:12]} was started and runs no more: {state}")
            self.report.expect(container.pid in (0, state["Pid"]), f"{container.id[:12]} has another process")
            container.pid = state["Pid"]

    def stop_it(self, container):
        if container.code is not None:
            return
        container.stop_tried = True
        answer = self.daemon.isula("stop", "-t", "0", container.id)
        if self.answered("stop", answer) and not self.refused("stop", container, answer):
            container.stopped = container.started
            if not container.started:
                container.started = container.stopped = False

    def remove(self, container):
        container.remove_tried = container.stop_tried = True
        answer = self.daemon.isula("rm", "-f", container.id)
        if not self.answered("rm", answer):
            return
        if not answer.done and not answer.missing:
            self.report.find(f"rm {container.id[:12]}: {answer}")
        self.forget(container)
        self.report.expect(not container.channel or not os.path.lexists(container.channel),
                           f"rm {container.id[:12]} was answered and {container.channel} is there")


def kill_again_and_again(daemon, report, cycles):
    longest = 0.0
    for cycle in range(cycles):
        time.sleep(random.uniform(*LIFE_SECONDS))
        if daemon.process.poll() is not None:
            report.find(f"the daemon ended by itself: {daemon.process.returncode}")
        daemon.end(signal.SIGKILL)
        longest = max(longest, daemon.start())
        report.count("kills")
        if (cycle + 1) % 50 == 0:
            print(f"   {cycle + 1} kills, {len(report.findings)} findings", flush=True)
    report.counts["longest start (ms)"] = round(longest * 1000)


def inspect_all(daemon, ids):
    """The states of those that are there."""
    states = {}
    for id_ in ids:
        answer = daemon.isula("inspect", id_)
        if answer.done:
            states[id_] = json.loads(answer.output)[0]["State"]
    return states


def fault_of(container, state):
    """What is wrong with a container, if anything."""
    if state is None:
        return "" if container.may_be_gone() else "lost"
    if container.must_be_gone():
        return "was removed and is there"
    shown = (state["Status"], state["ExitCode"])
    if shown not in container.states():
        return f"is {shown}, wanted one of {container.states()}: {state['Error']}"
    if shown[0] == "running" and container.pid not in (0, state["Pid"]):
        return "runs with another process"
    if shown[0] == "running" and not os.path.exists(f"/proc/{state['Pid']}"):
        return "has no process"
    if container.channel and shown[0] != "inited" and not os.path.ismount(container.channel):
        return f"has no channel at {container.channel}"
    return ""


def faults(daemon, containers):
    states = inspect_all(daemon, [container.id for container in containers])
    found = [(container, fault_of(container, states.get(container.id))) for container in containers]
    return [f"{container.id[:12]} {vars(container)}: {fault}" for container, fault in found if fault]


def check(daemon, report, containers):
    """Commands that end by themselves need a moment."""
    end = time.monotonic() + SETTLE_SECONDS
    while found := faults(daemon, containers):
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    for fault in found:
        report.find(fault)
    report.count("containers compared", len(containers))


def run(daemon, report, cycles):
    stop = threading.Event()
    clients = [Client(number, daemon, report, stop) for number in range(CLIENTS)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    try:
        kill_again_and_again(daemon, report, cycles)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    check(daemon, report, [container for client in clients for container in client.containers + client.gone])
