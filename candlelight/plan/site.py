"""The whole site as a plan: every page's view, the photos it needs, the words its Kai must have."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from candlelight.plan import routes
from candlelight.plan.cards import AnyCard, cards
from candlelight.plan.checks import check_addresses, documents_of, same_file
from candlelight.plan.directory import Directory
from candlelight.plan.group_pages import community_views, team_views
from candlelight.plan.home_page import home_view
from candlelight.plan.lines import Lines, Phrases
from candlelight.plan.list_pages import list_views
from candlelight.plan.people_pages import Appearances, people_views, person_views
from candlelight.plan.story_pages import story_views
from candlelight.plan.text_pages import text_views
from candlelight.plan.views import (
    AnyView,
    Download,
    HomeView,
    MovedView,
    PageView,
    Picture,
    SiteView,
    pictures_in,
)
from candlelight.problems import Problem


class SitePlan(msgspec.Struct, frozen=True):
    """What a build makes: a page for each of *views*, *pictures* once a photo, *cards* by address.

    *characters* are those that stand in Kai somewhere.
    """

    site: SiteView
    views: tuple[AnyView, ...]
    pictures: tuple[Picture, ...]
    characters: str
    cards: tuple[tuple[str, AnyCard], ...]
    problems: tuple[Problem, ...]


def plan_site(directory: Directory, phrases: Phrases, spoken: str = "") -> SitePlan:
    """Plan every page of the anthology that *directory* has resolved.

    *spoken* is what the templates say by themselves; their headings stand in Kai too.
    """
    lines = Lines(directory, phrases)
    found = Appearances(lines)
    views: list[AnyView] = [
        home_view(lines),
        *list_views(lines),
        *text_views(lines),
        *story_views(lines),
        *team_views(lines),
        *community_views(lines),
        *people_views(lines, found),
        *person_views(lines, found),
    ]
    views += _moved(directory, views)
    return SitePlan(
        site=_site(lines, views),
        views=tuple(_without_dead_links(directory, views)),
        pictures=_pictures(views),
        characters=_characters(directory, phrases, spoken),
        cards=tuple(cards(lines, views)),
        problems=tuple(check_addresses(views)),
    )


def offering(plan: SitePlan, downloads: tuple[Download, ...]) -> SitePlan:
    """*plan* with *downloads* on its home page."""
    views = tuple(
        msgspec.structs.replace(view, downloads=downloads) if isinstance(view, HomeView) else view
        for view in plan.views
    )
    return msgspec.structs.replace(plan, views=views)


def _site(lines: Lines, views: list[AnyView]) -> SiteView:
    site = lines.site
    navigation = [
        ("teams", routes.TEAMS),
        ("communities", routes.COMMUNITIES),
        ("stories", routes.STORIES),
        ("photos", routes.PHOTOS),
        ("people", routes.PEOPLE),
    ]
    texts = {view.section: view.address for view in views if isinstance(view, PageView)}
    if "about" in texts:
        navigation.append(("about", texts["about"]))
    also = [(name, texts[name]) for name in ("preface", "afterword") if name in texts]
    return SiteView(
        title=site.title,
        subtitle=site.subtitle,
        language=site.language,
        base_url=site.base_url,
        footer=site.footer,
        bogda=site.bogda,
        navigation=tuple(navigation),
        also=(("timeline", routes.TIMELINE), *also),
        feed=routes.FEED,
    )


def _moved(directory: Directory, views: list[AnyView]) -> list[MovedView]:
    """A page at each old address of what was renamed, unless something new stands there."""
    taken = {same_file(view.address) for view in views}
    titles = {f"{kind}/{one.slug}": one.title for kind, one in documents_of(directory.anthology)}
    moves = [(routes.document(old), new) for old, new in directory.anthology.redirects]
    return [
        MovedView(address=address, title=titles[new], target=routes.document(new))
        for address, new in moves
        if new in titles and same_file(address) not in taken and not routes.is_taken(address)
    ]


def _without_dead_links(directory: Directory, views: list[AnyView]) -> list[AnyView]:
    """Let each view name the links of its text that lead to no page (drafts, stories left out)."""
    alive = {f"{kind}/{one.slug}" for kind, one in documents_of(directory.anthology)}
    dead = {
        document.path: gone
        for _, document in documents_of(directory.anthology)
        if (gone := tuple(link.target for link in document.body.links if link.target not in alive))
    }
    return [
        msgspec.structs.replace(view, dead_links=dead[view.source_path])
        if view.source_path in dead
        else view
        for view in views
    ]


def _pictures(views: Iterable[AnyView]) -> tuple[Picture, ...]:
    """Each picture that a page shows, once however often it is used."""
    shown = {picture.key: picture for view in views for picture in pictures_in(view)}
    return tuple(shown[key] for key in sorted(shown))


def _characters(directory: Directory, phrases: Phrases, spoken: str) -> str:
    """What stands in Kai: titles, names, places, headings of texts, and the site's own words."""
    anthology = directory.anthology
    words = [spoken, anthology.site.title, *anthology.site.subtitle]
    words += phrases.values()
    for somebody in directory.persons.values():
        words += [somebody.name, *(somebody.file.aliases if somebody.file else ())]
    for document in (*directory.teams.values(), *directory.communities.values()):
        words += [document.title, *document.aliases]
    for place in directory.communities.values():
        words += [place.province, place.city, place.district, place.community, place.compound]
    for team in directory.teams.values():
        words += [team.motto, team.city]
    for _, document in documents_of(anthology):
        words += [document.title, document.body.headings]
        for credit in document.credits:
            words += credit.names
    for page in anthology.pages:
        words += page.epigraph
    words += [story.role for story in anthology.stories]
    return "".join(sorted(set("".join(words))))
