"""The faces of the book as Typst wants them: a folder of TTFs, unpacked once from what is kept.

Typst reads no woff2. All that lies in ``assets/fonts/`` is unpacked, and what ``book.fonts`` of
``site.yaml`` names is put beside it, into a folder of the cache that is named by the digests of
them all. Its mark is checked at every use: a damaged folder is a missing one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from candlelight import resources
from candlelight.problems import Place, Problem, error

SERIF, KAI, EMOJI, ARABIC = "Noto Serif SC", "Candlelight Kai", "Noto Emoji", "Noto Naskh Arabic"
"""The families that are kept; the serif and the Kai have a bold, the Arabic face too."""

KINDS = frozenset({".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"})

_RECIPE = "1"
"""Changes when the same sources shall unpack to other bytes."""

_WHOLE = "whole.json"


class Faces(msgspec.Struct, frozen=True):
    """The faces of a book: *folder* is Typst's font path, *files* are all that lie in it.

    *own* are the families of ``book.fonts``, in its order: they follow ours in the chain.
    """

    folder: Path
    files: tuple[Path, ...]
    own: tuple[str, ...] = ()


class _Unreadable(Exception):
    """A file that is no font; the argument says why."""


def unpacked(cache: Path, source: Path | None) -> Path:
    """The folder with the kept faces alone; see :func:`faces`."""
    return faces(cache, source)[0].folder


def faces(
    cache: Path, source: Path | None, own: Sequence[str] = ()
) -> tuple[Faces, list[Problem]]:
    """The faces that are kept and the *own* ones, paths in *source*; an error for each broken one.

    The first call takes some 0.5 s, later ones read the files to see that they are whole.
    """
    kept = resources.files("assets/fonts", source)
    sources = {name: path.read_bytes() for name, path in kept.items() if _kind(name) in KINDS}
    theirs: dict[str, bytes] = {}
    problems: list[Problem] = []
    for value in dict.fromkeys(own):
        try:
            theirs[f"own/{len(theirs)}-{PurePosixPath(value).name}"] = _own(source, value)
        except _Unreadable as reason:
            problems.append(error("book-font", Place("site.yaml"), file=value, reason=reason))
    folder = _folder(cache / "fonts", sources | theirs)
    files = tuple(sorted(path for path in folder.iterdir() if path.name != _WHOLE))
    return Faces(folder, files, _families(folder) if theirs else ()), problems


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
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        stream = io.BytesIO(content)
        fonts = TTCollection(stream).fonts if content[:4] == b"ttcf" else [TTFont(stream)]
        for font in fonts:
            named = font["name"].getDebugName(1) and font.getBestCmap()
            if not named or not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
                raise _Unreadable("no characters")
            font["head"], font["hhea"], font["maxp"], font["hmtx"]
    except _Unreadable:
        raise
    except (TTLibError, OSError, KeyError, ValueError, AssertionError) as fault:
        raise _Unreadable(str(fault) or type(fault).__name__) from fault
    except Exception as fault:  # noqa: BLE001 - fontTools raises whatever a broken table led it to
        raise _Unreadable(type(fault).__name__) from fault


def _folder(cache: Path, sources: Mapping[str, bytes]) -> Path:
    """The folder in *cache* with *sources* unpacked; made if it is not there whole."""
    key = hashlib.sha256(_RECIPE.encode())
    for name, content in sorted(sources.items()):
        key.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\0".encode())
    folder = cache / key.hexdigest()[:24]
    if not _whole(folder):
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=cache))
        try:
            _unpack(sources, aside)
            _put(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _sweep(cache, folder)
    return folder


def _unpack(sources: Mapping[str, bytes], folder: Path) -> None:
    digests = {}
    for name, content in sources.items():
        made = _plain(content)
        suffix = {b"OTTO": ".otf", b"ttcf": ".ttc"}.get(made[:4], ".ttf")
        path = folder / PurePosixPath(name.replace("/", "-")).with_suffix(suffix)
        path.write_bytes(made)
        digests[path.name] = hashlib.sha256(made).hexdigest()
    (folder / _WHOLE).write_text(json.dumps(digests, ensure_ascii=False), "utf-8")


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


def _whole(folder: Path) -> bool:
    """Does *folder* hold what its mark says, to the byte?"""
    try:
        digests: dict[str, str] = json.loads((folder / _WHOLE).read_text("utf-8"))
        names = {path.name for path in folder.iterdir()} - {_WHOLE}
        return digests.keys() == names and all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in digests.items()
        )
    except (OSError, ValueError, AttributeError):
        return False


def _put(aside: Path, folder: Path) -> None:
    """Move *aside* to *folder*, unless another process was quicker."""
    old = aside.with_name(f".old-{aside.name}")
    try:
        if folder.exists() and not _whole(folder):
            os.rename(folder, old)
        os.rename(aside, folder)
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


def _families(folder: Path) -> tuple[str, ...]:
    """The families of the own fonts in *folder*, each once, as Typst calls them."""
    import typst

    kept = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    found: Iterable[tuple[str, str]] = (
        (Path(font.path or "").name, font.family) for font in kept.fonts()
    )
    return tuple(
        dict.fromkeys(family for name, family in sorted(found) if name.startswith("own-"))
    )


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
