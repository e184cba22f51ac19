"""Titles are broken where a reader would pause, into lines of about one length.

After punctuation or at a space, nearest to the middle; else near the middle, but never within a
Latin word, a date, a common word of these stories, between a number and its measure word, nor
where punctuation would begin a line or an opening bracket end one.
"""

from __future__ import annotations

import math
import re
import unicodedata

LARGE, SMALL = 16, 20
"""Characters that a line holds in each of the two sizes; letters of an alphabet are narrower."""

_NARROW = frozenset(" !'(),-.:;I[]fijlrt|")
_BROAD = frozenset("%@MWmwЖМФШЩЫЮжмфшщыю")

_OPENING = "（〈《「『【〔“‘([{"
_CLOSING = "）〉》」』】〕”’)]},.!?;:、。，；：？！…—·～%℃°"
_NUMBER = "0-9０-９一二三四五六七八九十百千万亿两几半第萬億兩幾零〇"
_MEASURES = (
    "个位名次天日月年号楼层栋户人家份斤公里米元块张件只双条本句声顿餐碗批支辆台点分秒时岁期届代群所篇封"
    "個號層棟戶張隻雙條頓輛點時歲屆聲"
)
_WHOLE = (
    "志愿者|志愿|服务|社区|小区|疫情|防控|抗疫|乌鲁木齐|新疆|自治区|团队|故事|我们|他们|她们|你们|老师|医生|"
    "护士|孩子|妈妈|爸爸|母亲|父亲|书记|同事|同学|大学生|居民|业主|邻居|朋友|兄弟|姐妹|爱心|平凡|英雄|生活|"
    "志願者|志願|服務|社區|小區|烏魯木齊|自治區|團隊|我們|他們|她們|你們|老師|醫生|護士|媽媽|爸爸|母親|父親|"
    "書記|同事|同學|大學生|鄰居|愛心|什么|怎么|为了|什麼|怎麼|為了|没有|沒有|所有|一起|感动|感動|感谢|感謝"
)
_FAR = "[^\x00-\u2e7f\U00040000-\U0010ffff]"
"""A character beyond the alphabets. Said by what it is not: a set of all takes 2 ms to compile."""
_LETTER = f"(?:(?!{_FAR})\\w)"
_UNIT = re.compile(
    rf"(?:{_WHOLE})们?|\d+年(?:\d+月)?(?:\d+[日号])?|\d+月\d+[日号]"
    rf"|[{_NUMBER}][{_NUMBER}.,:%/-]*[{_MEASURES}]?"
    rf"|{_LETTER}+(?:['’.·&@/_-]{_LETTER}+)*"
    rf"|{_FAR}{{1,6}}[·・•‧]{_FAR}{{1,4}}|{_FAR}"
)
_AFTER = "的地得了着過过里裡中上下后後时時"
_BEFORE = "和与與在是从從为為向把被让讓"
_FAVOUR = 2.5
"""How many characters off the middle a line may end for the sake of a particle."""


def break_title(title: str) -> tuple[tuple[str, ...], bool]:
    """The lines of *title*, and whether they stand in the large size.

    What fits in two lines of 16 characters is large; anything longer has as many lines of at most
    20 as it needs. No line is a single character.
    """
    text = " ".join(title.split())
    if width(text) <= LARGE:
        return (text,), True
    if width(text) <= 2 * LARGE and (at := _best(text, LARGE, 2)):
        return (text[:at].rstrip(), text[at:].lstrip()), True
    return tuple(_small(text)), False


def width(text: str) -> float:
    """The length of *text* in Chinese characters.

    Letters of an alphabet take what they do in Noto Serif Bold, at least: a line of capitals must
    fit, too. English takes about half a character a letter.
    """
    return sum(map(_char_width, text))


def _char_width(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if char in _NARROW:
        return 0.4
    if char in _BROAD or unicodedata.east_asian_width(char) in "FWA":
        return 1.0
    return 0.75 if char.isupper() else 0.6


def _small(text: str) -> list[str]:
    lines: list[str] = []
    while (long := width(text)) > SMALL:
        at = _best(text, SMALL, math.ceil(long / SMALL)) or _last_that_fits(text)
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*lines, text] if text else lines


def _best(text: str, most: int, rows: int) -> int:
    """Where the first of *rows* lines ends, none wider than *most*; 0 if there is no good place.

    A pause counts if the lines it makes still look like lines of one title; else the place
    nearest to an even share, particles rather than words.
    """
    total = width(text)
    share = total / rows
    pauses: list[tuple[float, int]] = []
    places: list[tuple[float, int]] = []
    cuts = _cuts(text)
    here = 0.0
    for at in range(1, len(text)):
        here += _char_width(text[at - 1])
        if here > most:
            break
        off = abs(here - share)
        if at not in cuts or here < 2 or not 2 <= total - here <= (rows - 1) * most:
            continue
        if cuts[at] and off <= share * 0.75:
            pauses.append((off, at))
        favour = _FAVOUR if text[at - 1] in _AFTER or text[at] in _BEFORE else 0
        places.append((off - favour, at))
    return min(pauses or places or [(0.0, 0)])[1]


def _cuts(text: str) -> dict[int, bool]:
    """Where a line may end, and whether a reader pauses there."""
    inside: set[int] = set()
    for match in _UNIT.finditer(text):
        inside.update(range(match.start() + 1, match.end()))
    cuts: dict[int, bool] = {}
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after == " " or after in _CLOSING or before in _OPENING or not _char_width(after):
            continue
        if before == " " or after in _OPENING or (before in _CLOSING and before not in "·%℃°"):
            cuts[at] = at not in inside
        elif at not in inside:
            cuts[at] = False
    return {at: pause for at, pause in cuts.items() if pause or at not in inside}


def _last_that_fits(text: str) -> int:
    """The last place of a line where nothing better is; it leaves two characters at least."""
    here = 0.0
    for at, char in enumerate(text):
        here += _char_width(char)
        if here > SMALL:
            return max(1, min(at, len(text) - 2))
    return len(text)
