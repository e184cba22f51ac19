"""A disk that is full, or that may not be written to: the old site stands, and a sentence says why."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import launch
from tests.faults.site import Site, copied

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="needs mounts or rights of POSIX"),
]
Sample = Callable[[int, int], list[int]]
PAGE = 4096


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Callable[[str], None]]:
    """A file system of *size* bytes on *folder*, and how to mount it anew with other options."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs Linux and the right to mount")
    folder.mkdir(exist_ok=True)

    def mount(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "candlelight-test", str(folder)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"cannot mount: {done.stderr.decode(errors='replace').strip()}")

    mount(f"size={size}")
    try:
        yield lambda options: mount(f"remount,{options}")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def used(folder: Path) -> int:
    """How many bytes are used on the file system of *folder*."""
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def test_a_disk_that_fills_up_at_any_point_of_a_build_leaves_the_old_site(
    stage: Path, editions: dict[str, dict[str, bytes]], tmp_path: Path, sample: Sample
) -> None:
    with small_disk(tmp_path / "disk", 1 << 30) as remount:
        site = Site(copied(stage, tmp_path / "disk/site"), editions)
        site.turn()
        full = used(site.web)
        site.is_mended()
        need = (used(site.web) - full + (8 << 20)) // PAGE
        site.turn()
        for number in sample(24, 2):
            free = need * (number - 1) // 24
            remount(f"size={used(site.web) + free * PAGE}")
            done = site.build()
            done.is_plain()
            assert done.code in {0, 2}, done
            assert done.code == 0 or done.says("machine-trouble"), done
            assert site.standing() in ({site.edition} if done.code == 0 else set(editions))
            remount(f"size={1 << 30}")
            site.is_mended()
            site.turn()


def test_a_disk_without_a_free_name_leaves_the_old_site(
    stage: Path, editions: dict[str, dict[str, bytes]], tmp_path: Path, sample: Sample
) -> None:
    with small_disk(tmp_path / "disk", 1 << 30) as remount:
        site = Site(copied(stage, tmp_path / "disk/site"), editions)
        for free in sample(60, 1):
            site.turn()
            found = os.statvfs(site.web)
            remount(f"nr_inodes={found.f_files - found.f_ffree + free}")
            done = site.build()
            done.is_plain()
            assert done.code in {0, 2}, done
            assert site.standing()
            remount("nr_inodes=100000")
            site.is_mended()


def test_a_disk_that_may_only_be_read_is_told_of(
    stage: Path, editions: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 1 << 30) as remount:
        site = Site(copied(stage, tmp_path / "disk/site"), editions)
        site.turn()
        remount("ro")
        done = site.build()
        assert done.code == 2
        done.is_plain()
        assert done.says("machine-trouble")
        assert site.standing() == site.other
        remount("rw")
        site.is_mended()


@pytest.mark.parametrize(
    "locked",
    [
        "output",
        "cache",
        pytest.param("beside the output", marks=pytest.mark.long),
        pytest.param("source", marks=pytest.mark.long),
    ],
)
def test_a_folder_that_may_not_be_written_to_leaves_the_old_site(built: Site, locked: str) -> None:
    folder = {
        "output": built.output,
        "beside the output": built.web,
        "source": built.source,
        "cache": built.cache,
    }[locked]
    rights = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        done = built.build(before=launch.WITHOUT_PRIVILEGE)
        done.is_plain()
        assert done.code in {0, 2}, done
        assert built.standing() == (built.other if done.code else built.edition)
    finally:
        folder.chmod(rights)
    built.is_mended()


@pytest.mark.parametrize(
    "size", [*(pytest.param(one, marks=pytest.mark.long) for one in (100, 3000)), 20_000]
)
def test_files_that_may_not_grow_leave_the_old_site(built: Site, size: int) -> None:
    done = built.build(before=launch.with_files_up_to(size))
    done.is_plain()
    assert done.code == 2, done
    assert done.says("machine-trouble")
    assert built.standing() == built.other
    built.is_mended()
