"""Read on a phone of 360 px: nothing leaves the page, nothing stays dark at night."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.anthology import copied
from tests.conftest import GOLDEN
from tests.epub.shelf import Bound, bind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Bound:
    folder = tmp_path_factory.mktemp("epub")
    copied(GOLDEN, folder / "source", folder / "public")
    return bind(folder / "source", real=True)


@pytest.fixture(scope="module")
def folder(book: Bound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(book.path) as packed:
        packed.extractall(unpacked)
    return unpacked / "EPUB"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    yield page
    page.close()


def test_no_file_is_wider_than_the_screen(book: Bound, folder: Path, page: Page) -> None:
    for leaf in book.plan.leaves:
        page.goto((folder / leaf.file).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, leaf.file


def test_headings_are_set_in_the_kai_of_the_book(book: Bound, folder: Path, page: Page) -> None:
    page.goto((folder / book.stories[0]).as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('20px \"Candlelight Kai\"', '初雪')")
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]


def test_words_take_the_colour_of_the_reader_at_night(
    book: Bound, folder: Path, page: Page
) -> None:
    for leaf in book.plan.leaves:
        page.goto((folder / leaf.file).as_uri())
        page.add_style_tag(content="html { background: #000; color: rgb(221, 221, 221); }")
        colours = page.evaluate(
            "[...document.querySelectorAll('body, h1, p, li, figcaption, td, a')]"
            ".map(one => getComputedStyle(one).color)"
        )
        assert set(colours) == {"rgb(221, 221, 221)"}, leaf.file


def test_a_photo_fits_the_screen_with_its_shape_kept(book: Bound, folder: Path, page: Page) -> None:
    for file in book.stories:
        page.goto((folder / file).as_uri())
        for shown in page.locator("figure img").all():
            wide, high, given = shown.evaluate(
                "one => [one.width, one.height, one.getAttribute('width') / one.getAttribute('height')]"
            )
            assert wide <= 360
            assert high <= 640
            assert wide / high == pytest.approx(given, rel=0.02)


def test_a_line_of_contents_leads_to_its_story(book: Bound, folder: Path, page: Page) -> None:
    page.goto((folder / "nav.xhtml").as_uri())
    page.get_by_role("link", name="初雪").click()
    assert page.locator("h1").inner_text() == "初雪"
