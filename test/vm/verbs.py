"""The verbs that a cut hits, one entry each: how the container comes to where the verb begins, and what may be seen of it
after the next boot."""
NAME = "web"
HOST_PATH = "/shared/parent/channel"  # the parent is made with it
ADDED_PATH = "/shared/added"
JOINED_PATH = "/shared/kept-joined"  # of a container that lives through all cuts
ROOTFS = "/data/rootfs"

GONE, CREATED, ENDED, RUNNING = "gone", "inited", "exited", "running"


ONE = {HOST_PATH: "/channel"}  # channels of a container: where on the host, and where in it
BOTH = {**ONE, ADDED_PATH: "/added"}
JOINED = {JOINED_PATH: "/channel"}


class Verb:
    def __init__(self, words, prepared=(), *, done, undone, channels=(ONE,), synced=False, sizes=()):
        self.words = words  # of the client
        self.prepared = prepared  # the words of what comes before it
        self.done = done  # what the container may be where the verb was answered
        self.undone = undone  # what it may be besides, where it was not
        self.synced = synced  # whether what was prepared is on disk, so that only what the verb writes can be lost
        self.channels = channels  # what it may have, first where the verb was answered
        self.sizes = sizes  # of its channel in bytes: first that of one that was answered


def create(policy="no", path=HOST_PATH, name=NAME, rootfs=ROOTFS, options="", more=""):
    return (f"create -n {name} --restart {policy} --external-rootfs {rootfs} "
            f"--host-channel {path}:/channel:rw:1M{options} {more} none sleep 1000000")


def create_with_both(policy):
    return create(policy, more=f"--host-channel {ADDED_PATH}:/added:rw:1M")


ADD = f"channel add {NAME} {ADDED_PATH}:/added:rw:1M"
REMOVE = f"channel rm {NAME} {ADDED_PATH}"
JOIN = create(path=JOINED_PATH, options=":share")


START, STOP = f"start {NAME}", f"stop -t 0 {NAME}"

# A start without a policy is not synced: a container that did not run when the power came back has ended, or has never
# been started.
VERBS = {
    "create": Verb(create(), done=[CREATED], undone=[GONE]),
    "start": Verb(START, [create()], done=[ENDED, CREATED], undone=[]),
    "start with a policy": Verb(START, [create("always")], done=[RUNNING], undone=[CREATED]),
    "stop": Verb(STOP, [create("unless-stopped"), START], done=[ENDED], undone=[RUNNING]),
    "restart": Verb(f"restart -t 0 {NAME}", [create("unless-stopped"), START], done=[RUNNING], undone=[ENDED]),
    "channel resize": Verb(f"channel resize {NAME} {HOST_PATH} 2M", [create("always"), START], done=[RUNNING], undone=[],
                           sizes=(2 << 20, 1 << 20)),
    "channel add": Verb(ADD, [create("always"), START], done=[RUNNING], undone=[], channels=(BOTH, ONE)),
    "channel add to one that does not run": Verb(ADD, [create()], done=[CREATED], undone=[], channels=(BOTH, ONE)),
    "channel rm": Verb(REMOVE, [create_with_both("always"), START], done=[RUNNING], undone=[], channels=(ONE, BOTH)),
    "channel rm of one that does not run": Verb(REMOVE, [create_with_both("no")], done=[CREATED], undone=[],
                                                channels=(ONE, BOTH)),
    "join a channel": Verb(JOIN, done=[CREATED], undone=[GONE], channels=(JOINED,)),
    "leave a channel": Verb(f"rm {NAME}", [JOIN], done=[GONE], undone=[CREATED], channels=(JOINED,)),
    "rm": Verb(f"rm {NAME}", [create(), START, STOP], done=[GONE], undone=[ENDED], synced=True),
    "rm of one never started": Verb(f"rm {NAME}", [create()], done=[GONE], undone=[CREATED]),
    "rm -f": Verb(f"rm -f {NAME}", [create("always"), START], done=[GONE], undone=[ENDED, RUNNING], synced=True),
    "run --rm": Verb(f"run --rm -n {NAME} --external-rootfs {ROOTFS} --host-channel {HOST_PATH}:/channel:rw:1M none true",
                     done=[GONE], undone=[CREATED]),
}
