"""Which stories a book holds, in which order, under which parts, chapters and volumes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.book.edition import Edition, Point, story_id
from candlelight.book.selection import Selection
from candlelight.book.volumes import Volume, volumes_of
from candlelight.model import BookSettings, Date, Document, Mention, Site, VolumeSettings
from candlelight.plan.lines import Lines
from tests.book.shelf import WORDS, edition, lines_of, mentions, person, point, slugs, story, team

CANDLE = team("candle", "蜡烛志愿者团队", aliases=["蜡烛团队"])
RESCUE = team("rescue", "地震应急联盟")
GARDEN = point("garden", "世纪花园", teams=["蜡烛志愿者团队"], number="3", district="米东区")
SOUTH = point("south", "南山社区", teams=["蜡烛志愿者团队", "地震应急联盟"], number="12")
FAR = point("far", "通州区")
EVERY = (
    CANDLE,
    RESCUE,
    GARDEN,
    SOUTH,
    FAR,
    story("snow", team="蜡烛志愿者团队", place="世纪花园", date=Date(2020, 8, 12)),
    story("soup", team="蜡烛志愿者团队", date=Date(2020), authors=["马保富"]),
    story("gate", team="地震应急联盟", place="南山社区", date=Date(2020, 7)),
    story("lamp", place="通州区", people=["马保富"]),
    story("note"),
)


def outline(found: Edition) -> dict[str, dict[str, list[str]]]:
    """Titles of parts, of their chapters, and the slugs of their stories."""
    return {
        part.title: {
            chapter.title: [one.story.slug for one in chapter.stories] for chapter in part.chapters
        }
        for part in found.parts
    }


def points(found: Edition, title: str) -> dict[str, Point]:
    part = next(part for part in found.parts if part.title == title)
    return {one.community: one for one in part.points}


def codes(lines: Lines, **asked: object) -> list[str]:
    return [problem.code for problem in edition(lines, Selection(**asked))[1]]  # type: ignore[arg-type]


def test_parts_are_teams_and_chapters_are_service_points() -> None:
    found, problems = edition(lines_of(*EVERY))
    assert problems == []
    assert outline(found) == {
        "蜡烛志愿者团队": {"世纪花园": ["snow"], "各服务点": ["soup"]},
        "地震应急联盟": {"南山社区": ["gate"]},
        "各地的志愿者": {"通州区": ["lamp"], "未记地点": ["note"]},
    }


def test_a_point_of_two_teams_stands_in_both_registers_and_is_lit_where_its_stories_follow() -> (
    None
):
    found, _ = edition(lines_of(*EVERY))
    assert points(found, "地震应急联盟") == {"south": Point("south", lit=True)}
    assert points(found, "蜡烛志愿者团队")["south"] == Point("south", False, ("地震应急联盟",))


def test_a_point_without_a_team_stands_in_the_last_register() -> None:
    found, _ = edition(lines_of(*EVERY, point("east", "东门")))
    assert list(points(found, "各地的志愿者")) == ["east", "far"]


def test_a_register_keeps_the_numbers_of_the_anthology() -> None:
    numbered = [point(slug, slug, number=number) for slug, number in
                (("a", "10"), ("b", "9"), ("c", ""), ("d", "1"))]  # fmt: skip
    found, _ = edition(lines_of(*numbered))
    assert [one.community for one in found.parts[0].points] == ["d", "b", "a", "c"]


def test_a_team_without_a_story_has_its_part_before_the_last() -> None:
    found, _ = edition(lines_of(*EVERY, team("new", "新团队")))
    assert [part.title for part in found.parts][-2:] == ["新团队", "各地的志愿者"]
    assert found.parts[-2].chapters == ()


def test_a_book_of_no_story_is_the_parts_that_wait() -> None:
    found, problems = edition(lines_of(CANDLE, GARDEN))
    assert (slugs(found), problems) == ([], [])
    assert points(found, "蜡烛志愿者团队") == {"garden": Point("garden", lit=False)}
    assert edition(lines_of()) == (Edition(), [])


def test_a_book_has_one_script_so_a_second_version_is_left_out() -> None:
    second = story("snow-hant", team="蜡烛志愿者团队", version_of="snow")
    assert "snow-hant" not in slugs(edition(lines_of(*EVERY, second))[0])
    listed = BookSettings(stories=mentions(["snow-hant"]))
    assert slugs(edition(lines_of(*EVERY, second, settings=listed))[0]) == ["snow-hant"]


@pytest.mark.parametrize("name", ["candle", "蜡烛团队", "蠟燭志願者團隊"])
def test_a_team_is_known_by_each_of_its_names(name: str) -> None:
    found, problems = edition(lines_of(*EVERY), Selection(team=name))
    assert (slugs(found), problems) == (["snow", "soup"], [])
    assert list(points(found, "蜡烛志愿者团队")) == ["garden"]  # the story of the other is not here


def test_a_service_point_alone_makes_a_book() -> None:
    found, _ = edition(lines_of(*EVERY), Selection(community="南山社區"))
    assert outline(found) == {"地震应急联盟": {"南山社区": ["gate"]}}
    waiting, _ = edition(lines_of(CANDLE, GARDEN, SOUTH), Selection(community="世纪花园"))
    assert [part.points for part in waiting.parts] == [(Point("garden", lit=False),)]


def test_a_person_is_found_as_author_and_as_named() -> None:
    ma = person("ma", "马保富", aliases=["老马"])
    found, _ = edition(lines_of(*EVERY, ma), Selection(person="老马"))
    assert slugs(found) == ["soup", "lamp"]
    assert points(found, "各地的志愿者") == {"far": Point("far", lit=True)}


def test_an_unknown_name_is_an_error_with_the_nearest() -> None:
    found, [problem] = edition(lines_of(*EVERY), Selection(team="蜡烛"))
    assert (slugs(found), problem.code) == ([], "selection-near")
    assert problem.given == {"name": "蜡烛", "near": "蜡烛志愿者团队"}
    assert codes(lines_of(*EVERY), community="月球") == ["selection-unknown"]
    assert codes(lines_of(*EVERY), team="?", person="?") == ["selection-unknown"] * 2


def test_a_name_of_two_persons_needs_the_slug() -> None:
    two = (
        story("a", team="蜡烛志愿者团队", authors=["王伟"]),
        story("b", team="地震应急联盟", authors=["王伟"]),
    )
    lines = lines_of(*two)
    _, [problem] = edition(lines, Selection(person="王伟"))
    assert problem.code == "selection-ambiguous"
    first = problem.given["slugs"].split("、")[0]
    assert len(slugs(edition(lines, Selection(person=first))[0])) == 1


def test_dates_are_inclusive_and_a_vague_date_is_in_where_it_may_lie() -> None:
    dated = lines_of(*(
        story(date.iso, date=date)
        for date in (Date(2019, 12, 31), Date(2020), Date(2020, 7), Date(2020, 7, 16), Date(2021))
    ))  # fmt: skip
    since = Selection(since=Date(2020, 7, 16), until=Date(2020, 7, 16))
    assert slugs(edition(dated, since)[0]) == ["2020", "2020-07", "2020-07-16"]
    assert slugs(edition(dated, Selection(until=Date(2019)))[0]) == ["2019-12-31"]
    assert slugs(edition(dated, Selection(since=Date(2021)))[0]) == ["2021"]


def test_stories_without_a_date_are_told_when_dates_choose() -> None:
    found, [problem] = edition(lines_of(*EVERY), Selection(since=Date(2020)))
    assert slugs(found) == ["snow", "soup", "gate"]
    assert (problem.code, problem.severity) == ("selection-undated", "notice")
    assert problem.given == {"count": "2", "titles": "《题lamp》《题note》"}


def test_dates_the_wrong_way_round_are_an_error() -> None:
    asked = {"since": Date(2021), "until": Date(2020, 12)}
    assert codes(lines_of(*EVERY), **asked) == ["selection-reversed"]
    assert codes(lines_of(*EVERY), since=Date(2020), until=Date(2020))[:1] != ["selection-reversed"]


def test_a_selection_never_calls_a_point_waiting_that_has_stories() -> None:
    found, _ = edition(lines_of(*EVERY), Selection(until=Date(2020, 7)))
    assert [one for part in found.parts for one in part.points if not one.lit] == [
        Point("south", False, ("地震应急联盟",))
    ]


def test_a_list_is_the_order_of_the_book() -> None:
    listed = BookSettings(stories=mentions(["note", "gate", "snow"]))
    found, problems = edition(lines_of(*EVERY, settings=listed))
    assert problems == []
    assert [part.title for part in found.parts] == [
        "地震应急联盟", "蜡烛志愿者团队", "各地的志愿者",
    ]  # fmt: skip


def test_an_order_of_its_own_goes_before_that_of_the_site() -> None:
    stories = (story("b", date=Date(2020)), story("a", date=Date(2021)))
    lines = lines_of(*stories, site=Site(order="pinyin"))
    assert slugs(edition(lines)[0]) == ["a", "b"]
    assert slugs(edition(lines, settings=BookSettings(order="date"))[0]) == ["b", "a"]
    _, [problem] = edition(lines, settings=BookSettings(order=("b", "c")))
    assert problem.code == "order-unknown"


def test_by_pinyin_parts_and_chapters_stand_by_their_names() -> None:
    lines = lines_of(
        *(story(f"{title}", team=title, place=place, date=Date(2020))
          for title, place in (("重庆队", "丙"), ("安康队", "乙"), ("博乐队", "甲"))),
        story("again", team="安康队", place="甲", date=Date(2021)),
        site=Site(order="pinyin"),
    )  # fmt: skip
    found, _ = edition(lines)
    assert [part.title for part in found.parts] == ["安康队", "博乐队", "重庆队"]
    assert [chapter.title for chapter in found.parts[0].chapters] == ["甲", "乙"]


def test_a_slug_that_nobody_has_is_an_error_with_its_place_and_the_nearest() -> None:
    settings = BookSettings(
        stories=(Mention("snwo", 5, 9), Mention("题gate", 6, 9), Mention("?", 7))
    )
    _, problems = edition(lines_of(*EVERY, settings=settings))
    assert [(one.code, str(one.place)) for one in problems] == [
        ("book-story-near", "site.yaml:5:9"),
        ("book-story-near", "site.yaml:6:9"),
        ("book-story-unknown", "site.yaml:7"),
    ]
    assert [one.given.get("near") for one in problems] == ["snow", "gate", None]


def test_a_slug_that_stands_twice_counts_once() -> None:
    settings = BookSettings(stories=mentions(["snow", "snow"]))
    found, [problem] = edition(lines_of(*EVERY, settings=settings))
    assert (slugs(found), problem.code) == (["snow"], "book-story-twice")


def test_a_preface_that_was_chosen_must_be_there() -> None:
    settings = BookSettings(preface="foreword", named_pages=(Mention("foreword", 9, 12),))
    _, [problem] = edition(lines_of(*EVERY, settings=settings))
    assert (problem.code, problem.given) == (
        "book-page-unknown", {"key": "preface", "slug": "foreword"},
    )  # fmt: skip
    assert str(problem.place) == "site.yaml:9:12"


# Volumes


def pages(found: Edition, each: int) -> dict[str, int]:
    return {story_id(one.story.slug): each for one in found.stories}


def cut(lines: Lines, each: int, limit: int) -> tuple[Volume, ...]:
    found, _ = edition(lines)
    return volumes_of(found, BookSettings(volume_pages=limit), pages(found, each), WORDS)


def test_what_fits_is_one_volume_without_a_name() -> None:
    found, _ = edition(lines_of(*EVERY))
    [volume] = volumes_of(found, BookSettings(), pages(found, 10), WORDS)
    assert (volume.name, volume.number, volume.count, volume.parts) == ("", 1, 1, found.parts)


def test_a_long_book_is_cut_where_a_part_ends() -> None:
    first, second = cut(lines_of(*EVERY), 10, 30)
    assert (first.name, second.name) == ("上册", "下册")
    assert list(outline(first)) == ["蜡烛志愿者团队", "地震应急联盟"]
    assert list(outline(second)) == ["各地的志愿者"]
    assert (second.number, second.count) == (2, 2)


def test_a_part_in_two_volumes_has_its_whole_register_in_both() -> None:
    stories = [story(f"s{at}", team="蜡烛志愿者团队", place=place, date=Date(2020, 1, at + 1))
               for at, place in enumerate(["世纪花园"] * 4 + ["南山社区"] * 4)]  # fmt: skip
    first, second = cut(lines_of(CANDLE, GARDEN, SOUTH, *stories), 10, 40)
    assert points(first, "蜡烛志愿者团队") == {
        "garden": Point("garden", lit=True), "south": Point("south", False, ("下册",)),
    }  # fmt: skip
    assert points(second, "蜡烛志愿者团队") == {
        "garden": Point("garden", False, ("上册",)), "south": Point("south", lit=True),
    }  # fmt: skip


def test_many_volumes_are_numbered_in_chinese() -> None:
    lines = lines_of(*(story(f"s{at:02d}") for at in range(22)))
    names = [volume.name for volume in cut(lines, 10, 10)]
    assert names[:2] + names[9:11] + names[-2:] == [
        "第一册", "第二册", "第十册", "第十一册", "第二十一册", "第二十二册",
    ]  # fmt: skip
    assert [volume.name for volume in cut(lines, 10, 80)] == ["上册", "中册", "下册"]


def test_volumes_are_of_like_length() -> None:
    lines = lines_of(*(story(f"s{at:02d}") for at in range(13)))
    assert [len(volume.stories) for volume in cut(lines, 10, 120)] == [7, 6]


def test_editors_may_cut_the_volumes_themselves() -> None:
    volumes = (
        VolumeSettings("南", mentions(["note", "snow"])),
        VolumeSettings("", mentions(["gate"])),
    )
    settings = BookSettings(volumes=volumes)
    found, problems = edition(lines_of(*EVERY, settings=settings))
    assert [one.code for one in problems] == ["book-volume-missing"] * 2  # soup and lamp
    first, second = volumes_of(found, settings, {}, WORDS)
    assert (first.name, first.title, slugs(first)) == ("上册", "南", ["snow", "note"])
    assert (second.name, second.title, slugs(second)) == ("下册", "", ["soup", "gate", "lamp"])


TEAMS = ("", "蜡烛志愿者团队", "地震应急联盟", "没有文件的队")
PLACES = ("", "世纪花园", "南山社区", "通州区", "没有文件的点")
DATES = (None, Date(2019), Date(2020), Date(2020, 7), Date(2020, 7, 16))
STORIES = st.lists(
    st.tuples(st.sampled_from(TEAMS), st.sampled_from(PLACES), st.sampled_from(DATES)), max_size=12
)


def any_lines(facts: list[tuple[str, str, Date | None]], order: str) -> Lines:
    stories: list[Document] = [
        story(f"s{at:02d}", team=of, place=place, date=date)
        for at, (of, place, date) in enumerate(facts)
    ]
    return lines_of(CANDLE, RESCUE, GARDEN, SOUTH, FAR, *stories, site=Site(order=order))


@given(STORIES, st.sampled_from(["date", "pinyin"]))
def test_nothing_drops_out_of_a_book_of_everything_and_nothing_doubles(
    facts: list[tuple[str, str, Date | None]], order: str
) -> None:
    lines = any_lines(facts, order)
    found, problems = edition(lines)
    assert problems == []
    assert sorted(slugs(found)) == sorted(one.story.slug for one in lines.stories)
    listed = {one.community for part in found.parts for one in part.points}
    assert listed == set(lines.directory.communities)
    assert {part.team for part in found.parts} >= set(lines.directory.teams)
    for part in found.parts:
        assert len({one.community for one in part.points}) == len(part.points)
        lit = {one.community for one in part.points if one.lit}
        assert lit == {chapter.community for chapter in part.chapters} - {""}


@given(STORIES, st.integers(1, 9), st.integers(1, 30))
def test_volumes_hold_every_story_once_and_none_is_too_long(
    facts: list[tuple[str, str, Date | None]], each: int, limit: int
) -> None:
    found, _ = edition(any_lines(facts, "date"))
    volumes = volumes_of(found, BookSettings(volume_pages=limit), pages(found, each), WORDS)
    assert [slug for volume in volumes for slug in slugs(volume)] == slugs(found)
    assert all(len(one.stories) * each <= limit or len(one.stories) == 1 for one in volumes)
    parts = [part.team for volume in volumes for part in volume.parts]
    assert list(dict.fromkeys(parts)) == [part.team for part in found.parts]
    assert all(len({part.team for part in one.parts}) == len(one.parts) for one in volumes)


@given(STORIES, st.sampled_from(DATES), st.sampled_from(DATES))
def test_in_a_selected_book_stands_only_what_was_selected(
    facts: list[tuple[str, str, Date | None]], since: Date | None, until: Date | None
) -> None:
    lines = any_lines(facts, "date")
    found, _ = edition(lines, Selection(team="candle", since=since, until=until))
    assert {part.team for part in found.parts} <= {"candle"}
    assert all(one.team == "candle" for one in found.stories)
    if since or until:
        assert all(one.story.date for one in found.stories)
        assert {one.community for part in found.parts for one in part.points} == {
            one.community for one in found.stories if one.community
        }


@given(st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=8))
def test_ids_are_safe_and_never_shared(names: list[str]) -> None:
    ids = [story_id(name) for name in names]
    assert all(re.fullmatch(r"s-[a-z0-9_-]{1,60}", one) for one in ids)
    assert len(set(ids)) == len(ids)


def test_an_id_can_be_read() -> None:
    assert story_id("first-snow") == "s-first-snow"
    assert story_id("初雪").startswith("s-chu-xue_")
    assert story_id("First") != story_id("first")
