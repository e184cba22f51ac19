"""Who is who: every name that an editor wrote, joined to the team, place or person it means.

Names are compared by their folded form (either script, any dot, any width); what readers see is
what was written. Two mentions of one name are one person only within a team, or by a file in
``people/``; a person's slug never depends on who else exists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from candlelight import pinyin
from candlelight.model import Anthology, Community, Document, Mention, Person, Story, Team
from candlelight.names import fold, nearest
from candlelight.problems import Place, Problem, warning


class Somebody(msgspec.Struct, frozen=True):
    """A person with a page: *slug*, the *name* to show, the file in ``people/`` if there is one."""

    slug: str
    name: str
    team: str = ""
    file: Person | None = None


class Placed(msgspec.Struct, frozen=True):
    """A story with its names resolved; slugs are "" where nothing is named.

    *authors* and *people* hold the slugs of persons; a withheld person is left out of both.
    """

    story: Story
    team: str
    community: str
    authors: tuple[str, ...]
    people: tuple[str, ...]


class Directory(msgspec.Struct, frozen=True):
    """The anthology with every name resolved: teams, service points and persons by slug."""

    anthology: Anthology
    stories: tuple[Placed, ...]
    teams: Mapping[str, Team]
    communities: Mapping[str, Community]
    persons: Mapping[str, Somebody]
    leaders: Mapping[str, tuple[str, ...]]
    community_teams: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def resolve(anthology: Anthology) -> Directory:
    """Join all names of *anthology*; near misses of known names become warnings."""
    problems: list[Problem] = []
    teams = _Names(anthology.teams, "unknown-team", problems)
    communities = _Names(anthology.communities, "unknown-community", problems)
    known_teams: dict[str, Team] = {team.slug: team for team in anthology.teams}
    known_places: dict[str, Community] = {place.slug: place for place in anthology.communities}
    people = _People()

    def team_of(mention: Mention | None, path: str) -> str:
        slug = teams.slug_of(mention, path)
        if slug and mention and slug not in known_teams:
            known_teams[slug] = Team(path="", slug=slug, title=mention.text)
        return slug

    def place_of(mention: Mention | None, path: str) -> str:
        slug = communities.slug_of(mention, path)
        if slug and mention and slug not in known_places:
            known_places[slug] = Community(path="", slug=slug, title=mention.text)
        return slug

    for file in anthology.people:
        people.add_file(file, team_of(file.team, file.path))
    serving = {
        place.slug: tuple(filter(None, (team_of(one, place.path) for one in place.teams)))
        for place in anthology.communities
    }
    first = {slug: next(iter(own), "") for slug, own in serving.items()}
    leaders = {
        place.slug: people.slugs(place.leaders, first[place.slug] or place.path, first[place.slug])
        for place in anthology.communities
    }
    leaders |= {
        f"team:{team.slug}": people.slugs(team.leaders, team.slug, team.slug)
        for team in anthology.teams
    }
    placed = []
    for story in anthology.stories:
        team, place = team_of(story.team, story.path), place_of(story.community, story.path)
        # Without a team the service point, at last the story itself bounds who is one person.
        scope = team or next(iter(serving.get(place, ())), place or story.path)
        authors = people.slugs(story.authors, scope, team)
        named = people.slugs(story.people, scope, team)
        placed.append(Placed(story, team, place, authors, named))
    return Directory(
        anthology, tuple(placed), known_teams, known_places, people.found, leaders, serving,
        tuple(problems),
    )  # fmt: skip


class _Names:
    """The names of one kind of document, and which slug each means."""

    def __init__(self, documents: Sequence[Document], code: str, problems: list[Problem]) -> None:
        self._code = code
        self._problems = problems
        self._slugs: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        for document in documents:
            # A name and an alias are claims; the slug yields to whoever has it as a name.
            for name in (document.title, *document.aliases):
                self._claim(name, document)
        for document in documents:
            self._slugs.setdefault(fold(document.slug), document.slug)

    def _claim(self, name: str, document: Document) -> None:
        folded = fold(name)
        owner = self._slugs.setdefault(folded, document.slug)
        self._shown.setdefault(folded, name)
        if owner != document.slug:
            place = Place(document.path)
            self._problems.append(warning("ambiguous-name", place, name=name, other=owner))

    def slug_of(self, mention: Mention | None, path: str) -> str:
        """The slug that *mention* means; an unknown name gets one of its own."""
        if mention is None:
            return ""
        folded = fold(mention.text)
        if folded in self._slugs:
            return self._slugs[folded]
        near = nearest(folded, self._shown)
        if near:
            place = Place(path, mention.line, mention.column)
            given = {"name": mention.text, "near": self._shown[near]}
            self._problems.append(warning(self._code, place, **given))
        return own_slug(mention.text, "")


class _People:
    """Persons as they are met; files first, so that mentions find them."""

    def __init__(self) -> None:
        self.found: dict[str, Somebody] = {}
        self._files: dict[str, list[tuple[Person, str]]] = {}

    def add_file(self, file: Person, team: str) -> None:
        """Let every mention of the names of *file* mean it, within *team* if it names one."""
        for name in {fold(name) for name in (file.title, *file.aliases)}:
            self._files.setdefault(name, []).append((file, team))
        if file.consent:
            self.found[file.slug] = Somebody(file.slug, file.title, team, file)

    def slugs(self, mentions: Iterable[Mention], scope: str, team: str) -> tuple[str, ...]:
        """Each person once, in the order named; a withheld person is left out.

        *scope* bounds who is one person; *team* is theirs, "" where no source says it.
        """
        found = (self._slug(mention.text, scope, team) for mention in mentions)
        return tuple(dict.fromkeys(filter(None, found)))

    def _slug(self, name: str, scope: str, team: str) -> str:
        candidates = self._files.get(fold(name), [])
        fitting = [file for file, of_team in candidates if of_team == scope] or [
            file for file, of_team in candidates if not of_team
        ]
        if fitting:
            return fitting[0].slug if fitting[0].consent else ""
        if any(not file.consent for file, _ in candidates):
            return ""  # Better to leave out a namesake than to publish a withheld name.
        slug = own_slug(name, scope)
        known = self.found.setdefault(slug, Somebody(slug, name, team))
        if team and not known.team:
            self.found[slug] = msgspec.structs.replace(known, team=team)
        return slug


def own_slug(name: str, scope: str) -> str:
    """A slug for a name without a file: its pinyin, and a hash that keeps namesakes apart."""
    mark = hashlib.sha256(f"{fold(name)}\0{scope}".encode()).hexdigest()[:6]
    return "-".join(filter(None, [pinyin.slug(name, name=True), mark]))
