"""The check of what stands: one walk of the published tree, against what was last seen there.

A file whose stamp is the one of last time is believed, everything else is read; a file that no
build wrote is told. What was seen is kept in the cache: losing it costs a reading of all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight.run.cache import Cache
from candlelight.run.disk import LITTER_TOO, PART
from candlelight.run.manifest import MANIFEST, Manifest, Published
from candlelight.run.steps import fold

Stamp = tuple[int, int, int, int, str]
"""Size (bytes), mtime and ctime (ns), inode; the first digits of the SHA-256 of what was there."""

_KIND = "output"
_DIGITS = 16


class Stranger(Exception):
    """A file that no build of ours wrote stands at *path* in the tree."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Look(msgspec.Struct, frozen=True):
    """What a walk found: the files that stand as the manifest says, and the stamps of all.

    *stamps* is the very mapping that was known, if nothing in it has changed.
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
    """Compare the tree *folder* with its *manifest*. *others* may stand at its root besides.

    Raises Stranger for a file that is neither in it nor litter.
    """
    files = manifest.files
    doubtful: dict[str, os.stat_result] = {}
    found: set[str] = set()
    for path, entry in _walk(folder, others):
        ours = files.get(path)
        if ours is None:
            _refuse_stranger(path, manifest)
            continue
        # Nothing is kept of a file that is as it was: thirty thousand of them pass here.
        now, then = entry.stat(follow_symlinks=False), known.get(path)
        found.add(path)
        if not (
            then
            and then[3] == now.st_ino
            and then[2] == now.st_ctime_ns
            and then[1] == now.st_mtime_ns
            and then[0] == now.st_size
            and ours.digest.startswith(then[4])
        ):
            doubtful[path] = now
    if not doubtful and len(files) == len(found) == len(known):
        return Look(files, known)
    return _read(folder, {path: files[path] for path in files if path in found}, known, doubtful)


def stamps(folder: Path, paths: Iterable[str], files: Mapping[str, Published]) -> dict[str, Stamp]:
    """How *paths* in *folder* look now; their digests are those of *files*."""
    root = os.fspath(folder)
    return {path: _stamp(os.lstat(f"{root}/{path}"), files[path].digest) for path in paths}


def _walk(folder: Path, others: Collection[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file, and every link, with its path from *folder*."""
    root = os.fspath(folder)
    rooted = {MANIFEST, PART, *others}
    below = [""]
    while below:
        at = below.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(f"{root}/{at}") as entries:
            for entry in entries:
                name = entry.name
                if not at and name in rooted:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{at}{name}/")
                elif name not in LITTER_TOO:
                    yield f"{at}{name}", entry


def _refuse_stranger(path: str, manifest: Manifest) -> None:
    if path in manifest.graced:
        return
    # A file system may spell a name in its own way.
    if not any(fold(path) == fold(ours) for ours in (*manifest.files, *manifest.graced)):
        raise Stranger(path)


def _read(
    folder: Path,
    files: Mapping[str, Published],
    known: Mapping[str, Stamp],
    doubtful: Mapping[str, os.stat_result],
) -> Look:
    intact: dict[str, Published] = {}
    now: dict[str, Stamp] = {}
    for path, entry in files.items():
        if path in doubtful:
            digest = _digest(folder / path, doubtful[path])
            if digest != entry.digest:
                continue
            now[path] = _stamp(doubtful[path], digest)
        else:
            now[path] = known[path]
        intact[path] = entry
    return Look(intact, now)


def _digest(file: Path, found: os.stat_result) -> str:
    """The SHA-256 of the regular *file*; "" for what is none, or cannot be read."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(found.st_mode):
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
    return ""


def _stamp(found: os.stat_result, digest: str) -> Stamp:
    return (
        found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, digest[:_DIGITS],
    )  # fmt: skip
