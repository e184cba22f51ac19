"""How one story, place, team or person is named in a view: the words and the link."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypedDict

import msgspec

from candlelight import pinyin
from candlelight.model import Date, Document, Site, Source, Story
from candlelight.plan import routes
from candlelight.plan.directory import Directory, Placed
from candlelight.plan.facade import Facade, lay_out
from candlelight.plan.order import Chronology
from candlelight.plan.pictures import picture
from candlelight.plan.register import Register, building_of
from candlelight.plan.views import (
    District,
    Picture,
    PointLine,
    Ref,
    SourceView,
    StoryLine,
    TeamLine,
)
from candlelight.plan.windows import Light, Scale, Window, window_of

Phrases = Mapping[str, str]
"""Sentences that planning puts into views, by key, from ``templates/messages/phrases.*.yaml``."""


class Head(TypedDict):
    """The first fields of a view."""

    address: str
    title: str
    description: str
    section: str
    card: str


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "kk-Arab", "ky-Arab", "ug", "ur"})


def direction(lang: str) -> str:
    """``rtl`` for a language written from right to left (``ug``, ``ug-CN``), else ``ltr``."""
    known = lang in RIGHT_TO_LEFT or lang.partition("-")[0] in RIGHT_TO_LEFT
    return "rtl" if known and not lang.endswith(("-Latn", "-Cyrl")) else "ltr"


class Lines:
    """Names things for the views of one site, from its directory and its phrases."""

    def __init__(self, directory: Directory, phrases: Phrases) -> None:
        self.directory = directory
        self.site: Site = directory.anthology.site
        self.phrases = phrases
        placed = {one.story.path: one for one in directory.stories}
        self.chronology = Chronology(one.story for one in directory.stories)
        every = tuple(placed[story.path] for story in self.chronology.in_order(self.site))
        slugs = {one.story.slug for one in every if not one.story.version_of}
        self.stories = tuple(one for one in every if one.story.version_of not in slugs)
        self.versions = _grouped(
            (one for one in every if one.story.version_of in slugs),
            lambda one: one.story.version_of,
        )
        self.of_team = _grouped(self.stories, lambda one: one.team)
        self.of_community = _grouped(self.stories, lambda one: one.community)
        # Each is named on many pages: whoever names ten thousand stories again and again is slow.
        self._names: dict[str, Ref] = {}
        self._persons: dict[str, Ref] = {}
        self._bylines: dict[str, tuple[Ref, ...]] = {}
        self._authors: dict[str, str] = {}
        self._dates: dict[Date, str] = {}
        self._lights: dict[str, Light] = {}
        self._told: dict[tuple[str, bool], StoryLine] = {}
        self._points: dict[str, PointLine] = {}
        self._scale = Scale.of(map(self.light, self.stories))
        self.register = Register(directory, self.of_team, self.say("unplaced"))

    def say(self, key: str, **given: object) -> str:
        """The phrase *key* with its braces filled. Raises KeyError for an unknown key."""
        phrase = self.phrases[key]
        try:
            return phrase.format_map(given)
        except (KeyError, ValueError, IndexError):
            return phrase  # An anthology's own words: shown as they stand, they tell their fault.

    def head(self, address: str, title: str, section: str) -> Head:
        """What a list's view needs besides its lists; it is described as the anthology is."""
        return Head(
            address=address,
            title=title,
            description=self.site.description,
            section=section,
            card=routes.card(""),
        )

    def date(self, date: Date | None) -> str:
        """A date as readers see it, as precise as it is known; "" for none."""
        if date is None:
            return ""
        if date not in self._dates:
            kind = "day" if date.day else "month" if date.month else "year"
            told = self.say(f"date-{kind}", year=date.year, month=date.month, day=date.day)
            self._dates[date] = told
        return self._dates[date]

    def foreign(self, lang: str) -> str:
        """*lang* if it is not the language of the site, else ""."""
        return "" if lang == self.site.language else lang

    def language(self, lang: str) -> str:
        """The name of a language, in itself; its tag where none is known."""
        tag = lang or self.site.language
        return self.phrases.get(f"language-{tag}", tag)

    def story(self, story: Story) -> Ref:
        """A link to a story."""
        address = routes.story(story.slug)
        found = self._names.get(address)
        if found is None:
            found = self._names[address] = Ref(story.title, address, self.foreign(story.lang))
        return found

    def team(self, slug: str) -> Ref | None:
        """A link to a team; None for ""."""
        return self._named(routes.team(slug), self.directory.teams[slug].title) if slug else None

    def community(self, slug: str) -> Ref | None:
        """A link to a service point; None for ""."""
        if not slug:
            return None
        return self._named(routes.community(slug), self.directory.communities[slug].title)

    def person(self, slug: str) -> Ref:
        """A link to a person."""
        found = self._persons.get(slug)
        if found is None:
            found = Ref(self.directory.persons[slug].name, routes.person(slug))
            self._persons[slug] = found
        return found

    def _named(self, address: str, title: str) -> Ref:
        return self._names.get(address) or self._names.setdefault(address, Ref(title, address))

    def persons(self, slugs: Iterable[str]) -> tuple[Ref, ...]:
        """Links to persons, in the order given."""
        return tuple(map(self.person, slugs))

    def byline(self, placed: Placed) -> tuple[Ref, ...]:
        """The authors with their links; 佚名 without one where none is known or may be named."""
        path = placed.story.path
        if path not in self._bylines:
            named = self.persons(placed.authors) or (Ref(self.say("anonymous")),)
            self._bylines[path] = named
        return self._bylines[path]

    def author(self, placed: Placed) -> str:
        """The authors in one line."""
        path = placed.story.path
        if path not in self._authors:
            names = (ref.title for ref in self.byline(placed))
            self._authors[path] = self.say("comma").join(names)
        return self._authors[path]

    def place(self, placed: Placed) -> str:
        """Where a story belongs, in a word: its service point, else the city of its team."""
        if placed.community:
            return self.directory.communities[placed.community].title
        return self.directory.teams[placed.team].city if placed.team else ""

    def building(self, placed: Placed) -> str:
        """The house of a story on the wall: district, else city, else province, else 未记地点."""
        community = self.directory.communities.get(placed.community)
        known = building_of(community) if community else ""
        team_city = self.directory.teams[placed.team].city if placed.team else ""
        return known or team_city or self.say("unplaced")

    def story_line(self, placed: Placed, *, summary: bool = True) -> StoryLine:
        """A story as a line of a list."""
        story = placed.story
        key = (story.path, summary)
        if key not in self._told:
            told = (story.summary or story.body.excerpt) if summary else ""
            author, place = self.author(placed), self.place(placed)
            date = self.date(story.date)
            self._told[key] = StoryLine(self.story(story), author, place, date, told)
        return self._told[key]

    def point_line(self, slug: str, stories: Sequence[Placed] | None = None) -> PointLine:
        """A service point as a line of a register; *stories* defaults to all of it, unnamed."""
        if slug not in self._points:
            community = self.directory.communities[slug]
            own = community.community
            self._points[slug] = PointLine(
                point=self._named(routes.community(slug), community.title),
                place=own if own != community.title else "",
                leaders=self.persons(self.directory.leaders.get(slug, ())),
                lit=bool(self.of_community.get(slug)),
            )
        line = self._points[slug]
        if not stories:
            return line
        told = tuple(self.story(one.story) for one in stories)
        return msgspec.structs.replace(line, stories=told)

    def districts(
        self, slugs: Collection[str], named: Mapping[str, Sequence[Placed]] | None = None
    ) -> tuple[District, ...]:
        """The part of the register that *slugs* are; *named* are the stories to name at each."""
        wanted = frozenset(slugs)
        chosen = (
            (house, tuple(slug for slug in own if slug in wanted))
            for house, own in self.register.houses.items()
        )
        stories = named or {}
        return tuple(
            District(
                house,
                routes.district_anchor(house),
                tuple(self.point_line(slug, stories.get(slug)) for slug in own),
            )
            for house, own in chosen
            if own
        )

    def wall(self, lights: Sequence[Light]) -> Facade:
        """The wall of *lights*; each house leads to its district, else to all stories."""
        houses = {light.building for light in lights}
        known = {house: routes.district(house) for house in houses if house in self.register.houses}
        return lay_out(lights, buildings=dict.fromkeys(houses, routes.STORIES) | known)

    def team_line(self, slug: str, *, points: Sequence[str] = ()) -> TeamLine:
        """A team as a line of a list, with links to its service points."""
        team = self.directory.teams[slug]
        told = team.summary or team.body.excerpt
        refs = tuple(ref for ref in map(self.community, points) if ref)
        return TeamLine(Ref(team.title, routes.team(slug)), team.motto, told, refs)

    def pictures(self, document: Document) -> tuple[Picture, ...]:
        """The photos of a document as pages show them, the cover first where one is named."""
        photos = sorted(document.photos, key=lambda photo: photo.path != document.cover)
        lang = self.foreign(document.lang)
        return tuple(picture(photo, self.site.photos, lang) for photo in photos)

    def source(self, source: Source | None) -> SourceView | None:
        """Where a text first appeared, its date as readers see it."""
        if source is None:
            return None
        date = self.date(source.date)
        return SourceView(source.title, source.url, source.publisher, date, source.rights)

    def light(self, placed: Placed) -> Light:
        """The window of a story."""
        story = placed.story
        if story.path not in self._lights:
            house = self.building(placed)
            self._lights[story.path] = Light(
                slug=story.slug, title=story.title, author=self.author(placed), building=house,
                order=_spelled(house), point=self.place(placed),
                date=story.date.iso if story.date else "", lit=True, href=routes.story(story.slug),
            )  # fmt: skip
        return self._lights[story.path]

    def window(self, placed: Placed) -> Window:
        """The window of a story as it stands in the city."""
        return window_of(self.light(placed), self._scale)

    def waiting_light(self, slug: str) -> Light:
        """The dark window of a service point that has no story yet."""
        community = self.directory.communities[slug]
        house = building_of(community) or self.say("unplaced")
        return Light(
            slug=slug, title=community.title, author="", building=house, order=_spelled(house),
            point=community.title, date="", lit=False, href=routes.community(slug),
        )  # fmt: skip


@functools.cache
def _spelled(text: str) -> str:
    return " ".join(pinyin.syllables(text))


def _grouped(
    stories: Iterable[Placed], key: Callable[[Placed], str]
) -> dict[str, tuple[Placed, ...]]:
    groups: dict[str, list[Placed]] = {}
    for placed in stories:
        groups.setdefault(key(placed), []).append(placed)
    return {name: tuple(group) for name, group in groups.items()}
