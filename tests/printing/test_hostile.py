"""Text that would mean something to Typst, XML or Markdown is printed as it is written."""

from __future__ import annotations

import pytest

from tests.anthology import Anthology, Printed
from tests.printing import shown
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

HOSTILE = (
    '$x #read("/etc/passwd") @ref [a',
    "*b_ \\u0000",
    "#{",
    "/* c",
    "]]>",
    "<script>alert(1)</script>",
    "= d `e` ~ -- 'f'",
    "// g https://h",
    '#import "i.typ": *',
    "&amp; &#65; %00 \\ {{ j }} {% k %}",
)


def escaped(text: str) -> str:
    """*text* so that Markdown leaves it alone: a reader sees what HOSTILE says."""
    written = "".join(f"\\{sign}" if sign in "\\`*_" else sign for sign in text)
    return written.replace("&", "&amp;").replace("<", "&lt;")


@pytest.fixture(scope="module")
def hostile(shop: Shop) -> Anthology:
    """Each text as a title, a body, an author, a caption, a place …"""
    book = shop("坏 字")
    book.site(
        title='烛光 #read("x")', subtitle=["$y$ #{"], footer=["]]> <b>"],
        book={
            "title": '书 #read("t") $z$', "subtitle": "]]> <i>", "latin": "#eval(1)",
            "editors": ["#panic()"], "quote": ["*q_ $q$ #{"], "edition": "$1$",
            "price": '#read("p")', "colophon": {"#责任[": "@编辑 $"}, "date": "2026-11-21",
        },
    )  # fmt: skip
    book.page("preface", title="序 #{", body=escaped('序言 $x #read("/etc/passwd") @ref [a'))
    for number, text in enumerate(HOSTILE):
        team, place = f"队{number}{text}", f"点{number}{text}"
        book.team(f"t{number}", title=team, motto=f"训{number}{text}", leaders=[f"长{number}号"])
        book.community(f"c{number}", title=place, district=f"区{number}{text}", teams=[team])
        book.story(
            f"s{number}", title=f"题{number}{text}", author=f"作{number}号", role=f"身{number}{text}",
            team=team, community=place, body=f"文{number}{escaped(text)}",
        )  # fmt: skip
    for number, text in enumerate(HOSTILE[:4]):
        book.photo(f"s{number}", caption=f"图{number}{text}", credit=f"摄{number}{text}", alt=text)
    return book


@pytest.fixture(scope="module")
def book(hostile: Anthology) -> Printed:
    return hostile.book()


@pytest.fixture(scope="module")
def paper(book: Printed) -> Paper:
    return Paper(book.file)


def test_nothing_of_it_is_an_error(book: Printed) -> None:
    assert {one.code for one in book.problems if one.severity == "error"} == set()


@pytest.mark.parametrize("mark", ["题", "文", "队", "点", "训", "身", "区"])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_it_is_printed_literally(paper: Paper, mark: str, number: int) -> None:
    assert as_set(f"{mark}{number}{HOSTILE[number]}") in as_set(paper.words)


@pytest.mark.parametrize("number", range(4))
def test_captions_and_credits_are_printed_literally(paper: Paper, number: int) -> None:
    for mark in "图摄":
        assert as_set(f"{mark}{number}{HOSTILE[number]}") in as_set(paper.words)


@pytest.mark.parametrize(
    "text",
    ['书 #read("t") $z$', "]]> <i>", "#eval(1)", "#panic()", "*q_ $q$ #{", '#read("p")',
     "#责任[", "@编辑 $", "序 #{", '序言 $x #read("/etc/passwd") @ref [a'],
)  # fmt: skip
def test_settings_and_pages_are_printed_literally(paper: Paper, text: str) -> None:
    assert as_set(text) in as_set(paper.words)


def test_no_file_of_the_machine_is_read(paper: Paper) -> None:
    assert "root:" not in paper.words
    assert "/bin/" not in paper.words


def test_the_e_book_shows_it_literally_too(hostile: Anthology, light: None) -> None:
    made = hostile.epub()
    words = as_set(shown.text(made.file))
    for number, text in enumerate(HOSTILE):
        for mark in "题文队点":
            assert as_set(f"{mark}{number}{text}") in words, (mark, text)
    for number, text in enumerate(HOSTILE[:4]):
        assert as_set(f"图{number}{text}") in words
        assert text in shown.alternatives(made.file)


def test_the_e_book_holds_no_script(hostile: Anthology, light: None) -> None:
    for name, content in shown.files(hostile.epub().file).items():
        assert b"<script" not in content, name


QUOTES = str.maketrans("“”‘’，：；？！（）", "\"\"'',:;?!()")


def as_set(text: str) -> str:
    """*text* without what a typesetter may change: white space, the form of quotes and marks."""
    return "".join(text.split()).translate(QUOTES).replace("\u2060", "").replace("——", "--")
