"""A folder is listed again only when it has changed, and what is found is always what is there."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from candlelight.read.sources import Sources, find_sources
from candlelight.run import stamps
from candlelight.run.cache import Cache
from candlelight.run.listed import look

STORIES = "content/stories"
TICK = 0.02
"""Seconds; longer than a file system takes for one and the same moment."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An anthology of four stories, touched long enough ago."""
    monkeypatch.setattr(stamps, "_SETTLED", int(TICK * 1e9))
    root = tmp_path / "anthology"
    for name in ("a", "b", "c", "d"):
        write(root, f"{name}/index.md")
    write(root, "b/图 1#.JPG")
    time.sleep(2 * TICK)
    return root


@pytest.fixture
def cache() -> Iterator[Cache]:
    cache = Cache.open(None, "")
    yield cache
    cache.close()


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders that were listed."""
    names: list[str] = []
    real = os.scandir

    def scandir(path: Any) -> Any:
        names.append(str(path).rpartition("/")[2])
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return names


def write(root: Path, name: str) -> None:
    file = root / STORIES / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("---\ntitle: 灯\n---\n", encoding="utf-8")


def plain(sources: Sources) -> Sources:
    return msgspec.structs.replace(sources, listings={})


def test_a_folder_in_which_nothing_changed_is_not_listed_again(
    root: Path, cache: Cache, listed: list[str]
) -> None:
    first = look(root, cache)
    assert {"a", "b", "c", "d"} <= set(listed)
    listed.clear()
    assert plain(look(root, cache)) == plain(first)
    assert not {"a", "b", "c", "d"} & set(listed)


def test_an_edited_text_and_photo_have_new_stamps_in_a_folder_that_is_not_listed(
    root: Path, cache: Cache, listed: list[str]
) -> None:
    look(root, cache)
    listed.clear()
    for name in ("b/index.md", "b/图 1#.JPG"):
        (root / STORIES / name).write_text("一盏灯", encoding="utf-8")
    assert plain(look(root, cache)) == plain(find_sources(root))
    assert listed.count("b") == 1  # By the search that knew nothing.


EDITS: dict[str, Callable[[Path], object]] = {
    "a photo comes": lambda folder: (folder / "新.jpg").touch(),
    "a photo goes": lambda folder: (folder / "图 1#.JPG").unlink(),
    "a photo is renamed": lambda folder: (folder / "图 1#.JPG").rename(folder / "图 2.jpg"),
    "the text is renamed": lambda folder: (folder / "index.md").rename(folder / "文.md"),
    "the text goes": lambda folder: (folder / "index.md").unlink(),
    "a second text comes": lambda folder: (folder / "second.md").touch(),
    "a stray file comes": lambda folder: (folder / "notes.docx").touch(),
    "a folder comes": lambda folder: (folder / "deeper").mkdir(),
    "the folder goes": shutil.rmtree,
    "the folder is another": lambda folder: (
        folder.rename(folder.with_name("old")), (folder.with_name("b")).mkdir(),
    ),
    "the photo becomes a link": lambda folder: (
        (folder / "图 1#.JPG").unlink(), (folder / "图 1#.JPG").symlink_to("../a/index.md"),
    ),
    "the folder becomes a link": lambda folder: (
        shutil.rmtree(folder), folder.symlink_to("a", target_is_directory=True),
    ),
    "the folder leads out": lambda folder: (
        shutil.rmtree(folder), folder.symlink_to(folder.parents[3], target_is_directory=True),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whatever_changes_in_a_folder_is_found(
    root: Path, cache: Cache, edit: Callable[[Path], object]
) -> None:
    before = plain(look(root, cache))
    time.sleep(2 * TICK)
    edit(root / STORIES / "b")
    for _ in range(3):  # What is wrong is told each time.
        now = plain(look(root, cache))
        assert now == plain(find_sources(root)) != before
        time.sleep(2 * TICK)


def test_any_edits_are_found_as_they_come(root: Path, cache: Cache) -> None:
    dice = random.Random(2421)
    for _ in range(60):
        folder = root / STORIES / dice.choice("abcdef")
        name = dice.choice(["index.md", "1.jpg", "2.JPG", "说明.md", "a.txt", ".DS_Store"])
        if (folder / name).exists() and dice.random() < 0.6:
            (folder / name).unlink()
        else:
            write(root, f"{folder.name}/{name}")
        if dice.random() < 0.1:
            shutil.rmtree(folder)
        if dice.random() < 0.5:
            time.sleep(2 * TICK)
        assert plain(look(root, cache)) == plain(find_sources(root))


def test_a_folder_touched_just_now_is_listed_again(
    root: Path, cache: Cache, listed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_SETTLED", int(600e9))
    look(root, cache)
    listed.clear()
    look(root, cache)
    assert {"a", "b", "c", "d"} <= set(listed)


def test_a_folder_whose_time_has_no_fraction_is_listed_again(
    root: Path, cache: Cache, listed: list[str]
) -> None:
    os.utime(root / STORIES / "a", (1_600_000_000, 1_600_000_000))
    time.sleep(2 * TICK)
    look(root, cache)
    listed.clear()
    look(root, cache)
    assert "a" in listed
    assert "b" not in listed


def test_of_a_story_that_was_taken_down_no_name_stays(root: Path, cache: Cache) -> None:
    look(root, cache)
    shutil.rmtree(root / STORIES / "b")
    look(root, cache)
    (kept,) = cache.get("listings", [str(root)], dict[str, Any]).values()
    assert sorted(kept) == [f"{STORIES}/{name}" for name in ("a", "c", "d")]
