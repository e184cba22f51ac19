"""``build --with-book``: the books beside the site, published and withdrawn together with it."""

from __future__ import annotations

import re

import pytest

from candlelight.commands.build import CACHE
from tests.anthology import Anthology, Result
from tests.printing import shown
from tests.printing.conftest import Shop
from tests.printing.paper import Paper


@pytest.fixture
def site(shop: Shop, quick: None, light: None) -> Anthology:
    book = shop("网 站").story("snow", title="初雪", body="巷子里灯亮了。", author="何文君")
    return book.photo("snow", size=(300, 200), alt="门")


def books(result: Result) -> set[str]:
    """The books that are published."""
    return {path for path in result.files if path.endswith((".pdf", ".epub"))}


def test_the_home_page_offers_the_books_with_their_sizes(site: Anthology) -> None:
    result = site.build(with_book=True)
    assert result.published, result.codes
    home = site.read("index.html")
    assert len(books(result)) == 2
    for path in books(result):
        size = max(1, round(len(result.files[path]) / 1000))
        assert re.search(rf'href="[^"]*{re.escape(path)}"', home)
        assert f"{size} KB" in home
    pdf = next(path for path in books(result) if path.endswith(".pdf"))
    assert f"{len(Paper(site.output / pdf).facts.pages)}" in home


def test_what_is_published_is_whole_and_is_the_book(site: Anthology) -> None:
    result = site.build(with_book=True)
    pdf, epub = (
        next(site.output / path for path in books(result) if path.endswith(kind))
        for kind in (".pdf", ".epub")
    )
    assert Paper(pdf).pages_with("巷子里灯亮了。")
    assert "巷子里灯亮了。" in shown.text(epub)


def test_nothing_changed_writes_nothing_and_gives_the_same_bytes(site: Anthology) -> None:
    first = site.build(with_book=True)
    again = site.build(with_book=True)
    assert again.files == first.files
    assert again.written == set()


def test_a_build_without_the_books_takes_them_and_their_links_away(site: Anthology) -> None:
    offered = books(site.build(with_book=True))
    result = site.build()
    assert offered <= result.removed
    assert books(result) == set()
    assert "book.pdf" not in site.read("index.html")
    assert result.files == site.clean_build(site.root.parent / "clean").files


def test_books_that_are_no_longer_offered_leave_the_cache_too(site: Anthology) -> None:
    site.build(with_book=True)
    site.build()
    left = [path.name for path in (site.root / CACHE).rglob("book.*") if path.is_file()]
    assert left == []


def test_with_an_error_in_the_books_alone_nothing_is_published(site: Anthology) -> None:
    before = site.build(with_book=True).files
    site.site(book={"fonts": ["bad.ttf"]}).write("bad.ttf", b"no font")
    site.story("second", title="第二篇")
    result = site.build(with_book=True)
    assert not result.published
    assert result.codes == {"book-font"}
    assert site.files() == before


def test_with_an_error_in_a_story_nothing_is_published(site: Anthology) -> None:
    before = site.build(with_book=True).files
    site.story("wrong", date="2020-13-45")
    assert not site.build(with_book=True).published
    assert site.files() == before


def test_with_keep_going_site_and_books_leave_the_same_story_out(site: Anthology) -> None:
    site.story("wrong", title="错的", date="2020-13-45")
    result = site.build(with_book=True, keep_going=True)
    assert result.published
    assert result.left_out == ("content/stories/wrong/index.md",)
    for path in books(result):
        if path.endswith(".pdf"):
            assert "错的" not in Paper(site.output / path).words


def test_volumes_are_offered_each(site: Anthology) -> None:
    site.story("second", title="第二篇")
    site.site(book={"volumes": [{"title": "上", "stories": ["snow"]},
                                {"title": "下", "stories": ["second"]}]})  # fmt: skip
    result = site.build(with_book=True)
    assert len([path for path in books(result) if path.endswith(".pdf")]) == 2
    assert all(path.rpartition("/")[2] in site.read("index.html") for path in books(result))


def test_one_volume_after_two_leaves_no_second(site: Anthology) -> None:
    site.story("second", title="第二篇")
    both = [{"title": "上", "stories": ["snow"]}, {"title": "下", "stories": ["second"]}]
    site.site(book={"volumes": both}).build(with_book=True)
    result = site.site(book={}).build(with_book=True)
    assert {path.rpartition("/")[2] for path in books(result)} == {"book.pdf", "book.epub"}
    kept = {path.name for path in (site.root / CACHE / "downloads").iterdir()}
    assert kept <= {"book.pdf", "book.epub"}


def test_what_is_taken_down_leaves_the_published_books(site: Anthology) -> None:
    site.story("second", title="第二篇", body="要撤下的字。").build(with_book=True)
    site.delete_story("second")
    result = site.build(with_book=True)
    for path in books(result):
        file = site.output / path
        words = Paper(file).words if path.endswith(".pdf") else shown.text(file)
        assert "要撤下的字" not in words
