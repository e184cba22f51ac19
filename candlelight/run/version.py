"""Which code made something: what it left in a cache or an output is only valid for that code."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from candlelight.libraries import version_of

LIBRARIES = (
    "brotli",
    "fonttools",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "opencc",
    "pillow",
    "pillow-heif",
    "pypinyin",
    "pyyaml",
    "rapidfuzz",
    "segno",
    "tzdata",
)
"""Whatever a page, a card, the font or a remembered problem is made with."""


@functools.cache
def code_version() -> str:
    """A digest of the package's own sources, of Python and of the libraries that shape bytes."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    package = Path(__file__).resolve().parent.parent
    for name in sorted(_modules(package)):
        digest.update(name.encode())
        digest.update((package / name).read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library}={version_of(library)}".encode())
    return digest.hexdigest()[:16]


def _modules(package: Path, inside: str = "") -> Iterator[str]:
    """The paths of all Python files of *package* (POSIX), *inside* being before every name."""
    with os.scandir(package) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{inside}{entry.name}"
            elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
                yield from _modules(Path(entry.path), f"{inside}{entry.name}/")
