"""One text file -> one document with its blocks: a pure function that any worker can run."""

from __future__ import annotations

import hashlib
import posixpath
import unicodedata

import msgspec

from candlelight.model import Body, Link, Mention
from candlelight.problems import Place, Problem, error, has_errors, notice, warning
from candlelight.read import keys, plain_body, plain_front
from candlelight.read.blocks import Sight, Typeset, typeset
from candlelight.read.encoding import decode
from candlelight.read.fences import Parts, split
from candlelight.read.form import Form
from candlelight.read.jobs import DocumentJob, PhotoEntry, ReadDocument
from candlelight.read.kinds import Common, read_kind
from candlelight.read.nodes import Entries, Unreadable
from candlelight.read.photo_entries import Folder
from candlelight.read.photo_entries import read_entries as read_photo_entries
from candlelight.read.prose import excerpt

_LONGEST_TITLE = 500
"""Characters: a title stands in every list, and on a card."""


def read_document(job: DocumentJob) -> ReadDocument:
    """Read *job*; whatever is wrong with it is among the problems, never an exception."""
    text, problems = decode(job.text, job.path)
    if has_errors(problems):
        return ReadDocument(job.path, None, problems=tuple(problems))
    parts = split(text, job.path, keys.KINDS[job.kind])
    problems.extend(parts.problems)
    if not parts.front and not parts.title and parts.problems:
        return ReadDocument(job.path, None, problems=tuple(problems))
    try:
        entries, found = _entries(parts.front, Place(job.path, parts.front_line, 1), job.kind)
    except Unreadable as unreadable:
        return ReadDocument(job.path, None, problems=(*problems, unreadable.problem))
    form = Form(entries, job.time_zone, problems + found)
    return _read(job, parts, form)


def slug_of(path: str) -> str:
    """``x`` for ``content/stories/x/index.md`` and for ``content/stories/x.md``; NFC."""
    folder, name = posixpath.split(path)
    stem = posixpath.basename(folder) if name.lower() == "index.md" else name[: name.rfind(".")]
    return unicodedata.normalize("NFC", stem)


def _read(job: DocumentJob, parts: Parts, form: Form) -> ReadDocument:
    title = form.mention("title") or _headline(parts)
    if title is None:
        form.extra(keys.KINDS[job.kind])  # A slip in its key may be why there is none.
        form.problems.append(error("title-missing", Place(job.path, parts.front_line, 1)))
        return ReadDocument(job.path, None, problems=tuple(form.problems))
    if len(title.text) > _LONGEST_TITLE:
        place = Place(job.path, title.line, title.column)
        given = {"characters": f"{len(title.text):,}", "limit": _LONGEST_TITLE}
        form.problems.append(error("title-too-long", place, **given))
        return ReadDocument(job.path, None, problems=tuple(form.problems))
    folder = Folder(job.folder_photos)
    listed = read_photo_entries(form, folder)
    document = read_kind(job.kind, form, Common(job.path, slug_of(job.path), title))
    set_, placed, photos = _body(parts, title.text, form, folder, listed)
    body = Body(
        digest=digest_of(set_.blocks),
        excerpt=excerpt(set_.prose),
        lengths=tuple(len(text) for text in set_.texts),
        placed=placed,
        links=_links(set_, parts),
        headings="\n".join(set_.headings),
    )
    choices = {
        key: _choice(form, key, folder) for key in ("cover", "portrait") if hasattr(document, key)
    }
    document = msgspec.structs.replace(document, body=body, **choices)
    return ReadDocument(job.path, document, photos, tuple(set_.blocks), tuple(form.problems))


def digest_of(blocks: list[str] | tuple[str, ...]) -> str:
    """The name under which the blocks of a body travel: SHA-256, in hexadecimal digits."""
    return hashlib.sha256("\0".join(blocks).encode()).hexdigest()


def _entries(front: str, place: Place, kind: str) -> tuple[Entries, list[Problem]]:
    plain = plain_front.read_entries(front, place, keys.KINDS[kind])
    if plain is not None:
        return plain, []
    # Late: YAML takes longer to come than a plain text to be read.
    from candlelight.read.frontmatter import read_entries

    return read_entries(front, place, keys.KINDS[kind])


def _html(body: str, place: Place) -> tuple[str, list[Problem]]:
    plain = plain_body.to_html(body)
    if plain is not None:
        return plain, []
    # Late: so do Markdown and the sanitiser.
    from candlelight.read.manuscript import to_html

    return to_html(body, place)


def _headline(parts: Parts) -> Mention | None:
    return Mention(parts.title, parts.front_line, 1) if parts.title else None


def _choice(form: Form, key: str, folder: Folder) -> str:
    found = form.scalar(key)
    return folder.locate(found.value, found.place, form.problems) if found else ""


def _body(
    parts: Parts, title: str, form: Form, folder: Folder, listed: tuple[PhotoEntry, ...]
) -> tuple[Typeset, tuple[tuple[int, str], ...], tuple[PhotoEntry, ...]]:
    """The blocks, the photos that they place, and all photos: listed first, then the others."""
    start = Place(form.entries.place.path, parts.body_line)
    parts = _without_title(parts, start.path, title, form.problems)
    clean, problems = _html(parts.body, start)
    form.problems.extend(problems)
    set_ = typeset(clean, start.path)
    for href in set_.lost:
        form.problems.append(warning("link-unknown", _spot(parts, start, href), target=href))
    photos = {entry.path or entry.missing: entry for entry in listed}
    words: dict[str, str] = {}
    placed = []
    for index, sight in set_.sights:
        path = _place(sight, _spot(parts, start, sight.src), folder, form.problems)
        if path and path not in words:
            placed.append((index, path))
            words[path] = sight.words
    for path in folder.paths:
        photos.setdefault(path, PhotoEntry(path, listed=False))
    entries = tuple(
        entry
        if entry.caption
        else msgspec.structs.replace(entry, caption=words.get(entry.path, ""))
        for entry in photos.values()
    )
    return set_, tuple(placed), entries


def _without_title(parts: Parts, path: str, title: str, problems: list[Problem]) -> Parts:
    """*parts* without a first heading that says the title again: the page has it already."""
    lead = len(parts.body) - len(parts.body.lstrip())
    line, feed, rest = parts.body[lead:].partition("\n")
    if not line.startswith("#") or line.strip("# \t\u3000") != title:
        return parts
    place = Place(path, parts.body_line + parts.body.count("\n", 0, lead))
    problems.append(notice("title-repeated", place, title=title))
    return msgspec.structs.replace(parts, body=parts.body[:lead] + feed + rest)


def _place(sight: Sight, spot: Place, folder: Folder, problems: list[Problem]) -> str:
    """The path of the photo that a text shows, or ``""`` and the reason among *problems*."""
    if sight.src.startswith(("http:", "https:", "//")):
        problems.append(warning("image-external", spot, address=sight.src))
        return ""
    path = folder.locate(_unquoted(sight.src), spot, problems)
    if path and sight.inline:
        problems.append(notice("photo-lifted", spot, file=sight.src))
    return path


def _links(set_: Typeset, parts: Parts) -> tuple[Link, ...]:
    start = Place("", parts.body_line)
    return tuple(
        Link(target, _spot(parts, start, target.rpartition("/")[2]).line)
        for target in dict.fromkeys(set_.links)
    )


def _spot(parts: Parts, start: Place, needle: str) -> Place:
    """Where *needle* stands in the body, else where the body starts."""
    at = parts.body.find(needle)
    if at < 0:
        at = parts.body.find(_unquoted(needle))
    if at < 0:
        return start
    column = at - parts.body.rfind("\n", 0, at)
    return Place(start.path, start.line + parts.body.count("\n", 0, at), column)


def _unquoted(address: str) -> str:
    # Late: only texts with photos or odd links need it.
    from urllib.parse import unquote

    return unquote(address)
