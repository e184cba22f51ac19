"""What a photo file says of itself, whatever it really is."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from candlelight.model import PhotoFacts
from candlelight.read.photo import PhotoJob, ReadPhoto, read_photo

Look = Callable[..., ReadPhoto]


@pytest.fixture
def photo(tmp_path: Path) -> Look:
    def read(raw: bytes, name: str = "a.jpg", max_pixels: int = 100_000_000) -> ReadPhoto:
        (tmp_path / name).write_bytes(raw)
        return read_photo(PhotoJob(str(tmp_path), name, max_pixels))

    return read


def saved(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#a06020").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_facts_are_size_format_and_digest(photo: Look, kind: str) -> None:
    raw = saved(kind)
    found = photo(raw)
    assert found.facts == PhotoFacts(hashlib.sha256(raw).hexdigest(), 40, 30, kind)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
)
def test_the_size_is_the_upright_one(photo: Look, orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    facts = photo(saved("JPEG", exif=exif)).facts
    assert (facts.width, facts.height) == size


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "photo-empty"),
        (b"not a photo", "photo-broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-broken"),
        (b"\xff\xd8\xff", "photo-broken"),
        (b"\x89PNG\r\n\x1a\n", "photo-broken"),
        (b"\0" * 5000, "photo-broken"),
        (saved("TIFF"), "photo-broken"),
        (saved("BMP"), "photo-broken"),
    ],
)
def test_what_is_no_photo_is_one_error_that_names_the_file(
    photo: Look, raw: bytes, code: str
) -> None:
    found = photo(raw)
    assert found.facts is None
    assert [(p.code, p.given["file"], str(p.place)) for p in found.problems] == [
        (code, "a.jpg", "a.jpg")
    ]


def test_a_photo_above_the_limit_is_an_error_with_both_numbers(photo: Look) -> None:
    problem = photo(saved("PNG"), max_pixels=1000).problems[0]
    assert (problem.code, problem.given["pixels"], problem.given["limit"]) == (
        "photo-too-large",
        "1,200",
        "1,000",
    )


def test_a_decompression_bomb_is_refused_by_its_header(photo: Look) -> None:
    header = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    )
    import zlib

    bomb = header + struct.pack(">I", zlib.crc32(header[12:])) + b"\0\0\0\0IDAT" + b"\0" * 8
    found = photo(bomb, "a.png")
    assert (found.facts, found.problems[0].code) == (None, "photo-too-large")
    assert found.problems[0].given["pixels"] == "3,600,000,000"


def test_an_animation_gives_its_first_frame_and_a_notice(photo: Look) -> None:
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    found = photo(out.getvalue())
    assert (found.facts.format, [p.code for p in found.problems]) == ("GIF", ["photo-animated"])


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    found = read_photo(PhotoJob(str(tmp_path), "a.jpg", 1000))
    assert found.problems[0].code == "photo-broken"


def test_a_photo_that_vanished_is_a_problem(tmp_path: Path) -> None:
    assert read_photo(PhotoJob(str(tmp_path), "a.jpg", 1000)).problems[0].code == "photo-broken"
