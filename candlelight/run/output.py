"""The published folder: what stands in it, and putting a whole new tree in its place.

A build makes a new tree in a hidden folder beside the output, linking what is unchanged, and
exchanges the two. The manifest lies inside the tree, so it changes in the same instant. A crash
leaves the old or the new site whole; the next build clears what is left beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight.resources import LITTER
from candlelight.run.exchange import exchange
from candlelight.run.lock import held

MANIFEST = ".candlelight"
_LITTER = LITTER | {".DS_Store"}
"""What a file manager leaves behind when somebody looks at the site is no loss."""


class Published(msgspec.Struct, frozen=True):
    """One file of the site: the fingerprint of what it was made from, the SHA-256 of its bytes."""

    fingerprint: str
    digest: str


class Manifest(msgspec.Struct, frozen=True):
    """All files of a published tree by their path; the same site has the same manifest."""

    files: dict[str, Published]
    version: int = 1


class Made(msgspec.Struct, frozen=True):
    """One file to publish: its *content*, or a *path* to copy; both None if it stands unchanged."""

    fingerprint: str
    content: bytes | None = None
    path: str | None = None


class Seen(msgspec.Struct, frozen=True):
    """A published file when it was last looked at: size, mtime and ctime (ns), inode; SHA-256."""

    stamp: tuple[int, ...]
    digest: str


class Change(msgspec.Struct, frozen=True):
    """What a publication did, as sorted paths: written, unchanged, removed; and the way it took."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    way: str


class RefusedOutput(Exception):
    """The output folder is not safe to replace; *reason* is a message key, *given* fills it."""

    def __init__(self, reason: str, **given: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.given = given


class Output:
    """The published tree in *folder* and the room beside it where the next one is prepared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._room = folder.parent / f".{folder.name}.candlelight"

    @contextlib.contextmanager
    def locked(self, source: Path) -> Iterator[None]:
        """Refuse what must not be replaced, keep a second build out, and mend what a crash left."""
        refuse_overlap(self.folder, source)
        self._room.mkdir(parents=True, exist_ok=True)
        (self._room / ".gitignore").write_text("*\n", encoding="ascii")
        with held(self._room / "lock"):
            self._recover()
            self._refuse_strangers()
            try:
                yield
            finally:
                self._clear("next")

    def published(self, known: Mapping[str, Seen]) -> dict[str, Published]:
        """The files that stand as the manifest says.

        *known* are files as last seen: where the stamp agrees the digest is believed, everything
        else is read.
        """
        intact = {}
        for path, entry in self._manifest().files.items():
            with contextlib.suppress(OSError):
                file = self.folder / path
                seen = known.get(path)
                if seen and seen.stamp == _stamp(file):
                    digest = seen.digest
                else:
                    digest = hashlib.sha256(file.read_bytes()).hexdigest()
                if digest == entry.digest and not file.is_symlink():
                    intact[path] = entry
        return intact

    def publish(self, made: Mapping[str, Made], intact: Mapping[str, Published]) -> Change:
        """Replace the published tree by *made*; what is unchanged is linked from the old one."""
        before = self._manifest().files
        if self.folder.is_dir() and _is_what_stands(made, before):
            return Change((), tuple(sorted(made)), (), "")
        new = self._room / "next"
        files = {path: self._place(new, path, one, intact) for path, one in sorted(made.items())}
        change = _compare(before, files, intact)
        (new / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(Manifest(files))))
        way = exchange(new, self.folder, self._room / "old")
        self._clear("old")
        return Change(change.written, change.unchanged, change.removed, way)

    def seen(self) -> dict[str, Seen]:
        """Every published file as it stands now, to be believed by the next build."""
        return {
            path: Seen(_stamp(self.folder / path), entry.digest)
            for path, entry in self.entries().items()
        }

    def entries(self) -> dict[str, Published]:
        """Every file of the manifest, whether or not it still stands."""
        return self._manifest().files

    def _place(
        self, new: Path, path: str, made: Made, intact: Mapping[str, Published]
    ) -> Published:
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if made.content is not None:
            digest = hashlib.sha256(made.content).hexdigest()
            if path in intact and intact[path].digest == digest:
                _link(self.folder / path, target)
            else:
                target.write_bytes(made.content)
            return Published(made.fingerprint, digest)
        if made.path is not None:
            # Not a link: whoever writes into the output must not reach what the cache keeps.
            shutil.copyfile(made.path, target)
            return Published(made.fingerprint, hashlib.sha256(target.read_bytes()).hexdigest())
        _link(self.folder / path, target)
        return Published(made.fingerprint, intact[path].digest)

    def _manifest(self) -> Manifest:
        try:
            return msgspec.json.decode((self.folder / MANIFEST).read_bytes(), type=Manifest)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return Manifest({})

    def _recover(self) -> None:
        """Put back the old tree if a crash fell between two renames; clear what is half made."""
        old = self._room / "old"
        if old.exists() and not self.folder.exists():
            old.rename(self.folder)
        self._clear("old")
        self._clear("next")

    def _clear(self, name: str) -> None:
        shutil.rmtree(self._room / name, ignore_errors=True)

    def _refuse_strangers(self) -> None:
        """Files that no build wrote would be lost: say so instead."""
        if not self.folder.exists():
            return
        if not self.folder.is_dir() or self.folder.is_symlink():
            raise RefusedOutput("output-not-a-folder", path=self.folder)
        ours = self._manifest().files
        # Plain strings: a Path for each of ten thousand files costs more than to look for them.
        root = os.fspath(self.folder)
        for directory, folders, files in os.walk(root):
            links = [name for name in folders if os.path.islink(f"{directory}/{name}")]  # noqa: PTH114 - see above
            below = directory[len(root) + 1 :].replace(os.sep, "/")
            for name in (*files, *links):
                path = f"{below}/{name}" if below else name
                if path not in ours and path != MANIFEST and name not in _LITTER:
                    raise RefusedOutput("output-has-strangers", path=self.folder, file=path)


def refuse_overlap(output: Path, source: Path) -> None:
    """Raise RefusedOutput if *output* is, contains or lies in what the editors wrote.

    A folder of its own directly inside the source (``public/``) is the usual place and allowed;
    ``content``, ``templates``, ``assets`` and hidden folders of the source are not.
    """
    out, src = output.resolve(), source.resolve()
    if out == src or out in src.parents:
        raise RefusedOutput("output-holds-source", path=output)
    if src in out.parents:
        first = out.relative_to(src).parts[0]
        if first.startswith(".") and first != ".candlelight":
            raise RefusedOutput("output-in-source", path=output)
        if first in {"content", "templates", "assets", "candlelight", "tests", "docs", "tools"}:
            raise RefusedOutput("output-in-source", path=output)


def _is_what_stands(made: Mapping[str, Made], before: Mapping[str, Published]) -> bool:
    """Whether *made* holds the files of *before* and nothing new."""
    new = (one for one in made.values() if one.content is not None or one.path is not None)
    return made.keys() == before.keys() and not any(new)


def _stamp(file: Path) -> tuple[int, ...]:
    found = file.lstat()
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)  # No hard links here, or another file system.


def _compare(
    before: Mapping[str, Published], after: Mapping[str, Published], intact: Mapping[str, Published]
) -> Change:
    written: list[str] = []
    unchanged: list[str] = []
    for path, entry in after.items():
        same = path in intact and intact[path].digest == entry.digest
        (unchanged if same else written).append(path)
    removed = [path for path in before if path not in after]
    return Change(tuple(written), tuple(unchanged), tuple(sorted(removed)), "")
