"""Keep a second build out of the same output; the lock falls with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class Busy(Exception):
    """Another build holds the lock; *holder* is its process id as text, "" if unknown."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file at *path*. Raises Busy at once if another process has it.

    Raises OSError where files cannot be locked (some network drives).
    """
    with path.open("a+", encoding="ascii", errors="replace") as file:
        if not _try_lock(file):
            file.seek(0)
            raise Busy(file.read(20).strip())
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20
    """The locked byte lies beyond the text, which others must be able to read."""

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
