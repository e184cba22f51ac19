"""What a book remembers of its texts: an edit measures what was edited, and the book is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from candlelight import galleyroom
from candlelight.book.press import Press
from tests.anthology import Anthology
from tests.printing.conftest import Shop

LONG = "队员把菜送到楼下，灯亮了又灭，巷子里又静下来。" * 30


def three(shop: Shop) -> Anthology:
    book = shop("三篇")
    for name in ("one", "two", "three"):
        book.story(name, title=name, body=LONG, author="何文君")
    return book


def test_a_second_book_measures_nothing_and_an_edit_only_itself(shop: Shop) -> None:
    book = three(shop)
    assert book.book().done["galleys"] == 3
    assert book.book().done["galleys"] == 0
    book.edit("two", body=LONG * 2)
    assert book.book().done["galleys"] == 1


def test_a_book_for_print_knows_the_galleys_of_the_book_for_reading(shop: Shop) -> None:
    book = three(shop)
    book.book()
    assert book.book("print.pdf", for_print=True).done["galleys"] == 0


def test_another_template_measures_everything_anew(shop: Shop) -> None:
    book = three(shop)
    book.book()
    original = Path(__file__).parents[2] / "templates" / "book" / "chapter.typ"
    book.write("templates/book/chapter.typ", original.read_bytes() + b"\n// changed\n")
    assert book.book().done["galleys"] == 3


def test_another_typst_measures_everything_anew(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = three(shop)
    book.book()
    monkeypatch.setattr(galleyroom, "version_of", lambda library: f"another {library}")
    assert book.book().done["galleys"] == 3


def test_a_book_from_remembered_galleys_is_the_one_set_from_nothing(shop: Shop) -> None:
    book = three(shop)
    book.book("a.pdf")
    book.edit("two", body=LONG * 3)
    remembered = book.book("book.pdf").file.read_bytes()
    fresh = three(shop)
    fresh.edit("two", body=LONG * 3)
    assert fresh.book("book.pdf", workers=2).file.read_bytes() == remembered


def test_galleys_of_other_processes_are_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = three(shop).book("book.pdf").file.read_bytes()
    monkeypatch.setattr(galleyroom, "_ALONE", 1)
    monkeypatch.setattr(galleyroom, "_BATCH", 2)
    assert three(shop).book("book.pdf", workers=2).file.read_bytes() == here


def test_numbers_of_another_book_mislead_no_one(shop: Shop) -> None:
    book = three(shop)
    book.site(title="烛光", base_url="")
    book.book("a.pdf")
    book.edit("one", body=LONG * 40)
    remembered = book.book("book.pdf").file.read_bytes()
    fresh = three(shop)
    fresh.site(title="烛光", base_url="")
    fresh.edit("one", body=LONG * 40)
    assert fresh.book("book.pdf").file.read_bytes() == remembered


def test_a_book_whose_pages_stand_where_they_stood_is_set_in_one_round(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []
    lay = Press._lay_numbers
    monkeypatch.setattr(Press, "_lay_numbers", lambda press: (rounds.append("round"), lay(press)))
    book = three(shop)
    book.book()
    first = len(rounds)
    rounds.clear()
    book.edit("two", body=f"{LONG}好。")
    book.book()
    # Setting it, and printing what was set; the first book had to learn its numbers.
    assert (first, len(rounds)) == (3, 2)
