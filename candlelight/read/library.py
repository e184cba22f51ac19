"""Everything that was read, joined into one anthology."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from candlelight.model import Anthology, Photo, PhotoFacts, Site
from candlelight.problems import Place, Problem, Severity, error, notice, sort_problems
from candlelight.read.document import DocumentJob, ReadDocument, read_document
from candlelight.read.kinds import AnyDocument
from candlelight.read.photo import PhotoJob, ReadPhoto, read_photo
from candlelight.read.photo_entries import PhotoEntry
from candlelight.read.redirects import read_redirects
from candlelight.read.site import read_site
from candlelight.read.sources import SourceFile, Sources, find_sources
from candlelight.read.withheld import find_shown, find_withheld, shown_words

_FIELDS = {
    "stories": "stories",
    "teams": "teams",
    "communities": "communities",
    "people": "people",
    "pages": "pages",
}
Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


class Library(msgspec.Struct, frozen=True):
    """What reading gives: the facts, the blocks of each body by its digest, and what is wrong.

    *left_out* are the paths of documents with errors. Those that could be read at all stand in
    *anthology* too, so that a link to one is not called broken; see leave_out.
    """

    anthology: Anthology
    blocks: dict[str, tuple[str, ...]] = {}
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[str] = frozenset()


def read_library(root: Path, run: Run = map) -> Library:
    """Find and read everything under *root*; *run* maps a pure function over jobs, in order."""
    sources = find_sources(root)
    site, problems = read_site(_raw(root, sources.site))
    redirects, found = read_redirects(_raw(root, sources.redirects))
    documents = list(run(read_document, document_jobs(root, sources, site)))
    photos = run(read_photo, photo_jobs(root, sources, site))
    library = gather(site, sources, documents, photos, redirects)
    problems += [*found, *library.problems, *withheld_problems(root, sources, library)]
    return msgspec.structs.replace(
        library,
        problems=tuple(sort_problems(problems)),
        left_out=library.left_out | with_errors(problems, sources),
    )


def document_jobs(root: Path, sources: Sources, site: Site) -> Iterable[DocumentJob]:
    """One job a text, its bytes read when its turn comes."""
    beside: dict[str, list[str]] = defaultdict(list)
    for photo in sources.photos:
        beside[photo.owner].append(photo.path)
    for file in sources.documents:
        yield DocumentJob(
            path=file.path,
            kind=file.kind,
            text=(root / file.path).read_bytes(),
            folder_photos=tuple(beside[file.path]),
            time_zone=site.time_zone,
        )


def photo_jobs(root: Path, sources: Sources, site: Site) -> Iterable[PhotoJob]:
    """One job a photo."""
    for file in sources.photos:
        yield PhotoJob(str(root), file.path, site.photos.max_pixels)


def gather(
    site: Site,
    sources: Sources,
    documents: Iterable[ReadDocument],
    photos: Iterable[ReadPhoto],
    redirects: tuple[tuple[str, str], ...] = (),
) -> Library:
    """Join the facts of *photos* to *documents*; photos without consent are in neither."""
    problems = list(sources.problems)
    facts: dict[str, PhotoFacts] = {}
    for photo in photos:
        problems.extend(photo.problems)
        if photo.facts is not None:
            facts[photo.path] = photo.facts
    documents = list(documents)
    withheld = _withheld(documents, facts)
    kinds: dict[str, list[AnyDocument]] = {name: [] for name in _FIELDS}
    blocks = {}
    for read in documents:
        problems.extend(read.problems)
        if read.document is None:
            continue
        entries = [_as_agreed(entry, facts, withheld) for entry in read.photos]
        document = _with_photos(read.document, entries, facts, problems)
        kinds[read.path.split("/")[1]].append(document)
        blocks[document.body.digest] = read.blocks
    anthology = Anthology(
        site,
        redirects=redirects,
        **{name: tuple(sorted(found, key=_slug)) for name, found in kinds.items()},  # type: ignore[arg-type]
    )
    ordered = tuple(sort_problems(problems))
    return Library(anthology, blocks, ordered, with_errors(ordered, sources))


def leave_out(anthology: Anthology, paths: frozenset[str]) -> Anthology:
    """*anthology* without the documents at *paths*."""
    kept: Mapping[str, Any] = {
        name: tuple(one for one in getattr(anthology, name) if one.path not in paths)
        for name in _FIELDS
    }
    return msgspec.structs.replace(anthology, **kept)


def withheld_problems(root: Path, sources: Sources, library: Library) -> list[Problem]:
    """Errors wherever a text still names somebody who did not agree; reads texts only then."""
    people = [person for person in library.anthology.people if not person.consent]
    if not people:
        return []
    files = [*sources.documents, *filter(None, (sources.site, sources.redirects))]
    texts = ((file.path, (root / file.path).read_bytes()) for file in files)
    problems = find_withheld(people, texts)
    found = {problem.place.path for problem in problems} | {person.path for person in people}
    shown = (
        (document.path, _shown(document, library.blocks[document.body.digest]))
        for name in _FIELDS
        for document in getattr(library.anthology, name)
        if document.path not in found
    )
    return [*problems, *find_shown(people, shown)]


def _shown(document: AnyDocument, blocks: Iterable[str]) -> Iterator[str]:
    """All that a page can show of *document*: every text of its facts, and its blocks."""
    pending: list[Any] = [msgspec.to_builtins(document)]
    while pending:
        match pending.pop():
            case str(text):
                yield text
            case dict(facts):
                pending.extend(facts.values())
            case list(items) | tuple(items):
                pending.extend(items)
    for block in blocks:
        yield from shown_words(block)


def _withheld(documents: Iterable[ReadDocument], facts: Mapping[str, PhotoFacts]) -> frozenset[str]:
    """The digests of all photos that any entry withholds: a copy elsewhere is the same photo."""
    paths = [entry.path for read in documents for entry in read.photos if not entry.consent]
    return frozenset(facts[path].digest for path in paths if path in facts)


def _as_agreed(
    entry: PhotoEntry, facts: Mapping[str, PhotoFacts], withheld: frozenset[str]
) -> PhotoEntry:
    if withheld and entry.path in facts and facts[entry.path].digest in withheld:
        return msgspec.structs.replace(entry, consent=False)
    return entry


def _with_photos(
    document: AnyDocument,
    entries: Iterable[PhotoEntry],
    facts: Mapping[str, PhotoFacts],
    problems: list[Problem],
) -> AnyDocument:
    photos = []
    gone = set()
    for entry in entries:
        if not entry.consent:
            gone.add(entry.path)
            place = Place(document.path, entry.line)
            name = posixpath.basename(entry.path)
            problems.append(notice("photo-withheld", place, file=name))
        elif entry.path in facts:
            photos.append(
                Photo(
                    entry.path,
                    facts[entry.path],
                    entry.caption,
                    entry.credit,
                    entry.alt,
                    listed=entry.listed,
                )
            )
    choices = {}
    for key in ("cover", "portrait"):
        if (choice := getattr(document, key, "")) in gone:
            problems.append(
                error("cover-withheld", Place(document.path), file=posixpath.basename(choice))
            )
            choices[key] = ""
    shown = {photo.path for photo in photos}
    placed = tuple(pair for pair in document.body.placed if pair[1] in shown)
    body = msgspec.structs.replace(document.body, placed=placed)
    return msgspec.structs.replace(document, photos=tuple(photos), body=body, **choices)


def with_errors(problems: Iterable[Problem], sources: Sources) -> frozenset[str]:
    """The documents that *problems*, their own or of a file beside them, keep from being published.

    A photo that could not even be taken (a pipe, a link out of the source) has no owner but the
    text of its folder.
    """
    texts = {document.path: document.path for document in sources.documents}
    folders = {posixpath.dirname(path): path for path in texts if path.count("/") > 2}
    paths = (problem.place.path for problem in problems if problem.severity is Severity.ERROR)
    owners = (texts.get(path) or folders.get(posixpath.dirname(path)) for path in paths)
    return frozenset(owner for owner in owners if owner)


def _slug(document: AnyDocument) -> str:
    return document.slug


def _raw(root: Path, file: SourceFile | None) -> bytes | None:
    return (root / file.path).read_bytes() if file else None
