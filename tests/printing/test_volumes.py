"""An anthology that is too much for one book: volumes, each a book of its own."""

from __future__ import annotations

import pytest

from tests.anthology import Anthology, Printed
from tests.printing.conftest import DAY, Shop
from tests.printing.paper import Paper

NUMBERS = "甲乙丙丁戊己庚辛"
TITLES = [f"第{number}篇" for number in NUMBERS]


@pytest.fixture(scope="module")
def many(shop: Shop) -> Anthology:
    """Eight stories of three pages each, by as many authors."""
    book = shop("多 册")
    for number in range(8):
        book.story(
            f"s{number}", title=TITLES[number], author=f"丁{NUMBERS[number]}", team="春秋"[number // 4],
            date=f"2020-01-0{number + 1}", body="\n\n".join([DAY * 30] * 4),
        )  # fmt: skip
    return book


@pytest.fixture(scope="module")
def by_pages(many: Anthology) -> Printed:
    many.site(book={"volume_pages": 16})
    return many.book("by-pages.pdf")


@pytest.fixture(scope="module")
def by_list(many: Anthology) -> Printed:
    lists = [
        {"title": "上春", "stories": ["s0", "s3", "s5"]},
        {"title": "下秋", "stories": ["s1", "s2", "s4", "s6", "s7"]},
    ]
    many.site(book={"volumes": lists})
    return many.book("by-list.pdf", for_print=True)


def test_what_is_longer_than_volume_pages_becomes_volumes(by_pages: Printed) -> None:
    assert by_pages.codes == set()
    assert [file.name for file in by_pages.files] == ["by-pages-1.pdf", "by-pages-2.pdf"]


def test_there_is_no_file_of_the_whole(by_pages: Printed) -> None:
    assert not by_pages.file.with_name("by-pages.pdf").exists()


def test_every_story_stands_in_one_volume_in_order(by_pages: Printed) -> None:
    titles = [title for file in by_pages.files for title in Paper(file).contents]
    stories = [title for title in titles if title.startswith("第")]
    assert stories == TITLES


def test_every_volume_has_its_own_contents_and_index(by_pages: Printed) -> None:
    for file in by_pages.files:
        paper = Paper(file)
        stories = {title: one for title, one in paper.contents.items() if title[0] == "第"}
        for title, folio in stories.items():
            assert paper.page_of(folio) == paper.bookmark(title)
        authors = {f"丁{title[1]}": folio for title, folio in stories.items()}
        assert paper.index == authors


def test_volumes_by_list_hold_what_is_listed_and_carry_their_titles(by_list: Printed) -> None:
    names = ["by-list-1.pdf", "by-list-cover-1.pdf", "by-list-2.pdf", "by-list-cover-2.pdf"]
    assert [file.name for file in by_list.files] == names
    spring, autumn = Paper(by_list.files[0]), Paper(by_list.files[2])
    assert [title for title in spring.contents if title[0] == "第"] == [
        "第甲篇",
        "第丁篇",
        "第己篇",
    ]
    assert "第辛篇" in autumn.contents
    assert "上春" in spring.words
    assert "下秋" in autumn.words


def test_each_volume_for_print_has_a_cover_with_its_own_spine(by_list: Printed) -> None:
    for inside, cover in (by_list.files[:2], by_list.files[2:]):
        pages = len(Paper(inside).facts.pages)
        (sheet,) = Paper(cover).facts.pages
        assert sheet.trim.size[0] == pytest.approx(370 + pages / 2 * 0.1 + 0.6, abs=0.2)


def test_a_story_that_no_volume_lists_is_named(many: Anthology) -> None:
    many.site(book={"volumes": [{"title": "上春", "stories": ["s0", "s3"]}]})
    made = many.book("short.pdf")
    assert made.codes == {"book-volume-missing"}
    assert {one.given["slug"] for one in made.said("book-volume-missing")} == {
        "s1", "s2", "s4", "s5", "s6", "s7",
    }  # fmt: skip
