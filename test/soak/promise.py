"""What may be true of a container whose daemon is killed again and again, given what its client was told.

A container is in one of a few states; every call is a step from state to state. A call that was answered has
happened. One that was not may have happened or not, or happen a little later: the daemon that starts next finishes
or undoes what it finds half done, and has done so by the time it answers the next call that changes the container.
"""

CREATED = ("inited", 0)  # status and exit code, as inspect shows them
RUNNING = ("running", 0)
GONE = ("gone", 0)
KILLED = 137


def exited(code):
    return ("exited", code)


def start(state):
    return RUNNING if state == CREATED else state


def kill(state):
    return exited(KILLED) if state == RUNNING else state


def make(state):
    return CREATED if state == GONE else state


def remove(_):
    return GONE


class Promise:
    """The states that a container can be in."""

    def __init__(self, code=None, auto_remove=False):
        self.code = code  # of a command that ends by itself; None for one that runs until it is killed
        self.auto_remove = auto_remove
        self.states = {GONE}
        self.unanswered = []  # steps that may still come

    def __repr__(self):
        steps = "".join(f", perhaps {step.__name__}" for step in self.unanswered)
        return f"{sorted(self.possible())} (code {self.code}, auto_remove {self.auto_remove}{steps})"

    def answered(self, *steps):
        """A call has succeeded that consists of these steps."""
        self.states = self.possible()
        self.unanswered = []
        for step in steps:
            self.states = {step(state) for state in self.states}

    def not_answered(self, *steps):
        """Nobody knows how far a call of these steps has come."""
        self.unanswered += steps

    def seen(self, state):
        """It was in this state a moment ago. False where that cannot be."""
        if state not in self.possible():
            return False
        self.states = {state}
        return True

    def possible(self):
        """Everything that the container can be now."""
        steps = [*self.unanswered, self.end, self.clear_away]
        found, fresh = set(), set(self.states)
        while fresh:
            found |= fresh
            fresh = {step(state) for state in fresh for step in steps} - found
        return found

    def at_rest(self):
        """The same once nothing happens any more: what ends by itself has ended."""
        return {state for state in self.possible() if self.clear_away(self.end(state)) == state}

    def end(self, state):
        return exited(self.code) if state == RUNNING and self.code is not None else state

    def clear_away(self, state):
        return GONE if self.auto_remove and state[0] == "exited" else state
