"""A filled-in form -> the story, team, service point, person or page that it tells of."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from candlelight.model import Community, Correction, Mention, Page, Person, Source, Story, Team
from candlelight.problems import error
from candlelight.read import keys
from candlelight.read.credits import read_credits
from candlelight.read.form import Form
from candlelight.read.jobs import AnyDocument
from candlelight.read.languages import read_language
from candlelight.read.nodes import Entries, Items, Node, Text

_NOBODY = frozenset({"佚名", "匿名", "无名氏", "無名氏", "不详", "不詳", "无", "無"})


class Common(msgspec.Struct, frozen=True):
    """What every kind has before its own keys are read."""

    path: str
    slug: str
    title: Mention


def read_kind(kind: str, form: Form, common: Common) -> AnyDocument:
    """The document of *kind* that *form* describes, without photos and body."""
    return msgspec.structs.replace(
        _MAKERS[kind](form, common),
        aliases=tuple(mention.text for mention in form.names("aliases")),
        summary=form.text("summary"),
        lang=read_language(form, "lang", ""),
        draft=form.answer("draft", default=False),
        source=_source(form),
        credits=read_credits(form),
        extra=form.extra(keys.KINDS[kind]),
    )


def _story(form: Form, common: Common) -> Story:
    authors = tuple(name for name in form.names("author") if name.text not in _NOBODY)
    return Story(
        path=common.path,
        slug=common.slug,
        title=common.title.text,
        title_at=common.title,
        authors=authors,
        role=form.text("role"),
        version_of=form.text("version_of"),
        team=form.mention("team"),
        community=form.mention("community"),
        date=form.date("date"),
        people=form.names("people"),
        corrections=_corrections(form),
    )


def _team(form: Form, common: Common) -> Team:
    return Team(
        path=common.path,
        slug=common.slug,
        title=common.title.text,
        title_at=common.title,
        motto=form.text("motto"),
        city=form.text("city"),
        leaders=form.names("leaders"),
    )


def _community(form: Form, common: Common) -> Community:
    return Community(
        path=common.path,
        slug=common.slug,
        title=common.title.text,
        title_at=common.title,
        number=form.text("number"),
        province=form.text("province"),
        city=form.text("city"),
        district=form.text("district"),
        community=form.text("community"),
        compound=form.text("compound"),
        leaders=form.names("leaders"),
        teams=form.names("teams"),
    )


def _person(form: Form, common: Common) -> Person:
    return Person(
        path=common.path,
        slug=common.slug,
        title=common.title.text,
        title_at=common.title,
        team=form.mention("team"),
        consent=form.consent(),
    )


def _page(form: Form, common: Common) -> Page:
    return Page(
        path=common.path,
        slug=common.slug,
        title=common.title.text,
        title_at=common.title,
        epigraph=form.lines("epigraph"),
    )


def _source(form: Form) -> Source | None:
    node = form.node("source")
    if node is None:
        return None
    if isinstance(node, Text):
        return Source(title=node.value)
    if not isinstance(node, Entries):
        form.problems.append(error("source-unknown", node.place))
        return None
    inner = form.inner(node)
    inner.extra(keys.SOURCE)
    return Source(
        title=inner.text("title"),
        url=inner.address("url"),
        publisher=inner.text("publisher"),
        date=inner.date("date"),
        rights=inner.text("rights"),
    )


def _corrections(form: Form) -> tuple[Correction, ...]:
    node = form.node("corrections")
    items: tuple[Node, ...] = node.items if isinstance(node, Items) else (node,) if node else ()
    found = []
    for item in items:
        if isinstance(item, Text):
            found.append(Correction(item.value))
        elif isinstance(item, Entries) and item.get("text"):
            inner = form.inner(item)
            inner.extra(keys.CORRECTION)
            found.append(Correction(inner.text("text"), inner.date("date")))
        else:
            form.problems.append(error("correction-unknown", item.place))
    return tuple(found)


_MAKERS: dict[str, Callable[[Form, Common], AnyDocument]] = {
    "story": _story,
    "team": _team,
    "community": _community,
    "person": _person,
    "page": _page,
}
