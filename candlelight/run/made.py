"""What a build brings: files to publish, as bytes, as copies, or finished in the staging folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight.run.manifest import Published


class Made(msgspec.Struct, frozen=True, gc=False):
    """One file to publish: its *content*, a *path* to copy, or a file that is *staged*.

    None of the three if it stands unchanged. *staged* is a finished file in the output's staging
    folder, by name or path, that is moved from there; *digest* is its SHA-256 in hexadecimal.
    *version_of*: see :class:`Published`; a file that stands keeps it where it is not said.
    """

    fingerprint: str
    content: bytes | None = None
    path: str | None = None
    staged: str | None = None
    digest: str = ""
    version_of: str = ""


def gather(
    made: Mapping[str, Made], intact: Mapping[str, Published], staging: Path
) -> tuple[dict[str, Published], dict[str, str]]:
    """Every file to come with its entry, sorted; and those that change, by where they lie now.

    *intact* are the files that stand as they should. Raises KeyError for one of *made* that only
    names what does not stand, and OSError.
    """
    entries: dict[str, Published] = {}
    staged: dict[str, str] = {}
    for path in sorted(made):
        one, old = made[path], intact.get(path)
        if one.content is None and one.path is None and one.staged is None:
            digest, version_of = intact[path].digest, one.version_of or intact[path].version_of
        else:
            (digest, file), version_of = _brought(one, staging, len(entries)), one.version_of
            if old is None or old.digest != digest:
                staged[path] = file
        if (
            old is None
            or old.fingerprint != one.fingerprint
            or old.digest != digest
            or old.version_of != version_of
        ):
            old = Published(one.fingerprint, digest, version_of)
        entries[path] = old
    return entries, staged


def _brought(made: Made, staging: Path, number: int) -> tuple[str, str]:
    """The digest of what was *made*, and the finished file that holds it."""
    if made.staged is not None:
        root = os.fspath(staging)
        given = made.staged
        return made.digest, given if given.startswith(root) else f"{root}/{given}"
    file = staging / f"publish-{number}"
    if made.content is not None:
        file.write_bytes(made.content)
        return hashlib.sha256(made.content).hexdigest(), os.fspath(file)
    # Not a link: whoever writes into the output must not reach what the cache keeps.
    shutil.copyfile(made.path or "", file)
    with file.open("rb") as copied:
        return hashlib.file_digest(copied, "sha256").hexdigest(), os.fspath(file)
