"""The model that judges the daemon in kill_daemon.py: which histories allow which states, and no others."""
import unittest

from promise import CREATED, GONE, KILLED, RUNNING, Promise, exited, kill, make, remove, start

ENDED = exited(7)
SHOT = exited(KILLED)


def created(**options):
    promise = Promise(**options)
    promise.answered(make)
    return promise


def started(**options):
    promise = created(**options)
    promise.answered(start)
    return promise


class AnsweredCalls(unittest.TestCase):
    def test_create_makes_it(self):
        self.assertEqual(created().at_rest(), {CREATED})

    def test_start_runs_it(self):
        self.assertEqual(started().at_rest(), {RUNNING})

    def test_what_ends_by_itself_may_still_run_now_but_not_at_rest(self):
        self.assertEqual(started(code=7).possible(), {RUNNING, ENDED})
        self.assertEqual(started(code=7).at_rest(), {ENDED})

    def test_stop_kills_what_does_not_end_by_itself(self):
        promise = started()
        promise.answered(kill)
        self.assertEqual(promise.at_rest(), {SHOT})

    def test_stop_comes_before_the_end_or_after_it(self):
        promise = started(code=7)
        promise.answered(kill)
        self.assertEqual(promise.at_rest(), {SHOT, ENDED})

    def test_stop_leaves_what_never_ran(self):
        promise = created()
        promise.answered(kill)
        self.assertEqual(promise.at_rest(), {CREATED})

    def test_remove_leaves_nothing(self):
        promise = started()
        promise.answered(kill, remove)
        self.assertEqual(promise.at_rest(), {GONE})


class UnansweredCalls(unittest.TestCase):
    def test_create_has_happened_or_has_not(self):
        promise = Promise()
        promise.not_answered(make)
        self.assertEqual(promise.at_rest(), {GONE, CREATED})

    def test_start_has_happened_or_has_not(self):
        promise = created()
        promise.not_answered(start)
        self.assertEqual(promise.at_rest(), {CREATED, RUNNING})

    def test_start_of_what_ends_has_ended_or_never_was(self):
        promise = created(code=7)
        promise.not_answered(start)
        self.assertEqual(promise.at_rest(), {CREATED, ENDED})

    def test_stop_has_happened_or_has_not(self):
        promise = started()
        promise.not_answered(kill)
        self.assertEqual(promise.at_rest(), {RUNNING, SHOT})

    def test_forced_removal_may_have_killed_only(self):
        promise = started()
        promise.not_answered(kill, remove)
        self.assertEqual(promise.at_rest(), {RUNNING, SHOT, GONE})

    def test_forced_removal_may_have_killed_what_would_have_ended_by_itself(self):
        promise = started(code=56)
        promise.not_answered(kill, remove)
        self.assertEqual(promise.at_rest(), {exited(56), SHOT, GONE})

    def test_forced_removal_of_what_never_ran(self):
        promise = created()
        promise.not_answered(kill, remove)
        self.assertEqual(promise.at_rest(), {CREATED, GONE})

    def test_start_and_forced_removal_both_unanswered(self):
        promise = created(code=7)
        promise.not_answered(start)
        promise.not_answered(kill, remove)
        self.assertEqual(promise.at_rest(), {CREATED, ENDED, SHOT, GONE})

    def test_an_answered_call_settles_those_before_it(self):
        promise = created()
        promise.not_answered(start)
        promise.answered(kill)
        self.assertEqual(promise.at_rest(), {CREATED, SHOT})


class AutomaticRemoval(unittest.TestCase):
    def test_follows_the_end(self):
        self.assertEqual(started(code=7, auto_remove=True).possible(), {RUNNING, ENDED, GONE})
        self.assertEqual(started(code=7, auto_remove=True).at_rest(), {GONE})

    def test_follows_a_stop(self):
        promise = started(auto_remove=True)
        promise.answered(kill)
        self.assertEqual(promise.at_rest(), {GONE})

    def test_does_not_take_what_never_ran_or_still_runs(self):
        promise = created(auto_remove=True)
        promise.not_answered(start)
        self.assertEqual(promise.at_rest(), {CREATED, RUNNING})


class WhatWasSeen(unittest.TestCase):
    def test_narrows_what_can_be(self):
        promise = created()
        promise.not_answered(start)
        self.assertTrue(promise.seen(RUNNING))
        self.assertEqual(promise.at_rest(), {RUNNING})

    def test_ended_never_runs_again(self):
        promise = started(code=7)
        self.assertTrue(promise.seen(ENDED))
        self.assertFalse(promise.seen(RUNNING))

    def test_gone_never_comes_back(self):
        promise = started()
        promise.not_answered(kill, remove)
        self.assertTrue(promise.seen(GONE))
        self.assertEqual(promise.at_rest(), {GONE})

    def test_settles_nothing(self):
        promise = started()
        promise.not_answered(kill, remove)
        self.assertTrue(promise.seen(SHOT))
        self.assertEqual(promise.at_rest(), {SHOT, GONE})

    def test_says_what_cannot_be(self):
        self.assertFalse(started().seen(SHOT))
        self.assertFalse(started().seen(GONE))
        self.assertFalse(started(code=7).seen(exited(8)))
        self.assertFalse(started(code=7).seen(SHOT))
        self.assertFalse(created().seen(RUNNING))
        self.assertEqual(started().at_rest(), {RUNNING}, "what cannot be must change nothing")


if __name__ == "__main__":
    unittest.main()
