"""The texts of the anthology itself, and the page for an address that leads nowhere."""

from __future__ import annotations

from candlelight.model import Page
from candlelight.plan import routes
from candlelight.plan.lines import Lines, direction
from candlelight.plan.rows import hang
from candlelight.plan.views import AnyView, NotFoundView, PageView


def text_views(lines: Lines) -> list[AnyView]:
    """Preface, about, afterword and whatever else stands in ``pages/``; and the dark window."""
    return [
        *(_page(lines, page) for page in lines.directory.anthology.pages),
        NotFoundView(**lines.head(routes.NOT_FOUND, lines.say("not-found"), "")),
    ]


def _page(lines: Lines, page: Page) -> PageView:
    return PageView(
        address=routes.page(page.slug),
        title=page.title,
        description=page.summary or page.body.excerpt,
        section=page.slug,
        lang=lines.foreign(page.lang),
        direction=direction(page.lang),
        card=routes.card(""),
        draft=page.draft,
        source_path=page.path,
        body=page.body.digest,
        epigraph=page.epigraph,
        rows=hang(lines.pictures(page)),
    )
