"""The check of what stands in a published tree, against what was last seen there.

A file whose stamp is the one of last time is believed, everything else is read; a file that no
build wrote is told. A folder whose stamp is the one of last time holds no other names than it did
then, so it is not listed again. What was seen is kept in the cache: losing it costs a look at all.
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

_KIND = "output"
_SECOND = 1_000_000_000


class Seen(msgspec.Struct, frozen=True):
    """The stamps of a published tree: of its files, its folders, and the folders of its spare.

    Paths are those in the tree, "" is its root. A stamp is a hash of size, mtime, ctime and inode.
    The manifest has one too: what was seen under another manifest says nothing of the digests in
    this one. Where times have no fractions the folders are missing.
    """

    files: dict[str, int] = {}
    folders: dict[str, int] = {}
    spare: dict[str, int] = {}


class Look(msgspec.Struct, frozen=True):
    """What was found: the files that stand as the manifest says, and how all looks now.

    *seen* is the very object that was known, if nothing in it has changed.
    """

    intact: dict[str, Published]
    seen: Seen


class Stranger(Exception):
    """A file that no build of ours wrote stands at *path* in the tree."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def load(cache: Cache, folder: Path) -> Seen:
    """The tree *folder* as it was last seen; empty if nobody remembers."""
    name = str(folder)
    return cache.lasting().get(_KIND, [name], Seen).get(name) or Seen()


def keep(cache: Cache, folder: Path, seen: Seen | None) -> None:
    """Remember *seen* for the next build; None means that what is remembered is still so."""
    if seen is not None:
        cache.lasting().put(_KIND, {str(folder): seen})


def stands(folder: Path, manifest: Manifest, known: Seen) -> bool:
    """Whether every file of *manifest* is *known* and looks as it did.

    Files that no build wrote are not looked for: that is as long again (:func:`around`).
    """
    return len(known.files) > len(manifest.files) and not _lost(folder, known.files)


def around(folder: Path, manifest: Manifest, known: Seen, others: Collection[str] = ()) -> Seen:
    """*known* after a look at all folders. Raises Stranger as :func:`look` does."""
    _, folders = _listed(folder, manifest, known, others)
    if folders == known.folders:
        return known
    return msgspec.structs.replace(known, folders=folders)


def look(folder: Path, manifest: Manifest, known: Seen, others: Collection[str] = ()) -> Look:
    """Compare the tree *folder* with its *manifest*; the folders *others* in it are not entered.

    Raises Stranger for a file that is neither in the manifest nor litter.
    """
    if known.files and known.files.get(MANIFEST) != stamps(folder, [MANIFEST]).get(MANIFEST):
        known = Seen()
    lost = _lost(folder, known.files)
    new, folders = _listed(folder, manifest, known, others)
    if not lost and not new and folders == known.folders:
        return Look(_those(manifest.files, known.files), known)
    files = dict(_without(known.files, lost))
    for path in lost | new:
        entry = manifest.files.get(path)
        found = stamps(folder, [path])
        if path == MANIFEST or (entry and _digest(folder / path) == entry.digest):
            files |= found
    return Look(_those(manifest.files, files), Seen(files, folders, known.spare))


def following(
    known: Seen, folder: Path, changed: Iterable[str], touched: Collection[str], spare: Path | None
) -> Seen:
    """What is seen of *folder* after a publication, without a look at what it left alone.

    *changed* are the files that were put, *touched* all paths that came or went. With *spare* the
    tree that was in *folder* has become it, and what was the spare stands in its place.
    """
    files = dict(known.files)
    for path in touched:
        files.pop(path, None)
    files |= stamps(folder, [*changed, MANIFEST])
    moved = folders_of(touched)
    was, becomes = (known.spare, known.folders) if spare else (known.folders, {})
    return Seen(
        files,
        _without(was, moved) | _folder_stamps(folder, moved),
        _without(becomes, moved) | (_folder_stamps(spare, moved) if spare else {}),
    )


def stamps(folder: Path, paths: Iterable[str]) -> dict[str, int]:
    """The stamps of those of *paths* that are in *folder*."""
    root = os.fspath(folder)
    found: dict[str, int] = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found[path] = _stamp(os.lstat(f"{root}/{path}"))
    return found


def anew(folder: Path, paths: Collection[str], spare: Path | None) -> Seen:
    """What is seen of all *paths* in *folder*, and of its *spare* if there is one."""
    folders = folders_of(paths)
    return Seen(
        stamps(folder, [*paths, MANIFEST]),
        _folder_stamps(folder, folders),
        _folder_stamps(spare, folders) if spare else {},
    )


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that one of *paths* lies in, "" among them."""
    found = {""}
    for path in paths:
        at = path.rpartition("/")[0]
        while at not in found:
            found.add(at)
            at = at.rpartition("/")[0]
    return found


def _lost(folder: Path, known: Mapping[str, int]) -> set[str]:
    """The *known* files that look otherwise now, or are gone."""
    root, lstat, lost = os.fspath(folder), os.lstat, set()
    # Nothing is kept of a file that is as it was: thirty thousand of them pass here.
    for path, stamp in known.items():
        try:
            now = lstat(f"{root}/{path}")
        except OSError:
            lost.add(path)
        else:
            if hash((now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)) != stamp:
                lost.add(path)
    return lost


def _listed(
    folder: Path, manifest: Manifest, known: Seen, others: Collection[str]
) -> tuple[set[str], dict[str, int]]:
    """Files of ours that were not known, and the stamps of all folders, listed where need be."""
    changed = _lost(folder, known.folders)
    folders = dict(_without(known.folders, changed))
    below = [*changed] if "" in known.folders else ["", *changed]
    new: set[str] = set()
    while below:
        at = below.pop()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            folders |= _folder_stamps(folder, [at])
            for path, is_folder in _names(folder, at):
                if is_folder:
                    if path not in known.folders and path not in others:
                        below.append(path)
                elif path not in known.files and _is_ours(path, manifest):
                    new.add(path)
    return new, folders


def _names(folder: Path, at: str) -> Iterator[tuple[str, bool]]:
    """Each path in the folder *at* of the tree, and whether it is a folder; no link is followed."""
    place = os.fspath(folder / at)
    if os.path.islink(place):  # noqa: PTH114 - twenty thousand folders
        return
    with os.scandir(place) as entries:
        for entry in entries:
            yield (f"{at}/{entry.name}" if at else entry.name), entry.is_dir(follow_symlinks=False)


def _is_ours(path: str, manifest: Manifest) -> bool:
    """Whether *path* is in the manifest; raises Stranger if it is not, and would be a loss."""
    if path in manifest.files or path == MANIFEST:
        return True
    if path not in manifest.graced and path != PART and path.rpartition("/")[2] not in LITTER_TOO:
        # A file system may spell a name in its own way.
        spelled = {fold(ours) for ours in (*manifest.files, *manifest.graced)}
        if fold(path) not in spelled:
            raise Stranger(path)
    return False


def _digest(file: Path) -> str:
    """The SHA-256 of the regular *file*; "" for what is none, or cannot be read."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(file.lstat().st_mode):
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
    return ""


def _folder_stamps(folder: Path, paths: Iterable[str]) -> dict[str, int]:
    """The stamps of those folders that are in *folder*, where a time has fractions.

    Elsewhere what is put in just after a look would keep the stamp of the folder.
    """
    root = os.fspath(folder)
    found: dict[str, int] = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            now = os.lstat(f"{root}/{path}")
            if now.st_mtime_ns % _SECOND:
                found[path] = _stamp(now)
    return found


def _those(entries: dict[str, Published], files: Collection[str]) -> dict[str, Published]:
    """The *entries* that are among *files*, which are no others but for the manifest."""
    if len(files) > len(entries):
        return entries
    return {path: entry for path, entry in entries.items() if path in files}


def _without(stamps: dict[str, int], paths: Collection[str]) -> dict[str, int]:
    if not paths:
        return stamps
    return {path: stamp for path, stamp in stamps.items() if path not in paths}


def _stamp(found: os.stat_result) -> int:
    return hash((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
