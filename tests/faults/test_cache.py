"""A damaged, older, newer or foreign cache costs time, never truth, and nobody hears of it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from candlelight.run.cache import FILE
from candlelight.run.manifest import MANIFEST
from tests.anthology import tree
from tests.faults.damage import ALL, Damage, a_bit_in, flip, instead, of_version, statements
from tests.faults.site import Site

pytestmark = pytest.mark.faults


def quietly_rebuilt(site: Site) -> None:
    """The next build takes the damage for a miss: it says nothing of it and publishes the truth."""
    site.is_mended()
    done = site.build()
    assert done.code == 0
    assert done.err == ""
    site.is_clean()


def remembered(site: Site) -> Path:
    """The file of the cache; a build that found it damaged has thrown it away at its end."""
    file = site.cache / FILE
    if not file.exists():
        assert site.build().code == 0
        site.turn()
    return file


def test_a_cache_with_one_flipped_bit_anywhere_changes_no_byte(
    built: Site, chance: random.Random, long: bool
) -> None:
    for _ in range(200 if long else 2):
        flip(remembered(built), chance)
        quietly_rebuilt(built)
        built.turn()


def test_a_cache_that_was_cut_off_anywhere_changes_no_byte(
    built: Site, chance: random.Random, long: bool
) -> None:
    for _ in range(50 if long else 1):
        file = remembered(built)
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


def a_folder(site: Site) -> None:
    (site.cache / FILE).unlink()
    (site.cache / FILE).mkdir()


def a_link_to_nowhere(site: Site) -> None:
    (site.cache / FILE).unlink()
    (site.cache / FILE).symlink_to(site.source / "nowhere" / FILE)


def a_foreign_log(site: Site) -> None:
    (site.cache / f"{FILE}-wal").write_bytes(bytes(range(256)) * 64)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(of_version("0.0.1", ALL), id="of an older version", marks=pytest.mark.long),
        pytest.param(of_version("999.0", ALL), id="from the future"),
        pytest.param(a_bit_in(ALL), id="a bit in every value"),
        pytest.param(
            statements("DROP TABLE found"), id="without its table", marks=pytest.mark.long
        ),
        pytest.param(
            statements("DROP TABLE found", "CREATE TABLE found (a INTEGER, b TEXT)"),
            id="other columns",
        ),
        pytest.param(
            statements("UPDATE found SET value = NULL"), id="empty values", marks=pytest.mark.long
        ),
        pytest.param(
            statements("UPDATE found SET value = 'text'"),
            id="text for bytes",
            marks=pytest.mark.long,
        ),
        pytest.param(
            statements("PRAGMA user_version = 4711"),
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
def test_a_cache_that_is_not_ours_changes_no_byte(built: Site, harm: Damage) -> None:
    harm(built)
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
