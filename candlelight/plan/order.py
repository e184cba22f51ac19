"""In which order things stand. Order is no ranking (排名不分先后)."""

from __future__ import annotations

from collections.abc import Iterable

from candlelight import pinyin
from candlelight.model import Date, Site, Story
from candlelight.problems import Place, Problem, warning

Key = tuple[object, ...]
_LAST = Date(9999, 99, 99)


def stories_in_order(stories: Iterable[Story], site: Site) -> tuple[Story, ...]:
    """By date and then pinyin, by pinyin, or as ``order:`` in ``site.yaml`` lists them.

    Stories without a date come last; with an explicit list, those it does not name follow by date.
    """
    order = site.order
    if order == "pinyin":
        return tuple(sorted(stories, key=_by_pinyin))
    by_date = sorted(stories, key=_by_date)
    if isinstance(order, tuple):
        place = {slug: index for index, slug in enumerate(order)}
        by_date.sort(key=lambda story: place.get(story.slug, len(place)))
    return tuple(by_date)


def by_time(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Earliest first, undated last, whatever the order of the site."""
    return tuple(sorted(stories, key=_by_date))


def newest_first(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Latest date first, equal dates by pinyin, undated last."""
    dated = [story for story in stories if story.date]
    undated = [story for story in stories if not story.date]
    dated.sort(key=_by_pinyin)
    dated.sort(key=lambda story: story.date or _LAST, reverse=True)
    return (*dated, *sorted(undated, key=_by_pinyin))


def check_order(site: Site, stories: Iterable[Story]) -> list[Problem]:
    """A warning for each slug in ``order:`` that no story has."""
    if isinstance(site.order, str):
        return []
    known = {story.slug for story in stories}
    return [
        warning("order-unknown", Place("site.yaml"), slug=slug)
        for slug in site.order
        if slug not in known
    ]


def _by_pinyin(story: Story) -> Key:
    return (pinyin.sort_key(story.title), story.slug)


def _by_date(story: Story) -> Key:
    return (story.date or _LAST, *_by_pinyin(story))
