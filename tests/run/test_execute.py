"""The one place that submits work."""

from __future__ import annotations

import functools
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from candlelight.run import course, processes
from candlelight.run.execute import DeadlyJob, Workers

ROOT = Path(__file__).parents[2]


def test_results_come_in_the_order_of_the_jobs() -> None:
    with Workers(2, _threads) as workers:
        assert list(workers.map(math.sqrt, [n * n for n in range(50)], batch=7)) == list(range(50))


def test_progress_is_told_of_every_job_once() -> None:
    told: list[int] = []
    with Workers(2, _threads) as workers:
        list(workers.map(math.sqrt, range(50), batch=7, done=told.append))
    assert sum(told) == 50


def test_little_work_starts_no_pool() -> None:
    with Workers(8) as workers:
        list(workers.map(math.sqrt, range(5), batch=1, alone=5))
        assert workers._here.executor is None


def test_batches_that_want_a_process_each_have_one() -> None:
    with Workers(2, anew=True) as workers:
        found = list(workers.map(_process, range(10), batch=2))
    assert len(set(found)) == 5
    assert found[::2] == found[1::2]


def test_an_exception_in_a_job_reaches_the_caller() -> None:
    with (
        pytest.raises(ValueError, match="math domain"),
        Workers(2, _threads) as workers,
    ):
        list(workers.map(math.sqrt, [1, -1], batch=1))


def test_jobs_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    taken: list[int] = []
    mark = tmp_path / "go on"
    with Workers(2) as workers:
        work = functools.partial(_waits, mark, 5)
        results = workers.map(work, _counted(1000, taken), total=1000, batch=5)
        assert [next(results) for _ in range(5)] == list(range(5))
        assert len(taken) <= 5 * (2 * course._AHEAD + 1)
        mark.touch()
        assert list(results) == list(range(5, 1000))
    assert len(taken) == 1000


def test_a_job_that_takes_long_leaves_no_process_idle(tmp_path: Path) -> None:
    with Workers(2) as workers:
        work = functools.partial(_first_waits_for, 100, tmp_path / "far on")
        assert list(workers.map(work, range(200), batch=1)) == list(range(200))


def test_results_that_wait_for_their_turn_take_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "_MOST_BYTES", 30_000)
    taken: list[int] = []
    with Workers(2) as workers:
        results = workers.map(_heavy_after_a_slow_one, _counted(300, taken), total=300, batch=1)
        next(results)
        assert len(taken) <= 30 + 2 * course._AHEAD
        assert sum(map(len, results)) == 299_000


def test_heavy_jobs_wait_until_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "_MOST_BYTES", 3000)
    made = 0

    def jobs() -> Iterator[bytes]:
        nonlocal made
        for _ in range(20):
            made += 1
            yield bytes(2000)

    with Workers(4, _threads) as workers:
        results = workers.map(len, jobs(), total=20, batch=1)
        next(results)
        assert made <= 3
        assert sum(results) == 19 * 2000


def test_jobs_without_a_length_need_a_total() -> None:
    with Workers(2, _threads) as workers, pytest.raises(TypeError, match="total"):
        next(workers.map(math.sqrt, iter([1]), batch=1))


def test_few_jobs_are_spread_over_all_processes() -> None:
    told: list[int] = []
    with Workers(2, _threads) as workers:
        list(workers.map(math.sqrt, range(16), batch=16, done=told.append))
    assert told == [2] * 8


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_what_a_dead_process_had_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    _starts(monkeypatch, method)
    told: list[int] = []
    said: list[str] = []
    with Workers(2, tell=lambda key, **_: said.append(key)) as workers:
        work = functools.partial(_dies_once, str(tmp_path / "died"))
        assert list(workers.map(work, range(60), batch=3, done=told.append)) == list(range(60))
    assert sum(told) == 60
    assert said == ["worker-lost"]


def test_what_a_process_had_that_is_killed_from_outside_is_done_again() -> None:
    with Workers(2) as workers:
        results = workers.map(_slowly, range(40), batch=2)
        found = [next(results)]
        os.kill(found[0][1], signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        found += results
    assert [job for job, _ in found] == list(range(40))


def test_a_job_that_kills_every_process_is_named() -> None:
    jobs = [Task(f"{number}.jpg", deadly=number == 7) for number in range(20)]
    with pytest.raises(DeadlyJob) as told, Workers(2) as workers:
        list(workers.map(_task, jobs, batch=5))
    assert told.value.path == "7.jpg"


def test_a_job_that_kills_every_process_takes_no_other_with_it() -> None:
    jobs = [Task(f"{number}.jpg", deadly=number in {3, 11}) for number in range(20)]
    with Workers(2) as workers:
        found = list(workers.map(_task, jobs, batch=5, lost=lambda job: f"no {job.path}"))
    assert found == [f"no {job.path}" if job.deadly else job.path for job in jobs]


def test_no_job_is_to_blame_where_every_process_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_begin", _die)
    with pytest.raises(BrokenExecutor) as told, Workers(2) as workers:
        list(workers.map(math.sqrt, range(20), batch=1))
    assert not isinstance(told.value, DeadlyJob)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_no_process_outlives_a_build_that_was_killed(method: str) -> None:
    program = (
        "from candlelight.run import processes\n"
        "from candlelight.run.execute import Workers\n"
        "from tests.run.test_execute import _process\n"
        f"processes.start_method = lambda: {method!r}\n"
        "with Workers(2) as pool:\n"
        "    print(*set(pool.map(_process, range(20), batch=1)), flush=True)\n"
        "    input()\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdin is not None
    assert running.stdout is not None
    numbers = [int(number) for number in running.stdout.readline().split()]
    running.kill()
    running.wait()
    ends = time.monotonic() + 10
    while any(map(_runs, numbers)) and time.monotonic() < ends:
        time.sleep(0.05)
    left = [number for number in numbers if _runs(number)]
    for number in left:
        os.kill(number, signal.SIGKILL)
    for pipe in (running.stdin, running.stdout):
        pipe.close()
    assert left == []


class Task(NamedTuple):
    """Something to do about the file at *path*."""

    path: str
    deadly: bool = False


def _task(task: Task) -> str:
    if task.deadly:
        os._exit(9)
    return task.path


def _dies_once(mark: str, job: int) -> int:
    if job == 20 and not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return job


def _counted(number: int, taken: list[int]) -> Iterator[int]:
    for job in range(number):
        taken.append(job)
        yield job


def _waits(mark: Path, first: int, job: int) -> int:
    """From the job *first* on, wait for *mark*."""
    if job >= first:
        _come(mark)
    return job


def _first_waits_for(other: int, mark: Path, job: int) -> int:
    if job == other:
        mark.touch()
    if job == 0:
        _come(mark)
    return job


def _heavy_after_a_slow_one(job: int) -> bytes:
    if job == 0:
        time.sleep(1)
    return bytes(1000)


def _come(mark: Path) -> None:
    end = time.monotonic() + 30
    while not mark.exists():
        assert time.monotonic() < end, f"{mark.name} never came"
        time.sleep(0.01)


def _slowly(job: int) -> tuple[int, int]:
    time.sleep(0.02)
    return job, os.getpid()


def _die() -> None:
    os._exit(1)


def _starts(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system has no {method}")
    monkeypatch.setattr(processes, "start_method", lambda: method)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # A zombie waits for whoever takes in orphans.
    status = Path(f"/proc/{number}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _process(job: int) -> int:
    return os.getpid()


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)
