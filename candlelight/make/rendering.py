"""The templates of a theme, and what they may call while they show a page.

Templates see their view, the site and the words; everything is escaped unless it was made safe
while reading. What they call speaks of the one page that is open: so macros are bound once for
all pages, where handing the page to each import would bind all of them again for every page.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable
from pathlib import Path

import jinja2
from markupsafe import Markup

from candlelight.make import facade, facade_sky, jsonld, qr
from candlelight.make.environment import Environment, Words
from candlelight.make.pages import PageJob, Theme, template_of
from candlelight.make.typography import display, runs_leftwards
from candlelight.messages import merged
from candlelight.plan import routes
from candlelight.plan.facade import Facade
from candlelight.plan.lines import direction
from candlelight.plan.views import NotFoundView, Picture

_CONTENT_LINK = re.compile(r'<a href="content:([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


class Renderer:
    """Renders pages of one theme, one at a time whatever thread asks."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._site = theme, theme.site
        self._words = Words.of(merged(map(Path, theme.words)))
        self._fragments: dict[tuple[object, ...], str] = {}
        self._templates = self._environment()
        self._turn = threading.Lock()

    def render(self, job: PageJob) -> str:
        """The HTML of the page. Raises whatever an expression in a template raises."""
        with self._turn:
            self._job, self._here = job, job.view.address
            # A page for lost readers is served at any depth, so its links start at the root.
            self._root = self._of_the_root if isinstance(job.view, NotFoundView) else None
            return self._templates.get_template(template_of(job.view)).render(view=job.view)

    @functools.cached_property
    def _of_the_root(self) -> str:
        """The path of the base URL: ``/`` or ``/sub/``."""
        base_url = self._site.base_url
        return "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else "/"

    def _environment(self) -> jinja2.Environment:
        environment = Environment(self._theme.folders)
        environment.globals.update(
            site=self._site,
            words=self._words,
            kept=self._kept,
            frame_addresses={address for _, address in self._site.navigation + self._site.also},
            asset=self._asset,
            photo=self._photo,
            placeholder=self._placeholder,
            blocks=self._blocks,
            facade=self._facade,
            window=lambda light: Markup(facade.window_svg(light)),
            backdrop=lambda: Markup(facade_sky.backdrop_svg(self._site.bogda)),
            waiting_window=lambda lit: Markup(facade_sky.waiting_window_svg(lit)),
            qr=self._qr,
            jsonld=self._jsonld,
            absolute=functools.partial(routes.absolute, self._site.base_url),
            direction=direction,
        )
        # Filters, because Jinja2 calls them for half the price of a function.
        environment.filters.update(url=self._link, display=display, speaks=self._speaks)
        return environment

    def _url(self, address: str) -> str:
        """The link from the open page to *address*."""
        return routes.link(self._here, address, self._root)

    @jinja2.pass_context
    def _link(self, _: object, address: str) -> str:
        """``_url`` for templates: with a context, or a constant address were linked only once."""
        return self._url(address)

    def _kept(self, macro: Callable[..., str], *given: str | None) -> str:
        """What *macro* makes of *given* on pages of this depth, made once.

        Only for macros that ask nothing else of the open page but links.
        """
        key = (macro, given, self._root, self._here.count("/"))
        if key not in self._fragments:
            self._fragments[key] = macro(*given)
        return self._fragments[key]

    def _asset(self, name: str) -> str:
        return self._url(self._theme.assets[name])

    def _photo(self, picture: Picture, width: int, extension: str) -> str:
        return self._url(routes.rendition(picture.key, width, extension))

    def _placeholder(self, picture: Picture) -> str:
        return self._job.placeholders.get(picture.key, "")

    def _blocks(self, digest: str, start: int = 0, stop: int | None = None) -> Markup:
        """The blocks of the page's text from *start* to *stop* (excluded)."""
        html = "\n".join(self._job.blocks[start:stop]) if digest else ""
        return Markup(_resolve(html, self._url, self._job.view.dead_links))

    def _facade(self, wall: Facade) -> Markup:
        return Markup(facade.facade_html(wall, self._url, self._words["facade"]))

    def _qr(self, address: str) -> Markup:
        return Markup(qr.svg(routes.absolute(self._site.base_url, address)))

    def _jsonld(self) -> Markup:
        return Markup(jsonld.jsonld(self._job.view, self._site))

    def _speaks(self, lang: str, name: str = "", css: str = "") -> str:
        """Attributes that tell the language *lang* of a passage, where it is not the site's.

        A *name* in another script may not say it, but runs from the right; *css* are classes.
        """
        leftwards = not lang and runs_leftwards(name)
        said = []
        if css or leftwards:
            said.append(f' class="{" ".join(filter(None, [css, "leftwards" * leftwards]))}"')
        if leftwards:
            said.append(' dir="rtl"')
        elif lang and lang != self._site.language:
            said.append(f' lang="{Markup.escape(lang)}"')
            if direction(lang) != direction(self._site.language):
                said.append(f' dir="{direction(lang)}"')
        return Markup("".join(said)) if said else ""


def _resolve(html: str, url: Callable[[str], str], dead: tuple[str, ...]) -> str:
    """Turn ``content:`` links into relative ones; a dead one leaves its words."""

    def link(match: re.Match[str]) -> str:
        target, attributes, words = match.groups()
        if target in dead:
            return words
        return f'<a href="{Markup.escape(url(routes.document(target)))}"{attributes}>{words}</a>'

    return _CONTENT_LINK.sub(link, html)
