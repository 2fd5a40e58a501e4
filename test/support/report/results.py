"""What a run of ctest left behind, read case by case.

A directory holds tests.json (`ctest --show-only=json-v1`), ctest.junit and, for each program that reports its own
cases, NAME.xml (GoogleTest) or NAME.tap (bats). A program that has no such report is one case.
"""
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

KINDS = ("vm", "fuzz", "e2e", "integration", "unit")  # the first that a program has as a label


@dataclass
class Case:
    """One test."""
    name: str  # empty where the program is the case
    status: str  # passed, failed or skipped
    seconds: float = 0.0
    said: list = field(default_factory=list)  # lines: the complaint, or why it was skipped


@dataclass
class Program:
    """What ctest calls a test."""
    name: str
    kind: str
    command: list
    environment: dict
    directory: str
    seconds: float = 0.0
    cases: list = field(default_factory=list)


def read_gtest(path):
    cases = []
    for case in ElementTree.parse(path).iter("testcase"):
        if case.get("status") == "notrun":
            continue
        failures, skip = case.findall("failure"), case.find("skipped")
        status = "failed" if failures else "passed" if skip is None else "skipped"
        said = [line for failure in failures for line in (failure.text or "").strip().splitlines()]
        if skip is not None:
            said = (skip.get("message") or "").strip().splitlines()
        name = f"{case.get('classname')}.{case.get('name')}"
        cases.append(Case(name, status, float(case.get("time") or 0), said))
    return cases


def read_tap(path):
    cases, planned = [], 0
    for line in path.read_text(errors="replace").splitlines():
        if plan := re.fullmatch(r"1\.\.(\d+)", line):
            planned += int(plan[1])
        elif result := re.fullmatch(r"(not )?ok (?:\d+ )?(.*?)(?: in (\d+)ms)?(?: # (?:skip ?(.*)|timeout .*))?", line):
            failed, name, milliseconds, skip = result.groups()
            status = "failed" if failed else "passed" if skip is None else "skipped"
            cases.append(Case(name, status, int(milliseconds or 0) / 1000, [skip] if skip else []))
        elif line.startswith("#") and cases and cases[-1].status == "failed":
            cases[-1].said.append(line[1:].removeprefix(" "))
    if len(cases) < planned:
        cases.append(Case(f"the {planned - len(cases)} cases after that", "failed", 0, ["did not run"]))
    return cases


def own_report(directory, name):
    """The cases of a program's own report; None where it has left none that can be read."""
    try:
        if (directory / f"{name}.xml").exists():
            return read_gtest(directory / f"{name}.xml")
        if (directory / f"{name}.tap").exists():
            return read_tap(directory / f"{name}.tap")
    except ElementTree.ParseError:
        pass
    return None


def program_of(test):
    properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
    kind = next((kind for kind in KINDS if kind in properties.get("LABELS", [])), "other")
    environment = dict(entry.split("=", 1) for entry in properties.get("ENVIRONMENT", []))
    return Program(test["name"], "style" if test["name"].startswith("style_") else kind, test.get("command", []),
                   environment, properties.get("WORKING_DIRECTORY", "."))


def whole_program(result):
    """The case of a program that says no more than how it ended."""
    status = {"run": "passed", "fail": "failed"}.get(result.get("status"), "skipped")
    output = (result.findtext("system-out") or "").rstrip().splitlines()
    failure = result.find("failure")
    how = failure.get("message") if failure is not None and failure.get("message") else "ended with a fault"
    said = {"passed": [], "failed": [f"{how}; its last output:", *output], "skipped": output[-1:]}[status]
    return Case("", status, float(result.get("time") or 0), said)


def cases_of(directory, program, result):
    whole = whole_program(result)
    cases = own_report(directory, program.name)
    if cases is None:
        return [whole]
    if whole.status == "failed" and all(case.status != "failed" for case in cases):
        cases.append(whole)  # it crashed or hung, outside of its cases or before it could say which
    return cases


def read(directory):
    """The programs that ran, in the order of their names."""
    tests = json.loads((directory / "tests.json").read_text())["tests"]
    programs = {test["name"]: program_of(test) for test in tests}
    for result in ElementTree.parse(directory / "ctest.junit").iter("testcase"):
        program = programs[result.get("name")]
        program.seconds = float(result.get("time") or 0)
        program.cases = cases_of(directory, program, result)
    return sorted((program for program in programs.values() if program.cases), key=lambda program: program.name)
