"""What stands before the stories: cover, half title, colophon, preface (and the afterword)."""

from __future__ import annotations

from candlelight.book.colophon import credits_of_book
from candlelight.book.text import set_line
from candlelight.book.words import say
from candlelight.epub.addresses import web_address
from candlelight.epub.desk import Desk
from candlelight.epub.leaves import (
    AnyLeaf,
    ColophonLeaf,
    CoverLeaf,
    Entry,
    Name,
    TextLeaf,
    TitleLeaf,
)
from candlelight.names import fold


def front(desk: Desk) -> list[AnyLeaf]:
    """Cover, half title, colophon, preface."""
    return [_cover(desk), _half_title(desk), _colophon(desk), *preface(desk)]


def preface(desk: Desk) -> list[AnyLeaf]:
    """The preface, if the anthology has one."""
    return _text(desk, desk.settings.preface, "preface")


def afterword(desk: Desk) -> list[AnyLeaf]:
    """The afterword, if the anthology has one."""
    return _text(desk, desk.settings.afterword, "afterword")


def _cover(desk: Desk) -> CoverLeaf:
    count = len(desk.edition.stories)
    key = "cover-alt" if count else "cover-alt-dark"
    alt = say(desk.words, key, title=desk.title, count=count)
    return CoverLeaf(name="cover", title=desk.words["cover"], alt=alt)


def _half_title(desk: Desk) -> TitleLeaf:
    return TitleLeaf(
        name="title",
        title=set_line(desk.title),
        subtitle=tuple(map(set_line, desk.subtitle)),
        latin=desk.settings.latin,
        editors=set_line(desk.settings.editors),
        page=desk.begin("title"),
    )


def _colophon(desk: Desk) -> ColophonLeaf:
    settings, words, site = desk.settings, desk.words, desk.lines.site
    facts = (
        ("editors", settings.editors),
        ("edition", settings.edition),
        ("date", desk.lines.date(settings.date)),
        ("isbn", settings.isbn),
        ("price", settings.price),
    )
    own = {fold(one.role) for one in settings.colophon}
    about = [
        desk.entry(words[key], [value])
        for key, value in facts
        if value and fold(words[key]) not in own
    ]
    if home := web_address(site.base_url):
        about.append(Entry(words["website"], (Name(site.base_url, home),)))
    credits_ = credits_of_book(settings, site.credits)
    people = [desk.entry(one.role, one.names) for one in credits_]
    return ColophonLeaf(
        name="colophon",
        title=words["colophon"],
        groups=tuple(filter(None, (tuple(people), tuple(about)))),
        lines=(*map(set_line, site.footer), words["font-note"]),
        page=desk.begin("colophon"),
    )


def _text(desk: Desk, slug: str, role: str) -> list[AnyLeaf]:
    for page in desk.lines.directory.anthology.pages:
        if page.slug == slug:
            leaf = TextLeaf(
                **desk.leaf(page, role),
                page=desk.begin(role),
                pieces=desk.pieces(page, role),
                role=role,
                epigraph=tuple(map(set_line, page.epigraph)),
                end=desk.end(page),
            )
            return [leaf]
    return []
