"""Where to measure: in memory where there is some, because disks differ more than processors do."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

STORY = 150_000
"""Bytes a story for both sites and their sources, blocks of 4 KiB and share cards included."""

_IN_MEMORY = (Path("/dev/shm"), Path(f"/run/user/{getattr(os, 'getuid', lambda: 0)()}"))  # noqa: S108


@contextlib.contextmanager
def scratch(wished: Path | None, stories: int) -> Iterator[Path]:
    """An empty folder for *stories* stories, in *wished* or where it is quickest; it goes away.

    Where it lies is printed, with the file system.
    """
    place = wished or memory_backed(stories * STORY)
    if wished:
        wished.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        # Some systems name it by a link, and the anthology is found by its real address.
        real = Path(folder).resolve()
        print(f"in {real} ({'memory' if place and not wished else file_system(real)})", flush=True)
        yield real


def memory_backed(needed: int) -> Path | None:
    """A folder in memory with *needed* bytes left; None where the system keeps none."""
    for place in _IN_MEMORY:
        if file_system(place) != "tmpfs" or not os.access(place, os.W_OK):
            continue
        if shutil.disk_usage(place).free > needed:
            return place
        print(f"{place} is too small for {needed / 1e9:.1f} GB; measuring on the disk")
    return None


def file_system(place: Path) -> str:
    """The kind of file system that *place* lies on, as Linux names it; "disk" where nobody says."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return "disk"
    found = {}
    for line in mounts.read_text(encoding="utf-8").splitlines():
        _, mounted, kind, *_ = line.split()
        found[Path(mounted)] = kind
    return next((found[up] for up in (place, *place.parents) if up in found), "disk")
