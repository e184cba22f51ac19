"""The press measures where stories stand, and prints the same bytes for the same sheets."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from candlelight.book.account import Account
from candlelight.book.press import Press, Setting
from tests.book.small_books import (
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


@pytest.fixture
def press(tmp_path: Path, faces: Path) -> Press:
    return Press(tmp_path / "书", faces)


def pages(made: bytes, folder: Path) -> pikepdf.Pdf:
    (folder / "made.pdf").write_bytes(made)
    return pikepdf.open(folder / "made.pdf")


def test_an_extent_counts_the_lines_of_heading_and_text(press: Press) -> None:
    laid(press.folder, *one_story(prose(2)))
    found = measured(press)["a"]
    # Window, blank, title in two, byline, blank; then twice three and a bit lines of text.
    assert (found.heading, found.before, found.pages, found.last) == (6, 0, 1, 14)


def test_a_chapter_stands_before_its_first_story(press: Press) -> None:
    laid(press.folder, book(part(chapter("a"))), story("a", prose(2)))
    found = measured(press)["a"]
    assert found.before == 8
    assert found.heading == 4  # no window of its own under those of the chapter


def test_a_part_opens_with_a_spread_of_verso_and_recto(press: Press) -> None:
    both = part(chapter("a", title=""), title="一"), part(chapter("b", title=""), title="二")
    laid(press.folder, book(*both), story("a", prose(2)), story("b", prose(2)))
    account = press.account()
    assert all(verso % 2 == 0 for verso in account.parts)
    assert [one.opening for one in measured(press).values()] == [2, 2]


def test_arabic_folios_begin_with_the_first_part(press: Press) -> None:
    laid(press.folder, *one_story(prose(2)))
    account = press.account()
    [told] = account.stories
    assert account.folio(account.main + 1) == "1"
    assert account.folio(told.page) == str(told.page - account.main)
    assert account.folio(account.front) == "i"
    assert account.folio(1) == ""


def test_marks_say_on_which_pages_names_stand(press: Press) -> None:
    text = block("来的是", ("zhang", "i"), "张三。")
    laid(press.folder, *one_story((*prose(12), text)))
    account = press.account()
    last = account.ends[0].page
    assert ("zhang", last) in account.names
    assert ("he", account.stories[0].page) in account.names


def test_a_text_that_fills_its_page_ends_on_it(press: Press) -> None:
    # Six lines of heading and twenty-three of text are a page of twenty-nine.
    laid(press.folder, *one_story([block("字" * 33) for _ in range(23)]))
    found = measured(press)["a"]
    assert (found.pages, found.last) == (1, 29)


def test_a_picture_after_the_text_does_not_move_its_end(press: Press) -> None:
    pictures = with_plates(plate("page", 2, (129.6, 86.4)))
    laid(press.folder, *one_story(prose(2), layout=pictures))
    found = measured(press)["a"]
    assert (found.pages, found.last) == (1, 14)


def test_the_same_sheets_give_the_same_bytes(press: Press, faces: Path) -> None:
    laid(press.folder, *one_story(prose(3)))
    again = Press(press.folder, faces)
    assert press.pdf() == press.pdf() == again.pdf()


def test_an_edit_is_seen_by_a_kept_press(press: Press) -> None:
    sheet, one = one_story(prose(1))
    laid(press.folder, sheet, one)
    before = measured(press)["a"].last
    laid(press.folder, sheet, story("a", prose(2)))
    assert measured(press)["a"].last == before + 4


@pytest.mark.parametrize("standard", ["ua-1", "a-2b", "a-2a"])
def test_the_book_holds_to_standards(tmp_path: Path, faces: Path, standard: str) -> None:
    press = Press(tmp_path, faces, Setting(date="2026-11-21", cover=True))
    pictures = with_plates(plate("page", 2, (129.6, 86.4)))
    blocks = (*prose(1), block("小标题", kind="h", level=1), *prose(1))
    laid(press.folder, *one_story(blocks, layout=pictures))
    made = pages(press.pdf([standard]), tmp_path)
    assert made.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    ("trim", "lines", "size"),
    [
        ("185x260", 29, (185, 260)),
        ("185x260", 33, (185, 260)),
        ("170x240", 29, (170, 240)),
        ("A5", 29, (148, 210)),
        ("A4", 29, (210, 297)),
    ],
)
def test_every_trim_has_its_size(
    tmp_path: Path, faces: Path, trim: str, lines: int, size: tuple[int, int]
) -> None:
    press = Press(tmp_path, faces, Setting(trim=trim, lines=lines))
    laid(press.folder, *one_story(prose(2)))
    made = pages(press.pdf(), tmp_path)
    box = [float(side) for side in made.pages[0].MediaBox]
    assert [round(side / 72 * 25.4) for side in box[2:]] == list(size)
    assert measured(press)["a"].heading == 6


def test_a_book_without_stories_and_without_parts_is_still_a_book(press: Press) -> None:
    laid(press.folder, book())
    assert measured(press) == {}
    assert isinstance(press.account(), Account)
    assert press.pdf().startswith(b"%PDF")


def test_the_cover_keeps_rectos_on_the_right(tmp_path: Path, faces: Path) -> None:
    sheet, one = one_story(prose(2))
    without = Press(laid(tmp_path / "a", sheet, one), faces)
    covered = Press(laid(tmp_path / "b", sheet, one), faces, Setting(cover=True))
    page, other = (measured(one)["a"].page for one in (without, covered))
    assert other == page + 2
