"""The build, readable top to bottom: read → check → plan → make → publish.

All or nothing: with an error in any document nothing is published and the old site stays whole.
With *keep_going* the documents that have errors are left out, by name, and the rest is published.
"""

from __future__ import annotations

import functools
import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from candlelight import messages, resources
from candlelight.gathering import Wish, concerns_all, faulty, gather, photos_of, settle
from candlelight.make.pages import Theme
from candlelight.make.products import Product, Workshop, all_products, filled, make_file
from candlelight.make.renditions import Renditions
from candlelight.make.theme import BrokenTemplate, assets, template_digests
from candlelight.plan import routes
from candlelight.plan.directory import Directory
from candlelight.plan.site import SitePlan, offering, plan_site
from candlelight.printroom import PrintRoom
from candlelight.problems import (
    Problem,
    broken_template,
    each_once,
    has_errors,
    sort_problems,
)
from candlelight.run import why
from candlelight.run.glyphs import glyph_notices
from candlelight.run.output import Change, Made, Output, Published, Seen
from candlelight.run.photos import Darkroom
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory
from candlelight.run.version import code_version


class Request(msgspec.Struct, frozen=True):
    """What to build. *base_url* replaces the one in ``site.yaml``; *cache* holds renditions.

    With *with_book* the book and the e-book are made too, and offered on the home page.
    """

    source: Path
    output: Path
    cache: Path
    keep_going: bool = False
    drafts: bool = False
    base_url: str = ""
    with_book: bool = False


class Report(msgspec.Struct, frozen=True):
    """What came of a build; *change* is None if nothing was published.

    *left_out* are the paths of documents with errors, *made* counts what was really done by kind.
    """

    problems: tuple[Problem, ...]
    language: str
    change: Change | None = None
    left_out: tuple[str, ...] = ()
    made: dict[str, int] = {}


class Sound(msgspec.Struct, frozen=True):
    """What can be published: the plan of it, its texts, and the renditions of its photos by key.

    *whole* tells of an error that leaving documents out cannot mend.
    """

    plan: SitePlan
    blocks: dict[str, tuple[str, ...]]
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
        sound = prepare(request, memory, progress)
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
        before = output.published(_as_last_seen(memory, output))
        stale = [one for one in products if not _stands(one, before)]
        fresh, faults = _make(sound, workshop, stale, memory, progress)
        if faults:
            return _report(sound, memory, faults)
        made = {one.path: Made(one.fingerprint) for one in products}
        made |= fresh | books | _published_photos(sound, before, request)
        progress("publish", len(made))
        change = output.publish(made, before)
        _remember(memory, output)
        if stale:
            shared = why.shared_by(workshop, request.source)
            why.remember(memory.cache, request.output, shared, stale, made)
        return _report(sound, memory, (), change)


def prepare(request: Request, memory: Memory, progress: Progress) -> Sound:
    """Read and check everything, make the photos, and plan what has no error."""
    gathered = gather(_wish(request), memory, progress)
    anthology, everything = gathered.anthology, gathered.everything
    problems = list(gathered.problems)
    darkroom = Darkroom(request.source, request.cache)
    recipe = anthology.site.photos
    renditions, spoilt = darkroom.develop(photos_of(anthology), recipe, memory, progress)
    darkroom.forget_others(photos_of(everything), recipe, memory)
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
        gathered.blocks,
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
    workshop, theme_files = _workshop(sound, source)
    return workshop, all_products(sound.plan, workshop, theme_files)


def _stands(product: Product, before: Mapping[str, Published]) -> bool:
    return product.path in before and before[product.path].fingerprint == product.fingerprint


def _make(
    sound: Sound,
    workshop: Workshop,
    stale: Sequence[Product],
    memory: Memory,
    progress: Progress,
) -> tuple[dict[str, Made], list[Problem]]:
    """Make the *stale* files; a fault in a template is a problem."""
    placeholders = {key: one.placeholder for key, one in sound.renditions.items()}
    jobs = [filled(product, sound.blocks, placeholders) for product in stale]
    advance = progress("pages", len(jobs))
    work = functools.partial(make_file, workshop.theme)
    files = list(memory.workers.map(work, jobs, batch=16, alone=24, done=advance))
    memory.done["products"] = len(files)
    faults = [
        broken_template("site", file.template, file.line, file.failure)
        for file in files
        if file.failure
    ]
    pairs = zip(stale, files, strict=True)
    return {one.path: Made(one.fingerprint, content=file.content) for one, file in pairs}, faults


def _workshop(sound: Sound, source: Path) -> tuple[Workshop, dict[str, tuple[str, bytes]]]:
    words = messages.words_files("words", sound.language, source)
    theme_files = assets(source)
    font = resources.find(routes.FONT, source)
    templates = template_digests(source, words)
    theme = Theme(
        site=sound.plan.site,
        folders=tuple(str(folder) for folder in resources.folders("templates/site", source)),
        words=tuple(map(str, words)),
        assets={name: address for name, (address, _) in theme_files.items()},
        edition=hashlib.sha256("".join(sorted(templates.values())).encode()).hexdigest(),
    )
    digest = hashlib.sha256(font.read_bytes()).hexdigest()
    return Workshop(theme, templates, code_version(), str(font), digest), theme_files


def _published_photos(
    sound: Sound, before: Mapping[str, Published], request: Request
) -> dict[str, Made]:
    """The renditions that pages show, copied from the cache where they do not stand already."""
    darkroom = Darkroom(request.source, request.cache)
    made = {}
    for key in sorted({photo.key for photo in sound.plan.pictures}):
        for name, _ in sound.renditions[key].files:
            path = routes.photo_file(name)
            stands = path in before and before[path].fingerprint == name
            source = None if stands else darkroom.file(name)
            made[path] = Made(name, path=source)
    return made


def _as_last_seen(memory: Memory, output: Output) -> dict[str, Seen]:
    folder = str(output.folder)
    return memory.cache.lasting().get("output", [folder], dict[str, Seen]).get(folder, {})


def _remember(memory: Memory, output: Output) -> None:
    """Keep how everything published looks now, so that the next build need not read it."""
    memory.cache.lasting().put("output", {str(output.folder): output.seen()})


def _report(
    sound: Sound,
    memory: Memory,
    faults: Iterable[Problem] = (),
    change: Change | None = None,
) -> Report:
    problems = tuple(sort_problems([*sound.problems, *faults]))
    return Report(problems, sound.language, change, sound.left_out, dict(memory.done))
