"""Pinyin for order and for slugs, with the readings that surnames and places really have.

Pinyin is never an identity: 章伟 and 张薇 share one spelling. pypinyin is imported late, and
without its phrases (0.08 s instead of 0.24 s); the few words that need them stand here. How a
character is read is remembered (recall.py): most runs need none of its dictionaries.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from collections.abc import Callable

from candlelight.patterns import Late
from candlelight.recall import answers

SURNAMES = {
    "单": "shan", "區": "ou", "区": "ou", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha",
    "任": "ren", "盖": "ge", "朴": "piao", "尉": "yu", "乐": "yue", "员": "yun", "覃": "qin",
    "缪": "miao", "宓": "mi", "秘": "bi", "繁": "po", "冼": "xian", "折": "she", "黑": "he",
    "翟": "zhai", "华": "hua", "盛": "sheng", "臧": "zang", "祭": "zhai", "种": "chong",
    "洗": "xian", "牟": "mu", "教": "jiao", "洪": "hong", "葛": "ge", "哈": "ha", "纪": "ji",
    "石": "shi", "沈": "shen", "贾": "jia", "卜": "bu", "召": "shao", "柏": "bai", "宿": "su",
    "鲍": "bao", "能": "nai", "阚": "kan", "晟": "cheng", "逄": "pang", "芮": "rui", "郗": "xi",
}  # fmt: skip
COMPOUND_SURNAMES = {"尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"),
                     "澹台": ("tan", "tai"), "令狐": ("ling", "hu")}  # fmt: skip
WORDS = {
    "长春": ("chang", "chun"), "长沙": ("chang", "sha"), "长安": ("chang", "an"),
    "重庆": ("chong", "qing"), "朝阳": ("chao", "yang"), "乐山": ("le", "shan"),
    "乌鲁木齐": ("wu", "lu", "mu", "qi"), "六安": ("lu", "an"), "蚌埠": ("beng", "bu"),
    "厦门": ("xia", "men"), "番禺": ("pan", "yu"), "都匀": ("du", "yun"), "大都": ("da", "du"),
    "银行": ("yin", "hang"), "行业": ("hang", "ye"), "音乐": ("yin", "yue"),
    "重逢": ("chong", "feng"), "重新": ("chong", "xin"), "长大": ("zhang", "da"),
}  # fmt: skip
_BEGINNING = {word[0]: tuple(other for other in WORDS if other[0] == word[0]) for word in WORDS}
"""The words by their first character."""

_RUN = Late(r"\w+?(?=\W|[\u3400-\u9fff]|$)|\W")
_OTHER_SLUG_CHARACTERS = Late(r"[^a-z0-9]+")


@functools.cache
def _reader() -> Callable[[str], str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    def read(character: str) -> str:
        return str(pinyin(character, style=Style.NORMAL)[0][0])

    return read


@answers("pinyin", most=20_000)
def reading(character: str) -> str:
    """The syllable of one Chinese character."""
    return _reader()(character)


@functools.lru_cache(maxsize=65536)
def syllables(text: str, *, name: bool = False) -> tuple[str, ...]:
    """The syllables of *text*, lower case; Latin words whole. *name*: a surname comes first."""
    found, rest = _surname(text) if name else ([], text)
    at, end = 0, len(rest)
    while at < end:
        sign = rest[at]
        if alone := _by_itself(sign):
            found.append(alone)
            at += 1
        elif word := _word(rest, at):
            found += WORDS[word]
            at += len(word)
        elif _is_han(sign):
            found.append(reading(sign))
            at += 1
        else:
            run = _RUN.now.match(rest, at)
            part = run.group() if run else sign
            found.append(_latin(part))
            at += len(part)
    return tuple(filter(None, found))


@functools.lru_cache(maxsize=65536)
def _by_itself(character: str) -> str:
    """The syllable of a Chinese character that begins no word of ours; "" for any other."""
    return "" if character in _BEGINNING or not _is_han(character) else reading(character)


def _word(text: str, at: int) -> str:
    """The word of ours that begins at *at*; "" if none does."""
    known = _BEGINNING.get(text[at], ())
    return next((word for word in known if text.startswith(word, at)), "")


def _is_han(character: str) -> bool:
    # Compiled, a set of so many characters takes longer than all names of a book.
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _surname(text: str) -> tuple[list[str], str]:
    if text[:2] in COMPOUND_SURNAMES:
        return list(COMPOUND_SURNAMES[text[:2]]), text[2:]
    # A dotted name (古丽娜孜·贾那提别克) has no Chinese surname, its first character is a sound.
    if text[:1] in SURNAMES and not any(dot in text for dot in "·•・"):
        return [SURNAMES[text[0]]], text[1:]
    return [], text


def _latin(text: str) -> str:
    if text.isascii():
        return text.lower() if text.isalnum() else "".join(filter(str.isalnum, text)).lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if char.isalnum()).casefold()


@functools.lru_cache(maxsize=65536)
def sort_key(text: str, *, name: bool = False) -> tuple[bool, str, str]:
    """Orders texts in both scripts by pinyin; letters of other scripts come after Latin ones."""
    spelled = syllables(text, name=name)
    foreign = bool(spelled) and not spelled[0][:1].isascii()
    # A space comes before all that syllables are made of: so shorter ones still come first.
    return (foreign or not spelled, " ".join(spelled), text)


def initial(name: str) -> str:
    """The letter under which a person stands in an index: ``A``–``Z``, else ``#``."""
    spelled = syllables(name, name=True)
    letter = spelled[0][:1].upper() if spelled else ""
    return letter if letter.isascii() and letter.isalpha() else "#"


def slug(text: str, *, name: bool = False) -> str:
    """A slug of ASCII letters, digits and hyphens of at most 60 characters; "" if none is left."""
    spelled = "-".join(syllables(text, name=name))
    return _OTHER_SLUG_CHARACTERS.now.sub("-", spelled).strip("-")[:60].strip("-")
