"""What the templates do with the texts of a book, read back from its pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pikepdf
import pytest

from candlelight.book.press import Press, Setting
from candlelight.book.sheets import Block, Cell, Layout
from tests.book.small_books import (
    SENTENCE,
    SOURCE,
    block,
    book,
    chapter,
    laid,
    measured,
    one_story,
    part,
    plate,
    prose,
    story,
    with_plates,
)

HOSTILE = '$x #read("/etc/passwd") @ref [a *b _c `d` <e> // f /* g #{ 1 + 1 } \\n ~ --'

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")


@pytest.fixture
def press(tmp_path: Path, faces: Path) -> Press:
    return Press(tmp_path / "book", faces)


def set_story(press: Press, blocks: Sequence[Block], **given: object) -> bytes:
    laid(press.folder, *one_story(blocks, **given))
    return press.pdf()


def words(made: bytes, tmp_path: Path) -> list[str]:
    """The text of each page, without any white."""
    (tmp_path / "made.pdf").write_bytes(made)
    command = ["pdftotext", "-raw", str(tmp_path / "made.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [re.sub(r"[\s\u2060\u200b]", "", page) for page in told.split("\f")]


def bookmarks(made: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "made.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "made.pdf") as pdf, pdf.open_outline() as outline:
        found, left = [], list(outline.root)
        while left:
            one = left.pop(0)
            found.append(one.title)
            left = [*one.children, *left]
    return found


@needs_poppler
def test_hostile_text_is_printed_literally(press: Press, tmp_path: Path) -> None:
    made = set_story(press, [block(HOSTILE)], title=HOSTILE, title_lines=(HOSTILE,), role=HOSTILE)
    text = "".join(words(made, tmp_path))
    assert text.count(re.sub(r"\s", "", HOSTILE)) >= 3


@needs_poppler
def test_every_kind_of_block_and_run_reaches_the_page(press: Press, tmp_path: Path) -> None:
    blocks = [
        block("段落", ("强调", "e"), ("粗体", "b"), ("代码", "c"), ("删去", "k"), ("上", "h"),
              ("下", "l"), ("网址", "", "https://example.org/"), ("别的故事", "", "#nowhere"),
              ("注音", "y", "zhuyin"), ("", "/"), "换行", ("0", "n"), ("he", "i")),
        block("小标题", kind="h", level=1),
        block("诗的第一行", ("", "/"), "诗的第二行", kind="v"),
        block("引文", kind="q", depth=1),
        block("第一项", kind="li", depth=1, mark="1."),
        block("续段", kind="li", depth=1, more=True),
        block("甲", ("", "|"), "乙", kind="row", level=1),
        block("丙", ("", "|"), "丁", kind="row"),
        block(kind="hr"),
        block("x = 1", ("", "/"), "    y = 2", kind="code"),
        block("ياخشىمۇسىز", rtl=True, lang="ug"),
        block("落款", align="right"),
        block("English words", lang="en"),
    ]  # fmt: skip
    made = set_story(press, blocks, notes=(("脚注的话",),), end=(SOURCE,))
    text = "".join(words(made, tmp_path))
    for expected in ("强调", "粗体", "代码", "删去", "网址", "别的故事", "zhuyin", "脚注的话",
                     "小标题", "诗的第二行", "引文", "1.第一项", "续段", "丙", "丁", "y=2",
                     "落款", "Englishwords", "来源", "社区公众号"):  # fmt: skip
        assert expected in text, expected


def test_no_line_of_a_twenty_thousand_character_paragraph_is_lost(press: Press) -> None:
    set_story(press, [block("字" * 20_000)])
    found = measured(press)["a"]
    lines = (found.pages - 1) * 29 + found.last - found.heading
    assert lines >= 20_000 / 35


def test_text_of_any_block_keeps_to_the_grid(press: Press) -> None:
    blocks = [
        block(SENTENCE, ("上", "h"), ("下", "l"), ("💪", "m"), ("注", "y", "zhu")),
        block("小标题", kind="h", level=1),
        block("引文", kind="q", depth=1),
        block("诗", ("", "/"), "诗", kind="v"),
        block("项", kind="li", depth=1, mark="•"),
        block("甲", ("", "|"), "乙", kind="row", level=1),
        block("甲", ("", "|"), "乙", kind="row"),
        block("x", kind="code"),
        block("ياخشى", rtl=True, lang="ug"),
        block(kind="hr"),
        block("末行"),
    ]
    set_story(press, blocks)
    end = press.account().ends[0]
    line = (end.y - 260 / 25.4 * 72 / 10 + 7.5) / 18
    assert line == pytest.approx(round(line), abs=0.01)


@needs_poppler
def test_a_heading_never_stands_last_on_a_page(press: Press, tmp_path: Path) -> None:
    for lines in range(18, 24):
        blocks = [*(block("字" * 30) for _ in range(lines)), block("小标题", kind="h"), *prose(2)]
        found = words(set_story(press, blocks), tmp_path)
        [page] = [page for page in found if "小标题" in page]
        assert page.split("小标题")[1].startswith("天还没有亮")


def test_bookmarks_go_from_part_to_chapter_to_story(press: Press, tmp_path: Path) -> None:
    laid(press.folder, book(part(chapter("a"))), story("a", prose(1)))
    found = bookmarks(press.pdf(), tmp_path)
    expected = ["蜡烛志愿者团队", "新园社区", "送人玫瑰，手有余香"]
    assert [title.replace("\u2060", "") for title in found if title in found][-3:] == expected


@needs_poppler
def test_a_lost_photo_is_a_box_with_its_name(press: Press, tmp_path: Path) -> None:
    lost = plate("foot", 1, (129.6, 60))
    rows = ((Cell("a", 129.6, 60, "", "noodles.jpg"),),)
    layout = with_plates(msgspec.structs.replace(lost, rows=rows))
    assert "noodles.jpg" in "".join(words(set_story(press, prose(1), layout=layout), tmp_path))


@pytest.mark.parametrize(
    ("place", "after", "pages"),
    [
        ("foot", 2, 0),
        ("head", 2, 1),
        ("page", 2, 1),
        ("bleed", 2, 1),
        ("sill", 2, 1),
        ("band", 0, 0),
    ],
)
def test_plates_take_the_pages_that_their_place_means(
    press: Press, place: str, after: int, pages: int
) -> None:
    set_story(press, prose(2))
    before = press.account().pages
    set_story(press, prose(2), layout=with_plates(plate(place, after, (120.0, 60.0))))
    assert press.account().pages == before + pages


def test_a_spread_opens_on_a_verso(press: Press, tmp_path: Path) -> None:
    laid(
        press.folder,
        book(part(chapter("a", "b", title=""))),
        story("a", prose(1)),
        story("b", prose(2), layout=with_plates(plate("spread", 2, (370.0, 140.0)))),
    )
    end = press.account().ends[1]
    made = press.pdf()
    (tmp_path / "made.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        pictured = [
            number
            for number, page in enumerate(pdf.pages, start=1)
            if "/XObject" in page.get("/Resources", {})
        ]
    assert end.page % 2 == 1
    assert pictured == [end.page + 1, end.page + 2]


@needs_poppler
def test_a_page_where_a_story_opens_has_no_running_head(press: Press, tmp_path: Path) -> None:
    found = words(set_story(press, prose(14)), tmp_path)
    account = press.account()
    opening, next_page = found[account.stories[0].page - 1], found[account.stories[0].page]
    assert opening.count("送人玫瑰") == 1
    assert "送人玫瑰" in next_page or "蜡烛志愿者团队" in next_page


@needs_poppler
def test_a_follower_shares_the_page_of_the_story_before(press: Press, tmp_path: Path) -> None:
    laid(
        press.folder,
        book(part(chapter("a", "b", title=""))),
        story("a", prose(1)),
        story("b", prose(1), layout=Layout(follows=True)),
    )
    first, second = press.account().stories
    assert first.page == second.page
    found = measured(press)
    assert found["b"].before == found["a"].last + 3


@pytest.mark.parametrize("ink", ["cmyk", "black"])
def test_print_has_no_colour_of_screens(tmp_path: Path, faces: Path, ink: str) -> None:
    press = Press(tmp_path, faces, Setting(ink=ink, bleed=3))
    laid(press.folder, *one_story(prose(2), end=(SOURCE,), notes=()))
    (tmp_path / "made.pdf").write_bytes(press.pdf(["1.6"], tags=False))
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        for page in pdf.pages:
            used = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
            assert not used & {"rg", "RG", "sc", "SC"}
            assert "/ColorSpace" not in page.get("/Resources", {})


@needs_poppler
@pytest.mark.parametrize("bleed", [0, 3])
def test_a_folio_stands_on_the_edge_of_the_text(tmp_path: Path, faces: Path, bleed: int) -> None:
    press = Press(tmp_path / "book", faces, Setting(bleed=bleed))
    made = set_story(press, [block("字" * 33), block("字" * 200)])
    page = press.account().stories[0].page
    assert page % 2 == 0
    (tmp_path / "made.pdf").write_bytes(made)
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), tmp_path / "made.pdf", "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)"[^>]*>(字+|2)<', told)
    edges = [float(x) for x, word in found]
    assert min(edges[:-1]) == pytest.approx(edges[-1], abs=0.5)
