"""Which files of a folder are the anthology, and what is said of the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from candlelight.read.filenames import natural
from candlelight.read.sources import find_sources
from tests.read.desk import Lay

STORY = "---\ntitle: 初雪\n---\n正文"


def found_in(root: Path) -> tuple[list[str], list[str]]:
    sources = find_sources(root)
    return [file.path for file in sources.documents], [file.path for file in sources.photos]


def codes(root: Path) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.place.path) for problem in find_sources(root).problems)


def test_a_story_is_a_folder_with_its_photos_or_a_single_file(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": STORY,
        "content/stories/a/图 10.jpg": b"x",
        "content/stories/a/图 2.JPG": b"x",
        "content/stories/b.md": STORY,
        "content/people/c.md": STORY,
        "content/redirects.yaml": "",
        "site.yaml": "",
    })  # fmt: skip
    documents, photos = found_in(root)
    assert documents == [
        "content/people/c.md",
        "content/stories/a/index.md",
        "content/stories/b.md",
    ]
    assert photos == ["content/stories/a/图 2.JPG", "content/stories/a/图 10.jpg"]
    sources = find_sources(root)
    assert {photo.owner for photo in sources.photos} == {"content/stories/a/index.md"}
    assert (sources.site.path, sources.redirects.path) == ("site.yaml", "content/redirects.yaml")
    assert [file.kind for file in sources.documents] == ["person", "story", "story"]
    assert sources.problems == ()


def test_a_stamp_tells_size_times_and_inode(anthology: Lay) -> None:
    root = anthology({"content/stories/b.md": STORY})
    known = (root / "content/stories/b.md").stat()
    assert find_sources(root).documents[0].stamp == (
        known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino,
    )  # fmt: skip


def test_what_programs_leave_behind_is_passed_over_in_silence(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": STORY,
        **{
            f"content/stories/a/{name}": b"x"
            for name in (".DS_Store", "Thumbs.db", "~$x.docx", "a.tmp", "index.md~", ".index.md.swp", "desktop.ini")
        },
        "content/.git/config": b"x",
        "content/LICENSE.md": b"x",
    })  # fmt: skip
    assert codes(root) == []


@pytest.mark.parametrize(
    ("path", "code", "severity"),
    [
        ("content/stories/a/x.heic", "photo-format", "error"),
        ("content/stories/a/x.TIF", "photo-format", "error"),
        ("content/stories/a/x.mp4", "film-ignored", "warning"),
        ("content/stories/a/x.docx", "text-not-markdown", "warning"),
        ("content/stories/a/x.xyz", "file-stray", "notice"),
        ("content/stories/a/two.md", "text-second", "warning"),
        ("content/stories/a/照片/x.jpg", "folder-too-deep", "warning"),
        ("content/stories/x.jpg", "photo-homeless", "warning"),
        ("content/stories/x.txt", "text-not-markdown", "warning"),
        ("content/story/x.md", "folder-near", "warning"),
        ("content/视频/x.md", "folder-unknown", "warning"),
        ("content/stories/b/x.jpg", "index-missing", "warning"),
        ("content/stories/b/正文.md", "index-misnamed", "warning"),
        ("content/stories/b/index.md.txt", "index-misnamed", "warning"),
    ],
)
def test_every_other_file_is_named_with_what_to_do(
    anthology: Lay, path: str, code: str, severity: str
) -> None:
    root = anthology({"content/stories/a/index.md": STORY, path: b"x"})
    problems = {problem.code: str(problem.severity) for problem in find_sources(root).problems}
    assert problems[code] == severity


def test_a_text_under_another_name_is_told_once(anthology: Lay) -> None:
    root = anthology({"content/stories/b/index.md.txt": STORY})
    assert codes(root) == [("index-misnamed", "content/stories/b")]


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("CON", "slug-reserved"), ("aux", "slug-reserved"), ("nul.x", "slug-reserved"),
        ("a#b", "slug-unsafe"), ("a?b", "slug-unsafe"), ("a%2e", "slug-unsafe"), ("a\\b", "slug-unsafe"),
        ("-a", "slug-edge"), ("_a", "slug-edge"), ("a.", "slug-edge"),
        ("字" * 60, "slug-too-long"),
    ],
)  # fmt: skip
def test_a_name_that_some_system_cannot_carry_is_an_error(
    anthology: Lay, slug: str, code: str
) -> None:
    root = anthology({f"content/stories/{slug}.md": STORY})
    assert codes(root) == [(code, f"content/stories/{slug}.md")]
    assert found_in(root)[0] == []


@pytest.mark.parametrize("name", ["a\u202eb.md", "a\x1b[31m.md", "a\nb.md"])
def test_a_name_that_would_upset_a_terminal_is_shown_without_what_upsets(
    anthology: Lay, name: str
) -> None:
    root = anthology({f"content/stories/{name}": STORY})
    assert [code for code, _ in codes(root)] == ["slug-unsafe"]
    assert "\ufffd" in codes(root)[0][1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_in_no_encoding_is_an_error_that_can_be_printed(anthology: Lay) -> None:
    root = anthology({"content/stories/a.md": STORY})
    (root / "content/stories" / os.fsdecode(b"\xff\xfe.md")).write_text(STORY, encoding="utf-8")
    assert codes(root) == [("slug-unsafe", "content/stories/\ufffd\ufffd.md")]


def test_a_single_file_and_a_folder_of_one_name_are_two_too_many(anthology: Lay) -> None:
    root = anthology({"content/stories/a.md": STORY, "content/stories/a/index.md": STORY})
    assert codes(root) == [
        ("slug-twice", "content/stories/a.md"),
        ("slug-twice", "content/stories/a/index.md"),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("Snow", "snow"), ("caf\u00e9", "cafe\u0301"), ("ａ", "a")]
)
def test_names_that_differ_in_case_or_form_alone_are_an_error_at_both(
    anthology: Lay, one: str, other: str
) -> None:
    root = anthology(
        {f"content/stories/{one}.md": STORY, f"content/stories/{other}/index.md": STORY}
    )
    if len(list((root / "content/stories").iterdir())) < 2:
        pytest.skip("this disk cannot hold both")
    assert {code for code, _ in codes(root)} == {"slug-alike"}
    assert len(codes(root)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_links_out_of_the_source_pipes_and_folders_are_no_photos(
    anthology: Lay, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.jpg").write_bytes(b"x")
    root = anthology({"content/stories/a/index.md": STORY, "content/stories/b/index.md": STORY})
    folder = root / "content/stories/a"
    (folder / "link.jpg").symlink_to(outside / "secret.jpg")
    (folder / "dead.jpg").symlink_to(outside / "gone.jpg")
    (folder / "folder.jpg").mkdir()
    os.mkfifo(folder / "pipe.jpg")
    (root / "content/stories/c").symlink_to(outside)
    (folder / "inside.jpg").symlink_to(folder / "index.md")
    assert codes(root) == [
        ("file-irregular", "content/stories/a/folder.jpg"),
        ("file-irregular", "content/stories/a/pipe.jpg"),
        ("file-unreadable", "content/stories/a/dead.jpg"),
        ("link-outside", "content/stories/a/link.jpg"),
        ("link-outside", "content/stories/c"),
    ]
    assert found_in(root)[1] == ["content/stories/a/inside.jpg"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_opened_is_an_error(anthology: Lay) -> None:
    root = anthology({"content/stories/a/index.md": STORY})
    (root / "content/stories/a").chmod(0)
    try:
        assert ("folder-unreadable", "content/stories/a") in codes(root)
    finally:
        (root / "content/stories/a").chmod(0o755)


def test_a_folder_without_content_is_an_error(tmp_path: Path) -> None:
    assert codes(tmp_path) == [("content-missing", "content")]


def test_files_are_listed_as_people_count() -> None:
    assert sorted(["图10", "图2", "a", "图02"], key=natural) == ["a", "图02", "图2", "图10"]


def test_odd_names_beside_the_anthology_are_nobodys_business(anthology: Lay) -> None:
    root = anthology({"content/stories/a.md": "", "my\u202enotes.txt": ""})
    assert find_sources(root).problems == ()


@pytest.mark.parametrize(
    ("folder", "lost"),
    [("", {"site.yaml"}), ("content", {"content", "content/redirects.yaml"})],
)
def test_a_folder_that_nobody_may_look_into_is_not_taken_for_empty(
    anthology: Lay, monkeypatch: pytest.MonkeyPatch, folder: str, lost: set[str]
) -> None:
    """Once, the settings were taken for missing, and a site without a title was published."""
    root = anthology({"content/stories/a.md": STORY, "content/redirects.yaml": "", "site.yaml": ""})
    real, closed = os.scandir, os.path.join(os.path.realpath(root), folder)  # noqa: PTH118

    def scandir(path: str) -> object:
        if os.fspath(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    problems = find_sources(root).problems
    assert {problem.place.path for problem in problems} == lost
    assert {str(problem.severity) for problem in problems} == {"error"}
