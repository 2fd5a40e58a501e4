"""summarize.py DIRECTORY: counts the results of a test run and prints `N passed, N failed, N skipped`.

DIRECTORY holds one directory for each preset with ctest's JUnit report (ctest.junit) and, for a test
program that reports its own cases, <name>.xml (GoogleTest) or <name>.tap (bats); and further *.tap. A program
that ctest calls failed although its report shows no failure (it crashed, or hung) counts as one failure
more. Exit status 1 where anything failed, or nothing ran.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter


def count_gtest(path):
    counts = Counter()
    for case in ElementTree.parse(path).iter("testcase"):
        if case.get("status") == "notrun":
            continue
        if case.find("failure") is not None:
            counts["failed"] += 1
        else:
            counts["skipped" if case.find("skipped") is not None else "passed"] += 1
    return counts


def count_tap(path):
    counts = Counter()
    planned = 0
    for line in path.read_text(errors="replace").splitlines():
        plan = re.fullmatch(r"1\.\.(\d+)", line)
        if plan:
            planned += int(plan.group(1))
        if line.startswith("not ok "):
            counts["failed"] += 1
        elif line.startswith("ok "):
            counts["skipped" if " # skip" in line else "passed"] += 1
    counts["failed"] += max(0, planned - sum(counts.values()))
    return counts


def own_report(directory, name):
    """The counts of a program's own report; None where it has left none that can be read."""
    try:
        if (directory / f"{name}.xml").exists():
            return count_gtest(directory / f"{name}.xml")
        if (directory / f"{name}.tap").exists():
            return count_tap(directory / f"{name}.tap")
    except ElementTree.ParseError:
        pass
    return None


def count_ctest(directory):
    counts = Counter()
    for case in ElementTree.parse(directory / "ctest.junit").iter("testcase"):
        status = case.get("status")
        counted = own_report(directory, case.get("name"))
        if counted is None:
            counted = Counter({{"run": "passed", "fail": "failed"}.get(status, "skipped"): 1})
        if status == "fail" and counted["failed"] == 0:
            counted["failed"] += 1
        if counted["failed"]:
            print(f"failed: {directory.name}: {case.get('name')}")
        counts += counted
    return counts


def main(results):
    counts = Counter()
    for directory in sorted(path for path in results.iterdir() if path.is_dir()):
        if not (directory / "ctest.junit").exists():
            print(f"failed: {directory.name}: ctest left no report")
            counts["failed"] += 1
            continue
        counts += count_ctest(directory)
    for path in sorted(results.glob("*.tap")):
        counts += count_tap(path)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] or not counts["passed"] else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
