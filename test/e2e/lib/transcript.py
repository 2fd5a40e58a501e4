"""transcript.py DOCUMENT [--write] [--replace FROM TO]...: runs what a document shows of a session, and compares.

Indented lines that begin with `$ ` are commands (a backslash at the end goes on in the next line), the indented lines
after one are what it prints, standard error included. All run in one shell, one after the other. Texts are replaced in
commands before they run, and back in what they print. What differs from run to run (ids, times, rates) is compared by
its shape. With --write the document gets what was printed. Exit status 1 where something differs.
"""
import argparse
import os
import re
import subprocess
import sys

END = "transcript-end"
COMMAND_SECONDS = 60
SHAPES = [
    (r"\b[0-9a-f]{64}\b", "<id>"),
    (r"\b[0-9a-f]{12}\b", "<short id>"),
    (r"\b(Less than a|About an?|\d+) (second|minute|hour)s?\b", "<duration>"),
    (r"\b[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d [A-Z]+ \d{4}\b", "<date>"),
    (r"\b\d{4}-\d\d-\d\d[T ][0-9:.]+Z?", "<date>"),
    (r"\d+\.\d+%", "<share>"),
    (r"[ \t]+", " "),
]


class Step:
    def __init__(self, first_line):
        self.command_end = first_line  # the line after the command
        self.command = ""
        self.printed = []


def steps_of(lines):
    steps = []
    within = False
    for number, line in enumerate(lines):
        text = line[4:] if line.startswith("    ") else None
        if within:
            steps[-1].command += "\n" + text
        elif text is not None and text.startswith("$ "):
            steps.append(Step(number))
            steps[-1].command = text[2:]
        elif text is not None and steps and steps[-1].command_end + len(steps[-1].printed) == number:
            steps[-1].printed.append(text)
            continue
        else:
            continue
        within = line.endswith("\\")
        steps[-1].command_end = number + 1
    return steps


class Shell:
    def __init__(self):
        self.process = subprocess.Popen(["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.STDOUT, errors="replace")

    def run(self, command):
        self.process.stdin.write(f"{command}\nprintf '\\n{END}\\n'\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == f"{END}\n":
                break
            lines.append(line.rstrip("\n"))
        else:
            sys.exit(f"the shell ended at: {command}\n" + "\n".join(lines))
        return lines[:-1] if lines and not lines[-1] else lines


def shape(line):
    for pattern, name in SHAPES:
        line = re.sub(pattern, name, line)
    return line.rstrip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("document")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--replace", nargs=2, action="append", default=[])
    arguments = parser.parse_args()
    with open(arguments.document, encoding="utf-8") as file:
        lines = file.read().splitlines()
    steps = steps_of(lines)
    if not steps:
        sys.exit(f"{arguments.document} shows no commands")
    shell = Shell()
    differ = 0
    written, copied = [], 0
    for step in steps:
        command = step.command
        for old, new in arguments.replace:
            command = command.replace(old, new)
        printed = shell.run(command)
        for old, new in arguments.replace:
            printed = [line.replace(new, old) for line in printed]
        if [shape(line) for line in printed] != [shape(line) for line in step.printed]:
            differ += 1
            print(f"$ {step.command}", *(f"  shown:   {line}" for line in step.printed),
                  *(f"  printed: {line}" for line in printed), sep="\n", flush=True)
        written += lines[copied:step.command_end] + [f"    {line}".rstrip() for line in printed]
        copied = step.command_end + len(step.printed)
    shell.process.stdin.close()
    shell.process.wait(COMMAND_SECONDS)
    if arguments.write:
        with open(arguments.document, "w", encoding="utf-8") as file:
            file.write("\n".join(written + lines[copied:]) + "\n")
    print(f"{len(steps)} commands, {differ} differ")
    return 0 if arguments.write or not differ else 1


os.environ["LC_ALL"] = "C.UTF-8"
sys.exit(main())
