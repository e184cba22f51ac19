"""``site.yaml`` -> the site; without one everything has a default."""

from __future__ import annotations

from pathlib import Path

from candlelight.model import PhotoRecipe, Site
from candlelight.problems import Place, Problem, error
from candlelight.read import keys
from candlelight.read.book import Stands, read_book
from candlelight.read.credits import read_credits
from candlelight.read.encoding import decode
from candlelight.read.form import Form
from candlelight.read.frontmatter import read_entries
from candlelight.read.jobs import ReadSite
from candlelight.read.languages import read_language
from candlelight.read.nodes import Entries, Items, Text, Unreadable
from candlelight.read.settings import read_order, whole_number
from candlelight.read.sources import stands

WIDTHS = (16, 8000)
_PATH = "site.yaml"


def read_site(raw: bytes | None) -> tuple[Site, list[Problem]]:
    """The site that *raw* describes, and every problem in it; None is a site by default.

    Nobody looks whether the files exist that it names.
    """
    return _read(raw, None) if raw is not None else (Site(), [])


def read_site_in(root: Path, raw: bytes) -> ReadSite:
    """The same with a look into the source folder *root* for the files that *raw* names."""
    asked: dict[str, bool] = {}

    def noted(path: str) -> bool:
        asked[path] = stands(root, path)
        return asked[path]

    site, problems = _read(raw, noted)
    return ReadSite(site, tuple(problems), tuple(asked.items()))


def _read(raw: bytes, exists: Stands | None) -> tuple[Site, list[Problem]]:
    text, problems = decode(raw, _PATH)
    try:
        entries, found = read_entries(text, Place(_PATH, 1, 1), keys.SITE, keys.NESTED_SITE)
    except Unreadable as unreadable:
        return Site(), [*problems, unreadable.problem]
    form = Form(entries, problems=problems + found)
    default = Site()
    form.extra(keys.SITE)
    site = Site(
        title=form.text("title") or default.title,
        subtitle=form.lines("subtitle"),
        language=read_language(form, "language", default.language),
        base_url=_base_url(form),
        time_zone=_time_zone(form, default.time_zone),
        description=form.text("description"),
        footer=form.lines("footer"),
        order=read_order(form, "date"),
        credits=read_credits(form),
        photos=_recipe(form),
        bogda=form.answer("bogda", default=default.bogda),
        cards=form.answer("cards", default=default.cards),
        book=read_book(form, exists),
    )
    return site, form.problems


def _base_url(form: Form) -> str:
    address = form.address("base_url")
    if address and ("?" in address or "#" in address):
        place = form.scalar("base_url")
        assert place is not None
        form.problems.append(error("address-unsafe", place.place, key="base_url", address=address))
        return ""
    return f"{address.rstrip('/')}/" if address else ""


def _time_zone(form: Form, default: str) -> str:
    found = form.scalar("time_zone")
    if found is None or found.value == default:
        return default
    # Late: the default needs no look at the time zones.
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(found.value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        form.problems.append(error("time-zone-unknown", found.place, zone=found.value))
        return default
    return found.value


def _recipe(form: Form) -> PhotoRecipe:
    node = form.node("photos")
    default = PhotoRecipe()
    if node is None:
        return default
    if not isinstance(node, Entries):
        form.problems.append(error("mapping-expected", node.place, key="photos"))
        return default
    inner = form.inner(node)
    inner.extra(keys.SITE_PHOTOS)
    return PhotoRecipe(
        widths=_widths(inner, default.widths),
        avif=inner.answer("avif", default=default.avif),
        max_pixels=whole_number(inner, inner.scalar("max_pixels"), (1, 2_000_000_000))
        or default.max_pixels,
    )


def _widths(form: Form, default: tuple[int, ...]) -> tuple[int, ...]:
    node = form.node("widths")
    items = node.items if isinstance(node, Items) else (node,) if node else ()
    texts = [item if isinstance(item, Text) else Text("", item.place) for item in items]
    numbers = {whole_number(form, text, WIDTHS) for text in texts} - {0}
    return tuple(sorted(numbers)) or default
