"""Numbered lines through exec and through logs, to a client that reads at once and to one that is stopped for a while."""
import hashlib
import signal
import subprocess
import threading
import time

LINE_BYTES = 100
STOPPED_SECONDS = 2
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


def read(daemon, report, what, lines, stopped, *words):
    begin = time.monotonic()
    digest, count = hashlib.sha256(), 0
    with subprocess.Popen(daemon.command(*words), env=daemon.environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE) as process:
        if stopped:
            threading.Thread(target=stop_for_a_while, args=[process], daemon=True).start()
        while piece := process.stdout.read(1 << 16):
            digest.update(piece)
            count += len(piece)
    seconds = time.monotonic() - begin
    print(f"   {what}{', stopped for a while' if stopped else ''}: {count} bytes in {seconds:.1f} s", flush=True)
    report.expect(process.returncode == 0, f"{what}: status {process.returncode}")
    report.expect(count == lines * LINE_BYTES and digest.hexdigest() == expected_digest(lines),
                  f"{what}: {count} bytes, not what was written ({lines * LINE_BYTES})")
    report.count(f"bytes through {what}", count)


def run(daemon, report, megabytes):
    lines = megabytes * 1000000 // LINE_BYTES
    program = PROGRAM % lines
    started = daemon.isula("run", "-d", "-n", "idle", "--external-rootfs", daemon.rootfs, "none", "sleep", "100000")
    report.expect(started.done, f"run: {started}")
    written = daemon.create("-n", "writer", "none", "awk", program)
    report.expect(written.done and daemon.isula("start", "writer").done, f"writer: {written}")
    report.expect(daemon.isula("wait", "writer").output == "0", "the writer's exit status")
    for stopped in (False, True):
        read(daemon, report, "exec", lines, stopped, "exec", "idle", "awk", program)
        read(daemon, report, "logs", lines, stopped, "logs", "writer")
