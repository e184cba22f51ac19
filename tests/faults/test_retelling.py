"""Faults while the texts of some stories alone are published, which takes a way without a plan."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.anthology import tree
from tests.faults import calls, damage
from tests.faults.calls import Fault, Interposer
from tests.faults.damage import LEDGER, TOLD, Damage
from tests.faults.program import Ended
from tests.faults.site import SETTLED, Files, Text, Texts, copied

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="needs rights and signals of POSIX"),
]
WAYS: dict[str, dict[str, int]] = {"exchange": {}, "file by file": calls.NO_EXCHANGE}
Kind = TypeVar("Kind", bound=Texts)
Count = Callable[..., None]
Sample = Callable[[int, int], list[int]]
# Read by every Python when it starts: a plan leaves a line.
PLANS = """
import candlelight.pipeline as pipeline
real = pipeline.plan_site
def planned(*given):
    with open({marks!r}, "a") as file:
        file.write("planned\\n")
    return real(*given)
pipeline.plan_site = planned
"""


@pytest.fixture(scope="session")
def texts(stage: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """Every file of each edition of the texts, as clean builds make them."""
    return editions(Texts, stage, tmp_path_factory.mktemp("texts") / "texts")


@pytest.fixture(scope="session")
def text(stage: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """The same where one text is edited."""
    return editions(Text, stage, tmp_path_factory.mktemp("text") / "text")


def editions(kind: type[Texts], stage: Path, folder: Path) -> dict[str, Files]:
    clean = kind(copied(stage, folder))
    made = {"甲": tree(clean.output)}
    shutil.rmtree(clean.output)
    clean.forget()
    clean.turn()
    assert clean.build().code == 0
    made["乙"] = tree(clean.output)
    changed = {path for path, content in made["甲"].items() if made["乙"].get(path) != content}
    assert changed == {f"stories/{name}/index.html" for name in kind.EDITED}
    return made


@pytest.fixture
def told(stage: Path, texts: dict[str, Files], tmp_path: Path) -> Texts:
    """A site whose last build left a ledger, and texts of which three have been edited since."""
    return edited(Texts(copied(stage, tmp_path / "site"), texts))


@pytest.fixture
def retold(stage: Path, text: dict[str, Files], tmp_path: Path) -> Text:
    """The same where one text has been edited since."""
    return edited(Text(copied(stage, tmp_path / "site"), text))


def edited(site: Kind) -> Kind:
    time.sleep(SETTLED)  # What was touched just now is in no ledger.
    assert site.build().code == 0
    site.turn()
    return site


def short(site: Texts, *options: str) -> Ended:
    """Build *site*, to its end and without a plan."""
    folder = site.source.parent
    marks = folder / "plans"
    (folder / "sitecustomize.py").write_text(PLANS.format(marks=str(marks)))
    done = site.build(*options, paths=[folder])
    assert done.code == 0, done
    assert not marks.exists(), "it was planned"
    return done


def mends(site: Texts) -> None:
    """The next build mends, and the one after it takes the short way again."""
    site.is_mended()
    site.turn()
    short(site)
    site.is_clean()
    site.turn()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD")
@pytest.mark.parametrize("way", WAYS)
def test_at_every_step_of_a_publication_of_texts_the_site_stands_whole(
    told: Texts, interposer: Interposer, way: str
) -> None:
    seen = []
    fault = Fault(told.web, calls.STOP, calls.EVERY, lacks=WAYS[way])
    process = interposer.begun(told, fault)
    with calls.stops(process) as stops:
        for _ in stops:
            told.is_unbroken()
            if way == "exchange":
                seen.append(told.standing())
    done = process.ended()
    assert done.code == 0, done
    told.is_clean()
    assert sum(one != other for one, other in itertools.pairwise(seen)) == len(set(seen)) // 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("act", ["kill", "interrupt"])
def test_a_build_of_texts_that_ends_at_any_step_is_mended(
    told: Texts, interposer: Interposer, way: str, act: str, sample: Sample, count: Count
) -> None:
    """Steps in the cache too: ledger and rows are written after the site stands."""
    signal = {"kill": calls.KILL, "interrupt": calls.INTERRUPT}[act]
    steps = interposer.traced(told, Fault(told.web.parent, lacks=WAYS[way]))
    told.turn()
    for number in sample(len(steps), 1):
        fault = Fault(told.web.parent, signal, number, lacks=WAYS[way])
        done = interposer.build(told, fault)
        where = f"{act} at step {number}, {steps[number - 1]}: {done}"
        assert done.code in {-9, 130, 0}, where
        told.is_unbroken()
        if way == "exchange":
            assert told.standing(), where
        if done.code == 130:
            done.is_plain()
            assert told.standing() == told.other, where
        told.is_mended()
        count(f"steps of a publication of texts ({way}) at which a {act} was mended")
        told.turn()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD")
@pytest.mark.parametrize("act", ["kill", "interrupt"])
def test_a_build_of_one_text_that_ends_at_any_step_leaves_a_whole_site_and_is_mended(
    retold: Text, interposer: Interposer, act: str, sample: Sample, count: Count
) -> None:
    """Its one page needs no exchange, and there is no instant between two pages."""
    signal = {"kill": calls.KILL, "interrupt": calls.INTERRUPT}[act]
    steps = interposer.traced(retold, Fault(retold.web.parent))
    assert not (retold.web / ".public.candlelight" / "spare").exists()
    retold.turn()
    for number in sample(len(steps), 2):
        done = interposer.build(retold, Fault(retold.web.parent, signal, number))
        where = f"{act} at step {number}, {steps[number - 1]}: {done}"
        assert done.code in {-9, 130, 0}, where
        standing = retold.standing()
        assert standing, where
        if done.code == 130:
            done.is_plain()
            assert standing == retold.other, where
        retold.is_mended()
        count(f"steps of a publication of one text at which a {act} was mended")
        retold.turn()


@pytest.mark.parametrize(
    "name",
    ["EIO", *(pytest.param(one, marks=pytest.mark.long) for one in ("ENOSPC", "EMFILE", "EACCES"))],
)
def test_whichever_call_of_a_build_of_texts_fails_the_site_is_whole(
    told: Texts, interposer: Interposer, name: str, sample: Sample, count: Count
) -> None:
    act = f"error:{getattr(errno, name)}"
    every = interposer.traced(told, Fault(told.web.parent, looks=True))
    told.turn()
    for number in sample(len(every), 1):
        done = interposer.build(told, Fault(told.web.parent, act, number, looks=True))
        where = f"{name} at call {number}, {every[number - 1]}: {done}"
        assert done.code in {0, 1, 2}, where
        done.is_plain()
        assert told.standing() == told.edition or done.code, where
        told.is_mended()
        count("calls of a build of texts that failed, and were mended")
        told.turn()


def test_a_text_that_changes_while_the_short_way_reads_it_is_published_by_the_next(
    told: Texts, interposer: Interposer, sample: Sample, tmp_path: Path
) -> None:
    file = told.source / Texts.path(Texts.EDITED[0])
    looks = len(interposer.traced(told, Fault(file, looks=True)))
    for number in sample(looks, 1):
        told.turn()
        content = file.read_bytes()
        process = interposer.begun(told, Fault(file, calls.STOP, number, looks=True))
        if calls.stopped(process):
            file.write_bytes(content + "\n又一盏灯。\n".encode())
            process.go_on()
        done = process.ended()
        done.is_plain()
        assert done.code in {0, 2}, done
        assert told.build().code == 0
        told.is_as_built_in(tmp_path / f"clean-{number}")
        file.write_bytes(content)
        told.is_mended()


def test_an_edited_text_that_keeps_size_and_time_takes_the_short_way(told: Texts) -> None:
    assert told.build().code == 0
    time.sleep(SETTLED)
    short(told)  # From here on the ledger holds the stamps of all texts.
    files = [told.source / Texts.path(name) for name in Texts.EDITED]
    before = [file.stat() for file in files]
    told.turn()
    for file, found in zip(files, before, strict=True):
        os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
        now = file.stat()
        assert (now.st_size, now.st_mtime_ns) == (found.st_size, found.st_mtime_ns)
    short(told)
    told.is_clean()


def test_a_cache_that_vanishes_between_two_short_builds_is_made_again(told: Texts) -> None:
    short(told)
    told.forget()
    mends(told)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs LD_PRELOAD")
def test_a_cache_that_vanishes_while_texts_are_published_is_made_again(
    told: Texts, interposer: Interposer, sample: Sample
) -> None:
    steps = interposer.traced(told, Fault(told.web))
    for number in sample(len(steps), 1):
        told.turn()
        process = interposer.begun(told, Fault(told.web, calls.STOP, number))
        if calls.stopped(process):
            told.forget()
            process.go_on()
        done = process.ended()
        done.is_plain()
        assert done.code in {0, 2}, done
        assert told.standing() == told.edition or done.code
        told.is_mended()


def test_a_cache_of_another_day_that_is_put_back_is_not_believed(
    told: Texts, tmp_path: Path
) -> None:
    """Its ledger says that the texts are those of the site; they are not those of this one."""
    kept = shutil.copytree(told.cache, tmp_path / "kept")
    assert told.build().code == 0
    shutil.rmtree(told.cache)
    kept.rename(told.cache)
    told.turn()
    told.is_mended()


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(damage.a_bit_in(LEDGER), id="a bit in the ledger", marks=pytest.mark.long),
        pytest.param(damage.a_bit_in(TOLD), id="a bit in every story"),
        pytest.param(
            damage.each_in_the_place_of_another(TOLD), id="one story in the place of another"
        ),
        pytest.param(
            damage.of_version("0.0.1", LEDGER), id="an older ledger", marks=pytest.mark.long
        ),
        pytest.param(
            damage.of_version("999.0", TOLD), id="stories of the future", marks=pytest.mark.long
        ),
        pytest.param(damage.statements(f"DELETE FROM found WHERE {LEDGER}"), id="no ledger"),
        pytest.param(
            damage.statements(f"DELETE FROM found WHERE {TOLD}"),
            id="no stories",
            marks=pytest.mark.long,
        ),
        pytest.param(
            damage.statements(f"UPDATE found SET value = NULL WHERE {TOLD}"),
            id="empty stories",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_ledger_that_is_damaged_or_not_ours_changes_no_byte(told: Texts, harm: Damage) -> None:
    harm(told)
    mends(told)
