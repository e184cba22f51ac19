"""The machine that builds leaves no mark: neither its processes, its clock, nor its language."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.anthology import tree
from tests.conftest import GOLDEN, ROOT


def build(folder: Path, workers: int, umask: int, **environment: str) -> dict[str, bytes]:
    """Build a copy of the golden anthology in *folder* by the command, as an editor would."""
    command = [sys.executable, "-m", "candlelight", "build", "--jobs", str(workers)]
    done = subprocess.run(
        [*command, "--source", str(folder), "--output", str(folder / "public")],
        cwd=ROOT,
        env=os.environ | environment,
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return tree(folder / "public")


def laid_out(folder: Path, order: Callable[[list[Path]], list[Path]]) -> Path:
    """A copy of the golden anthology whose files were written in *order*."""
    for path in order(sorted(path for path in GOLDEN.rglob("*") if path.is_file())):
        target = folder / path.relative_to(GOLDEN)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask and no TZ")
def test_workers_hash_seed_time_zone_locale_umask_and_order_on_disk_change_no_byte(
    tmp_path: Path,
) -> None:
    one = build(
        laid_out(tmp_path / "one", list), 1, 0o022,
        PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8",
    )  # fmt: skip
    other = build(
        laid_out(tmp_path / "另一处 😀", lambda files: files[::-1]), 2, 0o077,
        PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C",
    )  # fmt: skip
    assert [path for path in one if one[path] != other.get(path)] == []
    assert set(one) == set(other)
