"""What may be published of an anthology: read, as it was asked for, without what has errors.

The site, the book and the EPUB begin here, and differ only in what they decide from it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from candlelight.model import Anthology, Photo
from candlelight.plan.checks import check, documents_of
from candlelight.plan.directory import Directory, resolve
from candlelight.problems import Place, Problem, Severity, notice
from candlelight.read.library import leave_out
from candlelight.read.sources import Sources
from candlelight.run.ledger import Entry
from candlelight.run.reading import Progress, read_anthology
from candlelight.run.remember import Memory

Plan = TypeVar("Plan")


class Wish(msgspec.Struct, frozen=True):
    """What is asked of the anthology at *source*; *base_url* replaces that of ``site.yaml``."""

    source: Path
    drafts: bool = False
    base_url: str = ""


class Gathered(msgspec.Struct, frozen=True):
    """*anthology* holds what has no error, *everything* all that could be read.

    *blocks* are the texts by the digest of their body; *entries* and *named* are for the ledger.
    """

    anthology: Anthology
    everything: Anthology
    blocks: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    left_out: frozenset[str]
    entries: dict[str, Entry]
    named: tuple[tuple[str, bool], ...]


def gather(
    wish: Wish,
    memory: Memory,
    progress: Progress,
    bearable: Collection[str] = (),
    sources: Sources | None = None,
) -> Gathered:
    """Read everything; errors with a code among *bearable* leave nothing out.

    *sources* are the files of the anthology, where somebody has looked for them already.
    """
    reading = read_anthology(wish.source, memory, progress, sources)
    library = reading.library
    anthology, problems = _as_wished(library.anthology, wish)
    problems += library.problems
    left_out = library.left_out
    if bearable:
        # What reading left out includes the documents of these errors too.
        left_out = faulty(library.anthology, (one for one in problems if one.code not in bearable))
        unread = {path for path in library.left_out if not _is_read(library.anthology, path)}
        left_out |= unread
    return Gathered(
        leave_out(anthology, left_out),
        library.anthology,
        library.blocks,
        tuple(problems),
        left_out,
        reading.entries,
        reading.named,
    )


def settle(
    gathered: Gathered,
    problems: Iterable[Problem],
    decide: Callable[[Directory], tuple[Plan, Iterable[Problem]]],
) -> tuple[Plan, list[Problem]]:
    """What *decide* makes of all that has no error; each round leaves out what the last one found.

    *problems* are those known so far; the new ones are returned.
    """
    anthology = gathered.anthology
    found: list[Problem] = []
    wrong = faulty(anthology, problems)
    while True:
        anthology = leave_out(anthology, wrong)
        directory = resolve(anthology)
        plan, more = decide(directory)
        new = [*check(directory, gathered.everything), *more]
        found += new
        wrong = faulty(anthology, new)
        if not wrong:
            return plan, found


def faulty(anthology: Anthology, problems: Iterable[Problem]) -> frozenset[str]:
    """The paths of documents with errors, their own or of a photo of theirs."""
    wrong = {problem.place.path for problem in problems if problem.severity is Severity.ERROR}
    return frozenset(
        document.path
        for _, document in documents_of(anthology)
        if document.path in wrong or any(photo.path in wrong for photo in document.photos)
    )


def concerns_all(everything: Anthology, problems: Iterable[Problem]) -> bool:
    """Whether an error lies in what is no document, or hides who did not agree to be named."""
    wrong = {problem.place.path for problem in problems if problem.severity is Severity.ERROR}
    if not wrong.isdisjoint({"site.yaml", "content/redirects.yaml"}):
        return True
    # A file that was read, or the folder of one: the photos in it may be wrong.
    read = tuple(person.path.removesuffix("index.md") for person in everything.people)
    return any(path.startswith("content/people/") and not path.startswith(read) for path in wrong)


def photos_of(anthology: Anthology) -> Iterator[Photo]:
    """Every photo of *anthology*, document by document."""
    for _, document in documents_of(anthology):
        yield from document.photos


def _as_wished(anthology: Anthology, wish: Wish) -> tuple[Anthology, list[Problem]]:
    """Apply ``--base-url``, and leave drafts out unless ``--drafts`` wants them."""
    if wish.base_url:
        site = msgspec.structs.replace(anthology.site, base_url=wish.base_url)
        anthology = msgspec.structs.replace(anthology, site=site)
    if wish.drafts:
        return anthology, []
    drafts = [document for _, document in documents_of(anthology) if document.draft]
    left_out = leave_out(anthology, frozenset(document.path for document in drafts))
    notices = [notice("draft-left-out", Place(one.path), title=one.title) for one in drafts]
    return left_out, notices


def _is_read(anthology: Anthology, path: str) -> bool:
    return any(document.path == path for _, document in documents_of(anthology))
