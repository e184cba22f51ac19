"""Photos that decode, scale and weigh as a phone's do, made up of nothing but numbers.

A photo is leaves that hide each other, of all sizes, small ones by far the most: this model has
the edges and the spectrum of natural pictures (Lee, Mumford and Huang, "Occlusion models for
natural images", 2001). Over them lie a texture at every scale, and the grain of a sensor.
"""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

PHONE = (4000, 3000)
LEAVES = 9000
SMALLEST, LARGEST = 28, 1400
"""Pixels of the radius of a leaf in a photo of 12 megapixels."""
QUALITY = 93
SIDEWAYS = 6


def made_up(number: int, pixels: tuple[int, int] = PHONE) -> bytes:
    """A JPEG of *pixels*, some 4 MB for 12 megapixels; the same *number* gives the same pixels."""
    chance = random.Random(number)
    image = Image.new("RGB", pixels, _tint(chance))
    draw = ImageDraw.Draw(image)
    scale = math.sqrt(pixels[0] * pixels[1] / (PHONE[0] * PHONE[1]))
    for _ in range(LEAVES):
        _leaf(draw, chance, pixels, scale)
    for step in (4, 16, 64):
        image = _rough(image, chance, step, 0.16)
    # A lens is no ruler.
    return _taken(image.filter(ImageFilter.GaussianBlur(0.8)), chance)


def enlarged(photo: Image.Image, number: int, pixels: tuple[int, int] = PHONE) -> bytes:
    """A photo that somebody took, cut and scaled to *pixels*, with grain of its own again."""
    fitted = ImageOps.fit(ImageOps.exif_transpose(photo).convert("RGB"), pixels)
    return _taken(fitted, random.Random(number))


def _leaf(
    draw: ImageDraw.ImageDraw, chance: random.Random, pixels: tuple[int, int], scale: float
) -> None:
    # As many of each radius as its third power is small.
    share = chance.random() * (SMALLEST**-2 - LARGEST**-2) + LARGEST**-2
    radius = share**-0.5 * scale
    x, y = chance.random() * pixels[0], chance.random() * pixels[1]
    lean, flat = chance.random() * math.pi, 0.3 + 0.7 * chance.random()
    outline = []
    for step in range(24):
        turn = step * math.tau / 24
        along, across = math.cos(turn) * radius, math.sin(turn) * radius * flat
        outline.append(
            (
                x + along * math.cos(lean) - across * math.sin(lean),
                y + along * math.sin(lean) + across * math.cos(lean),
            )
        )
    draw.polygon(outline, fill=_tint(chance))


def _tint(chance: random.Random) -> tuple[int, int, int]:
    """Rarely a strong colour."""
    grey = chance.gauss(120, 55)
    red, green, blue = (max(0, min(255, round(grey + chance.gauss(0, 18)))) for _ in range(3))
    return red, green, blue


def _rough(image: Image.Image, chance: random.Random, step: int, strong: float) -> Image.Image:
    """*image* with noise whose grain is *step* pixels wide."""
    wide, high = -(-image.width // step), -(-image.height // step)
    noise = _noise(chance, (wide, high), strong).resize(image.size, Image.Resampling.BICUBIC)
    return _added(image, noise)


def _taken(image: Image.Image, chance: random.Random) -> bytes:
    """The JPEG of *image* as from a phone held upright: sideways, with a position, with grain."""
    grainy = _added(image, _noise(chance, image.size, 0.05))
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 49.0, 30.0), 3: "E", 4: (87.0, 37.0, 0.0)})
    made = io.BytesIO()
    grainy.save(made, "JPEG", quality=QUALITY, exif=exif)
    return made.getvalue()


def _noise(chance: random.Random, size: tuple[int, int], strong: float) -> Image.Image:
    noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return noise.point([round(128 + (value - 127.5) * strong) for value in range(256)])


def _added(image: Image.Image, noise: Image.Image) -> Image.Image:
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), offset=-128)
