"""From the bytes of an original to one upright sRGB image, whatever a camera or a chat app made.

The image is decoded once and made small before anything else is done to it: colours and rotation
then cost a tenth.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import warnings
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms, UnidentifiedImageError

from candlelight import decoding
from candlelight.plan.pictures import height_at
from candlelight.problems import Place, Problem, error, notice, warning

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
"""What Pillow may try. An MPO opens as the JPEG that it begins with."""

with contextlib.suppress(ImportError):  # the extra for photos of iPhones
    importlib.import_module("pillow_heif").register_heif_opener()
    FORMATS.append("HEIF")

# Pillow only warns up to twice its limit; ours is checked before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = None

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts an image upright, by its EXIF orientation."""

_GAP = 2
"""How much larger than its goal a cheaply reduced image stays: Lanczos does the rest."""

_STRIP = 1 << 20
"""Pixels that are converted at a time, so that a huge image is in memory only once."""


class Decoded(NamedTuple):
    """An upright RGB or RGBA image in sRGB, free of metadata, or None and an error."""

    image: Image.Image | None
    problems: tuple[Problem, ...] = ()


def decode(original: bytes, width: int, place: Place, max_pixels: int) -> Decoded:
    """Decode *original*, the photo of *place*, for renditions up to *width* pixels (upright)."""
    try:
        with warnings.catch_warnings():
            # Of a torn EXIF block or a second picture that is missing: neither is shown.
            warnings.simplefilter("ignore")
            return _decoded(original, width, place, max_pixels)
    except MemoryError:
        reason = "out of memory"
    except Exception as failure:  # noqa: BLE001 - a broken file can break a decoder in any way
        reason = _reason(failure)
    return Decoded(None, (error("photo-broken", place, file=file_name(place), reason=reason),))


def _decoded(original: bytes, width: int, place: Place, max_pixels: int) -> Decoded:
    opened = Image.open(io.BytesIO(original), formats=FORMATS)
    pixels = opened.width * opened.height
    if pixels > max_pixels:
        return Decoded(None, (_too_large(place, pixels, max_pixels),))
    _refuse_empty_end(opened, original)
    turn = _TURNS.get(decoding.orientation(opened, io.BytesIO(original)))
    goal = _goal(opened, turn, width)
    opened.draft(None, goal)  # JPEG: decodes an eighth, a quarter or a half of the pixels
    needed = decoding.memory_needed(opened, io.BytesIO(original)) + _on_the_way(opened, goal)
    if needed > decoding.MOST_MEMORY:
        return Decoded(None, (_too_dear(place, needed),))
    problems = _animated(opened, place)
    profile = opened.info.get("icc_profile")
    small = _shrunk(opened, goal)
    if small is not opened:
        opened.close()  # with all its pixels
    image, profile_problems = _in_srgb(_without_idle_alpha(small), profile, place)
    upright = image.transpose(turn) if turn is not None else image
    upright.info.clear()
    return Decoded(upright, problems + profile_problems)


def _reason(failure: Exception) -> str:
    """Pillow's words, without the address in memory that it puts into some."""
    if isinstance(failure, UnidentifiedImageError):
        return "not a JPEG, PNG, WebP, GIF or AVIF"
    return str(failure) or type(failure).__name__


def _too_large(place: Place, pixels: int, limit: int) -> Problem:
    given = {"pixels": f"{pixels:,}", "limit": f"{limit:,}"}
    return error("photo-too-large", place, file=file_name(place), **given)


def _too_dear(place: Place, needed: int) -> Problem:
    given = {"needed": needed // 10**6, "limit": decoding.MOST_MEMORY // 10**6}
    return error("photo-needs-memory", place, file=file_name(place), **given)


def original_at(path: Path, digest: str) -> bytes | None:
    """The bytes of *path*, or None if they are no longer those that had this SHA-256."""
    try:
        original = path.read_bytes() if path.is_file() else b""
    except OSError:
        return None
    return original if hashlib.sha256(original).hexdigest() == digest else None


def file_name(place: Place) -> str:
    """What an editor calls the file: its name, without the folders."""
    return place.path.rpartition("/")[2]


def _refuse_empty_end(opened: Image.Image, original: bytes) -> None:
    """Raise ValueError on a JPEG whose end is zeros.

    That is what a copy leaves that was broken off; the decoder would show it as a grey half
    without a word.
    """
    written = original.rstrip(b"\0")
    lost = len(original) - len(written)
    if opened.format in {"JPEG", "MPO"} and lost > 64 and not written.endswith(b"\xff\xd9"):
        raise ValueError(f"the last {lost:,} bytes are empty")


def _animated(opened: Image.Image, place: Place) -> tuple[Problem, ...]:
    # The further frames of an MPO are the other eye or a larger preview, not a movement.
    if opened.format == "MPO" or not getattr(opened, "is_animated", False):
        return ()
    return (notice("photo-animated", place, file=file_name(place)),)


def _goal(opened: Image.Image, turn: Image.Transpose | None, width: int) -> tuple[int, int]:
    """The size, as the image lies in its file, that is *width* wide once it is upright."""
    lies, stands = opened.size
    if turn in {_TURNS[number] for number in (5, 6, 7, 8)}:
        return height_at(width, stands, lies), width
    return width, height_at(width, lies, stands)


def _factor(opened: Image.Image, goal: tuple[int, int]) -> int:
    """How many of its pixels may be taken together, in each direction."""
    return max(1, int(min(opened.width / goal[0], opened.height / goal[1]) / _GAP))


def _on_the_way(opened: Image.Image, goal: tuple[int, int]) -> int:
    """Bytes of what lies beside *opened*, decoded, until *goal* is reached."""
    factor = _factor(opened, goal)
    if factor > 1:
        # Of the reduced image are taken copies too, but the decoded one, four times it, has gone.
        return 4 * -(-opened.width // factor) * -(-opened.height // factor)
    # Converted; with transparency Pillow multiplies a copy by it before it scales.
    copies = (not _is_plain(opened)) + opened.has_transparency_data
    return 4 * (copies * opened.width * opened.height + goal[0] * (opened.height + goal[1]))


def _shrunk(opened: Image.Image, goal: tuple[int, int]) -> Image.Image:
    """*opened* decoded and scaled to *goal*, in mode L, RGB, RGBA or CMYK."""
    opened.load()
    factor = _factor(opened, goal)
    if factor > 1:
        reduced = _reduced(opened, factor)
        opened.close()  # with all its pixels, before more copies are taken
        return reduced.resize(goal, Image.Resampling.LANCZOS)
    plain = _plain(opened)
    return plain if plain.size == goal else plain.resize(goal, Image.Resampling.LANCZOS)


def _reduced(opened: Image.Image, factor: int) -> Image.Image:
    """*opened* at one *factor*-th of its size, converted strip by strip."""
    rows = max(1, _STRIP // opened.width // factor) * factor
    size = (-(-opened.width // factor), -(-opened.height // factor))
    whole: Image.Image | None = None
    for top in range(0, opened.height, rows):
        box = (0, top, opened.width, min(top + rows, opened.height))
        strip = _plain(opened.crop(box)).reduce(factor)
        whole = whole or Image.new(strip.mode, size)
        whole.paste(strip, (0, top // factor))
    assert whole is not None  # an image has at least one row
    return whole


def _plain(image: Image.Image) -> Image.Image:
    """*image* in a mode that can be scaled: L, RGB, RGBA or CMYK."""
    if _is_plain(image):
        return image
    if image.mode.startswith("I"):  # 16-bit grey: a plain conversion would clip it to white
        return image.point(lambda value: value / 257).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _is_plain(image: Image.Image) -> bool:
    if image.mode in {"L", "RGB", "CMYK"}:
        return not image.has_transparency_data
    return image.mode == "RGBA"


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    """*image* as RGB if nothing in it is transparent, as in most screenshots."""
    idle = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    return image.convert("RGB") if idle else image


def _in_srgb(
    image: Image.Image, profile: bytes | None, place: Place
) -> tuple[Image.Image, tuple[Problem, ...]]:
    """*image* as RGB or RGBA in sRGB; with a profile that is no use it is taken for sRGB."""
    opaque = image.convert("RGB") if image.mode == "RGBA" else image
    problems: tuple[Problem, ...] = ()
    if profile:
        try:
            opaque = _through(opaque, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            problems = (warning("photo-profile", place, file=file_name(place)),)
    opaque = opaque.convert("RGB")
    if image.mode == "RGBA":
        opaque.putalpha(image.getchannel("A"))
    return opaque, problems


def _through(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    srgb = ImageCms.createProfile("sRGB")
    made = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    assert made is not None  # it is only None when working in place
    return made
