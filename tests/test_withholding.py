"""What never gets out: drafts, withheld people and photos, originals, what was taken down."""

from __future__ import annotations

import pytest

from tests.anthology import Anthology


def traces(files: dict[str, bytes], *words: str) -> set[str]:
    """The files that hold one of *words*, in their bytes or as their path."""
    return {
        path
        for path, content in files.items()
        for word in words
        if word.encode() in content or word in path
    }


def test_a_draft_appears_nowhere(told: Anthology) -> None:
    told.story(
        "secret-draft", title="未定稿", summary="半句", body="还没写完", draft="yes",
        author="温秀兰", team="未名队", community="未名苑", date="2020-08-13",
    )  # fmt: skip
    told.photo("secret-draft", "a.jpg", caption="草图")
    before = told.files()
    result = told.build()
    assert result.published
    words = ("secret-draft", "未定稿", "半句", "还没写完", "温秀兰", "未名队", "未名苑", "草图")
    assert traces(result.files, *words) == set()
    assert result.files == before


def test_drafts_are_shown_where_they_are_asked_for(told: Anthology) -> None:
    told.story("secret-draft", title="未定稿", draft="yes")
    told.build(drafts=True)
    assert "未定稿" in told.read("stories/secret-draft/index.html")
    told.build()
    assert traces(told.files(), "secret-draft", "未定稿") == set()


def test_a_link_to_a_draft_keeps_its_words_and_names_no_address(told: Anthology) -> None:
    told.story("secret-draft", title="未定稿", draft="yes")
    told.edit("noodles", body="见[另一篇](../secret-draft/)。")
    result = told.build()
    assert result.published
    assert traces(result.files, "secret-draft") == set()
    assert "见另一篇。" in told.read("stories/noodles/index.html")


def test_a_person_who_withholds_consent_appears_nowhere(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", aliases=["小卫"], consent="no", body="他的故事")
    result = told.build()
    assert result.published
    assert traces(result.files, "卫明", "小卫", "wei-ming", "他的故事") == set()


def test_a_text_that_names_somebody_withheld_is_an_error_and_left_out(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", consent="no")
    told.edit("night", body="那晚衛明也在。").edit("noodles", author="卫明")
    assert told.build().codes == {"withheld-person"}
    result = told.build(keep_going=True)
    assert result.left_out == (
        "content/stories/night/index.md",
        "content/stories/noodles/index.md",
    )
    assert traces(result.files, "卫明", "衛明") == set()


def test_the_settings_may_not_name_somebody_withheld_either(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", consent="no").site(footer=["编辑：卫明"])
    result = told.build()
    assert result.codes == {"withheld-person"}
    assert not result.published
    assert not told.build(keep_going=True).published


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/people/wei-ming.md", b"\xff\xff\x81"),
        ("content/people/wei?ming.md", "---\ntitle: 卫明\nconsent: no\n---\n"),
        ("content/redirects.yaml", "stories/old: [\n"),
    ],
)
def test_what_cannot_be_left_out_stops_the_build_even_with_keep_going(
    told: Anthology, path: str, text: str | bytes
) -> None:
    told.edit("noodles", author="卫明").write(path, text)
    assert not told.build(keep_going=True).published


def test_a_person_with_another_error_is_left_out_and_the_rest_is_published(
    told: Anthology,
) -> None:
    told.person("wei-ming", title="卫明", portrait="none.jpg")
    result = told.build(keep_going=True)
    assert result.published
    assert result.left_out == ("content/people/wei-ming/index.md",)


def test_a_photo_without_consent_is_nowhere(told: Anthology) -> None:
    before = told.files()
    told.photo("night", "a.jpg", caption="门前", consent="no")
    assert told.build().files == before


def test_originals_are_never_published(told: Anthology) -> None:
    told.photo("night", "a.jpg", (300, 200))
    original = (told.root / "content/stories/night/a.jpg").read_bytes()
    result = told.build()
    assert any(path.startswith("assets/photos/") for path in result.files)
    assert original not in result.files.values()


def test_a_takedown_removes_the_pages_the_photos_and_every_mention(told: Anthology) -> None:
    told.photo("night", "a.jpg", caption="灯下").build()
    told.delete_story("night")
    result = told.build()
    assert "stories/night/index.html" in result.removed
    assert traces(result.files, "夜班", "灯下", "stories/night") == set()
    assert not any(path.startswith("assets/photos/") for path in result.files)
