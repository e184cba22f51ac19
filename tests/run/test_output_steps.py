"""In which order files come and go."""

from __future__ import annotations

import pytest

from candlelight.run.steps import steps


def test_what_pages_need_comes_first_then_pages_then_lists() -> None:
    coming = [
        "index.html", "feed.xml", "stories/index.html", "stories/old/index.html",
        "stories/new/index.html", "assets/css/site.css", "data/anthology.json",
    ]  # fmt: skip
    before = dict.fromkeys(coming)
    del before["stories/new/index.html"]
    assert steps(coming, ["gone.html"], before).put == (
        "assets/css/site.css",
        "stories/new/index.html",
        "stories/old/index.html",
        "stories/index.html",
        "index.html",
        "data/anthology.json",
        "feed.xml",
    )


def test_what_goes_goes_last() -> None:
    order = steps(["a.html"], ["b.html"], {})
    assert (order.cleared, order.removed) == ((), ("b.html",))


@pytest.mark.parametrize(
    ("coming", "going"),
    [
        ("a/index.html", "a"),
        ("a", "a/index.html"),
        ("Snow/index.html", "snow/index.html"),
        ("Snow/index.html", "snow/other.html"),
        ("caf\u00e9/index.html", "cafe\u0301/index.html"),
    ],
)
def test_what_stands_in_the_way_goes_first(coming: str, going: str) -> None:
    assert steps([coming], [going], {}).cleared == (going,)


@pytest.mark.parametrize(
    ("coming", "going"), [("a/b.html", "a/c.html"), ("a.html", "a"), ("ab/c.html", "a/c.html")]
)
def test_a_neighbour_stands_in_nobodys_way(coming: str, going: str) -> None:
    assert steps([coming], [going], {}).cleared == ()
