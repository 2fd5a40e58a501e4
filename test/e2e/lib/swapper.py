#!/usr/bin/env python3
"""swapper.py ONE TWO: exchanges two names of the working directory for one another, again and again, until SIGTERM.

Each state lasts for between nothing and some milliseconds. At the end both are as they were; prints how often they
were exchanged. A name that is missing, or mounted on, is tried without a pause: its moment may be short.
"""
import ctypes
import random
import signal
import sys
import time

AT_FDCWD = -100
RENAME_EXCHANGE = 2
LONGEST_SECONDS = 0.008
PUT_BACK_SECONDS = 5


class Swapper:
    def __init__(self, one, two):
        self.names = one.encode(), two.encode()
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.count = 0
        self.ended = False
        self.last_moment = None
        signal.signal(signal.SIGTERM, self.end)

    def end(self, *_):
        self.ended = True
        self.last_moment = time.monotonic() + PUT_BACK_SECONDS

    def exchange(self):
        one, two = self.names
        done = self.libc.renameat2(AT_FDCWD, one, AT_FDCWD, two, RENAME_EXCHANGE) == 0
        self.count += done
        return done

    def run(self):
        while not self.ended or self.count % 2 == 1 and time.monotonic() < self.last_moment:
            if self.exchange() and not self.ended:
                time.sleep(random.choice((0, random.uniform(0, LONGEST_SECONDS))))
        print(self.count)


Swapper(*sys.argv[1:]).run()
