"""Who did not agree, what is a draft, what was taken down: in no book, and in no cache of one."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from candlelight.commands.build import CACHE
from tests.anthology import Anthology
from tests.printing import shown
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

PHOTOS = [{"file": "stays.jpg", "alt": "留"}, {"file": "goes.jpg", "alt": "撤"}]
SIZE = (240, 180)


def shape(image: Image.Image) -> str:
    """Which of twelve cells are light: the same for one photo at any size, in any ink."""
    small = image.convert("L").resize((4, 3), Image.Resampling.BOX)
    return "".join("#" if level > 128 else "." for level in small.tobytes())


def shows(image: Image.Image, original: Image.Image) -> bool:
    """Whether *image* is *original*, at any size and in any ink."""
    return shape(image) == shape(original)


def marked(seed: int) -> bytes:
    """A photo of twelve light and dark cells that no other seed has."""
    picture = Image.new("RGB", SIZE, "black")
    bits = hashlib.sha256(str(seed).encode()).digest()
    for number in range(12):
        left, top = number % 4 * SIZE[0] // 4, number // 4 * SIZE[1] // 3
        if bits[number] > 127:
            picture.paste("white", (left, top, left + SIZE[0] // 4, top + SIZE[1] // 3))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=90)
    return made.getvalue()


def in_pdf(path: Path, original: bytes, folder: Path) -> bool:
    """Whether the photo *original* stands in the PDF."""
    source = Image.open(io.BytesIO(original))
    return any(shows(Image.open(one), source) for one in Paper(path).pictures(folder))


def in_epub(path: Path, original: bytes) -> bool:
    """Whether the photo *original* stands in the e-book."""
    source = Image.open(io.BytesIO(original))
    pictures = [
        content
        for name, content in shown.files(path).items()
        if name.endswith((".jpg", ".jpeg", ".webp", ".png")) and "cover" not in name
    ]
    return any(shows(Image.open(io.BytesIO(content)), source) for content in pictures)


def in_cache(book: Anthology, original: bytes) -> list[str]:
    """The files of the cache that show the photo *original*."""
    source = Image.open(io.BytesIO(original))
    found = []
    for path in sorted((book.root / CACHE).rglob("*")):
        if path.suffix in {".jpg", ".jpeg", ".webp", ".avif", ".png"} and path.is_file():
            with Image.open(path) as image:
                if shows(image, source):
                    found.append(path.relative_to(book.root).as_posix())
    return found


@pytest.fixture(scope="module")
def withheld(shop: Shop) -> Anthology:
    """A story with a photo that may be shown and one that may not; a person; a draft."""
    book = shop("未同意").person("wei-ming", title="卫明", aliases=["小卫"], consent="否")
    book.story("snow", title="初雪", body="巷子里灯亮了。", author="何文君", photos=[
        {"file": "yes.jpg", "caption": "可以", "alt": "可以"},
        {"file": "no.jpg", "caption": "不可以", "alt": "不可以", "consent": "否"},
    ])  # fmt: skip
    book.write("content/stories/snow/yes.jpg", marked(1))
    book.write("content/stories/snow/no.jpg", marked(2))
    book.story("draft", title="未定稿", author="温秀兰", draft="yes", body="还没写完")
    return book


def test_a_withheld_photo_is_in_neither_book(
    withheld: Anthology, light: None, tmp_path: Path
) -> None:
    book, epub = withheld.book(), withheld.epub()
    assert in_pdf(book.file, marked(1), tmp_path / "yes")
    assert in_epub(epub.file, marked(1))
    assert not in_pdf(book.file, marked(2), tmp_path / "no")
    assert not in_epub(epub.file, marked(2))
    assert in_cache(withheld, marked(2)) == []
    for words in (Paper(book.file).words, shown.text(epub.file)):
        assert "不可以" not in words


def test_a_withheld_person_is_in_neither_book_nor_index(withheld: Anthology, light: None) -> None:
    book, epub = withheld.book(), withheld.epub()
    names = b"".join(shown.files(epub.file).values()).decode("utf-8", "replace")
    for word in ("卫明", "小卫", "wei-ming"):
        assert word not in Paper(book.file).words
        assert word not in names


def test_a_text_that_names_them_is_left_out_of_the_books(shop: Shop, light: None) -> None:
    book = shop().person("wei-ming", title="卫明", consent="否")
    book.story("named", title="点名", body="那晚衛明也在。").story("other", title="别的")
    assert book.book().files == ()
    assert book.epub().files == ()
    kept = Paper(book.book(keep_going=True).file)
    assert "别的" in kept.words
    assert not {"衛明", "点名"} & {word for word in ("衛明", "点名") if word in kept.words}


def test_nobody_can_ask_for_a_book_of_them(withheld: Anthology) -> None:
    made = withheld.book("person.pdf", person="卫明")
    assert made.files == ()
    assert made.codes <= {"selection-unknown", "selection-near"}


def test_drafts_are_in_the_books_only_where_they_are_asked_for(
    withheld: Anthology, light: None
) -> None:
    for words in (Paper(withheld.book().file).words, shown.text(withheld.epub().file)):
        assert not any(word in words for word in ("未定稿", "温秀兰", "还没写完"))
    for words in (
        Paper(withheld.book("d.pdf", drafts=True).file).words,
        shown.text(withheld.epub("d.epub", drafts=True).file),
    ):
        assert "还没写完" in words


@pytest.fixture(scope="module")
def before(shop: Shop) -> Anthology:
    """A story with two photos, printed once in both forms, and as an e-book and a site."""
    book = shop("撤下").story("snow", title="初雪", body="巷子里灯亮了。", photos=PHOTOS)
    book.write("content/stories/snow/stays.jpg", marked(3))
    book.write("content/stories/snow/goes.jpg", marked(4))
    book.book()
    book.book("print.pdf", for_print=True)
    book.epub()
    assert in_cache(book, marked(4))
    return book


@pytest.fixture
def taken(before: Anthology, tmp_path: Path) -> Anthology:
    """A copy of it, cache and all, to take something down from."""
    shutil.copytree(before.root, tmp_path / "撤下", symlinks=True)
    copy = Anthology(tmp_path / "撤下")
    return copy.story("snow", title="初雪", body="巷子里灯亮了。", photos=PHOTOS)


def take_down(book: Anthology, how: str) -> None:
    """Take the second photo down."""
    if how == "deleted":
        book.delete("content/stories/snow/goes.jpg")
        book.edit("snow", photos=[{"file": "stays.jpg", "alt": "留"}])
    elif how == "consent":
        goes = {"file": "goes.jpg", "alt": "撤", "consent": "否"}
        book.edit("snow", photos=[{"file": "stays.jpg", "alt": "留"}, goes])
    else:
        book.delete_story("snow").story("other", title="别的")


@pytest.mark.parametrize("how", ["deleted", "consent", "story"])
@pytest.mark.parametrize("command", ["book", "epub", "build"])
def test_what_is_taken_down_leaves_the_cache_with_the_next_run(
    taken: Anthology, light: None, quick: None, how: str, command: str
) -> None:
    take_down(taken, how)
    getattr(taken, command)()
    assert in_cache(taken, marked(4)) == []


def test_what_stays_keeps_its_prints(taken: Anthology, light: None) -> None:
    take_down(taken, "consent")
    taken.book()
    assert in_cache(taken, marked(3))


def test_the_photos_of_this_page_are_told_apart() -> None:
    photos = [Image.open(io.BytesIO(marked(seed))) for seed in (1, 2, 3, 4)]
    assert len({shape(photo) for photo in photos}) == len(photos)
    assert all(shows(photo.resize((80, 50)).convert("CMYK"), photo) for photo in photos)
