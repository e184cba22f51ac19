"""A build of which a ledger says that texts alone were edited plans nothing, and is as right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight import pipeline
from candlelight.commands.build import CACHE
from candlelight.run import ledger, stamps
from candlelight.run.cache import Cache
from candlelight.run.version import code_version
from tests.anthology import Anthology, Result

Edit = Callable[[Anthology], object]


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is settled as soon as it is written."""
    monkeypatch.setattr(stamps, "_SETTLED", -(10**9))


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each time that a site is planned."""
    made: list[str] = []
    plan_site = pipeline.plan_site

    def counted(*given: object) -> object:
        made.append("planned")
        return plan_site(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "plan_site", counted)
    return made


@pytest.fixture
def known(told: Anthology, plans: list[str]) -> Anthology:
    """An anthology whose last build left a ledger."""
    told.photo("first-snow", "a.jpg", caption="灯下")
    told.edit("first-snow", body="雪落了一夜。\n\n![](a.jpg)\n\n天亮了。").build()
    plans.clear()
    return told


def test_nothing_changed_needs_no_plan(known: Anthology, plans: list[str]) -> None:
    again = known.build()
    assert (again.written, again.removed, plans) == (set(), set(), [])
    assert again.unchanged == set(known.files())


def test_an_edited_text_needs_no_plan(known: Anthology, plans: list[str], tmp_path: Path) -> None:
    known.edit("first-snow", body="雪落了一夜。\n\n天亮了，路白了。\n\n![](a.jpg)\n\n有人在扫雪。")
    result = known.build()
    assert result.written == {"stories/first-snow/index.html"}
    assert (result.made, plans) == ({"document": 1, "products": 1}, [])
    assert result.files == known.clean_build(tmp_path / "clean").files


def test_one_edit_after_another_needs_no_plan(
    known: Anthology, plans: list[str], tmp_path: Path
) -> None:
    for line in ("一。", "二。", "三。"):
        known.edit("first-snow", body=f"雪落了一夜。\n\n{line}")
        assert known.build().written == {"stories/first-snow/index.html"}
    known.edit("noodles", body="面是热的。")
    result = known.build()
    assert plans == []
    assert result.files == known.clean_build(tmp_path / "clean").files


def test_a_text_that_only_looks_otherwise_is_read_once(known: Anthology, plans: list[str]) -> None:
    path = "content/stories/noodles/index.md"
    text = (known.root / path).read_bytes()
    (known.root / path).unlink()
    known.write(path, text)
    assert known.build().written == set()
    kept = recalled(known)
    assert kept is not None
    assert kept.documents[path].stamp[1:2] == ((known.root / path).stat().st_mtime_ns,)
    assert plans == []


def recalled(known: Anthology) -> ledger.Ledger | None:
    cache = Cache.open(known.root / CACHE, code_version())
    try:
        return ledger.Ledger.recall(cache, known.output)
    finally:
        cache.close()


def rows(known: Anthology) -> dict[str, ledger.Told]:
    paths = [f"content/stories/{name}/index.md" for name in ("first-snow", "noodles", "night")]
    cache = Cache.open(known.root / CACHE, code_version())
    try:
        return ledger.told(cache, known.output, paths)
    finally:
        cache.close()


MORE: list[Edit] = [
    lambda a: a.edit("first-snow", title="大雪"),
    lambda a: a.edit("first-snow", body="雪停了。"),
    lambda a: a.edit("first-snow", body="雪落了一夜。\n\n## 天亮以后\n\n路白了。"),
    lambda a: a.edit("first-snow", body="雪落了一夜。\n\n见[面](../noodles/)。"),
    lambda a: a.edit("first-snow", body="雪落了一夜。\n\n![](没有.jpg)"),
    lambda a: a.edit("first-snow", draft="yes"),
    lambda a: a.story("late", title="迟到"),
    lambda a: a.delete_story("noodles"),
    lambda a: a.photo("noodles", "b.jpg"),
    lambda a: a.photo("first-snow", "a.jpg", size=(300, 200)),
    lambda a: a.delete("content/stories/first-snow/a.jpg"),
    lambda a: a.team("candle", title="蜡烛"),
    lambda a: a.site(title="灯火"),
    lambda a: a.write("content/redirects.yaml", "stories/old: stories/noodles\n"),
    lambda a: a.write("templates/site/404.html", "{% extends 'base.html' %}"),
    lambda a: a.write("content/stories/noodles/笔记.docx", "x"),
    lambda a: (a.output / "index.html").write_text("by hand"),
    lambda a: (a.output / "stories/noodles/index.html").unlink(),
]


@pytest.mark.parametrize("edit", MORE, ids=range(len(MORE)))
def test_whatever_more_has_changed_is_planned(
    edit: Edit, known: Anthology, plans: list[str], tmp_path: Path
) -> None:
    edit(known)
    result = known.build(keep_going=True)
    assert plans
    clean = known.clean_build(tmp_path / "clean", keep_going=True)
    assert (result.files, result.problems) == (clean.files, clean.problems)
    plans.clear()
    again = known.build(keep_going=True)
    assert (again.written, again.removed, plans) == (set(), set(), [])


@pytest.mark.parametrize(
    "options", [{"drafts": True}, {"base_url": "https://other.example/"}, {"keep_going": True}]
)
def test_another_wish_is_planned(
    options: dict[str, bool], known: Anthology, plans: list[str]
) -> None:
    known.build(**options)  # type: ignore[arg-type]
    assert plans


def test_where_somebody_is_not_to_be_named_every_text_is_looked_through(
    known: Anthology, plans: list[str]
) -> None:
    known.person("wei", title="卫明", consent="no").build()
    plans.clear()
    known.edit("first-snow", body="雪落了一夜。\n\n卫明在扫雪。")
    result = known.build()
    assert plans
    assert not result.published


def test_a_ledger_that_missed_a_build_is_not_believed(
    known: Anthology, plans: list[str], tmp_path: Path
) -> None:
    kept, before = recalled(known), rows(known)
    known.team("candle", title="蜡烛志愿者团队", aliases=["蜡烛"]).build()
    after = recalled(known)
    assert kept
    assert after
    cache = Cache.open(known.root / CACHE, code_version())
    ledger.tell(cache, known.output, before.items())
    cache.close()
    plans.clear()
    known.edit("first-snow", body="雪落了一夜。\n\n天亮了，路白了。")
    result = known.build()
    assert plans
    assert result.files == known.clean_build(tmp_path / "clean").files


def test_what_is_told_again_says_the_same_of_problems(known: Anthology, plans: list[str]) -> None:
    known.edit("noodles", team="不知道的队", colour="红")
    first: Result = known.build()
    assert first.problems
    plans.clear()
    known.edit("first-snow", body="雪落了一夜。\n\n天亮了，路白了。")
    assert known.build().problems == first.problems
    assert plans == []


@pytest.fixture
def pictured(told: Anthology) -> Anthology:
    """A story with a summary, two photos in its text, and photos after its end."""
    for name in ("a", "b", "c", "d"):
        told.photo("first-snow", f"{name}.jpg", (400, 300 + 100 * "abcd".index(name)))
    told.edit("first-snow", body=f"{SNOW}\n\n![](a.jpg)\n\n{SNOW}\n\n![](b.jpg)\n\n{SNOW}").build()
    return told


SNOW = "雪落了一夜，巷子里的灯还亮着。" * 3

TURNS: dict[str, list[Edit]] = {
    # The photos of a story stand in the data in the order of its page.
    "a photo set elsewhere": [
        lambda a: a.edit("first-snow", body=f"{SNOW}\n\n![](b.jpg)\n\n{SNOW}\n\n![](a.jpg)")
    ],
    "a photo no longer set": [lambda a: a.edit("first-snow", body=SNOW)],
    "room for photos": [
        lambda a: a.edit("first-snow", body="\n\n".join([SNOW * 3] * 12)),
        lambda a: a.edit("first-snow", body="\n\n".join([SNOW * 3] * 3)),
    ],
    # What is kept of a story knows its photos, though its page shows nothing of their names.
    "a photo renamed, then a text": [
        lambda a: renamed(a, "a.jpg", "z.jpg"),
        lambda a: a.edit("first-snow", body=f"{SNOW}\n\n{SNOW}\n\n![](z.jpg)\n\n![](b.jpg)"),
    ],
    "two photos that change names, then a text": [
        lambda a: swapped(a, "a.jpg", "b.jpg"),
        lambda a: a.edit("first-snow", body=f"{SNOW}\n\n![](b.jpg)\n\n{SNOW}\n\n![](a.jpg)\n\n完"),
    ],
    "photos in another order, then a text": [
        lambda a: a.edit("first-snow", photos=[{"file": "b.jpg"}, {"file": "a.jpg"}]),
        lambda a: a.edit("first-snow", body=SNOW),
    ],
}


def renamed(anthology: Anthology, old: str, new: str) -> None:
    folder = anthology.root / "content/stories/first-snow"
    (folder / old).rename(folder / new)
    text = (folder / "index.md").read_text("utf-8")
    anthology.write("content/stories/first-snow/index.md", text.replace(old, new))


def swapped(anthology: Anthology, one: str, other: str) -> None:
    renamed(anthology, one, "aside.jpg")
    renamed(anthology, other, one)
    renamed(anthology, "aside.jpg", other)


@pytest.mark.parametrize("edits", TURNS.values(), ids=TURNS)
def test_photos_stand_where_a_clean_build_sets_them(
    edits: list[Edit], pictured: Anthology, tmp_path: Path
) -> None:
    for number, edit in enumerate(edits):
        edit(pictured)
        result, clean = pictured.build(), pictured.clean_build(tmp_path / str(number))
        assert {path for path, _ in result.files.items() ^ clean.files.items()} == set()
        assert result.problems == clean.problems


def test_a_text_between_photos_that_stay_needs_no_plan(
    pictured: Anthology, plans: list[str], tmp_path: Path
) -> None:
    text = f"{SNOW}\n\n![](a.jpg)\n\n{SNOW}\n\n![](b.jpg)\n\n{SNOW}完了。"
    result = pictured.edit("first-snow", body=text).build()
    assert (result.written, plans) == ({"stories/first-snow/index.html"}, [])
    assert result.files == pictured.clean_build(tmp_path / "clean").files


def test_of_a_story_that_was_taken_down_nothing_is_kept(known: Anthology, tmp_path: Path) -> None:
    other = Anthology(known.root, tmp_path / "elsewhere", fresh=False)
    other.build()
    assert len(rows(other)) == 3
    known.delete_story("noodles").build()
    assert {path.split("/")[2] for path in rows(known)} == {"first-snow", "night"}
    assert rows(other) == {}
    assert recalled(other) is None


def test_a_build_that_can_leave_no_ledger_leaves_no_older_one(
    known: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_SETTLED", 2 * 10**9)
    known.site(title="灯火").delete_story("noodles").build()
    assert recalled(known) is None
