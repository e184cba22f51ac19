"""A Dask cluster on loopback, in processes that a test may kill."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]

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
            # One that was killed a moment ago may be counted still, but answers no more.
            with contextlib.suppress(OSError):
                client.run(os.getpid)
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
def begun(blind: Path | None = None) -> Iterator[Cluster]:
    """A scheduler alone."""
    with tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder:
        one = Cluster(Path(folder), blind)
        try:
            one.start()
            yield one
        finally:
            one.end()
