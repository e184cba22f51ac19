import io
from random import Random

import pytest
from PIL import Image

from candlelight.make.cards_mosaic import TILE, UNIT, coded


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    return Image.frombytes("RGB", size, Random(seed).randbytes(size[0] * size[1] * 3)).convert(
        "RGB"
    )


@pytest.fixture
def picture() -> Image.Image:
    """Like a card: five tiles wide, and its height is no whole number of tiles."""
    return noise((5 * TILE, 9 * UNIT + 6))


def at_once(image: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, restart_marker_blocks=TILE // UNIT)
    return made.getvalue()


@pytest.mark.parametrize("quality", [20, 70, 95])
def test_the_tiles_of_a_picture_are_its_file(picture: Image.Image, quality: int) -> None:
    assert coded(picture, quality).jpeg() == at_once(picture, quality)


@pytest.mark.parametrize(
    ("left", "top", "across", "high"),
    [(0, 0, 3, 4 * UNIT), (3, 0, 2, 9 * UNIT + 6), (1, 5, 2, 4 * UNIT + 6), (4, 8, 1, UNIT)],
)
def test_a_part_that_was_coded_apart_is_the_picture_coded_at_once(
    picture: Image.Image, left: int, top: int, across: int, high: int
) -> None:
    part = noise((across * TILE, high), seed=1)
    laid = coded(picture, 70).with_part(coded(part, 70), left, top)
    picture.paste(part, (left * TILE, top * UNIT))
    assert laid.jpeg() == at_once(picture, 70)
