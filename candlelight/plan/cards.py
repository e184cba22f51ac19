"""What a share card shows: less than its page, so that an edited text draws no card again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

import msgspec

from candlelight.plan.directory import Placed
from candlelight.plan.facade import Facade, unnamed
from candlelight.plan.lines import Lines
from candlelight.plan.views import AnyView, HomeView, StoryView, TeamView
from candlelight.plan.windows import Window


class WallCard(msgspec.Struct, frozen=True, tag="wall"):
    """A title over a street: the anthology's, or a team's own."""

    title: str
    subtitle: str
    facade: Facade
    bogda: bool
    team: bool = False


class StoryCard(msgspec.Struct, frozen=True, tag="story"):
    """A story's own window, large, with its title, author and place."""

    title: str
    author: str
    place: str
    window: Window


AnyCard = WallCard | StoryCard


def cards(lines: Lines, views: Iterable[AnyView]) -> Iterator[tuple[str, AnyCard]]:
    """Each card with its address: one for the anthology, one for each team and each story.

    Stories have none where the site wants none; their pages then share that of the anthology.
    """
    every = (*lines.stories, *itertools.chain(*lines.versions.values()))
    stories: dict[str, Placed] = {one.story.path: one for one in every}
    for view in views:
        if isinstance(view, StoryView):
            if not lines.site.cards:
                continue
            placed = stories[view.source_path]
            author, place = lines.author(placed), lines.place(placed)
            yield view.card, StoryCard(view.title, author, place, view.light)
        elif isinstance(view, HomeView):
            subtitle = " ".join(lines.site.subtitle)
            yield view.card, WallCard(view.title, subtitle, unnamed(view.facade), lines.site.bogda)
        elif isinstance(view, TeamView):
            under = view.motto or lines.site.title
            street = unnamed(view.facade)
            yield view.card, WallCard(view.title, under, street, lines.site.bogda, team=True)
