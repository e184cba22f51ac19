"""Photos at e-reader size: one JPEG each, the renditions of the site where they are large enough.

They are upright, in sRGB, without metadata, as every rendition is (make/renditions.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from candlelight.make.renditions import Renditions
from candlelight.model import Photo, PhotoRecipe
from candlelight.plan.pictures import height_at, rendition_key, rendition_name, rendition_widths

LONGEST = 1600
"""Pixels of the longer edge, as long as a rendition has so few."""


class EpubPhoto(msgspec.Struct, frozen=True):
    """The JPEG of one photo: *name* in the book, *file* on the disk, its size in pixels."""

    name: str
    file: str
    width: int
    height: int


def epub_photos(
    photos: Iterable[Photo], recipe: PhotoRecipe, made: Mapping[str, Renditions], folder: Path
) -> dict[str, EpubPhoto]:
    """What to take for each photo, by its path, from the renditions *made* in *folder*.

    A photo of which nothing was made is not in it: the book shows a marked box.
    """
    found = {}
    for photo in photos:
        facts = photo.facts
        key = rendition_key(facts.digest, recipe)
        width = fitting(facts.width, facts.height, recipe)
        name = rendition_name(key, width, "jpg")
        if key in made and any(name == file.name for file in made[key].files):
            height = height_at(width, facts.width, facts.height)
            found[photo.path] = EpubPhoto(name, str(folder / name), width, height)
    return found


def fitting(width: int, height: int, recipe: PhotoRecipe) -> int:
    """The width of the largest rendition within LONGEST pixels, else of the smallest there is."""
    widths = rendition_widths(width, height, recipe.widths)
    within = [one for one in widths if max(one, height_at(one, width, height)) <= LONGEST]
    return max(within, default=widths[0])
