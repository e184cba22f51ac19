"""One build at a time; the lock falls with the process that holds it."""

from __future__ import annotations

import errno
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from candlelight.run.lock import Busy, CannotLock, held
from candlelight.run.output import Output, RefusedOutput


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
    assert re.fullmatch(
        rf"{os.getpid()}@{re.escape(platform.node())}, \d{{4}}-\d\d-\d\d [\d:]{{8}}", told
    )
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


@pytest.mark.skipif(sys.platform == "win32", reason="another call there")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_drive_that_knows_no_locks_is_named(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(CannotLock), held(tmp_path / "lock"):
        pass
    (tmp_path / "source/content").mkdir(parents=True)
    output = Output(tmp_path / "source/public")
    with pytest.raises(RefusedOutput, match="cannot-lock"), output.locked(tmp_path / "source"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open stays there")
def test_who_deletes_a_lock_does_not_let_in_two(tmp_path: Path) -> None:
    with held(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
        with held(tmp_path / "lock"), pytest.raises(Busy), held(tmp_path / "lock"):
            pass
