"""One system call fails, whichever: the old or the new site stands, and a sentence says why.

Every call counts that a small build makes on its source, its cache and its output, also those of
the libraries in C.
"""

from __future__ import annotations

import errno
import random
from collections.abc import Callable

import pytest

from tests.faults import calls
from tests.faults.calls import Fault, Interposer
from tests.faults.site import Site

pytestmark = pytest.mark.faults
Sample = Callable[[int, int], list[int]]
ERRORS = ("EIO", "ENOSPC", "EMFILE", "EACCES")


@pytest.mark.parametrize("name", ERRORS)
def test_whichever_call_fails_the_site_is_whole_and_the_next_build_mends(
    built: Site, interposer: Interposer, name: str, sample: Sample, count: Callable[..., None]
) -> None:
    act = f"error:{getattr(errno, name)}"
    every = interposer.traced(built, Fault(built.web.parent, looks=True))
    built.turn()
    for number in sample(len(every), 1):
        fault = Fault(built.web.parent, act, number, looks=True)
        done = interposer.build(built, fault)
        where = f"{name} at call {number}, {every[number - 1]}: {done}"
        assert done.code in {0, 1, 2}, where
        assert "Traceback" not in done.err, where
        done.is_plain()
        assert built.standing() == built.edition or done.code, where
        built.is_mended()
        count("calls of a build that failed, and were mended")
        built.turn()


@pytest.mark.parametrize(
    "name",
    [
        *(pytest.param(one, marks=pytest.mark.long) for one in ("chmod", "fsync", "utimensat")),
        "link",
    ],
)
def test_a_call_that_a_file_system_never_has_costs_nothing_but_time(
    built: Site, interposer: Interposer, name: str
) -> None:
    done = interposer.build(built, Fault(built.web, lacks={name: errno.EPERM}))
    assert done.code == 0, done
    done.is_plain()
    built.is_clean()


def test_a_build_from_nothing_that_fails_at_any_call_leaves_no_site_or_a_whole_one(
    built: Site, interposer: Interposer, chance: random.Random, long: bool
) -> None:
    built.is_mended()
    for _ in range(100 if long else 1):
        built.clear()
        act = f"error:{getattr(errno, chance.choice(ERRORS))}"
        done = interposer.build(built, Fault(built.web, act, chance.randint(1, 150)))
        done.is_plain()
        assert built.standing() == (built.edition if done.code == 0 else built.standing())
        built.is_mended()


def test_a_build_from_nothing_that_is_killed_leaves_no_site_or_a_whole_one(
    built: Site, interposer: Interposer, chance: random.Random, long: bool
) -> None:
    for _ in range(60 if long else 1):
        built.clear()
        fault = Fault(built.web, calls.KILL, chance.randint(1, 150))
        assert interposer.build(built, fault).code in {-9, 0}
        assert built.standing() in {"", built.edition}
        built.is_mended()
