"""In which order things stand. Order is no ranking (排名不分先后)."""

from __future__ import annotations

from collections.abc import Iterable

from candlelight import pinyin
from candlelight.model import Date, Site, Story
from candlelight.plan.directory import Placed
from candlelight.problems import Place, Problem, warning

Key = tuple[object, ...]
_LAST = Date(9999, 99, 99)


class Chronology:
    """*stories* by date and then pinyin, undated ones last: compared once for all lists."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = sorted(stories, key=_by_date)
        self._place = {story.path: place for place, story in enumerate(self._stories)}

    def in_order(self, site: Site) -> tuple[Story, ...]:
        """By date and then pinyin, by pinyin, or as ``order:`` in ``site.yaml`` lists them.

        With an explicit list, those that it does not name follow by date.
        """
        order = site.order
        if order == "pinyin":
            return tuple(sorted(self._stories, key=_by_pinyin))
        if isinstance(order, tuple):
            place = {slug: index for index, slug in enumerate(order)}
            return tuple(sorted(self._stories, key=lambda one: place.get(one.slug, len(place))))
        return tuple(self._stories)

    def by_time(self, some: Iterable[Placed]) -> list[Placed]:
        """*some* of the stories, whatever the order of the site."""
        return sorted(some, key=lambda one: self._place[one.story.path])

    def newest_first(self, some: Iterable[Placed]) -> list[Placed]:
        """*some* of the stories, latest date first, equal dates by pinyin, undated last."""
        in_time = self.by_time(some)
        dated = [one for one in in_time if one.story.date]
        dated.sort(key=lambda one: one.story.date or _LAST, reverse=True)
        return [*dated, *(one for one in in_time if not one.story.date)]


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
