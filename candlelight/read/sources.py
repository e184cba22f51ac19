"""The files of an anthology: one quick look at folders, nothing is opened."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from candlelight.problems import Place, Problem, error, notice, warning
from candlelight.read.slugs import check_slug, same_slug

KINDS = {
    "stories": "story",
    "teams": "team",
    "communities": "community",
    "people": "person",
    "pages": "page",
}
_PHOTO_WORDS = ".jpg .jpeg .jpe .jfif .png .webp .gif .avif .mpo"
PHOTO_SUFFIXES = frozenset(_PHOTO_WORDS.split())
_OTHER_PHOTOS_WORDS = (
    ".heic .heif .tif .tiff .bmp .svg .psd .raw .dng .cr2 .cr3 .nef .arw .raf .orf .rw2 .jp2"
)
_OTHER_PHOTOS = frozenset(_OTHER_PHOTOS_WORDS.split())
_FILMS_WORDS = ".mp4 .mov .avi .mkv .webm .m4v .wmv .3gp .mp3 .m4a .wav .amr .aac"
_FILMS = frozenset(_FILMS_WORDS.split())
_TEXTS_WORDS = ".txt .doc .docx .wps .rtf .odt .html .htm .markdown .pdf"
_TEXTS = frozenset(_TEXTS_WORDS.split())
# What no terminal may be sent and no address may hold; lone surrogates are bytes of no encoding.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LEFTOVER = re.compile(
    r"\..*|~\$.*|.*~|.*\.(?:tmp|bak|swp|part|crdownload)|thumbs\.db|desktop\.ini|icon\r|__macosx",
    re.IGNORECASE,
)
# What whoever keeps the anthology lays beside it.
_PAPERS = re.compile(r"(?:licen[cs]e|readme|notice)(?:\..*)?", re.IGNORECASE)


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
    """Everything found, each list in path order."""

    documents: tuple[SourceFile, ...] = ()
    photos: tuple[SourceFile, ...] = ()
    site: SourceFile | None = None
    redirects: SourceFile | None = None
    problems: tuple[Problem, ...] = ()


def find_sources(root: Path) -> Sources:
    """Look through ``site.yaml`` and ``content/`` in *root*.

    Only regular files that lie inside *root* are taken, links followed; what is left aside is a
    problem, but for what editors' programs leave behind.
    """
    return _Search(root).run()


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ``图 2`` before ``图 10``: the order in which file names are listed."""
    parts = re.findall(r"(\d+)|(\D+)", name.casefold(), re.ASCII)
    key = tuple((0, int(digits[:100]), "") if digits else (1, 0, text) for digits, text in parts)
    return (*key, (2, 0, name))


class _Search:
    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.documents: list[SourceFile] = []
        self.photos: list[SourceFile] = []
        self.problems: list[Problem] = []

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
            tuple(sorted(self.documents, key=lambda file: file.path)),
            tuple(sorted(self.photos, key=lambda file: (file.owner, natural(file.path)))),
            site,
            redirects,
            tuple(self.problems),
        )

    def _single(self, path: str, kind: str) -> SourceFile | None:
        folder, _, name = path.rpartition("/")
        for entry in self._entries(folder, quiet=True):
            if entry.name == name:
                return self._regular(entry, path, kind, "")
        return None

    def _content(self) -> None:
        for entry in self._entries("content"):
            path = f"content/{entry.name}"
            if _PAPERS.fullmatch(entry.name) or path == "content/redirects.yaml":
                continue
            if not _is_folder(entry):
                expected = error("folder-expected", Place(path))
                self.problems.append(expected) if entry.name in KINDS else self._stray(path)
            elif entry.name not in KINDS:
                self._unknown_folder(path, entry.name)
            elif not self._leads_out(entry, path):
                self._kind(entry.name)

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
            if _is_folder(entry):
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
        photos = []
        others = []
        for entry in self._entries(path):
            inner = f"{path}/{entry.name}"
            suffix = _suffix(entry.name)
            if entry.name.lower() == "index.md":
                text = self._regular(entry, inner, kind, "") or text
            elif suffix in PHOTO_SUFFIXES:
                photos.append(self._regular(entry, inner, "photo", f"{path}/index.md"))
            elif _is_folder(entry):
                self.problems.append(warning("folder-too-deep", Place(inner), folder=entry.name))
            else:
                others.append(entry.name)
        if text is None:
            self._without_text(path, others)
            return None
        for other in others:
            if other.lower().endswith(".md"):
                self.problems.append(warning("text-second", Place(f"{path}/{other}"), file=other))
            else:
                self._stray(f"{path}/{other}")
        self.photos.extend(
            msgspec.structs.replace(photo, owner=text.path) for photo in photos if photo
        )
        return text

    def _without_text(self, path: str, others: list[str]) -> None:
        texts = [name for name in others if _suffix(name) in _TEXTS | {".md"}]
        if texts:
            problem = warning("index-misnamed", Place(path), file=texts[0])
        else:
            problem = warning("index-missing", Place(path))
        self.problems.append(problem)
        for other in others:
            if other not in texts[:1] and not other.lower().endswith(".md"):
                self._stray(f"{path}/{other}")

    def _beside(self, entry: os.DirEntry[str], path: str) -> None:
        suffix = _suffix(entry.name)
        if suffix in PHOTO_SUFFIXES and entry.is_file():
            self.problems.append(warning("photo-homeless", Place(path), file=entry.name))
        else:
            self._stray(path)

    def _stray(self, path: str) -> None:
        name = path.rpartition("/")[2]
        suffix = _suffix(name)
        if suffix in _OTHER_PHOTOS:
            problem = error("photo-format", Place(path), file=name, format=suffix[1:].upper())
        elif suffix in _FILMS:
            problem = warning("film-ignored", Place(path), file=name)
        elif suffix in _TEXTS:
            problem = warning("text-not-markdown", Place(path), file=name)
        else:
            problem = notice("file-stray", Place(path), file=name)
        self.problems.append(problem)

    def _entries(self, path: str, quiet: bool = False) -> Iterator[os.DirEntry[str]]:
        """What lies in the folder *path*, by name; a folder that cannot be read is an error."""
        try:
            with os.scandir(self.root / path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as failure:
            if not quiet:
                reason = failure.strerror or type(failure).__name__
                self.problems.append(error("folder-unreadable", Place(path), reason=reason))
            return
        for entry in entries:
            if _LEFTOVER.fullmatch(entry.name):
                continue
            if quiet or not (unreadable := _UNREADABLE.search(entry.name)):
                yield entry
            else:
                shown = _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", entry.name)
                sign = f"U+{ord(unreadable[0]):04X}"
                place = Place(f"{path}/{shown}")
                self.problems.append(error("slug-unsafe", place, slug=shown, character=sign))

    def _leads_out(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether *entry* is a folder that a link takes from outside the source: an error."""
        if not (entry.is_symlink() or _is_junction(entry)) or self._lies_inside(entry):
            return False
        self.problems.append(error("link-outside", Place(path), file=entry.name))
        return True

    def _regular(
        self, entry: os.DirEntry[str], path: str, kind: str, owner: str
    ) -> SourceFile | None:
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

    def _lies_inside(self, entry: os.DirEntry[str]) -> bool:
        return Path(os.path.realpath(entry.path)).is_relative_to(self.root)


def stands(root: Path, path: str) -> bool:
    """Whether a file stands at *path* that is *root*'s own: a link may not lead out of it."""
    try:
        file = (root / path).resolve(strict=True)
        return file.is_file() and file.is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is a folder or a link to one that can be looked at."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Windows has links between folders that are no symbolic links (told since Python 3.12)."""
    told = getattr(entry, "is_junction", None)
    return bool(told and told())


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - 10,000 Paths cost
