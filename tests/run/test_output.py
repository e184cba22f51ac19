"""The published folder: a whole new tree or the old one, and nothing that is not ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from candlelight.run import exchange as exchanging
from candlelight.run.lock import Busy
from candlelight.run.output import MANIFEST, Change, Made, Output, RefusedOutput, refuse_overlap
from tests.anthology import tree

FIRST = {"index.html": Made("1", b"home"), "a/index.html": Made("1", b"a")}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source" / "content").mkdir(parents=True)
    return tmp_path / "source"


@pytest.fixture
def output(source: Path) -> Output:
    """A site of two pages, published."""
    output = Output(source / "public")
    publish(output, FIRST)
    return output


def publish(output: Output, made: dict[str, Made]) -> Change:
    with output.locked(output.folder.parent):
        return output.publish(made, output.published({}))


def test_the_first_publication_writes_everything(output: Output) -> None:
    assert tree(output.folder) == {"index.html": b"home", "a/index.html": b"a"}


def test_only_changed_bytes_count_as_written(output: Output) -> None:
    change = publish(output, {"index.html": Made("2", b"home"), "a/index.html": Made("2", b"b")})
    assert (change.written, change.unchanged, change.removed) == (
        ("a/index.html",),
        ("index.html",),
        (),
    )


def test_unchanged_bytes_keep_their_file_and_its_time(output: Output) -> None:
    before = (output.folder / "index.html").stat()
    publish(output, {"index.html": Made("2", b"home"), "a/index.html": Made("2", b"b")})
    after = (output.folder / "index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_no_longer_made_is_removed_with_its_folder(output: Output) -> None:
    assert publish(output, {"index.html": Made("1")}).removed == ("a/index.html",)
    assert not (output.folder / "a").exists()


def test_a_page_that_becomes_a_folder_and_back_is_no_trouble(output: Output) -> None:
    publish(output, {"a": Made("2", b"file")})
    publish(output, FIRST)
    assert (output.folder / "a/index.html").read_bytes() == b"a"


def test_the_same_site_has_the_same_manifest(output: Output) -> None:
    before = (output.folder / MANIFEST).read_bytes()
    publish(output, dict(reversed(FIRST.items())))
    assert (output.folder / MANIFEST).read_bytes() == before
    assert set(json.loads(before)["files"]) == set(FIRST)


def test_nothing_new_leaves_the_tree_alone(output: Output) -> None:
    before = output.folder.stat().st_ino
    change = publish(output, {"index.html": Made("1"), "a/index.html": Made("1")})
    assert (change.written, change.removed, change.way) == ((), (), "")
    assert output.folder.stat().st_ino == before


def test_a_photo_in_the_output_is_no_link_into_the_cache(output: Output, tmp_path: Path) -> None:
    photo = tmp_path / "cached.webp"
    photo.write_bytes(b"photo")
    publish(output, {"p.webp": Made("p", path=str(photo))})
    (output.folder / "p.webp").write_bytes(b"somebody wrote here")
    assert photo.read_bytes() == b"photo"


def test_two_renames_do_where_no_exchange_can(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanging, "_swap", lambda one, other: False)
    change = publish(output, {"index.html": Made("2", b"new")})
    assert change.way == "renames"
    assert tree(output.folder) == {"index.html": b"new"}


def test_a_crash_between_two_renames_is_mended_by_the_next_build(output: Output) -> None:
    room = output.folder.parent / ".public.candlelight"
    output.folder.rename(room / "old")
    shutil.copytree(room / "old", room / "next")
    change = publish(output, {"index.html": Made("1"), "a/index.html": Made("1")})
    assert change.written == ()
    assert tree(output.folder) == {"index.html": b"home", "a/index.html": b"a"}


def test_a_rename_that_fails_puts_the_old_site_back(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanging, "_swap", lambda one, other: False)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "next":
            raise OSError("a program holds the folder")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="holds"):
        publish(output, {"index.html": Made("2", b"new")})
    assert tree(output.folder) == {"index.html": b"home", "a/index.html": b"a"}


def test_nothing_half_made_stays_behind(output: Output) -> None:
    room = output.folder.parent / ".public.candlelight"
    publish(output, {"index.html": Made("2", b"new")})
    assert sorted(path.name for path in room.iterdir()) == [".gitignore", "lock"]


def test_a_second_build_into_the_same_output_is_told_that_the_first_runs(output: Output) -> None:
    with output.locked(output.folder.parent), pytest.raises(Busy):
        publish(Output(output.folder), FIRST)
    assert publish(output, FIRST).written == ()


def test_a_file_that_no_build_wrote_is_never_lost(output: Output) -> None:
    (output.folder / "CNAME").write_text("candlelight.example")
    with pytest.raises(RefusedOutput) as refused:
        publish(output, FIRST)
    assert (refused.value.reason, refused.value.given["file"]) == ("output-has-strangers", "CNAME")
    assert (output.folder / "CNAME").exists()


def test_a_folder_with_anything_in_it_is_refused(source: Path) -> None:
    (source / "public").mkdir()
    (source / "public" / "thesis.docx").write_text("ten years of work")
    with pytest.raises(RefusedOutput, match="strangers"):
        publish(Output(source / "public"), FIRST)


def test_a_link_to_a_folder_is_a_stranger_too(output: Output, tmp_path: Path) -> None:
    (output.folder / "album").symlink_to(tmp_path)
    with pytest.raises(RefusedOutput, match="strangers"):
        publish(output, FIRST)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "a/desktop.ini"])
def test_what_a_file_manager_leaves_behind_is_no_stranger(output: Output, name: str) -> None:
    (output.folder / name).write_bytes(b"icons")
    assert publish(output, {"index.html": Made("2", b"new")}).written == ("index.html",)


def test_an_empty_folder_is_taken(source: Path) -> None:
    (source / "public").mkdir()
    publish(Output(source / "public"), FIRST)
    assert (source / "public/index.html").exists()


def test_a_link_in_the_place_of_the_output_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (source / "public").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedOutput, match="not-a-folder"):
        publish(Output(source / "public"), FIRST)


def test_a_file_replaced_by_a_link_is_written_anew(output: Output, tmp_path: Path) -> None:
    page = output.folder / "index.html"
    (tmp_path / "other").write_bytes(b"home")
    page.unlink()
    page.symlink_to(tmp_path / "other")
    publish(output, FIRST)
    assert not page.is_symlink()
    assert page.read_bytes() == b"home"


@pytest.mark.parametrize("name", ["public", "build/site", ".candlelight/serve"])
def test_a_folder_of_its_own_in_the_source_is_allowed(source: Path, name: str) -> None:
    refuse_overlap(source / name, source)


@pytest.mark.parametrize(
    "name", [".", "..", "content", "content/x", "assets", ".git", "templates/y"]
)
def test_a_folder_that_editors_write_in_is_refused(source: Path, name: str) -> None:
    with pytest.raises(RefusedOutput, match="output-"):
        refuse_overlap(source / name, source)


def test_a_detour_into_the_content_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source / "content")
    with pytest.raises(RefusedOutput, match="output-in-source"):
        refuse_overlap(tmp_path / "link" / "site", source)
