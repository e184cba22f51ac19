"""What the name of a file says: a photo, a film, a text, or what some program left behind."""

from __future__ import annotations

import re

from candlelight.patterns import Late
from candlelight.problems import Place, Problem, error, notice, warning

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
_USUAL_WORDS = "md yaml jpg jpeg png webp JPG JPEG PNG"
_USUAL = frozenset({"", *_USUAL_WORDS.split()})
# What no terminal may be sent and no address may hold; lone surrogates are bytes of no encoding.
_UNREADABLE = Late("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LEFTOVER = Late(
    r"(?i)\..*|~\$.*|.*~|.*\.(?:tmp|bak|swp|part|crdownload)|thumbs\.db|desktop\.ini|icon\r|__macosx"
)
# What whoever keeps the anthology lays beside it.
_PAPERS = Late(r"(?i)(?:licen[cs]e|readme|notice)(?:\..*)?")


def is_usual(name: str) -> bool:
    """Whether *name* is letters, digits, ``-`` and ``_`` with a usual suffix, or with none.

    Most are, and such a name is no leftover and can be read: it needs no closer look.
    """
    stem, _, suffix = name.partition(".")
    plain = stem.replace("-", "").replace("_", "").isalnum()
    return plain and suffix in _USUAL and stem[0] != "_"


def is_leftover(name: str) -> bool:
    """Whether *name* is one that editors' programs and systems leave behind."""
    return bool(_LEFTOVER.now.fullmatch(name))


def is_paper(name: str) -> bool:
    """Whether *name* is that of a licence or the like."""
    return bool(_PAPERS.now.fullmatch(name))


def unreadable(name: str) -> tuple[str, str]:
    """*name* as it can be shown, and its first sign that cannot, as ``U+202E``; else ``""``."""
    found = _UNREADABLE.now.search(name)
    if not found:
        return name, ""
    return _UNREADABLE.now.sub("\N{REPLACEMENT CHARACTER}", name), f"U+{ord(found[0]):04X}"


def suffix_of(name: str) -> str:
    """``.jpg`` for ``图 2.JPG``; *name* begins with no dot."""
    _, dot, suffix = name.rpartition(".")
    return (dot + suffix).lower() if dot else ""


def is_text(name: str) -> bool:
    """Whether *name* is that of a text, in our form or in another."""
    suffix = suffix_of(name)
    return suffix in _TEXTS or suffix == ".md"


def stray(path: str) -> Problem:
    """What is said of the file at *path*, which the anthology is not made from."""
    name = path.rpartition("/")[2]
    suffix = suffix_of(name)
    if suffix in _OTHER_PHOTOS:
        return error("photo-format", Place(path), file=name, format=suffix[1:].upper())
    if suffix in _FILMS:
        return warning("film-ignored", Place(path), file=name)
    if suffix in _TEXTS:
        return warning("text-not-markdown", Place(path), file=name)
    return notice("file-stray", Place(path), file=name)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ``图 2`` before ``图 10``: the order in which file names are listed."""
    parts = re.findall(r"(\d+)|(\D+)", name.casefold(), re.ASCII)
    key = tuple((0, int(digits[:100]), "") if digits else (1, 0, text) for digits, text in parts)
    return (*key, (2, 0, name))
