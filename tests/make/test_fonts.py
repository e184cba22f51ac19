"""The Kai: cut to what a site sets in it, always the same way."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from candlelight.make.fonts import ALWAYS, FAMILY, missing, subset

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
KAI = FONTS / "wenkai.woff2"


@pytest.fixture(scope="module")
def small() -> bytes:
    return subset(KAI, "烛光一碗炒面")


def characters(font: bytes) -> set[str]:
    return {chr(point) for point in TTFont(io.BytesIO(font))["cmap"].getBestCmap()}


def test_the_subset_has_what_was_asked_for_and_what_every_site_needs(small: bytes) -> None:
    assert characters(small) == set("烛光一碗炒面") | ALWAYS


def test_the_subset_is_small_and_packed(small: bytes) -> None:
    assert small[:4] == b"wOF2"
    assert len(small) < 16_000


def test_the_same_characters_give_the_same_bytes_in_any_order_and_number(small: bytes) -> None:
    assert subset(KAI, ["面炒", "碗一光烛", "烛烛"]) == small


def test_vertical_lines_keep_their_brackets(small: bytes) -> None:
    font = TTFont(io.BytesIO(small))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features == {"vert"}
    assert "vmtx" in font


def test_a_character_that_the_font_lacks_is_left_out_and_named(small: bytes) -> None:
    assert characters(subset(KAI, "烛光一碗炒面ئۇ👍")) == characters(small)
    assert missing(KAI, "烛ئۇ光👍\n\t ") == "ئۇ👍"


def test_names_in_either_script_and_every_dot_can_be_set() -> None:
    assert missing(KAI, "古丽娜孜·贾那提别克•何文君・鈺祎玥喆蠟燭志願者團隊里長著裡裏") == ""


def test_every_cut_bears_a_name_of_its_own_and_keeps_its_licence(small: bytes) -> None:
    for name in (TTFont(KAI)["name"], TTFont(io.BytesIO(small))["name"]):
        assert name.getDebugName(1) == FAMILY
        assert "LXGW" in name.getDebugName(0)
        assert "Open Font License" in name.getDebugName(13)
    holders = TTFont(KAI)["name"].getDebugName(0).splitlines()
    assert (FONTS / "OFL.txt").read_text("utf-8").splitlines()[: len(holders)] == holders


def test_the_kept_font_has_gb2312_and_the_first_level_of_big5() -> None:
    had = {chr(point) for point in TTFont(KAI)["cmap"].getBestCmap()}
    simplified = {bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)}
    simplified -= {bytes((0xD7, cell)) for cell in range(0xFA, 0xFF)}
    assert {each.decode("gb2312") for each in simplified} <= had
    assert set("繁體學習聽說讀寫") <= had
