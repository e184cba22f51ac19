"""The usual way: a spare tree of hard links, brought forward and exchanged."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from candlelight.run import disk, manifest, tree
from candlelight.run.manifest import MANIFEST
from tests.run.publishing import NEW, NEWER, OLD, Died, Site, dying_at, new_site, without_links


def linked(site: Site, path: str) -> bool:
    """Whether the published file and the one of the spare are one file."""
    return (site.folder / path).samefile(site.room / "spare" / path)


def test_the_first_site_takes_its_place_without_a_spare(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert site.publish(OLD).way == "first"
    assert not (site.room / "spare").exists()


def test_a_change_is_published_by_an_exchange_and_leaves_a_spare_like_the_site(site: Site) -> None:
    assert site.publish(NEW).way == "exchange"
    assert site.files == NEW
    assert site.spare == site.everything
    assert all(linked(site, path) for path in NEW)


def test_the_spare_is_brought_forward_and_never_linked_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(NEW)
    links: list[str] = []
    real = os.link
    monkeypatch.setattr(os, "link", lambda a, b: (links.append(str(a)), real(a, b)))
    for version in range(3):
        site.publish({**NEW, "index.html": b"%d" % version})
        assert site.spare == site.everything
    assert links == [str(site.folder / "index.html")] * 3


def test_the_two_trees_change_places_and_no_other_is_made(site: Site) -> None:
    site.publish(NEW)
    folders = {site.folder.stat().st_ino, (site.room / "spare").stat().st_ino}
    site.publish(NEWER)
    assert {site.folder.stat().st_ino, (site.room / "spare").stat().st_ino} == folders


def test_who_holds_the_folder_itself_sees_the_new_site_too(site: Site) -> None:
    """A server that runs in it, or a container that it is mounted into."""
    handle = os.open(site.folder, os.O_RDONLY)
    for version in (NEW, NEWER, OLD):
        site.publish(version)
        page = os.open("index.html", os.O_RDONLY, dir_fd=handle)
        assert os.read(page, 99) == version["index.html"]
        os.close(page)
    os.close(handle)


def test_nothing_is_written_into_a_file_that_is_linked(site: Site) -> None:
    site.publish(NEW)
    keepsake = site.source / "keepsake"
    keepsake.mkdir()
    for path in NEW:
        os.link(site.folder / path, keepsake / path.replace("/", "-"))
    before = {file.name: file.read_bytes() for file in keepsake.iterdir()}
    site.publish({path: b"!" + content for path, content in NEW.items()})
    site.publish(OLD)
    assert {file.name: file.read_bytes() for file in keepsake.iterdir()} == before


def test_the_manifest_of_each_tree_is_a_file_of_its_own(site: Site) -> None:
    site.publish(NEW)
    assert not linked(site, MANIFEST)


def test_a_damaged_manifest_is_mended_from_the_spare(site: Site) -> None:
    site.publish(NEW)
    (site.folder / MANIFEST).write_bytes(b'{"files": {"ind')
    assert site.look() == set(NEW)
    site.publish(NEW)
    assert site.files == NEW
    assert site.publish(NEW).way == ""


def test_a_first_site_whose_manifest_is_damaged_is_known_as_ours_by_the_copy(site: Site) -> None:
    (site.folder / MANIFEST).write_bytes(b"?")
    assert site.look() == set(OLD)


def test_a_single_bit_of_the_manifest_is_missed(site: Site) -> None:
    site.publish(NEW)
    sound = (site.folder / MANIFEST).read_bytes()
    for place in range(0, len(sound), 7):
        damaged = bytearray(sound)
        damaged[place] ^= 1
        (site.folder / MANIFEST).write_bytes(damaged)
        assert manifest.read(site.folder) is None, sound[place - 9 : place + 9]
    assert site.look() == set(NEW)
    assert site.publish(NEW).written == ()
    assert manifest.read(site.folder)


def test_a_manifest_of_the_days_before_seals_is_read(site: Site) -> None:
    file = site.folder / MANIFEST
    old = json.loads(file.read_bytes())
    del old["seal"], old["graced"]
    file.write_text(json.dumps({**old, "version": 1}))
    assert site.look() == set(OLD)
    assert site.publish(NEW).way == "exchange"


@pytest.mark.parametrize("damage", ["gone", "cut", "older", "a file"])
def test_a_spare_that_cannot_be_believed_is_thrown_away_and_linked_anew(
    site: Site, damage: str
) -> None:
    site.publish(NEW)
    spare = site.room / "spare"
    listed = spare / MANIFEST
    if damage == "gone":
        listed.unlink()
    elif damage == "cut":
        listed.write_bytes(listed.read_bytes()[:40])
    elif damage == "older":
        listed.write_bytes(listed.read_bytes().replace(b'"version":2', b'"version":1'))
    else:
        shutil.rmtree(spare)
        spare.write_bytes(b"?")
    (site.folder / "404.html").chmod(0o600)
    assert site.publish(NEWER).way == "exchange"
    assert site.files == NEWER
    assert site.spare == site.everything


def test_a_spare_that_somebody_deleted_is_linked_anew(site: Site) -> None:
    site.publish(NEW)
    shutil.rmtree(site.room)
    site.publish(NEWER)
    assert site.files == NEWER
    assert all(linked(site, path) for path in NEWER)


def test_without_hard_links_everything_is_copied_and_the_exchange_still_works(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)
    for version in (NEW, NEWER, OLD):
        assert site.publish(version).way == "copies"
        assert site.files == version
        assert site.spare == site.everything
    assert not linked(site, "index.html")


def test_a_link_that_fails_because_the_disk_does_is_no_reason_to_copy(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: str) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "link", link)
        with pytest.raises(OSError, match="Input"):
            site.publish(NEW)
    assert site.files == OLD


def test_files_staged_on_another_file_system_are_brought_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace(source: str, target: str) -> None:
        if "staging" in str(source) and "staging" not in str(target):
            raise OSError(18, "Invalid cross-device link", source)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    site.publish(NEW)
    assert site.files == NEW
    assert site.spare == site.everything


def test_the_disk_is_asked_once_and_before_the_exchange(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = tree.swap
    monkeypatch.setattr(tree, "settle", lambda *_: asked.append("sync"))
    monkeypatch.setattr(tree, "swap", lambda *two: (asked.append("exchange"), real(*two))[1])
    site.publish(NEW, durable=True)
    assert asked == ["sync", "exchange"]


def test_a_preview_does_not_wait_for_the_disk(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "settle", lambda *_: pytest.fail("synced"))
    site.publish(NEW, durable=False)
    assert site.files == NEW


def test_a_disk_that_cannot_keep_what_it_was_given_publishes_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(tree, "settle", settle)
        with pytest.raises(OSError, match="Input"):
            site.publish(NEW, durable=True)
    assert site.files == OLD
    site.publish(NEW, durable=True)
    assert site.files == NEW


def test_what_is_synced_really_is_on_this_system(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"page")
    disk.settle(tmp_path, ["page"])


def test_an_exchange_refused_at_the_last_instant_becomes_a_replacing_of_files(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "swap", lambda one, other: False)
    assert site.publish(NEW).way == "files"
    assert site.files == NEW
    assert sorted(path.name for path in site.room.iterdir()) == [".gitignore", "lock", "published"]


def test_an_empty_folder_becomes_the_site_in_one_step(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.folder.mkdir()
    (site.folder / ".DS_Store").write_bytes(b"icons")
    assert site.publish(OLD).way == "exchange"
    assert site.everything == OLD


def test_the_rights_of_the_folder_stay(site: Site) -> None:
    site.folder.chmod(0o750)
    site.publish(NEW)
    site.publish(NEWER)
    assert site.folder.stat().st_mode & 0o777 == 0o750


def test_a_name_that_changes_its_case_is_no_trouble(site: Site) -> None:
    renamed = {**OLD, "stories/Snow/index.html": b"snow"}
    del renamed["stories/snow/index.html"]
    for version in (renamed, OLD, renamed):
        site.publish(version)
        assert site.files == version


def test_what_is_no_longer_published_is_nowhere_in_the_room(site: Site) -> None:
    site.publish(NEW)
    site.publish({"index.html": b"alone"})
    left = [path.read_bytes() for path in site.room.rglob("*") if path.is_file()]
    assert not any(b"snow" in content for content in left)


def test_a_spare_that_cannot_follow_is_given_up_and_the_site_is_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(NEW)
    with monkeypatch.context() as full:
        full.setattr(tree.Trees, "_follow", _fail)
        assert site.publish(NEWER).way == "exchange"
    assert site.files == NEWER
    assert sorted(path.name for path in site.room.iterdir()) == [".gitignore", "lock", "published"]
    assert site.look() == set(NEWER)


def _fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_two_builds_that_die_one_after_the_other_leave_the_site_whole(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(NEW)
    for moment in ("placed", "exchanged", "begun"):
        with monkeypatch.context() as dying:
            dying_at(dying, moment)
            with pytest.raises(Died):
                site.publish(NEWER if site.files == NEW else NEW)
        assert site.files in (NEW, NEWER)
    site.publish(OLD)
    assert site.files == OLD
    assert site.spare == site.everything
