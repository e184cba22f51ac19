"""One build of the preview after another, in one process with one memory; nothing ends it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from candlelight.messages import load
from candlelight.pipeline import Report, Request, build
from candlelight.preview.board import Board
from candlelight.preview.kept import Kept
from candlelight.problems import Severity
from candlelight.read.site import read_site
from candlelight.run.course import DeadlyJob
from candlelight.run.lock import Busy
from candlelight.run.output import MANIFEST, RefusedOutput
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

FOLDER = "preview"
_TRIES = 5
_PAUSE = 0.2
"""Seconds between tries: on Windows a file that is just being read cannot be replaced."""


def _in_silence(_step: str, _total: int) -> Callable[[int], object]:
    return lambda _count: None


class Rebuilt(msgspec.Struct, frozen=True):
    """What came of a build: *trouble* is why it came to nothing, "" if it did not."""

    seconds: float
    report: Report | None = None
    trouble: str = ""
    shown: bool = False

    def count(self, severity: Severity) -> int:
        """How many problems of *severity* it found."""
        found = self.report.problems if self.report else ()
        return sum(problem.severity is severity for problem in found)

    @property
    def may_pass(self) -> bool:
        """Whether a later try could do better with the same files: a photo half copied, say."""
        return bool(self.trouble) or self.count(Severity.ERROR) > 0


class Preview:
    """Builds *source*, drafts and all, into a folder of its own, and tells the board."""

    def __init__(self, source: Path, cache: Path) -> None:
        output = cache / FOLDER
        self.request = Request(source, output, cache, keep_going=True, drafts=True, preview=True)
        self.board = Board()
        self.kept = Kept(output)
        self._manifest = b""

    def rebuild(self, memory: Memory, progress: Progress = _in_silence) -> Rebuilt:
        """Build once. Raises RefusedOutput, and Busy for the first build: nothing is there yet."""
        started = time.monotonic()
        memory.done.clear()
        trouble, report = "", None
        try:
            report = _patiently(
                lambda: build(self.request, memory, progress, self.kept.keep), _TRIES
            )
        except RefusedOutput:
            raise
        except Busy as busy:
            if not self._manifest:
                raise
            trouble = self._words["busy"].format(holder=busy.holder)
        except DeadlyJob as deadly:
            trouble = self._words["job-deadly"].format(path=deadly.path)
        except BrokenExecutor:
            memory.workers.restart()
            trouble = self._words["worker-died"]
        except Exception as failure:  # noqa: BLE001 - an editor goes on writing whatever happens
            trouble = str(failure) or type(failure).__name__
        shown = self._show(report, trouble)
        return Rebuilt(time.monotonic() - started, report, trouble, shown)

    def _show(self, report: Report | None, trouble: str) -> bool:
        if report is None:
            old = self.board.standing
            return self.board.show(old.problems, old.language, trouble, root=old.root, moved=False)
        before, self._manifest = self._manifest, self._digest()
        moved = before != self._manifest
        root = self._root()
        return self.board.show(report.problems, report.language, root=root, moved=moved)

    @property
    def _words(self) -> Mapping[str, str]:
        return load("console", self.board.standing.language)

    def _digest(self) -> bytes:
        """Equal for equal sites: another preview of the same anthology may have built it."""
        try:
            manifest = (self.request.output / MANIFEST).read_bytes()
        except OSError:
            return b"none"
        return hashlib.sha256(manifest).digest()

    def _root(self) -> str:
        """The path of the site's base URL."""
        file = self.request.source / "site.yaml"
        site, _ = read_site(file.read_bytes() if file.is_file() else None)
        return urlsplit(site.base_url).path or "/"


def _patiently(work: Callable[[], Report], tries: int) -> Report:
    """*work* again after a short pause, as long as the machine gets in its way."""
    for _ in range(tries - 1):
        try:
            return work()
        except (OSError, Busy):
            time.sleep(_PAUSE)
    return work()
