"""The only place where addresses are spelled."""

from __future__ import annotations

import ast
import posixpath
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.plan import routes

ADDRESSES = st.sampled_from(
    ["", "stories/", "stories/初雪/", "teams/a b/", "people/initial-a/", "404.html", "feed.xml",
     "assets/cards/stories/100%.jpg", "timeline/year-2020-08/"]
)  # fmt: skip


@given(ADDRESSES, ADDRESSES)
def test_a_link_leads_from_any_page_to_any_other(here: str, there: str) -> None:
    folder = posixpath.dirname(routes.output_file(here))
    reached = posixpath.normpath(posixpath.join(folder, unquote(routes.link(here, there))))
    assert reached == routes.output_file(there)


@given(ADDRESSES, ADDRESSES)
def test_a_link_never_starts_at_the_root_of_a_server(here: str, there: str) -> None:
    assert not routes.link(here, there).startswith(("/", "http"))


def test_links_name_the_file_so_that_a_usb_stick_can_be_read() -> None:
    assert routes.link("stories/a/", "teams/b/") == "../../teams/b/index.html"
    assert routes.link("stories/a/", "") == "../../index.html"


def test_a_part_of_the_same_page_is_a_fragment_alone() -> None:
    assert routes.link("people/", "people/#a") == "#a"
    assert routes.link("stories/a/", "people/#a") == "../../people/index.html#a"


def test_what_is_no_letter_of_an_address_is_escaped() -> None:
    assert routes.link("", "stories/初 雪?/") == "stories/%E5%88%9D%20%E9%9B%AA%3F/index.html"
    assert routes.absolute("https://a.example/b/", "stories/初/") == (
        "https://a.example/b/stories/%E5%88%9D/"
    )
    assert routes.absolute("", "stories/a/") == ""


def test_a_page_for_lost_readers_links_from_the_root() -> None:
    assert routes.link("404.html", "stories/", "/sub/") == "/sub/stories/"


@pytest.mark.parametrize(
    ("target", "address"),
    [("stories/a", "stories/a/"), ("people/ma", "people/ma/"), ("pages/about", "about/")],
)
def test_a_document_of_the_content_has_its_address(target: str, address: str) -> None:
    assert routes.document(target) == address


def test_a_folder_that_is_no_kind_has_none() -> None:
    with pytest.raises(KeyError):
        routes.document("photos/a")


@pytest.mark.parametrize(
    "address", ["feed.xml/", "Assets/", "data/", "404.html/", "sitemap-2.xml/"]
)
def test_files_that_every_site_has_are_taken(address: str) -> None:
    assert routes.is_taken(address)


@pytest.mark.parametrize("address", ["about/", "feed/", "sitemap/", "404/", "stories/data/"])
def test_other_addresses_are_free(address: str) -> None:
    assert not routes.is_taken(address)


def test_nothing_else_spells_an_address() -> None:
    """A folder of the site in another module's string would be a second place to change."""
    package = Path(routes.__file__).parents[1]
    prefixes = ("stories/", "teams/", "communities/", "people/", "timeline/", "photos/")
    for path in [*package.glob("plan/*.py"), *package.glob("make/*.py")]:
        if path.name == "routes.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in docstrings:
                spelled = isinstance(node.value, str) and node.value.startswith(prefixes)
                assert not spelled, f"{path.name}:{node.lineno} {node.value}"
