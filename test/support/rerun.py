"""rerun.py PRESET DIRECTORY LOG: runs the end-to-end and integration cases that failed again, each alone, up to twice.

DIRECTORY is that of the run, see report/results.py. What passes now is listed in DIRECTORY/flaky.json and appended to
LOG, with what it said when it failed. Unit tests and checks of the style are right or wrong: they are never run again.
"""
import datetime
import json
import pathlib
import sys
import time

from report import alone, results

KINDS = ("integration", "e2e", "vm")
ATTEMPTS = 2
SECONDS = 600  # for all: where very many fail it is not chance


def to_repeat(programs):
    return [(program, case) for program in programs if program.kind in KINDS
            for case in program.cases if case.status == "failed"]


def passes_again(program, case, preset, end):
    return any(time.monotonic() < end and alone.passes(program, case, preset) for _ in range(ATTEMPTS))


def main(preset, directory, log):
    end = time.monotonic() + SECONDS
    flaky = []
    for program, case in to_repeat(results.read(directory)):
        print(f"once more, alone: {program.name} {case.name}", flush=True)
        if passes_again(program, case, preset, end):
            flaky.append({"program": program.name, "case": case.name})
            with open(log, "a", encoding="utf-8") as file:
                now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
                file.write("\n    ".join([f"{now} {preset} {program.name} {case.name}", *case.said]) + "\n")
    (directory / "flaky.json").write_text(json.dumps(flaky))


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
