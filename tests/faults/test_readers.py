"""People read while the site is built again and again: nothing missing, nothing half, no mixing."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest

from tests.faults.calls import NO_EXCHANGE, Fault, Interposer
from tests.faults.readers import Readers
from tests.faults.site import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="no exchange there: pages may mix"),
]
WANTED = {"short": 400, "long": 3000}
"""Answers that readers get while builds publish."""
FEWEST = {"short": 2, "long": 12}
"""Builds, however quick the readers are."""


def test_no_page_is_missing_and_none_mixed_while_the_site_is_built_again_and_again(
    built: Site, chance: random.Random, long: bool, count: Callable[..., None]
) -> None:
    form, builds = "long" if long else "short", 0
    with Readers(built.output, built.editions, chance.randrange(1_000_000)).reading() as readers:
        while builds < FEWEST[form] or readers.requests < WANTED[form]:
            built.is_mended()
            built.turn()
            builds += 1
    readers.tell(count, builds)
    assert readers.faults == []
    assert 1 <= readers.turns <= builds


def test_no_page_is_missing_or_half_where_files_are_replaced_one_by_one(
    built: Site,
    chance: random.Random,
    long: bool,
    interposer: Interposer,
    count: Callable[..., None],
) -> None:
    form, builds = "long" if long else "short", 0
    fault = Fault(built.web, lacks=NO_EXCHANGE)
    with Readers(built.output, built.editions, chance.randrange(1_000_000)).reading() as readers:
        while builds < FEWEST[form] or readers.requests < WANTED[form]:
            done = interposer.build(built, fault)
            assert done.code == 0, done
            built.is_clean()
            built.turn()
            builds += 1
    readers.tell(count)
    assert readers.faults == []
    assert readers.turns >= 1
