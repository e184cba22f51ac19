"""Workers that die while they write finished files where the next site is put together."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from tests.faults import calls
from tests.faults.calls import Fault, Interposer
from tests.faults.program import Ended
from tests.faults.site import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD"),
]
OPENED, WRITTEN = 1, 2
"""The calls on a finished file that a worker makes; who dies in the second leaves half of it."""


def ended(site: Site, interposer: Interposer, fault: Fault) -> Ended:
    """Build with two workers; all that *fault* is about lies where finished files wait."""
    done = site.build("--jobs", "2", variables=interposer.variables(fault))
    assert not done.orphans, done
    done.is_plain()
    return done


def staging(site: Site) -> Path:
    return site.web / ".public.candlelight" / "staging"


@pytest.mark.parametrize(
    "at", [pytest.param(OPENED, marks=pytest.mark.long), WRITTEN], ids=["opened", "written"]
)
def test_a_file_that_was_half_written_when_its_worker_died_is_made_again(
    built: Site, interposer: Interposer, tmp_path: Path, at: int
) -> None:
    met = tmp_path / "met"
    fault = Fault(staging(built), calls.KILL, at, only="-7", once=met)
    done = ended(built, interposer, fault)
    assert met.exists(), "no worker wrote a finished file"
    assert done.code == 0, done
    assert done.says("worker-lost")
    built.is_clean()
    built.turn()
    built.is_mended()


def test_a_file_that_kills_every_worker_leaves_the_old_site(
    built: Site, interposer: Interposer
) -> None:
    # Before it is there: who clears up afterwards would meet the fault too.
    fault = Fault(staging(built), calls.KILL, OPENED, only="-7")
    done = ended(built, interposer, fault)
    assert done.code == 2, done
    assert "index.html" in done.err  # it says of which file
    assert built.standing() == built.other
    built.is_mended()


@pytest.mark.parametrize(
    "name", ["ENOSPC", *(pytest.param(one, marks=pytest.mark.long) for one in ("EIO", "EMFILE"))]
)
@pytest.mark.parametrize(
    "at", [pytest.param(OPENED, marks=pytest.mark.long), WRITTEN], ids=["opened", "written"]
)
def test_a_file_that_a_worker_cannot_write_leaves_the_old_site(
    built: Site, interposer: Interposer, name: str, at: int
) -> None:
    act = f"error:{getattr(errno, name)}"
    done = ended(built, interposer, Fault(staging(built), act, at, only="-7"))
    assert done.code == 2, done
    assert done.says("machine-trouble")
    assert built.standing() == built.other
    built.is_mended()
