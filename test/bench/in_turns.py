"""in_turns.py ROUNDS DIRECTORY ISULA: times the commands that script/bench has prepared, one after the other,
ROUNDS times, so that what disturbs the machine disturbs all of them; prints medians in milliseconds."""
import os
import statistics
import subprocess
import sys
import time


def main(rounds, directory, isula):
    def wrapper(name):
        return ["sh", f"{directory}/{name}.sh"]

    commands = {
        "isula": [isula, "-H", f"unix://{directory}/isulad.sock", "run", "--rm", "--host-channel",
                  f"{directory}/channel:/testdir:rw:32M", "--external-rootfs", f"{directory}/rootfs", "none", "true"],
        "profile": wrapper("profile"),
        "program": wrapper("program"),
        "nothing": wrapper("nothing"),
    }
    times = {name: [] for name in commands}
    for turn in range(rounds + 2):
        for name, command in commands.items():
            begin = time.perf_counter()
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            elapsed = time.perf_counter() - begin
            if done.returncode != 0:
                sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
            if turn >= 2:  # the first turns fill caches
                times[name].append(elapsed * 1000)
    median = {name: statistics.median(values) for name, values in times.items()}
    own_cost = median["nothing"]
    print(f"median of {rounds}, in turns, milliseconds (each has fork and exec by this script in it)")
    print(f"  isula run --rm with a channel ... true      {median['isula']:7.1f}")
    print(f"  crun run, profile compiled by crun          {median['profile']:7.1f}")
    print(f"  crun run, profile compiled beforehand       {median['program']:7.1f}")
    if os.path.isdir("/sys/fs/cgroup/unified"):
        print(f"  of crun's, the wrapper that hides cgroup v2 {own_cost:7.1f}")
    else:
        print(f"  of crun's, the shell that starts it         {own_cost:7.1f}")
    for name, text in (("profile", "crun that compiles"), ("program", "crun with the ready program")):
        print(f"ratio to {text}: {median['isula'] / median[name]:.2f}, "
              f"without the wrapper: {median['isula'] / (median[name] - own_cost):.2f}")


main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
