"""The files of an anthology: one quick look at folders, nothing is opened."""

from __future__ import annotations

import operator
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight.problems import Place, Problem, error, warning
from candlelight.read.filenames import (
    PHOTO_SUFFIXES,
    is_leftover,
    is_paper,
    is_text,
    is_usual,
    natural,
    stray,
    suffix_of,
    unreadable,
)
from candlelight.read.listings import Entry, Listing, Listings, is_folder, is_link
from candlelight.read.slugs import check_slug, same_slug

KINDS = {
    "stories": "story",
    "teams": "team",
    "communities": "community",
    "people": "person",
    "pages": "page",
}
_name = operator.attrgetter("name")
_path = operator.attrgetter("path")


class SourceFile(msgspec.Struct, frozen=True):
    """A file that the anthology is made from.

    *path* runs from the source folder, with ``/``, as the disk spells it; *owner* is the path of
    the document that a photo lies beside; *stamp* is size, mtime and ctime (ns), and inode.
    """

    path: str
    kind: str
    owner: str = ""
    stamp: tuple[int, ...] = ()


class Sources(msgspec.Struct, frozen=True):
    """Everything found, each list in path order; *listings* are for the next search."""

    documents: tuple[SourceFile, ...] = ()
    photos: tuple[SourceFile, ...] = ()
    site: SourceFile | None = None
    redirects: SourceFile | None = None
    problems: tuple[Problem, ...] = ()
    listings: Mapping[str, Listing] = {}


def find_sources(root: Path, known: Mapping[str, Listing] | None = None) -> Sources:
    """Look through ``site.yaml`` and ``content/`` in *root*; *known* are listings of last time.

    Only regular files that lie inside *root* are taken, links followed; what is left aside is a
    problem, but for what editors' programs leave behind.
    """
    return _Search(root, known or {}).run()


class _Search:
    def __init__(self, root: Path, known: Mapping[str, Listing]) -> None:
        self.root = Path(os.path.realpath(root))
        self._before = os.path.join(self.root, "")  # noqa: PTH118 - 10,000 Paths cost
        self.documents: list[SourceFile] = []
        self.photos: list[SourceFile] = []
        self.problems: list[Problem] = []
        self.listings = Listings(known)

    def run(self) -> Sources:
        site = self._single("site.yaml", "site")
        redirects = self._single("content/redirects.yaml", "redirects")
        content = Path(os.path.realpath(self.root / "content"))
        if not content.is_dir():
            self.problems.append(error("content-missing", Place("content")))
        elif not content.is_relative_to(self.root):
            self.problems.append(error("link-outside", Place("content"), file="content"))
        else:
            self._content()
        return Sources(
            tuple(sorted(self.documents, key=_path)),
            # Those of one text are in their order already.
            tuple(sorted(self.photos, key=operator.attrgetter("owner"))),
            site,
            redirects,
            tuple(self.problems),
            self.listings.found,
        )

    def _single(self, path: str, kind: str) -> SourceFile | None:
        """The file at *path*, which need not be there; that nobody may look is an error."""
        folder, _, name = path.rpartition("/")
        try:
            with os.scandir(self._before + folder) as found:
                entry = next((entry for entry in found if entry.name == name), None)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            # Taken for missing, a site of another name would be published.
            self.problems.append(error("file-unreadable", Place(path), file=name))
            return None
        return self._regular(entry, path, kind, "") if entry else None

    def _content(self) -> None:
        for entry in self._entries("content"):
            path = f"content/{entry.name}"
            if entry.name in KINDS:
                if not is_folder(entry):
                    self.problems.append(error("folder-expected", Place(path)))
                elif not self._leads_out(entry, path):
                    self._kind(entry.name)
            elif path == "content/redirects.yaml" or is_paper(entry.name):
                continue
            elif is_folder(entry):
                self._unknown_folder(path, entry.name)
            else:
                self.problems.append(stray(path))

    def _unknown_folder(self, path: str, name: str) -> None:
        # Late: a clean anthology never needs it.
        from candlelight.names import nearest

        near = nearest(name, KINDS, at_least=0.5)
        names = "、".join(KINDS)
        if near:
            self.problems.append(warning("folder-near", Place(path), folder=name, near=near))
        else:
            self.problems.append(warning("folder-unknown", Place(path), folder=name, names=names))

    def _kind(self, name: str) -> None:
        seen: dict[str, tuple[str, str]] = {}
        for entry in self._entries(f"content/{name}"):
            path = f"content/{name}/{entry.name}"
            if is_folder(entry):
                if self._leads_out(entry, path):
                    continue
                slug, found = entry.name, self._folder(path, KINDS[name])
            elif entry.name.lower().endswith(".md"):
                slug, found = entry.name[:-3], self._regular(entry, path, KINDS[name], "")
            else:
                self._beside(entry, path)
                continue
            if found is not None and self._is_good(slug, found.path, seen):
                self.documents.append(found)

    def _is_good(self, slug: str, path: str, seen: dict[str, tuple[str, str]]) -> bool:
        """Whether *slug* is safe and new; where two are alike both are named."""
        if problem := check_slug(slug, path):
            self.problems.append(problem)
            return False
        other, other_slug = seen.setdefault(same_slug(slug), (path, slug))
        if other == path:
            return True
        code = "slug-twice" if slug == other_slug else "slug-alike"
        self.problems.append(error(code, Place(path), slug=slug, other=other))
        self.problems.append(error(code, Place(other), slug=other_slug, other=path))
        return True

    def _folder(self, path: str, kind: str) -> SourceFile | None:
        text: SourceFile | None = None
        photos: list[Entry] = []
        others: list[str] = []
        wrong = len(self.problems)
        stamp, entries = self.listings.recall(path, self._before + path)
        listed = self._entries(path) if entries is None else entries
        for entry in listed:
            name = entry.name
            if name.lower() == "index.md":
                text = self._regular(entry, f"{path}/{name}", kind, "") or text
            elif suffix_of(name) in PHOTO_SUFFIXES:
                photos.append(entry)
            elif is_folder(entry):
                self.problems.append(
                    warning("folder-too-deep", Place(f"{path}/{name}"), folder=name)
                )
            else:
                others.append(name)
        if photos:
            self._photos(photos, path, text)
        if text is None:
            self._without_text(path, others)
            return None
        for other in others:
            if other.lower().endswith(".md"):
                self.problems.append(warning("text-second", Place(f"{path}/{other}"), file=other))
            else:
                self.problems.append(stray(f"{path}/{other}"))
        if entries is None and len(self.problems) == wrong:
            self.listings.remember(path, stamp, listed)
        return text

    def _photos(self, entries: list[Entry], path: str, text: SourceFile | None) -> None:
        """Take the photos that lie beside *text* in the folder *path*; without one, none."""
        if len(entries) > 1:
            entries.sort(key=lambda entry: natural(entry.name))
        for entry in entries:
            owner = text.path if text else ""
            photo = self._regular(entry, f"{path}/{entry.name}", "photo", owner)
            if photo and text:
                self.photos.append(photo)

    def _without_text(self, path: str, others: list[str]) -> None:
        texts = [name for name in others if is_text(name)]
        if texts:
            problem = warning("index-misnamed", Place(path), file=texts[0])
        else:
            problem = warning("index-missing", Place(path))
        self.problems.append(problem)
        for other in others:
            if other not in texts[:1] and not other.lower().endswith(".md"):
                self.problems.append(stray(f"{path}/{other}"))

    def _beside(self, entry: Entry, path: str) -> None:
        suffix = suffix_of(entry.name)
        if suffix in PHOTO_SUFFIXES and entry.is_file():
            self.problems.append(warning("photo-homeless", Place(path), file=entry.name))
        else:
            self.problems.append(stray(path))

    def _entries(self, path: str) -> list[Entry]:
        """What lies in the folder *path*, by name; a folder that cannot be read is an error."""
        try:
            with os.scandir(self._before + path) as found:
                entries: list[Entry] = list(found)
        except OSError as failure:
            reason = failure.strerror or type(failure).__name__
            self.problems.append(error("folder-unreadable", Place(path), reason=reason))
            return []
        if len(entries) > 1:
            entries.sort(key=_name)
        elif entries and entries[0].name == "index.md":
            return entries  # A text without photos: most folders hold nothing else.
        return [
            entry for entry in entries if is_usual(entry.name) or self._is_meant(entry.name, path)
        ]

    def _is_meant(self, name: str, path: str) -> bool:
        """Whether *name* is no program's leftover, and safe to show: else it is an error."""
        if is_leftover(name):
            return False
        shown, sign = unreadable(name)
        if not sign:
            return True
        place = Place(f"{path}/{shown}")
        self.problems.append(error("slug-unsafe", place, slug=shown, character=sign))
        return False

    def _leads_out(self, entry: Entry, path: str) -> bool:
        """Whether *entry* is a folder that a link takes from outside the source: an error."""
        if not is_link(entry) or self._lies_inside(entry):
            return False
        self.problems.append(error("link-outside", Place(path), file=entry.name))
        return True

    def _regular(self, entry: Entry, path: str, kind: str, owner: str) -> SourceFile | None:
        """The file behind *entry*, or None and the reason among the problems."""
        try:
            found = os.stat(entry.path)  # noqa: PTH116 - follows links, and costs half a Path
        except OSError:
            self.problems.append(error("file-unreadable", Place(path), file=entry.name))
            return None
        if not stat.S_ISREG(found.st_mode):
            self.problems.append(error("file-irregular", Place(path), file=entry.name))
            return None
        if entry.is_symlink() and not self._lies_inside(entry):
            self.problems.append(error("link-outside", Place(path), file=entry.name))
            return None
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        return SourceFile(path, kind, owner, stamp)

    def _lies_inside(self, entry: Entry) -> bool:
        return Path(os.path.realpath(entry.path)).is_relative_to(self.root)


def stands(root: Path, path: str) -> bool:
    """Whether a file stands at *path* that is *root*'s own: a link may not lead out of it."""
    try:
        file = (root / path).resolve(strict=True)
        return file.is_file() and file.is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
