"""``book:`` of ``site.yaml`` -> how the book is set; without it everything has a default."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from candlelight import isbn
from candlelight.model import BookSettings, Credit, Mention, VolumeSettings
from candlelight.problems import error
from candlelight.read import keys
from candlelight.read.form import Form
from candlelight.read.nodes import Entries, Entry, Items, Node, Text
from candlelight.read.settings import length, read_order, whole_number

TRIMS = {"185x260": "185x260", "170x240": "170x240", "a5": "A5", "a4": "A4"}
LINES = ("29", "33")
VOLUME_PAGES = (16, 9999)
PAPER = (0.02, 1.0)
BOARDS = (0.0, 20.0)
_NONE = frozenset({"无", "無", "没有", "沒有", "不要", "none", "no", "false"})

Stands = Callable[[str], bool]
"""Whether a file stands at a path of the source folder."""


def read_book(site: Form, stands: Stands | None) -> BookSettings:
    """The settings behind ``book``; the files that they name must stand, if anybody can tell."""
    node = site.node("book")
    default = BookSettings()
    if node is None:
        return default
    if not isinstance(node, Entries):
        site.problems.append(error("mapping-expected", node.place, key="book"))
        return default
    form = site.inner(node)
    form.extra(keys.BOOK)
    preface, afterword = form.mention("preface"), form.mention("afterword")
    return BookSettings(
        title=form.text("title"),
        subtitle=form.text("subtitle"),
        latin=form.text("latin"),
        editors="、".join(form.lines("editors")),
        quote=form.lines("quote"),
        trim=_trim(form, default.trim),
        lines=_lines(form, default.lines),
        order=read_order(form, ""),
        stories=form.names("stories", limit=sys.maxsize),
        volumes=_volumes(form),
        volume_pages=whole_number(form, form.scalar("volume_pages"), VOLUME_PAGES)
        or default.volume_pages,
        preface=_page(preface, default.preface),
        afterword=_page(afterword, default.afterword),
        named_pages=tuple(one for one in (preface, afterword) if one and _page(one, "")),
        colophon=_colophon(form),
        edition=form.text("edition"),
        date=form.date("date"),
        isbn=_isbn(form),
        price=form.text("price"),
        fonts=_files(form, "fonts", stands),
        icc_profile="".join(_files(form, "icc_profile", stands)[:1]),
        paper=length(form, "paper", PAPER, default.paper),
        boards=length(form, "boards", BOARDS, default.boards),
        black=form.answer("black", default=default.black),
    )


def _trim(form: Form, default: str) -> str:
    found = form.scalar("trim")
    if found is None:
        return default
    text = unicodedata.normalize("NFKC", found.value).lower().replace("mm", "")
    text = "".join(text.translate(str.maketrans("×*✕", "xxx")).replace("毫米", "").split())
    if text not in TRIMS:
        known = "、".join(TRIMS.values())
        form.problems.append(error("trim-unknown", found.place, trim=found.value, known=known))
    return TRIMS.get(text, default)


def _lines(form: Form, default: int) -> int:
    found = form.scalar("lines")
    if found is None:
        return default
    if found.value not in LINES:
        form.problems.append(error("book-lines-unknown", found.place, lines=found.value))
        return default
    return int(found.value)


def _volumes(form: Form) -> tuple[VolumeSettings, ...]:
    """A list of ``{title, stories}``; a list of slugs alone is a volume without a title."""
    node = form.node("volumes")
    items: tuple[Node, ...] = node.items if isinstance(node, Items) else (node,) if node else ()
    found = []
    for item in items:
        if isinstance(item, Text):
            form.problems.append(error("book-volume-form", item.place, text=item.value))
            continue
        inner = form.inner(item if isinstance(item, Entries) else _as_stories(item))
        inner.extra(keys.VOLUME)
        stories = inner.names("stories", limit=sys.maxsize)
        found.append(VolumeSettings(inner.text("title"), stories))
    return tuple(found)


def _as_stories(items: Items) -> Entries:
    return Entries((Entry("stories", Text("stories", items.place), items),), items.place)


def _page(named: Mention | None, default: str) -> str:
    """The slug of a page; 无 for none at all."""
    if named is None:
        return default
    return "" if named.text.lower() in _NONE else named.text


def _colophon(form: Form) -> tuple[Credit, ...]:
    """Pairs in the order written; a value is one line, a list several."""
    node = form.node("colophon")
    if node is None:
        return ()
    if not isinstance(node, Entries):
        form.problems.append(error("mapping-expected", node.place, key="colophon"))
        return ()
    inner = form.inner(node)
    return tuple(
        Credit(entry.written.value, inner.lines(entry.key))
        for entry in node.entries
        if node.get(entry.key)
    )


def _isbn(form: Form) -> str:
    found = form.scalar("isbn")
    if found is None:
        return ""
    fault = isbn.reason(found.value)
    if not fault:
        return isbn.shown(found.value)
    if fault == "check":
        digit = isbn.right_digit(found.value)
        form.problems.append(error("isbn-check", found.place, isbn=found.value, digit=digit))
    else:
        form.problems.append(error("isbn-form", found.place, isbn=found.value))
    return ""


def _files(form: Form, key: str, stands: Stands | None) -> tuple[str, ...]:
    """POSIX paths of files in the source folder, each once."""
    node = form.node(key)
    items = node.items if isinstance(node, Items) else (node,) if node else ()
    found = []
    for item in items:
        if not isinstance(item, Text):
            form.problems.append(error("list-of-texts-expected", item.place, key=key))
        elif not item.value:
            continue
        elif not _leads_inward(item.value):
            form.problems.append(error("file-outside", item.place, key=key, file=item.value))
        elif stands and not stands(_posix(item.value)):
            form.problems.append(error("file-missing", item.place, key=key, file=item.value))
        else:
            found.append(_posix(item.value))
    return tuple(dict.fromkeys(found))


def _posix(written: str) -> str:
    return PurePosixPath(written.replace("\\", "/")).as_posix()


def _leads_inward(written: str) -> bool:
    """Whether *written* is a relative path that nowhere goes up, on any system."""
    path = PurePosixPath(_posix(written))
    return not path.is_absolute() and ".." not in path.parts and ":" not in written
