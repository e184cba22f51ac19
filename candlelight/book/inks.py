"""What a book is printed with: the inks of its photos, and how its file leaves the house."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from candlelight import resources
from candlelight.book.preflight import DPI
from candlelight.book.prints import Inks, profile_problem
from candlelight.book.production import READING, Production, UnfitProfile, read_profile
from candlelight.model import BookSettings
from candlelight.problems import Place, Problem, error

PROFILE = "assets/icc/cmyk.icc"
CONDITION = "FOGRA39"
"""What the kept profile describes, in the ICC's registry of printing conditions."""

SCREEN_DPI = 200
"""Enough for any screen and for an office printer; a book of 300 photos stays under 70 MB."""


class Ink(msgspec.Struct, frozen=True):
    """*dpi* is how fine photos are at their size on the page."""

    inks: Inks
    production: Production
    dpi: int

    @property
    def fineness(self) -> float:
        """*dpi* as a share of what the printer wants."""
        return self.dpi / DPI


def ink_of(book: BookSettings, source: Path, *, for_print: bool) -> tuple[Ink, tuple[Problem, ...]]:
    """How *book* is printed, or shown on a screen; a profile of another kind is an error."""
    if not for_print:
        return Ink(Inks("grey" if book.black else "rgb"), READING, SCREEN_DPI), ()
    own = source / book.icc_profile if book.icc_profile else None
    path = own or resources.find(PROFILE, source)
    if own and (wrong := profile_problem(own, book.icc_profile, Place("site.yaml"))):
        return Ink(Inks(), READING, DPI), (wrong,)
    try:
        profile = read_profile(path, "Custom" if own else CONDITION)
    except UnfitProfile:
        # CMYK, but of a scanner or a screen: no printer can promise its colours.
        wrong = error("icc-broken", Place("site.yaml"), value=book.icc_profile or PROFILE)
        return Ink(Inks(), READING, DPI), (wrong,)
    digest = hashlib.sha256(profile.data).hexdigest()
    inks = Inks("grey") if book.black else Inks("cmyk", str(path), digest)
    return Ink(inks, Production(prints=True, profile=profile), DPI), ()
