"""The index of names: who stands in it, where, and how texts may spell them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from candlelight.book.edition import name_key
from candlelight.book.names_index import NamesIndex, names_index, spellings
from candlelight.book.selection import Selection
from candlelight.book.sheets import IndexName, Named
from candlelight.model import BookSettings, Document, Person, Site
from candlelight.plan.lines import Lines
from tests.book.shelf import WORDS, edition, lines_of, person, point, story, team


def index(lines: Lines, **asked: str) -> NamesIndex:
    found, _ = edition(lines, Selection(**asked))  # type: ignore[arg-type]
    return names_index(found, lines, WORDS)


def shown(lines: Lines) -> list[str]:
    return [one.name for one in index(lines).names]


def people_of(*names: str) -> Lines:
    return lines_of(story("first", people=names))


def test_leaders_authors_and_the_named_stand_in_the_index() -> None:
    lines = lines_of(
        team("candle", "蜡烛", leaders=["安琦"]),
        point("garden", "花园", teams=["蜡烛"], leaders=["马保富"]),
        story("snow", team="蜡烛", authors=["程博"], people=["邓伟"]),
    )
    assert shown(lines) == ["安琦", "程博", "邓伟", "马保富"]


def test_who_only_stands_in_other_stories_is_not_in_a_selected_book() -> None:
    lines = lines_of(
        story("a", team="甲队", authors=["程博"]), story("b", team="乙队", authors=["邓伟"])
    )
    assert [one.name for one in index(lines, team="甲队").names] == ["程博"]


def test_names_stand_by_pinyin_and_surnames_are_read_as_surnames() -> None:
    lines = people_of("曾红", "单雄", "张薇", "章伟", "阿依古丽·买买提", "Ada", "解春燕")
    found = [(one.letter, one.name) for one in index(lines).names]
    assert found == [
        ("A", "阿依古丽·买买提"), ("A", "Ada"), ("S", "单雄"), ("X", "解春燕"), ("Z", "曾红"),
        ("Z", "张薇"), ("Z", "章伟"),
    ]  # fmt: skip


def test_one_surname_stays_together() -> None:
    assert shown(people_of("魏军", "位柯磊", "魏南楠")) == ["位柯磊", "魏军", "魏南楠"]


def test_a_name_without_a_latin_letter_stands_last() -> None:
    lines = people_of("ئايگۈل", "赵云", "Қанат")
    letters = [one.letter for one in index(lines).names]
    assert letters == ["Z", "#", "#"]


def test_an_alias_refers_to_the_name_but_not_the_name_in_another_script() -> None:
    lines = lines_of(
        person("li-na", "李娜", aliases=["開心", "开心", "李 娜"]), story("a", people=["李娜"])
    )
    assert index(lines).names == (
        IndexName("K", "开心", "n-li-na", see="李娜"), IndexName("L", "李娜", "n-li-na"),
    )  # fmt: skip


def test_an_alias_stands_in_the_script_of_the_book() -> None:
    file = person("li-na", "李娜", aliases=["开心", "開心"])
    lines = lines_of(file, story("a", people=["李娜"]), site=Site(language="zh-Hant"))
    assert shown(lines) == ["開心", "李娜"]


def test_namesakes_are_told_apart_by_their_team() -> None:
    lines = lines_of(
        story("a", team="甲队", authors=["王伟"]), story("b", team="乙队", authors=["王伟"])
    )
    assert sorted(shown(lines)) == ["王伟（乙队）", "王伟（甲队）"]
    bylines = [one.byline[0].name for one in index(lines).stories.values()]
    assert bylines == ["王伟", "王伟"]


def test_namesakes_without_a_team_are_told_apart_by_where_they_stand() -> None:
    at = lines_of(
        story("a", place="东门", people=["王伟"]), story("b", place="西门", people=["王伟"])
    )
    assert sorted(shown(at)) == ["王伟（东门）", "王伟（西门）"]
    nowhere = lines_of(story("a", people=["王伟"]), story("b", people=["王伟"]))
    assert sorted(shown(nowhere)) == ["王伟（《题a》）", "王伟（《题b》）"]


def test_a_name_with_a_team_and_without_is_two_persons_until_a_file_says_that_they_are_one() -> (
    None
):
    stories = (story("a", team="蜡烛", authors=["何文君"]), story("b", people=["何文君"]))
    assert shown(lines_of(*stories)) == ["何文君（《题a》）", "何文君（《题b》）"]
    assert shown(lines_of(person("he", "何文君"), *stories)) == ["何文君"]


def test_one_person_of_a_team_stands_once_however_the_name_and_the_team_are_written() -> None:
    lines = lines_of(
        team("candle", "蜡烛志愿者团队", leaders=["張阿里·買買提"], aliases=["蜡烛"]),
        point("garden", "花园", teams=["蜡烛"], leaders=["张阿里•买买提"]),
        story("a", team="蜡烛志愿者团队", authors=["张阿里·买买提"]),
        story("b", place="花园", people=["张阿里・买买提"]),
    )
    assert shown(lines) == ["张阿里•买买提"]


def test_an_alias_of_a_namesake_refers_to_the_right_one() -> None:
    lines = lines_of(
        person("wei-1", "王伟", aliases=["大伟"], team="甲队"),
        person("wei-2", "王伟", team="乙队"),
        story("a", team="甲队", authors=["王伟"]),
        story("b", team="乙队", authors=["王伟"]),
    )
    [alias] = [one for one in index(lines).names if one.see]
    assert (alias.name, alias.see, alias.key) == ("大伟", "王伟（甲队）", "n-wei-1")


def test_the_byline_carries_the_keys_of_authors_and_the_text_seeks_the_others() -> None:
    lines = lines_of(
        person("ma", "马保富"),
        person("li-na", "李娜", aliases=["开心"]),
        story("snow", authors=["马保富"], people=["马保富", "李娜"]),
        story("note"),
    )
    stories = index(lines).stories
    assert stories["s-snow"].byline == (Named("马保富", "n-ma"),)
    assert [one.key for one in stories["s-snow"].sought] == ["n-li-na"]
    assert stories["s-snow"].sought[0].spellings[0] == "李娜"
    assert "开心" in stories["s-snow"].sought[0].spellings
    assert (stories["s-note"].byline, stories["s-note"].sought) == ((Named("佚名"),), ())


def test_a_name_may_be_spelled_in_both_scripts_and_with_any_dot_or_none() -> None:
    found = spellings("帕提古丽·吾买尔")
    assert found[0] == "帕提古丽·吾买尔"
    assert {"帕提古麗·吾買爾", "帕提古丽•吾买尔", "帕提古丽吾买尔", "帕提古丽 吾买尔"} <= set(found)


def test_the_likeliest_spelling_comes_first_and_a_single_character_never() -> None:
    assert spellings("李娜", "开心", "娜")[:2] == ("李娜", "开心")
    assert "娜" not in spellings("李娜", "娜")


def test_a_withheld_person_is_nowhere() -> None:
    hidden = Person(path="content/people/li-na.md", slug="li-na", title="李娜", consent=False)
    lines = lines_of(hidden, story("a", authors=["李娜"], people=["李娜", "邓伟"]))
    found = index(lines)
    assert [one.name for one in found.names] == ["邓伟"]
    assert "李娜" not in repr(found)


NAMES = st.sampled_from(
    ["王伟", "馬保富", "马保富", "阿依古丽·买买提", "Ada", "ئايگۈل", "开心", "①"]
)


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "甲队", "乙队"])), max_size=8))
def test_every_key_of_a_byline_or_text_stands_once_in_the_index(
    facts: list[tuple[str, str, str]],
) -> None:
    stories: list[Document] = [
        story(f"s{at}", authors=[author], people=[named], team=of)
        for at, (author, named, of) in enumerate(facts)
    ]
    found = index(lines_of(*stories, settings=BookSettings()))
    keys = [one.key for one in found.names if not one.see]
    used = {one.key for told in found.stories.values() for one in told.byline}
    used |= {one.key for told in found.stories.values() for one in told.sought}
    assert len(set(keys)) == len(keys)
    assert used <= set(keys)
    assert len({(one.name, one.see) for one in found.names}) == len(found.names)
    letters = [one.letter for one in found.names]
    assert letters == sorted(letters, key=lambda letter: (letter == "#", letter))


def test_keys_are_of_the_person_and_not_of_the_name() -> None:
    assert name_key("li-na") == "n-li-na"
    assert name_key("李娜").startswith("n-li-na_")
