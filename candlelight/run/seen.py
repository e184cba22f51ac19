"""The check of what stands: one walk of the published tree, against what was last seen there.

A file whose stamp is the one of last time is believed, everything else is read; a file that no
build wrote is told. What was seen is kept in the cache: losing it costs a reading of all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from candlelight.run.cache import Cache
from candlelight.run.disk import LITTER_TOO, PART
from candlelight.run.manifest import MANIFEST, Manifest, Published
from candlelight.run.steps import fold

Stamp = tuple[int, int, int, int]
"""Size (bytes), mtime and ctime (ns), inode."""

_KIND = "output"


class Stranger(Exception):
    """A file that no build of ours wrote stands at *path* in the tree."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Look(msgspec.Struct, frozen=True):
    """What a walk found: the files that stand as the manifest says, and the stamps of those.

    *stamps* is the very mapping that was known, if nothing in it has changed. The manifest has a
    stamp too: what was seen under another one says nothing of the digests in this one.
    """

    intact: dict[str, Published]
    stamps: Mapping[str, Stamp]


def load(cache: Cache, folder: Path) -> dict[str, Stamp]:
    """The files of *folder* as last seen; {} if nobody remembers."""
    name = str(folder)
    return cache.lasting().get(_KIND, [name], dict[str, Stamp]).get(name, {})


def keep(cache: Cache, folder: Path, stamps: Mapping[str, Stamp] | None) -> None:
    """Remember *stamps* for the next build; None means that what is remembered is still so."""
    if stamps is not None:
        cache.lasting().put(_KIND, {str(folder): stamps})


def look(
    folder: Path, manifest: Manifest, known: Mapping[str, Stamp], others: Collection[str] = ()
) -> Look:
    """Compare the tree *folder* with its *manifest*; the folders *others* in it are not entered.

    Raises Stranger for a file that is neither in the manifest nor litter.
    """
    if known and known.get(MANIFEST) != stamps(folder, ()).get(MANIFEST):
        known = {}
    changed, missing = _differences(folder, manifest, known, others)
    if not changed and not missing and len(known) == len(manifest.files) + 1:
        return Look(manifest.files, known)
    now = {path: stamp for path, stamp in known.items() if path not in missing}
    intact = {path: entry for path, entry in manifest.files.items() if path in now}
    for path, found in changed.items():
        if path == MANIFEST:
            now[path] = _stamp(found)
        elif _digest(folder / path, found) == manifest.files[path].digest:
            now[path], intact[path] = _stamp(found), manifest.files[path]
    return Look(intact, now)


def stamps(folder: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """How those of *paths* that are in *folder*, and its manifest, look now."""
    root = os.fspath(folder)
    found: dict[str, Stamp] = {}
    for path in (*paths, MANIFEST):
        with contextlib.suppress(FileNotFoundError):
            found[path] = _stamp(os.lstat(f"{root}/{path}"))
    return found


def _differences(
    folder: Path, manifest: Manifest, known: Mapping[str, Stamp], others: Collection[str]
) -> tuple[dict[str, os.stat_result], dict[str, Stamp]]:
    """Files of ours that look otherwise than *known*, and known ones that are not there so."""
    root = os.fspath(folder)
    changed: dict[str, os.stat_result] = {}
    unseen = dict(known)
    below = [""]
    while below:
        at = below.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(f"{root}/{at}") as entries:
            for entry in entries:
                path = f"{at}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if path not in others:
                        below.append(f"{path}/")
                    continue
                # Nothing is kept of a file that is as it was: thirty thousand of them pass here.
                now = entry.stat(follow_symlinks=False)
                seen = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
                if unseen.get(path) == seen:
                    del unseen[path]
                elif _is_ours(path, manifest):
                    changed[path] = now
    return changed, unseen


def _is_ours(path: str, manifest: Manifest) -> bool:
    """Whether the file at *path* is one to look at; raises Stranger if it is no loss to replace."""
    if path in manifest.files or path == MANIFEST:
        return True
    if path not in manifest.graced and path != PART and path.rpartition("/")[2] not in LITTER_TOO:
        # A file system may spell a name in its own way.
        spelled = {fold(ours) for ours in (*manifest.files, *manifest.graced)}
        if fold(path) not in spelled:
            raise Stranger(path)
    return False


def _digest(file: Path, found: os.stat_result) -> str:
    """The SHA-256 of the regular *file*; "" for what is none, or cannot be read."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(found.st_mode):
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
    return ""


def _stamp(found: os.stat_result) -> Stamp:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
