"""Names that are one for readers are one for us, and no other."""

from __future__ import annotations

import pytest

from candlelight.names import fold, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("古丽娜孜·贾那提别克", "古麗娜孜・賈那提別克"),
        ("古丽娜孜·贾那提别克", "古丽娜孜 • 贾那提别克"),
        ("蜡烛志愿者团队", "蠟燭志願者團隊"),
        ("何 文君", "何文君"),
        ("何\u3000文君", " 何文君 "),
        ("ABC Team", "ａｂｃ  team"),
        ("何文\u200b君", "何文君"),
    ],
)
def test_two_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("章伟", "张薇"), ("A B", "AB"), ("何文君", "何文军")])
def test_two_names_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("蜡烛志愿者者团队", ["蜡烛志愿者团队", "红烛"], "蜡烛志愿者团队"),
        ("蜡烛志原者团队", ["蜡烛志愿者团队"], "蜡烛志愿者团队"),
        ("蠟燭志願團隊", ["蜡烛志愿者团队"], "蜡烛志愿者团队"),
        ("何文军", ["何文君"], ""),
        ("蜡烛志愿者团队", ["蠟燭志願者團隊"], ""),
        ("甲", [], ""),
    ],
)
def test_a_slip_is_near_and_another_name_or_the_same_is_not(
    name: str, known: list[str], meant: str
) -> None:
    assert nearest(name, known) == meant
