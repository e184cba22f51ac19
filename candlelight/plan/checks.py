"""What only shows when the whole anthology is seen: clashes, dead links."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from candlelight.model import Anthology, Document
from candlelight.names import fold
from candlelight.plan import routes
from candlelight.plan.directory import Directory
from candlelight.plan.order import check_order
from candlelight.plan.views import AnyView, PageView
from candlelight.problems import Place, Problem, error, notice, warning


def check(directory: Directory, everything: Anthology) -> list[Problem]:
    """All problems between the documents of an anthology.

    *everything* holds drafts and documents with errors too: nobody is to blame for naming one.
    """
    anthology = directory.anthology
    known = {f"{kind}/{document.slug}" for kind, document in documents_of(everything)}
    problems = [*directory.problems, *check_order(anthology.site, everything.stories)]
    for _, document in documents_of(anthology):
        problems += _dead_links(document, known)
    problems += _same_titles(anthology)
    problems += _unknown_versions(anthology, everything)
    problems += _broken_redirects(anthology, known)
    if not anthology.site.base_url:
        problems.append(notice("no-base-url", Place("site.yaml")))
    return problems


def documents_of(anthology: Anthology) -> Iterator[tuple[str, Document]]:
    """Every document with the folder of ``content/`` that it stands in."""
    kinds: tuple[tuple[str, tuple[Document, ...]], ...] = (
        ("stories", anthology.stories),
        ("teams", anthology.teams),
        ("communities", anthology.communities),
        ("people", tuple(one for one in anthology.people if one.consent)),
        ("pages", anthology.pages),
    )
    for kind, documents in kinds:
        for document in documents:
            yield kind, document


def check_addresses(views: Iterable[AnyView]) -> list[Problem]:
    """An error for each page whose file another page has too, also where case is not told apart."""
    owners: dict[str, AnyView] = {}
    problems = []
    for view in views:
        file = same_file(view.address)
        if isinstance(view, PageView) and routes.is_taken(view.address):
            place = Place(view.source_path)
            problems.append(error("address-taken", place, address=view.address))
        owner = owners.setdefault(file, view)
        if owner is not view:
            place = Place(view.source_path or owner.source_path or "site.yaml")
            other = owner.source_path or f"“{owner.title}”"
            problems.append(error("same-address", place, address=view.address, other=other))
    return problems


def same_file(address: str) -> str:
    """The file of *address* in the form in which files that some system cannot tell apart agree."""
    return unicodedata.normalize("NFC", routes.output_file(address)).casefold()


def _dead_links(document: Document, known: set[str]) -> list[Problem]:
    return [
        error("link-broken", Place(document.path, link.line), target=link.target)
        for link in document.body.links
        if link.target not in known
    ]


def _same_titles(anthology: Anthology) -> list[Problem]:
    first: dict[tuple[str, ...], str] = {}
    problems = []
    for story in anthology.stories:
        authors = sorted(fold(author.text) for author in story.authors)
        owner = first.setdefault((story.title, story.lang, *authors), story.path)
        if owner != story.path:
            place = Place(story.path, story.title_at.line, story.title_at.column)
            problems.append(notice("same-title", place, title=story.title, other=owner))
    return problems


def _unknown_versions(anthology: Anthology, everything: Anthology) -> list[Problem]:
    originals = {story.slug for story in everything.stories if not story.version_of}
    return [
        warning("version-unknown", Place(story.path), slug=story.version_of)
        for story in anthology.stories
        if story.version_of and story.version_of not in originals
    ]


def _broken_redirects(anthology: Anthology, known: set[str]) -> list[Problem]:
    place = Place("content/redirects.yaml")
    dead = [
        warning("redirect-broken", place, old=old, new=new)
        for old, new in anthology.redirects
        if new not in known
    ]
    taken = [
        warning("address-taken", place, address=routes.document(old))
        for old, _ in anthology.redirects
        if routes.is_taken(routes.document(old))
    ]
    return [*dead, *taken]
