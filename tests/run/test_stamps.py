"""Which source files need no second look: only where nothing can have changed unseen."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from candlelight.run import stamps
from candlelight.run.cache import Cache
from candlelight.run.stamps import digests, is_settled

OLD = time.time() - 3600


def stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def test_a_file_just_written_is_read_again_though_its_stamp_is_the_same(tmp_path: Path) -> None:
    cache, file = Cache.open(None, "1"), tmp_path / "a.md"
    file.write_text("one")
    seen = stamp(file)
    first, _ = digests(cache, tmp_path, [("a.md", seen)])
    file.write_text("two")
    second, read = digests(cache, tmp_path, [("a.md", seen)])
    assert first != second
    assert read == {"a.md": b"two"}
    cache.close()


def test_a_settled_file_with_the_same_stamp_is_believed(tmp_path: Path) -> None:
    cache, file = Cache.open(None, "1"), tmp_path / "a.md"
    file.write_text("one")
    os.utime(file, (OLD, OLD))
    size, mtime, _, inode = stamp(file)
    seen = (size, mtime, mtime, inode)
    digests(cache, tmp_path, [("a.md", seen)])
    assert digests(cache, tmp_path, [("a.md", seen)])[1] == {}
    assert digests(cache, tmp_path, [("a.md", (*seen[:2], mtime + 1, inode))])[1] != {}
    cache.close()


def test_a_file_whose_time_was_set_back_is_not_settled(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    os.utime(tmp_path / "a.md", (OLD, OLD))
    assert not is_settled(stamp(tmp_path / "a.md"))


def test_a_file_that_has_gone_is_in_neither(tmp_path: Path) -> None:
    cache = Cache.open(None, "1")
    assert digests(cache, tmp_path, [("gone.md", (1, 2, 3, 4))]) == ({}, {})
    cache.close()


def test_a_file_just_written_is_not_settled_because_the_others_take_long_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, clock, read_bytes = Cache.open(None, "1"), [time.time_ns()], Path.read_bytes

    def slow(path: Path) -> bytes:
        clock[0] += 3_000_000_000
        return read_bytes(path)

    monkeypatch.setattr(stamps, "time", SimpleNamespace(time_ns=lambda: clock[0]))
    monkeypatch.setattr(Path, "read_bytes", slow)
    (tmp_path / "a.md").write_text("one")
    touched = clock[0] - 1_000_000_000
    seen = [("a.md", (3, touched, touched, 1))]
    digests(cache, tmp_path, seen)
    (tmp_path / "a.md").write_text("two")
    assert digests(cache, tmp_path, seen)[1] == {"a.md": b"two"}
    cache.close()
