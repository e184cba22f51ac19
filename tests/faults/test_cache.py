"""A damaged, older, newer or foreign cache costs time, never truth, and nobody hears of it."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight.run.manifest import MANIFEST
from tests.anthology import tree
from tests.faults.site import Site

pytestmark = pytest.mark.faults
FILE = "cache.sqlite"


def quietly_rebuilt(site: Site) -> None:
    """The next build takes the damage for a miss: it says nothing of it and publishes the truth."""
    site.is_mended()
    done = site.build()
    assert done.code == 0
    assert done.err == ""
    site.is_clean()


def test_a_cache_with_one_flipped_bit_anywhere_changes_no_byte(
    built: Site, chance: random.Random, long: bool
) -> None:
    for _ in range(200 if long else 2):
        flip(built.cache / FILE, chance)
        quietly_rebuilt(built)
        built.turn()


def test_a_cache_that_was_cut_off_anywhere_changes_no_byte(
    built: Site, chance: random.Random, long: bool
) -> None:
    file = built.cache / FILE
    for _ in range(50 if long else 1):
        size = file.stat().st_size
        with file.open("r+b") as opened:
            opened.truncate(chance.choice([0, 1, 16, 100, 4096, chance.randrange(size)]))
        quietly_rebuilt(built)
        built.turn()


def test_damage_to_any_other_kept_file_changes_no_byte(
    built: Site, chance: random.Random, long: bool
) -> None:
    """Renditions and all else that is kept beside the cache, while the whole site is lost."""
    for _ in range(40 if long else 1):
        built.is_mended()
        kept = [path for path in built.cache.rglob("*") if path.is_file() and path.name != FILE]
        assert any(path.suffix == ".webp" for path in kept)
        for path in kept:
            if path.stat().st_size:
                flip(path, chance)
        shutil.rmtree(built.output)
        quietly_rebuilt(built)
        built.turn()


def version(name: str) -> Callable[[Site], None]:
    """Every value is one of the version *name* of the program."""

    def write(site: Site) -> None:
        with contextlib.closing(sqlite3.connect(site.cache / FILE)) as connection, connection:
            # A key is the version, a zero, and the key within it.
            connection.execute(
                "UPDATE OR REPLACE found SET key = ? || substr(key, instr(key, char(0)))", (name,)
            )

    return write


def tables(*statements: str) -> Callable[[Site], None]:
    def write(site: Site) -> None:
        with contextlib.closing(sqlite3.connect(site.cache / FILE)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return write


def a_bit_in_every_value(site: Site) -> None:
    with contextlib.closing(sqlite3.connect(site.cache / FILE)) as connection, connection:
        for kind, key, value in connection.execute("SELECT kind, key, value FROM found").fetchall():
            damaged = bytearray(value)
            damaged[len(value) * 2 // 3] ^= 1
            connection.execute(
                "UPDATE found SET value = ? WHERE kind = ? AND key = ?", (damaged, kind, key)
            )


def instead(content: bytes) -> Callable[[Site], None]:
    def write(site: Site) -> None:
        (site.cache / FILE).write_bytes(content)

    return write


def a_folder(site: Site) -> None:
    (site.cache / FILE).unlink()
    (site.cache / FILE).mkdir()


def a_link_to_nowhere(site: Site) -> None:
    (site.cache / FILE).unlink()
    (site.cache / FILE).symlink_to(site.source / "nowhere" / FILE)


def a_foreign_log(site: Site) -> None:
    (site.cache / f"{FILE}-wal").write_bytes(bytes(range(256)) * 64)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(version("0.0.1"), id="of an older version", marks=pytest.mark.long),
        pytest.param(version("999.0"), id="from the future"),
        pytest.param(a_bit_in_every_value, id="a bit in every value"),
        pytest.param(tables("DROP TABLE found"), id="without its table", marks=pytest.mark.long),
        pytest.param(
            tables("DROP TABLE found", "CREATE TABLE found (a INTEGER, b TEXT)"), id="other columns"
        ),
        pytest.param(
            tables("UPDATE found SET value = NULL"), id="empty values", marks=pytest.mark.long
        ),
        pytest.param(
            tables("UPDATE found SET value = 'text'"), id="text for bytes", marks=pytest.mark.long
        ),
        pytest.param(
            tables("PRAGMA user_version = 4711"),
            id="a schema of another program",
            marks=pytest.mark.long,
        ),
        pytest.param(instead(b""), id="an empty file", marks=pytest.mark.long),
        pytest.param(
            instead(b"SQLite format 3\0" + b"\xff" * 5000),
            id="a head without a body",
            marks=pytest.mark.long,
        ),
        pytest.param(instead(random.Random(1).randbytes(30_000)), id="noise"),
        pytest.param(a_folder, id="a folder", marks=pytest.mark.long),
        pytest.param(a_link_to_nowhere, id="a link to nowhere", marks=pytest.mark.long),
        pytest.param(a_foreign_log, id="the log of another database"),
    ],
)
def test_a_cache_that_is_not_ours_changes_no_byte(
    built: Site, damage: Callable[[Site], None]
) -> None:
    damage(built)
    built.is_mended()
    built.turn()
    built.is_mended()


def test_a_damaged_published_file_is_written_again(built: Site, chance: random.Random) -> None:
    built.is_mended()
    for path in tree(built.output):
        flip(built.output / path, chance)
    built.is_mended()


def test_a_damaged_list_of_what_stands_is_mended(
    built: Site, chance: random.Random, long: bool
) -> None:
    built.is_mended()
    for _ in range(60 if long else 1):
        flip(built.output / MANIFEST, chance)
        built.is_mended()


def flip(path: Path, chance: random.Random) -> None:
    """Flip one bit of the file at *path*."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
