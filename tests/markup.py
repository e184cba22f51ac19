"""What a browser makes of a page: its elements and its text, by the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = {"script", "style"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below it, white space as one space."""
        return " ".join("".join(self.texts).split())


class Page(HTMLParser):
    """The elements of *html*, in order."""

    _EMPTY = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """The text that a reader sees, white space as one space."""
        return " ".join("".join(self._words).split())

    def all(self, *names: str) -> Iterator[Element]:
        """The elements called one of *names*."""
        return (element for element in self.elements if element.name in names)

    def first(self, name: str) -> Element:
        return next(self.all(name))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.elements.append(element)
        if tag not in self._EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].name == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)
        if not any(element.name in _SILENT for element in self._open):
            self._words.append(data)
