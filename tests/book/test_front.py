"""The sheet of the book: cover, colophon, preface, registers, chapters, credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from candlelight import messages
from candlelight.book.flow import Flow
from candlelight.book.front import blocks_without_notes, book_sheet
from candlelight.book.names_index import names_index
from candlelight.book.sheets import Block, BookSheet, Entry
from candlelight.book.volumes import volumes_of
from candlelight.model import (
    Body,
    BookSettings,
    Credit,
    Date,
    Document,
    Mention,
    Page,
    Photo,
    PhotoFacts,
    Site,
    VolumeSettings,
)
from candlelight.plan.lines import Lines
from tests.book.shelf import WORDS, edition, lines_of, person, point, story, team

PREFACE = Page(
    path="content/pages/preface.md",
    slug="preface",
    title="前言",
    epigraph=("或许没人知道你是谁，", "但是每次", "都有你的", "身影。"),
    credits=(Credit("编辑", ("安琦",)), Credit("执笔", ("程博",))),
    body=Body(digest="preface", lengths=(900,)),
)
AFTERWORD = Page(path="content/pages/afterword.md", slug="afterword", title="后记")
CANDLE = team("candle", "蜡烛志愿者团队", leaders=["安琦"])
GARDEN = point(
    "garden", "世纪花园小区", teams=["蜡烛志愿者团队"], leaders=["马保富"], city="乌鲁木齐市",
    district="米东区", community="新园社区", compound="世纪花园小区",
)  # fmt: skip
SNOW = story("snow", team="蜡烛志愿者团队", place="世纪花园小区", authors=["程博"])
SOUP = story("soup", team="蜡烛志愿者团队")
EVERY: tuple[Document, ...] = (PREFACE, AFTERWORD, CANDLE, GARDEN, SNOW, SOUP)


def sheets(
    *documents: Document,
    texts: Mapping[str, Sequence[str]] | None = None,
    site: Site | None = None,
    words: Mapping[str, Any] = WORDS,
    **settings: Any,
) -> list[BookSheet]:
    """The sheets of all volumes of the book of *documents*, set with *settings*."""
    site = msgspec.structs.replace(site or Site(), book=BookSettings(**settings))
    lines: Lines = lines_of(*documents, site=site)
    found, _ = edition(lines)
    return [
        book_sheet(one, lines, texts or {}, names_index(one, lines, words), words)
        for one in volumes_of(found, site.book, {}, words)
    ]


def sheet(*documents: Document, **options: Any) -> BookSheet:
    [only] = sheets(*documents, **options)
    return only


def told(entries: Sequence[Entry]) -> dict[str, list[str]]:
    return {entry.label: [value.name for value in entry.values] for entry in entries}


def colophon(found: BookSheet) -> list[dict[str, list[str]]]:
    return [told(group) for group in found.colophon]


# Cover


def test_without_settings_the_cover_says_what_the_site_says_line_by_line() -> None:
    cover = sheet(*EVERY, site=Site(title="烛光", subtitle=("二〇二〇", "文集"))).cover
    assert (cover.title, cover.subtitle, cover.editors, cover.price) == (
        "烛光",
        "二〇二〇\n文集",
        "",
        "",
    )
    assert cover.barcode is None


def test_the_back_of_the_cover_quotes_three_lines_of_the_preface() -> None:
    cover = sheet(*EVERY).cover
    assert (cover.quote, cover.quote_from) == (PREFACE.epigraph[:3], "前言")


def test_editors_may_choose_the_words_of_the_cover() -> None:
    cover = sheet(
        *EVERY, title="灯", subtitle="志愿者的故事", latin="Candlelight", editors="《烛光》编委会",
        quote=("一盏灯。",), isbn="978-7-301-04815-3", price="58.00元",
    ).cover  # fmt: skip
    assert (cover.title, cover.subtitle, cover.latin) == ("灯", "志愿者的故事", "Candlelight")
    assert (cover.quote, cover.quote_from) == (("一盏灯。",), "")
    assert (cover.editors, cover.price) == ("《烛光》编委会　编", "定价：58.00元")
    assert cover.barcode is not None
    assert cover.barcode.text == "9787301048153"


def test_who_says_what_they_did_is_left_alone() -> None:
    assert sheet(*EVERY, editors="安琦 主编").cover.editors == "安琦 主编"


def test_nothing_is_invented_for_a_bare_anthology() -> None:
    found = sheet(story("a"))
    assert (found.cover.quote, found.cover.quote_from) == ((), "")
    assert (found.preface, found.afterword, found.credits) == (None, None, ())


def test_the_cover_has_a_lit_window_for_each_story() -> None:
    assert len(sheet(*EVERY).cover.wall.lit) == 2


# Colophon


def test_the_colophon_tells_only_what_is_given() -> None:
    assert colophon(sheet(*EVERY)) == [{"开本": ["185 mm × 260 mm"], "字数": ["约 1 千字"]}]


def test_a_whole_colophon_has_people_the_editors_own_lines_and_facts() -> None:
    found = sheet(
        *EVERY, site=Site(credits=(Credit("通讯员", ("甲", "乙")),)), editors="安琦", trim="A5",
        colophon=(Credit("印刷", ("一厂",)), Credit("定价", ("免费",))), edition="第1版",
        date=Date(2026, 9), isbn="978-7-301-04815-3", price="58.00元",
    )  # fmt: skip
    assert colophon(found) == [
        {"编者": ["安琦"], "通讯员": ["甲", "乙"]},
        {"印刷": ["一厂"]},
        {
            "开本": ["148 mm × 210 mm"],
            "字数": ["约 1 千字"],
            "版次": ["第1版"],
            "出版日期": ["2026年9月"],
            "书号": ["ISBN 978-7-301-04815-3"],
            "定价": ["免费"],  # the editors have the last word
        },
    ]


def test_the_characters_of_a_short_book_are_told_as_they_are() -> None:
    assert colophon(sheet(story("a", length=321)))[-1]["字数"] == ["约 321 字"]
    assert "字数" not in colophon(sheet(story("a", length=0)))[-1]


def test_the_notes_of_the_site_and_the_faces_stand_below_each_on_a_line() -> None:
    found = sheet(*EVERY, site=Site(footer=("排名没有先后之分。", "插图不是照片。")))
    assert found.colophon_note.startswith("排名没有先后之分。\n插图不是照片。\n正文用思源宋体")


# Preface and afterword


def test_a_preface_is_signed_with_what_the_colophon_does_not_say() -> None:
    site = Site(credits=(Credit("编辑", ("安琦",)),))
    found = sheet(*EVERY, site=site, texts={"preface": ["<p>第一段。</p>", "<p>第二段。</p>"]})
    assert found.preface is not None
    assert (found.preface.title, found.preface.epigraph) == ("前言", PREFACE.epigraph)
    assert [block.runs for block in found.preface.blocks] == [("第一段。",), ("第二段。",)]
    assert told(found.preface.end) == {"执笔": ["程博"]}


def test_a_book_may_do_without_its_preface() -> None:
    assert sheet(*EVERY, preface="").preface is None


def test_the_first_volume_has_the_preface_and_the_last_the_afterword() -> None:
    volumes = tuple(VolumeSettings(title, (Mention(slug),))
                    for title, slug in (("雪", "snow"), ("汤", "soup")))  # fmt: skip
    first, last = sheets(*EVERY, volumes=volumes)
    assert (first.volume, last.volume) == ("上册　雪", "下册　汤")
    assert first.preface
    assert not first.afterword
    assert last.afterword
    assert not last.preface
    assert (first.running, first.title) == ("烛光　上册", "烛光")


# Parts


def test_a_part_tells_its_points_and_its_chapters() -> None:
    [part] = sheet(*EVERY, texts={}).parts
    assert (part.title, part.count) == ("蜡烛志愿者团队", "2 个故事")
    [garden] = part.points
    assert (garden.place, garden.name, garden.compound) == (
        "乌鲁木齐市·米东区", "世纪花园小区", "新园社区",
    )  # fmt: skip
    assert garden.lit
    chapter, rest = part.chapters
    assert chapter.place == "新园社区\u3000乌鲁木齐市·米东区"
    assert (chapter.stories, rest.stories) == (("s-snow",), ("s-soup",))
    assert [one.name for one in chapter.leaders] == ["马保富"]
    assert chapter.teams == ("蜡烛志愿者团队",)
    assert (rest.title, rest.leaders) == ("各服务点", ())


def test_a_place_does_not_repeat_the_name_of_the_point() -> None:
    found = sheet(
        point("a", "博乐市", province="新疆", city="博乐市"), point("b", "吉林省", province="吉林省"),
        point("c", "汇嘉园社区30栋楼", district="沙依巴克区", community="汇嘉园社区", compound="30栋楼"),
    )  # fmt: skip
    assert [(one.name, one.place, one.compound) for one in found.parts[0].points] == [
        ("博乐市", "新疆", ""), ("吉林省", "", ""), ("汇嘉园社区30栋楼", "沙依巴克区", ""),
    ]  # fmt: skip


def test_a_point_whose_stories_stand_elsewhere_says_where() -> None:
    other = story("gate", team="地震应急联盟", place="世纪花园小区")
    found = sheet(CANDLE, GARDEN, SOUP, other)
    [garden] = next(part for part in found.parts if part.title == CANDLE.title).points
    assert (garden.lit, garden.other) == (False, "见地震应急联盟")


def test_the_leaders_of_a_team_stand_before_its_text_with_their_marks() -> None:
    [part] = sheet(*EVERY).parts
    [leader] = [one for one in sheet(*EVERY).names if one.name == "安琦"]
    assert part.text == (Block("p", ("负责人：", (leader.key, "i"), "安琦")),)


def test_a_part_that_waits_says_so() -> None:
    assert [part.count for part in sheet(CANDLE, GARDEN).parts] == ["故事征集中"]


def test_a_point_tells_its_own_text_and_notes_follow_a_short_text() -> None:
    garden = msgspec.structs.replace(GARDEN, body=Body(digest="garden"))
    found = sheet(CANDLE, garden, SNOW, texts={"garden": ["<p>小区在山下。</p>"]})
    assert found.parts[0].chapters[0].text == (Block("p", ("小区在山下。",)),)
    flow = Flow((Block("p", ("灯", ("0", "n"))),), (("一盏。",),), ())
    assert blocks_without_notes(flow) == (
        Block("p", ("灯", ("[1]", "h"))), Block("p", ("[1] ", "一盏。")),
    )  # fmt: skip


# Credits and names


def photographed(slug: str, credit: str) -> Photo:
    return Photo(f"content/stories/{slug}/a.jpg", PhotoFacts("0", 600, 400, "JPEG"), credit=credit)


def test_credits_that_hold_for_all_stand_alone_and_others_say_for_what() -> None:
    stories = [
        msgspec.structs.replace(
            one,
            credits=(Credit("编辑", ("安琦",)), *(Credit("审核", (name,)) for name in checked)),
            photos=(photographed(one.slug, "烛光绘"),),
        )
        for one, checked in (
            (SNOW, ["莎日娜", "邓伟"]), (SOUP, []), (story("note", authors=["何文君"]), []),
        )
    ]  # fmt: skip
    assert [(one.label, [value.name for value in one.values], one.among) for one in
            sheet(CANDLE, GARDEN, *stories).credits] == [
        ("文字", ["程博", "何文君"], ()),
        ("编辑", ["安琦"], ()),
        ("审核", ["莎日娜", "邓伟"], ("《题snow》",)),
        ("图片", ["烛光绘"], ()),
    ]  # fmt: skip


def test_a_credit_for_a_whole_part_names_the_part() -> None:
    credited = [
        msgspec.structs.replace(one, credits=(Credit("编辑", ("安琦",)),)) for one in (SNOW, SOUP)
    ]
    found = sheet(CANDLE, GARDEN, *credited, story("note"))
    (edited,) = [one for one in found.credits if one.label == "编辑"]
    assert [value.name for value in edited.values] == ["安琦"]
    assert edited.among == ("（蜡烛志愿者团队）",)


def test_photos_of_a_team_a_point_and_the_preface_stand_after_their_texts() -> None:
    named = [
        msgspec.structs.replace(one, photos=(photographed(one.slug, one.title),))
        for one in (CANDLE, GARDEN, PREFACE)
    ]
    found = sheet(*named, SNOW, SOUP, preface="preface")
    (part,) = found.parts
    assert found.preface
    shown = [part.plates, part.chapters[0].plates, found.preface.plates]
    assert [[one.credit for one in plates] for plates in shown] == [
        ["蜡烛志愿者团队"], ["世纪花园小区"], ["前言"],
    ]  # fmt: skip
    assert part.chapters[1].plates == ()


def test_a_credit_of_a_photo_of_no_story_names_the_text_that_has_it() -> None:
    named = [
        msgspec.structs.replace(one, photos=(photographed(one.slug, credit),))
        for one, credit in ((CANDLE, "李娜"), (GARDEN, "卫明"), (PREFACE, "温秀兰"), (SNOW, "李娜"))
    ]
    found = sheet(*named, SOUP, story("note"), preface="preface")
    pictures = [one for one in found.credits if one.label == "图片"]
    assert [(one.values[0].name, one.among) for one in pictures] == [
        ("温秀兰", ("《前言》",)),
        ("李娜", ("（蜡烛志愿者团队）", "《题snow》")),
        ("卫明", ("（世纪花园小区）",)),
    ]


def test_every_key_that_is_shown_stands_in_the_index() -> None:
    found = sheet(*EVERY, person("ma", "马保富", aliases=["老马"]))
    points = [one for part in found.parts for one in part.points]
    chapters = [one for part in found.parts for one in part.chapters]
    shown = {leader.key for one in points for leader in one.leaders}
    shown |= {leader.key for one in chapters for leader in one.leaders}
    assert shown == {"n-ma"}
    assert shown <= {one.key for one in found.names if not one.see}


# Words


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_book_speaks_each_language(language: str) -> None:
    words = messages.load("book", language)
    found = sheet(*EVERY, site=Site(language=language), words=words)
    assert set(found.words) == {key for key in words if key != "where"}
    assert msgspec.json.encode(found)


def test_words_of_an_anthology_may_have_wrong_braces() -> None:
    found = sheet(*EVERY, words={**WORDS, "stories": "{anzahl} Geschichten"})
    assert found.parts[0].count == "{anzahl} Geschichten"


def test_titles_are_set_like_any_text() -> None:
    [part] = sheet(team("t", "甲队,乙队"), story("a", team="甲队,乙队")).parts
    assert part.title == "甲队，乙队"
