"""A view and its template become a page: HTML as UTF-8 bytes.

One Jinja2 environment a process: it does not pickle. Templates see their view, the site, the
words, and the functions below; everything is escaped unless it was made safe while reading.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from candlelight.make import facade, facade_sky, jsonld, qr
from candlelight.make.typography import display, runs_leftwards
from candlelight.messages import merged
from candlelight.plan import routes
from candlelight.plan.facade import Facade
from candlelight.plan.lines import direction
from candlelight.plan.views import AnyView, NotFoundView, Picture, SiteView

if TYPE_CHECKING:
    import jinja2

_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression in a template can raise, besides what Jinja2 itself does."""
_CONTENT_LINK = re.compile(r'<a href="content:([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


class Theme(msgspec.Struct, frozen=True):
    """What all pages of a build share: template folders in the order searched, asset addresses.

    *edition* differs where a template does, so that a process that lives on loads it anew.
    """

    site: SiteView
    folders: tuple[str, ...]
    words: tuple[str, ...]
    assets: dict[str, str]
    edition: str = ""

    @property
    def identity(self) -> bytes:
        """Equal for themes that give the same pages, as far as the templates are the same."""
        return msgspec.msgpack.encode((self.site, sorted(self.assets.items())))


class PageJob(msgspec.Struct, frozen=True):
    """One page: its view, the safe HTML of its text block by block, its pictures' placeholders."""

    view: AnyView
    blocks: tuple[str, ...] = ()
    placeholders: dict[str, str] = {}


class File(msgspec.Struct, frozen=True):
    """What a job made for *path*; *failure* is why there are no bytes, in *template* at *line*."""

    path: str
    content: bytes = b""
    failure: str = ""
    template: str = ""
    line: int = 0


def template_of(view: AnyView) -> str:
    """The name of the template that shows *view*."""
    return f"{view.__struct_config__.tag}.html"


def make_page(theme: Theme, job: PageJob) -> File:
    """Render one page; a fault in a template is told by its name and line, not raised."""
    # Late: a build whose pages all stand needs none of it.
    import jinja2

    view, path = job.view, routes.output_file(job.view.address)
    environment = _environment(msgspec.msgpack.encode(theme))
    try:
        template = environment.get_template(template_of(view))
        html = template.render(view=view, **_functions(theme, job))
    except jinja2.TemplateSyntaxError as fault:
        reason = str(fault.message)
        return File(path, failure=reason, template=fault.name or "", line=fault.lineno)
    except (jinja2.TemplateError, *_FAULTS) as fault:
        name, line = _where(fault)
        reason = f"{type(fault).__name__}: {fault}"
        return File(path, failure=reason, template=name, line=line)
    return File(path, html.encode())


@functools.lru_cache(maxsize=4)
def _environment(encoded: bytes) -> jinja2.Environment:
    import jinja2

    theme = msgspec.msgpack.decode(encoded, type=Theme)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme.folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        site=theme.site,
        words=_words(theme),
        direction=direction,
        display=display,
        runs_leftwards=runs_leftwards,
        backdrop=lambda: Markup(facade_sky.backdrop_svg(theme.site.bogda)),
        waiting_window=lambda lit: Markup(facade_sky.waiting_window_svg(lit)),
        absolute=functools.partial(routes.absolute, theme.site.base_url),
    )
    return environment


def _functions(theme: Theme, job: PageJob) -> dict[str, Callable[..., object]]:
    """The functions that depend on the page: links are relative to it."""
    here = job.view.address
    # A page for lost readers is served at any depth, so its links start at the root.
    root = _root(theme.site.base_url) if isinstance(job.view, NotFoundView) else None

    def url(address: str) -> str:
        return routes.link(here, address, root)

    def blocks(digest: str, start: int = 0, stop: int | None = None) -> Markup:
        html = "\n".join(job.blocks[start:stop]) if digest else ""
        return Markup(_resolve(html, url, job.view.dead_links))

    return {
        "url": url,
        "blocks": blocks,
        "asset": lambda name: url(theme.assets[name]),
        "photo": lambda picture, width, extension: url(
            routes.rendition(picture.key, width, extension)
        ),
        "placeholder": lambda picture: _placeholder(job, picture),
        "facade": lambda wall: Markup(_facade(wall, url, _words(theme))),
        "window": lambda light: Markup(facade.window_svg(light)),
        "qr": lambda address: Markup(qr.svg(routes.absolute(theme.site.base_url, address))),
        "jsonld": lambda: Markup(jsonld.jsonld(job.view, theme.site)),
    }


def _words(theme: Theme) -> Mapping[str, Any]:
    return merged(map(Path, theme.words))


def _facade(wall: Facade, url: Callable[[str], str], words: Mapping[str, Any]) -> str:
    return facade.facade_html(wall, url, words["facade"])


def _placeholder(job: PageJob, picture: Picture) -> str:
    return job.placeholders.get(picture.key, "")


def _resolve(html: str, url: Callable[[str], str], dead: tuple[str, ...]) -> str:
    """Turn ``content:`` links into relative ones; a dead one leaves its words."""

    def link(match: re.Match[str]) -> str:
        target, attributes, words = match.groups()
        if target in dead:
            return words
        return f'<a href="{Markup.escape(url(routes.document(target)))}"{attributes}>{words}</a>'

    return _CONTENT_LINK.sub(link, html)


def _root(base_url: str) -> str:
    """The path of the base URL: ``/`` or ``/sub/``."""
    return "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else "/"


def _where(fault: BaseException) -> tuple[str, int]:
    """The innermost template line of a traceback."""
    found, traceback = ("", 0), fault.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            found = (Path(name).name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
