"""A person or a story that is taken out of the content is not left in what a book remembers."""

from __future__ import annotations

from candlelight.commands.build import CACHE
from candlelight.recall import Answers
from tests.anthology import Anthology
from tests.printing.conftest import Shop


def kept(book: Anthology) -> bytes:
    return b"".join(file.read_bytes() for file in (book.root / CACHE).glob("cache.sqlite*"))


def test_the_numbers_of_the_last_book_name_nobody(shop: Shop) -> None:
    book = shop("撤下").site(title="烛光", base_url="")
    book.person("linghu-wanqing", title="令狐婉清")
    book.story("snow", title="初雪", body="令狐婉清开了门。", people=["令狐婉清"])
    book.story("candle-night", title="夜", body="灯亮了。")
    book.book()
    book.delete("content/people/linghu-wanqing").delete_story("candle-night")
    book.edit("snow", body="有人开了门。", people=[])
    book.build()
    left = kept(book)
    assert [name for name in ("linghu", "令狐", "candle-night") if name.encode() in left] == []


def test_characters_are_kept_in_an_order_that_spells_no_name() -> None:
    asked = Answers("pinyin", str.upper, most=100)
    for character in "令狐婉清":
        asked(character)
    assert list(asked.worth_keeping()) == sorted("令狐婉清")
