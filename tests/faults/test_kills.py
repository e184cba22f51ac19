"""Killed at any moment, while people read: one edition stands whole, and the next build mends."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.readers import Readers
from tests.faults.site import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals"),
]
KILLS = {"short": 1, "long": 17}
"""How often each signal is sent: 51 times in the long form."""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_whenever_a_build_is_killed_readers_miss_nothing_and_the_next_build_mends(
    built: Site, chance: random.Random, long: bool, name: str, count: Callable[..., None]
) -> None:
    number = int(getattr(signal, name))
    usual = seconds(built)
    builds = 0
    with Readers(built.output, built.editions, chance.randrange(1_000_000)).reading() as readers:
        for _ in range(KILLS["long" if long else "short"]):
            built.turn()
            jobs = chance.choice(["1", "2"])
            process = built.begun("--jobs", jobs)
            time.sleep(chance.uniform(0, usual))
            if name == "SIGINT":
                process.interrupt()
            else:
                process.send(number)
            done = process.ended()
            count(f"builds were sent {name}")
            count(f"builds died of {name}", int(done.code != 0))
            assert done.code in {-number, 130, 0}, done
            assert not done.orphans, done
            assert "Traceback" not in done.err, done
            if done.code >= 0:
                done.is_plain()
                assert done.says("interrupted" if done.code else "built"), done
            if done.code == 130:
                assert built.standing() == built.other, "told that the old site was not touched"
            assert built.standing()
            built.is_mended()
            count(f"sites stood whole after {name}, and were mended")
            builds += 2
    readers.tell(count, builds)
    assert readers.faults == []
    assert readers.turns <= builds
    assert readers.requests > 20 * builds


def seconds(site: Site) -> float:
    """How long a build of another edition takes."""
    started = time.monotonic()
    assert site.build().code == 0
    return time.monotonic() - started


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_no_worker_outlives_a_build_that_is_killed(built: Site) -> None:
    process = built.begun("--jobs", "3")
    deadline = time.monotonic() + 60
    while process.size() < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.size() >= 3, "it has no workers"
    process.send(signal.SIGKILL)
    assert not process.ended().orphans
    built.is_mended()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers have no server there")
@pytest.mark.parametrize("who", ["server", "all"])
def test_workers_that_are_interrupted_while_they_begin_say_nothing(
    built: Site, tmp_path: Path, who: str
) -> None:
    told = tmp_path / "server"
    # Read by every Python when it starts.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, pathlib, sys, time\n"
        "if 'forkserver' in str(sys.orig_argv):\n"
        f"    pathlib.Path({str(told)!r}).write_text(str(os.getpid()))\n"
        "    time.sleep(1)\n"
    )
    process = built.begun("--jobs", "2", paths=[tmp_path])
    deadline = time.monotonic() + 60
    while not (told.exists() and told.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    if who == "all":
        time.sleep(0.5)
        process.interrupt()
    else:
        os.kill(int(told.read_text()), signal.SIGINT)
    done = process.ended()
    done.is_plain()
    assert "Traceback" not in done.err
    assert done.code == (130 if who == "all" else 0), done
    built.is_mended()
