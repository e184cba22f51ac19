"""The objects of a PDF understood one at a time: fonts, colour spaces, graphics states, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pikepdf

from candlelight.book.content import Drawn
from candlelight.book.marks import Box


class FontFacts(msgspec.Struct, frozen=True, order=True):
    """A font by its name in the file, without the letters that mark a subset."""

    name: str
    kind: str
    embedded: bool
    subset: bool


class Intent(msgspec.Struct, frozen=True):
    """An OutputIntent: kind (GTS_PDFX …), condition, description, inks of its profile or 0."""

    kind: str
    condition: str
    description: str
    inks: int


def inner(outer: pikepdf.Object, *keys: str) -> pikepdf.Object:
    """The dictionary reached from *outer* by *keys*, an empty one where any of them lacks."""
    for key in keys:
        outer = outer.get(key, pikepdf.Dictionary())
    return outer


def content_of(contents: pikepdf.Object | None) -> bytes:
    """A page's operators: its streams count as one (ISO 32000-1, 7.8.2)."""
    if contents is None:
        return b""
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(part.read_bytes() for part in parts)


_KINDS = {1: "grey", 3: "RGB", 4: "CMYK"}
_NAMED = {
    "/DeviceGray": "grey", "/CalGray": "grey", "/DeviceRGB": "RGB", "/CalRGB": "RGB",
    "/DeviceCMYK": "CMYK", "/Pattern": "pattern", "/Lab": "Lab",
}  # fmt: skip


def kind_of(space: pikepdf.Object | None) -> str:
    """The kind of a colour space; an indexed one is of the kind of its base."""
    if space is None:
        return "none"
    if not isinstance(space, pikepdf.Array):
        return _NAMED.get(str(space), "spot")
    family = str(space[0])
    if family == "/ICCBased":
        return _KINDS.get(int(space[1].N), "spot")
    if family == "/Indexed":
        return kind_of(space[1])
    return _NAMED.get(family, "spot")


def shaded_of(resources: pikepdf.Object, there: Drawn) -> Iterator[str]:
    """The kinds of colour in the gradients of *resources*, where any is drawn."""
    shadings = inner(resources, "/Shading")
    for name in there.shadings:
        if "/" + name in shadings:
            yield kind_of(shadings["/" + name].get("/ColorSpace"))
    if "pattern" in there.colours:
        for _, pattern in inner(resources, "/Pattern").items():
            if "/Shading" in pattern:
                yield kind_of(pattern.Shading.get("/ColorSpace"))


def blending_of(resources: pikepdf.Object, states: frozenset[str]) -> Iterator[str]:
    """What the graphics states in use ask of transparency."""
    for name in states:
        state = inner(resources, "/ExtGState", "/" + name)
        yield from (key for key in ("ca", "CA") if float(state.get("/" + key, 1)) < 1)
        if str(state.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}:
            yield "BM"
        if str(state.get("/SMask", "/None")) != "/None":
            yield "SMask"


def font_of(font: pikepdf.Object) -> FontFacts:
    """The facts of a font; one drawn by streams (Type 3) needs no file."""
    base = str(font.get("/BaseFont", font.get("/Name", "")))[1:]
    under = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner(under, "/FontDescriptor")
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    embedded = str(font.Subtype) == "/Type3" or any(file in descriptor for file in files)
    subset = re.match(r"[A-Z]{6}\+", base)
    name = base[7:] if subset else base
    name = re.sub(r"-Identity-[HV]$", "", name)
    return FontFacts(name, str(font.Subtype)[1:], embedded, subset is not None)


def box_of(box: pikepdf.Object) -> Box:
    """A box whose corners may come in any order (ISO 32000-1, 7.9.5)."""
    left, bottom, right, top = map(float, box)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def intent_of(intent: pikepdf.Object) -> Intent:
    """What an OutputIntent says."""
    profile = intent.get("/DestOutputProfile")
    return Intent(
        kind=str(intent.get("/S", ""))[1:],
        condition=str(intent.get("/OutputConditionIdentifier", "")),
        description=str(intent.get("/Info", "")),
        inks=int(profile.N) if profile is not None else 0,
    )
