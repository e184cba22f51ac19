"""``why`` tells in sentences what the next build would make again."""

from __future__ import annotations

import contextlib
import typing
from collections.abc import Callable

import pytest

from candlelight.cli import main
from candlelight.console import Console
from candlelight.messages import load
from candlelight.plan import cards, views
from candlelight.run import why as reasons
from candlelight.run.cache import Cache
from tests.anthology import Anthology

Ask = Callable[..., str]


@pytest.fixture
def why(anthology: Anthology, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Build the anthology once; then ask, and hear the answer."""
    anthology.story("first", "雪落了。", date="2020-01-01", community="东社区")
    anthology.story("second", "灯亮了。", date="2020-02-01", community="东社区")
    anthology.build()
    capsys.readouterr()

    def ask(path: str, *options: str) -> str:
        assert main(["why", path, "--source", str(anthology.root), *options]) == 0
        return capsys.readouterr().out

    return ask


def sentence(code: str, names: str = "") -> str:
    return Console("zh-Hans").text(f"why-{code}", names=names)


def test_nothing_is_said_of_a_page_that_stands(why: Ask) -> None:
    assert sentence("stands") in why("/stories/first/")


@pytest.mark.parametrize(
    "path",
    ["/stories/first/", "stories/first", "first", "stories/first/index.html",
     "content/stories/first/index.md", "content/stories/first",
     "http://127.0.0.1:8000/stories/first/?x#y"],
)  # fmt: skip
def test_a_page_is_named_by_address_by_file_or_by_its_source(why: Ask, path: str) -> None:
    assert "stories/first/index.html" in why(path)


def test_a_published_file_may_be_named_by_its_path_on_this_machine(
    why: Ask, anthology: Anthology
) -> None:
    assert sentence("stands") in why(str(anthology.output / "stories/first/index.html"))


def test_an_edited_text(why: Ask, anthology: Anthology) -> None:
    anthology.edit("first", "雪停了。")
    said = why("/stories/first/")
    assert sentence("text") in said
    assert "摘要" in said  # the excerpt of the text describes the page


def test_a_new_title_changes_the_page_of_its_neighbour_too(why: Ask, anthology: Anthology) -> None:
    anthology.edit("first", title="初雪")
    assert sentence("field", "上一篇") in why("/stories/second/")


def test_a_new_photo(why: Ask, anthology: Anthology) -> None:
    anthology.photo("first")
    assert sentence("photos") in why("/stories/first/")


def test_a_page_that_was_never_published(why: Ask, anthology: Anthology) -> None:
    anthology.story("third")
    assert sentence("new") in why("/stories/third/")


def test_a_published_file_that_somebody_changed_or_lost(why: Ask, anthology: Anthology) -> None:
    page = anthology.output / "stories/first/index.html"
    page.write_text("我改了", encoding="utf-8")
    assert sentence("by-hand") in why("/stories/first/")
    page.unlink()
    assert sentence("missing") in why("/stories/first/")


def test_a_page_whose_story_is_gone(why: Ask, anthology: Anthology) -> None:
    anthology.delete_story("second")
    assert sentence("gone") in why("/stories/second/")


def test_a_template_that_is_included_is_named(why: Ask, anthology: Anthology) -> None:
    pieces = reasons.template_parts(None)["story.html"]
    assert "_pieces.html" in pieces
    anthology.write("templates/site/_pieces.html", _built_in("_pieces.html") + "{# 新 #}")
    said = why("/stories/first/")
    assert sentence("templates", "_pieces.html") in said
    assert "story.html" not in said


def test_a_stylesheet_is_named(why: Ask, anthology: Anthology) -> None:
    anthology.write("assets/css/site.css", "body { color: black }")
    assert sentence("assets", "css/site.css") in why("/stories/first/")


def test_a_setting_of_the_whole_site_is_named(why: Ask, anthology: Anthology) -> None:
    anthology.site(footer=["新的一行"])
    assert sentence("site", "页脚") in why("/stories/first/")


def test_newer_code(why: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candlelight.making.code_version", lambda: "newer")
    assert sentence("code") in why("/stories/first/")


def test_nothing_is_kept_of_a_story_that_was_taken_down(why: Ask, anthology: Anthology) -> None:
    anthology.delete("content/stories/first").build()
    with contextlib.closing(Cache.open(anthology.root / ".candlelight", "")) as cache:
        gone, _ = reasons.recall(cache, anthology.root / "public", ["stories/first/index.html"])
    assert gone == {}


def test_a_lost_cache_costs_the_explanation_only(why: Ask, anthology: Anthology) -> None:
    for file in (anthology.root / ".candlelight").glob("cache.sqlite*"):
        file.unlink()
    anthology.edit("first", "雪停了。")
    assert sentence("unknown") in why("/stories/first/")
    assert sentence("stands") in why("/stories/second/")


def test_an_error_says_that_it_keeps_the_story_out(why: Ask, anthology: Anthology) -> None:
    anthology.edit("first", date="某一天")
    said = why("content/stories/first/index.md")
    assert sentence("left-out") in said
    assert "date-unknown" in said


def test_a_template_of_all_pages_is_answered_in_a_few_lines(why: Ask, anthology: Anthology) -> None:
    said = why("templates/site/base.html")
    assert said.count("\n") < 30


def test_what_is_nowhere_gets_a_sentence(
    why: Ask, anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["why", "/nowhere/", "--source", str(anthology.root)]) == 2
    assert "/nowhere/" in capsys.readouterr().err


def test_what_is_remembered_follows_each_build(why: Ask, anthology: Anthology) -> None:
    anthology.edit("first", "雪停了。")
    anthology.build()
    anthology.edit("first", title="初雪")
    said = why("/stories/first/")
    assert sentence("text") not in said
    assert "题目" in said


def test_every_field_of_every_view_has_a_name_in_both_languages() -> None:
    shown = [*typing.get_args(views.AnyView), cards.WallCard, cards.StoryCard, views.SiteView]
    fields = {name for view in shown for name in view.__struct_fields__} | {"characters"}
    fields -= reasons.TEXT | reasons.PHOTOS
    for language in ("zh-Hans", "en"):
        words = load("console", language)
        assert not {name for name in fields if f"field-{name.replace('_', '-')}" not in words}


def _built_in(name: str) -> str:
    from candlelight import resources

    return resources.find(f"templates/site/{name}", None).read_text("utf-8")
