"""What is stale is made: pages, cards, feeds, the font, on workers where there are many."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from candlelight import messages, resources
from candlelight.make.pages import File, Theme
from candlelight.make.products import Product, Workshop, filled, make_file
from candlelight.make.renditions import Renditions
from candlelight.make.theme import assets, template_digests
from candlelight.plan import routes
from candlelight.plan.views import Picture, SiteView
from candlelight.problems import Problem, broken_template
from candlelight.run.output import Made, Published
from candlelight.run.photos import Darkroom
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory
from candlelight.run.version import code_version

_NASKH = "assets/fonts/book/naskh.woff2"
_encode = msgspec.msgpack.Encoder().encode
_BATCH = 64
_FEW = 24
"""Files that are made sooner here than others could begin."""


def open_workshop(
    site: SiteView, language: str, source: Path
) -> tuple[Workshop, dict[str, tuple[str, bytes]]]:
    """What all products are made with, and the files of the theme. Raises BrokenTemplate."""
    words = messages.words_files("words", language, source)
    theme_files = assets(source)
    font = resources.find(routes.FONT, source)
    templates = template_digests(source, words)
    theme = Theme(
        site=site,
        folders=tuple(str(folder) for folder in resources.folders("templates/site", source)),
        words=tuple(map(str, words)),
        assets={name: address for name, (address, _) in theme_files.items()},
        edition=hashlib.sha256("".join(sorted(templates.values())).encode()).hexdigest(),
    )
    others = _others(source)
    faces = [hashlib.sha256(face.read_bytes()).hexdigest() for face in (font, *others)]
    workshop = Workshop(
        theme,
        templates,
        code_version(),
        str(font),
        tuple(str(face) for face in others),
        "".join(faces),
    )
    return workshop, theme_files


def stands(product: Product, before: Mapping[str, Published]) -> bool:
    """Whether *product* is published already as it would be made now."""
    return product.path in before and before[product.path].fingerprint == product.fingerprint


def _others(source: Path) -> list[Path]:
    """The faces for what a card has that the Kai lacks, as far as they are there."""
    with contextlib.suppress(FileNotFoundError):
        return [resources.find(_NASKH, source)]
    return []


def photo_stands(name: str, before: Mapping[str, Published]) -> bool:
    """Whether the rendition *name* is published already."""
    path = routes.photo_file(name)
    return path in before and before[path].fingerprint == name


class Stock(NamedTuple):
    """What pages need besides their views: texts by the digest of a body, *placeholders* by key."""

    texts: Mapping[str, tuple[str, ...]]
    placeholders: Mapping[str, str]


def make(
    workshop: Workshop,
    stale: Sequence[Product],
    stock: Stock,
    memory: Memory,
    progress: Progress,
    staging: Path,
) -> tuple[dict[str, Made], list[Problem]]:
    """Make the *stale* files in the folder *staging*; a fault in a template is a problem."""
    # Who makes a file puts it where it is wanted, if it can: nothing but a digest comes back.
    folder = os.fspath(staging)
    there = folder if memory.workers.reaches(staging) else ""
    results = memory.workers.map(
        functools.partial(_work, workshop.theme, there),
        (_Job(number, one.path, _encode(filled(one, *stock))) for number, one in enumerate(stale)),
        total=len(stale),
        batch=_BATCH,
        alone=_FEW,
        done=progress("pages", len(stale)),
    )
    made, faults = {}, []
    for number, (one, (file, put)) in enumerate(zip(stale, results, strict=True)):
        if file.failure:
            faults.append(broken_template("site", file.template, file.line, file.failure))
            continue
        staged, digest = put or _put(file.content, folder, number)
        made[one.path] = Made(one.fingerprint, staged=staged, digest=digest)
    memory.done["products"] = len(stale)
    return made, faults


class _Job(NamedTuple):
    """The file of the site at *path*, encoded: pickling a view takes as long as half a page."""

    number: int
    path: str
    product: bytes


_Put = tuple[str, str]
"""A file in the staging folder, by its name, and the SHA-256 of its bytes."""


def _work(theme: Theme, folder: str, job: _Job) -> tuple[File, _Put | None]:
    """Make what *job* says, and put it into *folder*; without one its bytes come back."""
    file = make_file(theme, _decoder().decode(job.product))
    if file.failure or not folder:
        return file, None
    return File(file.path), _put(file.content, folder, job.number)


@functools.cache
def _decoder() -> msgspec.msgpack.Decoder[Product]:
    # Late: making it takes as long as twenty pages, and the process that plans needs none.
    return msgspec.msgpack.Decoder(Product)


def _put(content: bytes, folder: str, number: int) -> _Put:
    # Nobody else has this name: a worker that was given up may still write.
    name = f"{os.urandom(8).hex()}-{number}"
    with open(f"{folder}/{name}", "wb") as file:  # noqa: PTH123 - twenty thousand files
        file.write(content)
    return name, hashlib.sha256(content).hexdigest()


def published_photos(
    pictures: Iterable[Picture],
    renditions: Mapping[str, Renditions],
    before: Mapping[str, Published],
    darkroom: Darkroom,
) -> dict[str, Made]:
    """The renditions that pages show, copied from the cache where they do not stand already."""
    return dict(_photos(pictures, renditions, before, darkroom))


def _photos(
    pictures: Iterable[Picture],
    renditions: Mapping[str, Renditions],
    before: Mapping[str, Published],
    darkroom: Darkroom,
) -> Iterator[tuple[str, Made]]:
    for key in sorted({picture.key for picture in pictures}):
        made = renditions[key]
        for name, _, _ in made.files:
            path = routes.photo_file(name)
            source = None if photo_stands(name, before) else darkroom.file(name)
            yield path, Made(name, path=source, version_of=f"photo {made.original[:16]}")
