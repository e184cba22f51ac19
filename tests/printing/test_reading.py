"""The book for reading: whoever follows a bookmark or a number finds what it names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.anthology import Printed
from tests.printing.paper import Paper

TITLES = {"初雪", "炒面", "夜班", "门", "没有队的人", "在路上"}
NAMED = {"卫明", "马保福", "吴言", "古丽·买买提"}


@pytest.fixture(scope="module")
def paper(reading: Printed) -> Paper:
    return Paper(reading.file)


def test_a_sound_anthology_has_a_book_without_a_complaint(reading: Printed) -> None:
    assert reading.codes == set()
    assert len(reading.files) == 1


def test_every_page_has_the_trim_and_no_bleed(paper: Paper) -> None:
    sizes = {page.trim.size for page in paper.facts.pages}
    assert [(round(width), round(height)) for width, height in sizes] == [(185, 260)]
    assert all(page.media == page.trim == page.bleed for page in paper.facts.pages)


def test_every_font_is_embedded(paper: Paper) -> None:
    assert paper.facts.fonts
    assert all(font.embedded for font in paper.facts.fonts)


def test_it_is_tagged_and_says_its_language_and_title(paper: Paper) -> None:
    assert paper.facts.tagged
    assert paper.facts.language.startswith("zh")
    assert paper.facts.metadata["title"] == "烛光"
    assert paper.facts.active == ()


def test_bookmarks_lead_to_the_pages_where_stories_and_chapters_stand(paper: Paper) -> None:
    for title in (*TITLES, "长乐社区", "无队小区"):
        assert paper.has(title, paper.bookmark(title)), title
    chapters = [one.page for one in paper.bookmarks if one.title == "南山社区"]
    assert len(chapters) == 2
    assert all(paper.has("负责人 马保福", page) for page in chapters)


def test_bookmarks_of_parts_lead_to_their_opening_spread(paper: Paper) -> None:
    for title in ("蜡烛志愿者", "地震应急联盟"):
        page = paper.bookmark(title)
        assert paper.has(title, page)
        assert page % 2 == 1, "its name stands on the right"


def test_bookmarks_stand_in_the_order_of_the_book_and_lead_somewhere(paper: Paper) -> None:
    pages = [one.page for one in paper.bookmarks]
    assert 0 not in pages
    assert all(one <= next_one for one, next_one in pairwise(pages))


def test_the_contents_give_the_folio_of_the_page_where_the_story_stands(paper: Paper) -> None:
    assert set(paper.contents) - {"署名", "人名索引"} == TITLES
    for title, folio in paper.contents.items():
        page = paper.page_of(folio)
        assert page == paper.bookmark(title), title
        assert paper.has(title, page), title


def test_folios_count_up_by_one_a_page(paper: Paper) -> None:
    numbered = [(page, int(one)) for page, one in enumerate(paper.folios) if one.isdecimal()]
    assert len({number - page for page, number in numbered}) == 1


def test_every_entry_of_the_index_leads_to_a_page_with_the_name(paper: Paper) -> None:
    spelled = {"卫明": ("卫明", "小卫"), "古丽·买买提": ("古丽",)}
    entries = {name: pages for name, pages in paper.index.items() if pages[0].isdecimal()}
    assert set(entries) == {"何文君", "李娜", "温秀兰", *NAMED}
    for name, folios in entries.items():
        for folio in folios.split("、"):
            page = paper.page_of(folio)
            assert any(paper.has(one, page) for one in spelled.get(name, (name,))), (name, folio)


def test_everybody_is_indexed_once_for_each_story_and_register(paper: Paper) -> None:
    first, noodles, night, door = (
        paper.contents[title] for title in ("初雪", "炒面", "夜班", "门")
    )
    last = paper.folios[paper.pages_with("那晚小卫也在")[0] - 1]
    assert paper.index["卫明"].split("、") == [last, *sorted((night, door), key=int)]
    assert paper.index["何文君"].split("、") == [first, noodles]


def test_other_names_refer_to_the_entry(paper: Paper) -> None:
    assert paper.index["小卫"] == "卫明"
    assert paper.index["古丽"] == "古丽·买买提"


def test_a_point_of_two_teams_stands_in_both_parts_and_one_without_a_team_in_the_last(
    paper: Paper,
) -> None:
    registers = [page for page in paper.pages_with("服务点") if page > 6]
    assert len(registers) == 3
    first, second, last = registers
    assert paper.has("南山社区", first)
    assert paper.has("南山社区", second)
    assert paper.has("无队小区", last)
    assert not paper.has("南山社区", last)


def test_a_point_without_a_story_waits_for_one(paper: Paper) -> None:
    (page,) = paper.pages_with("等待小区")
    assert paper.has("故事征集中", page)


def test_stories_without_a_point_come_last(paper: Paper) -> None:
    assert max(TITLES, key=lambda title: int(paper.contents[title])) == "在路上"


def test_photos_stand_with_caption_and_credit(paper: Paper) -> None:
    for caption in ("门前", "冬天的院子"):
        assert len(paper.pages_with(caption)) == 1, caption
    assert sum(bool(image.key) for image in paper.facts.images.values()) == 2


def test_an_unsigned_story_has_no_author_in_the_contents(paper: Paper) -> None:
    assert not paper.has("佚名", paper.bookmark("目录"))
    assert paper.has("佚名", paper.bookmark("没有队的人"))


def test_titles_can_be_searched(paper: Paper) -> None:
    for title in TITLES:
        assert any(title in page for page in paper.pages[8:]), title
        assert any(one.title == title for one in paper.bookmarks), title
