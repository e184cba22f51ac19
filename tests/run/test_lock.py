"""One build at a time; the lock falls with the process that holds it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from candlelight.run.lock import Busy, held


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from candlelight.run.lock import Busy, held\n"
        "try:\n    with held(Path(sys.argv[1])): print('mine')\n"
        "except Busy as busy: print(busy.holder)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with held(tmp_path / "lock"):
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert told == str(os.getpid())
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "mine\n"


def test_a_lock_left_by_a_process_that_died_is_free(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("99999")
    with held(tmp_path / "lock"):
        pass


def test_the_lock_falls_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), held(tmp_path / "lock"):
        raise RuntimeError
    with held(tmp_path / "lock"):
        pass


def test_who_waits_gets_busy_at_once(tmp_path: Path) -> None:
    with held(tmp_path / "lock"), pytest.raises(Busy), held(tmp_path / "lock"):
        pass
