"""More stops at once than the daemon has threads for requests: each waits for an end that another thread handles."""
import time
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8  # that start at once
ENDING = ["sh", "-c", 'trap "sleep 5; exit 7" TERM; sleep 1000 & wait']
GRACE_SECONDS = 30


def run(daemon, report, number):
    names = [f"c{i}" for i in range(number)]

    def start(name):
        return daemon.isula("run", "-d", "-n", name, "--external-rootfs", daemon.rootfs, "none", *ENDING)

    def stop(name):
        return daemon.isula("stop", "-t", GRACE_SECONDS, name)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for answer in pool.map(start, names):
            report.expect(answer.done, f"run: {answer}")
    begin = time.monotonic()
    with ThreadPoolExecutor(number) as pool:
        for answer in pool.map(stop, names):
            report.expect(answer.done, f"stop: {answer}")
    print(f"   {number} stopped at once in {time.monotonic() - begin:.1f} s", flush=True)
    for code in daemon.isula("inspect", "-f", "{{.State.ExitCode}}", *names).output.split():
        report.count(f"ended with {code}")
        report.expect(code == "7", f"one ended with {code}: it was killed")
    daemon.remove_all()
