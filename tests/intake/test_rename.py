"""A renamed story is found under its new address and under every old one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.intake import rename
from candlelight.intake.refused import Refused
from candlelight.intake.rename import rename_story
from candlelight.read.redirects import read_redirects
from tests.anthology import Anthology


@pytest.fixture
def source(anthology: Anthology) -> Path:
    anthology.story("first", title="初雪")
    anthology.story("second", title="第二")
    return anthology.root


def redirects(source: Path) -> dict[str, str]:
    pairs, problems = read_redirects((source / "content/redirects.yaml").read_bytes())
    assert not problems
    return dict(pairs)


def test_the_folder_moves_and_the_old_address_is_kept(source: Path) -> None:
    rename_story(source, "first", "chu-xue")
    assert (source / "content/stories/chu-xue/index.md").is_file()
    assert not (source / "content/stories/first").exists()
    assert redirects(source) == {"stories/first": "stories/chu-xue"}


def test_the_old_page_leads_to_the_new_one(anthology: Anthology, source: Path) -> None:
    rename_story(source, "first", "chu-xue")
    assert anthology.build().published
    assert "chu-xue/index.html" in anthology.read("stories/first/index.html")


@pytest.mark.parametrize(
    "old",
    ["first", "stories/first", "/stories/first/", "content/stories/first/index.md",
     "/stories/first/index.html", "content\\stories\\first", "/somewhere/content/stories/first"],
)  # fmt: skip
def test_a_story_is_named_by_slug_address_or_path(source: Path, old: str) -> None:
    assert rename_story(source, old, "stories/chu-xue").old == "content/stories/first"


def test_a_story_that_is_a_single_file_moves_too(source: Path) -> None:
    (source / "content/stories/short.md").write_text("---\ntitle: 短\n---\n", encoding="utf-8")
    assert rename_story(source, "short", "long").new == "content/stories/long.md"


def test_a_chain_of_renames_collapses(source: Path) -> None:
    rename_story(source, "first", "b")
    rename_story(source, "b", "c")
    assert redirects(source) == {"stories/first": "stories/c", "stories/b": "stories/c"}


def test_renaming_back_leaves_no_address_that_leads_to_itself(source: Path) -> None:
    rename_story(source, "first", "b")
    rename_story(source, "b", "first")
    assert redirects(source) == {"stories/b": "stories/first"}


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12))
def test_after_any_renames_every_old_address_leads_straight_to_the_story(names: list[str]) -> None:
    pairs: rename.Pairs = ()
    now = "start"
    seen = {now}
    for name in names:
        if name != now:
            pairs = rename._moved(pairs, now, name)
            seen.add(name)
            now = name
    assert dict(pairs) == dict.fromkeys(seen - {now}, now)


def test_comments_and_other_redirects_stay(source: Path) -> None:
    file = source / "content/redirects.yaml"
    file.write_text("# 我们的说明\nstories/older: stories/first\n\n# 又一句\n", encoding="utf-8")
    rename_story(source, "first", "c")
    text = file.read_text("utf-8")
    assert "# 我们的说明" in text
    assert "# 又一句" in text
    assert redirects(source) == {"stories/older": "stories/c", "stories/first": "stories/c"}


def test_redirects_in_a_form_of_their_own_are_kept_all_the_same(source: Path) -> None:
    file = source / "content/redirects.yaml"
    file.write_text('{"stories/older": stories/first, stories/x: stories/second}\n', "utf-8")
    rename_story(source, "first", "c")
    assert redirects(source) == {
        "stories/older": "stories/c",
        "stories/x": "stories/second",
        "stories/first": "stories/c",
    }


def test_redirects_that_nobody_understands_stop_everything(source: Path) -> None:
    (source / "content/redirects.yaml").write_text("stories/a: [\n", "utf-8")
    with pytest.raises(Refused, match="redirects-unclear"):
        rename_story(source, "first", "c")
    assert (source / "content/stories/first").is_dir()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("frist", "c", "rename-near"),
        ("nothing-like-it", "c", "rename-missing"),
        ("first", "second", "rename-taken"),
        ("first", "SECOND", "rename-taken"),
        ("first", "first", "rename-same"),
        ("first", "First", "rename-alike"),
        ("first", "con", "rename-bad-slug"),
        ("first", "../x", "rename-bad-slug"),
        ("first", "a/b", "rename-bad-slug"),
        ("first", "", "rename-bad-slug"),
        ("first", "x" * 200, "rename-bad-slug"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    source: Path, old: str, new: str, reason: str
) -> None:
    before = sorted(path.as_posix() for path in (source / "content").rglob("*"))
    with pytest.raises(Refused, match=reason):
        rename_story(source, old, new)
    assert sorted(path.as_posix() for path in (source / "content").rglob("*")) == before


def test_an_old_address_of_another_story_is_not_given_away(source: Path) -> None:
    rename_story(source, "first", "b")
    with pytest.raises(Refused, match="rename-taken-by-old"):
        rename_story(source, "second", "first")


def test_a_story_that_was_renamed_already_is_named(source: Path) -> None:
    rename_story(source, "first", "b")
    with pytest.raises(Refused) as refused:
        rename_story(source, "first", "c")
    assert refused.value.given["new"] == "b"


def test_every_place_that_names_the_old_address_is_told_by_file_and_line(
    anthology: Anthology, source: Path
) -> None:
    anthology.story("links", "你好。\n\n见[初雪](../first/index.md)。")
    anthology.story("first-hant", title="初雪", version_of="first")
    anthology.site(order=["second", "first"])
    found = rename_story(source, "first", "chu-xue").mentions
    assert {place.path for place in found} == {
        "content/stories/links/index.md",
        "content/stories/first-hant/index.md",
        "site.yaml",
    }
    lines = (source / "content/stories/links/index.md").read_text("utf-8").splitlines()
    line = next(place.line for place in found if "links" in place.path)
    assert "../first/index.md" in lines[line - 1]


def test_a_crash_between_the_two_steps_loses_no_address_and_can_be_completed(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", crash)
        with pytest.raises(KeyboardInterrupt):
            rename_story(source, "first", "c")
    assert (source / "content/stories/first/index.md").is_file()
    rename_story(source, "first", "c")
    assert redirects(source) == {"stories/first": "stories/c"}
    assert (source / "content/stories/c/index.md").is_file()


def test_a_folder_that_cannot_be_moved_leaves_everything_as_it_was(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: Path, target: Path) -> None:
        raise PermissionError("open in Word")

    monkeypatch.setattr(Path, "rename", locked)
    with pytest.raises(PermissionError):
        rename_story(source, "first", "c")
    assert not (source / "content/redirects.yaml").exists()


def test_no_half_written_file_is_left_behind(source: Path) -> None:
    rename_story(source, "first", "c")
    assert sorted(path.name for path in (source / "content").iterdir()) == [
        "redirects.yaml",
        "stories",
    ]


def test_a_full_disk_leaves_everything_as_it_was(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(source.rglob("*"))
    monkeypatch.setattr(os, "fsync", full)
    slug = next(path.name for path in sorted((source / "content/stories").iterdir()))
    with pytest.raises(OSError, match="No space"):
        rename_story(source, slug.removesuffix(".md"), "elsewhere")
    assert sorted(source.rglob("*")) == before
