"""What earlier builds found out, by key: losing it costs time, never truth.

One SQLite file in ``.candlelight/``. Every value carries a checksum of itself and its key; a value
that is damaged, of another version of the code or of another type is a miss. A file that SQLite
finds damaged is thrown away. Nothing but ``run/`` and the steps of a build know that there is a
cache.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS found (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))"
)
FILE = "cache.sqlite"
_AT_ONCE = 500
"""Keys in one query; SQLite allows 999 placeholders in its oldest builds."""
_PATIENCE = 5.0
"""Seconds to wait for another command that writes."""


class Cache:
    """A store of values by kind and key; opened by :meth:`open`, or empty and in memory."""

    def __init__(self, store: _Store, version: str) -> None:
        self._store = store
        self._version = version

    @classmethod
    def open(cls, folder: Path | None, version: str) -> Cache:
        """Open the cache in *folder*, made if need be; in memory where that cannot be written."""
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                ignore = folder / ".gitignore"
                with contextlib.suppress(FileExistsError), ignore.open("x") as file:
                    file.write("*\n")
                return cls(_opened(folder / FILE), version)
            except (OSError, sqlite3.Error):
                pass
        return cls(_Store(":memory:"), version)

    def lasting(self) -> Cache:
        """The same store for what is true of any version of the code."""
        return Cache(self._store, "")

    def get(self, kind: str, keys: Iterable[str], type_: type[Value]) -> dict[str, Value]:
        """The values of *keys* that are known and whole."""
        decoder = msgspec.msgpack.Decoder(type_)
        found: dict[str, Value] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            part = {self._key(key): key for key in wanted[start : start + _AT_ONCE]}
            for key, value in self._select(kind, list(part)):
                # Where the index of the file is damaged, SQLite gives what nobody asked for.
                if key in part:
                    with contextlib.suppress(msgspec.MsgspecError, ValueError):
                        found[part[key]] = decoder.decode(_checked(kind, key, value))
        return found

    def put(self, kind: str, values: Mapping[str, object]) -> None:
        """Remember *values*; a cache that cannot be written is left as it is."""
        encode = msgspec.msgpack.Encoder().encode
        keys = ((self._key(key), value) for key, value in values.items())
        rows = [(kind, key, _sealed(kind, key, encode(value))) for key, value in keys]
        with self._store.using() as connection:
            connection.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)

    def keep_only(self, kind: str, keys: Iterable[str]) -> None:
        """Forget every other value of *kind*, so that the file does not grow with each edit."""
        wanted = {self._key(key) for key in keys}
        with self._store.using() as connection:
            rows = connection.execute("SELECT key FROM found WHERE kind = ?", (kind,))
            stale = [(kind, key) for (key,) in rows if key not in wanted]
            connection.executemany("DELETE FROM found WHERE kind = ? AND key = ?", stale)

    def close(self) -> None:
        """Close the file; one that proved to be damaged is thrown away."""
        self._store.close()

    def _key(self, key: str) -> str:
        return f"{self._version}\0{key}"

    def _select(self, kind: str, keys: list[str]) -> list[tuple[str, bytes]]:
        marks = ",".join("?" * len(keys))
        # Only question marks are put into the query.
        query = f"SELECT key, value FROM found WHERE kind = ? AND key IN ({marks})"  # noqa: S608
        found: list[tuple[str, bytes]] = []
        with self._store.using() as connection:
            found.extend(connection.execute(query, (kind, *keys)))
        return found


class _Store:
    """The open file at *path*. Raises sqlite3.Error if it cannot be used."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._damaged = False
        self._connection = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            # Losing the cache is safe, waiting is not.
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute(_SCHEMA)
        except sqlite3.Error:
            self._connection.close()
            raise

    @contextlib.contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """One transaction; whatever SQLite cannot do in it is left undone."""
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error as fault:
            self._damaged |= _tells_of_damage(fault)

    def close(self) -> None:
        self._connection.close()
        if self._damaged and isinstance(self._path, Path):
            _throw_away(self._path)


def _opened(path: Path) -> _Store:
    try:
        return _Store(path)
    except sqlite3.Error as fault:
        # Not for a lock: another build may be using the file.
        if not _tells_of_damage(fault):
            raise
    _throw_away(path)
    return _Store(path)


def _tells_of_damage(fault: sqlite3.Error) -> bool:
    # The lowest byte is the kind of the fault, the others say more (sqlite.org/rescode.html).
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _throw_away(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink()


def _sealed(kind: str, key: str, value: bytes) -> bytes:
    return _sum(kind, key, value) + value


def _checked(kind: str, key: str, sealed: object) -> bytes:
    if not isinstance(sealed, bytes) or len(sealed) < 4:
        raise ValueError("not a sealed value")
    value = sealed[4:]
    if _sum(kind, key, value) != sealed[:4]:
        raise ValueError("a damaged value")
    return value


def _sum(kind: str, key: str, value: bytes) -> bytes:
    # With kind and key: one flipped bit in those makes them the key of somebody else.
    return zlib.crc32(value, zlib.crc32(f"{kind}\0{key}".encode())).to_bytes(4, "big")
