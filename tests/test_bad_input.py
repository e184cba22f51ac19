"""What bad input gets: an answer in words, in bounded time, and the rest of the site whole."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from tests.anthology import Anthology, photo
from tests.markup import Page

STORY = "content/stories/bad/index.md"
FRONT = "---\ntitle: 坏\n---\n\n"


def text(content: str | bytes) -> Callable[[Anthology], object]:
    return lambda anthology: anthology.write(STORY, content)


def front(lines: str) -> Callable[[Anthology], object]:
    return text(f"---\n{lines}\n---\n\n正文。\n")


def with_photo(content: bytes) -> Callable[[Anthology], object]:
    def lay(anthology: Anthology) -> None:
        anthology.write(STORY, FRONT).write("content/stories/bad/a.jpg", content)

    return lay


def bomb() -> bytes:
    """A PNG of 60,000 × 60,000 pixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        made += struct.pack(">I", len(body)) + name + body
        made += struct.pack(">I", zlib.crc32(name + body))
    return made


def link(anthology: Anthology) -> None:
    anthology.write(STORY, FRONT)
    outside = anthology.root.parent / "secret.jpg"
    outside.write_bytes(photo("secret"))
    (anthology.root / "content/stories/bad/a.jpg").symlink_to(outside)


def pipe(anthology: Anthology) -> None:
    anthology.write(STORY, FRONT)
    os.mkfifo(anthology.root / "content/stories/bad/a.jpg")


def folder(anthology: Anthology) -> None:
    anthology.write(STORY, "---\ntitle: 坏\nphotos: [a.jpg]\n---\n")
    (anthology.root / "content/stories/bad/a.jpg").mkdir()


YAML_BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 8)}]" for n in range(9)
)

REFUSED = {
    "a photo named by a path": front("title: 坏\nphotos: [../../../etc/passwd]"),
    "a dangerous source": front("title: 坏\nsource:\n  url: javascript:alert(1)"),
    "a bomb of references": front(f"title: 坏\n{YAML_BOMB}"),
    "a tag that would run": front("title: !!python/object/apply:os.system ['x']"),
    "a key twice": front("title: 坏\ntitle: 更坏"),
    "an open quote": front('title: "坏'),
    "a day that never was": front("title: 坏\ndate: 2021-02-30"),
    "a list in place of facts": front("- title\n- author"),
    "facts without an end": text("---\ntitle: 坏\ndate: 2020\n\n正文。\n" * 3),
    "an empty file": text(b""),
    "bytes that are no text": text(bytes(range(256)) * 20),
    "deep brackets": front("title: 坏\nx: " + "[" * 50_000),
    "a truncated photo": with_photo(photo("a", (1200, 900))[:4000]),
    "a page of text called a photo": with_photo(b"<html>404</html>"),
    "an empty photo": with_photo(b""),
    "a decompression bomb": with_photo(bomb()),
    "a photo linked from outside": link,
    "a pipe called a photo": pipe,
    "a folder called a photo": folder,
}


@pytest.fixture
def anthology(anthology: Anthology) -> Anthology:
    """A good story that the bad one must not harm."""
    anthology.story("good", title="好", body="好的。").build()
    return anthology


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_story_is_named_and_the_good_one_is_published_without_it(
    anthology: Anthology, name: str
) -> None:
    before = anthology.files()
    REFUSED[name](anthology)
    started = time.process_time()
    stopped, went_on = anthology.build(), anthology.build(keep_going=True)
    assert time.process_time() - started < 10
    assert not stopped.published
    assert stopped.files == before
    assert all(one.place.path.startswith("content/stories/bad") for one in stopped.problems)
    assert went_on.left_out == (STORY,)
    assert "stories/good/index.html" in went_on.files
    assert not [path for path in went_on.files if "bad" in path]


def sound(body: str) -> Callable[[Anthology], object]:
    return text(FRONT + body)


MENDED = {
    "ten thousand brackets": sound("[" * 10_000),
    "five thousand images": sound("![" * 5_000),
    "three hundred nested lists": sound("".join("  " * n + "- 一\n" for n in range(300))),
    "three hundred nested quotations": sound("> " * 300 + "一"),
    "ten thousand stars": sound("*一" * 10_000),
    "five megabytes": sound("灯亮了。" * 420_000),
    "a table of a thousand columns": sound("|一" * 1000 + "|\n" + "|-" * 1000 + "|\n"),
    "an unclosed comment": sound("<!--" * 5_000),
    "ten thousand footnotes": sound("".join(f"[^{n}]" for n in range(10_000))),
    "control characters": sound("灯\x00\x02klzzwxh:0001\x03\x1b[31m"),
}


@pytest.mark.parametrize("name", MENDED)
def test_whatever_a_body_holds_is_published_or_named_in_bounded_time(
    anthology: Anthology, name: str
) -> None:
    MENDED[name](anthology)
    started = time.process_time()
    result = anthology.build(keep_going=True)
    assert time.process_time() - started < 5
    assert "stories/good/index.html" in result.files
    if result.left_out:
        assert result.left_out == (STORY,)
        assert result.codes
    else:
        page = result.files["stories/bad/index.html"]
        assert b"\x02" not in page
        assert b"klzzwxh:0" not in page or name == "control characters"


def test_a_template_in_a_story_is_text(anthology: Anthology) -> None:
    template = "{{ 7*7 }} {% include 'base.html' %} {% for x in range(10**9) %}"
    anthology.write(STORY, FRONT + template).build()
    assert template in Page(anthology.read("stories/bad/index.html")).text


@pytest.mark.parametrize("slug", ["CON", "aux", "nul", "a:b", "-x", "a?b", "x" * 200, "a%2e"])
def test_a_name_that_some_system_cannot_carry_is_refused(anthology: Anthology, slug: str) -> None:
    anthology.write(f"content/stories/{slug}/index.md", FRONT)
    assert not anthology.build().published
    assert "stories/good/index.html" in anthology.build(keep_going=True).files


@pytest.mark.parametrize(("one", "other"), [("Café", "Cafe\u0301"), ("ab", "AB"), ("①", "1")])
def test_names_that_some_system_takes_for_one_are_both_named(
    anthology: Anthology, one: str, other: str
) -> None:
    for slug in (one, other):
        anthology.write(f"content/stories/{slug}/index.md", FRONT)
    result = anthology.build(keep_going=True)
    assert len(result.left_out) == 2
    assert result.codes <= {"slug-alike", "slug-twice"}


def test_a_photo_sideways_with_a_place_in_it_comes_out_upright_and_says_nothing(
    anthology: Anthology,
) -> None:
    picture, exif = Image.new("RGB", (60, 40), "#f3b75b"), Image.Exif()
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif, comment=b"secret")
    anthology.write("content/stories/good/a.jpg", made.getvalue())
    result = anthology.build()
    renditions = [path for path in result.files if path.startswith("assets/photos/")]
    assert renditions
    for path in renditions:
        with Image.open(io.BytesIO(result.files[path])) as rendition:
            assert rendition.width < rendition.height
            assert not rendition.getexif()
        assert b"secret" not in result.files[path]
