"""Which code made something: what it left in a cache or an output is only valid for that code."""

from __future__ import annotations

import functools
import hashlib
import sys
from importlib import metadata
from pathlib import Path

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
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library}={_version(library)}".encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
