"""How like a rendition is to what it should be: SSIM (Wang and others, 2004), by Pillow alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageMath, ImageOps

WINDOW, STEP = 8, 4
"""Pixels of a window, and from one to the next: the plain form that the authors give."""
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def reference(original: Path, size: tuple[int, int]) -> Image.Image:
    """*original* (sRGB) decoded in full, upright, scaled in one step by Lanczos."""
    with Image.open(original) as opened:
        upright = ImageOps.exif_transpose(opened.convert("RGB"))
    return upright.resize(size, Image.Resampling.LANCZOS)


def ssim(one: Image.Image, other: Image.Image) -> float:
    """The mean over windows of the likeness in lightness, 1 if nothing differs. Sizes agree."""
    first, second = (image.convert("L").convert("F") for image in (one, other))
    total, count = 0.0, 0
    for left in range(0, WINDOW, STEP):
        for top in range(0, WINDOW, STEP):
            right = left + (first.width - left) // WINDOW * WINDOW
            foot = top + (first.height - top) // WINDOW * WINDOW
            box = (left, top, right, foot)
            found = _windows(first.crop(box), second.crop(box))
            total += _mean(found) * found.width * found.height
            count += found.width * found.height
    return total / count


def _windows(x: Image.Image, y: Image.Image) -> Image.Image:
    means: dict[str, Any] = {"x": x, "y": y}
    for name, (one, other) in {"xx": (x, x), "yy": (y, y), "xy": (x, y)}.items():
        means[name] = ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=one, b=other)
    reduced = {name: image.reduce(WINDOW) for name, image in means.items()}
    found: Image.Image = ImageMath.lambda_eval(_likeness, **reduced)
    return found


def _likeness(of: dict[str, Any]) -> Any:  # noqa: ANN401  # Pillow's own operands
    x, y = of["x"], of["y"]
    light = (x * y * 2 + C1) / (x * x + y * y + C1)
    form = ((of["xy"] - x * y) * 2 + C2) / (of["xx"] - x * x + of["yy"] - y * y + C2)
    return light * form


def _mean(image: Image.Image) -> float:
    value = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(value, float)
    return value
