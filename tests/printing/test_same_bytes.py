"""The same anthology gives the same bytes: whoever prints it, where, and how often."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from candlelight.commands.build import CACHE
from tests.anthology import Anthology, copied
from tests.printing.conftest import Shop

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rich(shop: Shop) -> Anthology:
    """Two stories with photos, names and a footnote."""
    book = shop("两 次").site(base_url="https://candlelight.example/")
    book.person("wei-ming", title="卫明", aliases=["小卫"])
    book.community("nan-shan", title="南山", teams=["蜡烛"], leaders=["马保福"])
    book.story("snow", title="初雪", author="何文君", team="蜡烛", community="南山",
               people=["卫明"], body="小卫也在。[^1]\n\n[^1]: 那天。")  # fmt: skip
    book.photo("snow", size=(900, 600), caption="门前", alt="门")
    book.photo("snow", "b.jpg", (600, 900), caption="窗", alt="窗")
    return book.story(
        "night", title="夜班", author="卫明", body="灯亮了😀。\n\n| 甲 | 乙 |\n|--|--|\n| 一 | 二 |"
    )


def made(book: Anthology, workers: int = 1) -> dict[str, bytes]:
    """Every file of a book of each kind."""
    results = (
        book.book("r.pdf", workers=workers),
        book.book("p.pdf", workers=workers, for_print=True),
        book.epub("e.epub", workers=workers),
    )
    return {file.name: file.read_bytes() for result in results for file in result.files}


@pytest.fixture(scope="module")
def first(rich: Anthology) -> dict[str, bytes]:
    """From a cold cache, real cover and font included."""
    files = made(rich)
    assert set(files) == {"r.pdf", "p.pdf", "p-cover.pdf", "e.epub"}
    return files


def test_a_second_run_gives_the_same(rich: Anthology, first: dict[str, bytes]) -> None:
    assert made(rich) == first


def test_another_folder_two_workers_and_a_cold_cache_give_the_same(
    rich: Anthology, first: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "somewhere else" / "卷"
    folder.mkdir(parents=True)
    other = copied(rich.root, folder, folder / "public")
    assert not (folder / CACHE).exists()
    assert made(other, workers=2) == first


def test_another_process_with_another_hash_seed_zone_and_day_gives_the_same(
    rich: Anthology, first: dict[str, bytes], tmp_path: Path
) -> None:
    copied(rich.root, tmp_path, tmp_path / "public")
    (tmp_path / CACHE).mkdir()
    (tmp_path / CACHE / "fonts").symlink_to((rich.root / CACHE / "fonts").resolve())
    run = [sys.executable, "-m", "candlelight", "book", "--source", str(tmp_path), "--output"]
    given = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "86400"}
    environment = os.environ | given | {"PYTHONPATH": str(REPOSITORY)}
    subprocess.run([*run, str(tmp_path / "r.pdf")], env=environment, check=True)
    assert (tmp_path / "r.pdf").read_bytes() == first["r.pdf"]


def test_a_book_after_an_edit_and_its_undoing_is_the_same(
    rich: Anthology, first: dict[str, bytes]
) -> None:
    rich.edit("night", body="别的。").book("r.pdf")
    assert (rich.root / "r.pdf").read_bytes() != first["r.pdf"]
    rich.edit("night", body="灯亮了😀。\n\n| 甲 | 乙 |\n|--|--|\n| 一 | 二 |").book("r.pdf")
    assert (rich.root / "r.pdf").read_bytes() == first["r.pdf"]


def test_damaged_prints_in_the_cache_are_made_anew(
    rich: Anthology, first: dict[str, bytes]
) -> None:
    for file in (rich.root / CACHE / "prints").rglob("*.jpg"):
        file.write_bytes(b"half")
    rich.book("r.pdf")
    assert (rich.root / "r.pdf").read_bytes() == first["r.pdf"]
    shutil.rmtree(rich.root / CACHE / "prints")
    rich.book("r.pdf")
    assert (rich.root / "r.pdf").read_bytes() == first["r.pdf"]
