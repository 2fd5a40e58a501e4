#!/usr/bin/env python3
"""Fails where an #include in src/ points in a direction that the architecture forbids.

usage: include_arrows.py SRC
"""

import pathlib
import re
import sys

CHANNEL = "daemon/modules/spec/host_channel"
SPEC = "services/containers/v1/spec.pb.h"

# The arrows: each area, and what its files may include besides the area itself. The longest area that a
# file lies in counts. An entry is a folder, or a single header where only that much is meant.
ARROWS = {
    "utils/base": [],
    "utils/os": ["utils/base"],
    "utils/json": ["utils/base"],
    "utils/log": ["utils/base"],
    "utils/archive": ["utils/base", "utils/os"],
    "shim_protocol": ["utils"],
    # The command line: the API, and the part of host_channel that is pure.
    "cmd/isula": ["services", "utils", f"{CHANNEL}/host_channel.h", f"{CHANNEL}/policy.h"],
    # The monitor is paid for once a container: nothing of the daemon, no API.
    "cmd/isulad-shim": ["shim_protocol", "utils"],
    # What is said about the programs: out of their own declarations.
    "cmd/reference": ["cmd/isula/cli", "cmd/isula/commands", "daemon/config", "utils"],
    # The only place that wires.
    "cmd/isulad": ["daemon", "utils"],
    "daemon/config": ["utils"],
    # A service knows the interfaces that it answers with, and not what is behind them.
    "daemon/entry": ["services", "utils", "shim_protocol/copy_job.h", "daemon/modules/container", "daemon/modules/events", CHANNEL],
    # Containers are put together from the other modules. The monitor's interface speaks in the messages
    # of its protocol.
    "daemon/modules/container": ["daemon/modules", "shim_protocol/copy_job.h", "shim_protocol/messages.h", "utils"],
    "daemon/modules/shim": ["shim_protocol", "utils"],
    # The specification is a message: what the passes read is what was sent.
    "daemon/modules/spec": ["utils", SPEC, f"{CHANNEL}/host_channel.h", f"{CHANNEL}/oci_mount.h"],
    # A library in its own right.
    CHANNEL: ["utils"],
    # Other modules: never one another, never the entry or the API.
    "daemon/modules/cgroup": ["utils"],
    "daemon/modules/events": ["utils"],
    "daemon/modules/logs": ["utils"],
    "daemon/modules/rootfs": ["utils"],
    "daemon/modules/runtime": ["utils"],
    "daemon/modules/store": ["utils"],
}

# Libraries of others, by how their headers begin, and the only places that may know them. The longest beginning counts.
LIBRARIES = {
    "CLI/": ["cmd/isula/cli"],
    "archive.h": ["cmd/isula/copy/tar_library.h"],
    "archive_entry.h": ["cmd/isula/copy/tar_library.h"],
    "absl/": ["daemon/entry/grpc", "cmd/isula/client"],
    "google/protobuf/": ["daemon/entry/grpc", "cmd/isula/client", "daemon/modules/container/container_config.cc",
                         "daemon/modules/spec/resource_options.cc"],
    "grpc/": ["daemon/entry/grpc", "cmd/isula/client"],
    "grpcpp/": ["daemon/entry/grpc", "cmd/isula/client"],
    "services/": ["daemon/entry/grpc", "cmd/isula/client"],
    SPEC: ["daemon/entry/grpc", "cmd/isula/client", "daemon/modules/spec/container_spec.h"],
    "libmount": ["utils/os/mountinfo.cc"],
    "seccomp.h": ["daemon/modules/spec"],
    "spdlog/": ["utils/log/log.cc"],
    "yajl/": ["utils/json"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def lies_in(path, place):
    return path == place or path.startswith(place + "/")


def area_of(path):
    areas = [area for area in ARROWS if lies_in(path, area)]
    return max(areas, key=len, default=None)


def fault_of(path, quote, header):
    """Why the file at `path` must not include `header`; None where it may."""
    library = max(filter(header.startswith, LIBRARIES), key=len, default=None)
    if library and not any(lies_in(path, place) for place in LIBRARIES[library]):
        return f"belongs to {' and '.join(LIBRARIES[library])} only"
    if quote == "<":
        return None
    area = area_of(path)
    if area is None:
        return "the including file lies in no area of the table"
    if area_of(header) is None and not header.startswith("services/"):
        return "is no path from src/ into an area of the table"
    if area_of(header) == area or any(lies_in(header, place) for place in ARROWS[area]):
        return None
    return f"{area} must not know it"


def check(src):
    """All faults beneath `src`, as text; and the number of includes that were looked at."""
    faults = []
    seen = 0
    for file in sorted(src.rglob("*")):
        if file.suffix not in (".h", ".cc"):
            continue
        path = file.relative_to(src).as_posix()
        for quote, header in INCLUDE.findall(file.read_text(encoding="utf-8")):
            seen += 1
            fault = fault_of(path, quote, header)
            if fault:
                faults.append(f"{path} includes {header}: {fault}")
    return faults, seen


def main(arguments):
    faults, seen = check(pathlib.Path(arguments[1]))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} of {seen} includes point where they must not")
    # Nothing to look at is a wrong path, not a clean tree.
    return 1 if faults or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
