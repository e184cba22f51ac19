"""``epub`` at the prompt."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight import ebook
from candlelight.cli import main
from candlelight.epub.book import Makings
from tests.anthology import Anthology

Capture = pytest.CaptureFixture[str]
Run = Callable[..., int]
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(anthology: Anthology, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over one story, with a stand-in for cover and font."""
    monkeypatch.setattr(ebook, "_makings", lambda plan, source: Makings(b"cover", b"font"))
    anthology.story("snow", title="初雪", body="灯亮了。", author="何文君")

    def command(*arguments: str) -> int:
        return main(["epub", *arguments, "--source", str(anthology.root), "--jobs", "1"])

    return command


def test_it_says_where_the_e_book_is(anthology: Anthology, run: Run, capsys: Capture) -> None:
    assert run() == 0
    said = capsys.readouterr().out
    assert str(anthology.root / "book.epub") in said
    assert zipfile.is_zipfile(anthology.root / "book.epub")


def test_it_speaks_english_where_the_site_does(
    anthology: Anthology, run: Run, capsys: Capture
) -> None:
    anthology.site(language="en")
    assert run() == 0
    said = capsys.readouterr().out.replace(str(anthology.root), "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in said)


def test_an_error_is_1_and_the_old_file_stays(
    anthology: Anthology, run: Run, capsys: Capture
) -> None:
    anthology.write("book.epub", "old").story("wrong", date="2020-13-45")
    assert run() == 1
    assert "content/stories/wrong/index.md" in capsys.readouterr().err
    assert (anthology.root / "book.epub").read_text("utf-8") == "old"
    assert run("--keep-going") == 0
    assert zipfile.is_zipfile(anthology.root / "book.epub")


@pytest.mark.parametrize("output", ["", "book.pdf", "content/book.epub"])
def test_it_refuses_to_write_over_what_is_no_e_book(
    anthology: Anthology, run: Run, output: str
) -> None:
    assert run("--output", str(anthology.root / output)) == 2


def test_a_name_nobody_has_is_1_with_the_nearest(run: Run, capsys: Capture) -> None:
    assert run("--person", "何文軍") == 1
    assert "何文君" in capsys.readouterr().err


WITHOUT = """
import sys
sys.modules["typst"] = sys.modules["pikepdf"] = None
from candlelight import ebook
from candlelight.cli import main
from candlelight.epub.book import Makings
ebook._makings = lambda plan, source: Makings(b"cover", b"font")
sys.exit(main(["epub", "--jobs", "1", "--source", sys.argv[1]]))
"""


def test_it_needs_none_of_the_packages_that_typeset(anthology: Anthology) -> None:
    anthology.story("snow", title="初雪", body="灯亮了。")
    command = [sys.executable, "-c", WITHOUT, str(anthology.root)]
    made = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert zipfile.is_zipfile(anthology.root / "book.epub")
