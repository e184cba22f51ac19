"""Sources that cannot be read, that go, or that change under the hands of a build."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.anthology import photo
from tests.faults import calls, launch
from tests.faults.calls import Fault, Interposer
from tests.faults.site import SETTLED, Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="needs rights and signals of POSIX"),
]
STORY = "content/stories/night-0/index.md"
PHOTO = "content/stories/night-0/a.jpg"
STYLE = "assets/css/site.css"
Sample = Callable[[int, int], list[int]]


def only(short: str) -> list[Any]:
    """Files of each kind; all but *short* are left to the long form."""
    every = (STORY, PHOTO, "site.yaml", STYLE)
    return [one if one == short else pytest.param(one, marks=pytest.mark.long) for one in every]


@pytest.mark.parametrize(
    "path",
    [
        STORY,
        PHOTO,
        "content/stories/night-0",
        "site.yaml",
        *(
            pytest.param(path, marks=pytest.mark.long)
            for path in ("content", "content/teams", "assets", "assets/css/site.css")
        ),
    ],
)
def test_what_may_not_be_read_is_named_and_the_old_site_stands(built: Site, path: str) -> None:
    locked = built.source / path
    rights = locked.stat().st_mode
    locked.chmod(0)
    try:
        done = built.build(before=launch.WITHOUT_PRIVILEGE)
        done.is_plain()
        assert done.code in {1, 2}, done
        assert path in done.err
        assert built.standing() == "甲"
    finally:
        locked.chmod(rights)
    built.is_mended()


@pytest.mark.parametrize("path", only(STORY))
def test_what_vanishes_while_a_build_looks_at_it_breaks_nothing(
    built: Site, interposer: Interposer, path: str, sample: Sample
) -> None:
    file = built.source / path
    content = file.read_bytes()
    looks = len(interposer.traced(built, Fault(file, looks=True)))
    for number in sample(looks, 1):
        touch_all(built)
        before = built.standing()
        process = interposer.begun(built, Fault(file, calls.STOP, number, looks=True))
        if calls.stopped(process):
            file.unlink()
            process.go_on()
        done = process.ended()
        done.is_plain()
        assert done.code in {0, 1, 2}, done
        # Without the file the edition may be one that no test knows; but nothing is half.
        assert done.code == 0 or built.standing() == before
        file.write_bytes(content)
        built.is_mended()


@pytest.mark.parametrize("path", only(STORY))
def test_what_changes_while_a_build_reads_it_is_published_by_the_next(
    built: Site, interposer: Interposer, path: str, sample: Sample, tmp_path: Path
) -> None:
    file = built.source / path
    content = file.read_bytes()
    looks = len(interposer.traced(built, Fault(file, looks=True)))
    for number in sample(looks, 1):
        touch_all(built)
        process = interposer.begun(built, Fault(file, calls.STOP, number, looks=True))
        if calls.stopped(process):
            file.write_bytes(changed(path, content))
            process.go_on()
        done = process.ended()
        done.is_plain()
        assert done.code in {0, 1, 2}, done
        assert built.build().code == 0
        built.is_as_built_in(tmp_path / f"clean-{number}")
        file.write_bytes(content)
        built.is_mended()


@pytest.mark.parametrize("path", only(STYLE))
def test_what_changes_while_a_slow_build_publishes_is_published_by_the_next(
    built: Site, interposer: Interposer, path: str, tmp_path: Path
) -> None:
    """All has been read by then, and what was changed is older than two seconds at the end."""
    process = interposer.begun(built, Fault(built.web, calls.STOP, 1, only="/next"))
    assert calls.stopped(process)
    file = built.source / path
    file.write_bytes(changed(path, file.read_bytes()))
    time.sleep(SETTLED)
    process.go_on()
    assert process.ended().code == 0
    assert built.build().code == 0
    built.is_as_built_in(tmp_path / "clean")


@pytest.mark.parametrize("path", [STORY, PHOTO])
@pytest.mark.parametrize("waiting", [pytest.param(0, marks=pytest.mark.long), SETTLED])
def test_an_edit_that_keeps_size_and_time_is_seen(
    built: Site, path: str, waiting: float, tmp_path: Path
) -> None:
    file = built.source / path
    time.sleep(waiting)  # What was touched just now is never believed to be what it was.
    assert built.build().code == 0
    found, content = file.stat(), file.read_bytes()
    # One byte of the picture itself, well behind its headers.
    one = "灯".encode() if path == STORY else content[-20:-19]
    other = "火".encode() if path == STORY else bytes([content[-20] ^ 1])
    at = content.rindex(one)
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(other)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (found.st_size, found.st_mtime_ns)
    assert built.build().code == 0
    built.is_as_built_in(tmp_path / "clean")


def test_a_folder_of_sources_that_is_exchanged_for_an_older_one_is_seen(
    built: Site, tmp_path: Path
) -> None:
    """A backup that is put back has old times, and new inodes."""
    backup = shutil.copytree(built.source / "content", tmp_path / "backup")
    (built.source / STORY).write_bytes(changed(STORY, (built.source / STORY).read_bytes()))
    assert built.build().code == 0
    shutil.rmtree(built.source / "content")
    backup.rename(built.source / "content")
    built.is_mended()


def changed(path: str, content: bytes) -> bytes:
    """Other content for *path*, of another length."""
    if path == PHOTO:
        return photo("another", (380, 300))
    return content + ("\n# 又\n" if path == "site.yaml" else "\n又一盏灯。\n").encode()


def touch_all(site: Site) -> None:
    """Have every file of the source looked at again."""
    for path in site.source.rglob("*"):
        if path.is_file() and site.cache not in path.parents:
            path.touch()
