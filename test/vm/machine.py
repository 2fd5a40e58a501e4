"""A virtual machine with cgroup v2 and nothing else, whose power can be cut. Emulated, so that it runs anywhere."""
import os
import pathlib
import random
import re
import select
import shutil
import subprocess
import tempfile
import time

import image as images
import write_log

BOOT_SECONDS = 240
COMMAND_SECONDS = 180  # on a machine with much else to do
SHOWN_LINES = 25  # of the console, where something went wrong
# An emulated processor that waits for a real one is no fault, and the frequency of its time stamp counter is a guess.
KERNEL_ARGUMENTS = ("console=ttyS0 panic=-1 quiet mitigations=off tsc=unstable no_timer_check cryptomgr.notests "
                    "random.trust_cpu=on nowatchdog rcupdate.rcu_cpu_stall_suppress=1")


class MachineError(Exception):
    """The machine does not do what it should; the text ends in the last lines of its console."""


class Answer:
    """What a command in the machine came to."""

    def __init__(self, command, status, output):
        self.command = command
        self.status = status
        self.output = output.strip("\n")

    @property
    def done(self):
        return self.status == 0

    @property
    def lines(self):
        return self.output.splitlines()

    def __str__(self):
        return f"{self.command}: status {self.status}: {self.output}"


class Disks:
    """The disks of one machine, over all its boots."""

    NAMES = ("data", "shared")

    def __init__(self, image, extra=None):
        """`extra`: an image for a disk more, /dev/vdd; what is written to it is not kept."""
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="vm."))
        for name in self.NAMES:
            self.copy(getattr(image, name), self.path(name))
        self.extra = extra

    def path(self, name):
        return self.directory / name

    @staticmethod
    def copy(source, target):
        subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, target], check=True)

    def prepare_boot(self):
        """The machine writes to a copy and to a log: from what was there and the log follows what a cut leaves."""
        for name in self.NAMES:
            self.copy(self.path(name), self.path(f"{name}.live"))
            self.path(f"{name}.log").unlink(missing_ok=True)
            self.path(f"{name}.log").touch()
        if self.extra:
            self.copy(self.extra, self.path("extra.live"))

    def keep_all(self):
        """After an orderly end."""
        for name in self.NAMES:
            self.path(f"{name}.live").rename(self.path(name))

    def keep_flushed(self, chance):
        """After a cut: what was flushed, and of the rest each write with this chance. How many were lost."""
        lost = 0
        for name in self.NAMES:
            pending, kept = write_log.replay(self.path(f"{name}.log"), self.path(name), lambda: random.random() < chance)
            lost += pending - kept
        return lost

    def clear(self):
        shutil.rmtree(self.directory, ignore_errors=True)


def last_lines(text):
    return "\n".join(f"  | {line}" for line in text.splitlines()[-SHOWN_LINES:])


class Machine:
    """One boot. End it with cut(), power_off() or kill()."""

    def __init__(self, image, disks, memory="512M", processors=1):
        self.disks = disks
        self.console = ""
        self.sent = ""
        disks.prepare_boot()
        # Ours to end, and gone with us whatever ends us.
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *self.qemu_command(image, memory, processors)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.read_until(r"\n@@ up (\S+)\n", BOOT_SECONDS)

    def qemu_command(self, image, memory, processors):
        command = [images.QEMU, "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", str(processors), "-m", memory,
                   "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                   # An emulated serial line loses a letter or an interrupt now and then, where the processor behind it
                   # is kept waiting: the kernel's own messages go there, for whoever looks at a failure, and no more.
                   "-serial", f"file:{self.disks.path('kernel')}",
                   "-device", "virtio-serial-pci", "-chardev", "stdio,id=console,signal=off",
                   "-device", "virtconsole,chardev=console",
                   "-kernel", image.kernel, "-initrd", image.ram_disk, "-append", KERNEL_ARGUMENTS,
                   "-blockdev", f"driver=file,node-name=root,filename={image.root},read-only=on",
                   "-device", "virtio-blk-pci,drive=root"]
        for name in self.disks.NAMES:
            # The guest's flushes go to the log; the file behind it need not reach this machine's disk.
            command += ["-blockdev",
                        f"driver=blklogwrites,node-name={name},cache.no-flush=off,"
                        f"file.driver=file,file.filename={self.disks.path(name)}.live,file.cache.no-flush=on,"
                        f"log.driver=file,log.filename={self.disks.path(name)}.log,log.cache.no-flush=on",
                        "-device", f"virtio-blk-pci,drive={name}"]
        if self.disks.extra:
            command += ["-blockdev", f"driver=file,node-name=extra,filename={self.disks.path('extra.live')},"
                                     "cache.no-flush=on",
                        "-device", "virtio-blk-pci,drive=extra"]
        return command

    def fail(self, text):
        self.kill()
        kernel = self.disks.path("kernel").read_text(errors="replace")
        raise MachineError(f"{text}; the last command is {self.sent!r}; the console ends in\n{last_lines(self.console)}\n"
                           f"and the kernel's messages in\n{last_lines(kernel)}")

    def read_until(self, pattern, seconds):
        """The first match on the console since what was read last. Fails after so many seconds."""
        end = time.monotonic() + seconds
        output = self.process.stdout.fileno()
        unread = ""
        while not (match := re.search(pattern, unread)):
            left = end - time.monotonic()
            if left <= 0:
                self.fail(f"no {pattern!r} within {seconds} s")
            if not select.select([output], [], [], left)[0]:
                continue
            data = os.read(output, 1 << 16)
            if not data:
                self.fail(f"the machine ended before {pattern!r}")
            text = data.decode(errors="replace").replace("\r", "")
            unread += text
            self.console += text
        return match

    def send(self, command):
        self.sent = command
        try:
            self.process.stdin.write(f"{command}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended, which whoever reads from it finds out

    def exchange(self, command, seconds):
        """What the command has written, and the two words after it."""
        self.send(command)
        match = self.read_until(r"(?s)^(.*?)\n@@ (status|hit)([^\n]*)\n", seconds)
        return match[1], match[2], match[3].strip()

    def run(self, command, seconds=COMMAND_SECONDS):
        output, _, status = self.exchange(command, seconds)
        return Answer(command, int(status), output)

    def must(self, command, seconds=COMMAND_SECONDS):
        answer = self.run(command, seconds)
        if not answer.done:
            self.fail(str(answer))
        return answer

    def run_or_hit(self, command, seconds=COMMAND_SECONDS):
        """The answer; nothing and the call where the daemon was held before there was one."""
        output, what, value = self.exchange(command, seconds)
        if what == "hit":
            return None, value
        return Answer(command, int(value), output), None

    def cut(self, chance):
        """Takes the power away. Returns how many writes that had not been flushed are lost."""
        self.kill()
        return self.disks.keep_flushed(chance)

    def power_off(self):
        self.send("sync; poweroff -f")
        try:
            self.process.wait(COMMAND_SECONDS)
        except subprocess.TimeoutExpired:
            self.fail("the machine does not power off")
        self.kill()
        self.disks.keep_all()

    def kill(self):
        if self.process.returncode is not None:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
