"""Every save is noticed, and what editors' programs leave behind is not."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from candlelight.preview.litter import is_litter
from candlelight.preview.watch import Changes, watching


def heard(changes: Changes, name: str, seconds: float = 10) -> bool:
    """Whether a change of *name* is told within *seconds*."""
    try:
        while True:
            told = changes.get(timeout=seconds)
            if any(path.endswith(name) for path in told):
                return True
    except queue.Empty:
        return False


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "content/stories/x").mkdir(parents=True)
    (tmp_path / "content/stories/x/index.md").write_text("一", "utf-8")
    (tmp_path / "site.yaml").write_text("title: 烛光\n", "utf-8")
    return tmp_path


@pytest.fixture
def changes(source: Path) -> Iterator[Changes]:
    with watching(source, lambda: None) as changes:
        # The watch stands once it tells of something.
        for round_ in range(100):
            (source / "content/ready.md").write_text(str(round_))
            (source / "site.yaml").write_text(f"title: {round_}\n")
            if heard(changes, "ready.md", 0.1):
                break
        yield changes


def test_a_saved_story(source: Path, changes: Changes) -> None:
    (source / "content/stories/x/index.md").write_text("二", "utf-8")
    assert heard(changes, "stories/x/index.md")


def test_the_settings(source: Path, changes: Changes) -> None:
    (source / "site.yaml").write_text("title: 新\n", "utf-8")
    assert heard(changes, "site.yaml")


def test_a_save_by_replacing_the_file(source: Path, changes: Changes) -> None:
    temporary = source / "content/stories/x/.index.md.swp"
    temporary.write_text("二", "utf-8")
    temporary.replace(source / "content/stories/x/index.md")
    assert heard(changes, "stories/x/index.md")


def test_a_new_story_in_a_new_folder(source: Path, changes: Changes) -> None:
    folder = source / "content/stories/new"
    folder.mkdir()
    (folder / "index.md").write_text("新", "utf-8")
    assert heard(changes, "stories/new") or heard(changes, "index.md")


def test_templates_that_come_later_are_followed(source: Path, changes: Changes) -> None:
    (source / "templates/site").mkdir(parents=True)
    assert heard(changes, "templates")
    for _ in range(50):
        (source / "templates/site/story.html").write_text("x")
        if heard(changes, "story.html", 0.2):
            return
    pytest.fail("a template in a new folder was not noticed")


def test_content_that_goes_and_comes_again_is_followed(source: Path, changes: Changes) -> None:
    shutil.rmtree(source / "content")
    assert heard(changes, "content")
    (source / "content/stories").mkdir(parents=True)
    for round_ in range(50):
        (source / "content/stories/y.md").write_text(str(round_))
        if heard(changes, "y.md", 0.2):
            return
    pytest.fail("content that came again was not noticed")


@pytest.mark.parametrize(
    "name", [".x.md.swp", "x.md~", "~$草稿.docx", "4913", ".DS_Store", "a.jpg.crdownload",
             "#index.md#", ".git/index", "index.md.tmp", "Thumbs.db"],
)  # fmt: skip
def test_what_programs_leave_behind_is_litter(name: str) -> None:
    assert is_litter(f"/s/content/stories/x/{name}", [Path("/s/content")])


@pytest.mark.parametrize("name", ["index.md", "照片 1.jpg", "a.b.png"])
def test_what_editors_write_is_not(name: str) -> None:
    assert not is_litter(f"/s/.hidden/content/stories/x/{name}", [Path("/s/.hidden/content")])
