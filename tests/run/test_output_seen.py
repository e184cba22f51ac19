"""The check of what stands: what looks as it did is believed, the rest is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from candlelight.run import seen
from candlelight.run.cache import Cache
from candlelight.run.manifest import MANIFEST
from candlelight.run.output import Output, RefusedOutput
from candlelight.run.seen import Seen
from tests.run.publishing import NEW, OLD, Site, without_exchange


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files whose bytes were looked at."""
    names: list[str] = []
    real = seen._digest
    monkeypatch.setattr(seen, "_digest", lambda file: (names.append(file.name), real(file))[1])
    return names


def look(site: Site) -> tuple[set[str], Seen | None]:
    output = Output(site.folder)
    with output.locked(site.source):
        intact = set(output.published(site.known))
        output.refuse_strangers()
        return intact, output.seen()


def test_what_looks_as_it_did_is_not_read_and_nothing_new_is_remembered(
    site: Site, read: list[str]
) -> None:
    assert look(site) == (set(OLD), None)
    assert read == []


@pytest.mark.parametrize("way", ["exchange", "files"])
def test_after_each_publication_everything_is_known(
    site: Site, read: list[str], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "files":
        without_exchange(monkeypatch)
    for version in (NEW, OLD, NEW, {**NEW, "index.html": b"!"}):
        site.publish(version)
        assert look(site) == (set(version), None)
    assert read == []


def test_a_small_change_is_not_a_reason_to_look_at_everything_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(NEW)
    looked: list[str] = []
    real = seen.stamps
    monkeypatch.setattr(
        seen, "stamps", lambda folder, paths: (looked.extend(paths), real(folder, looked))[1]
    )
    site.publish({**NEW, "index.html": b"!"})
    assert set(looked) == {"index.html", MANIFEST}


def test_without_memory_everything_is_read_once(site: Site, read: list[str]) -> None:
    site.known = Seen()
    intact, site.known = look(site)  # type: ignore[assignment]
    assert intact == set(OLD)
    assert len(read) == len(OLD)
    assert look(site) == (set(OLD), None)


def test_a_file_that_was_only_touched_is_read_and_remembered(site: Site, read: list[str]) -> None:
    os.utime(site.folder / "index.html")
    intact, stamps = look(site)
    assert intact == set(OLD)
    assert read == ["index.html"]
    assert stamps


def test_an_edit_that_keeps_size_and_mtime_is_found(site: Site) -> None:
    page = site.folder / "index.html"
    before = page.stat()
    page.write_bytes(b"HOME")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look(site)[0] == set(OLD) - {"index.html"}


def test_a_file_with_the_same_bytes_put_in_its_place_is_as_good(site: Site) -> None:
    page = site.folder / "index.html"
    page.unlink()
    page.write_bytes(b"home")
    assert look(site)[0] == set(OLD)


@pytest.mark.parametrize("kind", ["gone", "a folder", "a link"])
def test_what_is_no_file_does_not_stand(site: Site, kind: str) -> None:
    page = site.folder / "feed.xml"
    page.unlink()
    if kind == "a folder":
        page.mkdir()
    elif kind == "a link":
        (site.source / "elsewhere").write_bytes(b"feed")
        page.symlink_to(site.source / "elsewhere")
    assert look(site)[0] == set(OLD) - {"feed.xml"}
    site.publish(OLD)
    assert site.files == OLD
    assert not page.is_symlink()


def test_what_was_seen_under_another_manifest_says_nothing(site: Site, read: list[str]) -> None:
    manifest = site.folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes())
    assert look(site)[0] == set(OLD)
    assert len(read) == len(OLD)


def test_a_manifest_that_tells_of_other_bytes_is_not_believed(site: Site) -> None:
    manifest = site.folder / MANIFEST
    digest = Output(site.folder).entries()["index.html"].digest
    told = manifest.read_bytes().replace(digest.encode(), b"0" * 64)
    manifest.write_bytes(told.replace(b'"version":2', b'"version":1'))
    assert look(site)[0] == set(OLD) - {"index.html"}


def test_a_stranger_is_found_at_any_depth_while_all_else_is_as_it_was(site: Site) -> None:
    (site.folder / "stories/snow/notes.txt").write_text("mine")
    with pytest.raises(RefusedOutput) as refused:
        look(site)
    assert refused.value.given["file"] == "stories/snow/notes.txt"


def test_where_all_files_stand_no_folder_is_looked_at_before_something_is_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = seen._listed
    monkeypatch.setattr(seen, "_listed", lambda *given: (looked.append("all"), real(*given))[1])
    (site.folder / "notes.txt").write_text("mine")
    output = Output(site.folder)
    with output.locked(site.source):
        assert set(output.published(site.known)) == set(OLD)
        assert looked == []
        with pytest.raises(RefusedOutput, match="strangers"):
            output.publish({}, {})
    assert looked == ["all"]
    assert site.files == {**OLD, "notes.txt": b"mine"}


def test_a_folder_that_is_as_it_was_is_not_listed_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    real = seen._names
    monkeypatch.setattr(seen, "_names", lambda folder, at: (listed.append(at), real(folder, at))[1])
    for version in (NEW, OLD, NEW):
        site.publish(version)
        assert look(site) == (set(version), None)
    assert listed == []
    (site.folder / "stories/dawn").mkdir()
    look(site)
    assert listed == ["stories", "stories/dawn"]


def test_folders_are_listed_each_time_where_times_have_no_fractions(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "_SECOND", 1)
    site.publish(NEW)
    assert site.known.folders == {}
    (site.folder / "stories/snow/notes.txt").write_text("mine")
    with pytest.raises(RefusedOutput, match="strangers"):
        look(site)


def test_a_folder_replaced_by_a_link_is_a_stranger(site: Site, tmp_path: Path) -> None:
    (site.folder / "stories").rename(tmp_path / "stories")
    (site.folder / "stories").symlink_to(tmp_path / "stories")
    with pytest.raises(RefusedOutput, match="strangers"):
        look(site)


def test_a_name_that_the_file_system_spells_in_its_own_way_is_no_stranger(site: Site) -> None:
    (site.folder / "stories/snow").rename(site.folder / "stories/Snow")
    assert look(site)[0] == set(OLD) - {"stories/snow/index.html"}


def test_the_cache_keeps_what_was_seen_of_each_folder(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    stamps = Seen({"index.html": -(2**63)}, {"": 2**63 - 1}, {"a": 0})
    seen.keep(cache, tmp_path / "a", stamps)
    seen.keep(cache, tmp_path / "a", None)
    assert seen.load(cache, tmp_path / "a") == stamps
    assert seen.load(cache, tmp_path / "b") == Seen()
    cache.close()
