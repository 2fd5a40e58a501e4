"""How one case is run again, alone."""
import os
import re
import shlex
import subprocess

SECONDS = 900  # far above what any one takes


def is_bats(program):
    return bool(program.command) and program.command[-1].endswith(".bats")


def command(program, case, preset):
    """The command, and what has to be in its environment."""
    if not case.name:
        words = ["ctest", "--preset", preset, "--output-on-failure", "-R", f"^{re.escape(program.name)}$"]
        return words, {}
    if is_bats(program):
        words = list(program.command)
        if "--report" in words:  # the first report stays
            del words[words.index("--report"):words.index("--report") + 2]
        words[-1:] = ["--filter", f"^{re.escape(case.name)}$", words[-1]]
        return words, program.environment
    return [*program.command, f"--gtest_filter={case.name}"], program.environment


def text(program, case, preset, top):
    """The same for a person to type in the source folder."""
    words, environment = command(program, case, preset)
    settings = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
    return " ".join([*settings, shlex.join(words)]).replace(f"{top}/", "")


def passes(program, case, preset):
    """Runs it."""
    words, environment = command(program, case, preset)
    inherited = {name: value for name, value in os.environ.items() if name not in ("GTEST_OUTPUT", "ISULAD_TEST_REPORTS")}
    directory = "." if not case.name else program.directory
    try:
        done = subprocess.run(words, env={**inherited, **environment}, cwd=directory, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and not ran_nothing(done.stdout.decode(errors="replace"))


def ran_nothing(output):
    """A filter that fits nothing must not look like success."""
    return any(line in ("1..0", "No tests were found!!!") or line.startswith("[==========] Running 0 tests")
               for line in output.splitlines())
