"""A plan becomes a file: its leaves are set in the templates, and packed with photos and font."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from candlelight import resources
from candlelight.book.words import Words, say
from candlelight.epub.leaves import AnyLeaf, NavLeaf, StoryLeaf
from candlelight.epub.package import Item, write_package
from candlelight.epub.planning import EpubPlan
from candlelight.make.typography import runs_leftwards
from candlelight.make.xml import held
from candlelight.plan.lines import direction
from candlelight.problems import Problem

CSS = "css/epub.css"
FONT = "fonts/kai.woff2"
LICENCE = "fonts/OFL.txt"
COVER = "images/cover.jpg"
XHTML = "application/xhtml+xml"


class EpubReport(msgspec.Struct, frozen=True):
    """What was written to *path*: its size in bytes, and how much is in it."""

    path: str
    size: int
    stories: int
    photos: int
    problems: tuple[Problem, ...]


class Makings(msgspec.Struct, frozen=True):
    """What is made before the book, each by a job: the *cover* as JPEG, the *kai* as woff2."""

    cover: bytes
    kai: bytes


def write_epub(
    plan: EpubPlan,
    makings: Makings,
    words: Words,
    output: Path,
    source: Path | None = None,
) -> EpubReport:
    """Write the e-book of *plan* to *output*; the same plan gives the same bytes.

    Templates and stylesheet of the anthology at *source* come before the built-in ones. Raises
    jinja2.TemplateError for a broken one, OSError for a photo that is gone or a full disk; the
    old file at *output* then stays.
    """
    press = _press(words, plan, source)
    items = list(_items(plan, makings, press, source))
    container = press.get_template("container.xml").render().encode()
    package = held(press.get_template("package.opf").render(items=items)).encode()
    size = write_package(output, container, package, items)
    stories = sum(isinstance(leaf, StoryLeaf) for leaf in plan.leaves)
    return EpubReport(str(output), size, stories, len(plan.photos), plan.problems)


def _items(
    plan: EpubPlan, makings: Makings, press: jinja2.Environment, source: Path | None
) -> Iterator[Item]:
    for leaf in plan.leaves:
        properties = "nav" if isinstance(leaf, NavLeaf) else ""
        yield Item(leaf.file, XHTML, _render(press, leaf), properties=properties, linear=True)
    toc = held(press.get_template("toc.ncx").render()).encode()
    yield Item("toc.ncx", "application/x-dtbncx+xml", toc)
    yield Item(CSS, "text/css", resources.find("assets/css/epub.css", source).read_bytes())
    yield Item(FONT, "font/woff2", makings.kai)
    yield Item(LICENCE, "text/plain", resources.find("assets/fonts/OFL.txt", source).read_bytes())
    yield Item(COVER, "image/jpeg", makings.cover, properties="cover-image")
    for photo in plan.photos:
        yield Item(f"images/{photo.name}", "image/jpeg", file=photo.file)


def _render(press: jinja2.Environment, leaf: AnyLeaf) -> bytes:
    template = press.get_template(f"{leaf.__struct_config__.tag}.xhtml")
    up = "../" if "/" in leaf.file else ""
    return held(template.render(leaf=leaf, up=up)).encode()


def _press(words: Words, plan: EpubPlan, source: Path | None) -> jinja2.Environment:
    folders = [str(folder) for folder in resources.folders("templates/epub", source)]
    press = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    press.globals.update(
        words=words,
        say=functools.partial(say, words),
        book=plan.metadata,
        contents=plan.contents,
        depth=max((entry.depth for entry in plan.contents), default=1),
        direction=direction,
        runs_leftwards=runs_leftwards,
        safe=Markup,
    )
    return press
