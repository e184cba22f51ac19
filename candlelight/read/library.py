"""Everything that was read, joined into one anthology."""

from __future__ import annotations

import operator
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from candlelight.model import Anthology, LostPhoto, Photo, PhotoFacts, Site
from candlelight.problems import Place, Problem, Severity, error, notice
from candlelight.read.jobs import AnyDocument, PhotoEntry, ReadDocument
from candlelight.read.photo import ReadPhoto
from candlelight.read.sources import Sources

_FIELDS = ("stories", "teams", "communities", "people", "pages")
"""The folders of ``content/``, and the fields of an anthology that hold what is in them."""
_slug = operator.attrgetter("slug")


class Library(msgspec.Struct, frozen=True):
    """What reading gives: the facts, the blocks of each body by its digest, and what is wrong.

    *left_out* are the paths of documents with errors. Those that could be read at all stand in
    *anthology* too, so that a link to one is not called broken; see leave_out.
    """

    anthology: Anthology
    blocks: Mapping[str, tuple[str, ...]] = {}
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[str] = frozenset()


def gather(
    site: Site,
    sources: Sources,
    documents: Iterable[ReadDocument],
    photos: Iterable[ReadPhoto],
    redirects: tuple[tuple[str, str], ...] = (),
    blocks: Mapping[str, tuple[str, ...]] | None = None,
) -> Library:
    """Join the facts of *photos* to *documents*; photos without consent are in neither.

    *blocks* are those of all *documents*, where they do not carry them themselves.
    """
    problems = list(sources.problems)
    facts: dict[str, PhotoFacts] = {}
    for photo in photos:
        problems.extend(photo.problems)
        if photo.facts is not None:
            facts[photo.path] = photo.facts
    documents = list(documents)
    withheld = _withheld(documents, facts)
    kinds: dict[str, list[AnyDocument]] = {name: [] for name in _FIELDS}
    own = {}
    for read in documents:
        problems.extend(read.problems)
        if read.document is None:
            continue
        document = read.document
        if read.photos:
            entries = [_as_agreed(entry, facts, withheld) for entry in read.photos]
            document = _with_photos(document, entries, facts, problems)
        kinds[read.path.split("/")[1]].append(document)
        own[document.body.digest] = read.blocks
    anthology = Anthology(
        site,
        redirects=redirects,
        **{name: tuple(sorted(found, key=_slug)) for name, found in kinds.items()},  # type: ignore[arg-type]
    )
    texts = own if blocks is None else blocks
    return Library(anthology, texts, tuple(problems), with_errors(problems, sources))


def leave_out(anthology: Anthology, paths: frozenset[str]) -> Anthology:
    """*anthology* without the documents at *paths*."""
    if not paths:
        return anthology
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
    # Late: hardly any anthology has somebody who did not agree.
    from candlelight.read.withheld import find_shown, find_withheld

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
    from candlelight.read.withheld import shown_words

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
    photos: list[Photo] = []
    lost = []
    gone = set()
    for entry in entries:
        if not entry.consent and entry.path:
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
        elif entry.consent:
            name = entry.missing or posixpath.basename(entry.path)
            lost.append(LostPhoto(len(photos), name, entry.caption, entry.credit))
    choices = {}
    for key in ("cover", "portrait"):
        if (choice := getattr(document, key, "")) in gone:
            problems.append(
                error("cover-withheld", Place(document.path), file=posixpath.basename(choice))
            )
            choices[key] = ""
    body = document.body
    if body.placed:
        shown = {photo.path for photo in photos}
        placed = tuple(pair for pair in body.placed if pair[1] in shown)
        body = msgspec.structs.replace(body, placed=placed)
    return msgspec.structs.replace(
        document, photos=tuple(photos), lost=tuple(lost), body=body, **choices
    )


def with_errors(problems: Iterable[Problem], sources: Sources) -> frozenset[str]:
    """The documents that *problems*, their own or of a file beside them, keep from being published.

    A photo that could not even be taken (a pipe, a link out of the source) has no owner but the
    text of its folder.
    """
    wrong = {problem.place.path for problem in problems if problem.severity is Severity.ERROR}
    if not wrong:
        return frozenset()
    texts = {document.path for document in sources.documents}
    folders = {posixpath.dirname(path): path for path in texts if path.count("/") > 2}
    owners = (path if path in texts else folders.get(posixpath.dirname(path)) for path in wrong)
    return frozenset(owner for owner in owners if owner)
