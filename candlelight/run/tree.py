"""The tree to come: a spare of the published one, brought forward and exchanged with it.

The spare is a second tree of hard links in the room beside the output. A name says whether it
can be believed: ``spare`` is the published tree once more, ``next`` is being worked on. What a
build that was killed has left in ``next`` is thrown away, and linked anew.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from candlelight.run.disk import PART, apply, move, replace, settle, throw_away, twin
from candlelight.run.exchange import swap
from candlelight.run.manifest import MANIFEST
from candlelight.run.moments import reached
from candlelight.run.steps import Steps


class Coming(msgspec.Struct, frozen=True):
    """What a publication is about to do.

    *staged* are finished files by the path that each will have; *staying* are those paths of the
    published tree that are in the next one too; *manifest* is that of the next one, as bytes.
    """

    steps: Steps
    staged: Mapping[str, str]
    staying: Iterable[str]
    manifest: bytes
    durable: bool
    commit: Callable[[], object]
    """Called when nothing has changed yet for a reader, and the next step will."""


class Trees:
    """The published tree *folder*, and its spare in *room*."""

    def __init__(self, folder: Path, room: Path) -> None:
        self.folder = folder
        self.next = room / "next"
        self.spare = room / "spare"
        self.links = True
        """Whether every file that stays was linked; copied where the file system has no links."""
        self.anew = False
        """Whether the links of the whole tree changed with this publication."""

    def stand_up(self, coming: Coming) -> None:
        """The first tree: nothing stands in its place."""
        self.discard()
        self._fill(coming)
        coming.commit()
        self.next.rename(self.folder)
        reached("exchanged")

    def exchange(self, coming: Coming, standing: bytes) -> bool:
        """Publish *coming* in one step; *standing* is the manifest of the published tree as bytes.

        False if the system refused, and everything that comes lies in ``next``. Raises OSError,
        and what is half made is thrown away then: it may be what fills the disk.
        """
        try:
            self._begin(coming, standing)
            self._fill(coming)
        except OSError:
            self.discard()
            raise
        coming.commit()
        if not swap(self.next, self.folder):
            return False
        reached("exchanged")
        if not standing:
            throw_away(self.next)
            return True
        try:
            self._follow(coming)
        except OSError:
            # The site is published; only the next build will have to link a spare anew.
            self.discard()
        return True

    def discard(self) -> None:
        """Throw away the spare, and what a killed build has left."""
        for tree in (self.next, self.spare):
            self.anew |= tree.exists()
            throw_away(tree)

    def _begin(self, coming: Coming, standing: bytes) -> None:
        """Have in ``next`` what stays."""
        if standing and _bytes(self.spare / MANIFEST) == standing:
            self.spare.rename(self.next)
        else:
            self.discard()
            self.next.mkdir()
            with contextlib.suppress(OSError):  # Not every file system has rights.
                shutil.copymode(self.folder, self.next)
            self.anew = True
            stay = Steps(put=tuple(coming.staying))
            apply(stay, self.next, self._twin_of_published)
            reached("linked")
        reached("begun")

    def _fill(self, coming: Coming) -> None:
        """Put into ``next`` what changes, the manifest last, and have it on the disk."""
        self.next.mkdir(exist_ok=True)
        apply(coming.steps, self.next, _mover(coming.staged, self.next))
        _write(self.next, coming.manifest)
        reached("prepared")
        if coming.durable:
            settle(self.next, [*coming.steps.put, MANIFEST])
        reached("settled")

    def _follow(self, coming: Coming) -> None:
        """Make the old tree like the new one; it is the spare of the next build.

        At once: nothing that was taken down stays here, and who holds the folder itself (a server
        that runs in it, a container that it is mounted into) holds the new site too.
        """
        apply(coming.steps, self.next, self._twin_in_place)
        _write(self.next, coming.manifest)
        reached("followed")
        self.next.rename(self.spare)
        reached("spared")

    def _twin_of_published(self, path: str, target: str) -> None:
        with contextlib.suppress(FileNotFoundError):  # Somebody deleted it: it is made again.
            self.links &= twin(f"{self.folder}/{path}", target)

    def _twin_in_place(self, path: str, target: str) -> None:
        part = f"{self.next}/{PART}"
        throw_away(Path(part))
        self.links &= twin(f"{self.folder}/{path}", part)
        replace(part, target)


def _mover(staged: Mapping[str, str], tree: Path) -> Callable[[str, str], None]:
    root = os.fspath(tree)
    return lambda path, target: move(staged[path], target, root)


def _write(tree: Path, manifest: bytes) -> None:
    """A file of its own in each tree: damage to the one leaves the other."""
    part = tree / PART
    part.write_bytes(manifest)
    replace(os.fspath(part), os.fspath(tree / MANIFEST))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
