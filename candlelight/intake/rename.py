"""A story under a new address, its old one kept in ``content/redirects.yaml``.

The old address is written first: a crash in between leaves a redirect to nothing yet, a warning,
and the same command again completes the move. The other way round an address would be lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from candlelight import whole
from candlelight.intake.refused import Refused, short
from candlelight.intake.shelf import REDIRECTS, Shelf, redirects
from candlelight.model import Story
from candlelight.names import nearest
from candlelight.problems import Place
from candlelight.read.document import read_document
from candlelight.read.encoding import decode
from candlelight.read.jobs import DocumentJob
from candlelight.read.redirects import read_redirects
from candlelight.read.site import read_site
from candlelight.read.slugs import check_slug, same_slug
from candlelight.read.sources import find_sources

Pairs = tuple[tuple[str, str], ...]
_PATH = re.compile(r"^(?:.*/)?content/|^(?=stories/)|^/(?=stories/)")
_HEADER = "# 旧地址: 新地址。改名时自动写下，让旧网址还找得到故事。 Old addresses and new ones.\n"


class Renamed(msgspec.Struct, frozen=True):
    """What a rename did: paths from the source, and the places that still name the old address."""

    old: str
    new: str
    mentions: tuple[Place, ...]


def rename_story(source: Path, old: str, new: str) -> Renamed:
    """Move the story *old* (a slug, an address or a path) to the slug *new*.

    Raises Refused with nothing changed, and OSError after putting everything back.
    """
    shelf = Shelf(source, "story")
    old_slug, new_slug = _slug(old), _slug(new)
    path = _existing(shelf, old_slug)
    _refuse(shelf, old_slug, new_slug)
    before = redirects(source)
    raw = _raw(source)
    _write(source, _edited(raw, _moved(before, f"stories/{old_slug}", f"stories/{new_slug}")))
    moved = source / path
    if moved.name.lower() == "index.md":
        moved = moved.parent
    target = moved.with_name(new_slug if moved.is_dir() else f"{new_slug}.md")
    try:
        moved.rename(target)
    except OSError:
        _restore(source, raw)
        raise
    mentions = tuple(mentions_of(source, old_slug))
    return Renamed(_relative(moved, source), _relative(target, source), mentions)


def mentions_of(source: Path, slug: str) -> Iterator[Place]:
    """Every line that links to the story *slug*, and the settings if they list it in an order."""
    needles = slug.encode(), _percent(slug)
    files = find_sources(source)
    for file in files.documents:
        raw = (source / file.path).read_bytes()
        if not any(needle in raw for needle in needles):
            continue
        document = read_document(DocumentJob(file.path, file.kind, raw)).document
        if isinstance(document, Story) and document.version_of == slug:
            yield from _lines_with(slug, raw, file.path)
            continue
        for link in document.body.links if document else ():
            if link.target == f"stories/{slug}":
                yield Place(file.path, link.line)
    if files.site and isinstance(
        read_site(raw := (source / "site.yaml").read_bytes())[0].order, tuple
    ):
        yield from _lines_with(slug, raw, files.site.path)


def _lines_with(slug: str, raw: bytes, path: str) -> Iterator[Place]:
    """The lines where *slug* stands by itself, comments aside."""
    whole = re.compile(rf"(?<![\w-]){re.escape(slug)}(?![\w-])")
    for number, line in enumerate(decode(raw, path)[0].split("\n"), start=1):
        if whole.search(line.partition(" #")[0]):
            yield Place(path, number)


def _slug(given: str) -> str:
    """The slug in ``x``, ``stories/x``, ``/stories/x/index.html`` or ``content/stories/x.md``."""
    text = unicodedata.normalize("NFC", given.strip().replace("\\", "/"))
    text = _PATH.sub("", text).removeprefix("stories/")
    return re.sub(r"/(index\.(md|html))?$|\.md$", "", text)


def _existing(shelf: Shelf, slug: str) -> str:
    """The path of the story's text; Refused names the story that was most likely meant."""
    paths = shelf.paths()
    if slug in paths:
        return paths[slug]
    if moved := shelf.moved().get(same_slug(slug)):
        raise Refused("rename-moved", old=short(slug), new=moved.removeprefix("stories/"))
    near = nearest(slug, paths, at_least=0.5)
    if near:
        raise Refused("rename-near", old=short(slug), near=near)
    raise Refused("rename-missing", old=short(slug), folder=shelf.folder)


def _refuse(shelf: Shelf, old: str, new: str) -> None:
    if check_slug(new, "") or not new or "." in new:
        raise Refused("rename-bad-slug", new=short(new))
    if old == new:
        raise Refused("rename-same", old=old)
    if same_slug(old) == same_slug(new):
        raise Refused("rename-alike", old=old, new=new)
    if path := shelf.slugs().get(same_slug(new)):
        raise Refused("rename-taken", new=new, path=path)
    leads = shelf.moved().get(same_slug(new), "")
    if leads not in ("", f"stories/{old}", f"stories/{new}"):
        raise Refused("rename-taken-by-old", new=new, leads=leads.removeprefix("stories/"))


def _moved(pairs: Pairs, old: str, new: str) -> Pairs:
    """*pairs* with *old* leading to *new*: chains collapsed, no address leading to itself.

    >>> _moved((("stories/a", "stories/b"),), "stories/b", "stories/c")
    (('stories/a', 'stories/c'), ('stories/b', 'stories/c'))
    """
    kept = [(one, new if two == old else two) for one, two in pairs if one not in (old, new)]
    return (*kept, (old, new))


def _edited(raw: bytes, pairs: Pairs) -> bytes:
    """The file with exactly *pairs*, its comments kept where lines can be kept."""
    lines = raw.decode("utf-8-sig", errors="replace").splitlines()
    wanted = dict(pairs)
    kept = []
    for line in lines:
        one, _ = read_redirects(line.encode())
        if not one:
            kept.append(line)
        elif one[0][0] in wanted:
            old = one[0][0]
            kept.append(line if wanted[old] == one[0][1] else f"{old}: {wanted[old]}")
            del wanted[old]
    kept += [f"{old}: {new}" for old, new in wanted.items()]
    edited = "\n".join([*([] if raw else [_HEADER.rstrip()]), *kept, ""]).encode()
    found, problems = read_redirects(edited)
    if sorted(found) == sorted(pairs) and not problems:
        return edited
    # A form that lines do not show (a flow mapping, say) is written anew.
    return (_HEADER + "".join(f"{old}: {new}\n" for old, new in pairs)).encode()


def _write(source: Path, content: bytes) -> None:
    """Replace the file in one step, after its bytes are safe on the disk."""
    with whole.aside(source / REDIRECTS, lasting=True) as part:
        part.write_bytes(content)


def _restore(source: Path, raw: bytes) -> None:
    if raw:
        _write(source, raw)
    else:
        (source / REDIRECTS).unlink(missing_ok=True)


def _raw(source: Path) -> bytes:
    try:
        return (source / REDIRECTS).read_bytes()
    except FileNotFoundError:
        return b""


def _percent(slug: str) -> bytes:
    # Late: only a rename needs it.
    from urllib.parse import quote

    return quote(slug).encode()


def _relative(path: Path, source: Path) -> str:
    return path.relative_to(source).as_posix()
