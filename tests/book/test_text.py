"""What editors typed becomes what a typesetter would have set."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.book.sheets import Run
from candlelight.book.text import Piece, set_line, set_runs


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("你好,世界", "你好，世界"),
        ("你好, 世界; 再见", "你好，世界；再见"),
        ("你好， 世界 。", "你好，世界。"),
        ("真的?!好!", "真的？！好！"),
        ("时间:12:30", "时间：12:30"),
        ("用iPhone,然后", "用iPhone，然后"),
        ("好吗?OK!我们", "好吗？OK！我们"),
        ("他说：“好”,走了", "他说：“好”，走了"),
        ("他说:“好”", "他说：“好”"),
        ("《灯》,《火》", "《灯》，《火》"),
        ("共3,000人", "共3,000人"),
        ("比分3:2,赢", "比分3:2，赢"),
        ("早上7:30到12:30", "早上7:30到12:30"),
        ("Hello, world! 你好", "Hello, world! 你好"),
        ("see (a), then: b?", "see (a), then: b?"),
        ("看 https://a.cn/b?c=d:e,f(g)h,然后", "看 https://a.cn/b?c=d:e,f(g)h，然后"),
        ("写到a.b@c.cn,谢谢", "写到a.b@c.cn，谢谢"),
        ("好的:)", "好的:)"),
    ],
)
def test_marks_beside_a_chinese_character_take_its_width(typed: str, printed: str) -> None:
    assert set_line(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("灯(一盏)亮", "灯（一盏）亮"),
        ("灯 (lamp) 亮", "灯（lamp）亮"),
        ("the lamp (灯) is lit", "the lamp（灯）is lit"),
        ("1)首先", "1）首先"),
        ("(一)总则", "（一）总则"),
        ("f(x) = (a)", "f(x) = (a)"),
        ("灯（a(b)c）", "灯（a(b)c）"),
    ],
)
def test_brackets_are_wide_in_pairs(typed: str, printed: str) -> None:
    assert set_line(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("等着。。。。", "等着……"),
        ("等着...", "等着……"),
        ("等着…天亮", "等着……天亮"),
        ("等着………", "等着……"),
        ("wait... what", "wait... what"),
        ("灯--火", "灯——火"),
        ("灯—火", "灯——火"),
        ("灯——火", "灯——火"),
        ("--鲁迅", "——鲁迅"),
        ("a -- b, 1-2", "a -- b, 1-2"),
        ("1.5公里", "1.5公里"),
    ],
)
def test_dots_and_dashes_are_two_characters_long(typed: str, printed: str) -> None:
    assert set_line(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('他说"好",就走了', "他说“好”，就走了"),
        ('"一""二"', "“一”“二”"),
        ('“你好"', "“你好”"),
        ('他说:"走', "他说：“走"),
        ('走了。"', "走了。”"),
        ("don't 'quote' \"it\"", "don't 'quote' \"it\""),
        ("他说don’t好", "他说don't好"),
        ("他说don’t,'好'", "他说don't,‘好’"),
        ('看"Frozen"和"Up",再睡', "看“Frozen”和“Up”，再睡"),
        ("“他说'好'”", "“他说‘好’”"),
        ("24\" TV, 5'10", "24\" TV, 5'10"),
        ("＂灯＂", "“灯”"),
    ],
)
def test_straight_quotes_are_paired(typed: str, printed: str) -> None:
    assert set_line(typed) == printed


def test_rules_see_across_bold_and_do_not_see_code() -> None:
    assert set_runs([("灯", "b", ""), (",(", "", ""), ("a,b:c", "c", ""), (")亮", "", "")]) == (
        ("灯", "b"), "，（", ("a,b:c", "c"), "）亮",
    )  # fmt: skip
    assert set_runs([("灯-", "", ""), ("-火。", "b", ""), ("。。。", "", "")]) == (
        "灯——", ("火……", "b"),
    )  # fmt: skip


def test_a_footnote_and_a_line_break_stand_in_no_rules_way() -> None:
    pieces: list[Piece] = [
        ("灯 ", "", ""),
        ("0", "n", ""),
        (",火", "", ""),
        ("", "/", ""),
        (" 亮", "", ""),
    ]
    assert set_runs(pieces) == ("灯", ("0", "n"), "，火", ("", "/"), "亮")


def test_a_quote_in_a_right_to_left_paragraph_stays_as_it_is() -> None:
    assert set_line('ئۇ "سالام" دېدى') == 'ئۇ "سالام" دېدى'


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("他叫ئەلى جان، 你好", ("他叫", ("ئەلى جان،", "r"), " 你好")),
        ("1942-يىلى", ("1942-", ("يىلى", "r"))),
        ("爱你❤️!", ("爱你", ("❤", "m"), "!")),
        ("👩‍👩‍👧‍👦👍🏽好", (("👩‍👩‍👧‍👦👍🏽", "m"), "好")),
        ("🇨🇳1️⃣", (("🇨🇳1⃣", "m"),)),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", (("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "m"),)),
        ("★☆♀→①℃", ("★☆♀→①℃",)),
        ("a\u200db\ufe0f\u2640\ufe0f", ("ab", ("\u2640", "m"))),
    ],
)
def test_scripts_and_emoji_are_set_apart(typed: str, runs: tuple[Run, ...]) -> None:
    assert set_runs([(typed, "", "")]) == runs


def test_what_prints_nothing_or_turns_the_words_of_others_around_is_dropped() -> None:
    dirty = "灯\u202e火\u202c\u2066亮\u2069\ufeff了\x00\x07\u200b\u200e。\ufffe"
    assert set_line(dirty) == "灯火亮了。"
    assert set_line("a\u2028b\x85c\x0bd") == "a b c d"


def test_private_use_stays_to_be_reported_and_half_a_character_is_shown_as_lost() -> None:
    assert set_line("灯\ue000\U000f0000") == "灯\ue000\U000f0000"
    assert set_line("灯\ud83d") == "灯\ufffd"


def test_a_soft_hyphen_stays_within_a_word_only() -> None:
    assert set_line("Candle\u00adlight\u00ad 灯\u00ad3") == "Candle\u00adlight 灯3"


def test_ruby_is_never_cut_and_keeps_its_reading() -> None:
    assert set_runs([("灯❤️", "y", "dēng")]) == (("灯❤", "y", "dēng"),)


@given(st.lists(st.tuples(st.text(max_size=8), st.sampled_from(["", "b", "c", "e"]), st.just(""))))
def test_no_letter_is_lost_or_moved(pieces: list[Piece]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if unicodedata.category(char)[0] in "LN")

    runs = set_runs(pieces)
    shown = "".join(run if isinstance(run, str) else run[0] for run in runs)
    assert letters(shown) == letters("".join(piece[0] for piece in pieces))
    shown.encode()


@given(st.text(alphabet="灯a1 ,:;?!()\"'.-—…。（“”", max_size=40))
def test_what_is_set_once_stays(text: str) -> None:
    once = set_line(text)
    assert len(set_line(once)) <= len(once) + 1
