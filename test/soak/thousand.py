"""Many containers that run at once: how long ps takes, how soon a daemon that was ended or killed serves all of them
again, and that taking them down leaves nothing."""
import os
import signal
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8  # that start and remove at once
PS_RUNS = 11
MOST_PS_MS = 50
MOST_START_SECONDS = 2
HELD_TO_FIGURES = 1000  # containers, or more: a short run is to say whether it works, on any build and machine


def pids(daemon):
    """Container -> process of those that run, as the daemon tells."""
    listed = daemon.isula("ps", "-q", "--no-trunc").output.split()
    states = daemon.isula("inspect", "-f", "{{.Id}} {{.State.Pid}}", *listed) if listed else None
    return dict(line.split() for line in states.output.splitlines()) if states else {}


def kilobytes(pid):
    """Of memory that is the process's own."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))
    except OSError:
        return 0


def show_held(daemon, report, number):
    pid = daemon.process.pid
    descriptors = len(os.listdir(f"/proc/{pid}/fd"))
    monitors = [pid for pid in daemon.processes() if "isulad-shim" in command_line(pid)]
    each = statistics.median(map(kilobytes, monitors))
    print(f"   {number} run: the daemon holds {kilobytes(pid)} kB, {descriptors} descriptors, "
          f"{len(os.listdir(f'/proc/{pid}/task'))} threads; a monitor {each:.0f} kB", flush=True)
    report.expect(len(monitors) == number, f"{number} containers have {len(monitors)} monitors")


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def start_all(daemon, report, number):
    def one(_):
        return daemon.isula("run", "-d", "--external-rootfs", daemon.rootfs, "none", "sleep", "1000000")

    begin = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for answer in pool.map(one, range(number)):
            report.expect(answer.done, f"run: {answer}")
            report.count("containers run", answer.done)
    print(f"   started in {time.monotonic() - begin:.1f} s", flush=True)


def time_ps(daemon, report, number):
    times = []
    for _ in range(PS_RUNS):
        begin = time.monotonic()
        answer = daemon.isula("ps", "-aq")
        times.append((time.monotonic() - begin) * 1000)
        listed = len(answer.output.split())
        report.expect(listed == number, f"ps lists {listed} of {number}")
    median = statistics.median(times)
    print(f"   ps -a: median {median:.0f} ms, least {min(times):.0f} ms, most {max(times):.0f} ms", flush=True)
    report.counts["ps -a, median (ms)"] = round(median)
    report.expect(number < HELD_TO_FIGURES or median < MOST_PS_MS,
                  f"ps -a takes {median:.0f} ms, {MOST_PS_MS} at most were wanted")


def restart(daemon, report, how, before):
    daemon.end(how)
    seconds = daemon.start()
    print(f"   after {how.name} it served in {seconds:.2f} s", flush=True)
    key = f"served after {how.name} (ms)"
    report.counts[key] = max(report.counts[key], round(seconds * 1000))
    report.expect(len(before) < HELD_TO_FIGURES or seconds < MOST_START_SECONDS,
                  f"a start after {how.name} takes {seconds:.2f} s, {MOST_START_SECONDS} at most were wanted")
    after = pids(daemon)
    missed = [container for container, pid in before.items() if after.get(container) != pid]
    report.expect(not missed, f"{len(missed)} of {len(before)} are missed after {how.name}, {missed[:1]} is one")


def stop_and_remove_all(daemon, report, containers):
    """Half of them are stopped first."""
    def one(job):
        container, stop = job
        answers = [daemon.isula("stop", "-t", "0", container)] if stop else []
        answers.append(daemon.isula("rm", *([] if stop else ["-f"]), container))
        return answers

    begin = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for answers in pool.map(one, ((container, number % 2) for number, container in enumerate(containers))):
            for answer in answers:
                report.expect(answer.done, f"stop, rm: {answer}")
            report.count("containers removed", answers[-1].done)
    print(f"   stopped and removed in {time.monotonic() - begin:.1f} s", flush=True)


def run(daemon, report, number):
    start_all(daemon, report, number)
    before = pids(daemon)
    report.expect(len(before) == number, f"{len(before)} of {number} run")
    show_held(daemon, report, number)
    time_ps(daemon, report, number)
    for how in (signal.SIGTERM, signal.SIGKILL, signal.SIGKILL):
        restart(daemon, report, how, before)
    time_ps(daemon, report, number)
    stop_and_remove_all(daemon, report, list(before))
    report.expect(not pids(daemon), "some are left")
