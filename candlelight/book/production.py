"""What makes a typeset file one for the printer: boxes, marks, the inks it is meant for, its claim.

The claim PDF/X-4 (ISO 15930-7) is made only for a file that has all that the standard asks, as far
as this house can see; nobody here has a licensed validator, so reports say "tagged as PDF/X-4".
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pikepdf

from candlelight.book.inspect import Findings
from candlelight.book.marks import Box, clip_to, crop_marks, sheet_around
from candlelight.book.objects import box_of

PDFX = "PDF/X-4"


class UnfitProfile(ValueError):
    """A file that is no ICC profile of a printing press; *found* says what it is instead."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class Profile(msgspec.Struct, frozen=True):
    """The ICC profile of a press: its bytes, the name it bears, its printing condition.

    *condition* is the name in the ICC's registry of characterisations, ``Custom`` if it has none.
    """

    data: bytes
    description: str
    condition: str = "Custom"


class Production(msgspec.Struct, frozen=True):
    """How a file leaves the house: for reading as Typst made it, or (*prints*) for the printer."""

    prints: bool = False
    marks: bool = True
    profile: Profile | None = None


READING = Production()


def read_profile(path: Path, condition: str = "Custom") -> Profile:
    """The profile in the file at *path*; raises UnfitProfile if it is not CMYK, OSError."""
    data = path.read_bytes()
    if len(data) < 128 or data[36:40] != b"acsp":
        raise UnfitProfile("no ICC profile")
    space = data[16:20].decode("ascii", "replace").strip()
    if space != "CMYK" or data[12:16] != b"prtr":
        raise UnfitProfile(f"{space} {data[12:16].decode('ascii', 'replace')}")
    from PIL import ImageCms  # Late: a book for reading has no press.

    try:
        described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data)))
    except (ImageCms.PyCMSError, OSError) as broken:
        raise UnfitProfile(str(broken)) from broken
    return Profile(data, described.strip() or path.stem, condition)


def produce(pdf: pikepdf.Pdf, production: Production, *, claim: bool) -> list[pikepdf.Object]:
    """Make *pdf*, as Typst wrote it, ready for the printer; returns every object touched or new.

    *claim* writes the name of the standard into the metadata.
    """
    touched = _pages(pdf, production.marks)
    _bare_root(pdf.Root)
    if production.profile is not None:
        touched += _intend(pdf, production.profile)
    pdf.trailer.Info["/Trapped"] = pikepdf.Name("/False")
    described = _describe(pdf, claim=claim)
    return [*touched, *described, pdf.Root, pdf.trailer.Info]


class _Sheet(NamedTuple):
    """What pages of one size share: their boxes, and the streams before and after their own."""

    boxes: Mapping[str, pikepdf.Array]
    before: list[pikepdf.Object]
    after: list[pikepdf.Object]


def _pages(pdf: pikepdf.Pdf, marks: bool) -> list[pikepdf.Object]:
    """Widen each sheet."""
    sheets: dict[tuple[Box, Box], _Sheet] = {}
    touched: list[pikepdf.Object] = []
    for page in pdf.pages:
        there = page.obj
        bleed = box_of(page.mediabox)
        trim = box_of(there.get("/TrimBox", page.mediabox))
        if (trim, bleed) not in sheets:
            made = _sheet(pdf, trim, bleed, marks)
            sheets[trim, bleed] = made
            touched += [*made.before, *made.after]
        sheet = sheets[trim, bleed]
        for key in ("/Annots", "/StructParents", "/Tabs", "/Group"):
            if key in there:
                del there[key]
        for key, box in sheet.boxes.items():
            there[key] = box
        if marks:
            own = there.get("/Contents", pikepdf.Array())
            parts = list(own) if isinstance(own, pikepdf.Array) else [own]
            there["/Contents"] = pikepdf.Array([*sheet.before, *parts, *sheet.after])
        touched.append(there)
    return touched


def _sheet(pdf: pikepdf.Pdf, trim: Box, bleed: Box, marks: bool) -> _Sheet:
    boxes = {"/TrimBox": _array(trim), "/BleedBox": _array(bleed)}
    if not marks:
        return _Sheet(boxes, [], [])
    boxes["/MediaBox"] = _array(sheet_around(bleed))
    before, after = clip_to(bleed), crop_marks(trim, bleed)
    return _Sheet(boxes, [pdf.make_stream(before)], [pdf.make_stream(after)])


def _array(box: Box) -> pikepdf.Array:
    return pikepdf.Array([round(edge, 5) for edge in box])


def _bare_root(root: pikepdf.Object) -> None:
    """Paper has no links, and the order in which to read aloud is lost on a press."""
    for key in ("/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AA", "/Names", "/AcroForm"):
        if key in root:
            del root[key]


def _intend(pdf: pikepdf.Pdf, profile: Profile) -> list[pikepdf.Object]:
    """Say which press the inks are meant for (ISO 15930-7, 6.2.2)."""
    stream = pdf.make_stream(profile.data)
    stream["/N"] = 4
    intent = {
        "/Type": pikepdf.Name("/OutputIntent"),
        "/S": pikepdf.Name("/GTS_PDFX"),
        "/OutputConditionIdentifier": pikepdf.String(profile.condition),
        "/OutputCondition": pikepdf.String(profile.description),
        "/Info": pikepdf.String(profile.description),
        "/DestOutputProfile": stream,
    }
    if profile.condition != "Custom":
        intent["/RegistryName"] = pikepdf.String("http://www.color.org")
    pdf.Root["/OutputIntents"] = pikepdf.Array([pikepdf.Dictionary(intent)])
    return [stream]


_NAMESPACES = (
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
)


def _describe(pdf: pikepdf.Pdf, *, claim: bool) -> list[pikepdf.Object]:
    """Add to Typst's XMP what PDF/X-4 asks of it (ISO 15930-7, 6.3)."""
    if "/Metadata" not in pdf.Root:
        return []
    stream = pdf.Root.Metadata
    text = stream.read_bytes().decode()
    text = re.sub(r"(<xmpMM:RenditionClass>)[^<]*", r"\1default", text)
    said = "<xmpMM:VersionID>1</xmpMM:VersionID><pdf:Trapped>False</pdf:Trapped>"
    if changed := re.search(r"<xmp:ModifyDate>([^<]*)", text):
        said += f"<xmp:MetadataDate>{changed[1]}</xmp:MetadataDate>"
    if claim:
        said += f"<pdfxid:GTS_PDFXVersion>{PDFX}</pdfxid:GTS_PDFXVersion>"
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES)
    more = f'<rdf:Description rdf:about="" {names}>{said}</rdf:Description>'
    stream.write(text.replace("</rdf:RDF>", more + "</rdf:RDF>").encode())
    return [stream]


class Reason(msgspec.Struct, frozen=True):
    """Why a file is not PDF/X-4: a message key, and what was found (a page, a font), or ``""``."""

    code: str
    what: str = ""


def x4_reasons(found: Findings) -> list[Reason]:
    """All that keeps a file from being called PDF/X-4; empty if nothing does.

    The claim itself is not looked at, so that a file may be asked before it is made.
    """
    return [*_file_reasons(found), *_page_reasons(found), *_colour_reasons(found)]


def _file_reasons(found: Findings) -> list[Reason]:
    asked = {
        "version": found.version <= "1.6",
        "encrypted": not found.encrypted,
        "no-id": found.has_id,
        "active": not found.active,
        "no-title": bool(found.metadata.get("title")),
        "no-dates": {"created", "changed", "described"} <= found.metadata.keys(),
        "no-versions": {"document", "version", "rendition"} <= found.metadata.keys(),
        "not-trapped": found.metadata.get("info_trapped") in {"/False", "/True"}
        and found.metadata.get("info_trapped") == f"/{found.metadata.get('trapped')}",
    }
    fonts = [Reason("font-missing", font.name) for font in found.fonts if not font.embedded]
    return [*(Reason(code) for code, held in asked.items() if not held), *fonts]


def _page_reasons(found: Findings) -> list[Reason]:
    reasons = []
    for number, page in enumerate(found.pages, 1):
        if not page.has_trim:
            reasons.append(Reason("no-trim", str(number)))
        if not (page.media.holds(page.bleed) and page.bleed.holds(page.trim)):
            reasons.append(Reason("boxes", str(number)))
        if page.annotations:
            reasons.append(Reason("annotations", str(number)))
    return reasons


def _colour_reasons(found: Findings) -> list[Reason]:
    """Device colours must be those of the press named in the intent; ours are never others."""
    intents = [intent for intent in found.intents if intent.kind == "GTS_PDFX"]
    if len(intents) != 1:
        return [Reason("no-intent")]
    reasons = [] if intents[0].inks == 4 else [Reason("intent-not-cmyk", intents[0].condition)]
    strange = found.colours - {"K", "CMYK", "grey", "spot", "pattern", "mask", "none"}
    return reasons + [Reason("colour", colour) for colour in sorted(strange)]
