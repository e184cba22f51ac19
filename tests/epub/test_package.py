"""The container: what a reading system opens, and what must never differ."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from candlelight import messages
from tests.anthology import Anthology
from tests.epub.shelf import bind

OPF = "{http://www.idpf.org/2007/opf}"


def test_the_mimetype_comes_first_and_is_stored(told: Anthology) -> None:
    with zipfile.ZipFile(bind(told.root).path) as book:
        first = book.infolist()[0]
        assert first.filename == "mimetype"
        assert first.compress_type == zipfile.ZIP_STORED
        assert book.read(first) == b"application/epub+zip"


def test_the_same_anthology_gives_the_same_bytes(told: Anthology, tmp_path: Path) -> None:
    told.photo("first-snow")
    one = bind(told.root, tmp_path / "one.epub").path.read_bytes()
    assert one == bind(told.root, tmp_path / "other.epub").path.read_bytes()


def test_no_entry_tells_when_or_on_which_system_it_was_made(told: Anthology) -> None:
    with zipfile.ZipFile(bind(told.root).path) as book:
        for entry in book.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.external_attr) == (3, 0o644 << 16)


def test_the_manifest_names_every_file_once_and_no_other(told: Anthology) -> None:
    told.photo("first-snow")
    book = bind(told.root)
    listed = [item.attrib["href"] for item in book.tree("package.opf").iter(f"{OPF}item")]
    packed = [name.removeprefix("EPUB/") for name in book.files if name.startswith("EPUB/")]
    assert sorted(listed) == sorted(set(packed) - {"package.opf"})


def test_every_file_is_well_formed(told: Anthology) -> None:
    for name, content in bind(told.root).files.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            ET.fromstring(content)


def test_names_in_the_book_are_plain_ascii(anthology: Anthology) -> None:
    anthology.story("初雪", title="初雪").photo("初雪", "照 片.jpg")
    assert all(name.isascii() and " " not in name for name in bind(anthology.root).files)


def test_an_old_book_stays_until_the_new_one_is_whole(told: Anthology, tmp_path: Path) -> None:
    told.photo("first-snow")
    book = bind(told.root)
    before = book.path.read_bytes()
    for photo in (told.root.parent / f"{told.root.name}-cache/photos").iterdir():
        photo.unlink()
    from candlelight.epub.book import write_epub
    from tests.epub.shelf import STANDING_IN

    with pytest.raises(FileNotFoundError):
        write_epub(book.plan, STANDING_IN, messages.load("epub", "zh-Hans"), book.path)
    assert book.path.read_bytes() == before
    assert not list(book.path.parent.glob(".*.part"))


def test_the_report_counts_what_was_written(told: Anthology) -> None:
    told.photo("first-snow")
    book = bind(told.root)
    assert (book.report.stories, book.report.photos) == (3, 1)
    assert book.report.size == book.path.stat().st_size
