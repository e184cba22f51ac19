"""Where and how a build is started changes no byte: neither of a clean one nor of the next one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.site import Site

pytestmark = pytest.mark.faults

PLACES: dict[str, dict[str, str]] = {
    "Ürümqi": {"TZ": "Asia/Urumqi", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    "Kiritimati": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711"},
    "Samoa": {"TZ": "Pacific/Pago_Pago", "LC_ALL": "POSIX", "PYTHONHASHSEED": "99"},
    "İstanbul": {"TZ": "Europe/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"},
    "nowhere": {"TZ": "Nowhere/Nothing", "LC_ALL": "xx_XX", "HOME": "/nonexistent"},
    "without UTF-8": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "optimised": {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"},
    "developed": {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "ignore"},
}
SHORT = ["Kiritimati"]


@pytest.mark.parametrize(
    "place",
    [*SHORT, *(pytest.param(one, marks=pytest.mark.long) for one in PLACES if one not in SHORT)],
)
def test_neither_clock_nor_language_nor_hash_seed_changes_a_byte(built: Site, place: str) -> None:
    done = built.build(variables=PLACES[place])
    assert done.code == 0, done
    built.is_clean()
    shutil.rmtree(built.output)
    built.forget()
    done = built.build("--jobs", "2", variables=PLACES[place])
    assert done.code == 0, done
    built.is_clean()


@pytest.mark.parametrize(
    "jobs", ["3", *(pytest.param(one, marks=pytest.mark.long) for one in ("1", "2", "7"))]
)
def test_the_number_of_workers_changes_no_byte(built: Site, jobs: str) -> None:
    for _ in range(2):
        assert built.build("--jobs", jobs).code == 0
        built.is_clean()
        built.turn()


@pytest.mark.parametrize(
    "method",
    ["spawn", *(pytest.param(one, marks=pytest.mark.long) for one in ("fork", "forkserver"))],
)
def test_however_workers_are_started_no_byte_changes(
    built: Site, method: str, tmp_path: Path
) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    # Read by every Python when it starts, before anything of the program.
    (tmp_path / "sitecustomize.py").write_text(
        "import multiprocessing.context as context\n"
        "real = context.BaseContext.get_context\n"
        f"context.BaseContext.get_context = lambda self, method=None: real(self, {method!r})\n"
    )
    done = built.build("--jobs", "2", paths=[tmp_path])
    assert done.code == 0, done
    built.is_clean()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
@pytest.mark.parametrize("umask", [pytest.param(0o000, marks=pytest.mark.long), 0o027])
def test_rights_for_new_files_change_no_byte(built: Site, umask: int) -> None:
    assert built.build(umask=umask).code == 0
    built.is_clean()
    built.turn()
    built.is_mended()


@pytest.mark.parametrize(
    "how", ["in a folder that is gone", pytest.param("in the source", marks=pytest.mark.long)]
)
def test_the_folder_in_which_it_is_started_changes_no_byte(
    built: Site, tmp_path: Path, how: str
) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    started: dict[str, Any] = {"cwd": built.source if how == "in the source" else place}
    if how == "in a folder that is gone":
        started["before"] = (
            sys.executable, "-c", "import os, sys; os.rmdir(os.getcwd()); os.execv(sys.argv[1], sys.argv[1:])",
        )  # fmt: skip
    done = built.build(**started)
    done.is_plain()
    if how == "in a folder that is gone":
        assert done.code in {0, 2}
        built.is_mended()
    assert done.code == 0 or how == "in a folder that is gone", done
    built.is_clean()
