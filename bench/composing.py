"""The edition of an anthology, set once, for what is measured beside it or on a kept press."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from candlelight import messages
from candlelight.bindery import Bindery
from candlelight.book.composition import Composed, compose, copy_of, draft, setting_of
from candlelight.book.fonts import Faces, faces
from candlelight.book.inks import ink_of
from candlelight.book.press import Press
from candlelight.book.prints import photo_key
from candlelight.book.volumes import Volume
from candlelight.galleyroom import GalleyRoom
from candlelight.publication import BookRequest, Chosen, choose
from candlelight.run.session import session

CACHE = ".candlelight"


class Typeset(NamedTuple):
    """One volume on its *press*; *prints* are the JPEGs by the key of their photo."""

    chosen: Chosen
    press: Press
    composed: Composed
    words: Mapping[str, str]
    faces: Faces
    prints: Mapping[str, Path]


@contextlib.contextmanager
def typeset(source: Path, folder: Path) -> Iterator[Typeset]:
    """Set the whole anthology at *source* in *folder*, as ``candlelight book`` does."""
    cache = source / CACHE
    request = BookRequest(source=source, cache=cache, output=folder / "book.pdf")
    with session(cache) as memory:
        chosen = choose(request, memory, _silent)
        words = messages.load("book", chosen.language, source)
        fonts, _ = faces(cache, source)
        volume = Volume(chosen.edition.parts)
        copy = copy_of(volume, chosen.lines, chosen.gathered.blocks, words, {})
        setting = setting_of(volume, chosen.lines, for_print=False, own=())
        press = Press(folder / "set", fonts.folder, setting)
        sheets = {name: one.sheet for name, one in copy.told.items()}
        galleys = GalleyRoom(folder, source, fonts, memory).galleys(copy.book, sheets, setting)
        composed = compose(draft(copy, galleys, press.grid, words), press, source, words)
        ink, _ = ink_of(chosen.lines.site.book, source, for_print=False)
        bindery = Bindery(request, chosen, ink, folder)
        made = bindery.prints(composed, memory, _silent)
        prints = {
            photo_key(photo.facts.digest): bindery.room.file(photo, made[photo.path])
            for document in composed.copy.documents.values()
            for photo in document.photos
            if photo.path in made
        }
        yield Typeset(chosen, press, composed, words, fonts, prints)


def _silent(step: str, size: int) -> _Silence:  # noqa: ARG001  # the form of Progress
    return _Silence()


class _Silence:
    def __call__(self, done: int) -> None:
        """Tell nobody of the progress."""
