"""What earlier builds found out: losing it costs time, never truth."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from candlelight.run.cache import FILE, Cache
from tests.anthology import Anthology


def test_what_was_put_is_found_by_a_later_command(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": (1, "甲"), "b": (2, "乙")})
    cache.close()
    cache = Cache.open(tmp_path, "1")
    assert cache.get("text", ["a", "b", "c"], tuple[int, str]) == {"a": (1, "甲"), "b": (2, "乙")}
    cache.close()


def test_another_version_of_the_code_finds_nothing(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": 1})
    cache.close()
    cache = Cache.open(tmp_path, "2")
    assert cache.get("text", ["a"], int) == {}
    cache.close()


def test_a_value_of_another_shape_is_a_miss(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": "one"})
    assert cache.get("text", ["a"], int) == {}
    cache.close()


def test_a_damaged_value_is_a_miss(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": "one", "b": "two"})
    cache.close()
    with sqlite3.connect(tmp_path / "cache.sqlite") as raw:
        raw.execute("UPDATE found SET value = zeroblob(8) WHERE rowid = 1")
    raw.close()
    cache = Cache.open(tmp_path, "1")
    assert cache.get("text", ["a", "b"], str) == {"b": "two"}
    cache.close()


@pytest.mark.parametrize(
    "wreck", [b"", b"not a database at all, but long enough to look at", b"SQLite format 3\0"]
)
def test_a_file_that_is_no_cache_is_thrown_away(tmp_path: Path, wreck: bytes) -> None:
    (tmp_path / "cache.sqlite").write_bytes(wreck)
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": 1})
    assert cache.get("text", ["a"], int) == {"a": 1}
    cache.close()


def test_a_folder_that_cannot_be_made_means_no_memory_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache.open(tmp_path / "file" / "below", "1")
    cache.put("text", {"a": 1})
    assert cache.get("text", ["a"], int) == {"a": 1}
    cache.close()


def test_what_is_no_longer_wanted_is_forgotten(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": 1, "b": 2})
    cache.put("other", {"a": 3})
    cache.keep_only("text", ["b"])
    assert cache.get("text", ["a", "b"], int) == {"b": 2}
    assert cache.get("other", ["a"], int) == {"a": 3}
    cache.close()


def test_many_keys_at_once_are_all_found(tmp_path: Path) -> None:
    cache = Cache.open(None, "1")
    cache.put("text", {str(number): number for number in range(2000)})
    assert len(cache.get("text", map(str, range(2000)), int)) == 2000
    cache.close()


def test_git_and_search_never_see_the_cache(tmp_path: Path) -> None:
    Cache.open(tmp_path / ".candlelight", "1").close()
    assert (tmp_path / ".candlelight/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("harm", ["deleted", "truncated", "scribbled", "photos-gone", "photos-cut"])
def test_whatever_befalls_the_cache_the_site_is_the_same(anthology: Anthology, harm: str) -> None:
    anthology.story("a", title="甲").story("b", title="乙").photo("a").build()
    anthology.edit("b", body="改过了。")
    cache = anthology.root / ".candlelight"
    store = cache / "cache.sqlite"
    whole = store.read_bytes()
    if harm == "deleted":
        for path in cache.glob("cache.sqlite*"):
            path.unlink()
    elif harm == "truncated":
        store.write_bytes(whole[: len(whole) // 2])
    elif harm == "scribbled":
        store.write_bytes(whole[:4096] + bytes(reversed(whole[4096:])))
    for photo in (cache / "photos").iterdir():
        if harm == "photos-gone":
            photo.unlink()
        elif harm == "photos-cut":
            photo.write_bytes(photo.read_bytes()[:50])
    result = anthology.build()
    assert result.published
    assert result.files == anthology.clean_build(anthology.root / ".." / "clean").files


def test_a_file_with_a_damaged_page_is_thrown_away_after_the_command(tmp_path: Path) -> None:
    keys = [str(number) for number in range(3000)]
    cache = Cache.open(tmp_path, "1")
    cache.put("text", dict.fromkeys(keys, "甲" * 50))
    cache.close()
    file = tmp_path / "cache.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\x7f" * (len(whole) - 8192))
    cache = Cache.open(tmp_path, "1")
    assert cache.lasting().get("text", keys, str) == {}
    cache.close()
    cache = Cache.open(tmp_path, "1")
    cache.put("text", {"a": 1})
    assert cache.get("text", ["a"], int) == {"a": 1}
    cache.close()


def test_a_file_that_another_command_has_locked_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candlelight.run.cache._PATIENCE", 0.01)
    with contextlib.closing(sqlite3.connect(tmp_path / "cache.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache = Cache.open(tmp_path, "1")
        cache.put("text", {"a": 1})
        assert cache.get("text", ["a"], int) == {"a": 1}
        cache.close()
        assert (tmp_path / "cache.sqlite").exists()


def test_a_value_under_the_key_of_another_is_a_miss(tmp_path: Path) -> None:
    """One flipped bit in a key makes it another: ``night-2`` becomes ``night-3``."""
    cache = Cache.open(tmp_path, "1")
    cache.put("kind", {"night-2": 2, "night-3": 3})
    cache.close()
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DELETE FROM found WHERE key = ?", ("1\0night-3",))
        connection.execute("UPDATE found SET key = ?", ("1\0night-3",))
    cache = Cache.open(tmp_path, "1")
    assert cache.get("kind", ["night-2", "night-3"], int) == {}
    cache.close()
