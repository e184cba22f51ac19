"""Whole processes, timed from outside, with the memory of all that they start."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BETWEEN = 0.02
"""Seconds between two looks at the memory."""

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Run(NamedTuple):
    """Wall and processor seconds, and the most bytes that the tree of processes held at once.

    Pages that processes share count for each of them, so the sum is an upper bound.
    """

    wall: float
    cpu: float
    memory: int


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
    before = os.times()
    with log.open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=given)
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - started
        watch.ended.set()
        watch.join()
    after = os.times()
    if code:
        end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)}\n{end}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Run(wall, cpu, watch.most)


class _Watch(threading.Thread):
    """Looks at process *root* and its descendants until told that it has *ended*."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.ended = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self.ended.wait(BETWEEN):
            self.most = max(self.most, sum(map(_resident, _tree(self.root))))


def _tree(root: int) -> list[int]:
    """*root* and all that descends from it, as far as it can be seen."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name stands in parentheses and may have spaces; the parent is the second after it.
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        children[int(parent)].append(int(folder.name))
    tree = [root]
    for one in tree:
        tree += children[one]
    return tree


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
