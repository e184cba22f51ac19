"""What is wrong in an anthology: named with its place and page, and the old book stays."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import ImageCms

from tests.anthology import Anthology, photo
from tests.printing import shown
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

OLD = b"%PDF-1.7 the book of last year"


@pytest.fixture
def old(bench: Anthology) -> Anthology:
    """A sound anthology with books of last year."""
    return bench.write("book.pdf", OLD).write("book.epub", OLD)


def stands(book: Anthology) -> bool:
    """Whether the books of last year stand untouched, with nothing beside them."""
    names = {path.name for path in book.root.iterdir() if path.is_file()}
    files = (book.root / "book.pdf", book.root / "book.epub")
    return all(file.read_bytes() == OLD for file in files) and names <= {
        "site.yaml", "book.pdf", "book.epub",
    }  # fmt: skip


def lost(book: Anthology, kind: str) -> str:
    """Give the story a photo that is lost in some way; returns its name."""
    name = "门前的雪.jpg"
    whole = photo("x", (900, 600))
    content = {"truncated": whole[: len(whole) // 2], "empty": b"", "text": b"not a photo"}
    if kind in content:
        book.write(f"content/stories/snow/{name}", content[kind])
    book.edit("snow", photos=[{"file": name, "caption": "门前", "alt": "门"}])
    return name


@pytest.mark.parametrize("kind", ["missing", "truncated", "empty", "text"])
def test_a_lost_photo_stops_the_book_and_is_named_with_its_page(
    old: Anthology, light: None, kind: str
) -> None:
    name = lost(old, kind)
    before = (old.root / "book.pdf").stat()
    made = old.book()
    assert made.files == ()
    assert stands(old)
    assert (old.root / "book.pdf").stat().st_mtime_ns == before.st_mtime_ns
    errors = [one for one in made.problems if one.severity == "error"]
    assert any(name in (one.place.path, *one.given.values()) or name in one.place.path
               for one in errors)  # fmt: skip
    assert all(one.place.path.startswith("content/stories/snow/") for one in errors)
    (box,) = made.said("book-photo-box")
    page = int(box.given["page"])
    kept = old.book("kept.pdf", keep_going=True)
    assert Paper(kept.file).has(name, page)


def test_with_keep_going_the_story_stays_and_a_box_names_the_photo(
    old: Anthology, light: None
) -> None:
    name = lost(old, "truncated")
    made = old.book(keep_going=True)
    paper = Paper(made.file)
    assert paper.has("巷子里灯亮了。", paper.bookmark("初雪"))
    assert paper.pages_with(name)
    assert made.left_out == ()
    assert not [image for image in paper.facts.images.values() if image.key]


def test_the_e_book_does_alike(old: Anthology, light: None) -> None:
    name = lost(old, "missing")
    assert old.epub().files == ()
    assert stands(old)
    words = shown.text(old.epub("kept.epub", keep_going=True).file)
    assert "巷子里灯亮了。" in words
    assert name in words


def test_a_character_without_a_glyph_is_a_warning_with_story_and_page(old: Anthology) -> None:
    old.edit("snow", body="这个字\U0002a6d6没有。")
    made = old.book()
    (said,) = made.said("book-glyph-missing")
    assert said.severity == "warning"
    assert said.place.path == "content/stories/snow/index.md"
    assert "\U0002a6d6" in said.given["characters"]
    assert Paper(made.file).has("这个字", int(said.given["page"]))


def test_with_strict_a_warning_stops_the_book(old: Anthology) -> None:
    old.edit("snow", body="这个字\U0002a6d6没有。")
    made = old.book(strict=True)
    assert made.files == ()
    assert stands(old)


def test_a_photo_too_small_for_print_is_a_warning_with_story_and_page(old: Anthology) -> None:
    old.photo("snow", size=(300, 200), caption="门前", alt="门")
    assert old.book().codes == set(), "a screen is content"
    made = old.book("print.pdf", for_print=True)
    (said,) = made.said("book-photo-soft")
    assert said.place.path == "content/stories/snow/index.md"
    pages = {one.page for one in Paper(made.files[0]).facts.placed if one.dpi < 300}
    assert int(said.given["page"]) in pages
    assert old.book("strict.pdf", for_print=True, strict=True).files == ()
    assert not (old.root / "strict.pdf").exists()
    assert not (old.root / "strict-cover.pdf").exists()


def icc(space: str) -> bytes:
    made = io.BytesIO()
    made.write(ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes())  # type: ignore[arg-type]
    return made.getvalue()


@pytest.mark.parametrize(
    ("settings", "files", "code", "names"),
    [
        ({"isbn": "978-7-5068-8888-8"}, {}, "isbn-check", "978-7-5068-8888-8"),
        ({"isbn": "12345"}, {}, "isbn-form", "12345"),
        ({"icc_profile": "rgb.icc"}, {"rgb.icc": icc("sRGB")}, "icc-not-cmyk", "rgb.icc"),
        ({"icc_profile": "bad.icc"}, {"bad.icc": b"no profile"}, "icc-broken", "bad.icc"),
        ({"icc_profile": "none.icc"}, {}, "file-missing", "none.icc"),
        ({"fonts": ["none.ttf"]}, {}, "file-missing", "none.ttf"),
        ({"fonts": ["bad.ttf"]}, {"bad.ttf": b"no font"}, "book-font", "bad.ttf"),
        ({"trim": "7x9"}, {}, "trim-unknown", "7x9"),
    ],
)
def test_a_wrong_setting_makes_no_book_even_with_keep_going(
    bench: Anthology, settings: dict[str, Any], files: dict[str, bytes], code: str, names: str
) -> None:
    bench.write("book.pdf", OLD).site(book=settings)
    for path, content in files.items():
        bench.write(path, content)
    for keep_going in (False, True):
        made = bench.book(for_print=True, keep_going=keep_going)
        assert made.files == ()
        (said,) = made.said(code)
        assert names in said.given.values()
        assert said.severity == "error"
    assert (bench.root / "book.pdf").read_bytes() == OLD


@pytest.fixture(scope="module")
def faulty(shop: Shop) -> Anthology:
    """Two stories, one of which has a date that is none."""
    book = shop("有错").story("sound", title="好的", body="没有错。")
    return book.story("wrong", title="错的", date="2020-13-45", body="错在日期。")


def test_an_error_in_a_story_makes_no_book(faulty: Anthology, light: None) -> None:
    for made in (faulty.book(), faulty.epub()):
        assert made.files == ()
        assert [one.place.path for one in made.problems if one.severity == "error"] == [
            "content/stories/wrong/index.md"
        ]


def test_with_keep_going_the_story_is_left_out_by_name(faulty: Anthology, light: None) -> None:
    book, epub = faulty.book(keep_going=True), faulty.epub(keep_going=True)
    for made in (book, epub):
        assert made.left_out == ("content/stories/wrong/index.md",)
    for words in (Paper(book.file).words, shown.text(epub.file)):
        assert "没有错。" in words
        assert "错的" not in words
        assert "错在日期" not in words


def test_nothing_of_what_failed_is_left_lying_about(old: Anthology) -> None:
    lost(old, "missing")
    old.book()
    litter = [path for path in old.root.rglob("*") if path.name.endswith(".part")]
    litter += (old.root / ".candlelight").glob("book-*")
    assert litter == []
