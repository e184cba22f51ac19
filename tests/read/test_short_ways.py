"""The short ways through a text without marks give what the engines give, to the last byte."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from candlelight.problems import Place
from candlelight.read import frontmatter, keys, manuscript, plain_body, plain_front
from candlelight.read.encoding import decode
from candlelight.read.engine import bare_engine, engine

START = Place("content/stories/a/index.md", 3, 1)
many = settings(max_examples=200, suppress_health_check=list(HealthCheck))

WORDS = [
    "我们",
    "在楼下",
    "。",
    "，",
    "“好”",
    "abc",
    "Don't",
    "7点",
    "😀",
    "سلام",
    "e\u0301",
    "\u200b",
]
"""Texts that mean themselves wherever they stand."""
SPACES = [" ", "  ", "    ", "\u3000", "\u3000\u3000", "\n", "\n\n", "\n \n", "\n\u3000\n", "\n\u3000\u3000",
          "\n  \u3000", "\n\n    ", "  \n", " \n", "  \n\u3000", "\t", "\n\t", "\u00a0", "\u2003", "\u2028", "\r\n"]  # fmt: skip
OPENERS = ["3.5公里", "2020年", "2020. ", "2020.", "1. ", "1.x", "1) ", "12)", "１. ", "３．", "第1、", "1、", "12、", "一、",
           "一", "（一）", "(2)", "十二、", "（三", "- ", "-", "--", "---", "\n---\n", "\n\n---\n", "—", "——", "===", "=", "==\n",
           "\n===\n", "#", "## ", "\n## 标题\n", "#标签#", "# a #", "####### ", "##\u3000", "\n##\n", "+", "+ ", ":", "：", ": ",
           "词: 释", "~~~", "%", "@", "^", "$", "{#id}"]  # fmt: skip
MARKS = ["[", "]", "[^1]", "[^1]: ", "[a]: b", "![", "!", "！", "|", "a|b\n-|-\n", ">", "\n> ", "<", "<b>", "</b>", "<!--", "-->", "<div>",
         "*", "**", "* ", "_", "__", "`", "\\", "\\\n", "&", "&amp;", "&#65;", "*[HTML]: x", "HTML", "_甲_", "__甲__", "*甲*", '"', "'", "(a)", "http://a.b",
         "<http://a.b>", "https://例.cn/x", "www.a.b", "a@b.c", "<a@b.c>", "...", "//", "{{", "{%"]  # fmt: skip


def joined(*atoms: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(atoms), max_size=14).map("".join)


BODIES = st.one_of(
    joined(*WORDS, *SPACES),
    joined(*WORDS, *SPACES, *OPENERS),
    joined(*WORDS, *SPACES, *OPENERS, *MARKS),
    st.text("ab 一。\n\u30001.)、-#=+:!~'\"十（(２", max_size=24),
    st.text(max_size=20),
)


def agree_on_body(written: str) -> None:
    body, _ = decode(written.encode(errors="replace"), START.path)
    short = plain_body.to_html(body)
    if short is not None:
        assert (short, []) == manuscript.to_html(body, START)


@many
@given(BODIES)
@example("\n")
@example("\u3000\u3000我们\n\u3000\u3000在楼下\n")
@example("我们  \n\u3000在楼下")
@example("我们\n---\n在楼下\n\n---\n")
def test_a_body_without_marks_is_what_the_engine_and_the_sanitiser_make_of_it(written: str) -> None:
    agree_on_body(written)


@pytest.mark.parametrize("mark", [*SPACES, *OPENERS, *MARKS])
def test_one_mark_alone_means_to_both_the_same_wherever_it_stands(mark: str) -> None:
    for around in ("甲{}乙", "{}乙", "{}", "甲\n{}乙", "甲\n{}", "甲\n\n{}乙", "甲{}\n乙", "甲{}\n\u3000乙", "甲\n\u3000{}乙"):  # fmt: skip
        agree_on_body(around.format(mark))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "我们在楼下。\n\n“好”，Don't worry: it's 100% ok! http://a.b/c?d=e#f\n",
        "\u3000\u3000我们在楼下。\n\u3000\u3000七点了。\n",
        "一行\n又一行\n\n## 小标题\n\n2020年的事。\n\n---\n\n3.5公里。",
    ],
)
def test_usual_bodies_go_the_short_way(body: str) -> None:
    assert plain_body.to_html(body) is not None


@many
@given(joined(*WORDS, *SPACES, *OPENERS, *MARKS, *MARKS))
@example(
    "甲**乙**\n\n| a | b |\n|---|---|\n| *甲* | 乙 |\n\n- 甲\n- [乙](x)\n\n    丙\n\n[^1]: 丁\n\n一[^1]二"
)
@example("甲  \n乙\n\n甲\\*乙\\\\丙")
def test_what_the_engine_is_spared_changes_nothing_that_it_says(body: str) -> None:
    assert engine().reset().convert(body) == bare_engine().convert(body)


VALUES = ["", "甲", "一碗炒面", "2020-08-12", "no", "~", "0123", "12:30", "他说：好", "a:b", "a#b", "[甲, 乙·丙]", "[甲,乙]", '"甲: 乙 #"',
          "'甲'", '""', "http://a.b/c?d=e#f", "a  ", "  a", "a \u3000", "\u3000a", "😀 b", "e\u0301", "a, b", "(a)", "“甲”", "...", "<b>"]  # fmt: skip
TRAPS = ["a: b", "a:", "a #b", "#a", "- a", "-5", "?", "? a", ":", "[甲 , 乙]", "[ 甲]", "[]", "[甲,]", "[,]", "[a: b]", "[a?b]", '[a"b]', "[a&b, c*!d]",
         "{a: b}", "{}", "&a", "*a", "!a", "!!str a", "|", ">-", "'it''s'", '"a\\n"', '"a" b', "'a' #c", "%a", "@a", "`a`", "=", "<<",
         "---", "[", "]", "a[b]", "a{b", "'", '"', "\\", "“a”: b", "- - a", "[a]b", "[[a]]", "a - - - - - - - - - - - - b", "a\tb",
         "\t", "\u00a0a", "a\u00a0", "a\u2028b", "a\x07"]  # fmt: skip
NAMES = ["title", "author", "team", "people", "photos", "source", "credits", "summary", "date", "审核", "x", "file", "caption",
         "标题", "authors", "2020"]  # fmt: skip
INDENTS = st.sampled_from(["", " ", "  ", "    "])


def pairs(values: list[str], names: list[str] = NAMES) -> st.SearchStrategy[str]:
    return st.builds("{}: {}".format, st.sampled_from(names), st.sampled_from(values))


def below(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A key, and what is said of it further in."""
    inner = st.lists(lines, min_size=1, max_size=3)
    return st.builds(
        lambda name, indent, found: "\n".join([f"{name}:", *(indent + line for line in found)]),
        st.sampled_from(NAMES), INDENTS, inner,
    )  # fmt: skip


def photos(values: list[str]) -> st.SearchStrategy[str]:
    entry = st.builds(
        "{0}- file: {1}\n{0}  caption: {2}\n{0}  alt: {3}".format,
        st.sampled_from(["", "  "]), *[st.sampled_from(values)] * 3,
    )  # fmt: skip
    return st.lists(entry, max_size=2).map(lambda found: "\n".join(["photos:", *found]))


def fronts(values: list[str], *more: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.one_of(pairs(values), st.sampled_from(values)).map("- {}".format)
    parts = (pairs(values), pairs(values), below(pairs(values)), below(items), photos(values))
    return st.lists(st.one_of(*parts, *more), max_size=4).map("\n".join)


STRAY = st.one_of(
    st.sampled_from(["#c", "  # c", "  ", "\t", "甲", " 甲", "...", "---", "-", "title：甲", "title:甲", "title : 甲", "\ttitle: 甲"]),
    st.integers(1, 14).map(lambda depth: "\n".join(f"{' ' * at}k{at}:" for at in range(depth))),
)  # fmt: skip
FRONTS = st.one_of(
    fronts(VALUES),
    fronts(VALUES, st.just(""), STRAY),
    fronts([*VALUES, *TRAPS], STRAY),
    st.text("ab: -\n  甲：#[],'\"\\&*", max_size=20).map("title: a\n{}".format),
    st.text(max_size=12).map("title: {}".format),
    st.text(max_size=12),
)


def agree_on_front(written: str) -> None:
    front, _ = decode(written.encode(errors="replace"), START.path)
    short = plain_front.read_entries(front, START, keys.STORY)
    if short is not None:
        assert (short, []) == frontmatter.read_entries(front, START, keys.STORY)


@many
@given(FRONTS)
@example("title: \nauthor:")
@example("photos:\n- file: a\n  alt: b\npeople: [甲, 乙]")
@example("photos:\n  - file: a\n    caption:\n  - file: b\n    alt:\n")
@example("\n".join(f"{' ' * depth}k{depth}:" for depth in range(14)))
@example(f"title: a{'[' * 13}")
def test_frontmatter_of_plain_lines_is_what_the_engine_reads_in_it(written: str) -> None:
    agree_on_front(written)


@pytest.mark.parametrize("value", [*VALUES, *TRAPS, "标题：甲", "标题:甲", "标题: 甲"])
def test_one_value_alone_says_to_both_the_same_wherever_it_stands(value: str) -> None:
    for around in ("title: {}", "title: 甲 {}", "title: 甲{}", "x:\n  - {}", "x:\n- 甲{}", "x: [甲, {}]", "x: [{}]", "x:\n  title: {}\n  url: 甲",
                   "photos:\n  - file: {}\n    alt: 甲", "{}: 甲", '"{}": 甲', "title: 甲\n{}", "title: 甲\n  {}"):  # fmt: skip
        agree_on_front(around.replace("{}", value))


@pytest.mark.parametrize("value", VALUES)
def test_usual_frontmatter_goes_the_short_way(value: str) -> None:
    front = (
        f"title: {value}\npeople: [甲, 乙]\nsource:\n  title: {value}\ncredits:\n  审核: {value}\n"
        f"photos:\n  - file: a.jpg\n    caption: {value}\n\nteam: 甲"
    )
    assert plain_front.read_entries(front, START, keys.STORY) is not None
