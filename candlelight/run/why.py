"""Why a file would be made again: what went into it last time, against what would go into it now.

A fingerprint says that something changed, never what. So publishing remembers a mark of every
field of each view, and once for the whole site what all pages share: the site, the templates, the
assets, the code. All of it lies in the cache: losing it costs an explanation, nothing else.
"""

from __future__ import annotations

import hashlib
import itertools
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight.make.pages import PageJob, template_of
from candlelight.make.products import CardJob, FontJob, Product, Workshop
from candlelight.make.theme import template_parts
from candlelight.run.cache import Cache
from candlelight.run.output import Output, Published

TEXT = frozenset({"body", "preface_body", "preface_stop"})
PHOTOS = frozenset({"rows", "flow", "portrait"})
"""Fields of views that hold what a reader calls the text and the photos."""

_PORTION = 2_000
_encode = msgspec.msgpack.Encoder().encode


class Reason(msgspec.Struct, frozen=True):
    """One reason, a sentence of the console by its *code*; *names* are what it speaks of."""

    code: str
    names: tuple[str, ...] = ()


class Marks(msgspec.Struct, frozen=True):
    """What one file was made from: a mark for each field that holds something; its fingerprint."""

    fingerprint: str
    fields: dict[str, int]


class Shared(msgspec.Struct, frozen=True):
    """What many files are made from, by name: digests, addresses or marks.

    *templates* holds for each page template the digests of the files it is made of.
    """

    code: str
    words: str
    font: str
    site: dict[str, int]
    assets: dict[str, str]
    templates: dict[str, dict[str, str]]


def shared_by(workshop: Workshop, source: Path) -> Shared:
    """What all products of *workshop* share."""
    return Shared(
        code=workshop.version,
        words=_digest_of(workshop.theme.words),
        font=workshop.font_digest,
        site=_marks(workshop.theme.site),
        assets=workshop.theme.assets,
        templates=template_parts(source),
    )


def _digest_of(files: Iterable[str]) -> str:
    return hashlib.sha256(b"\0".join(Path(file).read_bytes() for file in files)).hexdigest()


def remember(
    cache: Cache, output: Path, shared: Shared, made: Iterable[Product], published: Iterable[str]
) -> None:
    """Keep what the files *made* just now were made from; what stands is remembered already.

    Of what is not among the *published* paths any more nothing is kept.
    """
    remember_more(cache, output, made)
    lasting = cache.lasting()
    lasting.keep_only(_kind(output), published)
    lasting.put("shared", {str(output): shared})


def remember_more(cache: Cache, output: Path, made: Iterable[Product]) -> None:
    """Keep what the files *made* were made from, where all else stands as it was."""
    rest = iter(made)
    # The marks of a large site at once would take as much memory as a quarter of its views.
    while some := list(itertools.islice(rest, _PORTION)):
        marks = {one.path: Marks(one.fingerprint, fields(one)) for one in some}
        cache.lasting().put(_kind(output), marks)


def recall(
    cache: Cache, output: Path, paths: Iterable[str]
) -> tuple[dict[str, Marks], Shared | None]:
    """What :func:`remember` kept for *paths*, and for all files together."""
    lasting = cache.lasting()
    shared = lasting.get("shared", [str(output)], Shared).get(str(output))
    return lasting.get(_kind(output), paths, Marks), shared


def fields(product: Product) -> dict[str, int]:
    """A mark for every field of what *product* shows; empty for a file that is only copied."""
    job = product.job
    if isinstance(job, PageJob):
        return _marks(job.view)
    if isinstance(job, CardJob):
        return _marks(job.card)
    if isinstance(job, FontJob):
        return {"characters": zlib.crc32(job.characters.encode())}
    return {}


def reasons(
    product: Product,
    before: Published | None,
    then: tuple[Marks | None, Shared | None],
    now: Shared,
) -> list[Reason]:
    """Why *product* would be made again; none if it stands as it is.

    *before* is its entry in the manifest, *then* what was remembered.
    """
    if before is None:
        return [Reason("new")]
    if before.fingerprint == product.fingerprint:
        return []
    if product.job is None:
        return [Reason("content")]
    marks, shared = then
    if marks is None or shared is None or marks.fingerprint != before.fingerprint:
        return [Reason("unknown")]
    if shared.code != now.code:
        return [Reason("code")]
    found = [*_of_fields(marks.fields, fields(product)), *_of_shared(product, shared, now)]
    return found or [Reason("unknown")]


def standing(folder: Path, path: str, entry: Published | None) -> list[Reason]:
    """Whether the published file at *path* is still the one that a build wrote."""
    if entry is None:
        return []
    try:
        digest = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    except OSError:
        return [Reason("missing")]
    return [Reason("by-hand")] if digest != entry.digest else []


def _of_fields(then: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Reason]:
    changed = _changed(then, now)
    text = TEXT.intersection(changed)
    if text:
        yield Reason("text")
    # The flow of a text says where photos stand in it: with another text it is another flow.
    if PHOTOS.intersection(changed) - ({"flow"} if text else set()):
        yield Reason("photos")
    if others := tuple(name for name in changed if name not in TEXT | PHOTOS):
        yield Reason("field", others)


def _of_shared(product: Product, then: Shared, now: Shared) -> Iterator[Reason]:
    if not isinstance(product.job, PageJob):
        if then.font != now.font:
            yield Reason("font")
        return
    if then.words != now.words:
        yield Reason("words")
    if names := _changed(then.site, now.site):
        yield Reason("site", names)
    if assets := _changed(then.assets, now.assets):
        yield Reason("assets", assets)
    name = template_of(product.job.view)
    if files := _changed(then.templates.get(name, {}), now.templates[name]):
        yield Reason("templates", files)


def _changed(then: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in {**then, **now} if then.get(name) != now.get(name))


def _marks(view: msgspec.Struct) -> dict[str, int]:
    # A checksum is enough here: it explains a change that the fingerprint has already proved. Half
    # of the fields are empty, and need none.
    return {
        name: zlib.crc32(_encode(value))
        for name in view.__struct_fields__
        if (value := getattr(view, name))
    }


def _kind(output: Path) -> str:
    return f"marks {output}"


class Answer(msgspec.Struct, frozen=True):
    """What the next build would do with the file at *path*: nothing, if there is no reason."""

    path: str
    reasons: tuple[Reason, ...]


def answers(
    paths: Iterable[str],
    products: Mapping[str, Product],
    output: Output,
    shared: Shared,
    cache: Cache,
) -> list[Answer]:
    """For each of *paths*, files of the site, why the next build would touch it."""
    wanted = list(paths)
    before = output.entries()
    marks, then = recall(cache, output.folder, wanted)
    found = []
    for path in wanted:
        entry = before.get(path)
        why = standing(output.folder, path, entry)
        if path in products:
            why += reasons(products[path], entry, (marks.get(path), then), shared)
        else:
            why = [Reason("gone")]
        found.append(Answer(path, tuple(why)))
    return found
