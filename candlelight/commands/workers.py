"""Who does the work of a command: processors of this machine, workers of a cluster."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from candlelight.console import Console

if TYPE_CHECKING:
    from candlelight.run.remember import Memory

_ADDRESS = re.compile(r"dask://(?P<host>[^\s/:@\[\]]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})")


def add_workers(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe ``--jobs`` and ``--executor``."""
    command.add_argument("--jobs", type=positive, help=console.text("option-jobs"))
    command.add_argument(
        "--executor",
        type=executor,
        metavar="dask://HOST:PORT",
        help=console.text("option-executor"),
    )


@contextlib.contextmanager
def at_work(
    options: argparse.Namespace, cache: Path, console: Console
) -> Iterator[tuple[Memory, Callable[[str, int], Callable[[int], object]]]]:
    """A memory in *cache* with the workers that were asked for, and who is told of progress."""
    from candlelight.run.session import session

    workers = session(cache, options.jobs, executor=options.executor, tell=console.complain)
    with workers as memory, console.progress() as progress:
        yield memory, progress


def executor(text: str) -> str:
    """HOST:PORT of ``dask://HOST:PORT``, for argparse; raises ValueError for anything else."""
    found = _ADDRESS.fullmatch(text)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError(text)
    return f"{found['host']}:{found['port']}"


def positive(text: str) -> int:
    """A whole number above 0, for argparse."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
