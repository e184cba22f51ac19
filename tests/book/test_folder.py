"""The folder that a book is set from holds what the sheets say; only changes are written."""

import os
from pathlib import Path

from candlelight.book.folder import lay, lay_book
from tests.book.small_books import book, story


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _lay(folder: Path, *names: str, role: str = "志愿者") -> set[str]:
    stories = {name: story(name, role=role) for name in names}
    return set(lay(folder, book(), stories, {"lamp": b"a stand-in"}, None))


def test_what_changed_is_written_and_named_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert {"book.json", "book.typ", "stories/a.json", "photos/lamp.png"} <= _lay(folder, "a", "b")
    assert _lay(folder, "a", "b") == set()
    assert _lay(folder, "a", "b", role="邻居") == {"stories/a.json", "stories/b.json"}


def test_a_change_that_keeps_the_length_is_a_change(tmp_path: Path) -> None:
    _lay(tmp_path, "a", role="志愿者")
    assert _lay(tmp_path, "a", role="社区人") == {"stories/a.json"}


def test_what_no_sheet_wants_goes_and_what_was_spoilt_is_written_again(tmp_path: Path) -> None:
    _lay(tmp_path, "a", "b")
    wanted = _files(tmp_path)
    (tmp_path / "stories" / "stranger.json").write_bytes(b"{}")
    (tmp_path / "photos" / "lamp.png").unlink()
    spoilt = tmp_path / "stories" / "a.json"
    stood = spoilt.stat()
    spoilt.write_bytes(bytes(stood.st_size))
    os.utime(spoilt, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    assert _lay(tmp_path, "a", "b") == {"stories/a.json", "photos/lamp.png"}
    assert _files(tmp_path) == wanted


def test_another_sheet_of_the_book_leaves_all_else(tmp_path: Path) -> None:
    _lay(tmp_path, "a")
    before = _files(tmp_path)
    lay_book(tmp_path, book(title="灯"))
    after = _files(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"book.json"}
