"""The faces of the book as Typst wants them: a folder of TTFs, unpacked once from what is kept.

Typst reads no woff2. All that lies in ``assets/fonts/`` is unpacked, and what ``book.fonts`` of
``site.yaml`` names is put beside it, into a folder of the cache that is named by the digests of
them all. Its mark is checked at every use, byte for byte: a damaged folder is a missing one.

What lies in the folder is checked by CRC-32, a tenth of the work of a digest: it finds what a disk
or a power cut does to a file. Against a forger no digest would help, for the mark lies beside.
"""

from __future__ import annotations

import functools
import hashlib
import io
import itertools
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from candlelight import resources
from candlelight.problems import Place, Problem, error

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SERIF, KAI, EMOJI, ARABIC = "Noto Serif SC", "Candlelight Kai", "Noto Emoji", "Noto Naskh Arabic"
"""The families that are kept; the serif and the Kai have a bold, the Arabic face too."""

KINDS = frozenset({".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"})

_RECIPE = "2"
"""Changes when the same sources shall unpack to other bytes."""

_WHOLE = "whole.json"


class Faces(msgspec.Struct, frozen=True, dict=True):
    """The faces of a book: *folder* is Typst's font path, *files* are all that lie in it.

    *own* are the families of ``book.fonts``, in its order: they follow ours in the chain.
    *spans* are the code points that any face has, first and last of each run.
    """

    folder: Path
    files: tuple[Path, ...]
    own: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @functools.cached_property
    def characters(self) -> frozenset[int]:
        """The code points that any face has."""
        return frozenset(point for first, last in self.spans for point in range(first, last + 1))


class _Mark(msgspec.Struct, frozen=True):
    """What a folder says of itself, written last: each file's sum, each own one's families."""

    sums: dict[str, int]
    own: dict[str, tuple[str, ...]]
    spans: tuple[tuple[int, int], ...]


class _Unreadable(Exception):
    """A file that is no font; the argument says why."""


def faces(cache: Path, source: Path | None, own: Sequence[str] = ()) -> tuple[Faces, list[Problem]]:
    """The faces that are kept and the *own* ones, paths in *source*; an error for each broken one.

    The first call takes some 0.5 s, later ones read the files to see that they are whole.
    """
    kept = resources.files("assets/fonts", source)
    sources = {name: path.read_bytes() for name, path in kept.items() if _kind(name) in KINDS}
    theirs: dict[str, str] = {}
    refused: dict[str, str] = {}
    for value in dict.fromkeys(own):
        name = f"own-{len(theirs):02}-{PurePosixPath(value).name}"
        try:
            sources[name] = _own(source, value)
            theirs[_stem(name)] = value
        except _Unreadable as reason:
            refused[value] = str(reason)
    folder, mark = _folder(cache / "fonts", sources)
    unnamed = {value: "no family" for stem, value in theirs.items() if not mark.own.get(stem)}
    problems = [
        error("book-font", Place("site.yaml"), file=value, reason=reason)
        for value, reason in (refused | unnamed).items()
    ]
    files = tuple(folder / name for name in sorted(mark.sums))
    families = dict.fromkeys(
        itertools.chain.from_iterable(mark.own.get(stem, ()) for stem in theirs)
    )
    return Faces(folder, files, tuple(families), mark.spans), problems


def _own(source: Path | None, value: str) -> bytes:
    """The bytes of the font that ``book.fonts`` names; raises _Unreadable."""
    if _kind(value) not in KINDS:
        raise _Unreadable(", ".join(sorted(KINDS)))
    root = (source or Path()).resolve()
    path = (root / value).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise _Unreadable("not there")
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise _Unreadable(fault.strerror or str(fault)) from fault
    _prove(content)
    return content


def _prove(content: bytes) -> None:
    """Raise _Unreadable unless *content* is a font, or several, with characters and outlines."""
    try:
        usable = all(map(_usable, _opened(content)))
    except Exception as fault:  # fontTools raises whatever a broken table has led it to
        raise _Unreadable(str(fault) or type(fault).__name__) from fault
    if not usable:
        raise _Unreadable("no characters")


def _opened(content: bytes) -> list[TTFont]:
    from fontTools.ttLib import TTCollection, TTFont

    stream = io.BytesIO(content)
    return TTCollection(stream).fonts if content[:4] == b"ttcf" else [TTFont(stream, lazy=True)]


def _usable(font: TTFont) -> bool:
    """Has *font* a name, characters and outlines? What a line needs is read, and must be whole."""
    widths = [font[table] for table in ("head", "hhea", "maxp", "hmtx")]
    outlines = {"glyf", "CFF ", "CFF2"} & set(font.keys())
    return bool(widths and outlines and font["name"].getDebugName(1) and font.getBestCmap())


def _folder(cache: Path, sources: Mapping[str, bytes]) -> tuple[Path, _Mark]:
    """The folder in *cache* with *sources* unpacked, and its mark; made if it is not whole."""
    key = hashlib.sha256(_RECIPE.encode())
    for name, content in sorted(sources.items()):
        key.update(f"{name}\0{hashlib.blake2b(content).hexdigest()}\0".encode())
    folder = cache / key.hexdigest()[:24]
    if not (mark := _whole(folder)):
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=cache))
        try:
            mark = _unpack(sources, aside)
            _put(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _sweep(cache, folder)
    return folder, mark


def _unpack(sources: Mapping[str, bytes], folder: Path) -> _Mark:
    sums = {}
    points: set[int] = set()
    for name, content in sorted(sources.items()):
        made = _plain(content)
        suffix = {b"OTTO": ".otf", b"ttcf": ".ttc"}.get(made[:4], ".ttf")
        path = folder / f"{_stem(name)}{suffix}"
        path.write_bytes(made)
        sums[path.name] = zlib.crc32(made)
        points.update(*(font.getBestCmap() for font in _opened(made)))
    own = _families(folder) if any(name.startswith("own-") for name in sums) else {}
    mark = _Mark(sums, own, tuple(_spans(points)))
    (folder / _WHOLE).write_bytes(msgspec.json.encode(mark))
    return mark


def _plain(content: bytes) -> bytes:
    """*content* as Typst reads it; the tables of a woff2 are copied, not understood."""
    if content[:4] not in {b"wOF2", b"wOFF"}:
        return content
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    font.flavor = None
    made = io.BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


def _spans(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The runs of consecutive *points*, first and last."""
    ordered = sorted(points)
    gaps = [at for at in range(1, len(ordered)) if ordered[at] != ordered[at - 1] + 1]
    for start, end in itertools.pairwise([0, *gaps, len(ordered)]):
        yield ordered[start], ordered[end - 1]


def _whole(folder: Path) -> _Mark | None:
    """The mark of *folder*, if it holds what its mark says, to the byte."""
    try:
        mark = msgspec.json.decode((folder / _WHOLE).read_bytes(), type=_Mark)
        sums = {path.name: _sum(path) for path in folder.iterdir() if path.name != _WHOLE}
    except (OSError, ValueError):
        return None
    return mark if mark.sums == sums else None


def _sum(path: Path) -> int:
    """The CRC-32 of the file at *path*, read piece by piece into one place: faces are large."""
    found = 0
    piece = memoryview(bytearray(1 << 18))
    with path.open("rb", buffering=0) as file:
        while length := file.readinto(piece):
            found = zlib.crc32(piece[:length], found)
    return found


def _put(aside: Path, folder: Path) -> None:
    """Move *aside* to *folder*, unless another process was quicker."""
    old = aside.with_name(f".old-{aside.name}")
    try:
        if folder.exists() and not _whole(folder):
            folder.rename(old)
        aside.rename(folder)
    except OSError:
        if not _whole(folder):
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _sweep(cache: Path, kept: Path) -> None:
    """Remove what other fonts left here, once it is a day old: another process may still read."""
    for path in cache.iterdir():
        if path != kept and time.time() - path.stat().st_mtime > 86_400:
            shutil.rmtree(path, ignore_errors=True)


def _families(folder: Path) -> dict[str, tuple[str, ...]]:
    """By the stem of each own font in *folder*, its families, as Typst calls them."""
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    families: dict[str, tuple[str, ...]] = {}
    for font in sorted(found.fonts(), key=lambda font: (font.path or "", font.index)):
        stem = Path(font.path or "").stem
        if stem.startswith("own-"):
            families[stem] = tuple(dict.fromkeys([*families.get(stem, ()), font.family]))
    return families


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _stem(name: str) -> str:
    """What the file of the font *name* is called in the folder, without its suffix."""
    return str(PurePosixPath(name.replace("/", "-")).with_suffix(""))
