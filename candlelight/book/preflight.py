"""The list that goes with a file: what a printer would find in it, read back from the file itself.

Facts and faults are kept apart: the facts say what is there, a fault is where the file is not what
it was meant to be. Which of them stops a book is for the caller to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from candlelight.book.inspect import Findings, findings
from candlelight.book.marks import MM
from candlelight.book.objects import FontFacts
from candlelight.book.production import Reason, x4_reasons

DPI = 300
"""A photo shown at fewer pixels to the inch looks soft in print."""

_NEAR = 0.05
"""Millimetres by which a box may differ: Typst writes points to a few decimals."""


class Expected(msgspec.Struct, frozen=True):
    """What the file was meant to be, and what only the caller knows.

    *trim* in mm (None: not looked at), *bleed* in mm. *stories* is the place of the story of each
    photo, by its key; *missing* the characters without a glyph, by place. *claims* are the
    standards asked for, as in ``Findings.claims``.
    """

    trim: tuple[float, float] | None = None
    bleed: float = 0
    prints: bool = False
    stories: Mapping[str, str] = {}
    missing: Mapping[str, str] = {}
    claims: tuple[str, ...] = ()
    dpi: int = DPI


class Soft(msgspec.Struct, frozen=True):
    """A photo with too few pixels for its size: mm on the page, pixels to the inch."""

    key: str
    story: str
    page: int
    width: float
    height: float
    dpi: int


class Size(msgspec.Struct, frozen=True):
    """A size in mm and the number of pages that have it."""

    width: float
    height: float
    pages: int


class Preflight(msgspec.Struct, frozen=True):
    """All that the list says of one file; as JSON it has these names.

    *bleed* is the narrowest on any side of any page, in mm. *photos* counts pictures, *shown* the
    times they are shown. *colours* and *text_colours* are those of ``content.Drawn``; *images*
    counts pictures by colour. *coloured_text* are the pages with letters in other than black ink.
    *against* is why the file is not PDF/X-4 (for print only), *faults* where it is not what was
    meant.
    """

    file: str
    size: int
    version: str
    pages: int
    trims: tuple[Size, ...]
    sheets: tuple[Size, ...]
    bleed: float
    fonts: tuple[FontFacts, ...]
    photos: int
    shown: int
    soft: tuple[Soft, ...]
    missing: Mapping[str, str]
    colours: tuple[str, ...]
    text_colours: tuple[str, ...]
    coloured_text: tuple[int, ...]
    images: Mapping[str, int]
    transparency: tuple[int, ...]
    links: int
    tagged: bool
    language: str
    intent: str
    claims: tuple[str, ...]
    against: tuple[Reason, ...]
    faults: tuple[Reason, ...]


def preflight(path: Path, expected: Expected, found: Findings | None = None) -> Preflight:
    """Read the file at *path*, or take what was *found* in it, and hold it against *expected*.

    Raises pikepdf.PdfError if it is not a whole PDF, OSError.
    """
    found = found or findings(path)
    photos = {number for number, image in found.images.items() if image.key}
    return Preflight(
        file=path.name,
        size=found.size,
        version=found.version,
        pages=len(found.pages),
        trims=_sizes(page.trim.size for page in found.pages),
        sheets=_sizes(page.media.size for page in found.pages),
        bleed=min((_bleed(found, n) for n in range(len(found.pages))), default=0.0),
        fonts=found.fonts,
        photos=len(photos),
        shown=sum(one.image in photos for one in found.placed),
        soft=tuple(_soft(found, expected)),
        missing=dict(expected.missing),
        colours=tuple(sorted(found.colours)),
        text_colours=tuple(sorted(found.text_colours)),
        coloured_text=tuple(n for n, page in enumerate(found.pages, 1) if set(page.text) - {"K"}),
        images=dict(sorted(Counter(image.colour for image in found.images.values()).items())),
        transparency=tuple(n for n, page in enumerate(found.pages, 1) if page.transparency),
        links=sum(page.annotations for page in found.pages),
        tagged=found.tagged,
        language=found.language,
        intent=next((i.description or i.condition for i in found.intents), ""),
        claims=found.claims,
        against=tuple(x4_reasons(found)) if expected.prints else (),
        faults=tuple(_faults(found, expected)),
    )


def as_json(found: Sequence[Preflight]) -> str:
    """The lists of the files of one book for other programs, two spaces an indent."""
    return msgspec.json.format(msgspec.json.encode(found)).decode() + "\n"


def _sizes(sizes: Iterable[tuple[float, float]]) -> tuple[Size, ...]:
    """Each size once with its number of pages, the most frequent first."""
    return tuple(Size(*size, pages) for size, pages in Counter(sizes).most_common())


def _bleed(found: Findings, number: int) -> float:
    page = found.pages[number]
    trim, bleed = page.trim, page.bleed
    sides = (
        trim.left - bleed.left,
        trim.bottom - bleed.bottom,
        bleed.right - trim.right,
        bleed.top - trim.top,
    )
    return round(min(sides) / MM, 2)


def _soft(found: Findings, expected: Expected) -> Iterator[Soft]:
    """Photos below the resolution asked for; each page of a photo cut in two counts."""
    for one in found.placed:
        key = found.images[one.image].key
        if key and one.dpi < expected.dpi:
            story = expected.stories.get(key, "")
            yield Soft(key, story, one.page, one.width, one.height, one.dpi)


def _faults(found: Findings, expected: Expected) -> Iterator[Reason]:
    """Where the file is not what was meant, by message key."""
    if not found.pages:
        yield Reason("empty")
    yield from (Reason("font-missing", font.name) for font in found.fonts if not font.embedded)
    for key in sorted(_empty(found)):
        yield Reason("photo-missing", key)
    for number, page in enumerate(found.pages, 1):
        if expected.trim and any(
            abs(is_ - meant) > _NEAR
            for is_, meant in zip(page.trim.size, expected.trim, strict=True)
        ):
            width, height = page.trim.size
            yield Reason("trim", f"{number}: {width:g} × {height:g}")
        if abs(_bleed(found, number - 1) - expected.bleed) > _NEAR:
            yield Reason("bleed", f"{number}: {_bleed(found, number - 1):g}")
    for claim in expected.claims:
        if claim not in found.claims:
            yield Reason("claim", claim)
    if expected.prints:
        yield from _press_faults(found)


def _empty(found: Findings) -> Iterator[str]:
    """Photos whose stand-in is still there."""
    return (i.key for i in found.images.values() if i.key and i.filter != "DCTDecode")


def _press_faults(found: Findings) -> Iterator[Reason]:
    for colour in sorted(found.colours & {"RGB", "Lab"}):
        yield Reason("colour", colour)
    for number, page in enumerate(found.pages, 1):
        if "grey" in page.text or "RGB" in page.text:
            yield Reason("text", str(number))
        if page.transparency:
            yield Reason("transparency", f"{number}: {', '.join(page.transparency)}")
