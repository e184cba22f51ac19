"""Make the fonts that are kept in ``assets/fonts/``: ``python tools/fonts.py FOLDER…``.

Nobody has to run it: the fonts are kept with the sources, a build cuts the Kai further, and the
book unpacks them all. They were made with fontTools 4.68 from

- Debian's ``fonts-lxgw-wenkai`` 1.250: LXGW WenKai (霞鹜文楷), derived from Klee One, whole (the
  packages on npm carry it in a hundred slices); ``apt-get install fonts-lxgw-wenkai``;
- npm's ``@expo-google-fonts/noto-serif-sc`` 0.4.3, ``noto-emoji`` 0.4.7 and ``noto-naskh-arabic``
  0.4.5, whole TTFs: ``npm pack`` each of them and unpack them into FOLDER;
- PyPI's ``pypinyin-dict`` 0.9, for the list of the national standard's characters.

All are under the SIL Open Font License; its texts lie beside the fonts. Takes some ten minutes.

The Chinese faces keep GB 2312 in both scripts (as OpenCC converts it), the first level of Big5,
ASCII, Latin-1, the punctuation and the dots of names, and characters frequent in names that both
tables lack. The regular serif, which stands in for all the others, also keeps the whole national
standard of 2013 (通用规范汉字表, 8,105 characters) and the signs of ``SIGNS``.
"""

import argparse
import io
import itertools
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.woff2 import WOFF2FlavorData
from opencc import OpenCC

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

from candlelight.make.fonts import ALWAYS, FAMILY, cut  # noqa: E402  (found only from here on)

DEBIAN = Path("/usr/share/fonts/truetype/lxgw-wenkai")
KEPT = HERE / "assets" / "fonts"

NAMES = (
    "玥喆堃祎彧翀赟婳玚玙珺燊琤珅瑀瑄瑢瓅甪禛秾粦翾芃芠薾袆谞辀钘镕闿雱霂韡頔飏骎龑龢偲傒勍"
    "叆叇叕喤嘒囍坧垚埇埈堽塱墡妧姞姤姮婞媖媞嫕嬿孖寔峣崚崟巘弢彣忞愔慜憙扆旻旸昉昫昳晙晢晫晳"
    "暐暕暻曈曌棨楒楙榞汭沄沚泂涢淏淯湉湜溁溦澔炆炘烜燚爔犇玏玓玕玘玠玦珣琇琎鈺鋆"
)
"""Characters of people's names that neither GB 2312 nor the first level of Big5 has."""

SIGNS = (
    (0x0100, 0x024F), (0x1E00, 0x1EFF), (0x02B0, 0x036F),  # Latin with accents, pinyin, accents
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x2000, 0x22FF),  # punctuation, currencies, letters, numbers, arrows, mathematics
    (0x2460, 0x27BF),  # enclosed numbers, lines, shapes, signs
    (0x3000, 0x312F), (0x3200, 0x33FF),  # kana, bopomofo, enclosed characters, units
    (0xFE10, 0xFE4F), (0xFF00, 0xFFEF),  # punctuation of vertical lines, full width
)  # fmt: skip

IN_LINES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk", "halt")
"""What Typst needs of a face in horizontal lines; it compresses punctuation by itself."""

ARABIC = (*IN_LINES, "calt", "fina", "init", "medi", "isol", "rlig", "rclt", "curs", "rtlm")


@dataclass(frozen=True)
class Face(ABC):
    """A font to keep: its *source* file and its name in ``assets/fonts/``."""

    source: str
    kept: str

    @abstractmethod
    def made(self, source: Path) -> bytes:
        """The woff2 that is kept, made of the font in the file *source*."""


@dataclass(frozen=True)
class Kai(Face):
    """LXGW WenKai under a name of our own; *style* is Regular or Bold."""

    style: str

    def made(self, source: Path) -> bytes:
        font = TTFont(source, recalcTimestamp=False)
        rename(font, self.style)
        return cut(font, code_points(), packed=False)


@dataclass(frozen=True)
class Noto(Face):
    """A Noto font, whose name is no reserved one, with these layout *features*.

    *characters* is ``""`` for the tables, ``"more"`` for the tables and what names and signs need,
    ``"all"`` for the whole font.
    """

    characters: str
    features: tuple[str, ...]

    def made(self, source: Path) -> bytes:
        font = TTFont(source, recalcTimestamp=False)
        wanted = set(font.getBestCmap()) if self.characters == "all" else code_points()
        if self.characters == "more":
            wanted |= set(_standard_of_2013()) | set(_signs())
        return reduced(font, wanted, self.features)


FACES = (
    Kai("LXGWWenKai-Regular.ttf", "wenkai.woff2", "Regular"),
    Kai("LXGWWenKai-Bold.ttf", "book/wenkai-bold.woff2", "Bold"),
    Noto("NotoSerifSC_400Regular.ttf", "book/serif.woff2", "more", IN_LINES),
    Noto("NotoSerifSC_700Bold.ttf", "book/serif-bold.woff2", "", IN_LINES),
    Noto("NotoEmoji_400Regular.ttf", "book/emoji.woff2", "all", IN_LINES),
    Noto("NotoNaskhArabic_400Regular.ttf", "book/naskh.woff2", "all", ARABIC),
    Noto("NotoNaskhArabic_700Bold.ttf", "book/naskh-bold.woff2", "all", ARABIC),
)


def main() -> int:
    """Cut the fonts; return 2 if a source is not there."""
    parser = argparse.ArgumentParser(prog="fonts", description="裁出随附的字体")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="有原字体的文件夹")
    parser.add_argument("--only", metavar="NAME", help="只做这一个，如 book/serif.woff2")
    options = parser.parse_args()
    for face in FACES:
        if options.only in {None, face.kept}:
            source = found(face.source, [*options.folders, DEBIAN])
            if source is None:
                print(f"没有这个字体：{face.source}。见本文件开头的说明。", file=sys.stderr)
                return 2
            path = KEPT / face.kept
            path.write_bytes(face.made(source))
            count = len(TTFont(path)["cmap"].getBestCmap())
            print(f"{face.kept}: {path.stat().st_size:,} bytes, {count:,} characters", flush=True)
    return 0


def found(name: str, folders: list[Path]) -> Path | None:
    """The file *name* anywhere below *folders*."""
    return next((path for folder in folders for path in sorted(folder.rglob(name))), None)


def code_points() -> set[int]:
    """The characters worth keeping, as code points."""
    unicode = [chr(code_point) for code_point in range(0x80, 0x10000)]
    gb2312 = "".join(filter(_in_gb2312, unicode))
    big5 = filter(_in_big5_level_1, unicode)
    traditional = (OpenCC(script).convert(gb2312) for script in ("s2t", "s2tw", "s2hk"))
    latin = map(chr, range(0xA0, 0x100))
    return set(map(ord, itertools.chain(ALWAYS, NAMES, latin, gb2312, big5, *traditional)))


def rename(font: TTFont, style: str) -> None:
    """Give *font* a name of its own, as its licence asks; copyright and licence stay in it."""
    old = font["name"]
    font["name"] = names = newTable("name")
    names.names = [record for record in old.names if record.nameID in {0, 13, 14}]
    version = old.getDebugName(5)
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    texts = {
        1: FAMILY,
        2: style,
        3: f"{full}; cut from LXGW WenKai {version}",
        4: full,
        5: version,
        6: f"{FAMILY.replace(' ', '')}-{style}",
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    names.setName("烛光楷", 1, 3, 1, 0x804)


def reduced(font: TTFont, code_points: set[int], features: tuple[str, ...]) -> bytes:
    """Woff2 bytes of *font* for horizontal lines, its outlines stored as they are; spoils *font*.

    Packed as woff2 can, they would be a sixth smaller and take a hundred times longer to open.
    """
    options = Options(
        layout_features=list(features),
        name_IDs=["*"],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        drop_tables=["BASE", "STAT", "gasp", "vhea", "vmtx"],
    )
    cutter = Subsetter(options)
    cutter.populate(unicodes=code_points)
    cutter.subset(font)
    font.flavor = "woff2"
    font.flavorData = WOFF2FlavorData(transformedTables=set())
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()


def _standard_of_2013() -> Iterator[int]:
    from pypinyin_dict.pinyin_data import ktghz2013

    yield from ktghz2013.pinyin_dict


def _signs() -> Iterator[int]:
    for first, last in SIGNS:
        yield from range(first, last + 1)


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
