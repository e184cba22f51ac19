"""No link of the built sites is broken, and everything is near the home page."""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import ROOT
from tests.markup import Page

# They need no browser, but the sample, which this part builds anyway.
pytestmark = pytest.mark.browser

Site = dict[str, Page]


def parsed(folder: Path) -> Site:
    pages = (path for path in sorted(folder.rglob("*.html")) if path.name != "404.html")
    return {path.relative_to(folder).as_posix(): Page(path.read_text("utf-8")) for path in pages}


@pytest.fixture(scope="module")
def sample(sample_site: Path) -> Site:
    return parsed(sample_site)


@pytest.fixture(scope="module")
def golden(golden_site: Path) -> Site:
    return parsed(golden_site)


def addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Every (element, address) that leads out of *page* or into it."""
    for element in page.elements:
        for name in ("href", "xlink:href", "src", "srcset"):
            for part in element.attributes.get(name, "").split(", " if name == "srcset" else None):
                yield element.name, part.split(" ")[0] if name == "srcset" else part


def broken(folder: Path, site: Site) -> list[str]:
    found = []
    for path, page in site.items():
        for element, address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme or element == "base":
                continue
            here = posixpath.dirname(path)
            target = (
                posixpath.normpath(posixpath.join(here, unquote(parts.path)))
                if parts.path
                else path
            )
            if not (folder / target).is_file() or address.startswith("/"):
                found.append(f"{path}: {address}")
            elif parts.fragment and target in site:
                ids = {one.attributes.get("id") for one in site[target].elements}
                if unquote(parts.fragment) not in ids:
                    found.append(f"{path}: {address}")
    return found


def test_no_link_of_the_sample_is_broken_in_a_sub_folder_or_on_a_usb_stick(
    sample_site: Path, sample: Site
) -> None:
    assert broken(sample_site, sample) == []


def test_no_link_of_the_golden_anthology_is_broken(golden_site: Path, golden: Site) -> None:
    assert broken(golden_site, golden) == []


def clicks(site: Site) -> dict[str, int]:
    """How many clicks each page is from the home page, by links in the text."""
    found, waiting = {"index.html": 0}, ["index.html"]
    while waiting:
        path = waiting.pop(0)
        for element, address in addresses(site[path]):
            parts = urlsplit(address)
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(parts.path))
            )
            leads_on = element == "a" and parts.path and not parts.scheme and target in site
            if leads_on and target not in found:
                found[target] = found[path] + 1
                waiting.append(target)
    return found


def test_everything_of_the_anthology_is_within_three_clicks_of_the_home_page(sample: Site) -> None:
    near = clicks(sample)
    for kind in ("stories", "teams", "communities", "people", "pages"):
        for path in sorted((ROOT / "content" / kind).iterdir()):
            folder = "" if kind == "pages" else f"{kind}/"
            page = f"{folder}{path.stem}/index.html"
            if page in sample:
                assert near.get(page, 99) <= 3, page
            else:
                assert kind in {"people", "pages"}, page


def test_every_page_is_reached_by_some_link(sample: Site) -> None:
    assert set(sample) - set(clicks(sample)) == set()


def test_a_story_is_light_before_its_photos(sample_site: Path) -> None:
    css = sum(
        len(gzip.compress(path.read_bytes(), mtime=0)) for path in sample_site.glob("assets/css/*")
    )
    for path in sample_site.glob("stories/*/index.html"):
        assert len(gzip.compress(path.read_bytes(), mtime=0)) + css <= 60_000, path
