"""Galleys measure what the book will measure, and are known by all that shapes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from candlelight.book.account import Galley
from candlelight.book.galleys import GalleyJob, extents_of, ground_of, keys_of, pieces_of, pull
from candlelight.book.grid import grid_of
from candlelight.book.press import BrokenTemplate, Press, Setting
from candlelight.book.sheets import BookSheet, Code, Named, Plate, PointSheet, StorySheet
from tests.book.small_books import (
    SOURCE,
    block,
    book,
    chapter,
    laid,
    measured,
    part,
    plate,
    prose,
    story,
    with_plates,
)

REGISTER = tuple(PointSheet("天山区", f"{n}号点", "", (Named("马保富"),), True) for n in range(60))
VERSE = block("楼下的灯", ("", "/"), "一盏一盏", kind="v")


def two_parts() -> tuple[BookSheet, dict[str, StorySheet]]:
    """Chapters with a name, without one, without a story; a register of some pages."""
    first = part(chapter("a", "b"), chapter(title="等待小区"), chapter("c", title=""), title="一")
    first = msgspec.structs.replace(first, points=REGISTER)
    second = part(chapter(title="也在等"), chapter("d", "e"), title="二")
    stories = [
        story("a", prose(3)),
        story("b", (*prose(9), VERSE), end=(SOURCE,)),
        story("c", prose(30), date="", byline=()),
        story("d", (*prose(2), block("见", ("另一篇", "", "#a")))),
        story("e", prose(14)),
    ]
    return book(first, second), {one.id: one for one in stories}


def galleys(
    sheet: BookSheet, stories: dict[str, StorySheet], faces: Path, folder: Path
) -> dict[str, Galley]:
    pieces = tuple(pieces_of(sheet))
    folder.mkdir(exist_ok=True)
    job = GalleyJob(pieces, sheet, stories, Setting(), str(faces), str(folder), str(folder))
    return {piece.id: one for piece, one in zip(pieces, pull(job), strict=True)}


def test_galleys_measure_what_the_book_measures(tmp_path: Path, faces: Path) -> None:
    sheet, stories = two_parts()
    expected = extents_of(sheet, galleys(sheet, stories, faces, tmp_path / "galleys"))
    press = Press(laid(tmp_path / "book", sheet, *stories.values()), faces)
    found = list(measured(press).values())
    # The book has its front matter before page 1: whole leaves, so rectos are rectos.
    shift = found[0].page - expected[0].page
    assert shift % 2 == 0
    assert [msgspec.structs.replace(one, page=one.page - shift) for one in found] == expected
    assert found[0].opening > 2


def test_a_story_alone_measures_what_it_does_among_others(tmp_path: Path, faces: Path) -> None:
    sheet, stories = two_parts()
    everything = galleys(sheet, stories, faces, tmp_path / "all")
    (piece,) = (one for one in pieces_of(sheet) if one.id == "d")
    own = {"d": stories["d"]}
    (tmp_path / "one").mkdir()
    job = GalleyJob((piece,), sheet, own, Setting(), str(faces), str(tmp_path), str(tmp_path))
    assert pull(job) == [everything["d"]]


def test_a_galley_leaves_nothing_where_it_was_set(tmp_path: Path, faces: Path) -> None:
    sheet, stories = two_parts()
    galleys(sheet, stories, faces, tmp_path / "work")
    assert list((tmp_path / "work").iterdir()) == []


def test_a_slip_in_a_template_is_told_by_its_file_and_line(tmp_path: Path, faces: Path) -> None:
    sheet, stories = two_parts()
    templates = tmp_path / "templates" / "book"
    templates.mkdir(parents=True)
    (templates / "chapter.typ").write_text("#let chapter-opening(it) = {\n  nonsense\n}")
    with pytest.raises(BrokenTemplate) as slip:
        galleys(sheet, stories, faces, tmp_path)
    assert (slip.value.file, slip.value.line) == ("chapter.typ", 2)


def with_photos() -> tuple[BookSheet, dict[str, StorySheet]]:
    """The same two parts, the first of them, its first chapter and one that waits with photos."""
    sheet, stories = two_parts()
    first, second = sheet.parts
    photos = (plate("page", 0, (129.6, 86.4)), plate("page", 0, (63, 42), (63, 42)))
    shown = [msgspec.structs.replace(one, plates=photos) for one in first.chapters[:2]]
    chapters = (*shown, *first.chapters[2:])
    first = msgspec.structs.replace(first, chapters=chapters, plates=photos[:1])
    return msgspec.structs.replace(sheet, parts=(first, second)), stories


def test_photos_of_parts_and_chapters_take_the_pages_that_are_counted_for_them(
    tmp_path: Path, faces: Path
) -> None:
    sheet, stories = with_photos()
    expected = extents_of(sheet, galleys(sheet, stories, faces, tmp_path / "galleys"))
    press = Press(laid(tmp_path / "book", sheet, *stories.values()), faces)
    found = list(measured(press).values())
    shift = found[0].page - expected[0].page
    assert [msgspec.structs.replace(one, page=one.page - shift) for one in found] == expected
    without = extents_of(*two_parts_measured(tmp_path, faces))
    # One page of the part's, one for the chapter's opening, two of its photos.
    assert found[0].opening - without[0].opening == 4
    assert found[0].before == 0


def two_parts_measured(tmp_path: Path, faces: Path) -> tuple[BookSheet, dict[str, Galley]]:
    sheet, stories = two_parts()
    return sheet, galleys(sheet, stories, faces, tmp_path / "without")


@pytest.mark.parametrize("long", [0, 12])
def test_a_foot_that_was_given_all_its_room_stands_under_its_text(
    tmp_path: Path, faces: Path, long: int
) -> None:
    sheet, stories = with_photos()
    first, second = sheet.parts
    told = [msgspec.structs.replace(one, text=prose(long)) for one in first.chapters[:2]]
    first = msgspec.structs.replace(first, chapters=(*told, *first.chapters[2:]))
    sheet = msgspec.structs.replace(sheet, parts=(first, second))
    set_before = galleys(sheet, stories, faces, tmp_path / "galleys")

    def foot(name: str) -> tuple[Plate, ...]:
        return (plate("foot", 0, (60, grid_of("185x260", 29).below(set_before[name].last) - 0.1)),)

    told = [
        msgspec.structs.replace(one, plates=foot(f"chapter-0-{m}")) for m, one in enumerate(told)
    ]
    chapters = (*told, *first.chapters[2:])
    first = msgspec.structs.replace(first, chapters=chapters, plates=foot("points-0"))
    sheet = msgspec.structs.replace(sheet, parts=(first, second))
    expected = extents_of(sheet, set_before)
    press = Press(laid(tmp_path / "book", sheet, *stories.values()), faces)
    found = list(measured(press).values())
    shift = found[0].page - expected[0].page
    assert [msgspec.structs.replace(one, page=one.page - shift) for one in found] == expected


def test_templates_of_another_version_are_told_by_what_they_do_not_say(
    tmp_path: Path, faces: Path
) -> None:
    sheet, stories = two_parts()
    templates = tmp_path / "templates" / "book"
    templates.mkdir(parents=True)
    (templates / "galleys.typ").write_text("#metadata((stories: ()))<account>")
    with pytest.raises(BrokenTemplate, match=r"<account>.*missing required field"):
        galleys(sheet, stories, faces, tmp_path)


Change = Callable[[BookSheet, dict[str, StorySheet]], tuple[BookSheet, dict[str, StorySheet]]]


def keys(sheet: BookSheet, stories: dict[str, StorySheet], setting: Setting) -> dict[str, str]:
    return keys_of(list(pieces_of(sheet)), sheet, stories, ground_of(sheet, setting, "faces"))


def changed(sheet: BookSheet, stories: dict[str, StorySheet], setting: Setting) -> set[str]:
    """The pieces of the two parts that have another key in this book."""
    before = keys(*two_parts(), Setting())
    after = keys(sheet, stories, setting)
    return {name for name in before if before[name] != after[name]}


def with_story(name: str, **given: object) -> tuple[BookSheet, dict[str, StorySheet], Setting]:
    sheet, stories = two_parts()
    stories[name] = msgspec.structs.replace(stories[name], **given)
    return sheet, stories, Setting()


@pytest.mark.parametrize(
    "given", [{"blocks": prose(4)}, {"title": "改了"}, {"byline": ()}, {"end": (SOURCE,)},
              {"date": ""}, {"lang": "ug"}],
)  # fmt: skip
def test_an_edited_story_has_another_key_and_no_other_piece(given: dict[str, object]) -> None:
    assert changed(*with_story("a", **given)) == {"a"}


@pytest.mark.parametrize(
    "given", [{"qr": Code((1, 1), (), "https://candlelight.example")},
              {"layout": with_plates(plate("page", 2, (129.6, 86.4)))}],
)  # fmt: skip
def test_what_comes_after_measuring_changes_no_key(given: dict[str, object]) -> None:
    assert changed(*with_story("a", **given)) == set()


def test_a_chapter_that_changes_touches_the_story_that_opens_under_it() -> None:
    sheet, stories = two_parts()
    first, second = sheet.parts
    opened = msgspec.structs.replace(first.chapters[0], leaders=(Named("温秀兰"),))
    first = msgspec.structs.replace(first, chapters=(opened, *first.chapters[1:]))
    sheet = msgspec.structs.replace(sheet, parts=(first, second))
    assert changed(sheet, stories, Setting()) == {"a"}


def test_photos_of_a_part_change_no_key_and_those_of_a_chapter_that_of_its_first_story() -> None:
    assert changed(*with_photos(), Setting()) == {"a"}


def test_a_register_that_changes_touches_itself_alone() -> None:
    sheet, stories = two_parts()
    first, second = sheet.parts
    first = msgspec.structs.replace(first, points=REGISTER[1:])
    sheet = msgspec.structs.replace(sheet, parts=(first, second))
    assert changed(sheet, stories, Setting()) == {"points-0"}


@pytest.mark.parametrize(
    ("setting", "everything"),
    [({"trim": "A5"}, True), ({"lines": 33}, True), ({"extra": ("Other",)}, True),
     ({"ink": "cmyk", "bleed": 3}, False), ({"cover": True}, False), ({"date": "2026-01-01"}, False)],
)  # fmt: skip
def test_books_for_reading_and_for_print_share_their_galleys(
    setting: dict[str, object], everything: bool
) -> None:
    found = changed(*two_parts(), Setting(**setting))  # type: ignore[arg-type]
    assert found == (set(keys(*two_parts(), Setting())) if everything else set())
