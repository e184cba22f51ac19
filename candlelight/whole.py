"""A file is written whole or not at all: aside, beside its place, then put there in one step.

Whoever reads meanwhile, and whatever breaks, there is the old file or the new one.
"""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_SUFFIX = ".part"
_NAME = 40
"""Characters of a name that its part bears: a file system allows 255 bytes."""

_WRITTEN_BY_NOW = 600
"""Seconds after which a part that is still there is what a killed run has left."""


@contextlib.contextmanager
def aside(path: Path, *, lasting: bool = False) -> Iterator[Path]:
    """An empty file beside *path* to write to; it takes the place of *path* if the block ends well.

    No other run has the same one. Its rights are those of the old file, else 0644. *lasting* is
    for what an editor keeps: then the bytes are safe on the disk before the old ones go. Raises
    OSError.
    """
    prefix = f".{path.name[:_NAME]}."
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=_SUFFIX)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with contextlib.suppress(PermissionError, NotImplementedError):
            part.chmod(_rights(path))  # Not every file system has rights.
        if lasting:
            keep(part)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    if lasting:
        keep(path.parent)


def write(path: Path, content: bytes) -> None:
    """Write *content*; another run may be looking for the same name. Raises OSError."""
    with aside(path) as part:
        part.write_bytes(content)


def sweep(path: Path) -> None:
    """Remove what a run that was killed left beside *path*; a run of now may still be writing."""
    begun = time.time() - _WRITTEN_BY_NOW
    for part in path.parent.glob(f"{glob.escape(f'.{path.name[:_NAME]}.')}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if part.stat().st_mtime < begun:
                part.unlink()


def keep(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk for good.

    Raises OSError for a file; not every system can say so of a folder.
    """
    if path.is_dir():
        with contextlib.suppress(OSError):
            _sync(path, os.O_RDONLY)
    else:
        # Windows wants the right to write.
        _sync(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rights(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
