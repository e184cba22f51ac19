"""A build after which all pages stand but those of stories whose text alone was edited.

Most builds are of this kind, or change nothing at all. They need no plan: the ledger of the last
build knows which file was what, and a story's view with another text in it is its new view. As
soon as anything else has changed, the whole build is asked (`pipeline.py`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from candlelight.building import Report, Request
from candlelight.gathering import Gathered
from candlelight.plan import routes
from candlelight.plan.pictures import rendition_key
from candlelight.plan.site import SitePlan
from candlelight.plan.story_pages import retold
from candlelight.plan.views import StoryView, pictures_in
from candlelight.problems import Problem
from candlelight.read.jobs import ReadDocument
from candlelight.read.sources import Sources, stands
from candlelight.run import ledger, why
from candlelight.run.documents import Documents
from candlelight.run.ledger import Entry, Ledger, Told
from candlelight.run.output import MANIFEST, Made, Published
from candlelight.run.photos import placeholders_of
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory
from candlelight.run.stamps import is_settled

MOST = 100
"""Edited texts beyond which the whole build, on all processors, is as quick."""


class Found(NamedTuple):
    """What a build finds: the anthology's files, all *surroundings* of the documents, the site.

    *surroundings* are :func:`around`, *before* the published files that stand as their manifest
    says.
    """

    sources: Sources
    surroundings: str
    before: Mapping[str, Published]


class Retold(msgspec.Struct, frozen=True):
    """The pages that are *made* anew, none if nothing has changed, and the ledger from then on.

    *touched* says that the ledger is not the one of before.
    """

    made: dict[str, Made]
    ledger: Ledger
    stories: dict[str, Told]
    touched: bool
    faults: tuple[Problem, ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """What the whole build has published: *files*, those of *plan* and the photos, by number."""

    report: Report
    gathered: Gathered
    plan: SitePlan
    files: int


def retell(
    request: Request, found: Found, memory: Memory, progress: Progress, staging: Path
) -> Retold | None:
    """Make in *staging* the pages of stories whose text was edited; None if more has changed."""
    last = Ledger.recall(memory.cache, request.output)
    if last is None and len(found.sources.documents) > MOST:
        memory.workers.warm()
    if last is None or not _holds(last, request, found):
        return None
    desk = Documents(request.source, found.sources, last.time_zone, memory)
    looked = _looked(last, desk)
    if looked is None:
        return None
    edited, entries = looked
    if not edited:
        following = msgspec.structs.replace(last, documents=last.documents | entries)
        return Retold({}, following, {}, bool(entries))
    if len(edited) > MOST or last.wary:
        return None
    read = desk.read(edited, progress("read", len(edited)), forget=False)
    for path, one in read.items():
        entries[path] = desk.entry(one, edited[path], last.documents[path].photos)
    if any(last.documents[path].others != one.others for path, one in entries.items()):
        return None
    known = ledger.told(memory.cache, request.output, read)
    stories = _stories(known, read, last)
    placeholders = _placeholders(last, stories, memory)
    if stories.keys() != edited.keys() or placeholders is None:
        return None

    # Late: where nothing has changed, nothing is made.
    from candlelight.make.products import page_of
    from candlelight.making import Stock, make, open_workshop, stands

    workshop, _ = open_workshop(last.site, last.language, request.source)
    if not all(stands(page_of(told.view, workshop), found.before) for told in known.values()):
        return None
    products = [page_of(told.view, workshop) for told in stories.values()]
    stock = Stock(desk.texts(read, edited), placeholders)
    made, faults = make(workshop, products, stock, memory, progress, staging)
    why.remember_more(memory.cache, request.output, products)
    following = msgspec.structs.replace(last, documents=last.documents | entries)
    return Retold(made, following, stories, True, tuple(faults))


def note(
    standing: Standing, request: Request, surroundings: str, stale: Collection[str], memory: Memory
) -> None:
    """Leave the next build word of what stands; *stale* are the files that were made just now.

    *surroundings* are :func:`around` as they were before anything was read.
    """
    cache, output = memory.cache, request.output
    gathered, report = standing.gathered, standing.report
    # One that lies about a page is found out by its fingerprint: no row need be written twice.
    known = Ledger.recall(cache, output) is not None
    ledger.tell(cache, output, _told(standing, stale if known else None))
    views = [view for view in standing.plan.views if isinstance(view, StoryView)]
    ledger.forget(cache, output, gathered.entries.keys(), (view.source_path for view in views))
    if not surroundings:
        ledger.close(cache, output)
        return
    Ledger(
        around=surroundings,
        documents=_with_photos(gathered),
        manifest=manifest_of(request),
        files=standing.files,
        time_zone=gathered.everything.site.time_zone,
        site=standing.plan.site,
        recipe=gathered.anthology.site.photos,
        problems=report.problems,
        left_out=report.left_out,
        language=report.language,
        named=gathered.named,
        wary=any(not person.consent for person in gathered.everything.people),
    ).keep(cache, output)


def _with_photos(gathered: Gathered) -> dict[str, Entry]:
    """What the ledger keeps of each document, with the photos that were found for stories."""
    entries = gathered.entries
    return entries | {
        one.path: msgspec.structs.replace(entries[one.path], photos=ledger.of_photos(one))
        for one in gathered.anthology.stories
        if one.photos
    }


def following(again: Retold, request: Request, memory: Memory) -> None:
    """Leave the next build word of what was told *again*, once it is published."""
    if again.touched:
        ledger.tell(memory.cache, request.output, again.stories.items())
        last = msgspec.structs.replace(again.ledger, manifest=manifest_of(request))
        last.keep(memory.cache, request.output)


def _told(standing: Standing, stale: Collection[str] | None) -> Iterator[tuple[str, Told]]:
    """The stories whose pages are *stale*, or all, with their views."""
    stories = {story.path: story for story in standing.gathered.anthology.stories}
    for view in standing.plan.views:
        if isinstance(view, StoryView) and (
            stale is None or routes.output_file(view.address) in stale
        ):
            yield view.source_path, Told(stories[view.source_path], view)


def _holds(last: Ledger, request: Request, found: Found) -> bool:
    """Whether *last* tells of what stands, and nothing around the documents has changed."""
    if {file.path for file in found.sources.documents} != last.documents.keys():
        return False
    if len(found.before) != last.files or last.manifest != manifest_of(request):
        return False
    if not all(stands(request.source, path) == stood for path, stood in last.named):
        return False
    return last.around == found.surroundings


def around(request: Request, sources: Sources) -> str:
    """A digest of all but the documents that shapes what *request* gives; "" if none is sure."""
    wishes = (request.keep_going, request.drafts, request.base_url)
    return "" if request.with_book else ledger.around(sources, request.source, wishes)


def manifest_of(request: Request) -> str:
    """The digest of the manifest that stands in the output; "" without one."""
    try:
        return hashlib.sha256((request.output / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def _looked(last: Ledger, desk: Documents) -> tuple[dict[str, str], dict[str, Entry]] | None:
    """The texts that are others than in *last*, with their digests; None if one has gone.

    With them comes what the ledger is to keep of texts that only look otherwise.
    """
    edited, same, begun = {}, {}, time.time_ns()
    for path, file in desk.files.items():
        entry = last.documents[path]
        if file.stamp != entry.stamp:
            try:
                digest = desk.open(path)
            except FileNotFoundError:
                return None
            if digest != entry.digest:
                edited[path] = digest
            elif is_settled(file.stamp, begun):
                same[path] = msgspec.structs.replace(entry, stamp=file.stamp)
    return edited, same


def _stories(
    known: Mapping[str, Told], read: Mapping[str, ReadDocument], last: Ledger
) -> dict[str, Told]:
    """The stories that are *known* as they were *read* now, but those that other files show too."""
    stories = {}
    for path, before in known.items():
        told = _story(before, read[path], last)
        # A page says nothing of the names of its photos: it stands where they have changed.
        kept = ledger.of_photos(before.story) == last.documents[path].photos
        # The data have the photos of a story in the order of its page.
        if kept and [*pictures_in(told.view)] == [*pictures_in(before.view)]:
            stories[path] = told
    return stories


def _story(before: Told, read: ReadDocument, last: Ledger) -> Told:
    """The story of *before* as it was *read* now."""
    if read.document is None:
        return before
    shown = {photo.path for photo in before.story.photos}
    placed = tuple(pair for pair in read.document.body.placed if pair[1] in shown)
    body = msgspec.structs.replace(read.document.body, placed=placed)
    story = msgspec.structs.replace(before.story, body=body)
    return Told(story, retold(before.view, story, last.recipe))


def _placeholders(
    last: Ledger, stories: Mapping[str, Told], memory: Memory
) -> dict[str, str] | None:
    """What the photos of *stories* look like while they load; None where the cache has lost it."""
    photos = [photo for told in stories.values() for photo in told.story.photos]
    keys = {rendition_key(photo.facts.digest, last.recipe) for photo in photos}
    found = placeholders_of(keys, memory)
    return found if found.keys() == keys else None
