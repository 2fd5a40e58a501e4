"""Many clients that want one name, or one host path, at the same moment: exactly one gets it."""
import threading
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 40


def at_once(pool, call):
    """The answers of CLIENTS calls, with their number, that begin together."""
    gate = threading.Barrier(CLIENTS)

    def wait_and_call(number):
        gate.wait()
        return call(number)

    return list(pool.map(wait_and_call, range(CLIENTS)))


def round_of(daemon, report, pool, what, call):
    answers = at_once(pool, call)
    winners = [answer.output for answer in answers if answer.done]
    report.expect(len(winners) == 1, f"{what}: {len(winners)} winners")
    for answer in answers:
        report.expect(answer.done or what in answer.complaint, f"refused with another reason than {what}: {answer}")
    listed = daemon.isula("ps", "-aq", "--no-trunc").output.split()
    report.expect(sorted(listed) == sorted(winners), f"{what}: {winners} won and {listed} are there")
    for winner in winners:
        removed = daemon.isula("rm", winner)
        report.expect(removed.done, f"rm: {removed}")
    report.count(f"winners: {what}", len(winners))
    report.count(f"losers: {what}", CLIENTS - len(winners))


def run(daemon, report, rounds):
    path = daemon.shared / "one"
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(rounds):
            round_of(daemon, report, pool, "one",
                     lambda _: daemon.create("-n", "one", "none", "true"))
            round_of(daemon, report, pool, str(path),
                     lambda number: daemon.create("-n", f"c{number}", "--host-channel", f"{path}:/channel:rw:1M",
                                                  "none", "true"))
            round_of(daemon, report, pool, str(path / "nested"),
                     lambda number: daemon.create("--host-channel", f"{path}/nested:/channel:rw:1M", "none", "true"))
