"""Every file that a site is made of: its path, the fingerprint of what it depends on, its job.

A fingerprint is known before anything is made: the hash of a page's view, of its template with
all it includes, of the theme and of the code. What stands published under the same fingerprint
is not made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight.make import data, feeds, fonts
from candlelight.make.pages import File, PageJob, Theme, make_page, template_of
from candlelight.plan import routes
from candlelight.plan.cards import AnyCard, StoryCard
from candlelight.plan.site import SitePlan
from candlelight.plan.views import AnyView, pictures_in


class FontJob(msgspec.Struct, frozen=True, tag="font"):
    """Cut the Kai at *font* down to *characters*."""

    font: str
    characters: str


class CardJob(msgspec.Struct, frozen=True, tag="card"):
    """Draw *card*, written in *font*."""

    card: AnyCard
    font: str


class Product(msgspec.Struct, frozen=True):
    """One file of the site; exactly one of *job* and *content* says where its bytes come from."""

    path: str
    fingerprint: str
    job: PageJob | FontJob | CardJob | None = None
    content: bytes | None = None


class Workshop(msgspec.Struct, frozen=True):
    """What shapes products besides their views: theme, template digests, code, the Kai."""

    theme: Theme
    templates: dict[str, str]
    version: str
    font: str
    font_digest: str


def all_products(
    plan: SitePlan, workshop: Workshop, assets: Mapping[str, tuple[str, bytes]]
) -> list[Product]:
    """Every file but the renditions of photos, pages first."""
    products = [_page(view, workshop) for view in plan.views]
    products += [_card(address, card, workshop) for address, card in plan.cards]
    products += [_static(address, content) for address, content in assets.values()]
    products += [_static(path, content) for path, content in _machine_readable(plan).items()]
    mark = _mark(workshop, plan.characters, workshop.font_digest)
    products.append(Product(routes.FONT, mark, FontJob(workshop.font, plan.characters)))
    return products


def filled(
    product: Product, blocks: Mapping[str, tuple[str, ...]], placeholders: Mapping[str, str]
) -> Product:
    """*product* with what its page needs besides the view: its text and its placeholders."""
    if not isinstance(product.job, PageJob):
        return product
    view = product.job.view
    body = getattr(view, "body", "") or getattr(view, "preface_body", "")
    keys = {picture.key for picture in pictures_in(view)}
    shown = {key: placeholders[key] for key in sorted(keys) if key in placeholders}
    job = PageJob(view, blocks.get(body, ()), shown)
    return msgspec.structs.replace(product, job=job)


def make_file(theme: Theme, product: Product) -> File:
    """Make the bytes of *product*; only a fault in a template is a failure."""
    job = product.job
    if isinstance(job, PageJob):
        return make_page(theme, job)
    if isinstance(job, FontJob):
        return File(product.path, fonts.subset(Path(job.font), job.characters))
    if isinstance(job, CardJob):
        return File(product.path, _draw(job))
    return File(product.path, product.content or b"")


def lacking(job: FontJob) -> str:
    """The characters of *job* that its font cannot show."""
    return fonts.missing(Path(job.font), job.characters)


def _page(view: AnyView, workshop: Workshop) -> Product:
    mark = _mark(workshop, view, workshop.theme.identity, workshop.templates[template_of(view)])
    return Product(routes.output_file(view.address), mark, PageJob(view))


def _card(address: str, card: AnyCard, workshop: Workshop) -> Product:
    mark = _mark(workshop, card, workshop.font_digest)
    return Product(address, mark, CardJob(card, workshop.font))


def _draw(job: CardJob) -> bytes:
    # Late: a build that draws no card needs no Pillow.
    from candlelight.make import cards

    card, font = job.card, Path(job.font)
    if isinstance(card, StoryCard):
        return cards.story_card(card.title, card.author, card.place, card.window, font)
    draw = cards.team_card if card.team else cards.anthology_card
    return draw(card.title, card.subtitle, card.facade, font, bogda=card.bogda)


def _static(path: str, content: bytes) -> Product:
    return Product(path, hashlib.sha256(content).hexdigest()[:32], content=content)


def _machine_readable(plan: SitePlan) -> dict[str, bytes]:
    return {**feeds.files(plan.site, plan.views), **data.files(plan.site, plan.views)}


def _mark(workshop: Workshop, *parts: object) -> str:
    whole = hashlib.blake2b(workshop.version.encode(), digest_size=16)
    for part in parts:
        encoded = msgspec.msgpack.encode(part)
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()
