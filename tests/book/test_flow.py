"""The HTML of a text becomes blocks and runs: everything has a form, nothing is lost."""

import html
import re
import time
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.book.flow import Flow, blocks_of
from candlelight.book.sheets import Block, Run
from candlelight.problems import Place
from candlelight.read.blocks import typeset
from candlelight.read.document import read_document
from candlelight.read.jobs import DocumentJob
from candlelight.read.manuscript import to_html

CONTENT = Path(__file__).parents[2] / "content"


def flow(markdown: str, **links: str) -> Flow:
    """What becomes of a text that an editor typed."""
    clean, _ = to_html(markdown, Place("content/stories/a.md"))
    document = {f"stories/{slug}": link for slug, link in links.items()}
    return blocks_of(typeset(clean, "content/stories/a.md").blocks, document)


def blocks(markdown: str, **links: str) -> tuple[Block, ...]:
    return flow(markdown, **links).blocks


def runs(markdown: str, **links: str) -> tuple[Run, ...]:
    [block] = blocks(markdown, **links)
    return block.runs


def words(all_runs: tuple[Run, ...]) -> str:
    return "".join(run if isinstance(run, str) else run[0] for run in all_runs)


def test_a_plain_paragraph_is_one_run() -> None:
    assert blocks("灯亮了。") == (Block("p", ("灯亮了。",)),)


def test_headings_keep_their_levels() -> None:
    found = blocks("# 一\n\n甲\n\n## 二\n\n乙\n\n### 三\n\n丙")
    assert [(one.level, one.runs) for one in found if one.kind == "h"] == [
        (1, ("一",)), (2, ("二",)), (3, ("三",)),
    ]  # fmt: skip


def test_verse_is_one_block_a_stanza() -> None:
    assert blocks("<p>灯亮了<br>雪停了<br><br>天也亮了<br>路长</p>") == (
        Block("v", ("灯亮了", ("", "/"), "雪停了")),
        Block("v", ("天也亮了", ("", "/"), "路长")),
    )


def test_quotations_nest_and_may_hold_verse() -> None:
    html_block = (
        "<blockquote><p>一</p><blockquote><p>二</p></blockquote>"
        '<p class="verse">三<br>四</p></blockquote>'
    )
    assert [(one.kind, one.depth) for one in blocks_of([html_block]).blocks] == [
        ("q", 1), ("q", 2), ("v", 1),
    ]  # fmt: skip


def test_lists_nest_and_count_from_where_they_start() -> None:
    html_block = (
        '<ol start="3"><li>三<ul><li>甲</li></ul></li><li><p>四</p><p>又</p></li></ol>'
        "<ol><li>一</li></ol>"
    )
    found = [(one.mark, one.depth, one.more, one.runs) for one in blocks_of([html_block]).blocks]
    assert found == [
        ("3.", 1, False, ("三",)),
        ("•", 2, False, ("甲",)),
        ("4.", 1, False, ("四",)),
        ("", 1, True, ("又",)),
        ("1.", 1, False, ("一",)),
    ]


def test_an_item_that_begins_with_a_quotation_still_shows_its_number() -> None:
    found = blocks_of(["<ol><li><blockquote><p>灯</p></blockquote></li><li></li></ol>"]).blocks
    assert [(one.kind, one.mark, one.runs) for one in found] == [
        ("li", "1.", ("",)), ("q", "", ("灯",)),
    ]  # fmt: skip


def test_a_number_too_long_to_be_one_starts_from_one() -> None:
    [item] = blocks_of([f'<ol start="{"9" * 9999}"><li>一</li></ol>']).blocks
    assert item.mark == "1."


def test_a_term_is_bold_and_its_meaning_stands_under_it() -> None:
    found = blocks_of(["<dl><dt>烛</dt><dd>一支<p>又一支</p></dd></dl>"]).blocks
    assert [(one.kind, one.depth, one.more, one.runs) for one in found] == [
        ("p", 0, False, (("烛", "b"),)),
        ("li", 1, True, ("一支",)),
        ("li", 1, True, ("又一支",)),
    ]


def test_a_program_keeps_its_lines_and_spaces() -> None:
    [block] = blocks_of(['<pre><code>if a:\n    b("c")  # d\n\n</code></pre>']).blocks
    assert (block.kind, block.runs) == (
        "code", ("if a:", ("", "/"), '\xa0\xa0\xa0\xa0b("c")\xa0\xa0# d'),
    )  # fmt: skip


def test_a_table_has_a_row_a_block_and_a_sign_between_cells() -> None:
    found = blocks("| 名 | 数 |\n|---|--:|\n| 灯 | 3 |")
    assert [(one.kind, one.level, one.more, one.align, one.runs) for one in found] == [
        ("row", 1, False, "lr", ("名", ("", "|"), "数")),
        ("row", 0, True, "lr", ("灯", ("", "|"), "3")),
    ]


def test_a_cell_that_spans_leaves_empty_cells() -> None:
    table = (
        '<table><tr><th colspan="2">头</th><th>末</th></tr>'
        '<tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>'
    )
    found = blocks_of([table]).blocks
    assert [one.runs for one in found] == [
        ("头", ("", "|"), ("", "|"), "末"),
        ("甲", ("", "|"), "乙", ("", "|")),
        (("", "|"), "丙", ("", "|")),
    ]
    assert [one.level for one in found] == [1, 0, 0]


def test_a_cell_holds_lines_where_it_held_blocks_or_a_table() -> None:
    table = (
        "<table><tr><td><p>一</p><ul><li>二</li></ul></td>"
        "<td><table><tr><td>三</td><td>四</td></tr></table></td></tr></table>"
    )
    [row] = blocks_of([table]).blocks
    assert row.runs == ("一", ("", "/"), "• 二", ("", "|"), "三", ("", "/"), "四")


def test_two_tables_in_a_row_stay_two() -> None:
    table = "<table><tr><td>灯</td></tr><tr><td>烛</td></tr></table>"
    assert [one.more for one in blocks_of([table, table]).blocks] == [False, True, False, True]


def test_a_rule_a_summary_and_the_words_of_a_figure_have_a_form() -> None:
    found = blocks_of(
        [
            "<hr>",
            '<details open=""><summary>问</summary><p>答</p></details>',
            "<figure><figcaption>图说</figcaption></figure>",
        ]
    ).blocks
    assert [(one.kind, one.runs) for one in found] == [
        ("hr", ()), ("p", (("问", "b"),)), ("p", ("答",)), ("p", (("图说", "e"),)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("em", "e"), ("i", "e"), ("cite", "e"), ("u", "e"), ("mark", "e"), ("strong", "b"),
        ("b", "b"), ("del", "k"), ("s", "k"), ("sup", "h"), ("sub", "l"), ("code", "c"), ("kbd", "c"),
    ],
)  # fmt: skip
def test_words_are_set_as_their_tag_means(tag: str, style: str) -> None:
    assert runs(f"灯<{tag}>火</{tag}>亮") == ("灯", ("火", style), "亮")


@pytest.mark.parametrize("tag", ["ins", "small", "time", "abbr", "span", "bdi"])
def test_other_words_are_just_words(tag: str) -> None:
    assert runs(f"灯<{tag}>火</{tag}>亮") == ("灯火亮",)


def test_styles_add_up() -> None:
    assert runs("<b>灯<i>火</i></b>") == (("灯", "b"), ("火", "be"))


def test_quotes_within_quotes_change_their_marks() -> None:
    assert runs("<q>灯<q>火</q></q>") == ("“灯‘火’”",)


def test_ruby_stands_over_its_base() -> None:
    assert runs("<ruby>烛<rp>(</rp><rt>zhú</rt><rp>)</rp>光<rt>guāng</rt></ruby>亮") == (
        ("烛", "y", "zhú"), ("光", "y", "guāng"), "亮",
    )  # fmt: skip


def test_links_lead_out_or_within_the_book_or_nowhere() -> None:
    assert runs("[网](https://a.cn/?b=1&c=2)，[篇](b.md)，[另](c.md)。", b="#s-b") == (
        ("网", "", "https://a.cn/?b=1&c=2"), "，", ("篇", "", "#s-b"), "，另。",
    )  # fmt: skip


NOTES = "灯[^1]，烛[^b]，又[^1]。\n\n[^1]: 注*一*\n\n    第二段\n[^b]: 注二"


def test_footnotes_leave_the_text_and_every_reference_points_to_one() -> None:
    found = flow(NOTES)
    assert found.blocks == (
        Block("p", ("灯", ("0", "n"), "，烛", ("1", "n"), "，又", ("0", "n"), "。")),
    )
    assert found.notes == (("注", ("一", "e"), ("", "/"), "第二段"), ("注二",))


def test_a_note_that_nothing_refers_to_ends_the_text() -> None:
    section = '<section class="notes"><ol><li id="note-1"><p>孤注</p></li></ol></section>'
    found = blocks_of(["<p>灯</p>", section])
    assert found.blocks[1:] == (Block("li", ("孤注",), depth=1, mark="•"),)


def test_a_note_within_a_note_keeps_its_number_and_ends_nowhere() -> None:
    section = (
        '<section class="notes"><ol><li lang="zh" id="note-2"><p>甲<sup id="note-3">'
        '<a href="#note-2">1</a></sup>\xa0<a href="#note-1">↩</a></p></li></ol></section>'
    )
    found = blocks_of(['<p>灯<sup id="note-1"><a href="#note-2">1</a></sup></p>', section])
    assert found.notes == (("甲", ("1", "h")),)


def test_words_that_link_to_a_note_stay_before_its_mark() -> None:
    section = '<section class="notes"><ol><li id="note-2"><p>甲</p></li></ol></section>'
    found = blocks_of(['<p>灯（<a href="#note-2">见注</a>）</p>', section])
    assert found.blocks[0].runs == ("灯（见注", ("0", "n"), "）")


def test_the_place_of_a_photo_is_known_by_the_blocks_before_it() -> None:
    found = blocks_of(["<p>一</p>", "", "<ul><li>二</li><li>三</li></ul>", "", "<p>四</p>"])
    assert found.offsets == (0, 1, 1, 3, 3, 4)


def test_spaces_are_those_of_a_page() -> None:
    found = blocks_of(
        ["<p>\n a \n <b> b</b>  c<br>  d </p>", "<p>\u3000\u3000灯 \n</p>", "<p> </p>"]
    )
    assert [one.runs for one in found.blocks] == [
        ("a ", ("b", "b"), " c", ("", "/"), "d"), ("灯",),
    ]  # fmt: skip


def test_a_right_to_left_paragraph_is_known_by_its_first_letter_or_by_what_it_says() -> None:
    found = blocks_of([
        "<p>ئۇيغۇر 灯</p>", "<p>灯 ئۇيغۇر</p>", '<p dir="rtl">灯</p>', '<p lang="ug">…</p>',
    ], rtl=True).blocks  # fmt: skip
    assert [one.rtl for one in found] == [True, False, True, True]
    assert found[3].lang == "ug"
    assert found[1].runs == ("灯 ", ("ئۇيغۇر", "r"))


HOSTILE = '$x #read("/etc/passwd") @ref [a'


def test_hostile_text_is_just_text() -> None:
    [block] = blocks_of([f"<p>{html.escape(HOSTILE, quote=False)}</p>"]).blocks
    assert words(block.runs) == HOSTILE
    [code] = blocks_of([f"<pre>{HOSTILE}</pre>"]).blocks
    assert words(code.runs) == HOSTILE


@pytest.mark.parametrize("tag", ["blockquote", "ul><li", "ol><li", "b", "table><tr><td", "dl><dd"])
def test_nesting_without_end_neither_recurses_nor_explodes(tag: str) -> None:
    names = tag.split("><")
    closing = "".join(f"</{name}>" for name in reversed(names))
    found = blocks_of([f"<{tag}>灯" * 10_000 + closing * 10_000]).blocks
    assert len(found) <= 10_000
    assert max(one.depth for one in found) <= 6
    assert sum(words(one.runs).count("灯") for one in found) == 10_000
    assert blocks_of([f"<{tag}>" * 10_000 + "灯"]).blocks[-1].runs[-1:] in (("灯",), (("灯", "b"),))


def test_lone_tags_do_no_harm() -> None:
    text = "</p></b><td>一</td></table><li>二<dd>三</q></ruby><rt>四</rt></li></ul>五<"
    shown = "".join(words(one.runs) for one in blocks_of([text]).blocks)
    assert shown == "一二三（四）五<"


def letters(text: str) -> str:
    """What must arrive: letters, digits and signs, as a page shows them."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNS")


TAGS = [
    "p",
    "b",
    "em",
    "del",
    "code",
    "a",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "q",
    "span",
    "details",
    "summary",
    "ruby",
    "sup",
    "figure",
    "h2",
]


@st.composite
def trees(draw: st.DrawFn) -> str:
    """Well-formed HTML of any shape."""
    parts: list[str] = []
    opened: list[str] = []
    for _ in range(draw(st.integers(0, 25))):
        step = draw(st.integers(0, 5))
        if step <= 1:
            parts.append(html.escape(draw(st.text(max_size=12))))
        elif step <= 3:
            opened.append(draw(st.sampled_from(TAGS)))
            parts.append(f"<{opened[-1]}>")
        elif opened and step == 4:
            parts.append(f"</{opened.pop()}>")
        else:
            parts.append("<br>")
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(opened))


@given(trees())
def test_no_text_is_ever_lost(block: str) -> None:
    found = blocks_of([block])
    shown = "".join(words(one.runs) for one in found.blocks)
    assert letters(shown) == letters(html.unescape(re.sub(r"</?[a-z0-9]+>", "", block)))
    msgspec.json.encode(found)


@given(st.text(max_size=200))
def test_any_text_at_all_survives(text: str) -> None:
    clean, _ = to_html(text, Place("x"))
    found = blocks_of(typeset(clean, "x").blocks)
    msgspec.json.encode(found)
    assert all(one.depth <= 6 for one in found.blocks)


STORIES = sorted((CONTENT / "stories").glob("*/index.md"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.parent.name)
def test_every_story_of_the_anthology_arrives_whole(path: Path) -> None:
    read = read_document(
        DocumentJob(f"content/stories/{path.parent.name}.md", "story", path.read_bytes())
    )
    found = blocks_of(read.blocks)
    bare = re.sub(r"<[^>]*>", "", "".join(read.blocks))
    assert letters("".join(words(one.runs) for one in found.blocks)) == letters(html.unescape(bare))
    assert len(found.offsets) == len(read.blocks) + 1


def test_a_thousand_stories_are_read_at_once() -> None:
    sentence = "夜里下了雪，巷子里的灯一盏一盏亮起来，志愿者把菜送到门口，“谢谢你们”，门里的人说。"
    story = [f"<p>{sentence * 4}</p>"] * 5
    begin = time.process_time()
    for _ in range(1000):
        blocks_of(story)
    assert time.process_time() - begin < 0.3


HEAPS = {
    "words": "<p>" + "夜里下了雪，巷子里的灯一盏一盏亮起来。" * 18_000 + "</p>",
    "paragraphs": "<p>灯<b>亮</b>了，" + "雪停了。" * 30 + '(a)"b"</p>',
    "brackets": "<p>" + "(灯" * 200_000 + "</p>",
    "quotes": "<p>" + '"' * 300_000 + "</p>",
    "leftwards": "<p>" + "ئ 灯" * 100_000 + "</p>",
    "addresses": "<p>" + "www." + "a-" * 400_000 + "@" * 100_000 + "</p>",
    "columns": "<table><tr>"
    + "<td>a</td>" * 5000
    + "</tr>"
    + "<tr><td>x</td></tr>" * 5000
    + "</table>",
    "ruby": "<ruby>" + "灯<rt>a</rt>" * 40_000 + "</ruby>",
}


@pytest.mark.parametrize("name", HEAPS)
def test_a_megabyte_of_text_is_read_in_time(name: str) -> None:
    heap = HEAPS[name]
    begin = time.process_time()
    blocks_of([heap * (1 if len(heap) > 9999 else 1_000_000 // len(heap.encode()))])
    assert time.process_time() - begin < 6  # Less than 2 s where nothing else runs.
