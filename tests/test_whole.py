"""A file is written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from candlelight import whole


@pytest.fixture
def standing(tmp_path: Path) -> Path:
    path = tmp_path / "书.pdf"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize("lasting", [False, True])
def test_the_new_file_takes_the_place_of_the_old_one_at_the_end(
    standing: Path, *, lasting: bool
) -> None:
    with whole.aside(standing, lasting=lasting) as part:
        part.write_bytes(b"new")
        assert standing.read_bytes() == b"old"
        assert part.parent == standing.parent
    assert standing.read_bytes() == b"new"
    assert list(standing.parent.iterdir()) == [standing]


@pytest.mark.parametrize("fault", [OSError("disk full"), KeyboardInterrupt()])
def test_whatever_breaks_leaves_the_old_file_and_nothing_else(
    standing: Path, fault: BaseException
) -> None:
    def broken(part: Path) -> None:
        part.write_bytes(b"ne")
        raise fault

    with pytest.raises(type(fault)), whole.aside(standing) as part:
        broken(part)
    assert standing.read_bytes() == b"old"
    assert list(standing.parent.iterdir()) == [standing]


def test_two_runs_that_write_one_name_have_files_of_their_own(standing: Path) -> None:
    with whole.aside(standing) as one, whole.aside(standing) as other:
        assert one != other
        one.write_bytes(b"one")
        other.write_bytes(b"other")
    assert standing.read_bytes() == b"one"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_it_has_the_rights_of_the_file_before_it_else_those_that_everybody_can_read(
    standing: Path,
) -> None:
    standing.chmod(0o640)
    fresh = standing.with_name("新.pdf")
    for path in (standing, fresh):
        whole.write(path, b"new")
    assert [path.stat().st_mode & 0o777 for path in (standing, fresh)] == [0o640, 0o644]


def test_what_an_editor_keeps_is_on_the_disk_before_the_old_file_goes(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda _handle: seen.append(standing.read_bytes()))
    with whole.aside(standing, lasting=True) as part:
        part.write_bytes(b"new")
    assert seen[0] == b"old"


def test_what_a_killed_run_left_is_swept_and_what_a_run_of_now_writes_is_not(
    tmp_path: Path,
) -> None:
    book = tmp_path / "书[1].pdf"
    for name in (".书[1].pdf.old.part", ".书[1].pdf.now.part", ".书1.pdf.old.part"):
        (tmp_path / name).write_bytes(b"half")
        if "old" in name:
            os.utime(tmp_path / name, (0, 0))
    whole.sweep(book)
    assert {path.name for path in tmp_path.iterdir()} == {
        ".书[1].pdf.now.part",
        ".书1.pdf.old.part",
    }
