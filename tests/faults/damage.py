"""Damage to what builds remember: to the file of the cache as a whole, or to rows of it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from candlelight.run.cache import FILE
from tests.faults.site import Site

Damage = Callable[[Site], None]
ALL, LEDGER, TOLD = "1", "kind = 'ledger'", "kind LIKE 'told %'"
"""Which rows."""


def flip(path: Path, chance: random.Random) -> None:
    """Flip one bit of the file at *path*."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def instead(content: bytes) -> Damage:
    def write(site: Site) -> None:
        (site.cache / FILE).write_bytes(content)

    return write


def statements(*every: str) -> Damage:
    def write(site: Site) -> None:
        with _opened(site) as connection:
            for statement in every:
                connection.execute(statement)

    return write


def a_bit_in(which: str) -> Damage:
    """A bit in every value of the rows *which*."""

    def write(site: Site) -> None:
        with _opened(site) as connection:
            for row, value in _rows(connection, "value", which):
                damaged = bytearray(value)
                damaged[len(value) * 2 // 3] ^= 1
                connection.execute("UPDATE found SET value = ? WHERE rowid = ?", (damaged, row))

    return write


def of_version(name: str, which: str) -> Damage:
    """Every value of the rows *which* is one of the version *name* of the program."""

    def write(site: Site) -> None:
        with _opened(site) as connection:
            # A key is the version, a zero, and the key within it.
            for row, key in _rows(connection, "key", which):
                rest = key.partition("\0")[2]
                renamed = f"{name}\0{rest}"
                connection.execute("UPDATE found SET key = ? WHERE rowid = ?", (renamed, row))

    return write


def each_in_the_place_of_another(which: str) -> Damage:
    """As flipped bits in keys may have it."""

    def write(site: Site) -> None:
        with _opened(site) as connection:
            found = _rows(connection, "value", f"{which} ORDER BY key")
            assert len(found) > 1
            for (row, _), (_, value) in zip(found, [*found[1:], found[0]], strict=True):
                connection.execute("UPDATE found SET value = ? WHERE rowid = ?", (value, row))

    return write


@contextlib.contextmanager
def _opened(site: Site) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(site.cache / FILE)) as connection, connection:
        yield connection


def _rows(connection: sqlite3.Connection, column: str, which: str) -> list[tuple[int, Any]]:
    # Only columns and rows that stand above.
    query = f"SELECT rowid, {column} FROM found WHERE {which}"
    found: list[tuple[int, Any]] = connection.execute(query).fetchall()
    assert found
    return found
