"""case_server.py: what each case of a file of tests asks for, in one process a file: to start an interpreter for each
question takes longer than the answer. Serves until its parent ends: a line in the pipe $DIR/ask is a request, the answer
goes to the pipe $DIR/answer.

    begin PID FILE   a case begins, in this process: takes a snapshot of what there is, see leaks.py
    end FILE         it has ended; what it has left
    log              it has failed; the end of what the daemon has logged since it began
    take, compare, processes   as leaks.py has them

A case that takes too long is told so by SIGABRT, and loses what it waits for, so that it hears it.
"""
import ctypes
import os
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import leaks  # noqa: E402

CASE_SECONDS = int(os.environ.get("CASE_SECONDS") or 300)
LISTENER_SECONDS = 10
LOG_LINES = 20
DIR = os.environ["DIR"]
LOG = f"{DIR}/daemon.log"


class Watchdog(threading.Thread):
    """Ends the case that is under way when its time is over."""

    def __init__(self):
        super().__init__(daemon=True)
        self.case = None  # its process, and when its time is over

    def begin(self, pid):
        self.case = pid, time.monotonic() + CASE_SECONDS

    def end(self):
        self.case = None

    def run(self):
        while True:
            time.sleep(1)
            case = self.case
            if case and time.monotonic() > case[1]:
                self.end()
                stop(case[0])


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass  # it has just ended


def parents():
    for name in filter(str.isdigit, os.listdir("/proc")):
        fields = leaks.read(f"/proc/{name}/stat").rpartition(")")[2].split()
        if len(fields) > 1:
            yield int(name), int(fields[1])


def descendants(pid):
    found = {pid}
    pairs = list(parents())
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return found - {pid}


def stop(pid):
    below = descendants(pid)
    kill(pid, signal.SIGABRT)
    for each in below:
        kill(each, signal.SIGKILL)


class Cases:
    def __init__(self):
        self.watchdog = Watchdog()
        self.watchdog.start()
        self.log_begins = 0

    def begin(self, pid, file):
        self.watchdog.begin(int(pid))
        self.log_begins = os.stat(LOG).st_size if os.path.exists(LOG) else 0
        return leaks.answer("take", file)

    def end(self, file):
        differences = leaks.answer("compare", file)
        self.watchdog.end()
        return differences

    def log(self):
        self.watchdog.end()
        if not os.path.exists(LOG):
            return []
        with open(LOG, "rb") as file:
            file.seek(self.log_begins)
            return file.read().decode(errors="replace").splitlines()[-LOG_LINES:]

    def answer(self, verb, *arguments):
        own = {"begin": self.begin, "end": self.end, "log": self.log}
        return own[verb](*arguments) if verb in own else leaks.answer(verb, *arguments)


def tell(text):
    """Nobody listens any more where a case has run out of time."""
    end = time.monotonic() + LISTENER_SECONDS
    while time.monotonic() < end:
        try:
            pipe = os.open(f"{DIR}/answer", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.002)
            continue
        os.set_blocking(pipe, True)
        with open(pipe, "wb") as file:
            file.write(text.encode(errors="replace"))
        return


def main():
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    cases = Cases()
    while True:
        for request in leaks.read(f"{DIR}/ask").splitlines():
            tell("".join(f"{line}\n" for line in cases.answer(*request.split(" "))))


main()
