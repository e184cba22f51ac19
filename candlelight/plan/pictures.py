"""What a photo becomes on the site, known before anything is made: names, widths, sizes, jobs.

The law of names: the digest of the original, the recipe and Pillow's version, never a digest of
what was made. So a page can name its pictures while they are still being made elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from candlelight.libraries import version_of
from candlelight.model import Photo, PhotoRecipe
from candlelight.plan.views import Picture

VERSION = 1
"""Counts up with every change in how renditions are made, so that their names change too."""

LONGEST = 16_383
"""Pixels that the longer side of a WebP may have."""


class RenditionJob(msgspec.Struct, frozen=True):
    """Make the renditions of one photo: *path* lies in *root*, the files go into *folder*.

    *digest* is the SHA-256 that *path* had when it was read. *widths* ascend, in pixels, as
    ``rendition_widths`` gives them; *formats* are extensions; above *max_pixels* nothing is
    decoded. Files are named by ``rendition_name``.
    """

    root: str
    path: str
    digest: str
    key: str
    widths: tuple[int, ...]
    formats: tuple[str, ...]
    folder: str
    max_pixels: int


def picture(photo: Photo, recipe: PhotoRecipe, lang: str = "") -> Picture:
    """*photo* as pages show it; *lang* is the language of its words if not the site's."""
    facts = photo.facts
    widths = rendition_widths(facts.width, facts.height, recipe.widths)
    return Picture(
        key=rendition_key(facts.digest, recipe),
        width=widths[-1],
        height=height_at(widths[-1], facts.width, facts.height),
        widths=widths,
        formats=formats(recipe),
        caption=photo.caption,
        credit=photo.credit,
        alt=photo.alt,
        lang=lang,
    )


def rendition_job(photo: Photo, recipe: PhotoRecipe, root: str, folder: str) -> RenditionJob:
    """The job that makes what ``picture`` promises."""
    facts = photo.facts
    return RenditionJob(
        root=root,
        path=photo.path,
        digest=facts.digest,
        key=rendition_key(facts.digest, recipe),
        widths=rendition_widths(facts.width, facts.height, recipe.widths),
        formats=formats(recipe),
        folder=folder,
        max_pixels=recipe.max_pixels,
    )


def rendition_key(digest: str, recipe: PhotoRecipe) -> str:
    """16 hexadecimal digits for an original and everything that shapes its renditions."""
    parts = [digest, VERSION, sorted(set(recipe.widths)), formats(recipe), version_of("pillow")]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def rendition_name(key: str, width: int, extension: str) -> str:
    """The name of one file of a set."""
    return f"{key}-{width}.{extension}"


def formats(recipe: PhotoRecipe) -> tuple[str, ...]:
    """Extensions, best first; the last is the one that every browser knows."""
    return ("avif", "webp", "jpg") if recipe.avif else ("webp", "jpg")


def rendition_widths(width: int, height: int, widths: Sequence[int]) -> tuple[int, ...]:
    """The widths, ascending, that a photo of *width* × *height* pixels (upright) is made in.

    Those of *widths* that do not enlarge it, and its own width where the nearest of them would
    lose more than a tenth of it. Portraits are measured by their width too: ``srcset`` and
    ``sizes`` speak of nothing else, and a portrait fills a phone from edge to edge.
    """
    most = max(1, min(width, LONGEST, width * LONGEST // height))
    fitting = sorted({wanted for wanted in widths if wanted <= most})
    if not fitting or (most < max(widths) and fitting[-1] < 0.9 * most):
        fitting.append(most)
    return tuple(fitting)


def height_at(rendition: int, width: int, height: int) -> int:
    """The height in pixels of a rendition *rendition* wide, halves rounded up."""
    return max(1, (2 * rendition * height + width) // (2 * width))
