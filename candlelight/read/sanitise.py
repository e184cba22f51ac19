"""HTML that may stand in a page: a list of what is allowed, and a word on what was not.

Sanitising happens on the engine's output, for the engine passes raw HTML and addresses through.
"""

from __future__ import annotations

import functools
import itertools
import re

import nh3

from candlelight.problems import Place, Problem, warning

_TAGS_WORDS = (
    "p h1 h2 h3 h4 h5 h6 br hr em strong b i s u del ins mark small sub sup q cite abbr "
    "code kbd pre blockquote ul ol li dl dt dd table thead tbody tr th td a img ruby rt rp "
    "details summary figure figcaption span bdi bdo time"
)
_TAGS = frozenset(_TAGS_WORDS.split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir", "id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "abbr": {"title"},
    "th": {"align", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto"}
_ENOUGH = 20
"""Warnings of a kind: more say nothing new of a text that nobody wrote by hand."""
_TAG = re.compile(r"<([a-zA-Z][\w:-]*+)((?:[^>\"']++|\"[^\"]{0,2000}+\"|'[^']{0,2000}+'){0,200}+)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:@][\w:.-]*)\s*=?")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
# What the engine itself writes, and wrappers whose loss changes nothing.
_QUIET = frozenset({"div", "section", "article", "center", "font", "html", "body"})
_HARMLESS = frozenset({"class", "id", "align", "width", "height", "loading", "referrerpolicy"})
_ADDRESS = re.compile(
    r"(?:href|src)\s*+=\s*+[\"']?\s*+((?!https?:|mailto:)[a-z][\w+.-]*+\s*+:[^\"'>]*+)",
    re.IGNORECASE,
)


def sanitise(html: str) -> str:
    """*html* with allowed tags, attributes and addresses only, well formed, text escaped."""
    return _cleaner().clean(html)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        generic_attribute_prefixes=set(),
    )


def removed(html: str, source: str, place: Place) -> list[Problem]:
    """Warnings for the tags, attributes and addresses of *html* that sanitising drops.

    *source* is the text as written, from *place* on: it tells the line where one stands.
    """
    names: dict[str, str] = {}
    for match in _TAG.finditer(html):
        tag = match[1].lower()
        if tag not in _TAGS and tag not in _QUIET:
            names.setdefault(f"<{tag}>", f"<{tag}")
        bare = _VALUE.sub(" ", match[2])
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) | _HARMLESS
        for written in _ATTRIBUTE.findall(bare):
            name = written.lower()
            if name not in allowed and not name.startswith("data-") and tag in _TAGS:
                names.setdefault(name, written)
    lowered = source.lower()
    problems = [
        warning("html-removed", _line(lowered, needle, place), name=name)
        for name, needle in itertools.islice(names.items(), _ENOUGH)
    ]
    addresses = dict.fromkeys(match[1] for match in _ADDRESS.finditer(html))
    for address in itertools.islice(addresses, _ENOUGH):
        spot = _line(lowered, address.split(":")[0], place)
        problems.append(warning("address-removed", spot, address=address))
    return problems


def _line(lowered: str, needle: str, place: Place) -> Place:
    at = lowered.find(needle.lower())
    if at < 0:
        return place
    return Place(place.path, place.line + lowered.count("\n", 0, at))
