"""One original photo becomes its print: as large as the book shows it, in the book's inks.

A job is a pure function from ``PrintJob`` to ``Print``, so that it can run anywhere. A photo that
cannot be used is one problem that names it, and leaves no file. A full disk is not a problem of
the content: it raises OSError.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from candlelight import whole
from candlelight.book.grid import pixels
from candlelight.book.sheets import Plate
from candlelight.libraries import version_of
from candlelight.model import Photo
from candlelight.problems import Place, Problem, error

if TYPE_CHECKING:  # Pillow is loaded only where a photo is really made
    from PIL import Image, ImageCms

VERSION = 1
"""Counts up with every change in how prints are made, so that their names change too."""

QUALITY = 90


class Inks(msgspec.Struct, frozen=True):
    """What a book is printed with: ``rgb``, ``grey``, or ``cmyk`` through an ICC profile.

    *profile* is the path of the profile and *digest* the SHA-256 of its bytes, else both are "".
    """

    name: str = "rgb"
    profile: str = ""
    digest: str = ""


class PrintJob(msgspec.Struct, frozen=True):
    """Make the print of one photo: *path* lies in *root*, the file goes into *folder*.

    *digest* is the SHA-256 that *path* had when it was read; *key* is ``print_key``'s; *width* is
    in pixels, upright, never more than the original has. Above *max_pixels* nothing is decoded.
    """

    root: str
    path: str
    digest: str
    key: str
    width: int
    inks: Inks
    folder: str
    max_pixels: int


class Print(msgspec.Struct, frozen=True):
    """What a job made of *path*: the JPEG *file* of *size* bytes in the job's folder.

    *width* and *height* are pixels. Without a file there is an error among *problems*.
    """

    key: str
    path: str
    file: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    problems: tuple[Problem, ...] = ()


def photo_key(digest: str) -> str:
    """How sheets and placeholders name the photo whose bytes have the SHA-256 *digest*."""
    return digest[:16]


def print_job(
    photo: Photo, needed: int, inks: Inks, root: str, folder: str, max_pixels: int
) -> PrintJob:
    """The job for *photo* at *needed* pixels of width, or at its own where it has fewer."""
    digest, width = photo.facts.digest, max(1, min(needed, photo.facts.width))
    key = print_key(digest, width, inks)
    return PrintJob(root, photo.path, digest, key, width, inks, folder, max_pixels)


def print_key(digest: str, width: int, inks: Inks) -> str:
    """16 hexadecimal digits for an original and everything that shapes its print."""
    parts = [digest, VERSION, width, inks.name, inks.digest, _pillow()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def print_widths(plates: Iterable[Plate]) -> dict[str, int]:
    """For each photo on *plates*, by key, the pixels that its largest place takes at 300 dpi."""
    widths: dict[str, int] = {}
    for one in plates:
        for cell in (cell for row in one.rows for cell in row if not cell.missing):
            widths[cell.key] = max(widths.get(cell.key, 1), pixels(cell.width))
    return widths


def make_print(job: PrintJob) -> Print:
    """Decode the original of *job* and write its print; same input, same bytes."""
    from candlelight.make import renditions_decode

    place = Place(job.path)
    original = renditions_decode.original_at(Path(job.root, job.path), job.digest)
    if original is None:
        changed = error("photo-changed", place, file=renditions_decode.file_name(place))
        return Print(job.key, job.path, problems=(changed,))
    decoded = renditions_decode.decode(original, job.width, place, job.max_pixels)
    if decoded.image is None:
        return Print(job.key, job.path, problems=decoded.problems)
    inked = _inked(_on_white(decoded.image), job.inks)
    content = _jpeg(inked)
    name = f"{job.key}.jpg"
    whole.write(Path(job.folder, name), content)
    return Print(job.key, job.path, name, len(content), *inked.size, decoded.problems)


def profile_problem(path: Path, value: str, place: Place) -> Problem | None:
    """Why the ICC profile at *path*, which ``site.yaml`` calls *value*, cannot serve; or None."""
    try:
        content = path.read_bytes()
    except OSError:
        return error("icc-missing", place, value=value)
    from PIL import ImageCms

    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(content)).profile.xcolor_space.strip()
        if space != "CMYK":
            return error("icc-not-cmyk", place, value=value, space=space)
        _transform_of(content)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return error("icc-broken", place, value=value)
    return None


def _inked(image: Image.Image, inks: Inks) -> Image.Image:
    """*image* (RGB, in sRGB) in the inks of the book."""
    if inks.name == "grey":
        return image.convert("L")
    if inks.name == "rgb":
        return image
    from PIL import ImageCms

    made = ImageCms.applyTransform(image, _transform(inks.profile, inks.digest))
    assert made is not None  # it is only None when working in place
    return made


@functools.lru_cache(maxsize=2)
def _transform(profile: str, _digest: str) -> ImageCms.ImageCmsTransform:
    # A process makes many photos for one printer, and building this takes longer than using it.
    return _transform_of(Path(profile).read_bytes())


def _transform_of(profile: bytes) -> ImageCms.ImageCmsTransform:
    """From sRGB to the inks of *profile*: what both can print stays, the rest moves inwards."""
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _on_white(image: Image.Image) -> Image.Image:
    """*image* without transparency: the paper shows through."""
    if image.mode == "RGB":
        return image
    from PIL import Image as Images

    ground = Images.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    """The bytes of *image*; four inks are written as Adobe does, 255 for none.

    Whoever puts them into a PDF has to say so (``/Decode``).
    """
    made = io.BytesIO()
    subsampling = "4:2:0" if image.mode == "RGB" else "4:4:4"
    image.save(made, "JPEG", quality=QUALITY, optimize=True, subsampling=subsampling)
    return made.getvalue()


@functools.cache
def _pillow() -> str:
    # Asked of the installation: importing Pillow would cost a run in which nothing changed.
    return version_of("pillow")
