"""The container of an e-book: a zip with the same bytes for the same content (EPUB OCF 3.3)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from candlelight import whole

MIMETYPE = b"application/epub+zip"
FOLDER = "EPUB"
_LEVEL = 9
_PACKED = frozenset({"image/jpeg", "font/woff2"})
"""What is packed already is stored as it is."""


class Item(msgspec.Struct, frozen=True):
    """A file of the book: its bytes, or the *file* on the disk to take them from.

    *href* is its path from the package document; *linear* says whether it stands in the order of
    reading, None that it is no text.
    """

    href: str
    media_type: str
    content: bytes = b""
    file: str = ""
    properties: str = ""
    linear: bool | None = None

    @property
    def id(self) -> str:
        """Its identifier in the package, unique because *href* is."""
        return "i-" + self.href.replace("/", "-").replace(".", "-")


def write_package(output: Path, container: bytes, package: bytes, items: Iterable[Item]) -> int:
    """Write the e-book, whole or not at all; returns its size in bytes.

    An old file at *output* stays until the new one is safe on the disk. Raises OSError.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    whole.sweep(output)
    with whole.aside(output, lasting=True) as part, zipfile.ZipFile(part, "w") as book:
        book.writestr(_entry("mimetype", stored=True), MIMETYPE)
        book.writestr(_entry("META-INF/container.xml"), container, compresslevel=_LEVEL)
        book.writestr(_entry(f"{FOLDER}/package.opf"), package, compresslevel=_LEVEL)
        for item in items:
            _add(book, item)
    return output.stat().st_size


def _add(book: zipfile.ZipFile, item: Item) -> None:
    entry = _entry(f"{FOLDER}/{item.href}", stored=item.media_type in _PACKED)
    if not item.file:
        book.writestr(entry, item.content, compresslevel=_LEVEL)
        return
    with Path(item.file).open("rb") as source, book.open(entry, "w") as target:
        shutil.copyfileobj(source, target)


def _entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """An entry that tells neither the time nor the system it was made on."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
