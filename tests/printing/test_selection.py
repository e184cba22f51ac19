"""A book of a team, a place, a person or some years; names nobody has are answered."""

from __future__ import annotations

import zipfile
from typing import Any

import pytest

from candlelight.model import Date
from tests.anthology import Anthology
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

ALL = {"初雪", "炒面", "夜班", "门", "没有队的人", "在路上"}


@pytest.fixture
def chosen(told: Anthology) -> Anthology:
    return told.site(book={})


@pytest.mark.parametrize(
    ("wish", "titles"),
    [
        ({"team": "地震应急联盟"}, {"夜班", "门"}),
        ({"team": "candle"}, {"初雪", "炒面"}),
        ({"community": "南山社区"}, {"初雪", "夜班", "门"}),
        ({"person": "小卫"}, {"初雪", "夜班", "门"}),
        ({"person": "温秀蘭"}, {"在路上"}),
        ({"team": "蜡烛志愿者", "community": "长乐社区"}, {"炒面"}),
    ],
    ids=["team", "slug", "community", "alias", "other-script", "both"],
)
def test_the_book_holds_what_was_asked_for(
    chosen: Anthology, wish: dict[str, Any], titles: set[str]
) -> None:
    made = chosen.book("chosen.pdf", **wish)
    assert made.codes == set()
    paper = Paper(made.file)
    assert set(paper.contents) - {"署名", "人名索引"} == titles
    for title in ALL - titles - {"门"}:
        assert title not in paper.words


def test_dates_leave_the_undated_out_and_say_so(chosen: Anthology) -> None:
    made = chosen.book("chosen.pdf", since=Date(2020, 9), until=Date(2021))
    assert set(Paper(made.file).contents) - {"署名", "人名索引"} == {"炒面", "夜班"}
    (said,) = made.said("selection-undated")
    assert said.severity == "notice"
    assert said.given["count"] == "3"


def test_an_e_book_is_chosen_alike(chosen: Anthology, light: None) -> None:
    made = chosen.epub("chosen.epub", team="地震应急联盟")
    with zipfile.ZipFile(made.file) as book:
        names = book.namelist()
    assert any("night" in name for name in names)
    assert not any("snow" in name or "noodles" in name for name in names)


@pytest.mark.parametrize(
    ("wish", "code", "near"),
    [
        ({"team": "地震应急队"}, "selection-near", "地震应急联盟"),
        ({"community": "长乐小区"}, "selection-near", "长乐社区"),
        ({"person": "何文軍"}, "selection-near", "何文君"),
        ({"person": "Nobody At All"}, "selection-unknown", None),
    ],
)
def test_a_name_nobody_has_makes_no_book_and_names_the_nearest(
    chosen: Anthology, light: None, wish: dict[str, Any], code: str, near: str | None
) -> None:
    for made in (
        chosen.book("no.pdf", keep_going=True, **wish),
        chosen.epub("no.epub", keep_going=True, **wish),
    ):
        assert made.files == ()
        (said,) = made.said(code)
        assert said.given.get("near") == near
    assert not (chosen.root / "no.pdf").exists()


def test_a_list_chooses_the_stories_and_their_order(chosen: Anthology) -> None:
    chosen.site(book={"stories": ["nowhere", "night", "first-snow"]})
    contents = Paper(chosen.book("list.pdf").file).contents
    assert set(contents) - {"署名", "人名索引"} == {"在路上", "夜班", "初雪"}
    assert int(contents["夜班"]) < int(contents["初雪"])


def test_a_slug_in_the_list_that_nobody_has_makes_no_book(chosen: Anthology) -> None:
    chosen.site(book={"stories": ["night", "first-snou"]})
    made = chosen.book("list.pdf", keep_going=True)
    assert made.codes == {"book-story-near"}
    assert made.said("book-story-near")[0].given["near"] == "first-snow"
    assert made.files == ()


def test_a_team_without_a_story_has_a_book_that_waits(shop: Shop) -> None:
    book = shop().team("quiet", title="静队").community("p", title="静园", teams=["静队"])
    book.story("other", title="别的", team="他队")
    paper = Paper(book.book(team="静队").file)
    assert "静园" in paper.words
    assert "别的" not in paper.words
