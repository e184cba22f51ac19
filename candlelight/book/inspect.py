"""A finished PDF as facts: boxes, fonts, pictures, colours, claims.

Everything is read back from the file itself, every page of it; nothing is taken from the templates
or from what was meant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pikepdf

from candlelight.book.content import IDENTITY, Matrix, drawn, times
from candlelight.book.marks import MM, Box
from candlelight.book.objects import (
    FontFacts,
    Intent,
    blending_of,
    box_of,
    content_of,
    font_of,
    inner,
    intent_of,
    kind_of,
    shaded_of,
)

Number = int
"""The number of an object in its file."""


class PageFacts(msgspec.Struct, frozen=True):
    """One page: its boxes in points, the kinds of colour it sets, the kinds its letters have.

    *transparency* names what needs blending: ``group``, ``ca``, ``CA``, ``BM``, ``SMask``.
    """

    media: Box
    trim: Box
    bleed: Box
    has_trim: bool
    colours: tuple[str, ...]
    text: tuple[str, ...]
    annotations: int
    transparency: tuple[str, ...]


class ImageFacts(msgspec.Struct, frozen=True):
    """A picture: pixels, colour (grey, RGB, CMYK …), filter; *key* if it is one of the photos."""

    width: int
    height: int
    colour: str
    filter: str
    soft: bool
    key: str = ""


class Placed(msgspec.Struct, frozen=True):
    """Where a picture stands: page from 1, size in mm, the lower of its two resolutions."""

    page: int
    image: Number
    width: float
    height: float
    dpi: int


class Findings(msgspec.Struct, frozen=True):
    """A whole file. *claims* is what its metadata says of it (PDF/A-2B, PDF/UA-1, PDF/X-4)."""

    version: str
    size: int
    pages: tuple[PageFacts, ...]
    fonts: tuple[FontFacts, ...]
    images: Mapping[Number, ImageFacts]
    placed: tuple[Placed, ...]
    intents: tuple[Intent, ...]
    claims: tuple[str, ...]
    metadata: Mapping[str, str]
    tagged: bool
    language: str
    encrypted: bool
    has_id: bool
    active: tuple[str, ...]

    @property
    def colours(self) -> frozenset[str]:
        """Every kind of colour that a page sets or a picture has."""
        drawn_ones = {colour for page in self.pages for colour in page.colours}
        return frozenset(drawn_ones | {image.colour for image in self.images.values()})

    @property
    def text_colours(self) -> frozenset[str]:
        """Every kind of colour that letters have."""
        return frozenset(colour for page in self.pages for colour in page.text)


def findings(path: Path) -> Findings:
    """Read the file at *path*; raises pikepdf.PdfError if it is not a whole PDF, OSError."""
    with pikepdf.open(path) as pdf:
        reader = _Reader(pdf)
        pages = tuple(reader.page(number, page) for number, page in enumerate(pdf.pages, 1))
        said = _metadata(pdf)
        return Findings(
            version=pdf.pdf_version,
            size=path.stat().st_size,
            pages=pages,
            fonts=tuple(sorted(set(reader.fonts.values()))),
            images=reader.images,
            placed=tuple(reader.placed),
            intents=tuple(intent_of(intent) for intent in pdf.Root.get("/OutputIntents", ())),
            claims=_claims(said),
            metadata=said,
            tagged="/StructTreeRoot" in pdf.Root,
            language=str(pdf.Root.get("/Lang", "")),
            encrypted=pdf.is_encrypted,
            has_id="/ID" in pdf.trailer,
            active=tuple(key for key in _ACTIVE if key in pdf.Root),
        )


_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Collection")


class _Use(msgspec.Struct, frozen=True):
    """What a stream uses, with everything inside the forms that it places."""

    colours: frozenset[str]
    text: frozenset[str]
    images: tuple[tuple[Number, Matrix], ...]
    transparency: frozenset[str]


class _Reader:
    """Resources are shared between pages and forms: each is read once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._spaces: dict[bytes, Mapping[str, str]] = {}
        self._forms: dict[Number, _Use] = {}
        self.fonts: dict[Any, FontFacts] = {}
        self.images: dict[Number, ImageFacts] = {}
        self.placed: list[Placed] = []

    def page(self, number: int, page: pikepdf.Page) -> PageFacts:
        """The facts of one page; its pictures are added to those of the file."""
        there = page.obj
        resources = page.resources
        use = self._use(content_of(there.get("/Contents")), resources)
        self.placed += [_placed(number, image, self.images[image], m) for image, m in use.images]
        group = there.get("/Group")
        seen = use.transparency | ({"group"} if group is not None else set())
        media = box_of(page.mediabox)
        crop = _box(there, "/CropBox", media)
        return PageFacts(
            media=media,
            trim=_box(there, "/TrimBox", crop),
            bleed=_box(there, "/BleedBox", crop),
            has_trim="/TrimBox" in there,
            colours=tuple(sorted(use.colours)),
            text=tuple(sorted(use.text)),
            annotations=len(there.get("/Annots", ())),
            transparency=tuple(sorted(seen)),
        )

    def _use(self, content: bytes, resources: pikepdf.Object) -> _Use:
        self._read_fonts(resources)
        there = drawn(content, self._spaces_of(resources))
        colours, text = set(there.colours), set(there.text)
        transparency = set(blending_of(resources, there.states))
        colours |= set(shaded_of(resources, there))
        images: list[tuple[Number, Matrix]] = []
        for name, matrix in there.placed:
            thing = resources.XObject["/" + name]
            if thing.Subtype == "/Image":
                images.append((self._image(thing), matrix))
                transparency |= {"SMask"} if "/SMask" in thing else set()
                continue
            inside = self._form(thing)
            own = thing.get("/Matrix", IDENTITY)
            a, b, c, d, e, f = (float(number) for number in own)
            outer = times((a, b, c, d, e, f), matrix)
            images += [(image, times(inner, outer)) for image, inner in inside.images]
            colours |= inside.colours
            text |= inside.text
            transparency |= inside.transparency
        return _Use(frozenset(colours), frozenset(text), tuple(images), frozenset(transparency))

    def _form(self, form: pikepdf.Object) -> _Use:
        number = form.objgen[0]
        if number not in self._forms:
            use = self._use(form.read_bytes(), inner(form, "/Resources"))
            if "/Group" in form:
                use = msgspec.structs.replace(use, transparency=use.transparency | {"group"})
            self._forms[number] = use
        return self._forms[number]

    def _image(self, image: pikepdf.Object) -> Number:
        number: Number = image.objgen[0]
        if number not in self.images:
            mask = bool(image.get("/ImageMask", False))
            space = "mask" if mask else kind_of(image.get("/ColorSpace"))
            self.images[number] = ImageFacts(
                width=int(image.Width),
                height=int(image.Height),
                colour=space,
                filter=str(image.get("/Filter", "")).removeprefix("/"),
                soft="/SMask" in image,
                key=str(image.get("/PhotoId", "")),
            )
        return number

    def _spaces_of(self, resources: pikepdf.Object) -> Mapping[str, str]:
        spaces = resources.get("/ColorSpace")
        if spaces is None:
            return {}
        at = spaces.unparse()  # Within one file the same bytes mean the same objects.
        if at not in self._spaces:
            self._spaces[at] = {name[1:]: kind_of(space) for name, space in spaces.items()}
        return self._spaces[at]

    def _read_fonts(self, resources: pikepdf.Object) -> None:
        for _, font in inner(resources, "/Font").items():
            if font.objgen not in self.fonts:
                self.fonts[font.objgen] = font_of(font)


def _box(page: pikepdf.Object, key: str, otherwise: Box) -> Box:
    return box_of(page[key]) if key in page else otherwise


def _placed(page: int, number: Number, image: ImageFacts, matrix: Matrix) -> Placed:
    a, b, c, d, _, _ = matrix
    width, height = math.hypot(a, b), math.hypot(c, d)
    dpi = min(image.width / width, image.height / height) * 72 if width and height else 0
    return Placed(page, number, round(width / MM, 2), round(height / MM, 2), round(dpi))


_SAID = {
    "title": "dc:title", "creator": "dc:creator", "created": "xmp:CreateDate",
    "changed": "xmp:ModifyDate", "described": "xmp:MetadataDate", "document": "xmpMM:DocumentID",
    "version": "xmpMM:VersionID", "rendition": "xmpMM:RenditionClass", "trapped": "pdf:Trapped",
    "pdfa": "pdfaid:part", "pdfa_level": "pdfaid:conformance", "pdfua": "pdfuaid:part",
    "pdfx": "pdfxid:GTS_PDFXVersion",
}  # fmt: skip


def _metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """What the XMP says, by our own short names; absent where it says nothing."""
    if "/Metadata" not in pdf.Root:
        return {}
    xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    found = {ours: xmp.get(theirs) for ours, theirs in _SAID.items()}
    info = inner(pdf.trailer, "/Info").get("/Trapped")
    if info is not None:
        found["info_trapped"] = str(info)
    return {
        key: ", ".join(value) if isinstance(value, list) else str(value)
        for key, value in found.items()
        if value is not None
    }


def _claims(said: Mapping[str, str]) -> tuple[str, ...]:
    claims = []
    if "pdfa" in said:
        claims.append(f"PDF/A-{said['pdfa']}{said.get('pdfa_level', '')}")
    if "pdfua" in said:
        claims.append(f"PDF/UA-{said['pdfua']}")
    if "pdfx" in said:
        claims.append(said["pdfx"])
    return tuple(claims)
