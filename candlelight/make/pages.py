"""A view and its template become a page: HTML as UTF-8 bytes.

A process keeps the templates of the theme that it rendered last: they do not pickle.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from candlelight.plan import routes
from candlelight.plan.views import AnyView, SiteView

if TYPE_CHECKING:
    from candlelight.make.rendering import Renderer

_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression in a template can raise, besides what Jinja2 itself does."""


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


class PageJob(msgspec.Struct, frozen=True, tag="page"):
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

    path, renderer = routes.output_file(job.view.address), _renderer(theme)
    try:
        html = renderer.render(job)
    except jinja2.TemplateSyntaxError as fault:
        reason = str(fault.message)
        return File(path, failure=reason, template=fault.name or "", line=fault.lineno)
    except (jinja2.TemplateError, *_FAULTS) as fault:
        name, line = _where(fault)
        reason = f"{type(fault).__name__}: {fault}"
        return File(path, failure=reason, template=name, line=line)
    return File(path, html.encode())


_at_hand: dict[str, tuple[Theme, Renderer]] = {}


def _renderer(theme: Theme) -> Renderer:
    """The renderer of *theme*, made anew where a process meets another theme than before."""
    from candlelight.make.rendering import Renderer

    known, renderer = _at_hand.get("last", (None, None))
    if renderer is None or (known is not theme and known != theme):
        renderer = Renderer(theme)
    _at_hand["last"] = (theme, renderer)
    return renderer


def _where(fault: BaseException) -> tuple[str, int]:
    """The innermost template line of a traceback."""
    found, traceback = ("", 0), fault.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            found = (Path(name).name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
