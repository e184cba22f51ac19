"""What the last whole build saw, so that the next one can tell what has changed since.

A plan follows from facts. Where no fact has changed that more than one page shows, there is
nothing to plan: what stands is right, or right but for the pages of stories whose text was edited.
Losing the ledger costs time, never truth; a stamp is believed only where it proves that the file
is the same (`stamps.py`).
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Self

import msgspec

from candlelight import resources
from candlelight.model import PhotoRecipe, Story
from candlelight.plan.views import SiteView, StoryView
from candlelight.problems import Problem
from candlelight.read.sources import Sources
from candlelight.run.cache import Cache
from candlelight.run.stamps import is_settled

_encode = msgspec.msgpack.Encoder().encode
_LEDGER, _OUTPUTS = "ledger", "outputs"
_PORTION = 400
"""Stories that are encoded at once."""
_THEME = ("templates/site", "templates/messages", "assets")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A document: its stamp (empty where it proves nothing), and the SHA-256 of its text.

    *others* is a digest of all that other pages may show of it, and of its problems; *photos* is
    one of the photos of a story, as the last whole build found them.
    """

    stamp: tuple[int, ...]
    digest: str
    others: str
    photos: str = ""


class Ledger(msgspec.Struct, frozen=True):
    """One build that was published. *around* is a digest of everything but the documents.

    *manifest* is the digest of the manifest it published, *files* how many are in it; *named* are
    the files that ``site.yaml`` names, and whether each stood there; *wary* says that every text
    must be looked through, because somebody did not agree to be named.
    """

    around: str
    documents: dict[str, Entry]
    manifest: str
    files: int
    time_zone: str
    site: SiteView
    recipe: PhotoRecipe
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    language: str
    named: tuple[tuple[str, bool], ...] = ()
    wary: bool = False

    @classmethod
    def recall(cls, cache: Cache, output: Path) -> Self | None:
        """The ledger of the last build into *output*."""
        return cache.get(_LEDGER, [str(output)], cls).get(str(output))

    def keep(self, cache: Cache, output: Path) -> None:
        """Remember it as the last build into *output*."""
        cache.put(_LEDGER, {str(output): self})


class Told(msgspec.Struct, frozen=True):
    """A story and its view, as they stand."""

    story: Story
    view: StoryView


def of_photos(story: Story) -> str:
    """A digest of the photos of *story*, in order, with what is said of them; "" for none."""
    if not story.photos:
        return ""
    return hashlib.blake2b(_encode(story.photos), digest_size=16).hexdigest()


def tell(cache: Cache, output: Path, stories: Iterable[tuple[str, Told]]) -> None:
    """Keep *stories*, by the path of their text, for whoever edits one."""
    rest = iter(stories)
    while some := dict(itertools.islice(rest, _PORTION)):
        cache.put(_told(output), some)


def told(cache: Cache, output: Path, paths: Iterable[str]) -> dict[str, Told]:
    """The stories at *paths* as they stand, of those that are known."""
    return cache.get(_told(output), paths, Told)


def close(cache: Cache, output: Path) -> None:
    """Forget the ledger of *output*: it tells of texts that may be gone."""
    lasting = cache.lasting()
    known = lasting.get(_OUTPUTS, [_OUTPUTS], tuple[str, ...]).get(_OUTPUTS, ())
    cache.keep_only(_LEDGER, (one for one in known if one != str(output)))


def forget(cache: Cache, output: Path, documents: Collection[str], stories: Iterable[str]) -> None:
    """Forget what is not among *stories*: of a text that was taken down nothing stays.

    What is kept of builds into other folders goes too if their *documents* were others.
    """
    cache.keep_only(_told(output), stories)
    lasting = cache.lasting()
    known = lasting.get(_OUTPUTS, [_OUTPUTS], tuple[str, ...]).get(_OUTPUTS, ())
    others = [one for one in known if one != str(output)]
    ledgers = cache.get(_LEDGER, others, Ledger)
    stay = [one for one in others if one in ledgers and ledgers[one].documents.keys() == documents]
    for gone in set(others).difference(stay):
        cache.keep_only(_told(Path(gone)), ())
    cache.keep_only(_LEDGER, [*stay, str(output)])
    lasting.put(_OUTPUTS, {_OUTPUTS: (*stay, str(output))})


def around(sources: Sources, source: Path, wishes: object) -> str:
    """A digest of all that shapes a site but its documents: photos, settings, theme, *wishes*.

    "" where a file was touched so lately that its stamp proves nothing.
    """
    files = [one for one in (sources.site, sources.redirects) if one]
    stamps: list[tuple[str, tuple[int, ...]]] = [
        (one.path, one.stamp) for one in (*files, *sources.photos)
    ]
    stamps += _theme(source)
    if not all(is_settled(stamp) for _, stamp in stamps):
        return ""
    whole = hashlib.sha256(_encode([stamps, sources.problems, wishes]))
    return whole.hexdigest()


def _theme(source: Path) -> Iterable[tuple[str, tuple[int, ...]]]:
    for kind in _THEME:
        for name, path in resources.files(kind, source).items():
            found = path.stat()
            stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
            # In a locale without UTF-8 a name has what no encoder takes.
            yield ascii(f"{kind}/{name}={path}"), stamp


def _told(output: Path) -> str:
    return f"told {output}"
