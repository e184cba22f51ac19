"""Two builds of one site at once: one publishes, the other says who does, and changes nothing."""

from __future__ import annotations

import random

import pytest

from tests.faults import calls
from tests.faults.calls import Fault, Interposer
from tests.faults.site import Site

pytestmark = pytest.mark.faults


def test_of_builds_that_start_together_one_publishes_and_the_others_step_back(
    built: Site, chance: random.Random, long: bool
) -> None:
    for _ in range(6 if long else 1):
        every = [built.begun("--jobs", chance.choice(["1", "2"])) for _ in range(3)]
        ends = [process.ended() for process in every]
        for done in ends:
            done.is_plain()
            assert done.code == (2 if done.says("busy") else 0), done
        assert 0 in [done.code for done in ends]
        built.is_clean()
        built.is_mended()
        built.turn()


def test_a_second_build_is_told_which_process_holds_the_site(
    built: Site, interposer: Interposer
) -> None:
    first = interposer.begun(built, Fault(built.web, calls.STOP, 20))
    assert calls.stopped(first)
    try:
        second = built.build()
        assert second.code == 2
        second.is_plain()
        assert second.says("busy")
        assert str(first.pid) in second.err
        assert built.standing() == built.other
    finally:
        first.go_on()
        done = first.ended()
    assert done.code == 0
    built.is_clean()


def test_a_build_that_was_killed_holds_nobody_up(built: Site, interposer: Interposer) -> None:
    assert interposer.build(built, Fault(built.web, calls.KILL, 20)).code == -9
    built.is_mended()


def test_a_folder_that_cannot_lock_is_refused_in_words(built: Site, interposer: Interposer) -> None:
    done = interposer.build(built, Fault(built.web, lacks=calls.NO_LOCKS))
    assert done.code == 2
    done.is_plain()
    assert built.standing() == built.other
    built.is_mended()
