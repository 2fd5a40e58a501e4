"""What a disk keeps when the power goes: replays the log of its writes that QEMU's blklogwrites has kept.

A disk promises what was written before a flush that it has answered. Of what was written later it may have kept
anything, in any order. The log's form is that of the kernel's dm-log-writes: a sector with the head of the log, then for
each request a sector with its head, followed by the data. Source: Linux, drivers/md/dm-log-writes.c.
"""
import struct

SECTOR = 512
SUPERBLOCK = struct.Struct("<QQQI")  # magic, version, number of entries, sector size
ENTRY = struct.Struct("<QQQQ")  # first sector, number of sectors, flags, length of a mark
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4


class Write:
    def __init__(self, offset, data):
        self.offset = offset
        self.data = data


def read_log(path):
    """The writes before the last flush, and those after it."""
    durable, pending = [], []
    with open(path, "rb") as log:
        magic, version, _, sector_size = SUPERBLOCK.unpack(log.read(SECTOR)[:SUPERBLOCK.size])
        if (magic, version, sector_size) != (MAGIC, 1, SECTOR):
            raise ValueError(f"{path} is no log of writes")
        while len(head := log.read(SECTOR)) == SECTOR:
            sector, sectors, flags, _ = ENTRY.unpack(head[:ENTRY.size])
            if sectors == 0 and flags == 0:
                break  # the cut came before this one was complete
            if flags & FLUSH:
                durable += pending
                pending = []
            if sectors and not flags & DISCARD:
                write = Write(sector * SECTOR, log.read(sectors * SECTOR))
                (durable if flags & FUA else pending).append(write)
    return durable, pending


def replay(log, disk, keep):
    """Brings a disk as it was at the boot to where the cut left it. `keep()` is asked for each write that was not
    flushed. Returns how many of these there were, and how many were kept."""
    durable, pending = read_log(log)
    kept = [write for write in pending if keep()]
    with open(disk, "r+b") as file:
        for write in durable + kept:
            file.seek(write.offset)
            file.write(write.data)
    return len(pending), len(kept)
