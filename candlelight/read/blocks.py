"""Clean HTML of a text -> its top-level blocks, set for a page of ours.

Headings run from ``h2`` down to ``h4``, photos leave the text and keep their place, links to
other texts become ``content:stories/x``, lines broken between Chinese characters are joined,
and a paragraph with line breaks is verse.
"""

from __future__ import annotations

import re

import msgspec

from candlelight.read.prose import JOINT

_TOKEN = re.compile(
    r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-z:-]+=\"[^\"]*\")*)\s*>|([^<]+)|<!--.*?-->", re.DOTALL
)
_PLAIN = re.compile(r"<p>([^<]+)</p>\s*")
_ATTRIBUTE = re.compile(r"([a-z:-]+)=\"([^\"]*)\"")
_VOID = frozenset({"br", "hr", "img"})
_BLOCKS_WORDS = (
    "p h1 h2 h3 h4 h5 h6 hr pre blockquote ul ol dl table details figure li dt dd summary "
    "figcaption thead tbody tr th td"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_BLOCK_TAG = re.compile(rf"<(?:{_BLOCKS_WORDS.replace(' ', '|')})[ >]")
_WITHIN = {
    "rt": {"ruby"},
    "rp": {"ruby"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
}
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VERSE = re.compile(r"<p>(?=(?:(?!</p>).)*?<br>)", re.DOTALL)
_GAPS = re.compile(r"(<(?:p|li|td|h[2-4])>)\s+")
_EDGES = re.compile(r"(<p>)\s*(?:<br>\s*)+|(?:(?<!\s)\s*+<br>)+\s*(</p>)")
_HEADINGS = re.compile(r"<(h[1-6])[ >]")
_NOTE_IDS = re.compile(r' id="(fn[^"]*)"')


class Sight(msgspec.Struct, frozen=True):
    """An image in the text: its address, its words, and where in a passage of words it stood."""

    src: str
    words: str
    inline: bool = False
    first: bool = False


class Typeset(msgspec.Struct):
    """The blocks of a text; *sights* names for a block ``""`` the image that it gives way to."""

    blocks: list[str] = []
    texts: list[str] = []
    sights: list[tuple[int, Sight]] = []
    links: list[str] = []
    lost: list[str] = []
    headings: list[str] = []
    prose: list[str] = []


def typeset(clean: str, path: str) -> Typeset:
    """The blocks of *clean*, sanitised HTML of the document at *path*."""
    setter = _Setter(clean, path)
    at = 0
    while True:
        # Most blocks are paragraphs of words alone.
        while setter.is_between and (match := _PLAIN.match(clean, at)):
            at = match.end()
            setter.paragraph(match[1])
        if not (match := _TOKEN.match(clean, at)):
            break
        at = match.end()
        if match[4]:
            setter.text(match[4])
        elif match[2]:
            if match[1]:
                setter.close()
            else:
                setter.open(match[2], match[3])
    setter.finish()
    return setter.done


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    # Late: its table of names takes longer to come than most texts to be set.
    import html

    return html.unescape(text)


class _Setter:
    def __init__(self, clean: str, path: str) -> None:
        self.done = Typeset()
        self._path = path
        used = sorted(set(_HEADINGS.findall(clean))) if "<h" in clean else []
        self._levels = {name: f"h{min(rank, 4)}" for rank, name in enumerate(used, 2)}
        self._ids = dict.fromkeys(_NOTE_IDS.findall(clean), "") if ' id="fn' in clean else {}
        for rank, name in enumerate(self._ids, 1):
            self._ids[name] = f"note-{rank}"
        self._given: set[str] = set()
        self._stack: list[tuple[str, str]] = []
        self._out: list[str] = []
        self._words: list[str] = []
        self._sights: list[Sight] = []
        self._top = ""
        self._level = 1
        self._silent = 0
        self._notes = False

    @property
    def is_between(self) -> bool:
        """Whether the next tag begins a block of its own."""
        return not self._top and not self._is_inside

    @property
    def _is_inside(self) -> bool:
        """Whether a tag is open that the page will have."""
        return any(written for _, written in self._stack)

    def paragraph(self, text: str) -> None:
        text = text.strip()
        if "\n" in text or "&" in text or self._notes:
            self._keep("p", f"<p>{text}</p>", _unescape(text).strip())
            return
        words = text.split()
        self.done.blocks.append(f"<p>{text}</p>")
        self.done.texts.append("".join(words))
        self.done.prose.append(" ".join(words))

    def text(self, text: str) -> None:
        if self.is_between:
            if not text.strip():
                return
            self._begin("")
        self._out.append(text)
        if not self._silent:
            self._words.append(text)

    def open(self, tag: str, attributes: str) -> None:
        if tag in _WITHIN and not any(name in _WITHIN[tag] for name, _ in self._stack):
            self._stack.append((tag, ""))
            return
        if tag in _BLOCKS and not self._is_inside:
            self._end()
        if self.is_between:
            self._begin(tag)
        if tag == "img":
            self._look(attributes)
            return
        written, shown = self._start(tag, attributes)
        self._out.append(shown)
        if tag == "br":
            self._words.append("\n")
        if tag not in _VOID:
            self._stack.append((tag, written))
            if " id=" in shown:
                self._notes |= tag == "li"
                # The number of a footnote is no part of the sentence.
                self._silent = len(self._stack) if tag == "sup" else 0
        elif tag == "hr" and not self._is_inside:
            self._end()

    def close(self) -> None:
        if not self._stack:
            return
        if len(self._stack) == self._silent:
            self._silent = 0
        _, written = self._stack.pop()
        if written:
            self._out.append(f"</{written}>")
        if not self._is_inside and self._top != "p*":
            self._end()

    def finish(self) -> None:
        self._end()

    def _begin(self, tag: str) -> None:
        self._top = tag if tag in _BLOCKS else "p*"

    def _start(self, tag: str, attributes: str) -> tuple[str, str]:
        """The name to close *tag* with and its opening; both ``""`` for a tag that goes."""
        if tag in _HEADING:
            # A step at a time: who listens to a page finds the way by its headings.
            self._level = min(int(self._levels[tag][1]), self._level + 1)
            tag = f"h{self._level}"
        values = dict(_ATTRIBUTE.findall(attributes))
        if tag == "a":
            href = self._href(values.get("href", ""))
            if not href:
                return "", ""
            values["href"] = href
            if href.startswith("http"):
                values["rel"] = "noopener"
        values = self._attributes(values)
        given = "".join(f' {name}="{value}"' for name, value in values.items())
        return tag, f"<{tag}{given}>"

    def _attributes(self, values: dict[str, str]) -> dict[str, str]:
        if "id" in values:
            name = self._ids.get(values.pop("id"), "")
            if name and name not in self._given:
                values["id"] = name
                self._given.add(name)
        if (side := values.pop("align", "")) in ("center", "right"):
            values["class"] = side
        if not values.get("start", "1").isdecimal():
            del values["start"]
        return values

    def _href(self, href: str) -> str:
        if href.startswith(("http://", "https://", "mailto:")):
            return href
        if href.startswith("#"):
            name = self._ids.get(href[1:], "")
            return f"#{name}" if name else ""
        # Late: few texts have links to others.
        from html import escape

        from candlelight.read.nearby import resolve

        target = resolve(_unescape(href), self._path) if href else ""
        if target:
            self.done.links.append(target)
            return f"content:{escape(target)}"
        if href:
            self.done.lost.append(_unescape(href))
        return ""

    def _look(self, attributes: str) -> None:
        values = {name: _unescape(v) for name, v in _ATTRIBUTE.findall(attributes)}
        words = values.get("alt", "").strip() or values.get("title", "").strip()
        first = not "".join(self._words).strip()
        if src := values.get("src", "").strip("<>"):
            self._sights.append(Sight(src, words, first=first))

    def _end(self) -> None:
        """Close the block at hand, and let its photos follow it."""
        shown = "".join(self._out).strip()
        text = _unescape("".join(self._words)).strip()
        top, self._top = self._top, ""
        self._out, self._words = [], []
        sights, self._sights = self._sights, []
        if top == "figure" and sights:
            sights = [msgspec.structs.replace(sight, words=sight.words or text) for sight in sights]
            text = ""
        inline = bool(text)
        self._place([sight for sight in sights if sight.first or not inline], inline)
        if text or top == "hr":
            # A paragraph ends where a block begins in it, whatever inline tag is between.
            if top == "p*" and not _BLOCK_TAG.search(shown):
                shown = f"<p>{shown}</p>"
            if sights:
                shown = _GAPS.sub(r"\1", shown.replace("  ", " "))
            self._keep(top, shown, text)
        self._place([sight for sight in sights if inline and not sight.first], inline)

    def _place(self, sights: list[Sight], inline: bool) -> None:
        """A block of its own for each of *sights*."""
        for sight in sights:
            at = len(self.done.blocks)
            self.done.sights.append((at, msgspec.structs.replace(sight, inline=inline)))
            self.done.blocks.append("")
            self.done.texts.append("")

    def _keep(self, top: str, shown: str, text: str) -> None:
        if "\n" in shown:
            shown = JOINT.now.sub(r"\1\2", shown)
        if "<br>" in shown:
            shown = _VERSE.sub('<p class="verse">', _EDGES.sub(r"\1\2", shown))
        if self._notes:
            shown, self._notes = self._as_notes(shown), False
        if "\n" in text:
            text = JOINT.now.sub("", text)
        self.done.blocks.append(shown)
        self.done.texts.append("".join(text.split()))
        if top in _HEADING:
            self.done.headings.append(" ".join(text.split()))
        elif top in ("p", "p*", "blockquote"):
            self.done.prose.append(" ".join(text.split()))

    def _as_notes(self, shown: str) -> str:
        """Footnotes in a section of their own, which needs no rule before it."""
        if self.done.blocks[-1:] == ["<hr>"]:
            self.done.blocks.pop()
            self.done.texts.pop()
        return f'<section class="notes">{shown}</section>'
