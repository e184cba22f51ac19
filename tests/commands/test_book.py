"""``book`` at the prompt: what it says, what it returns, what it refuses to overwrite."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight.cli import main
from candlelight.commands.build import CACHE
from tests.anthology import Anthology

Capture = pytest.CaptureFixture[str]
Run = Callable[..., int]

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked faces, which cost a second."""
    from candlelight.book import fonts

    folder = tmp_path_factory.mktemp("faces")
    fonts.faces(folder, None)
    return folder / "fonts"


@pytest.fixture
def book(tmp_path: Path, faces: Path) -> Anthology:
    """One signed story, with the faces in its cache."""
    root = tmp_path / "烛光 文集"
    (root / CACHE).mkdir(parents=True)
    (root / CACHE / "fonts").symlink_to(faces, target_is_directory=True)
    return Anthology(root).story("snow", title="初雪", body="灯亮了。", author="何文君")


@pytest.fixture
def run(book: Anthology) -> Run:
    def command(*arguments: str) -> int:
        return main(["book", *arguments, "--source", str(book.root), "--jobs", "1"])

    return command


def test_it_says_where_the_book_is_and_lists_what_a_printer_asks(
    book: Anthology, run: Run, capsys: Capture
) -> None:
    assert run() == 0
    said = capsys.readouterr()
    assert str(book.root / "book.pdf") in said.out
    assert " 页" in said.out
    assert "185 × 260" in said.out
    assert said.err == ""


def test_for_print_there_are_two_files_of_another_name(
    book: Anthology, run: Run, capsys: Capture
) -> None:
    assert run("--print") == 0
    said = capsys.readouterr().out
    for name in ("book-print.pdf", "book-print-cover.pdf"):
        assert (book.root / name).is_file()
        assert str(book.root / name) in said
    assert "FOGRA39" in said


def test_it_speaks_english_where_the_site_does(book: Anthology, run: Run, capsys: Capture) -> None:
    book.site(language="en")
    assert run() == 0
    said = capsys.readouterr().out
    assert "pages" in said
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in said.replace(str(book.root), ""))


def test_the_preflight_list_can_be_had_as_json(book: Anthology, run: Run, tmp_path: Path) -> None:
    book.photo("snow", size=(300, 200), alt="门")
    listed = tmp_path / "list.json"
    assert run("--print", "--preflight", str(listed)) == 0
    pages, cover = json.loads(listed.read_text("utf-8"))
    assert (pages["file"], cover["file"]) == ("book-print.pdf", "book-print-cover.pdf")
    assert pages["trims"] == [{"width": 185, "height": 260, "pages": pages["pages"]}]
    assert pages["bleed"] == cover["bleed"] == 3
    assert all(font["embedded"] for font in pages["fonts"])
    assert pages["photos"] == 1
    (soft,) = pages["soft"]
    assert soft["story"] == "content/stories/snow/index.md"
    assert soft["dpi"] < 300
    assert pages["text_colours"] == ["K"] or set(pages["text_colours"]) <= {"K", "CMYK"}
    assert pages["faults"] == cover["faults"] == []
    assert cover["pages"] == 1


def test_the_list_names_characters_without_a_glyph(
    book: Anthology, run: Run, tmp_path: Path, capsys: Capture
) -> None:
    book.edit("snow", body="这个字\U0002a6d6没有。")
    listed = tmp_path / "list.json"
    assert run("--preflight", str(listed)) == 0
    (only,) = json.loads(listed.read_text("utf-8"))
    assert only["missing"] == {"content/stories/snow/index.md": "\U0002a6d6"}
    assert "book-glyph-missing" in capsys.readouterr().err


def test_standards_are_held_and_said(run: Run, book: Anthology, capsys: Capture) -> None:
    book.site(book={"date": "2026-11-21"})
    assert run("--standard", "ua-1", "--standard", "a-2b") == 0
    said = capsys.readouterr().out
    assert "PDF/UA-1" in said
    assert "PDF/A-2B" in said


def test_an_error_is_1_and_says_that_the_old_file_stays(
    book: Anthology, run: Run, capsys: Capture
) -> None:
    book.write("book.pdf", "old").story("wrong", date="2020-13-45")
    assert run() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "content/stories/wrong/index.md" in said.err
    assert "旧文件" in said.err or "原来的" in said.err
    assert (book.root / "book.pdf").read_text("utf-8") == "old"


def test_with_keep_going_it_is_0_and_names_what_was_left_out(
    book: Anthology, run: Run, capsys: Capture
) -> None:
    book.story("wrong", date="2020-13-45")
    assert run("--keep-going") == 0
    assert "content/stories/wrong/index.md" in capsys.readouterr().err


def test_strict_is_1_where_there_is_a_warning(book: Anthology, run: Run, capsys: Capture) -> None:
    book.edit("snow", body="这个字\U0002a6d6没有。")
    assert run("--strict") == 1
    assert not (book.root / "book.pdf").exists()
    assert "--strict" in capsys.readouterr().err


def test_a_failed_run_leaves_the_list_of_before(book: Anthology, run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("old")
    book.story("wrong", date="2020-13-45")
    assert run("--preflight", str(tmp_path / "list.json")) == 1
    assert (tmp_path / "list.json").read_text() == "old"


def test_a_name_nobody_has_is_1_with_the_nearest(run: Run, capsys: Capture) -> None:
    assert run("--person", "何文軍") == 1
    assert "何文君" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "said"),
    [("", "文件夹"), ("book.txt", ".pdf"), ("content/book.pdf", "content"),
     ("content/stories/snow/index.md", ".pdf")],
)  # fmt: skip
def test_it_refuses_to_write_over_what_is_no_book(
    book: Anthology, run: Run, capsys: Capture, output: str, said: str
) -> None:
    before = (book.root / "content/stories/snow/index.md").read_bytes()
    assert run("--output", str(book.root / output)) == 2
    assert said in capsys.readouterr().err
    assert (book.root / "content/stories/snow/index.md").read_bytes() == before
    assert not list(book.root.glob("content/**/*.pdf"))


@pytest.mark.parametrize(
    "wrong",
    [("--from", "昨天"), ("--standard", "x-4"), ("--jobs", "0"), ("--unknown",)],
    ids=["date", "standard", "jobs", "option"],
)
def test_wrong_usage_is_2_in_a_sentence(run: Run, capsys: Capture, wrong: tuple[str, ...]) -> None:
    assert run(*wrong) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said.err)


def test_dates_the_wrong_way_round_are_1(run: Run, capsys: Capture) -> None:
    assert run("--from", "2021", "--to", "2020") == 1
    assert "selection-reversed" in capsys.readouterr().err


def test_a_folder_that_is_no_anthology_is_2(tmp_path: Path, capsys: Capture) -> None:
    assert main(["book", "--source", str(tmp_path)]) == 2
    assert "content" in capsys.readouterr().err


WITHOUT = """
import sys
sys.modules["typst"] = sys.modules["pikepdf"] = None
from candlelight.cli import main
sys.exit(main([*sys.argv[2:], "--jobs", "1", "--source", sys.argv[1]]))
"""


@pytest.mark.parametrize("asked", [("book",), ("build", "--with-book")])
def test_where_the_packages_that_typeset_are_missing_it_names_them(
    book: Anthology, asked: tuple[str, ...]
) -> None:
    command = [sys.executable, "-c", WITHOUT, str(book.root), *asked]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    assert (told.returncode, told.stdout) == (2, b"")
    assert "typst pikepdf" in told.stderr.decode()
    assert "Traceback" not in told.stderr.decode()
    assert not (book.root / "public").exists()
