"""``rename`` at the prompt."""

from __future__ import annotations

import pytest

from candlelight.cli import main
from tests.anthology import Anthology


def rename(anthology: Anthology, *names: str) -> int:
    return main(["rename", *names, "--source", str(anthology.root)])


def test_it_lists_what_still_names_the_old_address(
    anthology: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    anthology.story("first").story("links", "见[初雪](../first/)。")
    assert rename(anthology, "first", "chu-xue") == 0
    said = capsys.readouterr().out
    assert "content/stories/links/index.md:5" in said


def test_once_these_are_mended_the_site_builds(anthology: Anthology) -> None:
    anthology.story("first").story("links", "见[初雪](../first/)。")
    rename(anthology, "first", "chu-xue")
    anthology.edit("links", "见[初雪](../chu-xue/)。")
    result = anthology.build()
    assert result.published
    assert not result.codes


def test_a_slip_gets_a_suggestion(anthology: Anthology, capsys: pytest.CaptureFixture[str]) -> None:
    anthology.story("first-snow")
    assert rename(anthology, "first-snw", "x") == 2
    assert "first-snow" in capsys.readouterr().err
