"""A Dask cluster on loopback, a scheduler and two workers, does what processes here would do."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from candlelight.cli import main
from candlelight.commands.build import CACHE
from candlelight.commands.workers import executor
from candlelight.console import Console
from candlelight.run import cluster, course
from candlelight.run.course import UnfitExecutor
from candlelight.run.execute import Workers
from candlelight.run.session import session
from tests.anthology import Anthology, tree

ROOT = Path(__file__).parents[2]

dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason='needs the extra: pip install "candlelight[cluster]"',
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX")

BLIND = """
import os, sys

def refuse(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        if os.fsdecode(given[0]).startswith({folder!r}):
            raise FileNotFoundError(given[0])

sys.addaudithook(refuse)
"""
"""What a worker is told that shall see nothing below a folder."""


@dataclass
class Cluster:
    """A scheduler and its workers; *blind* is the folder that these cannot see."""

    folder: Path
    blind: Path | None = None
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def start(self) -> None:
        file = self.folder / "scheduler.json"
        place = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.scheduler = self._run("scheduler", "--scheduler-file", str(file), *place)
        self.address = self._told(file)

    def join(self, **environment: str) -> None:
        wishes = ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"]
        wishes += ["--local-directory", str(self.folder / "dask")]
        if self.blind:
            (self.folder / "blind.py").write_text(BLIND.format(folder=str(self.blind)))
            wishes += ["--preload", str(self.folder / "blind.py")]
        worker = self._run("worker", f"tcp://{self.address}", *wishes, **environment)
        self.workers.append(worker)

    def ready(self, number: int) -> Cluster:
        from distributed import Client

        with Client(f"tcp://{self.address}", set_as_default=False) as client:
            client.wait_for_workers(number, timeout=60)
        return self

    def end(self) -> None:
        # At once, and the workers with the nannies that start them: some have nobody to ask.
        for process in filter(None, [*self.workers, self.scheduler]):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _run(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        surroundings = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            # One death more than this, and a job is given up.
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            **environment,
        }
        with (self.folder / f"{command[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                env=surroundings,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _told(self, file: Path) -> str:
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            with contextlib.suppress(OSError, ValueError):
                return str(json.loads(file.read_text())["address"]).removeprefix("tcp://")
            time.sleep(0.1)
        raise AssertionError((self.folder / "scheduler.log").read_text())


@contextlib.contextmanager
def two_workers(blind: Path | None = None) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder:
        one = Cluster(Path(folder), blind)
        try:
            one.start()
            one.join()
            one.join()
            yield one.ready(2)
        finally:
            one.end()


@pytest.fixture(scope="module")
def seeing() -> Iterator[Cluster]:
    with two_workers() as one:
        yield one


@pytest.fixture(scope="module")
def unseeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with two_workers(blind=tmp_path_factory.getbasetemp()) as one:
        yield one


Connect = Callable[..., cluster.DaskCluster]


@pytest.fixture
def connect(tmp_path: Path) -> Connect:
    def joined(address: str, said: list[str] | None = None) -> cluster.DaskCluster:
        told = [] if said is None else said
        return cluster.connect(address, tmp_path / CACHE, lambda key, **_: told.append(key))

    return joined


@dask
@pytest.mark.parametrize(
    ("way", "said"), [("seeing", "executor-shared"), ("unseeing", "executor-ships")]
)
def test_the_site_has_the_bytes_of_a_local_build(
    anthology: Anthology,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    way: str,
    said: str,
) -> None:
    _with_photos(anthology)
    there: Cluster = request.getfixturevalue(way)
    far = Anthology(tmp_path / "far")
    shutil.copytree(anthology.root / "content", far.root / "content", dirs_exist_ok=True)
    shutil.copy(anthology.root / "site.yaml", far.root / "site.yaml")
    here = anthology.build()
    wish = ["build", "--source", str(far.root), "--jobs", "1"]
    assert main([*wish, "--executor", f"dask://{there.address}"]) == 0
    assert here.published
    assert _pages(tree(far.output)) == _pages(here.files)
    told = Console("zh-Hans").text(said, address=there.address, workers=2)
    assert told in capsys.readouterr().err


@dask
def test_workers_that_see_nothing_are_sent_what_they_need(
    anthology: Anthology, unseeing: Cluster
) -> None:
    """And they are blind indeed: a job that is not packed finds nothing."""
    _with_photos(anthology)
    with session(anthology.root / CACHE, 1, executor=unseeing.address) as memory:
        assert not memory.workers.sees_all
        assert not memory.workers.reaches(anthology.root / "new")
        files = [str(anthology.root / "site.yaml")] * 2
        with pytest.raises(FileNotFoundError):
            list(memory.workers.map(_read, files, batch=1, anywhere=True))
        assert len(list(memory.workers.map(_read, files, batch=1))) == 2


@dask
def test_results_come_in_order_though_a_worker_is_killed(connect: Connect) -> None:
    told: list[str] = []
    with two_workers() as there, Workers(1, cluster=connect(there.address, told)) as workers:
        results = workers.map(_slowly, range(60), batch=1)
        found = [next(results)]
        os.kill(found[0][1], signal.SIGKILL)
        found += results
    assert [job for job, _ in found] == list(range(60))
    assert told[-1] == "executor-fewer"


@dask
def test_a_job_that_kills_every_worker_takes_no_other_with_it(connect: Connect) -> None:
    jobs = [Task(f"{number}.jpg", deadly=number == 5) for number in range(12)]
    with two_workers() as there, Workers(1, cluster=connect(there.address)) as workers:
        found = list(workers.map(_task, jobs, batch=2, lost=lambda job: "none"))
    assert found == [job.path if not job.deadly else "none" for job in jobs]


@dask
def test_a_scheduler_that_dies_ends_the_run_with_a_sentence(connect: Connect) -> None:
    with two_workers() as there, Workers(1, cluster=connect(there.address)) as workers:
        results = workers.map(_slowly, range(400), batch=1)
        next(results)
        assert there.scheduler
        there.scheduler.kill()
        started = time.monotonic()
        with pytest.raises(UnfitExecutor) as told:
            list(results)
        assert told.value.key == "executor-lost"
        assert time.monotonic() - started < 30


@dask
def test_an_exception_in_a_job_reaches_the_caller(connect: Connect, seeing: Cluster) -> None:
    with (
        pytest.raises(ValueError, match="invalid literal"),
        Workers(1, cluster=connect(seeing.address)) as workers,
    ):
        list(workers.map(int, ["1", "2", "x", "4"], batch=1))


@dask
def test_another_version_on_a_worker_is_refused(
    connect: Connect, seeing: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "code_version", functools.partial(str, "another"))
    with pytest.raises(UnfitExecutor) as told:
        cluster._refuse_others({"tcp://a": "0123"}, seeing.address)
    assert told.value.key == "executor-version"


@dask
def test_a_worker_that_comes_later_is_asked_too(connect: Connect, seeing: Cluster) -> None:
    there = connect(seeing.address)
    try:
        done = there._client.submit(cluster._checked, "another", course._work_through, b"", b"")
        with pytest.raises(UnfitExecutor) as told:
            done.result()
    finally:
        there.close()
    assert (told.value.key, list(told.value.given)) == ("executor-version", ["worker"])


@dask
def test_a_worker_without_candlelight_is_refused(connect: Connect) -> None:
    with tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder:
        there = Cluster(Path(folder))
        try:
            there.start()
            # Hides it even where it is installed.
            Path(folder, "candlelight.py").write_text("raise ImportError\n")
            there.join(PYTHONPATH=folder)
            there.ready(1)
            with pytest.raises(UnfitExecutor) as told:
                connect(there.address)
        finally:
            there.end()
    assert told.value.key == "executor-no-candlelight"


@dask
def test_a_scheduler_without_workers_is_refused(connect: Connect) -> None:
    with tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder:
        there = Cluster(Path(folder))
        try:
            there.start()
            with pytest.raises(UnfitExecutor) as told:
                connect(there.address)
        finally:
            there.end()
    assert told.value.key == "executor-no-workers"


@dask
@pytest.mark.parametrize("silent", [False, True], ids=["refused", "silent"])
def test_a_cluster_that_cannot_be_reached_is_told_of_and_nothing_touched(
    anthology: Anthology, capsys: pytest.CaptureFixture[str], silent: bool
) -> None:
    anthology.story("first-snow")
    before = tree(anthology.root)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if silent:
            listener.listen()
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        started = time.monotonic()
        wish = ["build", "--source", str(anthology.root), "--executor", f"dask://{address}"]
        assert main(wish) == 2
    assert time.monotonic() - started < 15
    assert address in capsys.readouterr().err
    assert tree(anthology.root) == before


def test_without_the_extra_it_is_named(
    anthology: Anthology, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    anthology.story("first-snow")
    wish = ["build", "--source", str(anthology.root), "--executor", "dask://127.0.0.1:1"]
    assert main(wish) == 2
    assert cluster.EXTRA in capsys.readouterr().err


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "dask://10.0.0.5", "dask://:1", "tcp://a:1",
                                     "dask://a:99999", "dask://a:b", "dask://a:1/", ""])  # fmt: skip
def test_an_address_that_is_none_is_wrong_usage(
    address: str, anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--source", str(anthology.root), "--executor", address]) == 2
    assert "--executor" in capsys.readouterr().err


def test_an_address_is_a_name_or_a_number_with_a_port() -> None:
    assert executor("dask://heads.example:8786") == "heads.example:8786"
    assert executor("dask://[::1]:8786") == "[::1]:8786"


class Task(NamedTuple):
    """Something to do about the file at *path*."""

    path: str
    deadly: bool = False


def _task(task: Task) -> str:
    if task.deadly:
        os._exit(9)
    return task.path


def _slowly(job: int) -> tuple[int, int]:
    time.sleep(0.1)
    return job, os.getpid()


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _with_photos(anthology: Anthology) -> None:
    for number in range(3):
        anthology.story(f"snow-{number}", title=f"初雪{number}")
        anthology.photo(f"snow-{number}", f"{number}.jpg", (600 + number, 400))


def _pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if not path.startswith(".")}
