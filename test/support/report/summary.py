"""The end of a test run as a person reads it: times, what was skipped, what failed and why, the count."""
from collections import Counter

from report import alone

MOST_LINES = 140  # of explanations
LEAST_PER_CASE = 6
SLOWEST = 10
MOST_SKIPPED = 20
WIDTH = 200


def title(program, case):
    return f"{program.name}: {case.name}" if case.name else program.name


def all_cases(runs):
    return [(preset, program, case) for preset, programs in runs for program in programs for case in program.cases]


def shorten(lines, most):
    """Its beginning, where the fault is named, and its end, where the log is."""
    lines = [line if len(line) <= WIDTH else line[:WIDTH - 1] + "…" for line in lines]
    if len(lines) <= most:
        return lines
    head = max(1, (most - 1) * 2 // 3)
    tail = max(0, most - 1 - head)
    return [*lines[:head], f"[{len(lines) - head - tail} lines]", *lines[len(lines) - tail:]]


def explained(failed, top):
    """Every failed case with what it said and how it is run alone, as far as the lines reach."""
    if not failed:
        return []
    shown = failed[:MOST_LINES // (LEAST_PER_CASE + 2)]
    each = MOST_LINES // len(shown) - 2
    lines = []
    for preset, program, case in shown:
        lines.append(f"failed: {title(program, case)}")
        lines += [f"    {line}" for line in shorten(case.said, each)]
        if program.command or not case.name:
            lines.append(f"    alone: {alone.text(program, case, preset, top)}")
    if len(shown) < len(failed):
        names = ", ".join(title(program, case) for _, program, case in failed[len(shown):])
        lines += shorten([f"and {len(failed) - len(shown)} more failed: {names}"], 1)
    return lines


def complaint(case):
    """The line that says most: the last of a whole program, of bats what failed and not where."""
    lines = [line.strip() for line in case.said] or ["nothing"]
    if not case.name:
        return lines[-1]
    return next((line for line in lines if line.startswith("`")), lines[0])


def flaky(cases):
    """Cases that passed when they were run again, with what they had said."""
    return [f"flaky: {title(program, case)} ({complaint(case)})" for _, program, case in cases]


def skipped(cases):
    """The same reason is told once."""
    reasons = Counter((case.said or ["no reason"])[0] for _, _, case in cases)
    lines = [f"skipped, {number} cases: {reason}" for reason, number in reasons.most_common(MOST_SKIPPED)]
    return shorten(lines, MOST_SKIPPED)


def times(builds, runs):
    lines = [f"{seconds:7.0f} s  {what}" for what, seconds in builds]
    kinds, seconds = Counter(), Counter()
    for _, programs in runs:
        for program in programs:
            kinds[program.kind] += len(program.cases)
            seconds[program.kind] += program.seconds
    lines += [f"{seconds[kind]:7.0f} s  {kind}: {number} cases, one after the other"
              for kind, number in sorted(kinds.items())]
    slowest = sorted(all_cases(runs), key=lambda entry: -entry[2].seconds)[:SLOWEST]
    return lines + [f"{case.seconds:9.1f} s  {title(program, case)}" for _, program, case in slowest]


def counted(runs):
    return Counter(case.status for _, _, case in all_cases(runs))
