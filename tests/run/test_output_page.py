"""A single page that changes takes its place by itself, as long as there is no spare tree."""

from __future__ import annotations

import pytest

from candlelight.run.output import Output
from tests.run.publishing import NEW, NEWER, OLD, Died, Files, Site, dying_at

EDITED: Files = {**OLD, "stories/snow/index.html": b"snow, edited"}
AGAIN: Files = {**OLD, "stories/snow/index.html": b"snow, edited again"}


def test_a_page_is_replaced_and_no_spare_is_linked(site: Site) -> None:
    before = site.folder.stat().st_ino
    assert [site.publish(files).way for files in (EDITED, AGAIN)] == ["page", "page"]
    assert site.files == AGAIN
    assert site.folder.stat().st_ino == before
    assert {path.name for path in site.room.iterdir()} == {".gitignore", "lock", "published"}


def test_where_a_spare_stands_it_is_used_and_stays_one(site: Site) -> None:
    assert site.publish(NEWER).way == "exchange"
    site.publish(OLD)
    assert site.publish(EDITED).way == "exchange"
    assert site.spare == site.everything == EDITED


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**OLD, "feed.xml": b"new"}, id="a feed"),
        pytest.param({**EDITED, "index.html": b"new home"}, id="two pages"),
        pytest.param({**EDITED, "feed.xml": b"new"}, id="a page and a feed"),
        pytest.param(
            {path: text for path, text in EDITED.items() if "night" not in path},
            id="a page, and another goes",
        ),
        pytest.param(
            {path: text for path, text in OLD.items() if "night" not in path}, id="a loss"
        ),
    ],
)
def test_whatever_is_more_than_one_page_is_exchanged(site: Site, files: Files) -> None:
    assert site.publish(files).way == "exchange"
    assert site.files == files


def test_after_it_everything_goes_on_as_usual(site: Site) -> None:
    site.publish(EDITED)
    assert site.look() == EDITED.keys()
    assert site.publish(NEW).way == "exchange"
    assert site.files == NEW
    assert site.spare == site.everything


@pytest.mark.parametrize("moment", ["placed", "noted", "replaced", "closed"])
@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
def test_a_death_leaves_the_old_page_or_the_new_one(
    site: Site, moment: str, killed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = site.known
    with monkeypatch.context() as dying:
        if killed:
            dying.setattr(Output, "_clear_staging", lambda self: None)
        dying_at(dying, moment)
        with pytest.raises(Died):
            site.publish(EDITED, durable=True)
    assert site.everything in (OLD, EDITED)
    site.known = known
    for files in (AGAIN, EDITED):
        assert site.publish(files).way == "page"
        assert site.files == files
    assert {path.name for path in site.room.iterdir()} == {".gitignore", "lock", "published"}
