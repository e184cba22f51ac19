"""Two folders change places in one step, where the system and the file system can do that."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS, sys/stdio.h

_MOUNTS = Path("/proc/self/mountinfo")


def swap(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False, and nothing has changed, where that cannot be."""
    # Late: only an output that changes is exchanged.
    import ctypes

    names, failed = (os.fsencode(one), os.fsencode(other)), 1
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            here, flag = ctypes.c_int(_AT_FDCWD), ctypes.c_uint(_RENAME_EXCHANGE)
            failed = library.renameat2(here, names[0], here, names[1], flag)
        elif sys.platform == "darwin":
            failed = library.renamex_np(names[0], names[1], ctypes.c_uint(_RENAME_SWAP))
    return not failed


def can_swap(room: Path, folder: Path) -> bool:
    """Whether a folder in *room* can change places with *folder*; tried with two empty folders."""
    if sys.platform not in {"linux", "darwin"} or folder in room.parents or is_mount(folder):
        return False
    probes = room / "probe-1", room / "probe-2"
    try:
        for probe in probes:
            probe.mkdir(exist_ok=True)
        return room.stat().st_dev == folder.stat().st_dev and swap(*probes)
    finally:
        for probe in probes:
            with contextlib.suppress(OSError):
                probe.rmdir()


def is_mount(folder: Path) -> bool:
    """Whether another file system, or a folder of this one, is mounted at *folder*.

    A Docker volume is such a folder: its name belongs to nobody who could exchange it.
    """
    if os.path.ismount(folder):
        return True
    with contextlib.suppress(OSError):
        place = os.fsencode(folder.resolve())
        lines = _MOUNTS.read_bytes().splitlines()
        return any(_unescaped(line.split(b" ", 5)[4]) == place for line in lines)
    return False


def _unescaped(path: bytes) -> bytes:
    """*path* without the octal numbers that stand for spaces in it (proc_pid_mountinfo(5))."""
    return re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]), path)
