"""``new`` at the prompt."""

from __future__ import annotations

import pytest

from candlelight.cli import main
from tests.anthology import Anthology


def test_it_says_where_the_story_is_and_what_comes_next(
    anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "story", "一碗炒面", "--source", str(anthology.root)]) == 0
    said = capsys.readouterr().out
    assert str(anthology.root / "content/stories/yi-wan-chao-mian/index.md") in said
    assert "serve" in said


def test_words_that_the_shell_parted_are_one_title(anthology: Anthology) -> None:
    main(["new", "story", "First", "Snow", "--source", str(anthology.root)])
    assert (anthology.root / "content/stories/first-snow/index.md").is_file()


def test_a_community_takes_the_team_that_serves_there(anthology: Anthology) -> None:
    main(["new", "community", "某某社区", "--team", "蜡烛", "--source", str(anthology.root)])
    text = (anthology.root / "content/communities/mou-mou-she-qu/index.md").read_text("utf-8")
    assert "\nteams: 蜡烛\n" in text


def test_the_site_builds_with_one_new_document_of_each_kind(anthology: Anthology) -> None:
    for kind in ("story", "team", "community", "person"):
        assert main(["new", kind, "某某", "--source", str(anthology.root)]) == 0
    result = anthology.build()
    assert result.published
    assert {problem.code for problem in result.problems} == {"draft-left-out"}


def test_a_title_of_nothing_gets_a_sentence(
    anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "story", " ", "--source", str(anthology.root)]) == 2
    assert "题目" in capsys.readouterr().err


def test_it_speaks_english_where_the_site_does(
    anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    anthology.site(language="en")
    assert main(["new", "story", "Snow", "--source", str(anthology.root)]) == 0
    assert "Next:" in capsys.readouterr().out
    text = (anthology.root / "content/stories/snow/index.md").read_text("utf-8")
    assert "# Who wrote it." in text
