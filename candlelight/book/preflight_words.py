"""The preflight list in words, for a terminal or a note to the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from candlelight.book.preflight import Preflight
from candlelight.book.production import Reason
from candlelight.book.words import in_words

_SHOWN = 8
"""So many values of one kind are listed; the JSON has them all."""


def sentences(preflight: Preflight, words: Mapping[str, str]) -> list[str]:
    """The list as lines: facts first, then what a person should look at, indented by two spaces.

    *words* has a sentence for each key below, with names in braces; raises KeyError if one lacks.
    """
    facts = (words[key].format(**given) for key, given in _facts(preflight, words))
    notes = (words[key].format(**given) for key, given in _notes(preflight, words))
    return [*facts, *(f"  {note}" for note in notes)]


def pages(numbers: Iterable[int], join: str) -> str:
    """Page numbers with runs drawn together: ``3, 5–7``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    shown = [f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]
    return _listed(shown, join)


Line = tuple[str, dict[str, object]]


def _facts(found: Preflight, words: Mapping[str, str]) -> Iterator[Line]:
    join = words["join"]
    sizes = (f"{s.width:g} × {s.height:g}" for s in found.trims)
    yield "file", {"file": found.file, "version": found.version, "size": in_words(found.size)}
    yield "pages", {"pages": found.pages, "trim": join.join(sizes), "bleed": f"{found.bleed:g}"}
    fonts = sorted({font.name for font in found.fonts if font.embedded})
    yield "fonts", {"number": len(fonts), "fonts": join.join(fonts)}
    images = join.join(f"{colour} {number}" for colour, number in found.images.items())
    yield "photos", {"photos": found.photos, "shown": found.shown, "images": images}
    yield "colours", {"colours": join.join(found.colours), "text": join.join(found.text_colours)}
    if found.intent:
        yield "intent", {"intent": found.intent}
    claims = join.join(found.claims)
    yield ("claims", {"claims": claims}) if claims else ("no-claims", {})


def _notes(found: Preflight, words: Mapping[str, str]) -> Iterator[Line]:
    join = words["join"]
    for soft in found.soft:
        yield "soft", {
            "story": soft.story or soft.key, "page": soft.page, "dpi": soft.dpi,
            "width": f"{soft.width:g}", "height": f"{soft.height:g}",
        }  # fmt: skip
    for place, characters in found.missing.items():
        yield "missing", {"place": place, "characters": " ".join(characters)}
    if found.transparency:
        yield "transparency", {"pages": pages(found.transparency, join)}
    if found.against:
        yield "against", {"reasons": join.join(_reasons(found.against, words))}
    for reason in _reasons(found.faults, words):
        yield "fault", {"reason": reason}


def _reasons(reasons: Iterable[Reason], words: Mapping[str, str]) -> Iterator[str]:
    """A sentence a kind of reason, with all that was found of it."""
    ordered = sorted(reasons, key=lambda reason: reason.code)
    for code, same in groupby(ordered, key=lambda reason: reason.code):
        found = [reason.what for reason in same if reason.what]
        if all(what.isdecimal() for what in found):
            what = pages((int(what) for what in found), words["join"])
        else:
            what = _listed(list(dict.fromkeys(found)), words["join"])
        yield words[f"reason-{code}"].format(what=what)


def _listed(shown: list[str], join: str) -> str:
    return join.join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
