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

from candlelight.make import fonts
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
    """Draw *card*, written in *font*, and in the *others* what that lacks."""

    card: AnyCard
    font: str
    others: tuple[str, ...] = ()


class Product(msgspec.Struct, frozen=True):
    """One file of the site; exactly one of *job* and *content* says where its bytes come from."""

    path: str
    fingerprint: str
    job: PageJob | FontJob | CardJob | None = None
    content: bytes | None = None


class Workshop(msgspec.Struct, frozen=True):
    """What shapes products besides their views: theme, template digests, code, the Kai.

    *others* are faces for what cards have that the Kai lacks; *font_digest* is that of all.
    """

    theme: Theme
    templates: dict[str, str]
    version: str
    font: str
    others: tuple[str, ...]
    font_digest: str


def all_products(
    plan: SitePlan, workshop: Workshop, assets: Mapping[str, tuple[str, bytes]]
) -> list[Product]:
    """Every file but the renditions of photos."""
    marks = _Marks(workshop)
    # What takes long comes first: at the end one worker would have it, and the others nothing.
    font = FontJob(workshop.font, plan.characters)
    products = [Product(routes.FONT, marks.of_font(plan.characters), font)]
    products += [_card(address, card, marks) for address, card in plan.cards]
    products += [_page(view, marks) for view in plan.views]
    products += [_static(address, content) for address, content in assets.values()]
    products += [_static(path, content) for path, content in _machine_readable(plan).items()]
    return products


def page_of(view: AnyView, workshop: Workshop) -> Product:
    """The page of one *view*, as among all products."""
    return _page(view, _Marks(workshop))


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


class _Marks:
    """The fingerprints of one workshop; what many products share is hashed once."""

    def __init__(self, workshop: Workshop) -> None:
        self.faces = (workshop.font, workshop.others)
        self._encode = msgspec.msgpack.Encoder().encode
        every = hashlib.blake2b(workshop.version.encode(), digest_size=16)
        self._pages = {
            template: _and(every, workshop.theme.identity, digest.encode())
            for template, digest in workshop.templates.items()
        }
        self._pictures = _and(every, workshop.font_digest.encode())

    def of_page(self, view: AnyView) -> str:
        return _and(self._pages[template_of(view)], self._encode(view)).hexdigest()

    def of_font(self, characters: str) -> str:
        return _and(self._pictures, characters.encode()).hexdigest()

    def of_card(self, card: AnyCard) -> str:
        return _and(self._pictures, self._encode(card)).hexdigest()


def _and(before: hashlib.blake2b, *parts: bytes) -> hashlib.blake2b:
    whole = before.copy()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole


def _page(view: AnyView, marks: _Marks) -> Product:
    return Product(routes.output_file(view.address), marks.of_page(view), PageJob(view))


def _card(address: str, card: AnyCard, marks: _Marks) -> Product:
    return Product(address, marks.of_card(card), CardJob(card, *marks.faces))


def _draw(job: CardJob) -> bytes:
    # Late: a build that draws no card needs no Pillow.
    from candlelight.make import cards

    card, font, others = job.card, Path(job.font), [Path(face) for face in job.others]
    if isinstance(card, StoryCard):
        told = (card.title, card.author, card.place, card.window)
        return cards.story_card(*told, font, others=others)
    draw = cards.team_card if card.team else cards.anthology_card
    return draw(card.title, card.subtitle, card.facade, font, others=others, bogda=card.bogda)


def _static(path: str, content: bytes) -> Product:
    return Product(path, hashlib.sha256(content).hexdigest()[:32], content=content)


def _machine_readable(plan: SitePlan) -> dict[str, bytes]:
    # Late: where only texts were edited, or nothing, none of it is made.
    from candlelight.make import data, feeds

    return {**feeds.files(plan.site, plan.views), **data.files(plan.site, plan.views)}
