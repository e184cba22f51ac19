"""What machines subscribe to: an Atom feed (RFC 4287) and a sitemap (sitemaps.org).

Both follow from the views alone and carry no build time, so that a build in which nothing
changed gives the same bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TypeGuard

from candlelight.make.xml import attribute, text
from candlelight.plan import routes
from candlelight.plan.views import AnyView, MovedView, NotFoundView, Ref, SiteView, StoryView

NEWEST = 20
"""Stories in the feed."""

MOST = 45_000
"""Addresses in one sitemap; the standard allows 50,000."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def files(site: SiteView, views: Sequence[AnyView]) -> dict[str, bytes]:
    """The feed, and the sitemap where a base URL is known: it may hold absolute addresses only."""
    made = {site.feed: feed(site, views)}
    if site.base_url:
        made |= sitemap(site, views)
    return {path: content.encode() for path, content in made.items()}


def feed(site: SiteView, views: Iterable[AnyView]) -> str:
    """The newest stories by date, with their summaries.

    A story without a date is never news, nor is one in another script or language.
    Without a base URL its links are relative to the feed itself, as the standard allows.
    """
    dated = [(_updated(view), view) for view in views if _is_news(view)]
    newest = sorted(dated, key=lambda pair: (pair[0], pair[1].date_iso, pair[1].address))
    entries = [_entry(site, story, updated) for updated, story in newest[: -NEWEST - 1 : -1]]
    updated = newest[-1][0] if newest else _moment("1970")
    lines = [
        f'<feed xmlns="http://www.w3.org/2005/Atom"{attribute("xml:lang", site.language)}>',
        f"<id>{_identity(site, routes.HOME)}</id>",
        f"<title>{text(site.title)}</title>",
        *([f"<subtitle>{text(' '.join(site.subtitle))}</subtitle>"] if site.subtitle else []),
        f"<updated>{updated}</updated>",
        f"<author><name>{text(site.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml"{_href(site, site.feed)}/>',
        f'<link rel="alternate" type="text/html"{_href(site, routes.HOME)}/>',
        *entries,
        "</feed>",
    ]
    return _HEAD + "\n".join(lines) + "\n"


def sitemap(site: SiteView, views: Iterable[AnyView]) -> dict[str, str]:
    """``sitemap.xml``; beyond ``MOST`` addresses it is an index of parts."""
    hidden = (MovedView, NotFoundView)
    addresses = sorted(
        view.address for view in views if not isinstance(view, hidden) and not view.draft
    )
    parts = [addresses[start : start + MOST] for start in range(0, len(addresses), MOST)]
    if len(parts) <= 1:
        return {routes.SITEMAP: _map("urlset", "url", site, addresses)}
    path = PurePosixPath(routes.SITEMAP)
    names = [str(path.with_stem(f"{path.stem}-{number}")) for number in range(1, len(parts) + 1)]
    made = {
        name: _map("urlset", "url", site, part) for name, part in zip(names, parts, strict=True)
    }
    return {routes.SITEMAP: _map("sitemapindex", "sitemap", site, names), **made}


def _entry(site: SiteView, story: StoryView, updated: str) -> str:
    lang = attribute("xml:lang", story.lang) if story.lang else ""
    lines = [
        f"<entry{lang}>",
        f"<id>{_identity(site, story.address)}</id>",
        f"<title>{text(story.title)}</title>",
        f'<link rel="alternate" type="text/html"{_href(site, story.address)}/>',
        f"<updated>{updated}</updated>",
        *(_author(site, author) for author in story.byline),
        *([f"<summary>{text(story.description)}</summary>"] if story.description else []),
        "</entry>",
    ]
    return "\n".join(lines)


def _author(site: SiteView, author: Ref) -> str:
    page = ""
    if author.address is not None:
        page = f"<uri>{text(routes.link(site.feed, author.address, site.base_url or None))}</uri>"
    return f"<author><name>{text(author.title)}</name>{page}</author>"


def _is_news(view: AnyView) -> TypeGuard[StoryView]:
    if not isinstance(view, StoryView) or view.draft:
        return False
    return bool(view.date_iso) and view.version_of is None


def _updated(story: StoryView) -> str:
    """The later of the story's own date and its last correction."""
    corrected = (each.date.iso for each in story.corrections if each.date)
    return max(map(_moment, [story.date_iso, *corrected]))


def _moment(iso: str) -> str:
    """The first instant of a day, a month or a year, as RFC 3339 wants it."""
    return f"{(iso + '-01-01')[:10]}T00:00:00Z"


def _identity(site: SiteView, address: str) -> str:
    """A name that stays when a title or a text is mended."""
    return uuid.uuid5(uuid.NAMESPACE_URL, (site.base_url or site.title) + address).urn


def _map(root: str, item: str, site: SiteView, addresses: Iterable[str]) -> str:
    # Escaped all at once: no address has a line of its own in it.
    urls = text("\n".join(routes.absolute(site.base_url, address) for address in addresses))
    lines = [f"<{item}><loc>{url}</loc></{item}>" for url in urls.splitlines()]
    start = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return _HEAD + "\n".join([start, *lines, f"</{root}>"]) + "\n"


def _href(site: SiteView, address: str) -> str:
    return attribute("href", routes.link(site.feed, address, site.base_url or None))
