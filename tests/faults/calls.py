"""Faults at one system call: what ``interposer.c`` does to a build, and how to walk its calls."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.program import Ended, Process
from tests.faults.site import Site

SOURCE = Path(__file__).with_name("interposer.c")
EVERY = 0
KILL = f"signal:{int(getattr(signal, 'SIGKILL', 9))}"
TERMINATE = f"signal:{int(signal.SIGTERM)}"
INTERRUPT = f"signal:{int(signal.SIGINT)}"
STOP = f"signal:{int(getattr(signal, 'SIGSTOP', 19))}"
NO_EXCHANGE = {"renameat2": errno.ENOSYS}
"""A file system that cannot exchange two names."""
NO_LINKS = {"link": errno.EPERM, "linkat": errno.EPERM}
"""A file system without hard links."""
NO_LOCKS = {"flock": errno.ENOLCK}
"""A network drive that cannot lock."""


@dataclass(frozen=True)
class Fault:
    """*act* at the call *at* of those on files in *under* whose path ends in *only*.

    With *looks* calls that only look or read count too. *lacks* are calls that always fail.
    Each process counts its own calls; *once* is a file that is made so that only one is met.
    """

    under: Path
    act: str = ""
    at: int = -1
    only: str = ""
    looks: bool = False
    lacks: Mapping[str, int] = field(default_factory=dict)
    once: Path | None = None


@dataclass(frozen=True)
class Call:
    """One call that counts: the name of the C function, and where."""

    name: str
    path: Path


class Interposer:
    """The library at *library*, loaded into a build."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def variables(self, fault: Fault, trace: Path | None = None) -> dict[str, str]:
        """The environment in which a program meets *fault*; its calls are written to *trace*."""
        return {
            "LD_PRELOAD": str(self._library),
            "FAULT_UNDER": str(fault.under),
            "FAULT_ONLY": fault.only,
            "FAULT_CALLS": "all" if fault.looks else "change",
            "FAULT_AT": str(fault.at),
            "FAULT_DO": fault.act,
            "FAULT_WITHOUT": " ".join(f"{name}:{code}" for name, code in fault.lacks.items()),
            "FAULT_ONCE": str(fault.once or ""),
            "FAULT_TRACE": str(trace or ""),
        }

    def build(self, site: Site, fault: Fault, *options: str) -> Ended:
        """Build *site* with *fault* to the end."""
        return site.build(*options, variables=self.variables(fault))

    def begun(self, site: Site, fault: Fault, *options: str) -> Process:
        """Begin to build *site* with *fault*."""
        return site.begun(*options, variables=self.variables(fault))

    def traced(self, site: Site, fault: Fault) -> list[Call]:
        """Build *site* and list the calls that count."""
        trace = site.source.parent / "trace"
        trace.unlink(missing_ok=True)
        done = site.build(variables=self.variables(fault, trace))
        assert done.code == 0, done
        lines = trace.read_text("utf-8", errors="replace").splitlines()
        pairs = (line.partition(" ") for line in lines)
        return [Call(name, Path(path)) for name, _, path in pairs]


@contextlib.contextmanager
def stops(process: Process) -> Iterator[Iterator[int]]:
    """The stops of *process*, each by its number; it goes on when the next is asked for."""

    def each() -> Iterator[int]:
        number = 0
        while stopped(process):
            number += 1
            yield number
            process.go_on()

    try:
        yield each()
    except BaseException:
        process.end()
        raise


def stopped(process: Process) -> bool:
    """Wait until *process* stops (True) or ends (False; it can still be waited for)."""
    found = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    if found is None or found.si_code != os.CLD_STOPPED:
        return False
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)
    return True


def compiled(folder: Path) -> Interposer:
    """The interposer, compiled into *folder*; skips the test where that cannot be."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux") or not compiler:
        pytest.skip("needs Linux and a C compiler")
    library = folder / "interposer.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), str(SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"the C compiler refuses: {done.stderr.decode(errors='replace')[-300:]}")
    return Interposer(library)
