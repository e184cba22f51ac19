"""The build, readable top to bottom: read → check → plan → make → publish.

All or nothing: with an error in any document nothing is published and the old site stays whole.
With *keep_going* the documents that have errors are left out, by name, and the rest is published.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from candlelight import messages, resources
from candlelight.building import Report, Request
from candlelight.gathering import (
    Gathered,
    Wish,
    concerns_all,
    faulty,
    gather,
    photos_of,
    settle,
)
from candlelight.make.products import Product, Workshop, all_products
from candlelight.make.renditions import Renditions
from candlelight.make.theme import BrokenTemplate
from candlelight.making import Stock, make, open_workshop, photo_stands, published_photos, stands
from candlelight.plan import routes
from candlelight.plan.directory import Directory
from candlelight.plan.site import SitePlan, offering, plan_site
from candlelight.problems import (
    Problem,
    broken_template,
    each_once,
    has_errors,
    sort_problems,
)
from candlelight.read.sources import Sources
from candlelight.retelling import Found, Retold, Standing, around, following, note, retell
from candlelight.run import listed, seen, why
from candlelight.run.glyphs import glyph_notices
from candlelight.run.output import Change, Made, Output, Published
from candlelight.run.photos import Darkroom
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

__all__ = ["Report", "Request", "Sound", "build", "plan_products", "prepare"]


class Sound(msgspec.Struct, frozen=True):
    """What can be published: the plan of it, and the renditions of its photos by key.

    *whole* tells of an error that leaving documents out cannot mend.
    """

    plan: SitePlan
    gathered: Gathered
    renditions: dict[str, Renditions]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    language: str
    whole: bool


def build(
    request: Request,
    memory: Memory,
    progress: Progress,
    leaving: Callable[[tuple[str, ...]], object] | None = None,
) -> Report:
    """Build the site of *request*; on any error leave the published site alone.

    *leaving* is told which documents have errors while their old pages still stand.

    Raises RefusedOutput, Busy, and OSError for a machine that cannot go on.
    """
    output = Output(request.output)
    with output.locked(request.source):
        sources = listed.look(request.source, memory.cache)
        # Before anything is read: what is edited from here on is for the next build.
        surroundings = around(request, sources)
        before = output.published(seen.load(memory.cache, output.folder))
        found = Found(sources, surroundings, before)
        again = retell(request, found, memory, progress, output.staging)
        if again is not None:
            return _publish_again(again, request, output, before, memory, leaving)
        output.refuse_strangers()
        sound = prepare(request, memory, progress, sources, before)
        sound, books = _with_books(sound, request, memory, progress)
        if sound.whole or (not request.keep_going and has_errors(sound.problems)):
            return _report(sound, memory)
        if leaving:
            leaving(sound.left_out)
        try:
            workshop, products = plan_products(sound, request.source)
        except BrokenTemplate as broken:
            fault = broken_template("site", broken.name, broken.line, broken.reason)
            return _report(sound, memory, [fault])
        stale = [one for one in products if not stands(one, before)]
        photos = sound.renditions
        placeholders = {key: one.placeholder for key, one in photos.items()}
        stock = Stock(sound.gathered.blocks, placeholders)
        fresh, faults = make(workshop, stale, stock, memory, progress, output.staging)
        if faults:
            return _report(sound, memory, faults)
        darkroom = Darkroom(request.source, request.cache)
        made = {one.path: Made(one.fingerprint) for one in products}
        made |= fresh | books | published_photos(sound.plan.pictures, photos, before, darkroom)
        progress("publish", len(made))
        change = _publish(made, output, before, request, memory)
        if stale:
            shared = why.shared_by(workshop, request.source)
            why.remember(memory.cache, request.output, shared, stale, made)
        _note(sound, request, surroundings, stale, len(made), memory)
        return _report(sound, memory, (), change)


def _publish_again(
    again: Retold,
    request: Request,
    output: Output,
    before: Mapping[str, Published],
    memory: Memory,
    leaving: Callable[[tuple[str, ...]], object] | None,
) -> Report:
    """Publish the pages that were made *again*, none if nothing has changed."""
    last = again.ledger
    if again.faults:
        return Report((*last.problems, *again.faults), last.language, None, last.left_out)
    if leaving:
        leaving(last.left_out)
    change = Change((), tuple(before), (), "")
    if again.made:
        made = {path: Made(one.fingerprint) for path, one in before.items()}
        change = _publish(made | again.made, output, before, request, memory)
    else:
        seen.keep(memory.cache, output.folder, output.seen())
    following(again, request, memory)
    return Report(last.problems, last.language, change, last.left_out, dict(memory.done))


def _publish(
    made: Mapping[str, Made],
    output: Output,
    before: Mapping[str, Published],
    request: Request,
    memory: Memory,
) -> Change:
    change = output.publish(made, before, durable=not request.preview, takedown=request.preview)
    seen.keep(memory.cache, output.folder, output.seen())
    return change


def _note(
    sound: Sound,
    request: Request,
    surroundings: str,
    stale: Iterable[Product],
    files: int,
    memory: Memory,
) -> None:
    """Leave the next build word of what this one saw (`retelling.py`)."""
    report = _report(sound, memory)
    standing = Standing(report, sound.gathered, sound.plan, files)
    note(standing, request, surroundings, {one.path for one in stale}, memory)


def prepare(
    request: Request,
    memory: Memory,
    progress: Progress,
    sources: Sources | None = None,
    before: Mapping[str, Published] | None = None,
) -> Sound:
    """Read and check everything, make the photos, and plan what has no error.

    *sources* are the files of the anthology, where somebody has looked for them already; *before*
    is what stands published, if the photos that do not stand are to be taken next.
    """
    gathered = gather(_wish(request), memory, progress, sources=sources)
    anthology, everything = gathered.anthology, gathered.everything
    problems = list(gathered.problems)
    darkroom = Darkroom(request.source, request.cache)
    recipe = anthology.site.photos

    def taken(name: str) -> bool:
        return before is not None and not photo_stands(name, before)

    renditions, spoilt = darkroom.develop(photos_of(anthology), recipe, memory, progress, taken)
    darkroom.forget_others(photos_of(everything), recipe, memory)
    # Late: a site of texts alone, or one that stands, needs nothing of the book.
    from candlelight.printroom import PrintRoom

    PrintRoom(request.source, request.cache).forget_others(photos_of(everything))
    if not request.with_book:
        shutil.rmtree(request.cache / routes.DOWNLOADS, ignore_errors=True)
    problems += spoilt
    plan, more = settle(gathered, problems, _planner(anthology.site.language, request.source))
    problems += more
    problems += glyph_notices(plan.characters, resources.find(routes.FONT, request.source), memory)
    left_out = gathered.left_out | faulty(everything, problems)
    return Sound(
        plan,
        gathered,
        renditions,
        tuple(sort_problems(problems)),
        tuple(sorted(left_out)),
        anthology.site.language,
        concerns_all(everything, problems),
    )


def _with_books(
    sound: Sound, request: Request, memory: Memory, progress: Progress
) -> tuple[Sound, dict[str, Made]]:
    """*sound* with the books that were asked for on its home page, and their files."""
    if not request.with_book or sound.whole:
        return sound, {}
    if has_errors(sound.problems) and not request.keep_going:
        return sound, {}
    # Late: a site alone needs none of the packages that typeset.
    from candlelight.downloads import make_downloads
    from candlelight.publication import BookRequest

    wanted = BookRequest(
        source=request.source,
        cache=request.cache,
        output=request.output,
        keep_going=request.keep_going,
        drafts=request.drafts,
        base_url=request.base_url,
    )
    phrases = messages.load("phrases", sound.language, request.source)
    books = make_downloads(wanted, phrases, memory, progress)
    problems = sort_problems(each_once([*sound.problems, *books.problems]))
    plan = offering(sound.plan, books.offered)
    sound = msgspec.structs.replace(sound, plan=plan, problems=tuple(problems))
    return sound, books.files


def _wish(request: Request) -> Wish:
    return Wish(request.source, request.drafts, request.base_url)


def _planner(
    language: str, source: Path
) -> Callable[[Directory], tuple[SitePlan, tuple[Problem, ...]]]:
    phrases = messages.load("phrases", language, source)
    spoken = messages.characters("words", language, source)

    def planned(directory: Directory) -> tuple[SitePlan, tuple[Problem, ...]]:
        plan = plan_site(directory, phrases, spoken)
        return plan, plan.problems

    return planned


def plan_products(sound: Sound, source: Path) -> tuple[Workshop, list[Product]]:
    """Every file of the site but the photos, none made yet. Raises BrokenTemplate."""
    workshop, theme_files = open_workshop(sound.plan.site, sound.language, source)
    return workshop, all_products(sound.plan, workshop, theme_files)


def _report(
    sound: Sound,
    memory: Memory,
    faults: Iterable[Problem] = (),
    change: Change | None = None,
) -> Report:
    problems = tuple(sort_problems([*sound.problems, *faults]))
    return Report(problems, sound.language, change, sound.left_out, dict(memory.done))
