"""Make ``assets/fonts/wenkai.woff2``, the Kai that is kept: ``python tools/fonts.py [TTF]``.

Nobody has to run it: the font is kept with the sources, and a build cuts it further. It was made
with fontTools 4.68 from ``LXGWWenKai-Regular.ttf`` 1.250 of Debian's ``fonts-lxgw-wenkai``, the
whole font (the packages on npm carry it in a hundred slices): ``apt-get install
fonts-lxgw-wenkai``. The font is LXGW WenKai (霞鹜文楷), derived from Klee One, under the SIL Open
Font License, ``assets/fonts/OFL.txt``.

Kept are GB 2312 in both scripts (as OpenCC converts it), the first level of Big5, ASCII, Latin-1,
the punctuation and the dots of names, and characters frequent in names that both tables lack.
"""

import argparse
import itertools
import sys
from pathlib import Path

from fontTools.ttLib import TTFont, newTable
from opencc import OpenCC

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

from candlelight.make.fonts import ALWAYS, FAMILY, cut  # noqa: E402  (found only from here on)

SOURCE = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
KEPT = HERE / "assets" / "fonts" / "wenkai.woff2"

NAMES = (
    "玥喆堃祎彧翀赟婳玚玙珺燊琤珅瑀瑄瑢瓅甪禛秾粦翾芃芠薾袆谞辀钘镕闿雱霂韡頔飏骎龑龢偲傒勍"
    "叆叇叕喤嘒囍坧垚埇埈堽塱墡妧姞姤姮婞媖媞嫕嬿孖寔峣崚崟巘弢彣忞愔慜憙扆旻旸昉昫昳晙晢晫晳"
    "暐暕暻曈曌棨楒楙榞汭沄沚泂涢淏淯湉湜溁溦澔炆炘烜燚爔犇玏玓玕玘玠玦珣琇琎鈺鋆"
)
"""Characters of people's names that neither GB 2312 nor the first level of Big5 has."""


def main() -> int:
    """Cut the font; return 2 if the source is not there."""
    parser = argparse.ArgumentParser(prog="fonts", description="裁出随附的楷体")
    parser.add_argument("source", nargs="?", type=Path, default=SOURCE, metavar="TTF")
    source = parser.parse_args().source
    if not source.is_file():
        print(f"没有这个字体：{source}。见本文件开头的说明。", file=sys.stderr)
        return 2
    font = TTFont(source, recalcTimestamp=False)
    rename(font)
    KEPT.write_bytes(cut(font, code_points(), packed=False))
    count = len(TTFont(KEPT)["cmap"].getBestCmap())
    print(f"{KEPT.name}: {KEPT.stat().st_size:,} bytes, {count:,} characters")
    return 0


def code_points() -> set[int]:
    """The characters worth keeping, as code points."""
    unicode = [chr(code_point) for code_point in range(0x80, 0x10000)]
    gb2312 = "".join(filter(_in_gb2312, unicode))
    big5 = filter(_in_big5_level_1, unicode)
    traditional = (OpenCC(script).convert(gb2312) for script in ("s2t", "s2tw", "s2hk"))
    latin = map(chr, range(0xA0, 0x100))
    return set(map(ord, itertools.chain(ALWAYS, NAMES, latin, gb2312, big5, *traditional)))


def rename(font: TTFont) -> None:
    """Give *font* a name of its own, as its licence asks; copyright and licence stay in it."""
    old = font["name"]
    font["name"] = names = newTable("name")
    names.names = [record for record in old.names if record.nameID in {0, 13, 14}]
    version = old.getDebugName(5)
    texts = {
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY}; cut from LXGW WenKai {version}",
        4: FAMILY,
        5: version,
        6: FAMILY.replace(" ", "") + "-Regular",
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    names.setName("烛光楷", 1, 3, 1, 0x804)


def _in_gb2312(character: str) -> bool:
    return bool(_encoded(character, "gb2312"))


def _in_big5_level_1(character: str) -> bool:
    encoded = _encoded(character, "big5")
    return len(encoded) == 2 and b"\xa4\x40" <= encoded <= b"\xc6\x7e"


def _encoded(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return b""


if __name__ == "__main__":
    raise SystemExit(main())
