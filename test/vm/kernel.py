"""Debian's kernel for virtual machines, as apt has it: fetched once, kept in the cache, never installed."""
import pathlib
import shutil
import subprocess
import tempfile

from unavailable import Unavailable

PACKAGE = "linux-image-cloud-amd64"
# ext4 is built in. In the order of need.
MODULES = ["drivers/virtio/virtio_ring", "drivers/virtio/virtio", "drivers/virtio/virtio_pci_modern_dev",
           "drivers/virtio/virtio_pci_legacy_dev", "drivers/virtio/virtio_pci", "drivers/block/virtio_blk",
           "drivers/char/virtio_console"]


class Kernel:
    def __init__(self, directory):
        self.directory = directory
        self.image = next((directory / "boot").glob("vmlinuz-*"))
        tree = next((directory / "lib/modules").iterdir()) / "kernel"
        self.modules = [tree / f"{module}.ko" for module in MODULES]


def newest_package():
    """The package that the meta package stands for at present; nothing where apt does not know it."""
    done = subprocess.run(["apt-cache", "depends", PACKAGE], capture_output=True, text=True, check=False)
    names = [line.split()[-1] for line in done.stdout.splitlines() if "Depends: linux-image-" in line]
    return names[0] if names else None


def fetch(package, target):
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch.") as scratch:
        done = subprocess.run(["apt-get", "download", "-q", package], cwd=scratch, capture_output=True, text=True,
                              timeout=300, check=False)
        files = list(pathlib.Path(scratch).glob("*.deb"))
        if done.returncode != 0 or not files:
            raise Unavailable(f"{package} cannot be downloaded: {done.stderr.strip() or done.stdout.strip()}")
        unpacked = pathlib.Path(scratch, "unpacked")
        subprocess.run(["dpkg", "-x", files[0], unpacked], check=True)
        shutil.rmtree(target, ignore_errors=True)
        unpacked.rename(target)


def fetch_newest(cache):
    package = newest_package()
    if package is None:
        raise Unavailable(f"apt does not know {PACKAGE}")
    target = cache / f"kernel-{package}"
    if not target.exists():
        fetch(package, target)
    return Kernel(target)


def get(cache):
    """The newest kernel that can be had; where none can, one that was fetched before."""
    try:
        return fetch_newest(cache)
    except Unavailable:
        pass  # apt's lists may be missing or old
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True, timeout=300, check=False)
    try:
        return fetch_newest(cache)
    except Unavailable:
        fetched = sorted(cache.glob("kernel-*"))
        if not fetched:
            raise
        return Kernel(fetched[-1])
