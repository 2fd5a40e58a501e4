"""What the end of a test run says: a case of each kind that is broken must be explained by it."""
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import rerun
import summarize
from report import results, summary

GTEST = """<testsuites><testsuite name="Registry">
<testcase name="Finds" status="run" time="0.25" classname="Registry"/>
<testcase name="Loses" status="run" time="0.5" classname="Registry">
<failure message="registry_test.cc:7&#x0A;Expected: 1&#x0A;  Actual: 2"><![CDATA[registry_test.cc:7
Expected: 1
  Actual: 2]]></failure></testcase>
<testcase name="Never" status="notrun" time="0" classname="Registry"/>
<testcase name="Needs" status="run" time="0" classname="Registry"><skipped message="no swap here"/></testcase>
</testsuite></testsuites>"""
TAP = """1..3
ok 1 starts in 1500ms
not ok 2 stops # once in 20ms
# (in test file 10_lifecycle.bats, line 8)
#   `expect 0 isula stop web' failed
# exit status 1, wanted 0: isula stop web
# the daemon's log of this case ends in:
# 12:00 WARN it would not
ok 3 swaps in 0ms # skip no swap here
"""


def junit(*cases):
    return f"<testsuite>{''.join(cases)}</testsuite>"


def passed(name):
    return f'<testcase name="{name}" status="run" time="2"><system-out>fine</system-out></testcase>'


def failed(name, how="Failed", output="a\nb"):
    return (f'<testcase name="{name}" status="fail" time="3"><failure message="{how}"/>'
            f"<system-out>{output}</system-out></testcase>")


def test_of(name, label, *command):
    return {"name": name, "command": list(command), "properties": [{"name": "LABELS", "value": [label]}]}


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = pathlib.Path(folder.name)
        self.preset = self.directory / "default"
        self.preset.mkdir()

    def put(self, tests, report, **reports):
        (self.preset / "tests.json").write_text(json.dumps({"tests": tests}))
        (self.preset / "ctest.junit").write_text(report)
        for name, text in reports.items():
            name, kind = name.rsplit("_", 1)
            (self.preset / f"{name}.{kind}").write_text(text)

    def summarize(self, *options):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = summarize.main([*options, "/top", str(self.directory)])
        return status, output.getvalue().rstrip().splitlines()

    def put_one_of_each(self):
        self.put([test_of("registry_test", "unit", "/top/build/test/registry_test"),
                  test_of("e2e_crun_10", "e2e", "/top/test/e2e/run", "--report", "x", "/top/test/e2e/10_lifecycle.bats"),
                  test_of("style_layout", "unit", "python3", "layout.py"), test_of("crash_test", "integration", "/c")],
                 junit(failed("registry_test"), failed("e2e_crun_10"), failed("style_layout", output="bad.cc"),
                       failed("crash_test", "SEGFAULT", "at frame 0")),
                 registry_test_xml=GTEST, e2e_crun_10_tap=TAP)


class Summary(RunTest):
    def test_explains_a_case_of_each_kind(self):
        self.put_one_of_each()
        status, lines = self.summarize()
        self.assertEqual(status, 1)
        self.assertEqual(lines[-1], "2 passed, 4 failed, 2 skipped")
        text = "\n".join(lines)
        for wanted in ("failed: registry_test: Registry.Loses", "Expected: 1", "  Actual: 2",
                       "alone: build/test/registry_test --gtest_filter=Registry.Loses",
                       "failed: e2e_crun_10: stops # once", "`expect 0 isula stop web' failed", "wanted 0: isula stop web",
                       "WARN it would not", "alone: test/e2e/run --filter '^stops\\ \\#\\ once$' test/e2e/10_lifecycle.bats",
                       "failed: style_layout", "bad.cc", "alone: ctest --preset default --output-on-failure -R",
                       "failed: crash_test", "SEGFAULT; its last output:", "at frame 0",
                       "skipped, 2 cases: no swap here", "1.5 s  e2e_crun_10: starts"):
            self.assertIn(wanted, text)

    def test_counts_what_passed(self):
        self.put([test_of("style_layout", "unit", "x")], junit(passed("style_layout")))
        status, lines = self.summarize()
        self.assertEqual((status, lines[-1]), (0, "1 passed, 0 failed, 0 skipped"))

    def test_fails_where_nothing_ran(self):
        self.put([], junit())
        self.assertEqual(self.summarize()[0], 1)

    def test_fails_where_ctest_left_no_report(self):
        status, lines = self.summarize()
        self.assertEqual((status, lines[-1]), (1, "0 passed, 1 failed, 0 skipped"))

    def test_counts_a_program_that_crashed_after_its_cases(self):
        self.put([test_of("t", "unit", "/t")], junit(failed("t", "SEGFAULT")), t_tap="1..1\nok 1 a\n")
        self.assertEqual(self.summarize()[1][-1], "1 passed, 1 failed, 0 skipped")

    def test_counts_a_report_that_breaks_off(self):
        self.put([test_of("t", "e2e", "/t")], junit(failed("t")), t_tap="1..3\nok 1 a\n")
        status, lines = self.summarize()
        self.assertIn("failed: t: the 2 cases after that", lines)
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))

    def test_names_a_case_that_ran_out_of_time(self):
        self.put([test_of("t", "e2e", "/t")], junit(failed("t")), t_tap="1..1\nnot ok 1 hangs in 9ms # timeout after 300s\n")
        self.assertIn("failed: t: hangs", self.summarize()[1])

    def test_names_what_was_left_behind(self):
        self.put([test_of("t", "unit", "/t")], junit(passed("t")))
        (self.directory / "leftovers.tap").write_text("not ok nothing left behind\n# mount: /x\n")
        status, lines = self.summarize()
        self.assertEqual(status, 1)
        self.assertIn("    mount: /x", lines)

    def test_explains_many_in_few_lines(self):
        for number in (1, 3, 40, 400):
            case = [(None, results.Program("p", "e2e", ["/p"], {}, "."),
                     results.Case(f"c{i}", "failed", 0, ["x" * 1000] * 200)) for i in range(number)]
            lines = summary.explained(case, "/top")
            self.assertLessEqual(len(lines), 146, number)
            self.assertLessEqual(max(map(len, lines)), 220)
            self.assertIn("c0", lines[0])


class Rerun(RunTest):
    def rerun(self, passes):
        tried = []
        real = rerun.alone.passes
        rerun.alone.passes = lambda program, case, preset: passes(tried.append(program.name) or len(tried))
        self.addCleanup(setattr, rerun.alone, "passes", real)
        with contextlib.redirect_stdout(io.StringIO()):
            rerun.main("default", self.preset, self.directory / "flaky.log")
        return tried

    def test_takes_end_to_end_and_integration_cases_only(self):
        self.put_one_of_each()
        self.assertEqual(self.rerun(lambda _: False), ["crash_test"] * 2 + ["e2e_crun_10"] * 2)
        self.assertEqual(self.summarize()[1][-1], "2 passed, 4 failed, 2 skipped")

    def test_what_passes_counts_and_is_listed(self):
        self.put_one_of_each()
        self.assertEqual(self.rerun(lambda tries: tries > 1), ["crash_test"] * 2 + ["e2e_crun_10"])
        status, lines = self.summarize()
        self.assertEqual((status, lines[-1]), (1, "4 passed, 2 failed, 2 skipped"))
        self.assertIn("flaky: e2e_crun_10: stops # once (`expect 0 isula stop web' failed)", lines)
        self.assertIn("exit status 1", (self.directory / "flaky.log").read_text())
        self.assertEqual(self.summarize("--strict")[1][-1], "2 passed, 4 failed, 2 skipped")


class Alone(unittest.TestCase):
    def passes(self, script, case="c"):
        program = results.Program("p", "e2e", ["sh", "-c", script], {"WORD": "x"}, "/")
        return rerun.alone.passes(program, results.Case(case, "failed"), "default")

    def test_goes_by_the_status_in_the_environment_of_the_test(self):
        self.assertTrue(self.passes('[ "$WORD" = x ] && [ "$PWD" = / ]'))
        self.assertFalse(self.passes("false"))

    def test_does_not_take_a_filter_that_fits_nothing_for_success(self):
        self.assertFalse(self.passes("echo 1..0"))
        self.assertFalse(self.passes("echo '[==========] Running 0 tests from 0 test suites.'"))


if __name__ == "__main__":
    unittest.main()
