"""Photos of teams, of service points and of the preface: in the book as those of stories are."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.anthology import Anthology, Printed, photo
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

PLACES = {
    "content/teams/candle": "队员合影",
    "content/communities/garden": "小区门口",
    "content/communities/waiting": "空着的门岗",
    "content/pages/preface": "编委会",
}


def listed(caption: str, **more: str) -> dict[str, str]:
    return {
        "file": "a.jpg",
        "caption": caption,
        "credit": f"{caption}供图",
        "alt": f"看：{caption}",
    } | more


@pytest.fixture
def framed(shop: Shop) -> Anthology:
    """A team, a point with a story, a point that waits, and a preface; a photo for each."""
    book = shop("队和点")
    team, garden, waiting, preface = (([listed(said)]) for said in PLACES.values())
    book.team("candle", "我们在一起。", title="蜡烛", photos=team)
    book.community("garden", "花园的事。", title="花园", teams=["蜡烛"], photos=garden)
    book.community("waiting", "等着。", title="等待", teams=["蜡烛"], photos=waiting)
    book.page("preface", "写在前面。", title="前言", photos=preface)
    for folder in PLACES:
        book.write(f"{folder}/a.jpg", photo(folder, (1600, 1067)))
    return book.story("snow", "巷子里灯亮了。", title="初雪", team="蜡烛", community="花园")


@pytest.fixture
def made(framed: Anthology) -> Printed:
    return framed.book()


def test_each_stands_once_with_its_caption_and_credit_after_its_text(made: Printed) -> None:
    assert made.codes == set()
    paper = Paper(made.file)
    pages = []
    for caption in PLACES.values():
        (page, *_) = paper.pages_with(caption)
        assert paper.has(f"{caption}供图", page)
        assert sum(one.page == page for one in paper.facts.placed) == 1
        pages.append(page)
    team, garden, waiting, preface = pages
    assert preface == paper.bookmark("前言") + 1
    assert paper.bookmark("蜡烛") < team < paper.bookmark("花园")
    # At the foot of their texts, where there is room for them.
    assert paper.has("我们在一起。", team)
    assert garden == paper.bookmark("花园")
    assert waiting == paper.bookmark("等待")
    assert paper.has("花园的事。", garden)
    assert paper.has("等着。", waiting)
    assert paper.bookmark("初雪") == garden + 1
    assert all(paper.folios[page - 1] for page in pages)


def test_a_point_that_waits_is_in_no_contents(made: Printed) -> None:
    paper = Paper(made.file)
    (contents,) = paper.pages_with("目录")
    assert paper.has("花园", contents)
    assert not paper.has("等待", contents)


def test_screen_readers_are_told_what_they_show(made: Printed) -> None:
    with pikepdf.open(made.file) as pdf:
        told = {
            str(one.Alt)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        }
    assert {f"看：{caption}" for caption in PLACES.values()} <= told


def test_their_credits_stand_among_the_credits(made: Printed) -> None:
    paper = Paper(made.file)
    (page,) = (at for at in paper.pages_with("署名") if at > paper.bookmark("初雪"))
    for caption, where in zip(
        PLACES.values(), ("（蜡烛）", "（花园）", "（等待）", "《前言》"), strict=True
    ):
        assert paper.has(f"{caption}供图", page)
        assert paper.has(where, page)


def test_for_the_printer_they_are_as_large_as_they_are_shown(framed: Anthology) -> None:
    framed.write("content/teams/candle/a.jpg", photo("small", (300, 200)))
    made = framed.book(for_print=True)
    (said,) = made.said("book-photo-soft")
    assert said.place.path == "content/teams/candle/index.md"
    assert Paper(made.file).has("队员合影", int(said.given["page"]))


@pytest.mark.parametrize("folder", [one for one in PLACES if "pages" not in one])
@pytest.mark.parametrize("content", [None, b"no photo"])
def test_a_lost_one_is_a_box_and_an_error_that_names_the_page(
    framed: Anthology, folder: str, content: bytes | None
) -> None:
    framed.delete(f"{folder}/a.jpg")
    if content:
        framed.write(f"{folder}/a.jpg", content)
    made = framed.book()
    assert made.files == ()
    (box,) = made.said("book-photo-box")
    assert box.place.path.startswith(folder)
    paper = Paper(framed.book("kept.pdf", keep_going=True).file)
    assert paper.has("a.jpg", int(box.given["page"]))


def test_a_truncated_one_is_a_box_too(framed: Anthology) -> None:
    whole = photo("x", (1600, 1067))
    framed.write("content/teams/candle/a.jpg", whole[: len(whole) // 2])
    made = framed.book(keep_going=True)
    (box,) = made.said("book-photo-box")
    assert Paper(made.file).has("a.jpg", int(box.given["page"]))


def test_a_withheld_one_is_not_in_the_book_nor_its_credit(
    framed: Anthology, tmp_path: Path
) -> None:
    framed.edit("candle", photos=[listed("队员合影", consent="否")])
    paper = Paper(framed.book().file)
    assert "队员合影" not in paper.words
    assert len({image.key for image in paper.facts.images.values() if image.key}) == 3


def test_a_draft_takes_its_photos_with_it(framed: Anthology) -> None:
    framed.edit("waiting", draft="yes")
    assert "空着的门岗" not in Paper(framed.book().file).words


def test_without_them_a_book_has_its_chapter_and_its_story_on_one_page(framed: Anthology) -> None:
    for folder in PLACES:
        framed.delete(f"{folder}/a.jpg")
        framed.edit(folder.split("/")[2], photos=None)
    paper = Paper(framed.book().file)
    assert paper.bookmark("花园") == paper.bookmark("初雪")
    assert "等待" not in {one.title for one in paper.bookmarks}
