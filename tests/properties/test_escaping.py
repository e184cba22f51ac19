"""Any text survives, escaped: it is found again as text, and never becomes a tag."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candlelight.make.typography import display
from tests.anthology import Anthology
from tests.markup import Page

HOSTILE = (
    "<script>alert(1)</script>", "</title>", "</script>", "<!--", "-->", "]]>", "{{ 7*7 }}",
    "{% raw %}", "{#", "&amp;", "&lt;", "\"'>", "' onload='x", "javascript:x", "${x}", "%(name)s",
    "{name}", "<img src=x>", "\\", "`", "ئايگۈل", "門縫", "🕯️",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("C", "Z"))
TEXT = (
    st.lists(
        st.one_of(st.text(LETTERS, max_size=8), st.sampled_from(HOSTILE)), min_size=1, max_size=5
    )
    .map(" ".join)
    .map(str.strip)
    .filter(bool)
)
SAFE = frozenset({"http", "https", "mailto"})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, quick: None) -> Anthology:
    anthology = Anthology(tmp_path_factory.mktemp("any") / "text")
    anthology.story("a", date="2020-08-12", **plain()).photo("a", "p.jpg", (60, 40))
    return anthology


def plain(text: str = "灯") -> dict[str, object]:
    """A story with *text* in every field that takes any."""
    return {
        "title": text,
        "author": [text],
        "team": text,
        "community": text,
        "summary": text,
        "role": text,
        "photos": [{"file": "p.jpg", "caption": text, "credit": text, "alt": text}],
        "credits": [{"role": text, "names": [text]}],
        "source": {"title": text, "publisher": text, "rights": text},
        "corrections": [{"text": text}],
    }


def words(text: str) -> str:
    return " ".join(text.split())


def shape(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """The tags of the body and the names of their attributes, text and numbers aside."""
    main = [element for element in page.elements if element.name not in {"path", "br"}]
    return [(element.name, tuple(sorted(element.attributes))) for element in main]


@given(TEXT)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_field_is_found_again_and_never_becomes_a_tag(
    told: Anthology, text: str
) -> None:
    told.edit("a", **plain())
    told.build(keep_going=True)
    expected = shape(Page(told.read("stories/a/index.html")))
    told.edit("a", **plain(text))
    result = told.build()
    assert result.published, result.codes
    page = Page(told.read("stories/a/index.html"))
    assert page.first("h1").text == words(display(text))
    assert page.first("img").attributes.keys() == {"class", "src", "alt", "width", "height"}
    assert text in {image.attributes["alt"] for image in page.all("img")}
    assert words(display(text)) in Page(told.read("index.html")).text
    assert {tag for tag, _ in shape(page)} <= {tag for tag, _ in expected}
    assert {names for _, names in shape(page)} <= {names for _, names in expected}


@given(TEXT)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_title_is_the_same_for_machines(told: Anthology, text: str) -> None:
    told.edit("a", **plain())
    told.edit("a", title=text, summary=text)
    assert told.build().published
    [story] = json.loads(told.read("data/anthology.json"))["stories"]
    assert words(story["title"]) == words(text)
    feed = ET.fromstring(told.read("feed.xml"))
    titles = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert words(text) in [words(title or "") for title in titles]
    for script in Page(told.read("stories/a/index.html")).all("script"):
        graph = json.loads(script.text)["@graph"]
        assert words(graph[0]["headline"]) == words(text)


MARKDOWN = st.lists(
    st.one_of(
        st.text(LETTERS, max_size=6),
        st.sampled_from(
            (*HOSTILE, "\n", "\n\n", "* ", "[", "](", ")", "![", "> ", "# ", "| ", "    ")
        ),
        st.sampled_from(("<a href='javascript:x'>", "<p onclick=x>", "<svg>", "<style>", "<base>")),
        st.sampled_from(("[x](javascript:x)", "[x](data:text/html,x)", "<javascript:x>", "[^1]")),
    ),
    max_size=12,
).map("".join)


@given(MARKDOWN)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_whatever_brings_a_script_a_handler_or_an_address_that_runs(
    told: Anthology, body: str
) -> None:
    told.edit("a", body=f"开头。\n\n{body}\n\n结尾。", **plain())
    if not told.build(keep_going=True).published or not (told.output / "stories/a").exists():
        return
    page = Page(told.read("stories/a/index.html"))
    assert not list(page.all("iframe", "style", "base", "object", "embed", "form", "input"))
    assert [script.attributes for script in page.all("script")] == [{"type": "application/ld+json"}]
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on")]
        for name in ("href", "src"):
            scheme, colon, _ = element.attributes.get(name, "").partition(":")
            is_placeholder = name == "src" and scheme == "data"
            assert not colon or "/" in scheme or is_placeholder or scheme.lower() in SAFE
    assert [one.attributes.get("id") for one in page.all("main")] == ["main"]


@given(st.text(st.sampled_from("一盏灯照着雪abc123&\"'，。！？"), min_size=1, max_size=40))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plain_prose_is_found_again_to_the_letter(told: Anthology, prose: str) -> None:
    told.edit("a", body=f"{prose}\n", **plain())
    assert told.build().published
    assert words(prose) in Page(told.read("stories/a/index.html")).text
