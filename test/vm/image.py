"""What the machine boots: initial RAM disk, root file system with the programs under test, and empty disks for data.

Built once for each state of what goes into it, and kept in the cache under the hash of that.
"""
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import kernel
from unavailable import Unavailable

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
BUSYBOX = pathlib.Path("/bin/busybox")  # the static one
RUNTIMES = [pathlib.Path("/usr/bin/crun"), pathlib.Path("/usr/sbin/runc")]
DEBIAN = TOP / "test/images/debian"
QEMU = "qemu-system-x86_64"
KEPT = 4  # images of other builds
ROOT_DIRECTORIES = ["bin", "sbin", "usr/bin", "usr/sbin", "lib", "lib64", "dev", "proc", "sys", "run", "tmp", "etc", "root",
                    "var", "data", "shared", "extra"]


def cache_directory():
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "isulad-vm")
    return pathlib.Path(os.environ.get("ISULAD_VM_CACHE") or default)


def libraries(program):
    """The shared libraries that a program needs, its loader included."""
    done = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    return [pathlib.Path(path) for path in re.findall(r"(/\S+) \(0x", done.stdout)]


def make_file_system(target, size, content=None):
    command = ["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"]
    if content:
        command += ["-d", content]
    subprocess.run([*command, target, size], check=True, stdout=subprocess.DEVNULL)


class Builder:
    def __init__(self, build):
        programs = [build / "bin" / name for name in ("isulad", "isula", "isulad-shim")]
        self.programs = [*programs, build / "test/at_call", *RUNTIMES]
        for needed in (*self.programs, BUSYBOX):
            if not needed.exists():
                raise Unavailable(f"{needed} is missing")

    def fingerprint(self, kernel_directory):
        parts = [kernel_directory.encode()]
        inputs = [*self.programs, BUSYBOX, TOP / "script/make-rootfs", *sorted(HERE.glob("guest/*")), HERE / "image.py",
                  HERE / "kernel.py"]
        for path in inputs + sorted({library for program in self.programs for library in libraries(program)}):
            parts.append(hashlib.sha256(path.read_bytes()).digest())
        return hashlib.sha256(b"".join(parts)).hexdigest()[:16]

    def fill_root(self, root):
        for directory in ROOT_DIRECTORIES:
            (root / directory).mkdir(parents=True)
        shutil.copy(BUSYBOX, root / "bin")
        applets = subprocess.run([BUSYBOX, "--list"], capture_output=True, text=True, check=True).stdout.split()
        for applet in set(applets) - {"busybox", "init"}:
            (root / "bin" / applet).symlink_to("busybox")
        for program in self.programs:
            self.install(program, root)
        shutil.copy(HERE / "guest/init", root / "sbin/init")
        shutil.copy(HERE / "guest/guest.sh", root / "lib")
        (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
        (root / "etc/group").write_text("root:x:0:\nnogroup:x:65534:\n")

    @staticmethod
    def install(program, root):
        # Without what only a debugger reads: that is most of it.
        subprocess.run(["strip", "-o", root / "usr/bin" / program.name, program], check=True)
        for library in libraries(program):
            target = root / library.relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copy(library, target)

    @staticmethod
    def make_ram_disk(scratch, modules, target):
        root = scratch / "ram-disk"
        for directory in ("bin", "dev", "proc", "sys", "root", "modules"):
            (root / directory).mkdir(parents=True)
        shutil.copy(BUSYBOX, root / "bin")
        shutil.copy(HERE / "guest/early-init", root / "init")
        for module in modules:
            shutil.copy(module, root / "modules")
        (root / "modules/order").write_text("".join(f"{module.name}\n" for module in modules))
        names = "\n".join(str(path.relative_to(root)) for path in sorted(root.rglob("*")))
        with open(target, "wb") as file:
            subprocess.run([BUSYBOX, "cpio", "-o", "-H", "newc"], cwd=root, input=names.encode(), stdout=file,
                           stderr=subprocess.DEVNULL, check=True)

    def build(self, scratch, modules):
        """Everything, in scratch/image."""
        image = scratch / "image"
        image.mkdir()
        self.make_ram_disk(scratch, modules, image / "ram-disk")
        self.fill_root(scratch / "root")
        make_file_system(image / "root.img", "256M", scratch / "root")
        for rootfs in ("rootfs", "kept-rootfs"):
            subprocess.run([TOP / "script/make-rootfs", scratch / "data" / rootfs], check=True)
        make_file_system(image / "data.img", "64M", scratch / "data")
        make_file_system(image / "shared.img", "16M")
        return image


class Image:
    def __init__(self, kernel_image, directory):
        self.kernel = kernel_image
        self.cache = directory.parent
        self.ram_disk = directory / "ram-disk"
        self.root = directory / "root.img"
        self.data = directory / "data.img"
        self.shared = directory / "shared.img"


def debian_disk(cache):
    """A file system with a Debian, whose directory is `root` in it. Made once for each image of that."""
    done = subprocess.run([DEBIAN], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unavailable(f"no Debian image: {done.stderr.strip()}")
    source = pathlib.Path(done.stdout.strip())
    disk = cache / f"{source.name}.img"
    with open(cache / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not disk.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix="build.") as scratch:
                content = pathlib.Path(scratch, "content")
                content.mkdir()
                subprocess.run(["cp", "-a", source, content / "root"], check=True)
                make_file_system(pathlib.Path(scratch, "disk"), "400M", content)
                pathlib.Path(scratch, "disk").rename(disk)
    return disk


def remove_old(cache):
    images = sorted(cache.glob("image-*"), key=lambda path: path.stat().st_mtime)
    for old in images[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def get(build):
    """The image for the programs of a build directory."""
    if shutil.which(QEMU) is None:
        raise Unavailable(f"{QEMU} is not installed")
    builder = Builder(build)
    cache = cache_directory()
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        machine_kernel = kernel.get(cache)
        target = cache / f"image-{builder.fingerprint(machine_kernel.directory.name)}"
        if not target.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix="build.") as scratch:
                builder.build(pathlib.Path(scratch), machine_kernel.modules).rename(target)
        target.touch()
        remove_old(cache)
    return Image(machine_kernel.image, target)
