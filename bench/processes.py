"""Whole processes, timed from outside, with the memory of all that they start."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BETWEEN = 0.02
"""Seconds between two looks at the memory."""

_SET_CHILD_SUBREAPER = 36
"""Of prctl(2)."""
_HAS_PROC = Path("/proc/self/statm").exists()
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Run(NamedTuple):
    """Wall and processor seconds, and the most bytes that were held.

    Processor seconds are those of the command and of all that it has started, on Linux of those too
    that it did not wait for itself: a server of workers ends after its build.
    *memory* is what the tree of processes held at once; pages that processes share count for each
    of them, so it is an upper bound. *largest* is the most that any one of them held.
    """

    wall: float
    cpu: float
    memory: int
    largest: int = 0


class Failed(Exception):
    """A command that did not end well; the argument is the end of what it said."""


def run(
    command: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str] | None = None
) -> Run:
    """Run *command* in *folder*; what it says goes to *log*. Raises Failed.

    Memory is only known where there is a /proc; elsewhere it is 0. Python may keep what it has
    compiled, as it does for everybody.
    """
    given = {**os.environ, **(environment or {})}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    _adopt(True)
    before = os.times()
    running = _processes()
    with log.open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=given)
        watch = _Watch(process.pid, running)
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - started
        watch.ended.set()
        watch.join()
    _await(watch.tree - {process.pid})
    _adopt(False)
    after = os.times()
    if code:
        end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)}\n{end}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Run(wall, cpu, watch.most, watch.largest)


def _adopt(orphans: bool) -> None:
    """Become the parent of descendants whose own parent ends, or no more, where that can be."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, int(orphans), 0, 0, 0)


def _await(orphans: set[int]) -> None:
    """Wait for those of *orphans* that became our children: then their seconds are counted."""
    for orphan in orphans:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(orphan, 0)


class _Watch(threading.Thread):
    """Looks at a process and its descendants until told that it has *ended*.

    Whoever ran *before* it is no descendant, so a look costs what is measured next to nothing.
    """

    def __init__(self, root: int, before: set[int]) -> None:
        super().__init__(daemon=True)
        self.seen = before
        self.tree = {root}
        self.ended = threading.Event()
        self.most = 0
        self.largest = 0

    def run(self) -> None:
        while not self.ended.wait(BETWEEN):
            for process in sorted(_processes() - self.seen):
                self.seen.add(process)
                if _parent(process) in self.tree:
                    self.tree.add(process)
            held = list(map(_resident, self.tree))
            self.most = max(self.most, sum(held))
            self.largest = max(self.largest, *held)


def _processes() -> set[int]:
    """All that run; none where there is no /proc."""
    if not _HAS_PROC:
        return set()
    # Half the time of pathlib, fifty times a second beside what is measured.
    return {int(name) for name in os.listdir("/proc") if name.isdigit()}  # noqa: PTH208


def _parent(process: int) -> int:
    try:
        # The name stands in parentheses and may have spaces; the parent is the second after it.
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
