"""Swap two folders: in one step where the system can, by two renames elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS, sys/stdio.h


def exchange(new: Path, current: Path, old: Path) -> str:
    """Put *new* where *current* is; what was there ends up in *old*. Returns the way taken.

    ``first`` (nothing stood there), ``exchange`` (no instant without a site) or ``renames`` (two
    renames; a crash between them is mended by the next build). Raises OSError if none works.
    """
    if not current.exists():
        new.rename(current)
        return "first"
    if _swap(new, current):
        new.rename(old)
        return "exchange"
    current.rename(old)
    try:
        new.rename(current)
    except OSError:
        old.rename(current)
        raise
    return "renames"


def _swap(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    # Late: only an output that changes is exchanged.
    import ctypes

    names = os.fsencode(one), os.fsencode(other)
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            here = ctypes.c_int(_AT_FDCWD)
            flag = ctypes.c_uint(_RENAME_EXCHANGE)
            failed = library.renameat2(here, names[0], here, names[1], flag)
        elif sys.platform == "darwin":
            failed = library.renamex_np(names[0], names[1], ctypes.c_uint(_RENAME_SWAP))
        else:
            return False
        return not failed
    return False
