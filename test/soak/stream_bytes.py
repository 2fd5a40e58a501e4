"""Numbered lines through exec and through logs: to a client that reads at once, to one that is stopped for a while, and
through logs while the daemon is killed and another one is started, be the log one file or many."""
import hashlib
import signal
import subprocess
import threading
import time

LINE_BYTES = 100
STOPPED_SECONDS = 2
KILLS = 3  # of the daemon, spread over the bytes
# Exactly LINE_BYTES with its newline, each another.
PROGRAM = 'BEGIN { for (i = 0; i < %d; i++) printf "%%099d\\n", i }'


def expected_digest(lines):
    digest = hashlib.sha256()
    for begin in range(0, lines, 10000):
        digest.update(b"".join(b"%099d\n" % number for number in range(begin, min(lines, begin + 10000))))
    return digest.hexdigest()


def stop_for_a_while(process):
    time.sleep(0.2)
    process.send_signal(signal.SIGSTOP)
    time.sleep(STOPPED_SECONDS)
    process.send_signal(signal.SIGCONT)


def kill(daemon):
    daemon.end(signal.SIGKILL)
    daemon.start()


def read(daemon, report, what, lines, *words, stopped=False, killed=False):
    begin = time.monotonic()
    digest, count, kills = hashlib.sha256(), 0, 0
    with subprocess.Popen(daemon.command(*words), env=daemon.environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE) as process:
        if stopped:
            threading.Thread(target=stop_for_a_while, args=[process], daemon=True).start()
        while piece := process.stdout.read(1 << 16):
            digest.update(piece)
            count += len(piece)
            # Here, where nobody takes the client's output, it is sure to be in the middle.
            if killed and kills < KILLS and count > lines * LINE_BYTES * (kills + 1) // (KILLS + 1):
                kill(daemon)
                kills += 1
    seconds = time.monotonic() - begin
    what += ", stopped for a while" * stopped + ", the daemon killed" * killed
    print(f"   {what}: {count} bytes in {seconds:.1f} s", flush=True)
    report.expect(kills == KILLS * killed, f"{what}: the daemon was killed {kills} times")
    report.expect(process.returncode == 0, f"{what}: status {process.returncode}")
    report.expect(count == lines * LINE_BYTES and digest.hexdigest() == expected_digest(lines),
                  f"{what}: {count} bytes, not what was written ({lines * LINE_BYTES})")
    report.count(f"bytes through {what}", count)


def run(daemon, report, megabytes):
    lines = megabytes * 1000000 // LINE_BYTES
    program = PROGRAM % lines
    started = daemon.isula("run", "-d", "-n", "idle", "--external-rootfs", daemon.rootfs, "none", "sleep", "100000")
    report.expect(started.done, f"run: {started}")
    for name, *options in (("writer",), ("rotating", "--log-opt", "max-size=16m,max-file=100")):
        written = daemon.create("-n", name, *options, "none", "awk", program)
        report.expect(written.done and daemon.isula("start", name).done, f"{name}: {written}")
    read(daemon, report, "logs -f", lines, "logs", "-f", "rotating", killed=True)
    for name in ("writer", "rotating"):
        report.expect(daemon.isula("wait", name).output == "0", f"the exit status of {name}")
    for stopped in (False, True):
        read(daemon, report, "exec", lines, "exec", "idle", "awk", program, stopped=stopped)
        read(daemon, report, "logs", lines, "logs", "writer", stopped=stopped)
    for name in ("writer", "rotating"):
        read(daemon, report, f"logs of {name}", lines, "logs", name, killed=True)
    read(daemon, report, "logs", lines, "logs", "rotating", stopped=True, killed=True)
