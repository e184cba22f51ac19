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
from candlelight.model import Credit
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


def files(site: SiteView, views: Sequence[AnyView]) -> dict[str, bytes]:
    """The one file, by its path."""
    return {routes.ANTHOLOGY: anthology(site, views)}


def anthology(site: SiteView, views: Iterable[AnyView]) -> bytes:
    """The JSON of all *views* but drafts, in their order; UTF-8, one fact a line."""
    told = [view for view in views if not view.draft]
    ledger = _Ledger(site)
    whole = _Anthology(
        format=FORMAT,
        version=VERSION,
        title=site.title,
        subtitle=site.subtitle,
        language=site.language,
        url=site.base_url,
        stories=[ledger.story(view) for view in told if isinstance(view, StoryView)],
        teams=[ledger.team(view) for view in told if isinstance(view, TeamView)],
        communities=[ledger.community(view) for view in told if isinstance(view, CommunityView)],
        people=[ledger.person(view) for view in told if isinstance(view, PersonView)],
        pages=[ledger.page(view) for view in told if isinstance(view, PageView)],
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


# Fields in the order in which they are written; one that has its default is left out.


class _Named(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str = ""
    url: str = ""


class _Photo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    url: str = ""
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""
    alt: str = ""


class _Source(msgspec.Struct, frozen=True, omit_defaults=True):
    title: str = ""
    url: str = ""
    publisher: str = ""
    date: str = ""
    rights: str = ""


class _Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    date: str = ""
    text: str = ""


class _Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    url: str = ""
    title: str = ""
    summary: str = ""


class _Story(_Page, frozen=True, kw_only=True, omit_defaults=True):
    language: str = ""
    authors: tuple[_Named, ...] = ()
    role: str = ""
    team: _Named | None = None
    community: _Named | None = None
    place: str = ""
    date: str = ""
    people: tuple[_Named, ...] = ()
    credits: tuple[Credit, ...] = ()
    source: _Source | None = None
    corrections: tuple[_Correction, ...] = ()
    versions: tuple[_Named, ...] = ()
    version_of: _Named | None = None
    photos: tuple[_Photo, ...] = ()


class _Team(_Page, frozen=True, kw_only=True, omit_defaults=True):
    motto: str = ""
    leaders: tuple[_Named, ...] = ()
    communities: tuple[_Named, ...] = ()
    source: _Source | None = None
    photos: tuple[_Photo, ...] = ()


class _Community(_Page, frozen=True, kw_only=True, omit_defaults=True):
    district: str = ""
    place: tuple[str, ...] = ()
    leaders: tuple[_Named, ...] = ()
    teams: tuple[_Named, ...] = ()
    source: _Source | None = None
    photos: tuple[_Photo, ...] = ()


class _Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    url: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    team: _Named | None = None
    portrait: _Photo | None = None


class _Anthology(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    # Written always, so none has a default.
    format: str
    version: int
    title: str = ""
    subtitle: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    stories: list[_Story]
    teams: list[_Team]
    communities: list[_Community]
    people: list[_Person]
    pages: list[_Page]


class _Ledger:
    """Writes views down as facts, with the addresses of one site."""

    def __init__(self, site: SiteView) -> None:
        self.site = site
        self._known: dict[Ref, _Named] = {}

    def page(self, view: AnyView) -> _Page:
        return _Page(url=self._url(view.address), title=view.title, summary=view.description)

    def story(self, view: StoryView) -> _Story:
        return _Story(
            url=self._url(view.address),
            title=view.title,
            summary=view.description,
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
            corrections=tuple(
                _Correction(each.date.iso if each.date else "", each.text)
                for each in view.corrections
            ),
            versions=self._names(view.versions),
            version_of=self._name(view.version_of),
            photos=self._photos(view),
        )

    def team(self, view: TeamView) -> _Team:
        points = (line.point for district in view.districts for line in district.points)
        return _Team(
            url=self._url(view.address),
            title=view.title,
            summary=view.description,
            motto=view.motto,
            leaders=self._names(view.leaders),
            communities=self._names(points),
            source=_source(view.source),
            photos=self._photos(view),
        )

    def community(self, view: CommunityView) -> _Community:
        return _Community(
            url=self._url(view.address),
            title=view.title,
            summary=view.description,
            district=view.district,
            place=view.place,
            leaders=self._names(view.leaders),
            teams=self._names(view.teams),
            source=_source(view.source),
            photos=self._photos(view),
        )

    def person(self, view: PersonView) -> _Person:
        return _Person(
            url=self._url(view.address),
            name=view.title,
            aliases=view.aliases,
            team=self._name(view.team),
            portrait=self._photo(view.portrait) if view.portrait else None,
        )

    def _photos(self, view: AnyView) -> tuple[_Photo, ...]:
        shown = {picture.key: picture for picture in pictures_in(view)}
        return tuple(map(self._photo, shown.values()))

    def _photo(self, picture: Picture) -> _Photo:
        address = routes.rendition(picture.key, picture.widths[-1], picture.formats[-1])
        return _Photo(
            url=self._url(address),
            width=picture.width,
            height=picture.height,
            caption=picture.caption,
            credit=picture.credit,
            alt=picture.alt,
        )

    def _names(self, refs: Iterable[Ref]) -> tuple[_Named, ...]:
        return tuple(named for ref in refs if (named := self._name(ref)))

    def _name(self, ref: Ref | None) -> _Named | None:
        if ref is None:
            return None
        found = self._known.get(ref)
        if found is None:
            found = self._known[ref] = _Named(name=ref.title, url=self._url(ref.address))
        return found

    def _url(self, address: str | None) -> str:
        return "" if address is None else routes.link(routes.HOME, address, self.site.base_url)


def _source(source: SourceView | None) -> _Source | None:
    return _Source(**msgspec.structs.asdict(source)) if source else None
