"""Readers who ask for pages again and again while the site is built: what they got, and when.

*Missing*: an answer other than 200, for a page or for an asset that a page just read shows.
*Half*: bytes that no edition has at that address.
*Mixed*: a publication is one instant. So of what one reader reads, one page after another, the
editions may turn at most once a publication: 甲甲乙甲 would be two turns.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import http.server
import itertools
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.site import EDITIONS, Files, linked

Fetch = Callable[[str], tuple[int, bytes]]
"""Asks for one path; the status (200, 404) and the bytes."""


@dataclass
class Reader:
    """One reader: the edition of each page in the order they were read, and what was wrong."""

    name: str
    editions: list[str] = field(default_factory=list)
    requests: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def turns(self) -> int:
        """How often the edition was another than on the page before."""
        return sum(one != next_ for one, next_ in itertools.pairwise(self.editions))


class Readers:
    """Threads that read the site in *output*: two through a server, one straight from the disk."""

    def __init__(self, output: Path, editions: Mapping[str, Files], seed: int) -> None:
        self._output = output
        self._editions = editions
        self._seed = seed
        self._over = threading.Event()
        self.readers: list[Reader] = []

    @property
    def requests(self) -> int:
        """How many answers all readers got."""
        return sum(reader.requests for reader in self.readers)

    @property
    def faults(self) -> list[str]:
        """Whatever was missing or half, for any reader."""
        return [fault for reader in self.readers for fault in reader.faults]

    @property
    def turns(self) -> int:
        """The most turns that any reader saw."""
        return max((reader.turns for reader in self.readers), default=0)

    def tell(self, count: Callable[..., None], publications: int | None = None) -> None:
        """Add to the figures; how often editions mixed only where *publications* are instants."""
        count("answers to readers", self.requests)
        for kind in ("missing", "half"):
            count(f"answers {kind}", sum(f": {kind}" in fault for fault in self.faults))
        if publications is not None:
            turns = (reader.turns - publications for reader in self.readers)
            count("editions mixed", sum(max(0, more) for more in turns))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Readers]:
        """Let them read until the block ends."""
        with serving(self._output) as port, asking(port) as one, asking(port) as other:
            ways = [one, other, functools.partial(from_disk, self._output)]
            threads = []
            for number, fetch in enumerate(ways):
                reader = Reader(f"reader {number}")
                self.readers.append(reader)
                threads.append(threading.Thread(target=self._read, args=(reader, fetch, number)))
            for thread in threads:
                thread.start()
            try:
                yield self
            finally:
                self._over.set()
                for thread in threads:
                    thread.join()

    def _read(self, reader: Reader, fetch: Fetch, number: int) -> None:
        chance = random.Random(self._seed + number)
        one, other = (self._editions[edition] for edition in EDITIONS)
        pages = sorted(path for path in one if path.endswith(".html") and path in other)
        # A pause, or the readers would leave the builds no processor.
        while not self._over.wait(0.002):
            page = chance.choice(pages)
            edition, content = self._got(reader, fetch, page)
            if not edition:
                continue
            reader.editions.append(edition)
            for asset in sorted(linked(page, content)):
                self._got(reader, fetch, asset)

    def _got(self, reader: Reader, fetch: Fetch, path: str) -> tuple[str, bytes]:
        """The edition of what stands at *path* ("" if it is missing or half), and its bytes."""
        status, content = fetch(path)
        reader.requests += 1
        if status != 200:
            reader.faults.append(f"{path}: missing, {status}")
            return "", b""
        for edition in EDITIONS:
            if self._editions[edition].get(path) == content:
                return edition, content
        reader.faults.append(f"{path}: half, {len(content)} bytes")
        return "", b""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[int]:
    """A server over *folder* as a simple host runs it; its port."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called
        pass


@contextlib.contextmanager
def asking(port: int) -> Iterator[Fetch]:
    """Asks the server at *port*, through one connection."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as server:

        def fetch(path: str) -> tuple[int, bytes]:
            server.request("GET", f"/{path}")
            answer = server.getresponse()
            return answer.status, answer.read()

        yield fetch


def from_disk(output: Path, path: str) -> tuple[int, bytes]:
    """Reads the file itself, as a program on the same machine does."""
    try:
        return 200, (output / path).read_bytes()
    except FileNotFoundError:
        return 404, b""
