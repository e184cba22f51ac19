"""The build, readable top to bottom: read → check → plan → make → publish.

All or nothing: with an error in any document nothing is published and the old site stays whole.
With *keep_going* the documents that have errors are left out, by name, and the rest is published.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from candlelight import messages, resources
from candlelight.make.pages import Theme
from candlelight.make.products import Workshop, all_products, filled, make_file
from candlelight.make.renditions import Renditions, make_renditions
from candlelight.make.theme import BrokenTemplate, assets, template_digests
from candlelight.model import Anthology
from candlelight.plan import routes
from candlelight.plan.checks import check, documents_of
from candlelight.plan.directory import resolve
from candlelight.plan.pictures import RenditionJob, rendition_job
from candlelight.plan.site import SitePlan, plan_site
from candlelight.problems import Place, Problem, Severity, error, has_errors, notice, sort_problems
from candlelight.read.library import leave_out
from candlelight.run.output import Change, Made, Output, Published
from candlelight.run.reading import Progress, read_anthology
from candlelight.run.remember import Memory
from candlelight.run.version import code_version


class Request(msgspec.Struct, frozen=True):
    """What to build. *base_url* replaces the one in ``site.yaml``; *cache* holds renditions."""

    source: Path
    output: Path
    cache: Path
    keep_going: bool = False
    drafts: bool = False
    base_url: str = ""


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
    """What can be published: the plan of it, its texts, and the renditions of its photos by key."""

    plan: SitePlan
    blocks: dict[str, tuple[str, ...]]
    renditions: dict[str, Renditions]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    language: str


def build(request: Request, memory: Memory, progress: Progress) -> Report:
    """Build the site of *request*; on any error leave the published site alone.

    Raises RefusedOutput, Busy, and OSError for a machine that cannot go on.
    """
    output = Output(request.output)
    with output.locked(request.source):
        sound = prepare(request, memory, progress)
        if has_errors(sound.problems) and not request.keep_going:
            return _report(sound, memory)
        before = output.published(_as_last_seen(memory, output))
        made, faults = _make(sound, before, request, memory, progress)
        if faults:
            return _report(sound, memory, faults)
        progress("publish", len(made))
        change = output.publish(made, before)
        _remember(memory, output)
        return _report(sound, memory, (), change)


def prepare(request: Request, memory: Memory, progress: Progress) -> Sound:
    """Read and check everything, make the photos, and plan what has no error."""
    library = read_anthology(request.source, memory, progress)
    anthology, problems = _as_requested(library.anthology, request)
    problems += library.problems
    anthology = leave_out(anthology, library.left_out)
    renditions = _renditions(anthology, request, memory, progress)
    problems += [problem for one in renditions.values() for problem in one.problems]
    plan, more = _plan(anthology, problems, request)
    problems += more
    left_out = library.left_out | _faulty(library.anthology, problems)
    return Sound(
        plan,
        library.blocks,
        renditions,
        tuple(sort_problems(problems)),
        tuple(sorted(left_out)),
        anthology.site.language,
    )


def _as_requested(anthology: Anthology, request: Request) -> tuple[Anthology, list[Problem]]:
    """Apply ``--base-url``, and leave drafts out unless ``--drafts`` wants them."""
    if request.base_url:
        site = msgspec.structs.replace(anthology.site, base_url=request.base_url)
        anthology = msgspec.structs.replace(anthology, site=site)
    if request.drafts:
        return anthology, []
    drafts = [document for _, document in documents_of(anthology) if document.draft]
    left_out = leave_out(anthology, frozenset(document.path for document in drafts))
    notices = [notice("draft-left-out", Place(one.path), title=one.title) for one in drafts]
    return left_out, notices


def _plan(
    anthology: Anthology, problems: Iterable[Problem], request: Request
) -> tuple[SitePlan, list[Problem]]:
    """Plan what has no error; each round leaves out what the last one found, until none is left."""
    phrases = messages.load("phrases", anthology.site.language, request.source)
    found: list[Problem] = []
    faulty = _faulty(anthology, problems)
    while True:
        anthology = leave_out(anthology, faulty)
        directory = resolve(anthology)
        plan = plan_site(directory, phrases)
        new = [*check(directory), *plan.problems]
        found += new
        faulty = _faulty(anthology, new)
        if not faulty:
            return plan, found


def _faulty(anthology: Anthology, problems: Iterable[Problem]) -> frozenset[str]:
    """The paths of documents with errors, their own or of a photo of theirs."""
    wrong = {problem.place.path for problem in problems if problem.severity is Severity.ERROR}
    return frozenset(
        document.path
        for _, document in documents_of(anthology)
        if document.path in wrong or any(photo.path in wrong for photo in document.photos)
    )


def _renditions(
    anthology: Anthology, request: Request, memory: Memory, progress: Progress
) -> dict[str, Renditions]:
    """Make the renditions that the cache folder lacks; the results of all, by key."""
    folder = request.cache / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    jobs: dict[str, RenditionJob] = {}
    for _, document in documents_of(anthology):
        for photo in document.photos:
            job = rendition_job(photo, anthology.site.photos, str(request.source), str(folder))
            jobs.setdefault(job.key, job)

    def stand(made: Renditions) -> bool:
        return bool(made.files) and all(
            (folder / name).is_file() and (folder / name).stat().st_size == size
            for name, size in made.files
        )

    return memory.results(
        "renditions",
        make_renditions,
        jobs,
        Renditions,
        prepare=lambda job: job,
        batch=1,
        alone=1,
        valid=stand,
        keep=stand,
        progress=progress("photos", len(jobs)),
    )


def _make(
    sound: Sound,
    before: Mapping[str, Published],
    request: Request,
    memory: Memory,
    progress: Progress,
) -> tuple[dict[str, Made], list[Problem]]:
    """Make every file that does not stand published under its fingerprint."""
    try:
        workshop, theme_files = _workshop(sound, request.source)
    except BrokenTemplate as broken:
        return {}, [_template_problem(broken.name, broken.line, broken.reason)]
    products = all_products(sound.plan, workshop, theme_files)
    stale = [
        product
        for product in products
        if product.path not in before or before[product.path].fingerprint != product.fingerprint
    ]
    placeholders = {key: one.placeholder for key, one in sound.renditions.items()}
    jobs = [filled(product, sound.blocks, placeholders) for product in stale]
    advance = progress("pages", len(jobs))
    work = functools.partial(make_file, workshop.theme)
    files = list(memory.workers.map(work, jobs, batch=16, alone=24, done=advance))
    memory.done["products"] = len(files)
    faults = [
        _template_problem(file.template, file.line, file.failure) for file in files if file.failure
    ]
    made = {product.path: Made(product.fingerprint) for product in products}
    for product, file in zip(stale, files, strict=True):
        made[file.path] = Made(product.fingerprint, content=file.content)
    return made | _published_photos(sound, before, request), faults


def _workshop(sound: Sound, source: Path) -> tuple[Workshop, dict[str, tuple[str, bytes]]]:
    words = messages.words_file("words", sound.language, source)
    theme_files = assets(source)
    font = resources.find(routes.FONT, source)
    theme = Theme(
        site=sound.plan.site,
        folders=tuple(str(folder) for folder in resources.folders("templates/site", source)),
        words=str(words),
        assets={name: address for name, (address, _) in theme_files.items()},
    )
    digest = hashlib.sha256(font.read_bytes()).hexdigest()
    templates = template_digests(source, words)
    return Workshop(theme, templates, code_version(), str(font), digest), theme_files


def _published_photos(
    sound: Sound, before: Mapping[str, Published], request: Request
) -> dict[str, Made]:
    """The renditions that pages show, linked from the cache where they do not stand already."""
    made = {}
    for key in sorted({photo.key for photo in sound.plan.pictures}):
        for name, _ in sound.renditions[key].files:
            path = routes.photo_file(name)
            stands = path in before and before[path].fingerprint == name
            source = None if stands else str(request.cache / "photos" / name)
            made[path] = Made(name, path=source)
    return made


def _template_problem(name: str, line: int, reason: str) -> Problem:
    place = Place(f"templates/site/{name}", line)
    return error("template-broken", place, template=name, line=line, reason=reason)


def _as_last_seen(memory: Memory, output: Output) -> dict[str, tuple[int, int, str]]:
    return memory.cache.get("output", [str(output.folder)], dict[str, tuple[int, int, str]]).get(
        str(output.folder), {}
    )


def _remember(memory: Memory, output: Output) -> None:
    """Keep size and time of what was published, so that the next build need not read it."""
    entries = output.entries()
    seen = output.sizes_and_times(entries)
    known = {path: (*seen[path], entry.digest) for path, entry in entries.items()}
    memory.cache.put("output", {str(output.folder): known})


def _report(
    sound: Sound,
    memory: Memory,
    faults: Iterable[Problem] = (),
    change: Change | None = None,
) -> Report:
    problems = tuple(sort_problems([*sound.problems, *faults]))
    return Report(problems, sound.language, change, sound.left_out, dict(memory.done))
