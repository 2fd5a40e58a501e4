"""Lets each system call of the daemon that changes something fail, one after another, or kills the daemon there, while a
client creates, starts, execs, stops or removes. See test/fault/at_call.cc.

What holds afterwards: what was answered is so; what was not has happened or has not, but not by half; the same can be
done again; and nothing is left when the container is gone.
"""
import json
import os
import random
import signal
import subprocess
import time

SETTLE_SECONDS = 10
ENDING = ["sh", "-c", 'trap "exit 7" TERM; sleep 1000 & wait']
NAME = "web"
RENAMED = "renamed"
KEEPER = "keeper"  # has the channel that the container shares


class Verb:
    """Brings the container to where the verb begins, calls it, and knows what may be seen of it afterwards."""

    def __init__(self, words, prepared, done, *undone, halfway=(), companion=None, channel=None):
        self.words = words  # of the client
        self.prepared = prepared  # the verbs that come before it
        self.done = done  # status and exit code that inspect shows when it has happened; nothing: no container
        self.undone = undone  # the same when it has not; a start that failed leaves 125
        self.halfway = halfway  # where it is several requests, of which a kill came after the first
        self.companion = companion  # the words that make and start the keeper
        self.channel = channel  # host and container path of one that comes or goes: a third part of what is seen


def verbs(daemon):
    channel = f"{daemon.shared}/p/c:/channel:rw:1M"
    create = ["create", "-n", NAME, "--external-rootfs", daemon.rootfs, "--host-channel", channel, "none", *ENDING]
    run = ["run", "--rm", "-n", NAME, "--external-rootfs", daemon.rootfs, "--host-channel", channel, "none", "true"]
    remapped = ["create", "--user-remap", "100000:100000:65536", *create[1:]]
    overlaid = ["create", "--rootfs-overlay", *create[1:]]
    mounted = ["create", "--tmpfs", "/new/a:size=1m", "--mount", f"type=bind,source={daemon.dir},target=/new/b,readonly",
               "--shm-size", "1m", "--dns", "192.0.2.1", *create[1:]]
    # Checks come and go all the time, whatever call is hit.
    checked = ["create", "--health-cmd", "sleep 0.02", "--health-interval", "10ms", *create[1:]]
    shared = f"{daemon.shared}/p/s:/channel:rw:1M:share"
    join = ["create", "-n", NAME, "--external-rootfs", daemon.rootfs, "--host-channel", shared, "none", *ENDING]
    keep = ["run", "-d", "-n", KEEPER, "--external-rootfs", daemon.rootfs, "--host-channel", shared, "none", *ENDING]
    created, running, ended = ("inited", 0), ("running", 0), ("exited", 7)
    place = f"{daemon.shared}/q/a", "/added"
    with_it, without, left = (*running, "with"), (*running, "without"), (*running, "left")
    return {
        "create": Verb(create, [], created, None),
        "start": Verb(["start", NAME], ["create"], running, created, ("inited", 125)),
        "exec": Verb(["exec", NAME, "true"], ["create", "start"], running, running),
        "stop": Verb(["stop", NAME], ["create", "start"], ended, running),
        "restart": Verb(["start", NAME], ["create", "start", "stop"], running, ended, ("exited", 125)),
        "rm": Verb(["rm", NAME], ["create", "start", "stop"], None, ended),
        "remapped create": Verb(remapped, [], created, None),
        "remapped start": Verb(["start", NAME], ["remapped create"], running, created, ("inited", 125)),
        "overlaid create": Verb(overlaid, [], created, None),
        "overlaid start": Verb(["start", NAME], ["overlaid create"], running, created, ("inited", 125)),
        "overlaid rm": Verb(["rm", NAME], ["overlaid create", "overlaid start", "stop"], None, ended),
        "mounted start": Verb(["start", NAME], ["mounted create"], running, created, ("inited", 125)),
        "mounted create": Verb(mounted, [], created, None),
        "checked create": Verb(checked, [], created, None),
        "exec beside checks": Verb(["exec", NAME, "true"], ["checked create", "start"], running, running),
        "stop beside checks": Verb(["stop", NAME], ["checked create", "start"], ended, running),
        "cp": Verb(["cp", str(daemon.dir / "daemon.json"), f"{NAME}:/channel/file"], ["create", "start"], running, running),
        "update": Verb(["update", "-m", "64M", NAME], ["create", "start"], running, running),
        "rename": Verb(["rename", NAME, RENAMED], ["create", "start"], None, running),
        "run": Verb(run, [], None, None, halfway=[created]),
        "join": Verb(join, [], created, None, companion=keep),
        "start of one that joined": Verb(["start", NAME], ["join"], running, created, ("inited", 125), companion=keep),
        "leave": Verb(["rm", NAME], ["join"], None, created, companion=keep),
        "channel add": Verb(["channel", "add", NAME, f"{place[0]}:{place[1]}:rw:1M"], ["create", "start"],
                            with_it, without, channel=place),
        "channel rm": Verb(["channel", "rm", NAME, place[0]], ["create", "start", "channel add"],
                           without, with_it, left, channel=place),
    }


class CannotFollow(Exception):
    """Processes cannot be followed on this machine."""


class Follower:
    """at_call, on the daemon."""

    def __init__(self, daemon, number, how):
        self.process = subprocess.Popen(
            [daemon.programs.parent / "test/at_call", str(daemon.process.pid), str(number), how],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise CannotFollow(self.process.communicate()[1].strip())

    def finish(self):
        """How many calls there were, and which was hit, if any was."""
        self.process.terminate()
        lines = dict(line.split(" ", 1) for line in self.process.communicate()[0].splitlines())
        return int(lines["seen"]), lines.get("hit")


class Round:
    """One call of the client with one call of the daemon hit."""

    def __init__(self, daemon, report, name, verb, number, how):
        self.daemon = daemon
        self.report = report
        self.verbs = verbs(daemon)
        self.name = name
        self.verb = verb
        self.number = number
        self.how = how
        self.hit = None

    def find(self, text):
        self.report.find(f"{self.name} with call {self.number} ({self.hit}) {self.how}ed: {text}")

    def must(self, words):
        answer = self.daemon.isula(*words)
        if not answer.done:
            self.find(f"{words[0]}: {answer}")
        return answer

    def state(self):
        answer = self.daemon.isula("inspect", NAME)
        if not answer.done:
            return None
        container = json.loads(answer.output)[0]
        state = container["State"]
        seen = state["Status"], state["ExitCode"]
        return (*seen, self.place(container)) if self.verb.channel else seen

    def place(self, container):
        """Whether the container has the channel: in its configuration, in its mounts and on the host, or by half."""
        host, inside = self.verb.channel
        config = json.loads((self.daemon.dir / "graph/containers" / container["Id"] / "config.json").read_text())
        known = any(channel["HostPath"] == host for channel in config["Channels"])
        try:
            with open(f"/proc/{container['State']['Pid']}/mounts", encoding="utf-8") as mounts:
                attached = any(line.split()[1] == inside for line in mounts)
        except OSError:
            return "ended"
        mounted = os.path.ismount(host)
        if known == attached == mounted:
            return "with" if known else "without"
        return "half" if known or attached else "left"

    def settled(self, wanted):
        """The state, as soon as it is one of those wanted."""
        end = time.monotonic() + SETTLE_SECONDS
        while (state := self.state()) not in wanted and time.monotonic() < end:
            time.sleep(0.05)
        return state

    def run(self):
        """How many calls the daemon makes for it, where none was hit."""
        if self.verb.companion:
            self.must(self.verb.companion)
        for name in self.verb.prepared:
            self.must(self.verbs[name].words)
        follower = Follower(self.daemon, self.number, self.how)
        answer = self.daemon.isula(*self.verb.words)
        self.settle_end()
        seen, self.hit = follower.finish()
        if self.hit and self.how == "kill":
            self.daemon.process.wait()
            self.daemon.start()
        self.check(answer)
        self.clear()
        return None if self.hit else seen

    def settle_end(self):
        """The end of a run is handled after the client has been answered."""
        end = time.monotonic() + 1
        runs = self.daemon.dir / "state/containers"
        runs_on = self.verb.done is not None and self.verb.done[0] == "running"
        while not runs_on and runs.is_dir() and any(runs.iterdir()) and time.monotonic() < end:
            time.sleep(0.01)

    def check(self, answer):
        self.report.count(f"{self.name}: {'answered' if answer.done else 'refused or unanswered'}")
        if not self.hit and not answer.done:
            self.find(f"with nothing hit: {answer}")
        if self.how == "fail" and answer.unanswered:
            self.find(f"the daemon is gone: {answer}")
        wanted = [self.verb.done] if answer.done else [self.verb.done, *self.verb.undone]
        if self.how == "kill":
            wanted += self.verb.halfway
        if "was not removed" in answer.complaint:
            wanted.append(("exited", 0))  # --rm is told so, and can be done by hand
        state = self.settled(wanted)
        if state not in wanted:
            self.find(f"is {state}, wanted one of {wanted}; {answer}")
        if not answer.done and state in self.verb.undone:
            self.again()

    def again(self):
        if self.must(self.verb.words).done:
            state = self.settled([self.verb.done])
            if state != self.verb.done:
                self.find(f"done again, is {state}")

    def check_keeper(self):
        """With the container gone the keeper is the only one that has the channel, and goes on with it."""
        answer = self.must(["exec", KEEPER, "sh", "-c", "echo kept >/channel/file"])
        channels = self.must(["channel", "ls", "--format", "{{.Containers}} {{.Mounted}} {{.Used}}"])
        if answer.done and channels.output != f"{KEEPER} yes 4KiB":
            self.find(f"the keeper's channel is {channels.output!r}")
        self.must(["rm", "-f", KEEPER])

    def clear(self):
        if self.state() is not None:
            self.must(["rm", "-f", NAME])
        elif self.daemon.isula("inspect", RENAMED).done:
            self.must(["rm", "-f", RENAMED])
        if self.verb.companion:
            self.check_keeper()
        left = self.daemon.find_leaks()
        if left and self.how == "fail":
            # What a clean-up could not take away is the next daemon's to find.
            self.report.count(f"{self.name}: left until the next start")
            self.daemon.end(signal.SIGTERM)
            self.daemon.start()
            left = self.daemon.find_leaks()
        for leak in left:
            if self.how == "fail" and "rootfs: " in leak:
                # A removal goes on without: the daemon's log tells, and the next container there takes it over.
                self.report.count(f"{self.name}: a mount point left in the rootfs")
            else:
                self.find(leak)


def numbers(calls, most):
    """All of the calls, or `most` of them by chance."""
    return sorted(random.sample(range(calls), min(calls, most)))


def run(daemon, report, most, how):
    try:
        Follower(daemon, 0, how).finish()
    except CannotFollow as reason:
        print(f"SKIPPED: {reason}", flush=True)
        return
    for name, verb in verbs(daemon).items():
        calls = Round(daemon, report, name, verb, 1 << 30, how).run()
        begin = time.monotonic()
        hit = numbers(calls, most)
        for number in hit:
            Round(daemon, report, name, verb, number, how).run()
        print(f"   {name}: {calls} calls, {len(hit)} of them {how}ed, "
              f"{time.monotonic() - begin:.1f} s", flush=True)


def fail(daemon, report, most):
    run(daemon, report, most, "fail")


def kill(daemon, report, most):
    run(daemon, report, most, "kill")
