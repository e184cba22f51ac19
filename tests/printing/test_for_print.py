"""The book for the printer: boxes, marks, inks; what a prepress department looks at first."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from candlelight.book.marks import MM
from tests.anthology import Anthology, Printed
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

TRIMS = {"185x260": (185, 260), "170x240": (170, 240), "A5": (148, 210), "A4": (210, 297)}
RGB = re.compile(rb"(?<![\w/.-])(?:[\d.]+\s+){3}(?:rg|RG)(?!\w)")


@pytest.fixture(scope="module")
def pages(printed: Printed) -> Paper:
    return Paper(printed.files[0])


@pytest.fixture(scope="module")
def cover(printed: Printed) -> Paper:
    return Paper(printed.files[1])


def test_it_is_a_file_of_pages_and_one_of_the_cover(printed: Printed) -> None:
    assert [file.name for file in printed.files] == ["printed.pdf", "printed-cover.pdf"]


def test_trim_and_bleed_boxes_lie_where_the_printer_cuts(pages: Paper) -> None:
    for page in pages.facts.pages:
        assert page.has_trim
        assert page.trim.size == pytest.approx((185, 260), abs=0.05)
        assert page.bleed.size == pytest.approx((191, 266), abs=0.1)
        assert page.trim.left - page.bleed.left == pytest.approx(3 * MM, abs=0.1)
        assert page.trim.bottom - page.bleed.bottom == pytest.approx(3 * MM, abs=0.1)


def test_the_sheet_has_room_for_crop_marks_outside_of_the_bleed(pages: Paper) -> None:
    for page in pages.facts.pages:
        assert page.media.left < page.bleed.left
        assert page.media.top > page.bleed.top


def test_crop_marks_are_drawn_at_the_four_corners(pages: Paper, tmp_path: Path) -> None:
    page = pages.facts.pages[8]
    picture = rendered(pages.path, 9, tmp_path)
    width, height = picture.size
    trim, media = page.trim, page.media
    for x in (trim.left, trim.right):
        column = round((x - media.left) / (media.right - media.left) * width)
        for row in (3, height - 4):
            assert darkest(picture, column, row) < 128, (x, row)
    for y in (trim.bottom, trim.top):
        row = round((media.top - y) / (media.top - media.bottom) * height)
        for column in (3, width - 4):
            assert darkest(picture, column, row) < 128, (y, column)


def test_no_operator_sets_rgb(pages: Paper, cover: Paper) -> None:
    for paper in (pages, cover):
        assert [n for n, drawn in enumerate(paper.content(), 1) if RGB.search(drawn)] == []
        assert paper.facts.colours.isdisjoint({"RGB", "Lab"})


def test_text_on_paper_is_black_ink_alone(pages: Paper) -> None:
    nights = {pages.bookmark(part) for part in ("蜡烛志愿者", "地震应急联盟", "各地的志愿者")}
    letters = set(pages.pages_with("人名索引")) - set(pages.pages_with("目录"))
    coloured = {n for n, page in enumerate(pages.facts.pages, 1) if set(page.text) - {"K"}}
    assert coloured <= nights | {night - 1 for night in nights} | letters


def test_photos_are_cmyk_and_the_intent_names_the_printing_condition(pages: Paper) -> None:
    photos = [image for image in pages.facts.images.values() if image.key]
    assert {(photo.colour, photo.filter) for photo in photos} == {("CMYK", "DCTDecode")}
    (intent,) = pages.facts.intents
    assert "FOGRA39" in intent.description + intent.condition


def test_every_font_is_embedded(pages: Paper, cover: Paper) -> None:
    assert all(font.embedded for paper in (pages, cover) for font in paper.facts.fonts)


def test_the_inside_has_no_cover_and_begins_with_a_recto(pages: Paper, reading: Printed) -> None:
    inner_and_outer_sides = 4
    inside = len(Paper(reading.file).facts.pages) - inner_and_outer_sides
    assert len(pages.facts.pages) in {inside, inside - 1}, "a page may fill the leaf before a cover"
    assert len(pages.facts.pages) % 2 == 0
    assert "烛" in pages.pages[0]


def test_pages_carry_the_numbers_that_the_book_for_reading_has(
    pages: Paper, reading: Printed
) -> None:
    assert pages.contents == Paper(reading.file).contents
    assert pages.index == Paper(reading.file).index


def test_the_cover_is_one_sheet_as_wide_as_the_spine_of_its_pages(
    pages: Paper, cover: Paper
) -> None:
    (sheet,) = cover.facts.pages
    spine = round(-(-len(pages.facts.pages) // 2) * 0.1 + 0.6, 1)
    assert sheet.trim.size == pytest.approx((2 * 185 + spine, 260), abs=0.1)
    assert sheet.trim.left - sheet.bleed.left == pytest.approx(3 * MM, abs=0.1)


def test_nothing_active_and_nothing_encrypted_is_in_the_files(pages: Paper, cover: Paper) -> None:
    for paper in (pages, cover):
        assert paper.facts.active == ()
        assert not paper.facts.encrypted
        assert paper.facts.has_id


@pytest.fixture(scope="module")
def small(shop: Shop) -> Anthology:
    """One story with one photo, for what is printed again and again."""
    book = shop("小书").story("snow", title="初雪", body="巷子里灯亮了。", team="蜡烛")
    return book.photo("snow", size=(1600, 1067), caption="门前", alt="门")


@pytest.mark.parametrize("trim", TRIMS)
def test_each_trim_is_the_size_that_it_names(small: Anthology, trim: str) -> None:
    small.site(book={"trim": trim, "paper": 0.2, "boards": 2})
    pages, cover = (Paper(file).facts for file in small.book("p.pdf", for_print=True).files)
    width, height = TRIMS[trim]
    spine = 0.2 * -(-len(pages.pages) // 2) + 2
    for page in pages.pages:
        assert page.trim.size == pytest.approx((width, height), abs=0.05)
        assert page.bleed.size == pytest.approx((width + 6, height + 6), abs=0.1)
    assert cover.pages[0].trim.size == pytest.approx((2 * width + spine, height), abs=0.1)


def test_a_book_in_black_has_one_ink(small: Anthology) -> None:
    small.site(book={"black": True})
    for file in small.book("k.pdf", for_print=True).files:
        facts = Paper(file).facts
        assert facts.colours <= {"K", "grey"}
        assert facts.text_colours <= {"K"}
        assert not coloured_operators(file)


def coloured_operators(path: Path) -> list[bytes]:
    """CMYK with another ink than black, and RGB, in the drawing of any page."""
    cmyk = re.compile(rb"(?<![\w/.-])((?:[\d.]+\s+){4})[kK](?!\w)")
    return [
        match[0]
        for drawn in Paper(path).content()
        for match in (*cmyk.finditer(drawn), *RGB.finditer(drawn))
        if match.re is RGB or any(float(number) for number in match[1].split()[:3])
    ]


def rendered(path: Path, page: int, folder: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """A page as a grey picture at 100 dpi."""
    import subprocess

    from PIL import Image

    only = ["-f", str(page), "-l", str(page), "-r", "100", "-gray", "-singlefile"]
    subprocess.run(["pdftoppm", *only, str(path), str(folder / "page")], check=True)
    return Image.open(folder / "page.pgm")


def darkest(picture, column: int, row: int) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The darkest of the pixels around a spot, for marks are hair-thin."""
    width, height = picture.size
    return min(
        int(picture.getpixel((x, y)))
        for x in range(max(0, column - 3), min(width, column + 4))
        for y in range(max(0, row - 3), min(height, row + 4))
    )


def test_both_files_are_sound_for_qpdf(printed: Printed) -> None:
    for file in printed.files:
        with pikepdf.open(file) as pdf:
            assert pdf.check_pdf_syntax() == []
