"""The body of a text as Chinese editors type it, and what a page makes of it."""

from __future__ import annotations

import pytest

from candlelight.read.jobs import ReadDocument
from tests.read.desk import Codes, Read


def html(found: ReadDocument) -> str:
    return "\n".join(found.blocks)


def test_a_line_broken_between_chinese_characters_is_joined_without_a_space(body: Read) -> None:
    assert body("我们\n出发，**真：**\n她说\n").blocks == (
        "<p>我们出发，<strong>真：</strong>她说</p>",
    )


def test_a_line_broken_between_words_keeps_its_space(body: Read) -> None:
    assert body("Volunteers\nof Jilin\n").blocks == ("<p>Volunteers\nof Jilin</p>",)


def test_paragraphs_set_off_by_full_width_spaces_alone_are_paragraphs(body: Read) -> None:
    assert body("　　第一段。\n　　第二段。\n").blocks == ("<p>第一段。</p>", "<p>第二段。</p>")


def test_an_indented_paragraph_is_no_code(body: Read) -> None:
    assert body("    缩进的段落。\n\n\t又一段。").blocks == (
        "<p>缩进的段落。</p>",
        "<p>又一段。</p>",
    )


def test_a_year_at_the_beginning_of_a_line_stays(body: Read) -> None:
    assert body("2020. 我们出发。").blocks == ("<p>2020. 我们出发。</p>",)


def test_two_spaces_at_the_end_of_a_line_make_verse(body: Read) -> None:
    assert body("一盏灯  \n两盏灯").blocks == (
        '<p class="verse">一盏灯<br>\n两盏灯</p>'.replace("\n", ""),
    )


def test_a_line_of_dashes_under_a_sentence_is_a_rule(body: Read) -> None:
    assert body("我们回家了。\n---\n后来。").blocks == (
        "<p>我们回家了。</p>",
        "<hr>",
        "<p>后来。</p>",
    )


def test_headings_begin_below_the_title_and_go_down_a_step_at_a_time(body: Read) -> None:
    found = body("# 一\n\n### 二\n\n###### 三\n\n# 四 #\n\n#五\n\n下文\n===\n")
    assert found.blocks == (
        "<h2>一</h2>", "<h3>二</h3>", "<h4>三</h4>", "<h2>四</h2>", "<h2>五</h2>", "<h2>下文</h2>",
    )  # fmt: skip
    assert found.document.body.headings == "一\n二\n三\n四\n五\n下文"
    assert body("### 深\n\n# 浅").blocks == ("<h2>深</h2>", "<h2>浅</h2>")


def test_tables_and_footnotes_are_set_and_notes_stand_apart(body: Read) -> None:
    found = body("|甲|乙|\n|--|:-:|\n|1|2|\n\n他来了。[^a b]\n\n[^a b]: 一九九〇年。\n")
    assert '<th class="center">乙</th>' in found.blocks[0]
    assert found.blocks[1] == ('<p>他来了。<sup id="note-1"><a href="#note-2">1</a></sup></p>')
    assert found.blocks[2].startswith('<section class="notes"><ol>\n<li id="note-2">')
    assert found.document.body.excerpt == "他来了。"


def test_ruby_details_and_figures_are_allowed(body: Read) -> None:
    for allowed in (
        "<ruby>烛<rt>zhú</rt></ruby>",
        "<details><summary>名单</summary>甲</details>",
        '<bdi lang="ug">ئۇيغۇر</bdi>',
    ):
        found = body(allowed)
        assert allowed in html(found)
        assert found.problems == ()


@pytest.mark.parametrize(
    ("written", "gone", "name"),
    [
        ("<script>alert(1)</script>他", "alert", "<script>"),
        ("<iframe src='https://a.cn'></iframe>他", "iframe", "<iframe>"),
        ('<b onclick="x()">他</b>', "onclick", "onclick"),
        ("<style>p{}</style>他", "style", "<style>"),
        ("<svg onload=x></svg>他", "svg", "<svg>"),
        ("<form><input></form>他", "input", "<form>"),
        ("<blink>他</blink>", "blink", "<blink>"),
    ],
)
def test_html_that_may_not_stand_is_removed_with_a_warning_at_its_line(
    body: Read, written: str, gone: str, name: str
) -> None:
    found = body(f"前文\n\n{written}")
    assert "他" in html(found)
    assert gone not in html(found)
    problem = found.problems[0]
    assert (problem.code, problem.given["name"], problem.place.line) == ("html-removed", name, 6)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
     "&#106;avascript:alert(1)", "java\tscript:alert(1)", "content:stories/x"],
)  # fmt: skip
def test_a_dangerous_address_goes_and_its_words_stay(body: Read, address: str) -> None:
    for written in (
        f"[他]({address})",
        f'<a href="{address}">他</a>',
        f"[他][1]\n\n[1]: {address}",
    ):
        found = body(written)
        assert "他" in html(found)
        assert "<a" not in html(found)


def test_a_dangerous_address_is_a_warning(body: Read, codes: Codes) -> None:
    assert codes(body("[他](javascript:alert(1))")) == ["address-removed"]


def test_classes_styles_and_identities_of_content_never_reach_a_page(body: Read) -> None:
    found = body('<p class="hero" style="color:red" id="top">他</p>')
    assert found.blocks == ("<p>他</p>",)


def test_the_braces_of_a_template_are_text(body: Read) -> None:
    assert body("{{ x }} {% y %}").blocks == ("<p>{{ x }} {% y %}</p>",)


def test_a_division_around_markdown_does_not_stop_it(body: Read) -> None:
    assert body("<div>\n\n**他**\n\n</div>\n").blocks == ("<p><strong>他</strong></p>",)


def test_comments_are_for_editors_alone(body: Read) -> None:
    assert body("前\n\n<!-- 待核实 -->\n\n后").blocks == ("<p>前</p>", "<p>后</p>")


@pytest.mark.parametrize(
    "href",
    ["../other/index.md", "../other/", "../other", "other", "other.md", "/stories/other/",
     "../../stories/other/index.md", "../../../content/stories/other/", "../other/#top"],
)  # fmt: skip
def test_a_link_to_another_story_is_found_however_it_is_written(body: Read, href: str) -> None:
    found = body(f"见[那篇]({href})。")
    assert found.blocks == ('<p>见<a href="content:stories/other">那篇</a>。</p>',)
    assert [(link.target, link.line) for link in found.document.body.links] == [
        ("stories/other", 4)
    ]


def test_a_link_reaches_people_teams_and_places_and_names_in_chinese(body: Read) -> None:
    found = body(
        "[甲](../../people/jia.md) [队](/teams/%E8%9C%A1%E7%83%9B/) [点](../../communities/某社区/)"
    )
    assert [link.target for link in found.document.body.links] == [
        "people/jia", "teams/蜡烛", "communities/某社区",
    ]  # fmt: skip


@pytest.mark.parametrize("href", ["../../../../etc/passwd", "notes.pdf", "C:\\x", "#nowhere", "?x"])
def test_a_link_that_leads_nowhere_keeps_its_words_alone(body: Read, href: str) -> None:
    assert "<a" not in html(body(f"[他]({href})"))


def test_a_photo_in_a_paragraph_of_its_own_keeps_its_place(body: Read) -> None:
    found = body("前\n\n![中午的炒面](noodles.jpg)\n\n后", photos=("noodles.jpg",))
    assert found.blocks == ("<p>前</p>", "", "<p>后</p>")
    assert found.document.body.placed == ((1, "content/stories/first-snow/noodles.jpg"),)
    assert [(photo.caption, photo.listed) for photo in found.photos] == [("中午的炒面", False)]


def test_a_photo_within_a_sentence_moves_below_it_with_a_notice(body: Read, codes: Codes) -> None:
    found = body("前 ![图](a.jpg) 后", photos=("a.jpg",))
    assert found.blocks == ("<p>前 后</p>", "")
    assert codes(found) == ["photo-lifted"]


def test_a_photo_from_the_web_is_not_asked_for(body: Read, codes: Codes) -> None:
    found = body("![图](https://a.cn/x.jpg)\n\n他")
    assert "<img" not in html(found)
    assert codes(found) == ["image-external"]


def test_a_photo_that_is_not_there_is_an_error_at_its_line(body: Read) -> None:
    problem = body("前\n\n![图](noodels.jpg)", photos=("noodles.jpg",)).problems[0]
    assert (problem.code, problem.place.line) == ("photo-missing-near", 6)
    assert problem.given["near"] == "noodles.jpg"


def test_the_excerpt_ends_with_a_sentence(body: Read) -> None:
    text = "这是一个很长的句子，讲的是楼下的炒面怎样送到每一户人家。" * 6
    excerpt = body(f"## 标题\n\n{text}").document.body.excerpt
    assert excerpt == "这是一个很长的句子，讲的是楼下的炒面怎样送到每一户人家。" * 3


def test_blocks_have_the_lengths_of_their_words(body: Read) -> None:
    assert body("一二三\n\n**四**五\n\n![](a.jpg)", photos=("a.jpg",)).document.body.lengths == (
        3,
        2,
        0,
    )


def test_two_stories_with_one_body_share_its_digest(body: Read) -> None:
    assert (
        body("他").document.body.digest
        == body("他\n\n").document.body.digest
        != body("她").document.body.digest
    )


def test_speech_in_brackets_is_no_definition_that_vanishes(body: Read) -> None:
    found = body("[记者]: 你好\n\n[来源]: https://a.cn/x\n\n[^注]: 无人提到\n")
    assert found.blocks == (
        "<p>[记者]: 你好</p>",
        "<p>[来源]: https://a.cn/x</p>",
        "<p>[^注]: 无人提到</p>",
    )


def test_an_address_defined_apart_is_a_link(body: Read) -> None:
    assert body("见[报道][1]、[报道]。\n\n[1]: https://a.cn\n[报道]: https://b.cn\n").blocks == (
        (
            '<p>见<a href="https://a.cn" rel="noopener">报道</a>、'
            '<a href="https://b.cn" rel="noopener">报道</a>。</p>'
        ),
    )


def test_verse_may_be_indented_with_full_width_spaces(body: Read) -> None:
    assert body("　　一盏灯  \n　　两盏灯\n").blocks == ('<p class="verse">一盏灯<br>两盏灯</p>',)


def test_numbered_lines_of_chinese_stand_apart(body: Read) -> None:
    assert body("一、买菜\n二、送菜\n（3）回家\n4、睡觉").blocks == (
        "<p>一、买菜</p>",
        "<p>二、送菜</p>",
        "<p>（3）回家</p>",
        "<p>4、睡觉</p>",
    )


def test_a_first_heading_that_repeats_the_title_goes_with_a_notice(
    body: Read, codes: Codes
) -> None:
    found = body("\n# 初雪\n\n正文")
    assert (found.blocks, codes(found)) == (("<p>正文</p>",), ["title-repeated"])
    assert found.problems[0].place.line == 5


def test_a_photo_at_the_beginning_of_a_paragraph_stands_above_it(body: Read) -> None:
    found = body("![图](a.jpg)\n图中的一行", photos=("a.jpg",))
    assert found.blocks == ("", "<p>图中的一行</p>")
    assert found.document.body.placed == ((0, "content/stories/first-snow/a.jpg"),)


def test_cells_beyond_the_head_of_a_table_are_named_before_they_are_lost(
    body: Read, codes: Codes
) -> None:
    found = body("|甲|乙|\n|--|--|\n|1|2|丙|\n")
    assert [(p.code, p.place.line) for p in found.problems] == [("table-row-long", 6)]


@pytest.mark.parametrize("tag", ["li", "rt", "summary", "figcaption", "dd"])
def test_a_tag_away_from_where_it_belongs_leaves_its_words(body: Read, tag: str) -> None:
    assert body(f"<{tag}>甲</{tag}>").blocks == ("<p>甲</p>",)


def test_paragraphs_within_a_division_stay_paragraphs(body: Read) -> None:
    assert body("<div class='x'>甲\n\n乙</div>").blocks == ("<p>甲</p>", "<p>乙</p>")


def test_an_image_from_a_news_page_keeps_its_paragraphs(body: Read) -> None:
    page = '<div>\n<p><img src="https://a.cn/x.jpg" data-size="1"></p><p>参与防控。</p><p><strong>小标题</strong></p>\n</div>\n'
    found = body(page)
    assert found.blocks == ("", "<p>参与防控。</p>", "<p><strong>小标题</strong></p>")


def test_a_tag_of_the_social_networks_is_no_heading(body: Read) -> None:
    assert body("#万家灯火# 今晚亮了。").blocks == ("<p>#万家灯火# 今晚亮了。</p>",)
