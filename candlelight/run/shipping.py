"""Photos for workers that see none of our folders: the original goes out, the files come back.

A job names its photo by ``root`` and ``path`` and puts what it makes into ``folder``. Here it is
packed with the photo's bytes; the worker carries it out in folders of its own and packs what came
to lie there; it is put where it belongs by the process that sent it.
"""

from __future__ import annotations

import functools
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from candlelight import whole
from candlelight.run.execute import Workers

# The jobs of the site and of the book are alike, and no room that makes them may be known here.
Job = Any
Result = TypeVar("Result")


class Outgoing(NamedTuple):
    """*job* with the bytes of its photo, None if there is none any more; *path* for who reports."""

    job: Job
    photo: bytes | None
    path: str


class Incoming(NamedTuple, Generic[Result]):
    """What came of a job, and the files that it made, by their names."""

    result: Result
    files: tuple[tuple[str, bytes], ...] = ()


def ship(  # noqa: PLR0913 - as Workers.map
    workers: Workers,
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    total: int,
    batch: int,
    alone: int = 0,
    done: Callable[[int], object] = str,
    lost: Callable[[Job], Result] | None = None,
) -> Iterator[Result]:
    """As ``Workers.map``; the photos of *jobs* are sent only to workers that do not see them."""
    if workers.sees_all:
        yield from workers.map(
            work, jobs, total=total, batch=batch, alone=alone, done=done, lost=lost
        )
        return
    folders: deque[Path] = deque()

    def packed() -> Iterator[Outgoing]:
        for job in jobs:
            folders.append(Path(job.folder))
            yield _pack(job)

    back = workers.map(
        functools.partial(_carry_out, work),
        packed(),
        total=total,
        batch=batch,
        alone=alone,
        done=done,
        lost=lost and functools.partial(_nothing_from, lost),
        anywhere=True,
    )
    for result, files in back:
        folder = folders.popleft()
        for name, content in files:
            whole.write(folder / name, content)
        yield result


def _pack(job: Job) -> Outgoing:
    path = Path(job.root, job.path)
    try:
        photo = path.read_bytes() if path.is_file() else None
    except OSError:
        photo = None
    return Outgoing(job, photo, job.path)


def _carry_out(work: Callable[[Job], Result], sent: Outgoing) -> Incoming[Result]:
    """On a worker: do *work* in folders that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="candlelight-") as name:
        root, folder = Path(name, "in"), Path(name, "out")
        folder.mkdir()
        # Under its own path: problems are told of that.
        photo = root / sent.path
        photo.parent.mkdir(parents=True)
        if sent.photo is not None:
            photo.write_bytes(sent.photo)
        job = msgspec.structs.replace(sent.job, root=str(root), folder=str(folder))
        result = work(job)
        made = tuple((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))
        return Incoming(result, made)


def _nothing_from(lost: Callable[[Job], Result], sent: Outgoing) -> Incoming[Result]:
    return Incoming(lost(sent.job))
