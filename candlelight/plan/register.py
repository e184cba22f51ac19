"""Where the service points stand: each in its house, each with the teams that serve it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from candlelight import pinyin
from candlelight.model import Community
from candlelight.plan.directory import Directory, Placed


def building_of(community: Community) -> str:
    """The house of a service point; "" if its file names no place."""
    return community.district or community.city or community.province


class Register:
    """The service points of *directory* by their slugs, in one order for all lists.

    *stories* are those of each team; a point without a place stands in the house *unplaced*.
    """

    def __init__(
        self, directory: Directory, stories: Mapping[str, Sequence[Placed]], unplaced: str
    ) -> None:
        self._directory, self._stories = directory, stories
        self.houses = self._houses(unplaced)
        self.neighbours = {slug: house for house in self.houses.values() for slug in house}

    @functools.cached_property
    def of_team(self) -> dict[str, tuple[str, ...]]:
        """The service points of each team: those that name it, and those its stories name."""
        served: dict[str, set[str]] = {
            team: {one.community for one in self._stories.get(team, ())}
            for team in self._directory.teams
        }
        for slug, teams in self._directory.community_teams.items():
            for team in teams:
                served[team].add(slug)
        return {
            team: tuple(slug for slug in self.neighbours if slug in points)
            for team, points in served.items()
        }

    @functools.cached_property
    def following(self) -> dict[str, str]:
        """After each service point the next one in its house, or the first after the last one.

        A point that stands alone is not in it.
        """
        return {
            slug: after
            for house in self.houses.values()
            for slug, after in zip(house, (*house[1:], house[0]), strict=True)
            if after != slug
        }

    def _houses(self, unplaced: str) -> dict[str, tuple[str, ...]]:
        """The houses by pinyin, and in each its service points by pinyin."""
        houses: dict[str, list[str]] = {}
        for slug, community in self._directory.communities.items():
            houses.setdefault(building_of(community) or unplaced, []).append(slug)

        def by_title(slug: str) -> tuple[object, ...]:
            return (pinyin.sort_key(self._directory.communities[slug].title), slug)

        return {
            house: tuple(sorted(houses[house], key=by_title))
            for house in sorted(houses, key=pinyin.sort_key)
        }
