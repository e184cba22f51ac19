"""The one place that submits work."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from candlelight.run.execute import Workers


def test_results_come_in_the_order_of_the_jobs() -> None:
    with Workers(2, ThreadPoolExecutor(2)) as workers:
        assert list(workers.map(math.sqrt, [n * n for n in range(50)], batch=7)) == list(range(50))


def test_progress_is_told_of_every_job_once() -> None:
    told: list[int] = []
    with Workers(2, ThreadPoolExecutor(2)) as workers:
        list(workers.map(math.sqrt, range(50), batch=7, done=told.append))
    assert sum(told) == 50


def test_little_work_starts_no_pool() -> None:
    with Workers(8) as workers:
        list(workers.map(math.sqrt, range(5), batch=1, alone=5))
        assert workers._executor is None


def test_batches_that_want_a_process_each_have_one() -> None:
    with Workers(2, anew=True) as workers:
        found = list(workers.map(_process, range(10), batch=2))
    assert len(set(found)) == 5
    assert found[::2] == found[1::2]


def test_an_exception_in_a_job_reaches_the_caller() -> None:
    with (
        pytest.raises(ValueError, match="math domain"),
        Workers(2, ThreadPoolExecutor(2)) as workers,
    ):
        list(workers.map(math.sqrt, [1, -1], batch=1))


def _process(job: int) -> int:
    return os.getpid()
