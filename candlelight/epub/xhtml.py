"""The sanitised HTML of a text -> XHTML that every reading system takes.

Allowed tags may still stand where XHTML does not want them (a list item without a list, a
paragraph in a span), for editors write HTML by hand: each is given the next thing that is valid.
Footnotes become what readers open as a popup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from html.parser import HTMLParser

import msgspec

from candlelight.book.text import BREAK, Piece, set_line, set_runs
from candlelight.epub import tags
from candlelight.epub.addresses import web_address
from candlelight.make.xml import attribute, text

Link = Callable[[str], str]
"""From what an anthology links to (``stories/first``) to an address; ``""`` leaves the words."""

_PLAIN = re.compile(r"<p>((?:[^<&]|&(?:amp|lt|gt|quot);)*)</p>")
_FIRST = re.compile(r"<(\w+)")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class Text(msgspec.Struct, frozen=True):
    """A text as XHTML block by block; *kai* holds what stands in Kai, *ruby* if any is there."""

    blocks: tuple[str, ...]
    kai: str = ""
    ruby: bool = False


def xhtml(blocks: Sequence[str], link: Link, back: str) -> Text:
    """The *blocks* of one text (one file of a book holds one text); *back* names links back."""
    writer = _Writer(link, back)
    made = tuple(writer.block(block) for block in blocks)
    return Text(writer.without_dead_ends(made), "".join(writer.kai), writer.ruby)


class _Open(msgspec.Struct):
    """A tag that is open: as it was written in HTML, as it is in XHTML (``""``: it has none)."""

    html: str
    name: str
    at: int
    children: list[str] = []


class _Writer(HTMLParser):
    """Takes the blocks of one text, in order."""

    def __init__(self, link: Link, back: str) -> None:
        super().__init__(convert_charrefs=True)
        self.kai: list[str] = []
        self.ruby = False
        self._link, self._back = link, back
        self._out: list[str] = []
        self._stack: list[_Open] = []
        self._ids: set[str] = set()
        self._kai = 0
        self._notes = 0
        self._count = 0
        self._words: list[Piece] = []

    def block(self, block: str) -> str:
        """One block, whole: what it leaves open is closed."""
        if match := _PLAIN.fullmatch(block):
            return f"<p>{text(set_line(html.unescape(match[1])))}</p>"
        self._out = []
        # Loose words with a block among them: one paragraph, in which that begins a line.
        self.feed(block if _is_block(block) else f"<p>{block}</p>")
        self.close()
        while self._stack:
            self._shut()
        self._set()
        self.reset()
        return "".join(self._out)

    def without_dead_ends(self, blocks: Iterable[str]) -> tuple[str, ...]:
        """*blocks*, a link within the text to nothing losing its address."""
        dead = re.compile(r'<a href="#(note-\d+)"[^>]*>')
        return tuple(
            dead.sub(lambda found: found[0] if found[1] in self._ids else "<a>", block)
            for block in blocks
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, own = tags.RENAMED.get(tag, (tag, ""))
        if name not in tags.KNOWN:
            return
        if name in tags.ITEMS and self._stack and not self._stack[-1].html:
            self._shut()
        name = self._fitting(name, given)
        if name in tags.BLOCKS and not self._holds_blocks(name):
            self._line(tag, given)
            return
        classes = [one for one in (own, *given.get("class", "").split()) if one]
        self._write(tag, name, classes, given)

    def handle_endtag(self, tag: str) -> None:
        if any(one.html == tag for one in self._stack):
            while self._stack[-1].html != tag:
                self._shut()
            self._shut()

    def handle_data(self, data: str) -> None:
        if self._top in tags.TABULAR and not data.strip():
            self._out.append(data)
            return
        if self._top in tags.TABULAR:
            return
        if data.strip():
            self._imply("")
        names = {one.html for one in self._stack}
        if not names & tags.LITERAL:
            self._words.append((data, "", str(len(self._out))))
        elif self._words:
            self._words.append((data, "c", ""))
        self._out.append(text(data))
        if self._kai:
            self.kai.append(data)

    def _set(self) -> None:
        """Set the words of one paragraph as print does, across the tags between them."""
        words, self._words = self._words, []
        shown = dict.fromkeys((at for _, _, at in words if at), "")
        for run in set_runs(words):
            if not isinstance(run, str) and len(run) == 3 and run[2] in shown:
                shown[run[2]] += run[0]
        for at, said in shown.items():
            self._out[int(at)] = text(said)

    @property
    def _top(self) -> str:
        return next((one.name for one in reversed(self._stack) if one.name), "")

    def _fitting(self, name: str, given: dict[str, str]) -> str:
        """*name*, or what takes its place where the tag above will not have it."""
        if self._notes and name in ("ol", "li"):
            # The list of the notes itself goes, each of its items stands for itself.
            within = [one.html for one in self._stack[self._notes :]]
            if (name, within) in (("ol", []), ("li", ["ol"])):
                return "" if name == "ol" else "aside"
        if name == "a" and any(one.name == "a" for one in self._stack):
            return "span"
        if name in tags.PARENTS and self._top not in tags.PARENTS[name]:
            return "div" if name in tags.BLOCKS else "span"
        if name == "bdo" and given.get("dir") not in ("ltr", "rtl"):
            return "span"
        return name

    def _holds_blocks(self, name: str) -> bool:
        self._imply(name)
        top = self._top
        return not top or top in tags.FLOW or (name in tags.PARENTS and top in tags.PARENTS[name])

    def _imply(self, name: str) -> None:
        """Words and tags that stand bare in a list get an item of their own."""
        top = self._top
        if top in tags.IMPLIED and name not in tags.ITEMS:
            self._write("", tags.IMPLIED[top], [], {})

    def _line(self, tag: str, given: dict[str, str]) -> None:
        """A block among words, which begins a line there and is no block."""
        self._set()
        if self._out and not self._out[-1].endswith(">"):
            self._out.append("<br/>")
        if given.get("id"):
            self._out.append(f"<span{self._attributes('span', [], given)}></span>")
        if tag not in tags.VOID:
            self._stack.append(_Open(tag, "", len(self._out)))

    def _write(self, tag: str, name: str, classes: list[str], given: dict[str, str]) -> None:
        if name not in tags.BLOCKS:
            self._imply(name)
        if name in tags.BLOCKS or name == "aside":
            self._set()
        elif name == "br":
            self._words.append(BREAK)
        if name == "section":
            self._notes = len(self._stack) + 1
        self.ruby |= name == "rt"
        first = bool(self._stack) and not self._stack[-1].children
        if self._stack:
            self._stack[-1].children.append(name)
        shown = f"<{name}{self._attributes(name, classes, given)}" if name else ""
        if name in tags.VOID:
            self._out.append(f"{shown}/>")
            return
        self._stack.append(_Open(tag, name, len(self._out)))
        self._out.append(f"{shown}>" if shown else "")
        self._count += name == "aside"
        if name == "p" and first and self._stack[-2].name == "aside":
            self._out.append(f'<span class="number">{self._count}</span> ')
        if not self._kai and (name in tags.KAI or "verse" in classes):
            self._kai = len(self._stack)

    def _shut(self) -> None:
        one = self._stack.pop()
        if one.name in tags.BLOCKS or one.name == "aside":
            self._set()
        if len(self._stack) < self._kai:
            self._kai = 0
        if len(self._stack) < self._notes:
            self._notes = 0
        name = one.name
        if name in ("ul", "ol", "table", "thead", "tbody", "tr") and not one.children:
            name = self._rename(one, "" if name in tags.TABULAR else "div")
        elif (name == "ruby" and "rt" not in one.children) or (
            name == "dl" and not _is_described(one.children)
        ):
            name = self._rename(one, "span" if name == "ruby" else "div")
        if name == "ruby":
            self._end_ruby(one)
        elif name:
            self._out.append(f"</{name}>")

    def _end_ruby(self, one: _Open) -> None:
        """Close it after its last reading: words that follow have none."""
        last = max(at for at in range(one.at, len(self._out)) if self._out[at] == "</rt>")
        self._out[last] += "</ruby>"

    def _rename(self, one: _Open, name: str) -> str:
        """Take back what *one* was opened as, and its children with it."""
        self._out[one.at] = f"<{name}>" if name else ""
        if one.name == "dl":
            for at in range(one.at + 1, len(self._out)):
                self._out[at] = re.sub(r"^<(/?)d[td]\b", r"<\1div", self._out[at])
        return name

    def _attributes(self, name: str, classes: list[str], given: dict[str, str]) -> str:
        made: dict[str, str] = {}
        if known := [one for one in classes if one in tags.CLASSES]:
            made["class"] = " ".join(known)
        if (own := given.get("id", "")) and own not in self._ids and re.fullmatch(r"[\w-]+", own):
            self._ids.add(own)
            made["id"] = own
        if _LANG.fullmatch(given.get("lang", "")):
            made["lang"] = made["xml:lang"] = given["lang"]
        if given.get("dir") in ("ltr", "rtl", "auto"):
            made["dir"] = given["dir"]
        if name in ("abbr", "a") and given.get("title"):
            made["title"] = given["title"]
        for key in tags.NUMBERS.get(name, ()):
            if re.fullmatch(r"[1-9]\d{0,2}", given.get(key, "")):
                made[key] = given[key]
        return "".join(map(attribute, made, made.values())) + self._meaning(name, given)

    def _meaning(self, name: str, given: dict[str, str]) -> str:
        """What a reading system must know of a link or a footnote."""
        if name == "section":
            return ' epub:type="footnotes" role="doc-endnotes"'
        if name == "aside":
            return ' epub:type="footnote" role="doc-footnote"'
        if name != "a":
            return ""
        href = given.get("href", "")
        if href.startswith("#"):
            shown = attribute("href", href)
            if self._notes:
                return f'{shown} role="doc-backlink"{attribute("aria-label", self._back)}'
            return f'{shown} epub:type="noteref" role="doc-noteref"'
        if href.startswith("content:"):
            there = self._link(html.unescape(href.removeprefix("content:")))
        else:
            there = web_address(href)
        return attribute("href", there) if there else ""


def _is_block(html: str) -> bool:
    """Whether *html* begins with the tag of a block."""
    first = _FIRST.match(html)
    return first is not None and tags.RENAMED.get(first[1], (first[1], ""))[0] in tags.BLOCKS


def _is_described(children: Sequence[str]) -> bool:
    """Whether the children of a ``dl`` are terms, each followed by what it means."""
    return bool(re.fullmatch(r"(?:(?:dt )+(?:dd )+)+", "".join(f"{one} " for one in children)))
