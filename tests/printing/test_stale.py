"""Nothing that shapes a text may hide from what a book remembers of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from candlelight.run import session
from tests.anthology import Anthology, copied
from tests.printing.conftest import Shop

DAY = "队员把菜送到楼下，灯亮了又灭。"
TEMPLATES = Path(__file__).parents[2] / "templates" / "book"


def linked(shop: Shop) -> Anthology:
    """A team and a service point whose own words lead to a story."""
    book = shop("有链接")
    book.team("candle", title="蜡烛", body="见[初雪](/stories/snow/)。")
    book.community(
        "nan", title="南山", teams=["蜡烛"], body="见[初雪](../../stories/snow/index.md)。"
    )
    return book.story("snow", title="初雪", body=DAY, team="蜡烛", community="南山")


def from_nothing(book: Anthology, folder: Path) -> bytes:
    """The bytes of *book* as one makes it who remembers nothing but the faces."""
    fresh = copied(book.root, folder / book.root.name, folder / "public")
    (fresh.root / ".candlelight").mkdir()
    (fresh.root / ".candlelight" / "fonts").symlink_to(book.root / ".candlelight" / "fonts")
    return fresh.book().file.read_bytes()


@pytest.mark.parametrize(("kind", "slug"), [("team", "candle"), ("community", "nan")])
def test_words_that_lead_to_a_remembered_story_are_set_without_it(
    shop: Shop, tmp_path: Path, kind: str, slug: str
) -> None:
    book = linked(shop)
    book.book()
    book.edit(slug, body=f"再见[初雪](../../stories/snow/index.md)。{DAY * 60}")
    made = book.book()
    assert made.codes == set()
    assert made.file.read_bytes() == from_nothing(book, tmp_path)


def test_another_version_of_the_code_measures_everything_anew(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = linked(shop)
    first = book.book().done["galleys"]
    monkeypatch.setattr(session, "code_version", lambda: "newer")
    assert book.book().done["galleys"] == first


@pytest.mark.parametrize(
    "more",
    ['par(json("book.json").title)', 'par(json("book.json").cover.title)', "v(BLEED * 20)"],
)
def test_an_own_template_that_prints_more_than_a_text_makes_the_same_book_warm(
    shop: Shop, tmp_path: Path, more: str
) -> None:
    book = linked(shop)
    own = (TEMPLATES / "chapter.typ").read_text("utf-8")
    changed = own.replace("  flow(chapter.text)\n", f"  {more}\n  flow(chapter.text)\n", 1)
    assert changed != own
    book.write("templates/book/chapter.typ", changed)
    book.site(title="烛光")
    book.book("print.pdf", for_print=True)
    book.site(title="烛光。" * 60)
    assert book.book().file.read_bytes() == from_nothing(book, tmp_path)
