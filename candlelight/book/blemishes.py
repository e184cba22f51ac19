"""What is wrong with a book that is set, and on which page of its file it shows.

A lost photo is a box there, a small one is soft, a character that no face has is a box too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from candlelight.book.composition import Composed
from candlelight.book.edition import story_id
from candlelight.book.fonts import Faces
from candlelight.book.glyphs import lacking
from candlelight.book.preflight import Preflight
from candlelight.problems import Place, Problem, error, warning


def without_glyph(composed: Composed, faces: Faces) -> list[Problem]:
    """A warning for each story that has characters no face can show."""
    encode = msgspec.json.Encoder().encode
    texts = {name: [encode(one).decode()] for name, one in composed.stories.items()}
    texts[""] = [encode(composed.copy.book).decode()]
    paths = {story_id(one.story.slug): one.story.path for one in composed.copy.volume.stories}
    starts = pages_of([composed])
    return [
        warning(
            "book-glyph-missing",
            Place(paths.get(name, "site.yaml")),
            characters=" ".join(missing),
            page=starts.get(name, 1),
        )
        for name, missing in lacking(texts, faces).items()
    ]


def boxes(
    problems: Iterable[Problem],
    lost: Collection[str],
    volumes: Iterable[Composed],
) -> Iterator[Problem]:
    """For each of *problems* with a code among *lost*, the page where the photo's box stands."""
    pages: dict[str, int] = {}
    for volume in volumes:
        account = volume.account
        starts = {spot.id: spot.page for spot in (*account.stories, *account.places)}
        for name, document in volume.copy.documents.items():
            if name in starts:
                for path in (document.path, *(photo.path for photo in document.photos)):
                    pages.setdefault(path, starts[name])
    # Of a photo that cannot be read at all a text knows nothing: it is known by its folder.
    folders = {
        path.rpartition("/")[0]: page for path, page in pages.items() if path.endswith("/index.md")
    }
    for one in problems:
        page = pages.get(one.place.path) or folders.get(one.place.path.rpartition("/")[0], 0)
        if one.code in lost and page:
            yield error("book-photo-box", one.place, page=page)


def soft(found: Preflight) -> Iterator[Problem]:
    """A warning for each photo that is printed larger than its pixels carry."""
    for one in found.soft:
        given = {"page": one.page, "dpi": one.dpi, "width": f"{one.width:.0f}"}
        yield warning("book-photo-soft", Place(one.story), **given)


def pages_of(volumes: Iterable[Composed]) -> dict[str, int]:
    """The page of its file, from 1, that each story opens on, by its id."""
    return {spot.id: spot.page for one in volumes for spot in one.account.stories}
