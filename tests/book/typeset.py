"""Small books typeset on the spot, photos for them, and a profile of a press that never was."""

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst
from PIL import Image, ImageDraw

from candlelight.book.finish import PrintFile, placeholder
from candlelight.book.production import Production, Profile

PAGE = """
#set page(width: 100mm, height: 120mm, margin: 15mm, bleed: {bleed}mm)
#set document(title: "烛光", author: "甲", date: datetime(year: 2026, month: 1, day: 2))
#set text(lang: "zh", region: "cn", fill: {ink})
#let photo(key, width: 60mm, height: 40mm) = image(
  "photos/" + key + ".png", width: width, height: height, fit: "stretch", alt: key,
)
"""

TWO_PAGES = """
= One
Read #link("https://example.org")[more].

#photo("p1")
#pagebreak()
== Two
Again, small: #photo("p1", width: 30mm, height: 20mm)
#photo("p2")
"""

PRINT = Production(prints=True)


def typeset(
    folder: Path, body: str = TWO_PAGES, *, standards: str | list[str] = "1.7", ink: str = "black",
    bleed: int = 0, tags: bool = True,
) -> bytes:  # fmt: skip
    """Typst's PDF of *body*, with stand-ins for the photos p1 … p9."""
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    for number in range(1, 10):
        (folder / "photos" / f"p{number}.png").write_bytes(placeholder(f"p{number}"))
    text = PAGE.format(bleed=bleed, ink=ink) + body
    (folder / "book.typ").write_text(text, encoding="utf-8")
    return typst.compile(
        folder / "book.typ", root=folder, timestamp=0, pdf_standards=standards, pdf_tags=tags,
        ignore_system_fonts=True,
    )  # fmt: skip


def for_print(folder: Path, body: str = TWO_PAGES) -> bytes:
    """The same with bleed, in black ink, as the book asks for print."""
    return typeset(folder, body, standards="1.6", ink="cmyk(0%,0%,0%,100%)", bleed=3, tags=False)


def photos(
    folder: Path, ink: str = "rgb", size: tuple[int, int] = (900, 600)
) -> dict[str, PrintFile]:
    """Nine photos: the left half red, the right half white; each with a dot of its own."""
    mode = {"rgb": "RGB", "cmyk": "CMYK", "grey": "L"}[ink]
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for number in range(1, 10):
        picture = Image.new("RGB", size, "white")
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, size[0] // 2, size[1]), fill="red")
        draw.rectangle((0, 0, number, number), fill="blue")
        path = folder / f"p{number}-{ink}.jpg"
        picture.convert(mode).save(path, quality=90)
        made[f"p{number}"] = PrintFile(path, *size, ink)
    return made


def profile_bytes(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """An ICC profile with a description and nothing else."""
    text = b"A press that never was"
    described = b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + bytes(1 + 78)
    table = struct.pack(">I4sII", 1, b"desc", 144, len(described))
    head = bytearray(128)
    head[0:4] = struct.pack(">I", 144 + len(described))
    head[8:12] = b"\x02\x40\x00\x00"
    head[12:16], head[16:20], head[20:24], head[36:40] = kind, space, b"Lab ", b"acsp"
    head[68:80] = struct.pack(">III", 0x0000F6D6, 0x00010000, 0x0000D32D)
    return bytes(head) + table + described


def press() -> Production:
    """Printing with the profile above."""
    return Production(prints=True, profile=Profile(profile_bytes(), "A press that never was"))


@contextlib.contextmanager
def images_of(path: Path) -> Iterator[dict[str, pikepdf.Object]]:
    """The pictures of a finished file by the key of their photo."""
    with pikepdf.open(path) as pdf:
        things = [
            thing for page in pdf.pages for _, thing in page.resources.get("/XObject", {}).items()
        ]
        yield {str(thing.PhotoId): thing for thing in things}
