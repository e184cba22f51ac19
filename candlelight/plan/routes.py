"""The only place where addresses are spelled.

An address is a path from the root of the site, not yet percent-encoded: ``""`` is the home page,
``stories/first/`` a page in a folder of its own, ``feed.xml`` a file; ``#part`` may follow. Pages
link to each other by relative addresses that name ``index.html``, so that the same site opens
from a server, below a folder of one, and from a USB stick (docs/decisions/0004).
"""

from __future__ import annotations

import functools
import re
from pathlib import PurePosixPath
from urllib.parse import quote

HOME = ""
STORIES = "stories/"
TIMELINE = "timeline/"
PHOTOS = "photos/"
TEAMS = "teams/"
COMMUNITIES = "communities/"
PEOPLE = "people/"
ABOUT = "about/"
NOT_FOUND = "404.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ANTHOLOGY = "data/anthology.json"
FONT = "assets/fonts/wenkai.woff2"
DOWNLOADS = "downloads/"

UNDATED = "undated"

_is_plain = re.compile(r"[A-Za-z0-9._~/-]*").fullmatch
"""What ``quote`` leaves as it is."""

_KINDS = {
    "stories": STORIES,
    "teams": TEAMS,
    "communities": COMMUNITIES,
    "people": PEOPLE,
    "pages": HOME,
}


def story(slug: str) -> str:
    """The page of a story."""
    return f"{STORIES}{slug}/"


def team(slug: str) -> str:
    """The page of a team."""
    return f"{TEAMS}{slug}/"


def community(slug: str) -> str:
    """The page of a service point."""
    return f"{COMMUNITIES}{slug}/"


def person(slug: str) -> str:
    """The page of a person."""
    return f"{PEOPLE}{slug}/"


def page(slug: str) -> str:
    """The page of a text of the anthology itself."""
    return f"{slug}/"


def document(target: str) -> str:
    """The address of ``stories/first``, ``pages/about``: a folder of content and a slug.

    Raises KeyError if the folder is not one of the five kinds.
    """
    kind, _, slug = target.partition("/")
    return f"{_KINDS[kind]}{slug}/"


def year(of: str, name: str) -> str:
    """The part of a long list *of* (an address) that holds one year, or ``undated``."""
    return f"{of}year-{name}/"


def month(of: str, year_name: str, number: int) -> str:
    """The part of a long year that holds one month (0: no month is known)."""
    return f"{of}year-{year_name}-{number:02d}/"


def initial(letter: str) -> str:
    """The part of a long index of people that holds one initial (``#``: no letter)."""
    return f"{PEOPLE}initial-{letter.lower() if letter.isalpha() else 'other'}/"


def initial_anchor(letter: str, of: str = PEOPLE) -> str:
    """Where an initial stands on the index of people, or on the part *of* it."""
    return f"{of}#{letter.lower() if letter.isalpha() else 'other'}"


def district_anchor(name: str) -> str:
    """The identifier under which a district stands in a register; an id holds no spaces."""
    return "-".join(name.split())


def district(name: str) -> str:
    """Where a district stands in the register of all service points."""
    return f"{COMMUNITIES}#{district_anchor(name)}"


def rendition(key: str, width: int, extension: str) -> str:
    """One rendition of a photo."""
    return photo_file(f"{key}-{width}.{extension}")


def photo_file(name: str) -> str:
    """Where the rendition file *name* is published."""
    return f"assets/photos/{name}"


def card(page_address: str) -> str:
    """The share card of a page."""
    return f"assets/cards/{page_address.strip('/') or 'home'}.jpg"


def download(name: str) -> str:
    """A book to take along."""
    return f"{DOWNLOADS}{name}"


def asset(name: str, digest: str) -> str:
    """A theme file below ``assets/`` under a name that changes with its bytes."""
    path = PurePosixPath(name)
    return f"assets/{path.with_name(f'{path.stem}.{digest[:12]}{path.suffix}')}"


def asset_name(path: str) -> str:
    """The theme file that *path* is a state of, whatever its digest; "" for every other path."""
    stem, _, rest = path.rpartition(".")
    name, _, digest = stem.rpartition(".")
    hashed = path.startswith("assets/") and len(digest) == 12 and "/" not in digest
    return f"{name}.{rest}" if hashed else ""


def output_file(address: str) -> str:
    """The file that holds *address*, from the root of the output."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def link(here: str, there: str, root: str | None = None) -> str:
    """How the page *here* links to *there*; with *root* the link is absolute and starts with it."""
    if root is None and "#" not in there:  # Nearly every link.
        return "../" * here.count("/") + _encoded_file(there)
    address, _, part = there.partition("#")
    fragment = f"#{quote(part)}" if part else ""
    if root is not None:
        return f"{root}{_encoded(address)}{fragment}"
    if part and address == here:
        return fragment
    return f"{'../' * here.count('/')}{_encoded_file(address)}{fragment}"


def is_taken(address: str) -> bool:
    """Whether the page *address* would stand among or on the files that every site has."""
    first = PurePosixPath(address).parts[0].casefold()
    files = (ANTHOLOGY, FONT, FEED, NOT_FOUND, DOWNLOADS)
    # The sitemap of a large anthology has numbered parts.
    return first in {PurePosixPath(file).parts[0] for file in files} or (
        first.startswith("sitemap") and first.endswith(".xml")
    )


def absolute(base_url: str, address: str) -> str:
    """The full URL of *address*, or "" without a base URL."""
    return f"{base_url}{_encoded(address)}" if base_url else ""


# A page names the same few addresses several times, and its neighbours name them again.
@functools.lru_cache(maxsize=4096)
def _encoded(address: str) -> str:
    # Nearly all addresses are plain, and are known to be in a fifth of the time.
    return address if _is_plain(address) else quote(address)


@functools.lru_cache(maxsize=4096)
def _encoded_file(address: str) -> str:
    return _encoded(output_file(address))
