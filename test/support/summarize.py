"""summarize.py [--strict] TOP DIRECTORY: tells how a test run ended. The last line is `N passed, N failed, N skipped`.

DIRECTORY holds one directory for each preset (see report/results.py; flaky.json, where there is one, names the cases that
passed when they were run again), *.tap of the run itself, and `times`: seconds, a tab, and what took them. A case that
passed only when it was run again counts as passed and is listed; with --strict it counts as failed. TOP is the
source folder. Exit status 1 where anything failed, or nothing ran.
"""
import json
import pathlib
import sys

from report import results, summary


def read_runs(directory):
    """(preset, programs) of each preset; a preset without a report is a failure."""
    runs = []
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        try:
            runs.append((folder.name, results.read(folder)))
        except (OSError, ValueError, SyntaxError, KeyError) as error:
            runs.append((folder.name, [own_program(f"ctest {folder.name}", "left no report", str(error))]))
    for path in sorted(directory.glob("*.tap")):
        runs.append((path.stem, [results.Program(path.stem, "run", [], {}, ".", 0, results.read_tap(path))]))
    return runs


def own_program(name, *said):
    return results.Program(name, "run", [], {}, ".", 0, [results.Case("", "failed", 0, list(said))])


def read_builds(directory):
    path = directory / "times"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(what, float(seconds)) for seconds, what in (line.split("\t", 1) for line in lines)]


def take_flaky(directory, runs, strict):
    """Cases that passed when they were run again; as passed, unless that is not to count."""
    again = {(path.parent.name, entry["program"], entry["case"])
             for path in directory.glob("*/flaky.json") for entry in json.loads(path.read_text())}
    found = [(preset, program, case) for preset, program, case in summary.all_cases(runs)
             if case.status == "failed" and (preset, program.name, case.name) in again]
    for _, _, case in found:
        case.status = "failed" if strict else "passed"
    return found


def show(heading, lines):
    if lines:
        print(f"\n== {heading}", *lines, sep="\n")


def main(arguments):
    strict = "--strict" in arguments
    top, directory = [argument for argument in arguments if argument != "--strict"]
    directory = pathlib.Path(directory)
    runs = read_runs(directory)
    flaky = take_flaky(directory, runs, strict)
    cases = summary.all_cases(runs)
    show("times", summary.times(read_builds(directory), runs))
    show("skipped", summary.skipped([entry for entry in cases if entry[2].status == "skipped"]))
    show("passed only when run again" + ", which counts as failed" * strict, summary.flaky(flaky))
    show("failed", summary.explained([entry for entry in cases if entry[2].status == "failed"], top))
    count = summary.counted(runs)
    print(f"\n{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
