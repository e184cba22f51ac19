"""``data/anthology.json``: every fact and address of the site, and no body, for other programs.

The shape, ``version`` 1 (a key may be added, none changes its meaning without a new version)::

    format "candlelight-anthology", version, title, subtitle, language, url
    stories      [{url, title, language, summary, authors, role, team, community, place, date,
                   people, credits [{role, names}], source {title, url, publisher, date, rights},
                   corrections [{date, text}], versions, version_of, photos}]
    teams        [{url, title, summary, motto, leaders, communities, source, photos}]
    communities  [{url, title, summary, district, place, leaders, teams, source, photos}]
    people       [{url, name, aliases, team, portrait}]
    pages        [{url, title, summary}]

``team``, ``community``, ``version_of`` and each of ``authors``, ``people``, ``leaders``,
``teams``, ``communities``, ``versions`` are {name, url}; ``versions`` tell the same story in other
scripts and languages. A photo is {url, width, height, caption, credit, alt}. ``date`` is ISO 8601,
as precise as it is known. A key whose value is not known is left out. ``url`` is absolute, without
a base URL relative to the root of the site. Whoever withheld consent, and every draft, is in no
view that readers get, and so not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from candlelight.make.jsonld import jsonld
from candlelight.plan import routes
from candlelight.plan.views import (
    AnyView,
    CommunityView,
    PageView,
    PersonView,
    Picture,
    Ref,
    SiteView,
    SourceView,
    StoryView,
    TeamView,
    pictures_in,
)

__all__ = ["FORMAT", "VERSION", "anthology", "files", "jsonld"]

FORMAT = "candlelight-anthology"
VERSION = 1

Facts = dict[str, object]


def files(site: SiteView, views: Sequence[AnyView]) -> dict[str, bytes]:
    """The one file, by its path."""
    return {routes.ANTHOLOGY: anthology(site, views)}


def anthology(site: SiteView, views: Iterable[AnyView]) -> bytes:
    """The JSON of all *views* but drafts, in their order; UTF-8, one fact a line."""
    lists: dict[str, list[Facts]] = {
        name: [] for name in ("stories", "teams", "communities", "people", "pages")
    }
    ledger = _Ledger(site)
    for view in views:
        if view.draft:
            continue
        if isinstance(view, StoryView):
            lists["stories"].append(ledger.story(view))
        elif isinstance(view, TeamView):
            lists["teams"].append(ledger.team(view))
        elif isinstance(view, CommunityView):
            lists["communities"].append(ledger.community(view))
        elif isinstance(view, PersonView):
            lists["people"].append(ledger.person(view))
        elif isinstance(view, PageView):
            lists["pages"].append(ledger.entry(view))
    whole = {"format": FORMAT, "version": VERSION, **ledger.site_facts(), **lists}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


class _Ledger:
    """Writes views down as facts, with the addresses of one site."""

    def __init__(self, site: SiteView) -> None:
        self.site = site
        self._named: dict[Ref, Facts] = {}

    def site_facts(self) -> Facts:
        site = self.site
        return _known(
            title=site.title,
            subtitle=site.subtitle,
            language=site.language,
            url=site.base_url,
        )

    def entry(self, view: AnyView) -> Facts:
        return _known(url=self._url(view.address), title=view.title, summary=view.description)

    def story(self, view: StoryView) -> Facts:
        corrections = [
            _known(date=each.date.iso if each.date else "", text=each.text)
            for each in view.corrections
        ]
        return self.entry(view) | _known(
            language=view.lang or self.site.language,
            # A byline without a page names nobody: it says that nobody signed.
            authors=self._names(ref for ref in view.byline if ref.address is not None),
            role=view.role,
            team=self._name(view.team),
            community=self._name(view.community),
            place=view.place,
            date=view.date_iso,
            people=self._names(view.people),
            credits=view.credits,
            source=_source(view.source),
            corrections=corrections,
            versions=self._names(view.versions),
            version_of=self._name(view.version_of),
            photos=self._photos(view),
        )

    def team(self, view: TeamView) -> Facts:
        points = [line.point for district in view.districts for line in district.points]
        return self.entry(view) | _known(
            motto=view.motto,
            leaders=self._names(view.leaders),
            communities=self._names(points),
            source=_source(view.source),
            photos=self._photos(view),
        )

    def community(self, view: CommunityView) -> Facts:
        return self.entry(view) | _known(
            district=view.district,
            place=view.place,
            leaders=self._names(view.leaders),
            teams=self._names(view.teams),
            source=_source(view.source),
            photos=self._photos(view),
        )

    def person(self, view: PersonView) -> Facts:
        return _known(
            url=self._url(view.address),
            name=view.title,
            aliases=view.aliases,
            team=self._name(view.team),
            portrait=self._photo(view.portrait) if view.portrait else None,
        )

    def _photos(self, view: AnyView) -> list[Facts]:
        shown = {picture.key: picture for picture in pictures_in(view)}
        return [self._photo(picture) for picture in shown.values()]

    def _photo(self, picture: Picture) -> Facts:
        address = routes.rendition(picture.key, picture.widths[-1], picture.formats[-1])
        return _known(
            url=self._url(address),
            width=picture.width,
            height=picture.height,
            caption=picture.caption,
            credit=picture.credit,
            alt=picture.alt,
        )

    def _names(self, refs: Iterable[Ref]) -> list[Facts]:
        return [named for ref in refs if (named := self._name(ref))]

    def _name(self, ref: Ref | None) -> Facts | None:
        if ref and ref not in self._named:
            self._named[ref] = _known(name=ref.title, url=self._url(ref.address))
        return self._named[ref] if ref else None

    def _url(self, address: str | None) -> str:
        return "" if address is None else routes.link(routes.HOME, address, self.site.base_url)


def _source(source: SourceView | None) -> Facts | None:
    return _known(**msgspec.structs.asdict(source)) if source else None


def _known(**facts: object) -> Facts:
    """*facts* without those that are empty."""
    return {name: fact for name, fact in facts.items() if fact}
