"""Kills the daemon again and again under clients that remember what it promised them.

A promise is an answer: whatever was answered must hold, whatever was not may have happened or not.
"""
import json
import os
import random
import signal
import threading
import time

from promise import GONE, KILLED, RUNNING, Promise, kill, make, remove, start

CLIENTS = 8
KEPT = 5  # containers that a client has at most
LIFE_SECONDS = (0.02, 1.2)  # of a daemon
SETTLE_SECONDS = 30


class Container:
    """One that a client made, or may have made."""

    def __init__(self, name, channel, promise):
        self.name = name
        self.channel = channel  # its path on the host
        self.promise = promise
        self.start_tried = False
        self.pid = 0

    def __str__(self):
        return f"{self.name}, {self.promise}"


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
        container = Container(options[1], channel, Promise(code, auto_remove))
        self.containers.append(container)
        answer = self.daemon.create(*options, *(["--rm"] if auto_remove else []), *command)
        self.change("create", container, answer, make)

    def run_foreground(self):
        options, _, code, _ = self.create_arguments()
        code = code or 3
        answer = self.daemon.isula("run", "--rm", "--external-rootfs", self.daemon.rootfs, *options, "none", "sh",
                                   "-c", f"echo out; exit {code}")
        if self.answered("run --rm", answer):
            self.report.expect(answer.status == code and answer.output == "out", f"run, wanted {code}: {answer}")

    def change(self, what, container, answer, *steps):
        """Tells the promise what has come of a call that changes the container."""
        if not self.answered(what, answer):
            container.promise.not_answered(*steps)
        elif answer.missing:
            self.see_gone(what, container, answer)
        else:
            container.promise.answered(*steps)
            self.report.expect(answer.done, f"{what} {container}: {answer}")

    def see_gone(self, what, container, answer):
        if container.promise.seen(GONE):
            self.forget(container)
        else:
            self.report.find(f"{what} {container}: {answer}")

    def forget(self, container):
        self.containers.remove(container)
        self.gone.append(container)

    def start(self, container):
        if self.random.random() < 0.1:
            return  # stays created for now
        container.start_tried = True
        self.change("start", container, self.daemon.isula("start", container.name), start)

    def exec(self, container):
        code = self.random.randrange(1, 120)
        answer = self.daemon.isula("exec", container.name, "sh", "-c", f"echo out; exit {code}")
        if not self.answered("exec", answer):
            return
        if answer.missing:
            return self.see_gone("exec", container, answer)
        if answer.status == code and answer.output == "out":
            self.report.count("exec: exit code as expected")
            return self.report.expect(RUNNING in container.promise.possible(), f"exec in {container}: {answer}")
        lives = container.promise.possible() == {RUNNING}
        self.report.expect(not lives and answer.status in (125, KILLED), f"exec, wanted {code}, {container}: {answer}")

    def inspect(self, container):
        answer = self.daemon.isula("inspect", container.name)
        if not self.answered("inspect", answer):
            return
        if answer.missing:
            return self.see_gone("inspect", container, answer)
        if not answer.done:
            return self.report.find(f"inspect {container}: {answer}")
        state = json.loads(answer.output)[0]["State"]
        shown = shown_in(state)
        if not container.promise.seen(shown):
            return self.report.find(f"inspect {container}: {shown}")
        if shown == RUNNING:
            self.report.expect(container.pid in (0, state["Pid"]), f"{container} has another process")
            container.pid = state["Pid"]

    def stop_it(self, container):
        if container.promise.code is None:
            self.change("stop", container, self.daemon.isula("stop", "-t", "0", container.name), kill)

    def remove(self, container):
        answer = self.daemon.isula("rm", "-f", container.name)
        self.change("rm", container, answer, kill, remove)
        if not answer.done:
            return
        self.forget(container)
        self.report.expect(not container.channel or not os.path.lexists(container.channel),
                           f"rm {container} was answered and {container.channel} is there")


def shown_in(state):
    return state["Status"], state["ExitCode"]


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


def inspect_all(daemon, names):
    """The states of those that are there."""
    states = {}
    for name in names:
        answer = daemon.isula("inspect", name)
        if answer.done:
            states[name] = json.loads(answer.output)[0]["State"]
    return states


def fault_of(container, state):
    """What is wrong with a container, if anything."""
    allowed = container.promise.at_rest()
    shown = shown_in(state) if state else GONE
    if shown not in allowed:
        return f"is {shown}, wanted one of {allowed}: {state and state['Error']}"
    if shown == RUNNING and container.pid not in (0, state["Pid"]):
        return "runs with another process"
    if shown == RUNNING and not os.path.exists(f"/proc/{state['Pid']}"):
        return "has no process"
    if container.channel and shown == GONE and os.path.lexists(container.channel):
        return f"has left {container.channel}"
    if container.channel and shown[0] in ("running", "exited") and not os.path.ismount(container.channel):
        return f"has no channel at {container.channel}"
    return ""


def faults(daemon, containers):
    states = inspect_all(daemon, [container.name for container in containers])
    found = [(container, fault_of(container, states.get(container.name))) for container in containers]
    return [f"{container}: {fault}" for container, fault in found if fault]


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
