"""What stands in the e-book, and where."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from candlelight import resources
from candlelight.epub.cover import AMBER, lettering
from candlelight.make.cards_text import Faces
from candlelight.plan import routes
from tests.anthology import Anthology, photo
from tests.epub.shelf import OPS, XHTML, Bound, bind

HREF = "href"


def toc(book: Bound, kind: str = "toc") -> list[tuple[int, str, str]]:
    """The lines of a list in the contents: depth, title, file."""
    found: list[tuple[int, str, str]] = []

    def walk(element: ET.Element, depth: int) -> None:
        for child in element:
            if child.tag == f"{XHTML}a":
                found.append((depth, child.text or "", child.attrib[HREF]))
            walk(child, depth + (child.tag == f"{XHTML}ol"))

    for nav in book.all("nav.xhtml", "nav"):
        if nav.attrib[f"{OPS}type"] == kind:
            walk(nav, 0)
    return found


def test_the_contents_lead_from_parts_to_chapters_to_stories(told: Anthology) -> None:
    lines = [(depth, title) for depth, title, _ in toc(bind(told.root))]
    assert lines[:5] == [(1, "蜡烛"), (2, "南山"), (3, "初雪"), (2, "长乐"), (3, "炒面")]
    assert lines[5:7] == [(1, "应急"), (2, "各服务点")]


def test_each_story_is_a_file_with_title_byline_date_and_text(told: Anthology) -> None:
    told.edit("first-snow", "雪落下来。", role="志愿者")
    book = bind(told.root)
    assert "text/s-first-snow.xhtml" in book.stories
    assert (
        book.text("text/s-first-snow.xhtml")
        == "初雪 何文君 志愿者 · 2020年8月12日 雪落下来。 在线读这一篇"
    )


def test_landmarks_lead_to_cover_contents_and_the_first_part(told: Anthology) -> None:
    marks = {title: href for _, title, href in toc(bind(told.root), "landmarks")}
    assert marks["封面"] == "text/cover.xhtml"
    assert marks["正文"] == "text/part-1.xhtml"


def test_pages_are_numbered_in_order_and_each_mark_is_there(told: Anthology) -> None:
    told.edit("first-snow", "\n\n".join(["雪" * 400] * 7))
    book = bind(told.root)
    pages = toc(book, "page-list")
    assert [label for _, label, _ in pages] == [str(n + 1) for n in range(len(pages))]
    for _, _, address in pages:
        file, _, mark = address.partition("#")
        marks = [one for one in book.all(file, "div") if one.get("id") == mark]
        assert marks
        assert marks[0].get(f"{OPS}type") == "pagebreak"
    assert len([href for _, _, href in pages if "s-first-snow" in href]) == 3
    assert book.metadata("pageBreakSource") == ["none"]


def test_with_a_printed_book_the_pages_are_those_of_print(told: Anthology) -> None:
    printed = {"s-first-snow": 9, "s-noodles": 9, "s-night": 14}
    told.site(title="烛光", book={"isbn": "978-7-5327-9999-2"})
    book = bind(told.root, printed=printed)
    assert [label for _, label, _ in toc(book, "page-list")] == ["9", "14"]
    assert book.metadata("pageBreakSource") == ["urn:isbn:9787532799992"]


def test_a_part_registers_its_points_and_those_that_wait(told: Anthology) -> None:
    told.team("candle", title="蜡烛", motto="燃烧自己，照亮别人")
    told.community("dark", title="裕景园", leaders=["李大霖"], teams=["蜡烛"])
    text = bind(told.root).text("text/part-1.xhtml")
    assert "燃烧自己，照亮别人" in text
    assert "裕景园" in text
    assert "李大霖 故事征集中" in text


def test_a_chapter_names_its_place_and_leaders(told: Anthology) -> None:
    assert "南山 天山区 负责人：马保福" in bind(told.root).text("text/part-1-1.xhtml")


def test_the_list_of_a_chapter_names_who_signed_and_nobody_else(told: Anthology) -> None:
    told.story("unsigned", title="无名", team="蜡烛", community="nan-shan")
    text = bind(told.root).text("text/part-1-1.xhtml")
    assert "初雪 何文君" in text
    assert "无名" in text
    assert "佚名" not in text


def test_a_point_that_waits_with_photos_has_a_chapter_that_says_so(told: Anthology) -> None:
    told.write("content/communities/dark/a.jpg", photo("a"))
    told.community(
        "dark", title="裕景园", teams=["蜡烛"], photos=[{"file": "a.jpg", "caption": "院里"}]
    )
    book = bind(told.root)
    (name,) = (leaf.file for leaf in book.plan.leaves if leaf.title == "裕景园")
    assert book.text(name) == "裕景园 团队：蜡烛 院里 故事征集中"
    assert not book.all(name, "ol")


def test_a_link_leads_to_a_story_of_the_book_else_to_the_web(told: Anthology) -> None:
    told.edit("first-snow", "看[炒面](../noodles/)，看[南山](../../communities/nan-shan/)。")
    hrefs = [one.get(HREF) for one in bind(told.root).all("text/s-first-snow.xhtml", "a")]
    assert hrefs[:2] == [
        "s-noodles.xhtml",
        "https://candlelight.example/sub/communities/nan-shan/",
    ]


def test_without_a_web_address_such_a_link_leaves_its_words(told: Anthology) -> None:
    told.site(title="烛光", base_url="")
    told.edit("first-snow", "看[南山](../../communities/nan-shan/)。")
    book = bind(told.root)
    assert not [one for one in book.all("text/s-first-snow.xhtml", "a") if one.get(HREF)]
    assert "看南山。" in book.text("text/s-first-snow.xhtml")


def test_a_photo_stands_with_alt_caption_and_credit_in_one_figure(told: Anthology) -> None:
    told.photo("first-snow", "a.jpg", alt="一盏灯", caption="巷口的灯", credit="社区供图")
    book = bind(told.root)
    [figure] = book.all("text/s-first-snow.xhtml", "figure")
    image = figure.find(f"{XHTML}img")
    assert image is not None
    assert image.get("alt") == "一盏灯"
    assert f"EPUB/{image.get('src', '').removeprefix('../')}" in book.files
    assert "".join("".join(figure.itertext()).split()) == "巷口的灯社区供图"
    assert book.metadata("schema:accessibilityFeature").count("alternativeText") == 1


def test_alternative_text_is_promised_only_if_every_photo_has_it(told: Anthology) -> None:
    told.photo("first-snow", "a.jpg", alt="一盏灯").photo("noodles", "b.jpg")
    book = bind(told.root)
    assert "alternativeText" not in book.metadata("schema:accessibilityFeature")
    assert book.metadata("schema:accessModeSufficient") == ["textual,visual"]


def test_a_photo_that_failed_leaves_a_marked_box_and_a_warning(told: Anthology) -> None:
    told.photo("first-snow", "a.jpg", caption="巷口的灯")
    book = bind(told.root, spoilt="content/stories/first-snow/a.jpg")
    assert "照片没有找到：a.jpg 巷口的灯" in book.text("text/s-first-snow.xhtml")
    [problem] = book.report.problems
    assert (problem.code, problem.given["file"]) == ("epub-photo-boxed", "a.jpg")
    assert problem.place.path == "content/stories/first-snow/index.md"


def test_verse_keeps_its_lines_and_is_set_in_kai(told: Anthology) -> None:
    told.edit("first-snow", "一盏灯，  \n照着雪。")
    book = bind(told.root)
    [verse] = [
        one for one in book.all("text/s-first-snow.xhtml", "p") if one.get("class") == "verse"
    ]
    assert verse.find(f"{XHTML}br") is not None
    assert set("一盏灯照着雪") <= set(book.plan.kai)


def test_a_footnote_opens_as_a_popup_and_leads_back(told: Anthology) -> None:
    told.edit("first-snow", "见下[^1]。\n\n[^1]: 两个单元合计。")
    book = bind(told.root)
    [reference, back, *_] = book.all("text/s-first-snow.xhtml", "a")
    [note] = book.all("text/s-first-snow.xhtml", "aside")
    assert reference.get(f"{OPS}type") == "noteref"
    assert reference.get(HREF) == f"#{note.get('id')}"
    assert note.get(f"{OPS}type") == "footnote"
    assert back.get("role") == "doc-backlink"
    assert "1 两个单元合计。" in book.text("text/s-first-snow.xhtml")


def test_uyghur_says_its_language_and_runs_from_right_to_left(told: Anthology) -> None:
    told.edit("first-snow", "كېچە.", title="كېچە", lang="ug")
    prose = [one for one in bind(told.root).all("text/s-first-snow.xhtml", "div") if one.get("dir")]
    assert [(one.get("lang"), one.get("dir")) for one in prose] == [("ug", "rtl")]


def test_ruby_stays_and_is_told(told: Anthology) -> None:
    told.edit("first-snow", "<ruby>烛<rt>zhú</rt></ruby>光")
    book = bind(told.root)
    assert [one.text for one in book.all("text/s-first-snow.xhtml", "rt")] == ["zhú"]
    assert "rubyAnnotations" in book.metadata("schema:accessibilityFeature")


def test_source_credits_and_corrections_follow_the_text(told: Anthology) -> None:
    told.edit(
        "first-snow", credits={"编辑": "安琦"}, corrections=["时间改为九点。"],
        source={"title": "初雪（原文）", "url": "https://example.org/snow"},
    )  # fmt: skip
    text = bind(told.root).text("text/s-first-snow.xhtml")
    assert text.endswith("更正：时间改为九点。 来源：《初雪（原文）》 编辑：安琦 在线读这一篇")


def test_preface_and_afterword_stand_at_both_ends(told: Anthology) -> None:
    told.page("preface", "开头。", title="前言", epigraph=["灯亮着"])
    told.page("afterword", "结尾。", title="后记")
    titles = [title for depth, title, _ in toc(bind(told.root)) if depth == 1]
    assert titles[0] == "前言"
    assert titles[titles.index("应急") + 1] == "后记"


def test_the_index_leads_from_each_name_to_where_it_stands(told: Anthology) -> None:
    book = bind(told.root)
    text = book.text("text/names.xhtml")
    assert "H 何文君 初雪" in text
    assert "M 马保福 南山" in text


def test_a_credit_for_a_whole_part_names_the_part(told: Anthology) -> None:
    told.edit("first-snow", credits={"编辑": "安琦"}).edit("noodles", credits={"编辑": "安琦"})
    told.photo("night", credit="社区供图")
    text = bind(told.root).text("text/credits.xhtml")
    assert "编辑：安琦：蜡烛" in text
    assert "社区供图：night" in text.replace("夜班", "night")


def test_who_took_the_photos_of_a_team_or_a_preface_is_credited_too(told: Anthology) -> None:
    for folder in ("teams/candle", "pages/preface"):
        told.write(f"content/{folder}/a.jpg", photo("a"))
    shown = [{"file": "a.jpg", "credit": "供图人"}]
    told.team("candle", title="蜡烛", photos=shown).page("preface", title="前言", photos=shown)
    assert "供图人：前言、蜡烛" in bind(told.root).text("text/credits.xhtml")


def test_credits_are_creators_and_contributors_with_their_roles(told: Anthology) -> None:
    told.site(title="烛光", credits={"编辑": "安琦", "摄影": ["某甲", "某乙"], "出版社": "样本社"})
    book = bind(told.root)
    assert book.metadata("creator") == ["安琦"]
    assert book.metadata("contributor") == ["某甲", "某乙"]
    assert book.metadata("role") == ["edt", "pht", "pht"]
    assert book.metadata("publisher") == ["样本社"]


def test_the_date_is_the_latest_story_and_never_today(told: Anthology) -> None:
    assert bind(told.root).metadata("dcterms:modified") == ["2021-02-03T00:00:00Z"]


def test_an_isbn_identifies_the_book_besides_its_own_number(told: Anthology) -> None:
    plain = bind(told.root).metadata("identifier")
    told.site(title="烛光", book={"isbn": "978-7-5327-9999-2"})
    assert bind(told.root).metadata("identifier") == [*plain, "urn:isbn:9787532799992"]


def test_a_subtitle_keeps_its_lines_on_the_cover(anthology: Anthology) -> None:
    anthology.site(subtitle=["二〇二〇抗疫第一线", "蜡烛最美志愿者文集"])
    card = bind(anthology.root).plan.cover
    _, (subtitle, ink) = lettering(card, Faces(resources.find(routes.FONT, None)))
    assert (subtitle.lines, ink) == (("二〇二〇抗疫第一线", "蜡烛最美志愿者文集"), AMBER)


def test_traditional_editions_speak_traditional(anthology: Anthology) -> None:
    anthology.site(title="燭光", language="zh-Hant").story("snow", title="初雪")
    book = bind(anthology.root)
    assert book.metadata("language") == ["zh-Hant"]
    assert "目錄" in book.text("nav.xhtml")


def test_the_colophon_says_what_the_printed_one_says(anthology: Anthology) -> None:
    """A line of the editors' own changes ours of the same label; the others stay."""
    anthology.site(
        title="烛光",
        credits={"责任编辑": "甲", "审核": "乙"},
        book={"edition": "第一版", "colophon": {"审核": "丙", "版次": "修订版", "印刷": "丁"}},
    ).story("snow", title="初雪")
    told = bind(anthology.root).text("text/colophon.xhtml")
    for there in ("责任编辑", "甲", "审核", "丙", "修订版", "印刷", "丁"):
        assert there in told, there
    assert "乙" not in told
    assert "第一版" not in told


def test_who_worked_on_the_whole_book_stands_in_its_colophon_alone(anthology: Anthology) -> None:
    everywhere = {"责任编辑": "甲"}
    anthology.site(title="烛光", credits=everywhere)
    anthology.story("snow", title="初雪", credits=everywhere | {"通讯员": "乙"})
    book = bind(anthology.root)
    assert "甲" in book.text("text/colophon.xhtml")
    assert "通讯员" in book.text("text/s-snow.xhtml")
    assert "责任编辑" not in book.text("text/s-snow.xhtml")
