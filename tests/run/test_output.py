"""The published folder, whatever way the site takes into it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from candlelight.run.lock import Busy
from candlelight.run.output import MANIFEST, Change, Made, Output, RefusedOutput
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


def test_only_the_lock_and_the_spare_stay_in_the_room(output: Output) -> None:
    publish(output, {"index.html": Made("2", b"new")})
    room = output.folder.parent / ".public.candlelight"
    assert sorted(path.name for path in room.iterdir()) == [".gitignore", "lock", "spare"]
    assert (room / ".gitignore").read_text() == "*\n"


def test_a_finished_file_in_the_staging_folder_is_moved_and_not_read(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with output.locked(output.folder.parent):
        assert list(output.staging.iterdir()) == []
        intact = output.published({})
        page = output.staging / "worker-1"
        page.write_bytes(b"new")
        inode = page.stat().st_ino
        made = {"index.html": Made("2", staged="worker-1", digest=sha256(b"new").hexdigest())}
        output.publish(made, intact)
    assert (output.folder / "index.html").read_bytes() == b"new"
    assert (output.folder / "index.html").stat().st_ino == inode
    assert not output.staging.exists()


def test_the_staging_folder_of_a_build_that_fails_is_cleared(output: Output) -> None:
    def failing() -> None:
        with output.locked(output.folder.parent):
            (output.staging / "worker-1").write_bytes(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert not output.staging.exists()


def test_leftovers_of_builds_that_were_killed_are_cleared(output: Output) -> None:
    room = output.folder.parent / ".public.candlelight"
    for name in ("next/a", "staging/b", "old/c", "probe-1/d"):
        (room / name).parent.mkdir()
        (room / name).write_bytes(b"half")
    (room / ".journal.x.part").write_bytes(b"half")
    (output.folder / ".candlelight.part").write_bytes(b"half")
    with output.locked(output.folder.parent):
        pass
    assert sorted(path.name for path in room.iterdir()) == [".gitignore", "lock", "published"]
    assert tree(output.folder) == {"index.html": b"home", "a/index.html": b"a"}


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


def test_nothing_is_replaced_without_a_look_at_what_stands(source: Path) -> None:
    (source / "public").mkdir()
    (source / "public" / "thesis.docx").write_text("ten years of work")
    output = Output(source / "public")
    with output.locked(source), pytest.raises(RefusedOutput, match="strangers"):
        output.publish(FIRST, {})
    assert (source / "public" / "thesis.docx").exists()


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
