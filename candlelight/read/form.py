"""A filled-in frontmatter: asks for one key after the other, and reports what it cannot use."""

from __future__ import annotations

import re

from candlelight.model import Date, Mention
from candlelight.problems import Place, Problem, error, notice
from candlelight.read import keys
from candlelight.read.addresses import is_safe
from candlelight.read.dates import read_date
from candlelight.read.nodes import Entries, Items, Node, Text, as_text, is_empty

_YES_WORDS = "yes true y on 1 是 对 對 同意 已同意 授权 授權 愿意 願意 可以"
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "no false n off 0 否 不 不是 不同意 未同意 不授权 不授權 不愿意 不願意 不可以 拒绝 拒絕"
_NO = frozenset(_NO_WORDS.split())

_NAME = re.compile(r"[^、，,；;\n]+")

MAX_NAMES = 500
"""Each name has a page that shows the text: their cost grows with the square."""


_GUARDS = frozenset({"consent", "draft"})
"""Keys that keep something from being published: misspelled, they must not be overlooked."""


class Form:
    """The values of *entries*; what is wrong with them gathers in *problems*."""

    def __init__(
        self,
        entries: Entries,
        time_zone: str = "Asia/Shanghai",
        problems: list[Problem] | None = None,
    ) -> None:
        self.entries = entries
        self.time_zone = time_zone
        self.problems: list[Problem] = [] if problems is None else problems
        self._given = {one.key: one.value for one in entries.entries if not is_empty(one.value)}

    def inner(self, entries: Entries) -> Form:
        """A form for a mapping within this one; its problems gather here."""
        return Form(entries, self.time_zone, self.problems)

    def node(self, key: str) -> Node | None:
        """The value of *key*; an empty one counts as not given."""
        return self._given.get(key)

    def scalar(self, key: str) -> Text | None:
        """The one text behind *key*; a list of one counts."""
        node = self._given.get(key)
        if node is None:
            return None
        if isinstance(node, Items) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, Text):
            return node if node.value else None
        self.problems.append(error("one-value-expected", node.place, key=key))
        return None

    def text(self, key: str) -> str:
        found = self.scalar(key)
        return found.value if found else ""

    def mention(self, key: str) -> Mention | None:
        """A name and its place."""
        found = self.scalar(key)
        return Mention(found.value, found.place.line, found.place.column) if found else None

    def names(self, key: str, limit: int = MAX_NAMES) -> tuple[Mention, ...]:
        """Names in a list, or in one text between 、 ， , ； or ; (at most *limit*)."""
        found = []
        for text in self._scalars(key):
            for match in _NAME.finditer(text.value):
                name = match[0].strip()
                lead = len(match[0]) - len(match[0].lstrip())
                offset = match.start() + lead if text.verbatim else 0
                if name:
                    found.append(Mention(name, text.place.line, text.place.column + offset))
        if len(found) > limit:
            place = Place(self.entries.place.path, found[0].line, found[0].column)
            self.problems.append(
                error("too-many-names", place, key=key, names=len(found), limit=limit)
            )
        return tuple(found[:limit])

    def lines(self, key: str) -> tuple[str, ...]:
        """The lines of a text, or the items of a list."""
        texts = [line.strip() for text in self._scalars(key) for line in text.value.split("\n")]
        return tuple(filter(None, texts))

    def date(self, key: str) -> Date | None:
        """A date in any form that has one meaning; another form than ISO is a notice."""
        found = self.scalar(key)
        if found is None:
            return None
        date = read_date(found.value, self.time_zone)
        if date is None:
            self.problems.append(error("date-unknown", found.place, date=found.value))
        elif date.iso != found.value:
            self.problems.append(
                notice("date-form", found.place, written=found.value, date=date.iso)
            )
        return date

    def answer(self, key: str, default: bool) -> bool:
        """Yes or no in either language; another word is an error, for nobody may guess it."""
        found = self.scalar(key)
        if found is None:
            return default
        word = found.value.strip().lower()
        if word in _YES or word in _NO:
            return word in _YES
        self.problems.append(error("answer-unknown", found.place, key=key, word=found.value))
        return default

    def consent(self) -> bool:
        """Whether somebody agreed: without the key, yes; without a clear answer, never."""
        asked = next((entry for entry in self.entries.entries if entry.key == "consent"), None)
        if asked is None:
            return True
        if self.scalar("consent") is None:
            self.problems.append(error("answer-missing", asked.written.place, key="consent"))
            return False
        return self.answer("consent", default=False)

    def address(self, key: str) -> str:
        """An address of the web; anything but http and https is an error."""
        found = self.scalar(key)
        if found is None:
            return ""
        if not is_safe(found.value):
            self.problems.append(error("address-unsafe", found.place, key=key, address=found.value))
            return ""
        return found.value

    def extra(self, known: keys.Keys) -> tuple[tuple[str, str], ...]:
        """Keys that nobody knows, kept; each is a notice with the nearest known key."""
        kept = []
        for entry in self.entries.entries:
            if entry.key in known:
                continue
            kept.append((entry.key, as_text(entry.value)))
            self.unknown_key(entry.written, known)
        return tuple(kept)

    def unknown_key(self, written: Text, known: keys.Keys) -> None:
        """Say that *written* means nothing here."""
        near = keys.nearest_key(written.value, known)
        if near in _GUARDS:
            problem = error("key-guard", written.place, key=written.value, near=near)
        elif near:
            problem = notice("key-near", written.place, key=written.value, near=near)
        else:
            problem = notice("key-unknown", written.place, key=written.value)
        self.problems.append(problem)

    def _scalars(self, key: str) -> list[Text]:
        node = self._given.get(key)
        if node is None:
            return []
        texts = []
        for item in node.items if isinstance(node, Items) else (node,):
            if isinstance(item, Text):
                texts.append(item)
            elif not is_empty(item):
                self.problems.append(error("list-of-texts-expected", item.place, key=key))
        return texts
