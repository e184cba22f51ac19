"""The published folder: what stands in it, and putting the next site in its place.

A reader sees the old site or the new one. The usual way is a spare tree that is exchanged with
the published one (tree.py); where a system or a folder cannot do that, files are replaced one by
one under a journal (journal.py). docs/decisions/0023 tells why.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight import whole
from candlelight.run import journal, manifest, seen
from candlelight.run.disk import PART, throw_away
from candlelight.run.exchange import can_swap, is_mount
from candlelight.run.grace import graced
from candlelight.run.interrupts import held_back
from candlelight.run.journal import Journal
from candlelight.run.lock import CannotLock, held
from candlelight.run.made import Made, gather
from candlelight.run.manifest import MANIFEST, Manifest, Published
from candlelight.run.refusals import RefusedOutput, refuse_a_stand_in, refuse_overlap
from candlelight.run.seen import Look, Seen, Stranger
from candlelight.run.steps import Steps, steps
from candlelight.run.tree import Coming, Trees

__all__ = [
    "MANIFEST",
    "Change",
    "Made",
    "Output",
    "Published",
    "RefusedOutput",
    "Seen",
    "refuse_overlap",
]

_ROOM_INSIDE = ".candlelight.room"
_COPY = "published"
"""The manifest once more in the room, where no spare tree has another one."""
_NOT_ENTERED = frozenset({_ROOM_INSIDE})
_KEPT = frozenset({"lock", ".gitignore", "spare", _COPY})


class Change(msgspec.Struct, frozen=True):
    """What a publication did, as sorted paths: written, unchanged, removed; and the way it took.

    The way is "" (nothing was to be done), ``first`` (nothing stood there), ``exchange`` (one
    step), ``page`` (a single page by itself), ``copies`` (as exchange, where there are no
    hard links), or ``files`` (one by one).
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    way: str


class Output:
    """The published tree in *folder* and the room beside it where the next one is prepared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._room = folder.parent / f".{folder.name}.candlelight"
        self._trees = Trees(folder, self._room)
        self._standing: tuple[bytes, Manifest] | None = None
        self._finishing = contextlib.ExitStack()
        self._known = self._seen = Seen()
        self._asked = self._looked = False

    @property
    def staging(self) -> Path:
        """A folder for finished files, on the file system of the output; empty once locked.

        A file in it may have any name that nothing else there has.
        """
        return self._room / "staging"

    @contextlib.contextmanager
    def locked(self, source: Path) -> Iterator[None]:
        """Refuse what must not be replaced, keep a second build out, and mend what a crash left.

        Raises RefusedOutput, Busy, and OSError for a folder in which nothing can be written.
        """
        refuse_overlap(self.folder, source)
        refuse_a_stand_in(self.folder)
        self._open_room()
        try:
            # Outermost: until the lock is open again, who interrupts would be told that nothing
            # was published.
            with self._finishing, held(self._room / "lock"):
                self._recover()
                self.staging.mkdir(exist_ok=True)
                try:
                    yield
                finally:
                    self._clear_staging()
        except CannotLock as fault:
            raise RefusedOutput("output-cannot-lock", path=fault.filename) from fault

    def published(self, known: Seen | None = None) -> dict[str, Published]:
        """The files that stand as the manifest says; *known* is what was seen last time.

        Best asked first: raises RefusedOutput if the folder holds a file that no build wrote. Where
        all looks as it did, that is left to :meth:`refuse_strangers`.
        """
        self._known, self._asked = known or Seen(), True
        if seen.stands(self.folder, self._manifest(), self._known):
            self._seen, self._looked = self._known, False
            return self._manifest().files
        found = self._look()
        self._seen, self._looked = found.seen, True
        return found.intact

    def refuse_strangers(self) -> None:
        """Raise RefusedOutput if the folder holds a file that no build wrote."""
        if not self._looked and self.folder.exists():
            with self._refused():
                self._seen = seen.around(self.folder, self._manifest(), self._seen, _NOT_ENTERED)
        self._looked = True

    def publish(
        self,
        made: Mapping[str, Made],
        intact: Mapping[str, Published],
        *,
        durable: bool = True,
        takedown: bool = False,
    ) -> Change:
        """Replace the published tree by *made*; *intact* is what :meth:`published` found.

        With *takedown* no file of the build before stays for readers of an old page. Without
        *durable* a loss of power may leave a site that the next build has to mend.
        """
        if not self._asked:
            self.published()
        self.refuse_strangers()
        before = self._manifest()
        after, staged = gather(made, intact, self.staging)
        if self._is_done(before, after, staged, takedown=takedown):
            return Change((), tuple(after), (), "")
        stay = () if takedown else graced(before.files, after)
        removed = tuple(sorted(path for path in before.files if path not in after))
        gone = {*removed, *before.graced}.difference(after, stay)
        order = steps(staged, gone, before.files) if before.files else Steps(put=tuple(staged))
        coming = Coming(
            steps=order,
            staged=staged,
            staying=(path for path in (*after, *stay) if path not in staged),
            manifest=manifest.written(Manifest(after, stay)),
            durable=durable,
            commit=self._finish,
        )
        way = self._place(coming, self._standing[0] if self._standing and before.files else b"")
        unchanged = tuple([path for path in after if path not in staged])
        change = Change(tuple(staged), unchanged, removed, way)
        if self._trees.spare.is_dir():
            throw_away(self._room / _COPY)
        else:
            whole.write(self._room / _COPY, coming.manifest)
        # What stays by grace is removed too: of what was seen, all is part of the site.
        self._note(change, [*staged, *removed, *gone])
        return change

    def seen(self) -> Seen | None:
        """What the next build should know; None if that is what this one knew."""
        return None if self._seen is self._known else self._seen

    def entries(self) -> dict[str, Published]:
        """Every file of the manifest, whether or not it still stands."""
        return self._manifest().files

    def _open_room(self) -> None:
        """Make the room beside the output, or inside where only the output itself is ours."""
        inside = self.folder / _ROOM_INSIDE
        try:
            room = inside if is_mount(self.folder) else self._room
            room.mkdir(parents=True, exist_ok=True)
        except OSError:
            if not self.folder.is_dir():
                raise
            room = inside
            room.mkdir(exist_ok=True)
        self._room = room
        ignore = self._room / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
        self._trees = Trees(self.folder, self._room)

    def _recover(self) -> None:
        """Finish or throw away what a build that was killed has begun."""
        with held_back():
            journal.roll_forward(self._room, self.folder)
        for left in [*self._room.iterdir(), self.folder / PART]:
            if left.name not in _KEPT:
                throw_away(left)
        self._standing = None
        self._asked = self._looked = False
        self._known = self._seen = Seen()

    def _clear_staging(self) -> None:
        # What a journal still speaks of is for the next build.
        if not journal.is_noted(self._room):
            throw_away(self.staging)

    def _manifest(self) -> Manifest:
        if self._standing is None:
            self._standing = manifest.read(self.folder) or (b"", self._copied_manifest())
        return self._standing[1]

    def _copied_manifest(self) -> Manifest:
        """What a copy says, where the manifest is damaged; none means that nothing is ours."""
        if not (self.folder / MANIFEST).is_file():
            return Manifest({})
        found = manifest.read(self._trees.spare) or manifest.read(self._room, _COPY)
        return found[1] if found else Manifest({})

    def _look(self) -> Look:
        ours = self._manifest()
        if not self.folder.exists():
            return Look({}, Seen())
        with self._refused():
            return seen.look(self.folder, ours, self._known, _NOT_ENTERED)

    @contextlib.contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except Stranger as stranger:
            reason = "output-has-strangers"
            raise RefusedOutput(reason, path=self.folder, file=stranger.path) from stranger

    def _is_done(
        self,
        before: Manifest,
        after: Mapping[str, Published],
        staged: Collection[str],
        *,
        takedown: bool,
    ) -> bool:
        """Whether nothing would change; what stays for one build longer alone is no change."""
        if staged or (takedown and before.graced) or not self.folder.is_dir():
            return False
        return after == before.files and bool(self._standing and self._standing[0])

    def _place(self, coming: Coming, standing: bytes) -> str:
        """Publish *coming* where *standing* is the manifest as it is written; the way taken."""
        if not self.folder.exists():
            self._trees.stand_up(coming)
            return "first"
        room, folder = self._room, self.folder
        # One page is whole at every instant by itself: no second tree need be linked for it.
        alone = coming.steps.is_one_page and not self._trees.spare.is_dir()
        if alone or not can_swap(room, folder):
            staged = coming.staged.items()
            sources = {path: os.path.relpath(file, room) for path, file in staged}
        elif self._trees.exchange(coming, standing):
            return "exchange" if self._trees.links else "copies"
        else:
            sources = {path: f"next/{path}" for path in coming.steps.put}
        coming.commit()
        noted = Journal(coming.steps, sources, coming.durable)
        journal.replace_files(room, folder, noted, coming.manifest)
        self._trees.discard()
        return "page" if alone else "files"

    def _finish(self) -> None:
        """From here to the end of the lock, a build that is interrupted goes on to its end."""
        self._finishing.enter_context(held_back())

    def _note(self, change: Change, touched: Collection[str]) -> None:
        """See what looks otherwise now: a new link changes the ctime of a file."""
        self._standing = None
        spare = self._trees.spare if self._trees.spare.is_dir() else None
        if change.way == "first" or self._trees.anew:
            self._seen = seen.anew(self.folder, [*change.written, *change.unchanged], spare)
        else:
            self._seen = seen.following(self._seen, self.folder, change.written, touched, spare)
