"""Counts and findings of a run, from many threads."""
import threading
from collections import Counter


class Report:
    def __init__(self):
        self.lock = threading.Lock()
        self.counts = Counter()
        self.findings = []

    def count(self, what, number=1):
        with self.lock:
            self.counts[what] += number

    def find(self, text):
        with self.lock:
            self.findings.append(text)
        print(f"FOUND: {text}", flush=True)

    def expect(self, holds, text):
        if not holds:
            self.find(text)

    def finish(self):
        """Prints the counts; the exit status of the run."""
        for what, number in sorted(self.counts.items()):
            print(f"{number:8} {what}")
        print(f"{len(self.findings):8} findings")
        return 1 if self.findings else 0
