"""Who is who: one name, however it is spelled, is one team, one place, one person."""

from __future__ import annotations

import pytest

from candlelight.model import Anthology, Community, Mention, Person, Site, Story, Team
from candlelight.plan.directory import Directory, own_slug, resolve


def story(slug: str, **facts: object) -> Story:
    path = f"content/stories/{slug}/index.md"
    mentions = {key: named(facts.pop(key, None)) for key in ("team", "community")}
    many = {
        key: tuple(map(Mention, str(facts.pop(key, "")).split())) for key in ("authors", "people")
    }
    return Story(path=path, slug=slug, title=slug, **mentions, **many, **facts)  # type: ignore[arg-type]


def named(name: object) -> Mention | None:
    return Mention(str(name), 5, 7) if name else None


def team(slug: str, title: str, *aliases: str, leaders: str = "") -> Team:
    path = f"content/teams/{slug}/index.md"
    leads = tuple(map(Mention, leaders.split()))
    return Team(path=path, slug=slug, title=title, aliases=aliases, leaders=leads)


def point(slug: str, title: str, *, teams: str = "", leaders: str = "") -> Community:
    return Community(
        path=f"content/communities/{slug}/index.md",
        slug=slug,
        title=title,
        teams=tuple(map(Mention, teams.split())),
        leaders=tuple(map(Mention, leaders.split())),
    )


def person(slug: str, title: str, *aliases: str, team: str = "", consent: bool = True) -> Person:
    path = f"content/people/{slug}.md"
    of = named(team)
    return Person(path=path, slug=slug, title=title, aliases=aliases, team=of, consent=consent)


def directory(*documents: Story | Team | Community | Person) -> Directory:
    def of(kind: type) -> tuple[object, ...]:
        return tuple(one for one in documents if isinstance(one, kind))

    return resolve(
        Anthology(Site(), of(Story), of(Team), of(Community), of(Person))  # type: ignore[arg-type]
    )


CANDLE = team("candle", "蜡烛志愿者团队", "蜡烛团队")


@pytest.mark.parametrize(
    "written",
    ["蜡烛志愿者团队", "蠟燭志願者團隊", "蜡烛团队", "蜡烛 志愿者团队", "candle", "Candle"],
)
def test_a_team_is_meant_by_name_alias_or_slug_in_either_script(written: str) -> None:
    found = directory(CANDLE, story("a", team=written))
    assert found.stories[0].team == "candle"
    assert not found.problems


@pytest.mark.parametrize("dot", "·•・‧")
def test_every_dot_in_a_name_is_one(dot: str) -> None:
    leader = point("a", "甲社区", leaders="古丽娜孜·贾那提别克")
    again = point("b", "乙社区", leaders=f"古丽娜孜{dot}贾那提别克")
    author = person("gu-li", f"古丽娜孜{dot}贾那提别克")
    assert directory(leader, again, author).leaders == {"a": ("gu-li",), "b": ("gu-li",)}


def test_a_near_miss_of_a_team_is_a_warning_with_the_suggestion_and_a_page_of_its_own() -> None:
    found = directory(CANDLE, story("a", team="蜡烛志愿者者团队"))
    [problem] = found.problems
    assert (problem.code, problem.severity) == ("unknown-team", "warning")
    assert str(problem.place) == "content/stories/a/index.md:5:7"
    assert problem.given == {"name": "蜡烛志愿者者团队", "near": "蜡烛志愿者团队"}
    assert found.teams[found.stories[0].team].title == "蜡烛志愿者者团队"


def test_a_team_without_a_file_is_one_team_in_all_its_spellings() -> None:
    found = directory(story("a", team="雷锋车队"), story("b", team="雷鋒車隊"))
    assert found.stories[0].team == found.stories[1].team
    assert not found.problems


def test_a_name_that_two_teams_claim_is_a_warning() -> None:
    found = directory(team("a", "甲队", "应急队"), team("b", "应急队"), story("s", team="应急队"))
    assert [problem.code for problem in found.problems] == ["ambiguous-name"]


def test_namesakes_of_two_teams_are_two_people_and_within_a_team_one() -> None:
    found = directory(
        story("a", team="甲队", authors="李娜"),
        story("b", team="乙队", authors="李娜"),
        story("c", team="甲队", people="李娜"),
    )
    first, second, third = found.stories
    assert first.authors == third.people
    assert first.authors != second.authors


def test_a_file_makes_one_person_of_all_mentions() -> None:
    found = directory(
        person("li-na", "李娜", "小娜"),
        story("a", team="甲队", authors="李娜"),
        story("b", team="乙队", authors="小娜"),
    )
    assert {one.authors for one in found.stories} == {("li-na",)}


def test_a_file_that_names_a_team_means_only_the_namesake_of_that_team() -> None:
    found = directory(
        person("li-na", "李娜", team="甲队"),
        story("a", team="甲队", authors="李娜"),
        story("b", team="乙队", authors="李娜"),
    )
    assert found.stories[0].authors == ("li-na",)
    assert found.stories[1].authors != ("li-na",)


def test_a_slug_of_a_person_never_depends_on_who_else_exists() -> None:
    alone = directory(story("b", team="甲队", authors="张薇"))
    crowded = directory(
        story("a", team="甲队", authors="章伟"), story("b", team="甲队", authors="张薇")
    )
    assert alone.stories[0].authors == crowded.stories[1].authors
    assert len(crowded.persons) == 2


def test_somebody_withheld_is_nobody_anywhere() -> None:
    found = directory(
        person("wei-ming", "卫明", "小卫", consent=False),
        point("a", "甲社区", leaders="衛明"),
        story("s", authors="小卫 李娜", people="卫明"),
    )
    assert found.leaders["a"] == ()
    assert [somebody.name for somebody in found.persons.values()] == ["李娜"]


def test_a_namesake_of_somebody_withheld_is_left_out_rather_than_named() -> None:
    found = directory(
        person("wei-ming", "卫明", team="甲队", consent=False),
        story("s", team="乙队", authors="卫明"),
    )
    assert found.stories[0].authors == ()


def test_nobody_is_given_a_team_that_no_source_names() -> None:
    found = directory(
        CANDLE,
        point("a", "甲社区", teams="蜡烛团队"),
        story("s", community="甲社区", authors="李娜"),
    )
    assert found.persons[found.stories[0].authors[0]].team == ""


def test_the_team_of_somebody_is_known_from_any_story_that_names_it() -> None:
    found = directory(
        CANDLE,
        point("a", "甲社区", teams="蜡烛团队"),
        story("s", community="甲社区", authors="李娜"),
        story("t", team="蜡烛团队", authors="李娜"),
    )
    [somebody] = found.persons.values()
    assert somebody.team == "candle"


def test_a_slug_of_its_own_is_pinyin_and_a_mark() -> None:
    assert own_slug("单卫国", "candle").startswith("shan-wei-guo-")
    assert own_slug("ئايگۈل", "").isalnum()
