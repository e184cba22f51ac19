"""The e-book, readable top to bottom: choose → photos → plan → make → write."""

from __future__ import annotations

from pathlib import Path

import jinja2
import msgspec

from candlelight import messages, resources
from candlelight.epub.book import EpubReport, Makings, write_epub
from candlelight.epub.cover import cover
from candlelight.epub.pictures import epub_photos
from candlelight.epub.planning import EpubPlan, plan_epub
from candlelight.gathering import photos_of
from candlelight.make.fonts import subset
from candlelight.plan import routes
from candlelight.problems import Problem, broken_template
from candlelight.publication import BookRequest, choose, in_order, stops
from candlelight.run.photos import Darkroom
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory


class EpubMade(msgspec.Struct, frozen=True):
    """What came of it; *book* is None if nothing was written."""

    problems: tuple[Problem, ...]
    language: str
    left_out: tuple[str, ...] = ()
    book: EpubReport | None = None


def publish_epub(
    request: BookRequest, memory: Memory, progress: Progress, printed: dict[str, int] | None = None
) -> EpubMade:
    """Write the e-book of *request*; on an error leave an old one alone. Raises OSError.

    *printed* are the pages of the printed book by story id, where it is known.
    """
    chosen = choose(request, memory, progress)
    darkroom = Darkroom(request.source, request.cache)
    recipe = chosen.lines.site.photos
    photos = tuple(photos_of(chosen.gathered.anthology))
    made, spoilt = darkroom.develop(photos, recipe, memory, progress, bool)
    words = messages.load("epub", chosen.language, request.source)
    plan = plan_epub(
        chosen.edition,
        chosen.lines,
        blocks=chosen.gathered.blocks,
        photos=epub_photos(photos, recipe, made, darkroom.folder),
        words=words,
        book_words=messages.load("book", chosen.language, request.source),
        printed=printed,
    )
    problems = in_order([*chosen.problems, *spoilt, *plan.problems])
    if chosen.whole or stops(problems, request):
        return EpubMade(problems, chosen.language, chosen.left_out)
    try:
        report = write_epub(
            plan, _makings(plan, request.source), words, request.output, request.source
        )
    except jinja2.TemplateError as broken:
        return EpubMade((*problems, _broken(broken)), chosen.language, chosen.left_out)
    return EpubMade(problems, chosen.language, chosen.left_out, report)


def _makings(plan: EpubPlan, source: Path) -> Makings:
    font = resources.find(routes.FONT, source)
    return Makings(cover(plan.cover, font), subset(font, plan.kai))


def _broken(broken: jinja2.TemplateError) -> Problem:
    line = getattr(broken, "lineno", 0) or 0
    name = getattr(broken, "name", "") or ""
    return broken_template("epub", name, line, str(broken))
