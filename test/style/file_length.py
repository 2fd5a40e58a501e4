#!/usr/bin/env python3
"""Fails where a source file has outgrown what one can take in: split it by concept.

usage: file_length.py FOLDER...
"""

import pathlib
import sys

MAX_LINES = 500


def check(folders):
    """All files that are too long, as text; and the number of files that were looked at."""
    faults = []
    seen = 0
    for folder in folders:
        for file in sorted(pathlib.Path(folder).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            seen += 1
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > MAX_LINES:
                faults.append(f"{file}: {lines} lines, more than {MAX_LINES}")
    return faults, seen


def main(arguments):
    faults, seen = check(arguments[1:])
    for fault in faults:
        print(fault)
    print(f"{len(faults)} of {seen} files are too long")
    return 1 if faults or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
