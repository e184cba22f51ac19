"""The other way: file by file under a journal, where two folders cannot change places."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from candlelight.run import disk
from candlelight.run.output import Output, RefusedOutput
from tests.run.publishing import (
    NEW,
    NEWER,
    OLD,
    Died,
    Site,
    dying_at,
    new_site,
    without_exchange,
)


@pytest.fixture(autouse=True)
def _without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch)


def test_the_files_are_replaced_one_by_one(site: Site) -> None:
    before = site.folder.stat().st_ino
    assert site.publish(NEW).way == "files"
    assert site.files == NEW
    assert site.folder.stat().st_ino == before
    assert not (site.folder / "stories/night").exists()


def test_nothing_is_left_in_the_room(site: Site) -> None:
    site.publish(NEW)
    assert sorted(path.name for path in site.room.iterdir()) == [".gitignore", "lock", "published"]


def test_the_first_site_takes_its_place_at_once(tmp_path: Path) -> None:
    assert new_site(tmp_path).publish(OLD).way == "first"


def test_what_is_unchanged_is_not_touched(site: Site) -> None:
    before = (site.folder / "404.html").stat()
    site.publish(NEW)
    after = (site.folder / "404.html").stat()
    assert (before.st_ino, before.st_ctime_ns) == (after.st_ino, after.st_ctime_ns)


def test_a_reader_finds_every_page_and_all_that_it_needs_at_every_moment(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages name their style; lists name their pages."""
    style = {b"home": "a" * 12, b"new home": "b" * 12}
    moments: list[dict[str, bytes]] = []
    monkeypatch.setattr(disk, "reached", lambda moment: moments.append(site.everything))
    site.publish(NEW)
    assert len(moments) == 5
    for now in moments:
        assert {"404.html", "feed.xml", "index.html", "stories/snow/index.html"} <= now.keys()
        assert f"assets/css/site.{style[now['index.html']]}.css" in now
        if now["index.html"] == b"new home":
            assert "stories/lamp/index.html" in now
    assert moments[-1]["feed.xml"] == b"new feed"


def test_a_file_is_never_half_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = {*OLD.values(), *NEW.values()}
    moments: list[bool] = []
    monkeypatch.setattr(
        disk, "reached", lambda _: moments.append(allowed.issuperset(site.everything.values()))
    )
    site.publish(NEW)
    assert moments
    assert all(moments)


def across_devices(patch: pytest.MonkeyPatch) -> None:
    """The room lies on another file system than the output."""
    real = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if (".public.candlelight" in str(source)) != (".public.candlelight" in str(target)):
            raise OSError(18, "Invalid cross-device link", str(source))
        real(source, target)

    patch.setattr(os, "replace", replace)


def test_from_another_file_system_files_are_copied_beside_and_then_replaced(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    across_devices(monkeypatch)
    for version in (NEW, NEWER):
        assert site.publish(version).way == "files"
        assert site.files == version
        assert not (site.folder / disk.PART).exists()


def test_a_copy_cut_off_half_way_is_made_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.copyfile

    def copyfile(source: str, target: str) -> None:
        if target.endswith(disk.PART):
            Path(target).write_bytes(b"ha")
            raise Died
        real(source, target)

    with monkeypatch.context() as dying:
        across_devices(dying)
        dying.setattr(shutil, "copyfile", copyfile)
        with pytest.raises(Died):
            site.publish(NEW)
    assert site.files.items() >= {path: OLD[path] for path in ("index.html", "feed.xml")}.items()
    assert site.look() == set(NEW)
    assert site.files == NEW


def held_by_a_reader(patch: pytest.MonkeyPatch, tries: int, name: str = "index.html") -> list[str]:
    """Windows refuses to replace a file that is open; it is let go after *tries*."""
    refused: list[str] = []
    real = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if str(target).endswith(f"public/{name}") and len(refused) < tries:
            refused.append(str(target))
            fault = PermissionError(13, "The process cannot access the file", str(target))
            fault.winerror = 32  # type: ignore[attr-defined]
            raise fault
        real(source, target)

    patch.setattr(os, "replace", replace)
    patch.setattr(disk, "_PAUSES", (0.0,) * 3)
    return refused


def test_a_page_that_a_program_holds_is_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = held_by_a_reader(monkeypatch, 3)
    site.publish(NEW)
    assert len(refused) == 3
    assert site.files == NEW


def test_a_page_that_is_never_let_go_stops_the_build_and_the_next_one_finishes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as held:
        held_by_a_reader(held, 99)
        with pytest.raises(PermissionError):
            site.publish(NEW)
    assert site.files["index.html"] == b"home"
    assert site.files["stories/lamp/index.html"] == b"a new story"
    assert site.look() == set(NEW)
    assert site.files == NEW


def test_rights_that_are_missing_are_no_program_that_holds_a_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def replace(source: str, target: str) -> None:
        tries.append(target)
        raise PermissionError(13, "Permission denied", target)

    with monkeypatch.context() as denied:
        denied.setattr(os, "replace", replace)
        with pytest.raises(PermissionError):
            site.publish(NEW)
    assert len(tries) == 1
    assert site.files == OLD


def test_the_next_build_finishes_what_was_begun_before_it_does_its_own(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying_at(dying, "noted")
        with pytest.raises(Died):
            site.publish(NEW)
    assert site.files == OLD
    assert site.look() == set(NEW)
    assert site.files == NEW
    assert site.publish(NEWER).way == "files"
    assert site.files == NEWER


def test_a_journal_that_is_damaged_is_thrown_away_and_the_site_made_again(site: Site) -> None:
    (site.room / "journal").write_bytes(b'{"steps": ')
    assert site.look() == set(OLD)
    assert not (site.room / "journal").exists()


def test_what_a_journal_has_lost_is_made_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as dying:
        dying_at(dying, "noted")
        with pytest.raises(Died):
            site.publish(NEW)
    shutil.rmtree(site.room / "staging")
    assert site.look() == {"404.html"}
    site.publish(NEW)
    assert site.files == NEW


def test_a_page_that_becomes_a_folder_and_back_is_no_trouble(site: Site) -> None:
    for version in ({**NEW, "feed.xml/index.html": b"folder"}, NEW):
        wanted = dict(version)
        if "feed.xml/index.html" in wanted:
            del wanted["feed.xml"]
        site.publish(wanted)
        assert site.files == wanted


def test_an_empty_folder_where_a_page_goes_is_no_trouble(site: Site) -> None:
    (site.folder / "stories/lamp/index.html/empty").mkdir(parents=True)
    site.publish(NEW)
    assert site.files == NEW


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a folder")
def test_a_folder_that_is_mounted_is_published_into_with_its_room_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    site = new_site(tmp_path / "source")
    volume = tmp_path / "a volume"
    for folder in (volume, site.folder):
        folder.mkdir()
    mounted = subprocess.run(["mount", "--bind", volume, site.folder], check=False)
    if mounted.returncode:
        pytest.skip("no mounts here")
    try:
        for version in (OLD, NEW, NEWER):
            assert site.publish(version).way == "files"
            assert site.look() == set(version)
        assert (volume / "index.html").read_bytes() == NEWER["index.html"]
        assert (volume / ".candlelight.room" / "lock").exists()
        assert not site.room.exists()
    finally:
        subprocess.run(["umount", site.folder], check=True)


def test_where_no_room_can_be_made_beside_the_output_it_lies_inside(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(site.room)
    real = Path.mkdir

    def mkdir(self: Path, *args: object, **options: object) -> None:
        if self == site.room:
            raise OSError(30, "Read-only file system", str(self))
        real(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", mkdir)
    site.publish(NEW)
    inside = site.folder / ".candlelight.room"
    assert sorted(path.name for path in inside.iterdir()) == [".gitignore", "lock", "published"]
    assert site.publish(NEWER).way == "files"


def test_where_nothing_can_be_written_the_build_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mkdir(self: Path, *args: object, **options: object) -> None:
        raise OSError(30, "Read-only file system", str(self))

    with monkeypatch.context() as read_only:
        read_only.setattr(Path, "mkdir", mkdir)
        with pytest.raises(OSError, match="Read-only"):
            site.publish(NEW)
    assert site.files == OLD


def test_a_stranger_is_refused_here_too(site: Site) -> None:
    (site.folder / "thesis.docx").write_text("ten years")
    with pytest.raises(RefusedOutput, match="strangers"), Output(site.folder).locked(site.source):
        Output(site.folder).published({})
