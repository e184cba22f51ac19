"""Measure the preview: from the save of a story to the new page, as a browser would ask for it.

    python bench/serve.py                         1,000 stories, 10 saves, ``hugo server`` in turn
    python bench/serve.py --alone                 without Hugo
    python bench/serve.py --stories 20 --rounds 1 --alone         to see that it works
    python bench/serve.py --write                 put the table into bench/README.md

Both servers run all the time; the one whose turn it is not has nothing to do.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from edits import Edit, body
from hugosite import hugo
from processes import Failed
from scratch import scratch
from sites import REPOSITORY, Candlelight, Hugo, made_up
from tables import keep, machine, middle

BUDGET = 0.3
BETWEEN = 0.005
"""Seconds between two requests."""
REST = 1.5
"""Seconds after a page came: what a server puts off shall not fall into the other's turn."""
PATIENCE = 600

Found = TypeVar("Found")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments ask for; 1 if something could not be run."""
    given = asked(arguments)
    try:
        with scratch(given.scratch, given.stories) as folder, ExitStack() as stack:
            candlelight = Candlelight(made_up(folder, given.stories))
            servers = {candlelight.name: stack.enter_context(_candlelight(candlelight))}
            bring: dict[str, Callable[[Path], None]] = {}
            if not given.alone:
                program = hugo(given.hugo, given.scratch or folder)
                peer = Hugo(program, candlelight.source, folder / "hugo")
                bring[peer.name] = peer.bring
                servers[peer.name] = stack.enter_context(_hugo(peer))
            seconds = measure(candlelight.source, servers, bring, given.rounds)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    lines = [f"**{given.stories:,} stories**, {machine()}:", "", *table(seconds)]
    print("\n".join(["", *lines]))
    if given.write:
        keep("serve", lines)
    return 0


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--alone", action="store_true", help="without Hugo")
    parser.add_argument("--hugo", type=Path, help="the program, not a script that starts it")
    parser.add_argument("--scratch", type=Path, help="measure here, and keep Hugo here")
    parser.add_argument("--write", action="store_true", help="into bench/README.md")
    return parser.parse_args(arguments)


def measure(
    source: Path, servers: dict[str, int], bring: dict[str, Callable[[Path], None]], rounds: int
) -> dict[str, list[float]]:
    """Seconds from each save to its page, by server; *servers* are their ports. Raises Failed."""
    seconds: dict[str, list[float]] = {name: [] for name in servers}
    for number in range(rounds + 1):  # the first save is not counted
        edit = None
        for name, port in servers.items():
            started = time.perf_counter()
            if edit is None:
                edit = body(source, number)
            else:
                bring[name](edit.file)
            wait_for(port, edit)
            if number:
                seconds[name].append(time.perf_counter() - started)
            time.sleep(REST)
    return seconds


def wait_for(port: int, edit: Edit) -> None:
    """Ask for the page until it shows the edit. Raises Failed."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if edit.words in page(port, edit.page):
            return
        time.sleep(BETWEEN)
    raise Failed(f"port {port}: {edit.page} does not show {edit.words}")


def page(port: int, address: str) -> str:
    """The page as it is served now; "" if nothing is."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asking.request("GET", f"/{address}")
        return asking.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        asking.close()


@contextmanager
def _candlelight(site: Candlelight) -> Iterator[int]:
    """``serve``, and the port at which it says that it serves."""
    command = [sys.executable, "-m", "candlelight", "serve", "--source", str(site.source)]
    log = site.source.with_name("serve.log")
    with _running([*command, "--port", "0"], REPOSITORY, log) as server:
        told = _wait_until(server, lambda: re.search(r"http://127\.0\.0\.1:(\d+)/", _read(log)))
        assert told
        yield int(told[1])


@contextmanager
def _hugo(site: Hugo) -> Iterator[int]:
    """``hugo server`` as it is by default, at a port that was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = site.folder.with_suffix(".server.log")
    command = [str(site.program), "server", "--bind", "127.0.0.1", "--port", str(port)]
    with _running(command, site.folder, log) as server:
        _wait_until(server, lambda: page(port, ""))
        yield port


@contextmanager
def _running(command: Sequence[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    given = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=given) as server,
    ):
        try:
            yield server
        finally:
            server.terminate()


def _wait_until(server: subprocess.Popen[bytes], found: Callable[[], Found]) -> Found:
    """What *found* gives as soon as it gives something. Raises Failed if the server ends."""
    ends = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < ends:
        if result := found():
            return result
        time.sleep(0.1)
    raise Failed(f"{server.args!r} does not serve")


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


def table(seconds: dict[str, list[float]]) -> Iterator[str]:
    """A line a server."""
    yield "| server | saves | s from save to page | least | most | budget |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, each in seconds.items():
        budget = f"≤ {BUDGET}" if name == Candlelight.name else ""
        yield (
            f"| {name} | {len(each)} | {middle(each, '.3f')} | {min(each):.3f} | {max(each):.3f} "
            f"| {budget} |"
        )


if __name__ == "__main__":
    raise SystemExit(main())
