"""Keep a second build out of the same output; the lock falls with the process that holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_MOST = 200
"""Bytes that say who holds a lock."""


class Busy(Exception):
    """Another build holds the lock; *holder* says who: ``4711@name, 2020-08-12 09:30:00``.

    That is its process, the machine and when it began, in the machine's time; "" if unknown.
    """

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class CannotLock(OSError):
    """The file system of *filename* knows no locks: some network drives."""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file at *path*. Raises Busy at once if another process has it.

    Raises CannotLock where files cannot be locked, and OSError if there can be no such file.
    """
    with path.open("a+", encoding="utf-8", errors="replace") as file:
        if not _taken(file, path) or not _is_at(file, path):
            file.seek(0)
            raise Busy(file.read(_MOST).strip())
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}@{platform.node()}, {time.strftime('%Y-%m-%d %H:%M:%S')}")
        file.flush()
        yield


def _taken(file: IO[str], path: Path) -> bool:
    """Whether the lock could be had. Raises CannotLock."""
    try:
        return _try_lock(file)
    except OSError as fault:
        raise CannotLock(fault.errno, fault.strerror, os.fspath(path)) from fault


def _is_at(file: IO[str], path: Path) -> bool:
    """Whether *file* still has its name: who deletes a lock lets in two builds otherwise."""
    with contextlib.suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20
    """The locked byte lies beyond the text, which others must be able to read."""

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as fault:
            if fault.errno not in {errno.EACCES, errno.EDEADLK, errno.EDEADLOCK}:
                raise
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            # EACCES where flock is made of the other kind of lock (flock(2), NFS).
            if fault.errno not in {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}:
                raise
            return False
        return True
