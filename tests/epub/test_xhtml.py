"""Any text at all becomes well-formed XHTML, and odd HTML becomes valid."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.epub.addresses import web_address
from candlelight.epub.xhtml import xhtml
from candlelight.read.blocks import typeset
from candlelight.read.sanitise import sanitise

TAG_WORDS = (
    "p h2 br hr em strong s sup a code pre blockquote ul ol li dl dt dd table tr td th ruby rt rp"
    " details summary figure figcaption span bdo time section"
)
TAGS = st.sampled_from(TAG_WORDS.split())


def made(html: str) -> str:
    """*html* as an editor wrote it, sanitised and set as the reading of a story does."""
    blocks = typeset(sanitise(html), "content/stories/x/index.md").blocks
    return "".join(xhtml(blocks, lambda target: f"{target}.xhtml", "返回").blocks)


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(f'<body xmlns:epub="http://www.idpf.org/2007/ops">{markup}</body>')


@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_is_well_formed(text: str) -> None:
    blocks = [f"<p>{sanitise(text)}</p>", f'<p class="verse">{sanitise(text)}<br>x</p>']
    parsed("".join(xhtml(blocks, lambda _: "", "返回").blocks))


@given(st.lists(st.tuples(st.booleans(), TAGS, st.text("a&<>\"' 字\x00", max_size=3)), max_size=14))
def test_any_tags_in_any_order_are_well_formed(tags: list[tuple[bool, str, str]]) -> None:
    html = "".join(f"<{'/' if closes else ''}{tag}>{text}" for closes, tag, text in tags)
    parsed(made(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<br>b &amp; c&nbsp;d</p>", '<p class="verse">a<br/>b &amp; c\u00a0d</p>'),
        ("<p>\x01一\x02二\ufffe</p>", "<p>一二</p>"),
        ('<p>他说:"好,<em>走</em>"!</p>', "<p>他说：“好，<em>走</em>”！</p>"),
        ("<p>a <em>b</em> <code>x ,字</code> c</p>", "<p>a <em>b</em> <code>x ,字</code> c</p>"),
        ("<pre>一  行\n  二</pre>", "<pre>一  行\n  二</pre>"),
        ("<span>a<p>b</p></span>", "<p><span>a<br/>b</span></p>"),
        ("<ul>bare<li>x</li></ul>", "<ul><li>bare</li><li>x</li></ul>"),
        ("<dl><dd>x</dd></dl>", "<div><div>x</div></div>"),
        ("<dl><dt>a</dt><dd>x</dd></dl>", "<dl><dt>a</dt><dd>x</dd></dl>"),
        ("<p><bdo>x</bdo></p>", "<p><span>x</span></p>"),
        ("<p><time>昨天</time></p>", "<p><span>昨天</span></p>"),
        ("<details><summary>开</summary>x</details>", '<div class="details"><p class="summary">开</p>x</div>'),
        ('<p lang="?">x</p><p lang="ug">y</p>', '<p>x</p><p lang="ug" xml:lang="ug">y</p>'),
        ('<ol start="0x1"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ('<p><a href="http://[x">y</a></p>', "<p>y</p>"),
        ("<p><ruby>烛<rt>zhú</rt>光</ruby></p>", "<p><ruby>烛<rt>zhú</rt></ruby>光</p>"),
    ],
)  # fmt: skip
def test_odd_html_becomes_valid(html: str, expected: str) -> None:
    assert made(html) == expected


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("https://例子.cn/路 径", "https://xn--fsqu00a.cn/%E8%B7%AF%20%E5%BE%84"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("http://a b/", ""),
        ("http://x:99999/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_an_address_is_valid_or_none(typed: str, address: str) -> None:
    assert web_address(typed) == address


def test_a_link_to_a_note_that_is_gone_loses_its_address() -> None:
    blocks = ['<p>x<sup id="note-1"><a href="#note-2">1</a></sup></p>']
    assert "href" not in xhtml(blocks, lambda _: "", "返回").blocks[0]


def test_nesting_128_deep_survives() -> None:
    parsed(made("<blockquote>" * 128 + "字" + "</blockquote>" * 128))


def test_nothing_here_needs_more_than_the_core_lock() -> None:
    folder = Path(__file__).resolve().parents[2] / "candlelight" / "epub"
    for module in folder.glob("*.py"):
        text = module.read_text("utf-8")
        assert not {"typst", "pikepdf", "lxml"} & set(text.split()), module
