"""More that waits at once than the daemon has threads for requests: for ends that other threads handle, for one
container, for a runtime that does not answer. Meanwhile everybody else is served."""
import json
import os
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8  # that start at once
ENDING = ["sh", "-c", 'trap "sleep 5; exit 7" TERM; sleep 1000 & wait']
GRACE_SECONDS = 30
LONG_SECONDS = 600
PATIENCE_SECONDS = 120


def run(daemon, report, number):
    stop_each(daemon, report, number)
    stop_one(daemon, report, number)
    wait_for_runtimes(daemon, report, number)


def do_each(report, what, work, items, clients):
    with ThreadPoolExecutor(clients) as pool:
        for answer in pool.map(work, items):
            report.expect(answer.done, f"{what}: {answer}")


def stop_each(daemon, report, number):
    """Each its own container."""
    names = [f"c{i}" for i in range(number)]
    do_each(report, "run", lambda name: daemon.isula("run", "-d", "-n", name, "--external-rootfs", daemon.rootfs, "none",
                                                     *ENDING), names, CLIENTS)
    begin = time.monotonic()
    do_each(report, "stop", lambda name: daemon.isula("stop", "-t", GRACE_SECONDS, name), names, number)
    print(f"   {number} stopped at once in {time.monotonic() - begin:.1f} s", flush=True)
    for code in daemon.isula("inspect", "-f", "{{.State.ExitCode}}", *names).output.split():
        report.count(f"ended with {code}")
        report.expect(code == "7", f"one ended with {code}: it was killed")
    daemon.remove_all()


def begin_calls(daemon, calls):
    return [subprocess.Popen(daemon.command(*call), env=daemon.environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for call in calls]


def await_connections(daemon, report, number):
    """All those clients have come: each has a connection, and what it asks for is sent with it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while len(os.listdir(f"/proc/{daemon.process.pid}/fd")) < number:
        if time.monotonic() > end:
            report.find("the clients did not come to the daemon")
            return
        time.sleep(0.05)


def expect_service(daemon, report, what):
    """Nothing lets those that wait go before this has been answered."""
    begin = time.monotonic()
    report.expect(daemon.isula("ps", "-a").done, f"ps while {what}")
    print(f"   ps while {what}: {(time.monotonic() - begin) * 1000:.0f} ms", flush=True)
    served = daemon.isula("run", "--rm", "--read-only", "--external-rootfs", daemon.rootfs, "none", "true")
    report.expect(served.done, f"run while {what}: {served}")


def expect_done(report, what, calls):
    for call in calls:
        complaint = call.communicate(timeout=PATIENCE_SECONDS)[1].decode(errors="replace")
        report.expect(call.returncode == 0, f"{what}: status {call.returncode}, {complaint!r}")


def stop_one(daemon, report, number):
    """All the same container, which ends when it may."""
    gate = daemon.rootfs / "gate"
    wait = ["sh", "-c", 'trap "until [ -e /gate ]; do sleep 0.1; done; exit 7" TERM; sleep 1000 & wait']
    started = daemon.isula("run", "-d", "-n", "one", "--external-rootfs", daemon.rootfs, "none", *wait)
    report.expect(started.done, f"run: {started}")
    calls = begin_calls(daemon, [("stop", "-t", LONG_SECONDS, "one")] * number)
    await_connections(daemon, report, number)
    expect_service(daemon, report, f"{number} wait for one container")
    gate.touch()
    expect_done(report, "stop", calls)
    code = daemon.isula("inspect", "-f", "{{.State.ExitCode}}", "one").output
    report.expect(code == "7", f"it ended with {code}: it was killed")
    daemon.remove_all()
    gate.unlink()


def wait_for_runtimes(daemon, report, number):
    """Each starts a container with a runtime that does not answer before it may."""
    gate, runtime = daemon.dir / "gate", daemon.dir / "crun"
    os.mkfifo(gate)
    runtime.write_text(f'#!/bin/sh\nfor word; do [ "$word" != run ] || : <{gate}; done\n'
                       f'exec {shutil.which("crun")} "$@"\n')
    runtime.chmod(0o755)
    configuration = daemon.dir / "daemon.json"
    configuration.write_text(json.dumps({"start-timeout": f"{LONG_SECONDS}s", "runtimes": {"slow": {"path": str(runtime)}}}))
    restart(daemon)
    names = [f"s{i}" for i in range(number)]
    do_each(report, "create", lambda name: daemon.create("-n", name, "--runtime", "slow", "--read-only", "none", "sleep",
                                                         "1000"), names, CLIENTS)
    calls = begin_calls(daemon, [("start", name) for name in names])
    await_connections(daemon, report, number)
    expect_service(daemon, report, f"{number} runtimes do not answer")
    with open(gate, "w", encoding="utf-8"):
        expect_done(report, "start", calls)
    do_each(report, "rm -f", lambda name: daemon.isula("rm", "-f", name), names, number)
    configuration.write_text("{}")
    restart(daemon)
    gate.unlink()
    runtime.unlink()
    os.rmdir(daemon.dir / "state/runtime-slow")


def restart(daemon):
    daemon.end(signal.SIGTERM)
    daemon.start()
