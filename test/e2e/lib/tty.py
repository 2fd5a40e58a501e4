"""tty.py [--size ROWSxCOLUMNS] COMMAND...: runs a command on a terminal of its own, as a person would.

Standard input holds the script, a step a line:
    expect REGEX        waits until the output since the last match has it
    send TEXT           types it; escapes as in Python: \\r, \\x10
    resize ROWS COLUMNS
    signal NAME         sends it to the command
    sleep SECONDS
After the last step the command must end by itself. Its output goes to standard output.

Exit status: the command's (128+N for a signal), 124 where a step took more than 20 seconds, 99 where the
command ended without restoring the terminal's settings.
"""
import codecs
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time

STEP_SECONDS = 20


def set_size(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Session:
    def __init__(self, command, rows, columns):
        self.master, self.slave = os.openpty()
        set_size(self.slave, rows, columns)
        self.settings = termios.tcgetattr(self.slave)
        self.output = b""
        self.matched = 0
        self.status = None
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(self.slave, fd)
            os.closerange(3, 256)
            os.execvp(command[0], command)

    def pump(self, seconds):
        """Reads what there is; notices the command's end."""
        readable, _, _ = select.select([self.master], [], [], seconds)
        if readable:
            self.output += os.read(self.master, 65536)
        elif self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)

    def wait(self, done, what):
        end = time.monotonic() + STEP_SECONDS
        while not done():
            if time.monotonic() > end or self.ended_without(done):
                sys.stdout.buffer.write(self.output)
                print(f"tty.py: no {what} within {STEP_SECONDS} s", file=sys.stderr)
                if self.status is None:
                    os.kill(self.pid, signal.SIGKILL)
                sys.exit(124)
            self.pump(0.02)

    def ended_without(self, done):
        """Whether the command has ended and what it left to read does not bring what is waited for."""
        if self.status is None:
            return False
        self.pump(0.05)
        return not done()

    def expect(self, pattern):
        def found():
            match = re.compile(pattern.encode()).search(self.output, self.matched)
            if match:
                self.matched = match.end()
            return match
        self.wait(found, f"'{pattern}'")

    def send(self, text):
        os.write(self.master, codecs.decode(text, "unicode_escape").encode("latin-1"))

    def finish(self):
        self.wait(lambda: self.status is not None, "end of the command")
        self.pump(0.05)
        sys.stdout.buffer.write(self.output)
        sys.stdout.flush()
        if termios.tcgetattr(self.slave) != self.settings:
            print("tty.py: the terminal's settings were not restored", file=sys.stderr)
            return 99
        return self.status if self.status >= 0 else 128 - self.status


def main(arguments):
    rows, columns = 24, 80
    if arguments[0] == "--size":
        rows, columns = map(int, arguments[1].split("x"))
        arguments = arguments[2:]
    steps = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    session = Session(arguments, rows, columns)
    for step in steps:
        verb, _, rest = step.strip().partition(" ")
        if verb == "expect":
            session.expect(rest)
        elif verb == "send":
            session.send(rest)
        elif verb == "resize":
            set_size(session.slave, *map(int, rest.split()))
        elif verb == "signal":
            os.kill(session.pid, getattr(signal, "SIG" + rest))
        elif verb == "sleep":
            end = time.monotonic() + float(rest)
            while time.monotonic() < end:
                session.pump(0.02)
        else:
            sys.exit(f"tty.py: unknown step '{step}'")
    return session.finish()


sys.exit(main(sys.argv[1:]))
