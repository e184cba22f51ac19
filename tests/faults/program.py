"""Candlelight as a process of its own, as editors start it; and what it said when it had ended."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from candlelight import messages

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300
"""Seconds after which a build that has not ended hangs."""
_PROBLEM = re.compile(r"\S.* (?:error|warning|notice)\[[a-z0-9-]+\] .+")
_HINT = re.compile(r"    \S.*")


@dataclass(frozen=True)
class Ended:
    """How a build ended: its exit code (a signal is negative), and what it had said.

    *orphans* tells of processes that it began and that did not end with it.
    """

    code: int
    out: str
    err: str
    orphans: bool = False

    def says(self, key: str, language: str = "zh-Hans") -> bool:
        """Whether the sentence *key* of the console stands in a line of it, in *language*."""
        form = _form(str(messages.load("console", language)[key]))
        return any(form.fullmatch(line) for line in [*self.out.splitlines(), *self.lines])

    @property
    def lines(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.strip()]

    def is_plain(self, language: str = "zh-Hans") -> None:
        """Whatever was complained of are sentences of the console or problems: no traceback."""
        sentences = messages.load("console", language).values()
        # One that is nothing but a name would pass for anything.
        forms = [_form(one) for one in sentences if isinstance(one, str) and _words(one).strip()]
        known = [_PROBLEM, _HINT, *forms]
        strange = [line for line in self.lines if not any(one.fullmatch(line) for one in known)]
        assert strange == [], self.err
        assert self.code in {0, 1, 2, 130}, self


class Process:
    """A build that has begun. It and its workers are a group of processes of their own."""

    def __init__(self, command: Sequence[str], **how: Any) -> None:
        # Files, not pipes: who waits for the end of a pipe waits for all that a dead build began.
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when all is read
        self._err = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._err,
            start_new_session=sys.platform != "win32",
            **how,
        )
        self.pid = self._process.pid
        self.send = self._process.send_signal

    def go_on(self) -> None:
        """Let it go on after it was stopped."""
        self.send(signal.SIGCONT)

    def size(self) -> int:
        """How many processes it has by now, itself included; only Linux tells."""
        stats = (path.read_text("utf-8", "replace") for path in Path("/proc").glob("[0-9]*/stat"))
        found = 0
        with contextlib.suppress(OSError):
            # After the name in brackets: state, parent, group (proc(5)).
            found = sum(int(one.rpartition(")")[2].split()[2]) == self.pid for one in stats)
        return found

    def interrupt(self) -> None:
        """Press Ctrl-C: it reaches every process of a terminal."""
        os.killpg(self.pid, signal.SIGINT)

    def ended(self) -> Ended:
        """Wait for its end, and for that of all it has begun."""
        try:
            code = self._process.wait(PATIENCE)
            orphans = self._outlived()
        finally:
            self.end()
        out, err = (self._said(file) for file in (self._out, self._err))
        return Ended(code, out, err, orphans)

    def end(self) -> None:
        """Leave no process of it behind."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def _outlived(self) -> bool:
        """Whether some process that it began is still there after a while."""
        if sys.platform == "win32":
            return False
        for _ in range(200):
            try:
                os.killpg(self.pid, 0)
            except ProcessLookupError:
                return False
            time.sleep(0.05)
        return True

    @staticmethod
    def _said(file: IO[bytes]) -> str:
        with file:
            file.seek(0)
            return file.read().decode(errors="replace")


def begun(
    source: Path, *options: str, variables: Mapping[str, str] | None = None, **how: Any
) -> Process:
    """Begin to build, on one processor unless *options* say otherwise; *how* is told to Popen.

    In *how*, *before* are words that start the interpreter, and *paths* are searched for modules.
    """
    before, paths = how.pop("before", ()), how.pop("paths", [])
    command = [*before, sys.executable, "-m", "candlelight", "build", "--source", str(source)]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, [*paths, ROOT])),
        "PYTHONIOENCODING": "utf-8",
    }
    jobs = [] if "--jobs" in options else ["--jobs", "1"]
    return Process([*command, *jobs, *options], env=environment | dict(variables or {}), **how)


def _words(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "", sentence)


def _form(sentence: str) -> re.Pattern[str]:
    pieces = re.split(r"\{\w+\}", sentence)
    return re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)
