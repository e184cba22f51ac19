"""What was read is remembered, as long as reading it again would say the same."""

from __future__ import annotations

from tests.anthology import Anthology


def test_settings_are_read_once_and_again_when_they_change(anthology: Anthology) -> None:
    anthology.story("first-snow", title="初雪")
    assert anthology.build().made["site"] == 1
    assert anthology.build().made["site"] == 0
    anthology.site(title="灯")
    assert anthology.build().made["site"] == 1


def test_a_file_that_the_settings_name_may_come_and_go(anthology: Anthology) -> None:
    anthology.story("first-snow", title="初雪")
    anthology.site(book={"icc_profile": ["press.icc", "proof.icc"]})
    anthology.write("press.icc", b"a profile").write("proof.icc", b"another")
    assert "file-missing" not in anthology.build().codes
    # Only the first of them is used, but the second is missed all the same.
    (anthology.root / "proof.icc").unlink()
    assert "file-missing" in anthology.build().codes
    anthology.write("proof.icc", b"another")
    assert "file-missing" not in anthology.build().codes


def test_redirects_are_read_once_and_again_when_they_change(anthology: Anthology) -> None:
    anthology.story("first-snow", title="初雪")
    anthology.write("content/redirects.yaml", "stories/old: stories/first-snow\n")
    assert "stories/old/index.html" in anthology.build().written
    assert anthology.build().made["redirects"] == 0
    anthology.write("content/redirects.yaml", "stories/older: stories/first-snow\n")
    assert "stories/old/index.html" in anthology.build().removed
    (anthology.root / "content/redirects.yaml").unlink()
    assert "stories/older/index.html" in anthology.build().removed
