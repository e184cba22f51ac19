"""The view is the dependency list: it changes when its page does, and never otherwise."""

from __future__ import annotations

import dataclasses
import typing

import msgspec
import pytest

from candlelight import messages
from candlelight.model import Anthology, Body, Community, Date, Mention, Site, Story, Team
from candlelight.plan.directory import resolve
from candlelight.plan.site import plan_site
from candlelight.plan.views import AnyView

PHRASES = messages.load("phrases", "zh-Hans")
TEAM = Team(path="content/teams/candle.md", slug="candle", title="蜡烛", summary="一队人")
POINTS = tuple(
    Community(path=f"content/communities/{slug}.md", slug=slug, title=title, district=district)
    for slug, title, district in (("nan", "南山", "天山区"), ("chang", "长乐", "沙区"))
)


def story(slug: str, point: str, day: int, **facts: object) -> Story:
    path = f"content/stories/{slug}.md"
    known = {"title": f"题{slug}", "summary": f"概{slug}", "body": Body(digest=slug), **facts}
    return Story(
        path=path, slug=slug, community=Mention(point), team=Mention("蜡烛"),
        date=Date(2020, 8, day), **known,  # type: ignore[arg-type]
    )  # fmt: skip


@dataclasses.dataclass
class Edit:
    """The views of three stories, before and after something is edited."""

    before: dict[str, AnyView]

    def changed(self, *stories: Story, **facts: object) -> set[str]:
        after = views(*stories, **facts)
        return {
            address
            for address in {*self.before, *after}
            if self.before.get(address) != after.get(address)
        }


def views(*stories: Story, **facts: object) -> dict[str, AnyView]:
    facts = {"teams": (TEAM,), "communities": POINTS, **facts}
    directory = resolve(Anthology(Site(), stories, **facts))  # type: ignore[arg-type]
    return {view.address: view for view in plan_site(directory, PHRASES).views}


A, B, C = story("a", "南山", 1), story("b", "南山", 2), story("c", "长乐", 3)


@pytest.fixture
def edit() -> Edit:
    return Edit(views(A, B, C))


def test_the_same_facts_give_the_same_views(edit: Edit) -> None:
    assert edit.changed(A, B, C) == set()


def test_a_body_is_in_the_view_of_its_own_page_alone(edit: Edit) -> None:
    assert edit.changed(msgspec.structs.replace(A, body=Body(digest="new")), B, C) == {"stories/a/"}


def test_a_title_is_in_the_views_that_link_to_it(edit: Edit) -> None:
    changed = edit.changed(msgspec.structs.replace(A, title="新题"), B, C)
    assert "stories/b/" in changed
    assert "stories/c/" not in changed


def test_a_new_story_elsewhere_is_in_no_view_of_a_story(edit: Edit) -> None:
    changed = edit.changed(A, B, C, story("d", "长乐", 20))
    assert {address for address in changed if address.startswith("stories/")} == {
        "stories/", "stories/c/", "stories/d/",
    }  # fmt: skip


def test_a_summary_of_a_team_is_in_no_view_of_a_story(edit: Edit) -> None:
    changed = edit.changed(A, B, C, teams=(msgspec.structs.replace(TEAM, summary="两队人"),))
    assert not {address for address in changed if address.startswith("stories/")}


def test_the_order_in_which_stories_are_found_is_in_no_view(edit: Edit) -> None:
    assert edit.changed(C, A, B) == set()


def test_every_picture_of_a_view_is_found_wherever_its_type_puts_one() -> None:
    """A view with pictures in a field that nobody looks through would show what is never made."""
    known = {"rows", "flow", "portrait"}
    for view in typing.get_args(AnyView):
        for field in msgspec.structs.fields(view):
            holds = any(name in str(field.type) for name in ("Picture", "Hung", "Plate"))
            assert not holds or field.name in known, f"{view.__name__}.{field.name}"
