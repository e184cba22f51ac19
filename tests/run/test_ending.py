"""A pool of processes that do not last ends at once, whatever waits in it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from candlelight.run.execute import Workers

ROOT = Path(__file__).parents[2]


class Slip(Exception):
    """Something that one job stumbles over."""


def stumble(job: int) -> int:
    if job == 0:
        raise Slip(job)
    time.sleep(20)
    return job


def test_a_fault_in_one_job_waits_for_no_other() -> None:
    started = time.monotonic()
    with pytest.raises(Slip), Workers(2, anew=True) as pool:
        list(pool.map(stumble, range(8), batch=1, alone=1))
    assert time.monotonic() - started < 15


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to one process")
def test_a_program_that_is_interrupted_ends_though_jobs_still_wait() -> None:
    program = (
        "from candlelight.run.execute import Workers\n"
        "from tests.run.test_ending import stumble\n"
        "with Workers(2, anew=True) as pool:\n"
        "    all = pool.map(stumble, range(1, 9), batch=1, alone=1, done=print)\n"
        "    print('begun', flush=True)\n"
        "    next(all)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.readline()
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    try:
        assert b"KeyboardInterrupt" in running.communicate(timeout=10)[1]
    finally:
        running.kill()
