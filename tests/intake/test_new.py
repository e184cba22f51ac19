"""A new document: ready to write in, in nobody's way, and read back without a word."""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candlelight.intake.new import new_document
from candlelight.intake.refused import Refused
from candlelight.messages import LANGUAGES
from candlelight.read.document import read_document
from candlelight.read.jobs import DocumentJob, ReadDocument
from candlelight.read.keys import KINDS
from candlelight.read.slugs import check_slug, same_slug
from tests.read.desk import read_library

TODAY = "2026-11-21"


def make(source: Path, kind: str, title: str, language: str = "zh-Hans", **fields: str) -> Path:
    return new_document(source, kind, title, fields, language, TODAY)


def read(path: Path, kind: str) -> ReadDocument:
    return read_document(DocumentJob(str(path), kind, path.read_bytes()))


@pytest.mark.parametrize("kind", ["story", "team", "community", "person"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_document_reads_back_without_a_problem(
    tmp_path: Path, kind: str, language: str
) -> None:
    path = make(tmp_path, kind, "一碗炒面", language)
    found = read(path, kind)
    assert found.problems == ()
    assert found.document.title == "一碗炒面"


@pytest.mark.parametrize("kind", ["story", "team", "community", "person"])
def test_another_reader_of_frontmatter_sees_the_same_title_and_nothing_invented(
    tmp_path: Path, kind: str
) -> None:
    found = frontmatter.load(str(make(tmp_path, kind, "一碗炒面")))
    assert found["title"] == "一碗炒面"
    assert set(found.keys()) - {"title", "draft"} == set()
    assert found.content == ""


@pytest.mark.parametrize("kind", ["story", "team", "community", "person"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_commented_field_is_known_and_works_when_its_sign_is_deleted(
    tmp_path: Path, kind: str, language: str
) -> None:
    text = make(tmp_path, kind, "一碗炒面", language).read_text("utf-8")
    fields = re.findall(r"^#([a-z_]+):", text, re.MULTILINE)
    assert fields
    assert set(fields) <= set(KINDS[kind])
    opened = re.sub(r"^#(?=[a-z_]+:|  )", "", text, flags=re.MULTILINE)
    opened = opened.replace("alt:\n", "alt: 一盏灯\n")
    photos = ("content/stories/x/1.jpg",)
    job = DocumentJob("content/stories/x/index.md", kind, opened.encode(), photos)
    assert read_document(job).problems == ()


def test_a_new_story_is_a_draft_until_its_line_is_deleted(tmp_path: Path) -> None:
    assert read(make(tmp_path, "story", "雪"), "story").document.draft


def test_todays_date_stands_only_in_a_comment(tmp_path: Path) -> None:
    text = make(tmp_path, "story", "雪").read_text("utf-8")
    assert [line[0] for line in text.splitlines() if TODAY in line] == ["#"]


def test_surnames_are_spelled_as_they_are_said(tmp_path: Path) -> None:
    assert make(tmp_path, "person", "单小明").name == "shan-xiao-ming.md"
    assert make(tmp_path, "story", "单行道").parent.name == "dan-xing-dao"


def test_a_person_is_a_single_file_and_everything_else_a_folder(tmp_path: Path) -> None:
    assert make(tmp_path, "person", "王兰").relative_to(tmp_path).as_posix() == (
        "content/people/wang-lan.md"
    )
    assert make(tmp_path, "team", "蜡烛").relative_to(tmp_path).as_posix() == (
        "content/teams/la-zhu/index.md"
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "story-con"),
        ("aux.md", "aux-md"),
        ("🎉", "story"),
        ("year-2020", "story-year-2020"),
        ("README", "story-readme"),
        ('他说："灯"#1', "ta-shuo-deng-1"),
    ],
)
def test_odd_titles_get_good_addresses_and_stay_as_they_were_typed(
    tmp_path: Path, title: str, slug: str
) -> None:
    path = make(tmp_path, "story", title)
    assert path.parent.name == slug
    assert path.parent.parent == tmp_path / "content/stories"
    assert read(path, "story").document.title == title


def test_a_very_long_title_is_cut_between_syllables_in_its_address_only(tmp_path: Path) -> None:
    path = make(tmp_path, "story", "灯" * 500)
    assert set(path.parent.name.split("-")) == {"deng"}
    assert read(path, "story").document.title == "灯" * 500


@pytest.mark.parametrize("title", ["", "  \n ", "\x00", "\udcff"])
def test_a_title_of_nothing_is_refused_and_nothing_is_made(tmp_path: Path, title: str) -> None:
    with pytest.raises(Refused) as refused:
        make(tmp_path, "story", title)
    assert refused.value.reason == "new-title-empty"
    assert not (tmp_path / "content").exists()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.sampled_from(["story", "person"]))
def test_any_title_at_all_is_kept_or_refused_in_words(
    tmp_path: Path, title: str, kind: str
) -> None:
    try:
        path = make(tmp_path, kind, title, team="甲" if kind == "person" else "乙")
    except Refused as refused:
        assert refused.reason in {"new-title-empty", "new-known-already"}  # noqa: PT017
        return
    found = read(path, kind)
    assert found.problems == ()
    assert frontmatter.load(str(path))["title"] == found.document.title
    slug = path.parent.name if kind == "story" else path.stem
    assert check_slug(slug, "") is None


def test_nothing_is_ever_overwritten_and_every_name_is_taken_once(tmp_path: Path) -> None:
    paths = [make(tmp_path, "story", title) for title in ("雪", "雪", "学", "XUE")]
    assert [path.parent.name for path in paths] == ["xue", "xue-2", "xue-3", "xue-4"]
    assert all(len(read_library(tmp_path).anthology.stories) == 4 for _ in paths)


def test_names_that_some_system_cannot_tell_apart_are_taken(tmp_path: Path) -> None:
    (tmp_path / "content/stories/XUE").mkdir(parents=True)
    (tmp_path / "content/stories/ｘｕｅ-2.md").write_text("x")
    slug = make(tmp_path, "story", "雪").parent.name
    assert same_slug(slug) == "xue-3"


def test_an_old_address_of_another_story_is_taken(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/redirects.yaml").write_text("stories/xue: stories/first-snow\n")
    assert make(tmp_path, "story", "雪").parent.name == "xue-2"


def test_a_name_that_stories_use_gets_one_file_only(tmp_path: Path) -> None:
    make(tmp_path, "team", "蜡烛志愿者团队")
    with pytest.raises(Refused) as refused:
        make(tmp_path, "team", "蠟燭志願者團隊")
    assert refused.value.given["path"] == "content/teams/la-zhu-zhi-yuan-zhe-tuan-dui/index.md"


def test_namesakes_of_two_teams_are_two_people(tmp_path: Path) -> None:
    make(tmp_path, "person", "王兰", team="蜡烛")
    assert make(tmp_path, "person", "王兰", team="地震应急").name == "wang-lan-2.md"
    with pytest.raises(Refused):
        make(tmp_path, "person", "王兰", team="蜡烛")


def test_what_is_known_already_is_filled_in(tmp_path: Path) -> None:
    story = read(make(tmp_path, "story", "雪", team="蜡烛: 一", date="2020-08"), "story").document
    assert story.team.text == "蜡烛: 一"
    assert story.date.iso == "2020-08"


def test_a_date_that_means_none_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        make(tmp_path, "story", "雪", date="2020年夏")
    assert refused.value.given["value"] == "2020年夏"
    assert not (tmp_path / "content").exists()


def test_a_field_that_this_kind_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="new-field-unknown"):
        make(tmp_path, "team", "蜡烛", date="2020")


def test_an_anthology_may_bring_its_own_form(tmp_path: Path) -> None:
    own = tmp_path / "templates/new/story.zh-Hans.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: {title}\n---\n\n我们的样子\n", encoding="utf-8")
    assert "我们的样子" in make(tmp_path, "story", "雪").read_text("utf-8")


def test_a_folder_that_leads_out_of_the_anthology_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a/content").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a/content/stories").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="new-outside"):
        make(tmp_path / "a", "story", "雪")


@pytest.mark.parametrize("kind", ["story", "person"])
def test_a_full_disk_leaves_no_half_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    plain = Path.open

    def full(path: Path, mode: str = "r", **how: str) -> object:
        def write(text: str) -> None:
            raise OSError(28, "No space left on device")

        file = plain(path, mode, **how)
        if mode == "x":
            file.write = write
        return file

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space"):
        make(tmp_path, kind, "一碗炒面", "zh-Hans")
    assert not [
        path for path in tmp_path.rglob("*") if path.name not in {"content", "stories", "people"}
    ]
