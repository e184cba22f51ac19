"""A Dask cluster on loopback, a scheduler and two workers, does what processes here would do."""

from __future__ import annotations

import functools
import importlib.util
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from candlelight import making
from candlelight.cli import main
from candlelight.commands.build import CACHE
from candlelight.commands.workers import executor
from candlelight.console import Console
from candlelight.run import cluster, course
from candlelight.run.course import UnfitExecutor
from candlelight.run.execute import Workers
from candlelight.run.session import session
from tests.anthology import Anthology, Result, tree
from tests.run.clusters import Cluster, begun

dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason='needs the extra: pip install "candlelight[cluster]"',
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX")


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no worker sees."""
    return tmp_path_factory.mktemp("unseen")


@pytest.fixture(scope="module")
def scheduled(unseen: Path) -> Iterator[Cluster]:
    with begun(blind=unseen) as one:
        one.join()
        one.join()
        yield one


@pytest.fixture
def there(scheduled: Cluster) -> Cluster:
    """Two workers for all tests: for one that the last test killed another has come."""
    return scheduled.ready(2)


@pytest.fixture
def lonely() -> Iterator[Cluster]:
    """A scheduler that nobody has joined."""
    with begun() as one:
        yield one


Connect = Callable[..., cluster.DaskCluster]


@pytest.fixture
def connect(tmp_path: Path) -> Connect:
    def joined(address: str, said: list[str] | None = None) -> cluster.DaskCluster:
        told = [] if said is None else said
        return cluster.connect(address, tmp_path / CACHE, lambda key, **_: told.append(key))

    return joined


@pytest.fixture(scope="module")
def quick() -> None:
    """No stand-ins: a worker makes the real font, and so must we."""


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this process has made, and what it has put into the staging folder."""
    done: list[str] = []
    for name in ("make_file", "_put"):
        work = getattr(making, name)

        def noted(*given: object, name: str = name, work: Callable[..., object] = work) -> object:
            done.append(name)
            return work(*given)

        monkeypatch.setattr(making, name, noted)
    return done


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The site as this process builds it."""
    result = _with_photos(Anthology(tmp_path_factory.mktemp("here") / "文集")).build()
    assert result.published
    assert len(result.files) > making._FEW
    return result


class Way(NamedTuple):
    """Whether workers see *source* and *output*, what is *said* of it, and what we did *ourselves*."""

    source: str
    output: str
    said: str
    ourselves: frozenset[str]


NOTHING, PUT, ALL = frozenset[str](), frozenset({"_put"}), frozenset({"make_file", "_put"})
WAYS = {
    "put by workers": Way("seen", "seen", "executor-shared", NOTHING),
    "sent back": Way("seen", "unseen", "executor-shared", PUT),
    "photos sent": Way("unseen", "seen", "executor-ships", ALL),
    "nothing seen": Way("unseen", "unseen", "executor-ships", ALL),
}


@dask
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_site_has_the_bytes_of_a_local_build(
    way: Way,
    here: Result,
    there: Cluster,
    tmp_path: Path,
    local: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folders = {"seen": tmp_path, "unseen": Path(tempfile.mkdtemp(dir=there.blind))}
    far = _with_photos(Anthology(folders[way.source] / "文集", folders[way.output] / "public"))
    wish = ["build", "--source", str(far.root), "--output", str(far.output), "--jobs", "1"]
    assert main([*wish, "--executor", f"dask://{there.address}"]) == 0
    assert tree(far.output) == here.files
    assert set(local) == way.ourselves
    told = Console("zh-Hans").text(way.said, address=there.address, workers=2)
    assert told in capsys.readouterr().err


@dask
def test_workers_that_see_nothing_are_sent_what_they_need(there: Cluster, unseen: Path) -> None:
    """And they are blind indeed: a job that is not packed finds nothing."""
    far = _with_photos(Anthology(unseen / "blind"))
    with session(far.root / CACHE, 1, executor=there.address) as memory:
        assert not memory.workers.sees_all
        assert not memory.workers.reaches(far.root / "new")
        files = [str(far.root / "site.yaml")] * 2
        with pytest.raises(FileNotFoundError):
            list(memory.workers.map(_read, files, batch=1, anywhere=True))
        assert len(list(memory.workers.map(_read, files, batch=1))) == 2


@dask
def test_results_come_in_order_though_a_worker_is_killed(connect: Connect, there: Cluster) -> None:
    told: list[str] = []
    with Workers(1, cluster=connect(there.address, told)) as workers:
        results = workers.map(_slowly, range(60), batch=1)
        found = [next(results)]
        os.kill(found[0][1], signal.SIGKILL)
        found += results
    assert [job for job, _ in found] == list(range(60))
    assert told[-1] == "executor-fewer"


@dask
def test_a_job_that_kills_every_worker_takes_no_other_with_it(
    connect: Connect, there: Cluster
) -> None:
    jobs = [Task(f"{number}.jpg", deadly=number == 5) for number in range(12)]
    with Workers(1, cluster=connect(there.address)) as workers:
        found = list(workers.map(_task, jobs, batch=2, lost=lambda job: "none"))
    assert found == [job.path if not job.deadly else "none" for job in jobs]


@dask
def test_an_exception_in_a_job_reaches_the_caller(connect: Connect, there: Cluster) -> None:
    with (
        pytest.raises(ValueError, match="invalid literal"),
        Workers(1, cluster=connect(there.address)) as workers,
    ):
        list(workers.map(int, ["1", "2", "x", "4"], batch=1))


@dask
def test_another_version_on_a_worker_is_refused(
    connect: Connect, there: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "code_version", functools.partial(str, "another"))
    with pytest.raises(UnfitExecutor) as told:
        cluster._refuse_others({"tcp://a": "0123"}, there.address)
    assert told.value.key == "executor-version"


@dask
def test_a_worker_that_comes_later_is_asked_too(connect: Connect, there: Cluster) -> None:
    known = connect(there.address)
    try:
        done = known._client.submit(cluster._checked, "another", course._work_through, b"", b"")
        with pytest.raises(UnfitExecutor) as told:
            done.result()
    finally:
        known.close()
    assert (told.value.key, list(told.value.given)) == ("executor-version", ["worker"])


@dask
def test_a_scheduler_without_workers_is_refused(connect: Connect, lonely: Cluster) -> None:
    with pytest.raises(UnfitExecutor) as told:
        connect(lonely.address)
    assert told.value.key == "executor-no-workers"


@dask
def test_a_worker_without_candlelight_is_refused(connect: Connect, lonely: Cluster) -> None:
    # Hides it even where it is installed.
    (lonely.folder / "candlelight.py").write_text("raise ImportError\n")
    lonely.join(PYTHONPATH=str(lonely.folder))
    lonely.ready(1)
    with pytest.raises(UnfitExecutor) as told:
        connect(lonely.address)
    assert told.value.key == "executor-no-candlelight"


@dask
def test_a_scheduler_that_dies_ends_the_run_with_a_sentence(
    connect: Connect, lonely: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long a client hopes that its scheduler comes back.
    monkeypatch.setattr(cluster, "_PATIENCE", 3)
    lonely.join()
    lonely.ready(1)
    with Workers(1, cluster=connect(lonely.address)) as workers:
        results = workers.map(_slowly, range(400), batch=1)
        next(results)
        assert lonely.scheduler
        lonely.scheduler.kill()
        started = time.monotonic()
        with pytest.raises(UnfitExecutor) as told:
            list(results)
        assert told.value.key == "executor-lost"
        assert time.monotonic() - started < 30


@dask
@pytest.mark.parametrize("silent", [False, True], ids=["refused", "silent"])
def test_a_cluster_that_cannot_be_reached_is_told_of_and_nothing_touched(
    anthology: Anthology,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    silent: bool,
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
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
    assert time.monotonic() - started < 8
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


def _with_photos(anthology: Anthology) -> Anthology:
    for number in range(8):
        anthology.story(f"snow-{number}", title=f"初雪{number}")
    for number in range(3):
        anthology.photo(f"snow-{number}", f"{number}.jpg", (600 + number, 400))
    return anthology
