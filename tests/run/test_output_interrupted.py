"""A build dies at any step: readers have the old site or the new one, and the next build mends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight.run.moments import MOMENTS
from candlelight.run.output import Output
from tests.run.publishing import (
    NEW,
    NEWER,
    OLD,
    Died,
    Site,
    dying_at,
    new_site,
    without_exchange,
    without_links,
)

WAYS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "exchange": lambda patch: None,
    "copies": without_links,
    "files": without_exchange,
}
ON_THE_WAY = {
    "exchange": (
        "linked",
        "begun",
        "placed",
        "prepared",
        "settled",
        "exchanged",
        "followed",
        "spared",
    ),
    "files": ("placed", "noted", "replaced", "closed"),
}
ON_THE_WAY["copies"] = ON_THE_WAY["exchange"]
CASES = [(way, moment) for way, moments in ON_THE_WAY.items() for moment in moments]


@pytest.fixture(params=[1, 2], ids=["without a spare", "with a spare"])
def standing(site: Site, request: pytest.FixtureRequest) -> Site:
    """The site OLD, published for the n-th time."""
    if request.param == 2:
        site.publish(NEWER)
        site.publish(OLD)
    return site


@pytest.mark.parametrize(("way", "moment"), CASES)
@pytest.mark.parametrize("times", [1, 3, 7])
@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
def test_a_death_leaves_a_site_that_readers_can_read_and_the_next_build_mends(
    standing: Site, way: str, moment: str, times: int, killed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    WAYS[way](monkeypatch)
    known = standing.known
    with monkeypatch.context() as dying:
        if killed:
            dying.setattr(Output, "_clear_staging", lambda self: None)
        came = dying_at(dying, moment, times)
        try:
            standing.publish(NEW, durable=True)
        except Died:
            pass
        else:
            assert came.count(moment) < times
            return
    if way == "files":
        assert all(path in standing.everything for path in OLD.keys() & NEW.keys())
        assert {*OLD.values(), *NEW.values()}.issuperset(standing.everything.values())
    else:
        assert standing.files in (OLD, NEW)
    standing.known = known
    for version in (NEWER, NEW):
        standing.publish(version)
        assert standing.files == version
    if way != "files":
        assert standing.spare == standing.everything
    left = {path.name for path in standing.room.iterdir()}
    assert left == {".gitignore", "lock", "published" if way == "files" else "spare"}


@pytest.mark.parametrize("moment", ["placed", "prepared", "settled", "exchanged"])
def test_a_death_during_the_first_publication_leaves_nothing_or_all(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site(tmp_path / "source")
    with monkeypatch.context() as dying:
        dying_at(dying, moment)
        with pytest.raises(Died):
            site.publish(OLD)
    assert site.everything in ({}, OLD)
    site.publish(OLD)
    assert site.files == OLD


def test_every_moment_is_tried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    came = dying_at(monkeypatch, "never")
    site.publish(NEW)
    site.publish(OLD)
    without_exchange(monkeypatch)
    site.publish(NEW)
    assert set(came) == set(MOMENTS) == {moment for _, moment in CASES}
