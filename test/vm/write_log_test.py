"""Of the log of writes: what is kept for certain, and what by chance."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import write_log  # noqa: E402
from write_log import ENTRY, FLUSH, FUA, MAGIC, SECTOR, SUPERBLOCK  # noqa: E402


def sector(data):
    return data.ljust(SECTOR, b"\0")


def entry(first, data=b"", flags=0):
    return sector(ENTRY.pack(first, len(data) // SECTOR, flags, 0)) + data


A, B, C = (letter * SECTOR for letter in (b"a", b"b", b"c"))


class WriteLogTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = pathlib.Path(folder.name, "log")
        self.disk = pathlib.Path(folder.name, "disk")
        self.disk.write_bytes(b"-" * 4 * SECTOR)

    def replay(self, *entries, keep):
        self.log.write_bytes(sector(SUPERBLOCK.pack(MAGIC, 1, 0, SECTOR)) + b"".join(entries))
        counts = write_log.replay(self.log, self.disk, lambda: keep)
        return counts, bytes(self.disk.read_bytes()[::SECTOR]).decode()

    def test_keeps_what_was_flushed(self):
        self.assertEqual(self.replay(entry(0, A), entry(2, B), entry(0, flags=FLUSH), keep=False), ((0, 0), "a-b-"))

    def test_loses_what_was_not_flushed(self):
        self.assertEqual(self.replay(entry(0, A), entry(0, flags=FLUSH), entry(0, B), entry(1, B), keep=False),
                         ((2, 0), "a---"))

    def test_may_keep_what_was_not_flushed(self):
        self.assertEqual(self.replay(entry(0, A), entry(0, B + C), keep=True), ((2, 2), "bc--"))

    def test_keeps_a_write_that_goes_through_the_cache(self):
        self.assertEqual(self.replay(entry(0, A), entry(1, B, FUA), keep=False), ((1, 0), "-b--"))

    def test_a_flush_with_data_covers_what_came_before_it(self):
        self.assertEqual(self.replay(entry(0, A), entry(1, B, FLUSH), keep=False), ((1, 0), "a---"))

    def test_ends_where_the_log_was_cut(self):
        self.assertEqual(self.replay(entry(0, A), sector(b""), entry(1, B), entry(0, flags=FLUSH), keep=False),
                         ((1, 0), "----"))

    def test_refuses_what_is_no_log(self):
        self.log.write_bytes(b"x" * SECTOR)
        with self.assertRaises(ValueError):
            write_log.replay(self.log, self.disk, lambda: True)


if __name__ == "__main__":
    unittest.main()
