#!/usr/bin/env python3
"""Fails where clang-format would lay a file out differently.

usage: layout.py FOLDER...

The version is fixed, because each lays out a little differently. Exit code 77 (skipped) without it.
"""

import os
import pathlib
import shutil
import subprocess
import sys

FORMATTER = "clang-format-14"
SKIPPED = 77


def files_in(folders):
    return [
        str(file)
        for folder in folders
        for file in sorted(pathlib.Path(folder).rglob("*"))
        if file.suffix in (".h", ".cc")
    ]


def check(folders):
    """The files that are laid out differently; and the number of files that were looked at."""
    files = files_in(folders)
    command = [FORMATTER, "--dry-run", "--Werror", "-ferror-limit=1"]
    # A process for each part of the files, as many as there are processors.
    parts = max(os.cpu_count() or 1, 1)
    running = [
        subprocess.Popen(command + files[part::parts], stderr=subprocess.PIPE, text=True)
        for part in range(parts)
        if files[part::parts]
    ]
    faults = set()
    for process in running:
        _, report = process.communicate()
        found = {line.split(":")[0] for line in report.splitlines() if ": error: " in line}
        if process.returncode != 0 and not found:
            raise RuntimeError(report)
        faults |= found
    return sorted(faults), len(files)


def main(arguments):
    if shutil.which(FORMATTER) is None:
        print(f"SKIPPED: {FORMATTER} is not installed, the layout of the sources was NOT checked")
        return SKIPPED
    faults, seen = check(arguments[1:])
    for fault in faults:
        print(f"{fault}: run {FORMATTER} -i on it")
    print(f"{len(faults)} of {seen} files are laid out differently")
    return 1 if faults or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
