"""The last step of a PDF: the photos take their places, and it leaves whole or not at all.

Typst never sees a photo, only a strip of grey pixels that spell its key; it would decode each JPEG
into memory. Here the JPEG goes from its file into the book as it is, once, wherever it is shown.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pikepdf

from candlelight import whole
from candlelight.book.inspect import Findings, findings
from candlelight.book.jpeg import frame_of
from candlelight.book.objects import inner
from candlelight.book.production import Production, Reason, produce, x4_reasons
from candlelight.book.splice import Body, FromDisk, spliced

_SPELT = b"PhotoId "
_LONGEST_KEY = 512
_COMPONENTS = {"rgb": 3, "cmyk": 4, "grey": 1}
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


class PrintFile(msgspec.Struct, frozen=True):
    """A JPEG made for the book: where it is, its pixels, its *ink* (rgb, cmyk or grey)."""

    path: Path
    width: int
    height: int
    ink: str


class UnfitPhoto(ValueError):
    """A photo that is shown cannot go in: *key*, and what is wrong with its file."""

    def __init__(self, key: str, wrong: str) -> None:
        super().__init__(f"{key}: {wrong}")
        self.key = key
        self.wrong = wrong


class Finished(msgspec.Struct, frozen=True):
    """A file that stands: its place, its bytes, how many photos are in it.

    For the printer also what was found in it when it was read back, and what keeps it from being
    PDF/X-4: it bears the name only if that is nothing.
    """

    path: Path
    size: int
    photos: int
    found: Findings | None = None
    against: tuple[Reason, ...] = ()


def placeholder(key: str) -> bytes:
    """A PNG for Typst to set in place of the photo *key*, at any size with ``fit: "stretch"``.

    One row of grey pixels that spell ``PhotoId`` and the key in UTF-8: Typst keeps such samples as
    they are, and allows them in every standard of PDF, which it does not for pictures in PDF.
    """
    row = _SPELT + key.encode()
    head = struct.pack(">IIBBBBB", len(row), 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def finish(
    pdf: bytes | Path, photos: Mapping[str, PrintFile], production: Production, output: Path
) -> Finished:
    """Put *photos* into Typst's *pdf*, make it ready for *production*, and write it to *output*.

    The same input gives the same bytes. Raises UnfitPhoto, UnexpectedPdf, OSError; then whatever
    stood at *output* stands there still. A photo that no page shows is left out.
    """
    source = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    with whole.aside(output) as part:
        finished = _write(source, photos, production, part)
    return msgspec.structs.replace(finished, path=output)


def _write(
    source: bytes, photos: Mapping[str, PrintFile], production: Production, part: Path
) -> Finished:
    """Write the whole file to *part*; for the printer, read it back before it claims anything."""
    placed, size = _save(source, photos, production, part, claim=production.prints)
    if not production.prints:
        return Finished(part, size, placed)
    found = findings(part)
    against = tuple(x4_reasons(found))
    if against:
        _, size = _save(source, photos, production, part, claim=False)
        said = {key: text for key, text in found.metadata.items() if key != "pdfx"}
        found = msgspec.structs.replace(found, claims=(), metadata=said, size=size)
    return Finished(part, size, placed, found, against)


def _save(
    source: bytes,
    photos: Mapping[str, PrintFile],
    production: Production,
    part: Path,
    *,
    claim: bool,
) -> tuple[int, int]:
    """How many photos went in, and the size of the file."""
    part.write_bytes(source)  # A file is read several times as fast as bytes through Python.
    with pikepdf.open(part) as book:
        changed, placed = _with_photos(book, photos)
        if production.prints:
            for there in produce(book, production, claim=claim):
                changed[there.objgen[0]] = _body(there)
        trailer = _trailer(book)
    with part.open("wb") as file:
        file.writelines(spliced(source, changed, trailer))
        return placed, file.tell()


def _with_photos(book: pikepdf.Pdf, photos: Mapping[str, PrintFile]) -> tuple[dict[int, Body], int]:
    """The bodies of the pictures that give place to photos, and how many photos these are."""
    changed: dict[int, Body] = {}
    keys = set()
    for image in _images(book):
        key = _key(image)
        if key is None:
            continue
        if key not in photos:
            raise UnfitPhoto(key, "no such photo")
        keys.add(key)
        changed[image.objgen[0]] = _photo(key, photos[key])
    return changed, len(keys)


def _images(book: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every picture that a page shows, by itself or within a form, once."""
    seen: set[int] = set()
    for page in book.pages:
        waiting = [thing for _, thing in inner(page.resources, "/XObject").items()]
        while waiting:
            thing = waiting.pop()
            if thing.objgen[0] in seen:
                continue
            seen.add(thing.objgen[0])
            if thing.Subtype == "/Image":
                yield thing
            elif thing.Subtype == "/Form":
                inside = inner(thing, "/Resources", "/XObject")
                waiting += [part for _, part in inside.items()]


def _key(image: pikepdf.Object) -> str | None:
    """The key of the photo that *image* stands for, which its pixels spell; None for others."""
    if int(image.Height) != 1 or int(image.Width) > len(_SPELT) + _LONGEST_KEY:
        return None
    row = image.read_bytes()
    return row[len(_SPELT) :].decode() if row.startswith(_SPELT) else None


def _photo(key: str, photo: PrintFile) -> FromDisk:
    """A JPEG as a picture of the book; a look at its head makes sure of what it is."""
    try:
        frame = frame_of(photo.path)
        size = photo.path.stat().st_size
    except (OSError, ValueError) as unreadable:
        raise UnfitPhoto(key, str(unreadable)) from unreadable
    if (frame.width, frame.height) != (photo.width, photo.height):
        raise UnfitPhoto(key, f"{frame.width}×{frame.height} pixels")
    if frame.components != _COMPONENTS[photo.ink]:
        raise UnfitPhoto(key, f"{frame.components} inks, not {photo.ink}")
    decode = b"/Decode[1 0 1 0 1 0 1 0]" if frame.inverted else b""
    said = (
        f"/Type/XObject/Subtype/Image/Width {frame.width}/Height {frame.height}"
        f"/ColorSpace{_SPACES[frame.components]}/BitsPerComponent 8/Filter/DCTDecode"
    )
    return FromDisk(
        said.encode() + decode + b"/PhotoId" + pikepdf.String(key).unparse(), photo.path, size
    )


def _body(there: pikepdf.Object) -> bytes:
    """What stands between ``obj`` and ``endobj`` for a changed object."""
    if not isinstance(there, pikepdf.Stream):
        return bytes(there.unparse(resolved=True))
    data: bytes = there.read_raw_bytes()
    there.stream_dict["/Length"] = len(data)
    said: bytes = there.stream_dict.unparse(resolved=True)
    return said + b"\nstream\n" + data + b"\nendstream"


def _trailer(book: pikepdf.Pdf) -> dict[str, str]:
    trailer = book.trailer
    said = {key: f"{trailer['/' + key].objgen[0]} 0 R" for key in ("Root", "Info")}
    if "/ID" in trailer:
        said["ID"] = f"<{bytes(trailer.ID[0]).hex()}>"
    return said
