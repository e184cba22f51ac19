"""What editors, designers and printers get wrong is told, and no old book is lost by it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from candlelight import resources
from candlelight.book.inks import ink_of
from candlelight.cli import main
from candlelight.commands.build import CACHE
from candlelight.model import BookSettings
from tests.anthology import Anthology, tree
from tests.printing.paper import Paper

SLIPS = {
    "an open bracket": ("#let wrong = (", "unclosed delimiter"),
    "an unknown name": ("#let wrong = candle-of-nobody", "unknown variable"),
    "a panic": ('#panic("dark")', "dark"),
    "a file that is not there": ('#import "none.typ": *', "not found"),
}


@pytest.fixture
def own(tmp_path: Path) -> Anthology:
    """An anthology of one story, whose book of last year stands."""
    book = Anthology(tmp_path / "文集").story("snow", title="初雪", body="巷子里灯亮了。")
    return book.write("book.pdf", b"last year")


def brought(name: str, more: str) -> str:
    """The built-in template *name* with *more* at its end."""
    return resources.find(f"templates/book/{name}", None).read_text("utf-8") + more


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_an_own_template_is_told_with_file_and_line(own: Anthology, slip: str) -> None:
    wrong, reason = SLIPS[slip]
    look = brought("look.typ", f"\n{wrong}\n")
    own.write("templates/book/look.typ", look)
    made = own.book()
    (problem,) = made.said("template-broken")
    assert (problem.place.path, problem.place.line) == (
        "templates/book/look.typ",
        look.count("\n"),
    )
    assert reason in str(problem.given["reason"])
    assert made.files == ()
    assert (own.root / "book.pdf").read_bytes() == b"last year"


@pytest.mark.parametrize("entry", ["galleys.typ", "book.typ"])
def test_an_own_template_without_the_account_is_told(own: Anthology, entry: str) -> None:
    own.write(f"templates/book/{entry}", "nothing")
    assert own.book().said("template-broken")


def test_the_cover_for_the_printer_is_drawn_by_the_own_template(own: Anthology) -> None:
    wrap = "\n#let cover-wrap(..told) = [本社封面]"
    own.write("templates/book/cover.typ", brought("cover.typ", wrap))
    _, cover = own.book(for_print=True).files
    assert Paper(cover).has("本社封面", 1)


@pytest.mark.parametrize("kind", [b"spac", b"mntr", b"scnr"])
def test_a_cmyk_profile_that_is_of_no_press_is_an_error(tmp_path: Path, kind: bytes) -> None:
    kept = resources.find("assets/icc/cmyk.icc", None).read_bytes()
    (tmp_path / "mine.icc").write_bytes(kept[:12] + kind + kept[16:])
    _, (problem,) = ink_of(BookSettings(icc_profile="mine.icc"), tmp_path, for_print=True)
    assert (problem.code, problem.given["value"]) == ("icc-broken", "mine.icc")


def test_an_anthology_without_a_story_becomes_a_book(tmp_path: Path) -> None:
    book = Anthology(tmp_path / "文集")
    (book.root / "content").mkdir(parents=True, exist_ok=True)
    made = book.book()
    assert made.said("template-broken") == []
    assert Paper(made.file).pages


@pytest.mark.parametrize(
    "name", ["site.yaml", "content/stories/snow/index.md", "content/list.json"]
)
def test_the_preflight_list_never_takes_the_place_of_what_was_written(
    own: Anthology, name: str
) -> None:
    own.site(title="烛光")
    before = tree(own.root / "content"), (own.root / "site.yaml").read_bytes()
    asked = ["book", "--source", str(own.root), "--preflight", str(own.root / name)]
    assert main(asked) == 2
    assert (tree(own.root / "content"), (own.root / "site.yaml").read_bytes()) == before


@pytest.mark.parametrize("keep_going", [False, True])
def test_what_no_face_can_show_stops_the_archive_and_is_told_with_its_story(
    own: Anthology, keep_going: bool
) -> None:
    own.story("rare", title="生僻字", body="有一个𠀀字。")
    made = own.book(standards=("a-2b",), keep_going=keep_going)
    (problem,) = made.said("book-glyph-missing")
    assert (problem.severity, problem.place.path) == ("error", "content/stories/rare/index.md")
    assert made.files == ()
    assert (own.root / "book.pdf").read_bytes() == b"last year"


def test_a_print_that_a_power_cut_spoilt_is_made_again(own: Anthology) -> None:
    own.photo("snow", size=(900, 600), caption="门前", alt="门")
    before = own.book().file.read_bytes()
    for path in (own.root / CACHE / "prints").rglob("*.jpg"):
        path.write_bytes(bytes(path.stat().st_size))
    assert own.book().file.read_bytes() == before


def test_a_word_without_end_stays_on_the_paper(own: Anthology) -> None:
    own.story("word", title="长词", body=f"看{'W' * 900}和https://example.org/{'path' * 90}")
    made = own.book()
    shown = subprocess.run(
        ["pdftotext", "-bbox", str(made.file), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    edges = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', shown)]
    assert max(edges) < 185 / 25.4 * 72
