"""The photos of a document as the book may show them, from what it says of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from candlelight.book import plates
from candlelight.book.captions import Words
from candlelight.book.grid import Grid
from candlelight.book.plates import Shot
from candlelight.book.prints import photo_key
from candlelight.book.sheets import Plate
from candlelight.book.story import Told
from candlelight.book.text import set_line
from candlelight.book.texts import Pictures
from candlelight.model import Document, LostPhoto, Photo

_BOX = (3, 2)
"""The shape of the box for a photo that nobody has seen."""


def pictures_of(document: Document, told: Told, broken: Collection[str] = ()) -> Pictures:
    """The photos of *document*, lost ones in their places, and where its text places them.

    *broken* are the paths of photos that could not be printed: they get a box of their shape.
    """
    shots = list(_shots(document, broken))
    index = {path: at for at, (path, _) in enumerate(shots) if path}
    placed = sorted((block, index[path]) for block, path in told.anchors if path in index)
    return Pictures(tuple(shot for _, shot in shots), told.sheet.blocks, tuple(placed))


def plates_of(
    document: Document,
    grid: Grid,
    where: Words,
    broken: Collection[str] = (),
    *,
    room: float = 0,
) -> tuple[Plate, ...]:
    """The photos of a team, a service point or a preface, after its text.

    The first stand at its foot if *room* (mm) under it is enough, all others on pages of their
    own. *where* are the words of places, *broken* as above.
    """
    shots = [shot for _, shot in _shots(document, broken)]
    groups = plates.groups(shots) if shots else []
    foot = plates.foot(groups[0], room, grid, where) if groups and room > 0 else None
    paged = groups[1:] if foot else groups
    made = (one for group in paged for one in plates.pages(group, grid, where))
    return (foot, *made) if foot else tuple(made)


def _shots(document: Document, broken: Collection[str]) -> Iterator[tuple[str, Shot]]:
    """Each photo that may be shown, with its path; ``""`` for one that is lost."""
    lost = sorted(document.lost, key=lambda one: one.at)
    for at, photo in enumerate((*document.photos, None)):
        yield from (("", _box(one)) for one in lost if one.at == at or (not photo and one.at > at))
        if photo and photo.consent:
            yield photo.path, _shot(photo, photo.path in broken)


def _shot(photo: Photo, is_broken: bool) -> Shot:
    return Shot(
        key=photo_key(photo.facts.digest),
        width=photo.facts.width,
        height=photo.facts.height,
        alt=set_line(photo.alt),
        caption=set_line(photo.caption),
        credit=set_line(photo.credit),
        missing=photo.path.rpartition("/")[2] if is_broken else "",
    )


def _box(lost: LostPhoto) -> Shot:
    caption, credit = set_line(lost.caption), set_line(lost.credit)
    return Shot("", *_BOX, "", caption, credit, missing=lost.name)
