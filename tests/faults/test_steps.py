"""Between every two steps of a publication: what stands then, and what a build killed then leaves.

A step is a system call that changes something in the output or in the room beside it. Both ways of
publishing are walked: the exchange, and file by file where two names cannot be exchanged.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable

import pytest

from tests.faults import calls
from tests.faults.calls import Fault, Interposer
from tests.faults.site import Site, unbroken

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD"),
]
WAYS: dict[str, dict[str, int]] = {"exchange": {}, "file by file": calls.NO_EXCHANGE}
Sample = Callable[[int, int], list[int]]
Count = Callable[..., None]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def published(site: Site, way: str, act: str = "", at: int = calls.EVERY) -> Fault:
    """*site* published in this *way*, and *act* at the step *at*."""
    return Fault(site.web, act, at, lacks=WAYS[way])


def test_at_every_step_of_a_publication_the_site_stands_whole(
    built: Site, interposer: Interposer, way: str, long: bool
) -> None:
    seen = []
    if not long:  # With a spare tree that is linked to the published one: most builds have one.
        assert interposer.build(built, published(built, way)).code == 0
        built.turn()
    for _ in range(2 if long else 1):
        process = interposer.begun(built, published(built, way, calls.STOP))
        with calls.stops(process) as stops:
            for _ in stops:
                unbroken(built.output, built.editions)
                if way == "exchange":
                    seen.append(built.standing())
        done = process.ended()
        assert done.code == 0, done
        built.is_clean()
        built.turn()
    turns = sum(one != other for one, other in itertools.pairwise(seen))
    assert turns == (way == "exchange") * (2 if long else 1)


@pytest.mark.parametrize("signal", ["kill", "interrupt"])
def test_a_build_that_ends_at_any_step_leaves_a_whole_site_and_the_next_one_mends(
    built: Site, interposer: Interposer, way: str, signal: str, sample: Sample, count: Count
) -> None:
    act = calls.KILL if signal == "kill" else calls.INTERRUPT
    every = interposer.traced(built, published(built, way))
    built.turn()
    for number in sample(len(every), 1):
        done = interposer.build(built, published(built, way, act, number))
        assert done.code in {-9, 130, 0}, done
        unbroken(built.output, built.editions)
        if way == "exchange":
            assert built.standing()
        if done.code == 130:
            done.is_plain()
            assert done.says("interrupted"), done
            assert built.standing() == built.other, "told that the old site was not touched"
        mended = interposer.build(built, published(built, way))
        assert mended.code == 0, mended
        mended.is_plain()
        built.is_clean()
        count(f"steps of a publication ({way}) at which a {signal} was mended")
        built.turn()


def test_what_a_dead_build_has_left_is_never_published(built: Site) -> None:
    built.is_mended()
    built.turn()
    (room,) = (path for path in built.web.iterdir() if path != built.output)
    for name in ("next", "staging"):
        (room / name).mkdir(exist_ok=True)
        (room / name / "stray.html").write_text("half")
        (room / name / "index.html").unlink(missing_ok=True)
        (room / name / "index.html").write_text("half")
    (room / "journal").write_text('{"half": ')
    built.is_mended()


def test_a_build_that_dies_while_it_mends_is_mended_by_the_next(
    built: Site, interposer: Interposer, way: str, chance: random.Random, long: bool
) -> None:
    every = interposer.traced(built, published(built, way))
    for _ in range(20 if long else 1):
        built.turn()
        for last in (len(every), len(every) // 2, len(every) // 4):
            number = chance.randint(1, last)
            done = interposer.build(built, published(built, way, calls.KILL, number))
            assert done.code in {-9, 0}, done
            unbroken(built.output, built.editions)
        mended = interposer.build(built, published(built, way))
        assert mended.code == 0, mended
        built.is_clean()
