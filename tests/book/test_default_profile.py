"""The CMYK profile that is kept: labelled, within the ink that a press bears, neutral in grey."""

import itertools
from pathlib import Path

import pytest
from PIL import Image, ImageCms

ICC = Path(__file__).parents[2] / "assets" / "icc"
PROFILE = ImageCms.getOpenProfile(str(ICC / "cmyk.icc"))
WITH_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION


def inks(colours: list[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """*colours* of sRGB in ink, 0 to 255 each."""
    row = Image.new("RGB", (len(colours), 1))
    row.putdata(colours)
    turn = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), PROFILE, "RGB", "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, flags=WITH_BLACK_POINT,
    )  # fmt: skip
    made = ImageCms.applyTransform(row, turn)
    assert made
    content = made.tobytes()
    return [tuple(content[at : at + 4]) for at in range(0, len(content), 4)]


def test_it_says_that_it_is_the_default_and_of_which_print() -> None:
    said = ImageCms.getProfileDescription(PROFILE)
    assert "Candlelight default CMYK" in said
    assert "FOGRA39L" in said
    assert PROFILE.profile.xcolor_space.strip() == "CMYK"
    assert PROFILE.profile.device_class == "prtr"


def test_it_is_small_and_has_its_licence_beside_it() -> None:
    assert (ICC / "cmyk.icc").stat().st_size < 150_000
    licence = (ICC / "LICENSE.txt").read_text("utf-8")
    assert "zlib/libpng License" in licence
    assert "altered version" in licence
    assert "altered version" in ImageCms.getProfileCopyright(PROFILE)


def test_no_colour_takes_more_than_300_percent_of_ink() -> None:
    colours = list(itertools.product(range(0, 256, 15), repeat=3))
    assert max(map(sum, inks(colours))) <= 300 * 2.55


def test_paper_stays_white_and_black_is_mostly_the_black_ink() -> None:
    white, black = inks([(255, 255, 255), (0, 0, 0)])
    assert white == (0, 0, 0, 0)
    assert black[3] > 240


@pytest.mark.parametrize(
    "intent", [ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC]
)
def test_it_separates_by_either_intent(intent: ImageCms.Intent) -> None:
    assert ImageCms.isIntentSupported(PROFILE, intent, ImageCms.Direction.OUTPUT) == 1
