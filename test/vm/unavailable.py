"""The one reason not to run: see CMakeLists.txt for what becomes of the status."""
SKIPPED = 77


class Unavailable(Exception):
    """What the machine is made of cannot be had here."""
