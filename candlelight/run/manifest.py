"""What a published tree says of itself: every file with its fingerprint and its digest.

The manifest lies in the tree that it describes, so both change in the same instant
(docs/decisions/0023).
"""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path

import msgspec

MANIFEST = ".candlelight"

_UNSEALED = 1
"""The version that had no seal yet."""
_SEAL_LENGTH = len(b',"seal":"00000000"}\n')


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


def read(folder: Path, name: str = MANIFEST) -> tuple[bytes, Manifest] | None:
    """The manifest *name* in *folder*, as it is written and as it is meant.

    None without one, and for one that is damaged: its seal tells even of a single bit.
    """
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        found = (folder / name).read_bytes()
        meant = msgspec.json.decode(found, type=Manifest)
        if meant.version == _UNSEALED or found.endswith(_seal(found[:-_SEAL_LENGTH])):
            return found, meant
    return None


def written(manifest: Manifest) -> bytes:
    """*manifest* as JSON, one file a line for those who keep their site in a repository."""
    # A quote inside of a name is escaped, so this end of an entry is found nowhere else.
    body = msgspec.json.encode(manifest).replace(b'"},"', b'"},\n"')[:-1]
    return body + _seal(body)


def _seal(body: bytes) -> bytes:
    """The end of the file whose beginning is *body*."""
    return b',"seal":"%08x"}\n' % zlib.crc32(body)
