"""What earlier builds found out, by key: losing it costs time, never truth.

One SQLite file in ``.candlelight/``. Every value carries a checksum; a value that is damaged, of
another version of the code or of another type is a miss. A file that SQLite cannot read is thrown
away. Nothing but ``run/`` and the pipeline knows that a cache exists.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS found (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))"
)
_AT_ONCE = 500
"""Keys in one query; SQLite allows 999 placeholders in its oldest builds."""


class Cache:
    """A store of values by kind and key; opened by :meth:`open`, or empty and in memory."""

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self._connection = connection
        self._version = version

    @classmethod
    def open(cls, folder: Path | None, version: str) -> Cache:
        """Open the cache in *folder*, made if need be; in memory where that cannot be written."""
        if folder is None:
            return cls(_connect(":memory:"), version)
        path = folder / "cache.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError), (folder / ".gitignore").open("x") as ignore:
                ignore.write("*\n")
            return cls(_connect(str(path)), version)
        except sqlite3.DatabaseError:
            for leftover in (
                path,
                path.with_name("cache.sqlite-wal"),
                path.with_name("cache.sqlite-shm"),
            ):
                with contextlib.suppress(OSError):
                    leftover.unlink()
        except OSError:
            return cls(_connect(":memory:"), version)
        try:
            return cls(_connect(str(path)), version)
        except sqlite3.DatabaseError:
            return cls(_connect(":memory:"), version)

    def lasting(self) -> Cache:
        """The same store for what is true of any version of the code."""
        return Cache(self._connection, "")

    def get(self, kind: str, keys: Iterable[str], type_: type[Value]) -> dict[str, Value]:
        """The values of *keys* that are known and whole."""
        decoder = msgspec.msgpack.Decoder(type_)
        found: dict[str, Value] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            part = [self._key(key) for key in wanted[start : start + _AT_ONCE]]
            for key, value in self._select(kind, part):
                with contextlib.suppress(msgspec.MsgspecError, ValueError):
                    found[key.partition("\0")[2]] = decoder.decode(_checked(value))
        return found

    def put(self, kind: str, values: Mapping[str, object]) -> None:
        """Remember *values*; a cache that cannot be written is left as it is."""
        encode = msgspec.msgpack.Encoder().encode
        rows = [(kind, self._key(key), _sealed(encode(value))) for key, value in values.items()]
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Forget every other value of *kind*, so that the file does not grow with each edit."""
        wanted = {self._key(key) for key in keys}
        with contextlib.suppress(sqlite3.Error), self._connection:
            rows = self._connection.execute("SELECT key FROM found WHERE kind = ?", (kind,))
            stale = [(kind, key) for (key,) in rows if key not in wanted]
            self._connection.executemany("DELETE FROM found WHERE kind = ? AND key = ?", stale)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _key(self, key: str) -> str:
        return f"{self._version}\0{key}"

    def _select(self, kind: str, keys: list[str]) -> list[tuple[str, bytes]]:
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, value FROM found WHERE kind = ? AND key IN ({marks})"  # noqa: S608
        try:
            return list(self._connection.execute(query, (kind, *keys)))
        except sqlite3.Error:
            return []


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")  # Losing the cache is safe, waiting is not.
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _sealed(value: bytes) -> bytes:
    return zlib.crc32(value).to_bytes(4, "big") + value


def _checked(sealed: object) -> bytes:
    if not isinstance(sealed, bytes) or len(sealed) < 4:
        raise ValueError("not a sealed value")
    value = sealed[4:]
    if zlib.crc32(value).to_bytes(4, "big") != sealed[:4]:
        raise ValueError("a damaged value")
    return value
