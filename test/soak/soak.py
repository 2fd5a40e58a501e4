"""soak.py --programs DIR [--log FILE] [--seed N] SUBCOMMAND|all [N|short]: see script/soak."""
import argparse
import random
import signal
import sys

import clients
import cycles
import faults
import kill_daemon
import names
import stops
import stream_bytes
import thousand
from daemon import Daemon
from report import Report

# What runs it, how often in earnest, how often in the short form, and with which seeds there: a test makes the same
# choices each time, other choices are for the long runs.
SUBCOMMANDS = {
    "kill-daemon": (kill_daemon.run, 500, 3, (1, 2, 3)),
    "cycles": (cycles.run, 10000, 20, (1,)),
    "names": (names.run, 100, 2, (1,)),
    "clients": (clients.run, 200, 40, (1,)),
    "stops": (stops.run, 200, 135, (1,)),
    "bytes": (stream_bytes.run, 100, 5, (1,)),
    "fail-calls": (faults.fail, 1000, 1, (1,)),
    "kill-calls": (faults.kill, 1000, 1, (1,)),
    "thousand": (thousand.run, 1000, 20, (1,)),
}


def soak(arguments, subcommand, number, seed):
    """One run on a daemon of its own; its exit status."""
    print(f"== {subcommand} {number} (seed {seed})", flush=True)
    random.seed(seed)
    report = Report()
    daemon = Daemon(arguments.programs, arguments.log)
    try:
        daemon.start()
        daemon.take_snapshot()
        SUBCOMMANDS[subcommand][0](daemon, report, number)
        removed = daemon.remove_all()
        report.expect(removed.done, f"removing all containers: {removed}")
        for leak in daemon.find_leaks():
            report.find(leak)
    finally:
        daemon.clear()
    return report.finish()


def number_of(word):
    return word if word == "short" else int(word)


def runs_of(subcommand, number, seed):
    """(number, seed) of each run of a subcommand."""
    _, in_earnest, short, seeds = SUBCOMMANDS[subcommand]
    if number == "short":
        return [(short, short_seed) for short_seed in (seeds if seed is None else [seed])]
    return [(number or in_earnest, random.randrange(1 << 32) if seed is None else seed)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    parser.add_argument("--log")
    parser.add_argument("--seed", type=int)
    parser.add_argument("subcommand", choices=[*SUBCOMMANDS, "all"])
    parser.add_argument("number", nargs="?", type=number_of)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    subcommands = SUBCOMMANDS if arguments.subcommand == "all" else [arguments.subcommand]
    return max([soak(arguments, subcommand, number, seed) for subcommand in subcommands
                for number, seed in runs_of(subcommand, arguments.number, arguments.seed)])


sys.exit(main())
