"""What a published tree says of itself: every file with its fingerprint and its digest.

The manifest lies in the tree that it describes, so both change in the same instant
(docs/decisions/0023).
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

MANIFEST = ".candlelight"


class Published(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One file of the site: the fingerprint of what it was made from, the SHA-256 of its bytes.

    *version_of* names what the file is one form of, where its own name changes with every form: a
    photo, a style sheet. "" for a file whose name stays.
    """

    fingerprint: str
    digest: str
    version_of: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """All files of a published tree by their path; the same site has the same *files*.

    *graced* are files of the build before that stay for readers of an old page, one build long.
    """

    files: dict[str, Published]
    graced: tuple[str, ...] = ()
    version: int = 2


def read(folder: Path) -> tuple[bytes, Manifest] | None:
    """The manifest of the tree *folder*, as it is written and as it is meant; None without one."""
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        written = (folder / MANIFEST).read_bytes()
        return written, msgspec.json.decode(written, type=Manifest)
    return None


def written(manifest: Manifest) -> bytes:
    """*manifest* as JSON, one file a line for those who keep their site in a repository."""
    # A quote inside of a name is escaped, so this end of an entry is found nowhere else.
    return msgspec.json.encode(manifest).replace(b'"},"', b'"},\n"') + b"\n"
