"""What editors say of the photos in a folder, before anybody opens a photo."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from candlelight.problems import Place, Problem, error, notice
from candlelight.read import keys
from candlelight.read.form import Form
from candlelight.read.jobs import PhotoEntry
from candlelight.read.nodes import Entries, Items, Node, Text


class Folder:
    """The photos that lie beside a text, found by what an editor typed."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = tuple(paths)
        self._exact = {path.rpartition("/")[2]: path for path in self.paths}
        self._folded = {_folded(name): path for name, path in self._exact.items()}

    def find(self, written: str) -> str:
        """The path of the photo called *written*, whatever its case or Unicode form; or ``""``."""
        name = written.removeprefix("./")
        return self._exact.get(name) or self._folded.get(_folded(name), "")

    def locate(self, text: str, place: Place, problems: list[Problem]) -> str:
        """The path of the photo called *text*, or ``""`` and the reason among *problems*."""
        if not is_plain_name(text):
            problems.append(error("photo-elsewhere", place, file=text))
            return ""
        path = self.find(text)
        if not path:
            problems.append(self._missing(text, place))
        elif (name := path.rpartition("/")[2]) != text.removeprefix("./"):
            problems.append(notice("photo-name-form", place, written=text, file=name))
        return path

    def _missing(self, text: str, place: Place) -> Problem:
        # Late: a clean anthology never needs it.
        from candlelight.names import nearest

        near = nearest(text, self._exact, at_least=0.5)
        if near:
            return error("photo-missing-near", place, file=text, near=near)
        return error("photo-missing", place, file=text)


def is_plain_name(text: str) -> bool:
    """Whether *text* names a file of the same folder and nothing else."""
    name = text.removeprefix("./")
    return bool(name) and not set(name) & set("/\\\0") and ":" not in name and name != ".."


def read_entries(form: Form, folder: Folder) -> tuple[PhotoEntry, ...]:
    """The listed photos in the order of the list, each once."""
    node = form.node("photos")
    if node is None:
        return ()
    items: tuple[Node, ...] = node.items if isinstance(node, Items) else (node,)
    found: dict[str, PhotoEntry] = {}
    for item in items:
        entry = _entry(item, form, folder)
        if entry is None:
            continue
        if entry.path and entry.path in found:
            form.problems.append(
                error("photo-twice", item.place, file=entry.path.rpartition("/")[2])
            )
        found.setdefault(entry.path or entry.missing, entry)
    return tuple(found.values())


def _entry(item: Node, form: Form, folder: Folder) -> PhotoEntry | None:
    if isinstance(item, Text):
        path = folder.locate(item.value, item.place, form.problems)
        return PhotoEntry(path, line=item.place.line, missing="" if path else item.value)
    if not isinstance(item, Entries):
        form.problems.append(error("photo-entry-unknown", item.place))
        return None
    inner = form.inner(item)
    name = inner.scalar("file")
    inner.extra(keys.PHOTO)
    if name is None:
        form.problems.append(error("photo-without-file", item.place))
        return None
    path = folder.locate(name.value, name.place, form.problems)
    caption, alt = inner.text("caption"), inner.text("alt")
    consent = inner.consent()
    if path and not alt and consent:
        file = path.rpartition("/")[2]
        form.problems.append(notice("photo-without-alt", name.place, file=file))
    return PhotoEntry(
        path,
        caption,
        inner.text("credit"),
        alt,
        consent,
        line=name.place.line,
        missing="" if path else name.value,
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
