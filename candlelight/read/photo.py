"""One photo file -> its facts, from its header and its digest; no pixel is decoded here."""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
from io import BufferedReader
from pathlib import Path

import msgspec

from candlelight import decoding
from candlelight.model import PhotoFacts
from candlelight.problems import Place, Problem, error, notice

# MPO, several JPEGs in one, opens as JPEG and must not be named here.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SIDEWAYS = frozenset({5, 6, 7, 8})
_MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})


class PhotoJob(msgspec.Struct, frozen=True):
    """A photo to look at; *root* is the source folder, *path* runs from it."""

    root: str
    path: str
    max_pixels: int = 100_000_000


class ReadPhoto(msgspec.Struct, frozen=True):
    """What a photo says of itself; None where it is no photo that we take."""

    path: str
    facts: PhotoFacts | None
    problems: tuple[Problem, ...] = ()


def read_photo(job: PhotoJob) -> ReadPhoto:
    """The upright size, the format and the SHA-256 of the file that *job* names.

    Raises OSError only where the machine is broken; a file that is missing, empty, no photo, or
    above the pixel limit is a problem.
    """
    place = Place(job.path)
    name = job.path.rpartition("/")[2]
    try:
        with _open_regular(Path(job.root) / job.path) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if not file.tell():
                return ReadPhoto(job.path, None, (error("photo-empty", place, file=name),))
            file.seek(0)
            return _header(file, job, digest)
    except (FileNotFoundError, PermissionError, _IrregularError) as failure:
        reason = getattr(failure, "strerror", None) or "not a regular file"
        return ReadPhoto(job.path, None, (error("photo-broken", place, file=name, reason=reason),))


class _IrregularError(Exception):
    """A pipe, a device or a folder under the name of a photo."""


def _open_regular(path: Path) -> BufferedReader:
    """Open *path* for reading; a pipe neither hangs nor passes."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - closed by the caller
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _IrregularError
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _header(file: BufferedReader, job: PhotoJob, digest: str) -> ReadPhoto:
    # Late: Pillow costs 40 ms, and an anthology that did not change needs none of it.
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # The limit is ours, below, and says the number.
    place, name = Place(job.path), job.path.rpartition("/")[2]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # They would only print.
            image = Image.open(file, formats=FORMATS)
            with image:
                width, height = image.size
                if width * height > job.max_pixels:
                    return _too_large(job, f"{width * height:,}")
                # Never the number of frames: Pillow would walk through all of them.
                animated = image.format in _MOVING and getattr(image, "is_animated", False)
                turned = decoding.orientation(image, file) in _SIDEWAYS
                kind = str(image.format)
                image.draft(None, (1, 1))  # A JPEG is decoded as small as will do.
                needed = decoding.memory_needed(image, file)
                if needed > decoding.MOST_MEMORY:
                    return _too_dear(job, needed)
    except Exception as failure:  # noqa: BLE001 - a broken file can break Pillow in any way
        problem = error("photo-broken", place, file=name, reason=_reason(failure))
        return ReadPhoto(job.path, None, (problem,))
    if not width * height:
        return ReadPhoto(job.path, None, (error("photo-empty", place, file=name),))
    if turned:
        width, height = height, width
    problems = (notice("photo-animated", place, file=name),) if animated else ()
    kind = "JPEG" if kind == "MPO" else kind
    return ReadPhoto(job.path, PhotoFacts(digest, width, height, kind), problems)


def _too_large(job: PhotoJob, pixels: str) -> ReadPhoto:
    problem = error(
        "photo-too-large",
        Place(job.path),
        file=job.path.rpartition("/")[2],
        pixels=pixels,
        limit=f"{job.max_pixels:,}",
    )
    return ReadPhoto(job.path, None, (problem,))


def _too_dear(job: PhotoJob, needed: int) -> ReadPhoto:
    given = {"needed": needed // 10**6, "limit": decoding.MOST_MEMORY // 10**6}
    file = job.path.rpartition("/")[2]
    return ReadPhoto(
        job.path, None, (error("photo-needs-memory", Place(job.path), file=file, **given),)
    )


def _reason(failure: Exception) -> str:
    """Pillow's words, without the memory address of the file in them."""
    from PIL import UnidentifiedImageError

    if isinstance(failure, UnidentifiedImageError):
        return "not a JPEG, PNG, WebP, GIF or AVIF"
    return str(failure) or type(failure).__name__
