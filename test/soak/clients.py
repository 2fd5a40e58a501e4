"""Many clients at once on the same containers, all of them against one another.

Any order of their calls is right; what each is told must fit one.
"""
import json
import os
import random
import threading

CALLS = 6  # of each client
REPLACED = ("No such container", "is already in use")  # by another client meanwhile
REFUSALS = (*REPLACED, "is not running", "is running", "is being removed", "is being started", "has ended")
KILLED = 137


class Client:
    def __init__(self, daemon, report, containers):
        self.daemon = daemon
        self.report = report
        self.containers = containers
        self.random = random.Random(random.random())

    def run(self):
        for _ in range(CALLS):
            container = self.random.choice(self.containers)
            self.random.choice([self.start, self.stop, self.exec, self.inspect, self.ps, self.replace])(container)

    def call(self, *words):
        answer = self.daemon.isula(*words)
        refused = any(text in answer.complaint for text in REFUSALS)
        self.report.count(f"{words[0]}: {'done' if answer.done else 'refused' if refused else 'ended otherwise'}")
        return answer, refused

    def start(self, container):
        answer, refused = self.call("start", container)
        self.report.expect(answer.done or refused, f"start {container}: {answer}")

    def stop(self, container):
        answer, refused = self.call("stop", "-t", "0", container)
        self.report.expect(answer.done or refused, f"stop {container}: {answer}")

    def exec(self, container):
        answer, refused = self.call("exec", container, "sh", "-c", "echo out; exit 7")
        whole = answer.status == 7 and answer.output == "out"
        # A stop may come in between.
        self.report.expect(whole or refused or answer.status in (KILLED, 125, 126), f"exec {container}: {answer}")
        if not whole and not refused:
            self.report.count(f"exec: cut short, status {answer.status}: {answer.complaint[-70:]}")

    def inspect(self, container):
        answer, refused = self.call("inspect", container)
        if refused:
            return
        if not answer.done:
            return self.report.find(f"inspect {container}: {answer}")
        state = json.loads(answer.output)[0]["State"]
        self.report.expect(state["Running"] == (state["Pid"] > 0), f"inspect {container}: {state}")

    def ps(self, _):
        answer, _ = self.call("ps", "-aq")
        listed = len(answer.output.split())
        self.report.expect(0 < listed <= len(self.containers), f"ps -a: {listed} of {len(self.containers)}")

    def replace(self, container):
        removed, refused = self.call("rm", "-f", container)
        self.report.expect(removed.done or refused, f"rm {container}: {removed}")
        created = create(self.daemon, container)
        self.report.expect(created.done or any(text in created.complaint for text in REPLACED),
                           f"create {container}: {created}")


def create(daemon, name):
    channel = ["--host-channel", f"{daemon.shared}/{name}:/channel:rw:1M"] if name.endswith("0") else []
    return daemon.create("-n", name, *channel, "none", "sleep", "100000")


def check(daemon, report, containers):
    for container in containers:
        shown = daemon.isula("inspect", container)
        if shown.missing:  # of those that replaced it, all were refused the name before it was free
            report.count("at the end: not there")
            continue
        state = json.loads(shown.output)[0]["State"]
        report.count(f"at the end: {state['Status']}")
        if state["Running"]:
            report.expect(os.path.exists(f"/proc/{state['Pid']}"), f"{container} has no process: {state}")
        else:
            report.expect((state["Status"], state["ExitCode"]) in (("inited", 0), ("exited", KILLED)),
                          f"{container}: {state}")


def run(daemon, report, number):
    containers = [f"soak-{index}" for index in range(max(1, number // 2))]
    for name in containers:
        created = create(daemon, name)
        report.expect(created.done, f"create {name}: {created}")
    threads = [threading.Thread(target=Client(daemon, report, containers).run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(daemon, report, containers)
