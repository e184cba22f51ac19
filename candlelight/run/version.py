"""Which code made something: what it left in a cache or an output is only valid for that code."""

from __future__ import annotations

import functools
import hashlib
import sys
from importlib import metadata
from pathlib import Path

LIBRARIES = ("jinja2", "markdown", "msgspec", "nh3", "pillow", "pypinyin", "opencc", "pyyaml")


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
