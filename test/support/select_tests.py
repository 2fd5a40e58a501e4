"""select_tests.py TOP BUILD NAME...: what has to be built, and run, for these tests.

NAME is a file of bats or of GoogleTest cases, a test as ctest calls it (a pattern with * for several), or a filter of
GoogleTest cases: Suite, Suite.Case, patterns of them. Prints three lines: targets to build, the regular expression for
ctest -R, the filter for GoogleTest. Exit status 1, with a line that says so, where a name fits nothing.
"""
import fnmatch
import json
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

CASE = re.compile(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", re.MULTILINE)
PROGRAMS = "test_programs"  # the target of what end-to-end tests run


@dataclass
class Selection:
    targets: set = field(default_factory=set)
    tests: set = field(default_factory=set)
    filters: list = field(default_factory=list)  # for all programs of GoogleTest: single cases of them are wanted
    whole: set = field(default_factory=set)  # programs of GoogleTest of which all is wanted


class Tree:
    def __init__(self, top, build):
        self.top = top
        self.tests = [test["name"] for test in json.loads(subprocess.run(
            ["ctest", "--test-dir", build, "--show-only=json-v1"], capture_output=True, check=True).stdout)["tests"]]
        lines = (pathlib.Path(build) / "test_sources.txt").read_text().splitlines()
        # Source of GoogleTest cases -> program.
        self.sources = {pathlib.Path(source): program for program, source in (line.split("\t") for line in lines)}

    def suites(self, source):
        return CASE.findall(source.read_text(errors="replace"))


def is_end_to_end(test):
    return test.startswith(("e2e_", "soak_", "vm_"))


def add_tests(selection, tree, names):
    programs = set(tree.sources.values())
    selection.tests.update(names)
    for name in names:
        selection.targets.add(name if name in programs else PROGRAMS if is_end_to_end(name) else "all")
    return bool(names)


def add_programs(selection, tree, name):
    names = fnmatch.filter(tree.tests, name)
    selection.whole |= set(names) & set(tree.sources.values())
    return add_tests(selection, tree, names)


def add_file(selection, tree, name):
    path = pathlib.Path(name)
    if path.suffix == ".bats" or re.fullmatch(r"\d\d_\w+", name):
        return add_tests(selection, tree, [test for test in tree.tests if re.fullmatch(f"e2e_[a-z]+_{path.stem}", test)])
    source = (tree.top / path).resolve()
    if source in tree.sources:
        selection.filters += [f"*{suite}.*" for suite in sorted({suite for suite, _ in tree.suites(source)})]
        return add_tests(selection, tree, [tree.sources[source]])
    return False


def add_cases(selection, tree, name):
    suite, _, case = name.partition(".")
    fits = {program for source, program in tree.sources.items() for has_suite, has_case in tree.suites(source)
            if fnmatch.fnmatchcase(has_suite, suite) and fnmatch.fnmatchcase(has_case, case or "*")}
    if fits:
        # Cases with parameters have a prefix and a suffix.
        selection.filters += [f"{suite}.{case or '*'}", f"*/{suite}.{case or '*'}/*"]
    return add_tests(selection, tree, sorted(fits))


def select(tree, names):
    selection = Selection()
    for name in names:
        if not (add_programs(selection, tree, name) or add_file(selection, tree, name)
                or add_cases(selection, tree, name)):
            raise LookupError(f"no test '{name}'; known are files of tests, their programs, Suite.Case and patterns of them")
    if selection.filters and selection.whole:
        raise LookupError(f"'{min(selection.whole)}' is a whole program, and others are single cases: one run each")
    return selection


def main(top, build, *names):
    try:
        selection = select(Tree(pathlib.Path(top), build), names)
    except LookupError as error:
        print(f"test: {error}", file=sys.stderr)
        return 1
    print(*sorted(selection.targets))
    print(f"^({'|'.join(map(re.escape, sorted(selection.tests)))})$")
    print(":".join(selection.filters))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
