"""A Dask cluster as workers: asked who it is before anything is touched, then given the same jobs.

A worker is of use only if it runs the same code with the same libraries: otherwise its pages and
photos would be others than ours under the same names. Whether it sees our folders is tried out,
never assumed.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import secrets
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from candlelight import resources
from candlelight.run.course import Fallen, Tell, UnfitExecutor
from candlelight.run.version import code_version

if TYPE_CHECKING:
    from distributed import Client

Answer = TypeVar("Answer")

EXTRA = "candlelight[cluster]"
_PATIENCE = 8
"""Seconds to wait for a scheduler, or for an answer of its workers."""


def connect(address: str, cache: Path, tell: Tell) -> DaskCluster:
    """The workers of the scheduler at *address*, each of them fit for the work.

    *cache* lies in the anthology. Raises UnfitExecutor within some ten seconds.
    """
    client = _client(address)
    try:
        versions = _ask(client, address, code_version)
        _refuse_others(versions, address)
        cluster = DaskCluster(client, address, len(versions), tell)
        cluster.shared = cluster.reaches(cache) and cluster.sees_theme(cache.parent)
    except BaseException:
        _close(client)
        raise
    way = "executor-shared" if cluster.shared else "executor-ships"
    tell(way, address=address, workers=cluster.size)
    return cluster


class DaskCluster:
    """*size* workers behind *client*, one job at a time in each."""

    def __init__(self, client: Client, address: str, size: int, tell: Tell) -> None:
        self.size = size
        self.shared = False
        self._client, self._address, self._tell = client, address, tell
        self._known = self._workers()

    def executor(self) -> Executor:
        """What submits to the cluster."""
        return _Submitter(self._client, self._address)

    def reaches(self, folder: Path) -> bool:
        """Whether every worker sees *folder* under the same path, and may write in it."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix=".seen-", dir=folder) as file:
            token = secrets.token_bytes(16)
            file.write(token)
            file.flush()
            answers = _ask(self._client, self._address, _token_at, file.name)
        return bool(answers) and all(answer == token for answer in answers.values())

    def sees_theme(self, source: Path) -> bool:
        """Whether every worker finds our templates and assets under the same paths."""
        answers = _ask(self._client, self._address, _theme, str(source))
        return all(answer == _theme(str(source)) for answer in answers.values())

    def close(self) -> None:
        """Say whom we lost on the way, and leave the cluster as it was."""
        with contextlib.suppress(Exception):
            if gone := len(self._known - self._workers()):
                self._tell("executor-fewer", workers=gone)
        _close(self._client)

    def _workers(self) -> set[str]:
        return set(self._client.scheduler_info(n_workers=-1)["workers"])


class _Submitter(Executor):
    """Hands work on to Dask, and tells of its troubles in our words."""

    def __init__(self, client: Client, address: str) -> None:
        self._address = address
        # Every job is done, though another may look alike.
        self._executor = client.get_executor(pure=False)

    def submit(  # type: ignore[override]
        self, work: Callable[..., bytes], /, *given: bytes
    ) -> Future[bytes]:
        ours: Future[bytes] = Future()
        theirs = self._executor.submit(_checked, code_version(), work, *given)
        theirs.add_done_callback(functools.partial(self._hand_on, ours))
        ours.add_done_callback(lambda done: done.cancelled() and theirs.cancel())
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)

    def _hand_on(self, ours: Future[bytes], theirs: Future[bytes]) -> None:
        if not ours.set_running_or_notify_cancel():
            return
        failure: BaseException | None
        if theirs.cancelled():
            # Dask cancels everything when its scheduler has gone.
            failure = UnfitExecutor("executor-lost", address=self._address)
        else:
            failure = theirs.exception()
        if failure is None:
            ours.set_result(theirs.result())
        else:
            killed = type(failure).__name__ == "KilledWorker"
            ours.set_exception(Fallen() if killed else failure)


def _client(address: str) -> Client:
    try:
        # Late, and only here: nobody else needs it, and it takes a second to come.
        import dask
        from distributed import Client
    except ImportError as missing:
        raise UnfitExecutor("executor-no-dask", extra=EXTRA) from missing
    if not _answers(address):
        raise UnfitExecutor("executor-unreachable", address=address)
    for name in ("distributed", "tornado"):
        # What goes wrong is told in our words.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # A photo is large, and no mistake.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        return Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except Exception as failure:  # whatever answers there, it is no scheduler
        raise UnfitExecutor("executor-unreachable", address=address) from failure


def _answers(address: str) -> bool:
    """Whether something like a scheduler listens.

    Dask's own client tries again until its time is up, and waits for ever on one that is silent.
    """
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), _PATIENCE) as line:
            # A scheduler speaks first: the length of its greeting, in eight bytes.
            head = line.recv(8)
    except OSError:
        return False
    return len(head) == 8 and int.from_bytes(head, "little") < 1 << 20


def _ask(
    client: Client, address: str, question: Callable[..., Answer], *given: object
) -> dict[str, Answer | BaseException]:
    """What each worker answers, or why it could not."""
    try:
        answers: dict[str, Answer | BaseException] = client.sync(
            client._run,  # noqa: SLF001 - Client.run has no limit of time
            question,
            *given,
            on_error="return",
            callback_timeout=_PATIENCE,
        )
    except (OSError, RuntimeError) as failure:  # asyncio's TimeoutError is an OSError
        raise UnfitExecutor("executor-unreachable", address=address) from failure
    return answers


def _refuse_others(versions: dict[str, str | BaseException], address: str) -> None:
    if not versions:
        raise UnfitExecutor("executor-no-workers", address=address)
    for worker, version in sorted(versions.items()):
        if isinstance(version, BaseException):
            raise UnfitExecutor("executor-no-candlelight", worker=worker)
        if version != code_version():
            raise UnfitExecutor("executor-version", worker=worker)


def _close(client: Client) -> None:
    with contextlib.suppress(Exception):
        client.close(timeout=_PATIENCE)


# What follows runs on the workers.


def _checked(version: str, work: Callable[..., bytes], *given: bytes) -> bytes:
    """*work*, if this worker, which may have come later, runs the same code."""
    if code_version() != version:
        from distributed import get_worker

        raise UnfitExecutor("executor-version", worker=get_worker().address)
    return work(*given)


def _token_at(path: str) -> bytes:
    try:
        with tempfile.TemporaryFile(dir=Path(path).parent):
            return Path(path).read_bytes()
    except OSError:
        return b""


def _theme(source: str) -> str:
    """A digest of all templates and assets, and of where they lie."""
    digest = hashlib.sha256()
    for kind in ("templates", "assets"):
        for name, path in resources.files(kind, Path(source)).items():
            digest.update(f"{name}\0{path}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
