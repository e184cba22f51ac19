"""One original photo becomes its renditions: small copies, upright, in sRGB, without metadata.

A job is a pure function from ``RenditionJob`` to ``Renditions``, so that it can run anywhere. A
photo that cannot be used is one problem that names it, and leaves no file. A full disk is not a
problem of the content: it raises OSError.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from candlelight import whole
from candlelight.plan.pictures import RenditionJob, rendition_name
from candlelight.problems import Place, Problem, error

__all__ = ["Rendition", "RenditionJob", "Renditions", "make_renditions"]


class Rendition(NamedTuple):
    """One file by its *name*, its *size* in bytes and the CRC-32 of them."""

    name: str
    size: int
    checksum: int


class Renditions(msgspec.Struct, frozen=True):
    """What a job made of *path*: its *files*, smallest rendition first, of *original*, a SHA-256.

    *placeholder* is a data URI, some 250 characters: the photo at 16 pixels, to stand in its
    place while it loads; empty if it is transparent. Without files there is an error among
    *problems*.
    """

    key: str
    path: str
    files: tuple[Rendition, ...] = ()
    original: str = ""
    placeholder: str = ""
    problems: tuple[Problem, ...] = ()


def make_renditions(job: RenditionJob) -> Renditions:
    """Decode the original of *job* once, write its renditions; same input, same bytes."""
    # Here, so that Pillow is loaded only where a photo is really made.
    from candlelight.make import renditions_decode, renditions_encode

    place = Place(job.path)
    original = renditions_decode.original_at(Path(job.root, job.path), job.digest)
    if original is None:
        return _failed(job, error("photo-changed", place, file=renditions_decode.file_name(place)))
    decoded = renditions_decode.decode(original, job.widths[-1], place, job.max_pixels)
    if decoded.image is None:
        return _failed(job, *decoded.problems)
    files: list[Rendition] = []
    image = decoded.image
    # From each width to the next smaller one: every step has little left to read.
    for width in reversed(job.widths):
        image = renditions_encode.scaled(image, width)
        for extension in reversed(job.formats):
            name = rendition_name(job.key, width, extension)
            content = renditions_encode.encode(image, extension)
            whole.write(Path(job.folder, name), content)
            files.append(Rendition(name, len(content), zlib.crc32(content)))
    placeholder = renditions_encode.placeholder(image)
    made = tuple(reversed(files))
    return Renditions(job.key, job.path, made, job.digest, placeholder, decoded.problems)


def _failed(job: RenditionJob, *problems: Problem) -> Renditions:
    return Renditions(job.key, job.path, problems=problems)
