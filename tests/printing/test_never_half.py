"""Never half a book: whatever breaks, and whenever, the old file stands and nothing lies about."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from candlelight import bindery, ebook, printing
from candlelight.book import composition, finish, press
from candlelight.commands.build import CACHE
from candlelight.epub import book as epub_book
from candlelight.galleyroom import GalleyRoom
from candlelight.printroom import PrintRoom
from tests.anthology import Anthology
from tests.printing.conftest import Shop

REPOSITORY = Path(__file__).resolve().parents[2]
STEPS: list[tuple[Any, str]] = [
    (printing, "choose"), (printing, "faces"), (printing, "copy_of"), (printing, "compose"),
    (composition, "lay"), (press.Press, "account"), (press.Press, "pdf"), (press.Press, "wrap"),
    (GalleyRoom, "galleys"), (PrintRoom, "develop"), (bindery, "finish"), (finish, "_save"),
    (bindery, "preflight"), (shutil, "move"), (Path, "replace"),
]  # fmt: skip


@pytest.fixture(scope="module")
def book(shop: Shop) -> Anthology:
    """An anthology whose book was printed, for reading and for the printer."""
    made = shop("断 电").story("snow", title="初雪", body="巷子里灯亮了。", author="何文君")
    made.photo("snow", size=(600, 400), alt="门")
    made.book("book.pdf", for_print=True)
    made.epub("book.epub")
    return made


def standing(book: Anthology) -> dict[str, tuple[bytes, int]]:
    """Every file beside the content, with its bytes and the time of its last change."""
    files = (path for path in book.root.iterdir() if path.is_file())
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def litter(book: Anthology) -> list[str]:
    """What no run should leave: parts of files, and working folders."""
    cache = book.root / CACHE
    found = [path for path in book.root.rglob("*.part") if path.is_file()]
    found += [path for path in cache.iterdir() if path.name.startswith(("book-", "tmp"))]
    return [path.relative_to(book.root).as_posix() for path in found]


def broken(of: object, name: str, at: int = 1) -> Callable[..., Any]:
    """*name* of *of*, which breaks at its *at*-th call as a full disk does."""
    real, calls = getattr(of, name), []

    def breaks(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == at:
            raise OSError(28, "No space left on device")
        return real(*given, **named)

    return breaks


@pytest.mark.parametrize(("of", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_full_disk_at_any_step_leaves_the_old_book(
    book: Anthology, monkeypatch: pytest.MonkeyPatch, of: object, name: str
) -> None:
    before = standing(book)
    book.edit("snow", body="改过的。")
    with monkeypatch.context() as patch:
        patch.setattr(of, name, broken(of, name))
        with pytest.raises(OSError, match="No space left"):
            book.book("book.pdf", for_print=True)
    book.edit("snow", body="巷子里灯亮了。")
    after = standing(book)
    assert {file: after[file] for file in before if file != "site.yaml"} == {
        file: before[file] for file in before if file != "site.yaml"
    }
    assert set(after) == set(before)
    assert litter(book) == []


def test_pages_and_cover_stay_of_one_edition_where_the_second_has_no_room(
    book: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(book)
    book.edit("snow", body="改过的。")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "move", broken(shutil, "move", at=2))
        with pytest.raises(OSError, match="No space left"):
            book.book("book.pdf", for_print=True)
    book.edit("snow", body="巷子里灯亮了。")
    after = standing(book)
    assert after["book.pdf"] == before["book.pdf"]


@pytest.mark.parametrize(
    ("of", "name"),
    [(ebook, "choose"), (ebook, "plan_epub"), (ebook, "write_epub"), (epub_book, "_render"),
     (epub_book, "write_package"), (Path, "replace")],
)  # fmt: skip
def test_a_full_disk_at_any_step_leaves_the_old_e_book(
    book: Anthology, light: None, monkeypatch: pytest.MonkeyPatch, of: object, name: str
) -> None:
    before = standing(book)
    with monkeypatch.context() as patch:
        patch.setattr(of, name, broken(of, name))
        with pytest.raises(OSError, match="No space left"):
            book.epub("book.epub")
    assert standing(book) == before
    assert litter(book) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("command", ["book", "epub"])
def test_a_killed_run_leaves_a_whole_book_and_the_next_one_tidies_up(
    book: Anthology, light: None, command: str
) -> None:
    chance = random.Random(command)
    name = f"killed.{'pdf' if command == 'book' else 'epub'}"
    make = book.book if command == "book" else book.epub
    run = [sys.executable, "-m", "candlelight", command, "--source", str(book.root)]
    run += ["--output", str(book.root / name), "--jobs", "1"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    began = time.monotonic()
    subprocess.run(run, env=environment, check=True, capture_output=True)
    usual = time.monotonic() - began
    old = (book.root / name).read_bytes()
    for _ in range(2 if command == "book" else 1):
        process = subprocess.Popen(
            run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(usual * chance.uniform(0.3, 1))
        process.kill()
        process.wait()
        found = (book.root / name).read_bytes()
        assert found == old or whole(book.root / name)
    for part in book.root.glob(".*.part"):
        os.utime(part, (0, 0))  # what is new might be another run's: only what is old is swept
    assert make(name).files
    assert litter(book) == []


def whole(path: Path) -> bool:
    """Whether the file at *path* can be read to its end."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            return not pdf.check_pdf_syntax()
    import zipfile

    with zipfile.ZipFile(path) as epub:
        return epub.testzip() is None


def test_a_run_that_was_killed_long_ago_leaves_no_litter_after_the_next(book: Anthology) -> None:
    book.write(f"{CACHE}/book-killed/1.pdf", b"half").write(".book.pdf.x1y2.part", b"half")
    os.utime(book.root / ".book.pdf.x1y2.part", (0, 0))
    book.book("book.pdf")
    assert litter(book) == []
