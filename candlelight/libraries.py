"""The versions of installed libraries, read from the names of their folders.

`importlib.metadata` opens and parses a file for each: 20 ms and ten modules of the standard
library for what stands in ``pillow-12.0.0.dist-info`` (packaging.python.org, "Recording installed
projects"). It is asked only where the name of a folder tells no version. Nor is a library asked
itself: importing Pillow would cost a build in which nothing changed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys


@functools.cache
def version_of(library: str) -> str:
    """The version of *library* as it is installed; ``""`` if it is not."""
    found = _installed().get(_plain(library), "")
    return _told(library) if found is None else found


@functools.cache
def _installed() -> dict[str, str | None]:
    """Every library that is installed; the first on the path counts.

    None: its version stands only inside, as in the ``egg-info`` of older systems.
    """
    found: dict[str, str | None] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or os.curdir) as entries:
            for entry in entries:
                if entry.name.endswith(".dist-info"):
                    name, _, version = entry.name.removesuffix(".dist-info").rpartition("-")
                    found.setdefault(_plain(name), version)
                elif entry.name.endswith(".egg-info"):
                    name = entry.name.removesuffix(".egg-info").partition("-")[0]
                    found.setdefault(_plain(name), None)
    return found


def _told(library: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
