"""Characters that no face has are found before Typst sets empty boxes for them."""

from pathlib import Path

import pytest

from candlelight.book.fonts import Faces
from candlelight.book.glyphs import lacking

HAS = "abcé烛光社区，。 "
FACES = Faces(Path(), (), spans=tuple(sorted({(ord(sign), ord(sign)) for sign in HAS})))


def test_each_story_is_told_the_characters_that_no_face_has() -> None:
    texts = {"first": ["烛光", "社区龘"], "second": ["烛光，。"], "third": ["𠮷龘𠮷", "₽"]}
    assert lacking(texts, FACES) == {"first": "龘", "third": "₽龘𠮷"}


@pytest.mark.parametrize(
    "text",
    [
        "烛\n\t光",
        "a\u00a0b\u2003c\u3000",
        "社\u200b\u200d\u2060\u00ad区",
        "烛\ufe0f光\U000e0100",
        "\u200f烛\u2067光\u2069",
    ],
    ids=["controls", "spaces", "joiners", "variations", "directions"],
)
def test_what_shows_nothing_needs_no_glyph(text: str) -> None:
    assert lacking({"story": [text]}, FACES) == {}


def test_an_accent_may_be_part_of_its_letter() -> None:
    assert lacking({"one": ["e\u0301"], "two": ["a\u0301"]}, FACES) == {"two": "á"}


def test_letters_nobody_has_assigned_are_reported_too() -> None:
    assert lacking({"story": ["\ue000\U000e1000"]}, FACES) == {"story": "\ue000\U000e1000"}


def test_no_stories_lack_nothing() -> None:
    assert lacking({}, FACES) == {}
    assert lacking({"empty": []}, FACES) == {}
