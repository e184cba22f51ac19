import json
import re
from pathlib import Path

import msgspec
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.book import content
from candlelight.book.content import drawn, times, words_of, words_of_library
from candlelight.book.finish import finish
from candlelight.book.inspect import findings
from candlelight.book.preflight import Expected, Soft, as_json, preflight
from candlelight.book.preflight_words import pages, sentences
from candlelight.book.production import READING, Reason
from tests.book.typeset import for_print, photos, press, typeset

MEANT = Expected(trim=(100, 120), bleed=3, prints=True, claims=("PDF/X-4",))


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    source = for_print(tmp_path / "set")
    return finish(source, photos(tmp_path / "files", "cmyk"), press(), tmp_path / "book.pdf").path


def test_a_good_file_has_facts_and_no_faults(printed: Path) -> None:
    found = preflight(printed, MEANT)
    assert (found.pages, found.photos, found.shown) == (2, 2, 3)
    assert [(size.width, size.height, size.pages) for size in found.trims] == [(100, 120, 2)]
    assert [(size.width, size.height) for size in found.sheets] == [(120, 140)]
    assert found.bleed == 3
    assert [(font.name, font.embedded, font.subset) for font in found.fonts] == [
        ("LibertinusSerif-Bold", True, True), ("LibertinusSerif-Regular", True, True),
    ]  # fmt: skip
    assert found.colours == ("CMYK", "K")
    assert found.text_colours == ("K",)
    assert found.images == {"CMYK": 2}
    assert found.intent == "A press that never was"
    assert found.claims == ("PDF/X-4",)
    assert (found.soft, found.against, found.faults) == ((), (), ())
    assert found.size == printed.stat().st_size


def test_a_photo_too_small_for_its_place_is_named_with_story_page_and_size(tmp_path: Path) -> None:
    files = photos(tmp_path / "f", "cmyk", (600, 400))
    finish(for_print(tmp_path / "set"), files, press(), tmp_path / "book.pdf")
    meant = msgspec.structs.replace(MEANT, stories={"p1": "content/stories/one/index.md"})
    assert preflight(tmp_path / "book.pdf", meant).soft == (
        Soft("p1", "content/stories/one/index.md", 1, 60, 40, 254),
        Soft("p2", "", 2, 60, 40, 254),
    )


def test_a_photo_at_exactly_300_dpi_is_sharp_enough(tmp_path: Path) -> None:
    files = photos(tmp_path / "f", "cmyk", (709, 472))  # 60.03 × 39.96 mm
    finish(for_print(tmp_path / "set"), files, press(), tmp_path / "book.pdf")
    assert preflight(tmp_path / "book.pdf", MEANT).soft == ()


def test_the_size_of_a_turned_or_nested_photo_is_measured_along_its_own_sides(
    tmp_path: Path,
) -> None:
    body = '#rotate(90deg, reflow: true, scale(50%, reflow: true, photo("p1")))'
    finish(typeset(tmp_path / "set", body), photos(tmp_path / "f"), READING, tmp_path / "b.pdf")
    assert [(one.width, one.height, one.dpi) for one in findings(tmp_path / "b.pdf").placed] == [
        (30, 20, 762)
    ]


def test_text_in_any_other_ink_is_a_fault_in_print(tmp_path: Path) -> None:
    body = '#text(fill: rgb("#111111"))[rich] #pagebreak() #text(fill: cmyk(0%,45%,92%,10%))[amber]'
    finish(for_print(tmp_path / "set", body), {}, press(), tmp_path / "book.pdf")
    found = preflight(tmp_path / "book.pdf", MEANT)
    assert found.coloured_text == (1, 2)
    assert set(found.text_colours) == {"RGB", "CMYK"}
    assert set(found.faults) == {
        Reason("colour", "RGB"), Reason("text", "1"), Reason("claim", "PDF/X-4"),
    }  # fmt: skip
    assert found.against == (Reason("colour", "RGB"),)


def test_what_shines_through_is_found_with_its_page(tmp_path: Path) -> None:
    body = "a #pagebreak() #rect(fill: luma(0%, 50%))"
    finish(for_print(tmp_path / "set", body), {}, press(), tmp_path / "book.pdf")
    found = preflight(tmp_path / "book.pdf", MEANT)
    assert found.transparency == (2,)
    assert found.faults == (Reason("transparency", "2: ca"),)


def test_a_gradient_has_the_colour_of_its_stops(tmp_path: Path) -> None:
    body = "#rect(fill: gradient.linear(red, blue), width: 20mm, height: 20mm)"
    finish(for_print(tmp_path / "set", body), {}, press(), tmp_path / "book.pdf")
    assert Reason("colour", "RGB") in preflight(tmp_path / "book.pdf", MEANT).faults


def test_a_file_of_another_size_or_bleed_is_not_what_was_meant(printed: Path) -> None:
    meant = msgspec.structs.replace(MEANT, trim=(185, 260), bleed=5, claims=("PDF/A-2B",))
    assert preflight(printed, meant).faults == (
        Reason("trim", "1: 100 × 120"), Reason("bleed", "1: 3"),
        Reason("trim", "2: 100 × 120"), Reason("bleed", "2: 3"), Reason("claim", "PDF/A-2B"),
    )  # fmt: skip


def test_a_font_that_is_not_in_the_file_is_a_fault(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(b"BT /F 12 Tf (x) Tj ET")
        pdf.save(tmp_path / "a.pdf")
    found = preflight(tmp_path / "a.pdf", Expected())
    assert found.faults == (Reason("font-missing", "Helvetica"),)
    assert found.text_colours == ("grey",)


def test_a_reading_file_says_what_it_is(tmp_path: Path) -> None:
    source = typeset(tmp_path / "set", standards=["a-2b", "ua-1"])
    finish(source, photos(tmp_path / "f"), READING, tmp_path / "book.pdf")
    found = preflight(tmp_path / "book.pdf", Expected(claims=("PDF/A-2B", "PDF/UA-1")))
    assert found.claims == ("PDF/A-2B", "PDF/UA-1")
    assert (found.tagged, found.language, found.links, found.bleed) == (True, "zh-CN", 1, 0)
    assert found.faults == ()


def test_the_list_as_json_has_the_names_of_its_fields(printed: Path) -> None:
    found = preflight(printed, msgspec.structs.replace(MEANT, missing={"a.md": "𪚥"}))
    (read,) = json.loads(as_json([found]))
    assert read["trims"] == [{"width": 100.0, "height": 120.0, "pages": 2}]
    assert read["missing"] == {"a.md": "𪚥"}
    assert set(read) == set(found.__struct_fields__)


def test_what_was_found_while_finishing_need_not_be_read_again(tmp_path: Path) -> None:
    source = for_print(tmp_path / "set")
    done = finish(source, photos(tmp_path / "f", "cmyk"), press(), tmp_path / "book.pdf")
    assert preflight(done.path, MEANT, done.found) == preflight(done.path, MEANT)


def test_the_list_is_told_in_words(tmp_path: Path) -> None:
    files = photos(tmp_path / "f", "rgb", (600, 400))
    finish(for_print(tmp_path / "set"), files, press(), tmp_path / "book.pdf")
    meant = msgspec.structs.replace(MEANT, missing={"content/stories/one/index.md": "𪚥𠮷"})
    words = {
        "join": ", ", "file": "{file} {version}", "pages": "{pages} of {trim}, {bleed}",
        "fonts": "{number}: {fonts}", "photos": "{photos} {shown} {images}", "colours": "{colours}; {text}",
        "intent": "{intent}", "claims": "{claims}", "no-claims": "none", "soft": "{story} {page} {dpi}",
        "missing": "{place} {characters}", "transparency": "{pages}", "against": "no X-4: {reasons}",
        "fault": "! {reason}", "reason-colour": "{what} used", "reason-claim": "not {what}",
    }  # fmt: skip
    assert sentences(preflight(tmp_path / "book.pdf", meant), words) == [
        "book.pdf 1.6",
        "2 of 100 × 120, 3",
        "2: LibertinusSerif-Bold, LibertinusSerif-Regular",
        "2 3 RGB 2",
        "K, RGB; K",
        "A press that never was",
        "none",
        "  p1 1 254",
        "  p2 2 254",
        "  content/stories/one/index.md 𪚥 𠮷",
        "  no X-4: RGB used",
        "  ! not PDF/X-4",
        "  ! RGB used",
    ]


def test_page_numbers_are_drawn_together() -> None:
    assert pages([5, 3, 7, 6, 6], ", ") == "3, 5–7"
    assert pages(range(1, 100, 2), ", ") == "1, 3, 5, 7, 9, 11, 13, 15 …"


def _literal(text: bytes) -> bytes:
    """*text* as a string of PDF with what is needed escaped, and not more."""
    return b"(" + re.sub(rb"[()\\]", rb"\\\g<0>", text) + b")"


STRINGS = st.recursive(
    st.binary(max_size=6).map(_literal),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: b"(a" + b"b".join(parts) + b")"),
    max_leaves=5,
)
NUMBERS = st.sampled_from([b"0", b"1", b"0.5", b".25", b"-3", b"+2.", b"12.5"])
TOLD = st.sampled_from([
    b"q", b"Q", b"0 0 0 1 k", b"0.1 0 0 .5 k", b"0 0 0 1 K", b"1 0 0 rg", b"0 G", b"1 0 0 RG",
    b"/c0 cs 0 scn", b"/c1 CS 1 0 0 SCN", b"/c2 cs 0 0 0 .3 sc", b"/c#32 CS 0 .1 0 0 SC",
    b"1 0 0 1 5.5 -3 cm", b"2 0 0 2 0 0 cm/x0 Do", b"/g0 gs", b"/s0 sh", b"/Pattern cs/p0 scn",
    b"BT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm[(\\000\\001)14(k g \\) rg)]TJ\nET", b"(a (q) b) Tj",
    b"<0041> Tj", b"<</K<6b>>>BDC", b"(\x00\\(\\\\) '", b'1 2(x)"', b"/Span<</MCID 0/Alt(1 0 0 rg)>>BDC",
    b"EMC", b"0 0 m 1 1 l S", b"W n", b"% 1 0 0 rg (\n", b"((((k))))Tj", b"/k gs", b"/q/Q gs", b"(\\\n)Tj",
    b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI", b"q BI /W 4 /H 1 /CS/G /BPC 8 ID (rg) EI",
])  # fmt: skip
SPOKEN = st.one_of(
    TOLD,
    STRINGS.map(lambda text: text + b"Tj"),
    st.lists(STRINGS, max_size=4).map(lambda parts: b"[" + b"-20".join(parts) + b"]TJ"),
    st.lists(NUMBERS, min_size=6, max_size=6).map(lambda six: b" ".join(six) + b" cm/x1 Do"),
    st.lists(NUMBERS, min_size=4, max_size=4).map(lambda four: b"\0".join(four) + b"\fk"),
)
SPACES = {"c0": "grey", "c1": "RGB", "c2": "CMYK"}


@given(st.lists(SPOKEN, max_size=14), st.sampled_from([b"\n", b" \r\n", b"\0\n", b"\t\n"]))
def test_the_quick_reading_of_a_page_sees_what_the_slow_one_sees(
    parts: list[bytes], space: bytes
) -> None:
    stream = space.join(parts)
    quick, slow = words_of(stream), words_of_library(stream)
    assert [quick.words[at] for at in quick.where] == [slow.words[at] for at in slow.where]
    seen = drawn(stream, SPACES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "words_of", words_of_library)
        assert drawn(stream, SPACES) == seen


@pytest.mark.parametrize("stream", [b"(((((a)))))Tj", b"0 g % k\n", b"/a#20b gs", b"BI ID EI"])
def test_what_is_not_plain_is_left_to_the_library(
    stream: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(content, "words_of_library", asked.append)
    words_of(stream)
    assert asked == [stream]
    words_of(b"q 0 g/f0 Tf(a (b (c)) \\( \\) %)Tj Q")
    assert asked == [stream]


def test_an_inline_picture_is_left_to_the_library() -> None:
    stream = b"0 0 0 1 k BI /W 1 /H 1 /CS /G /BPC 8 ID  rg \x00 EI 0 g (x) Tj"
    assert drawn(stream, {}).colours == {"K", "grey"}


def test_colours_come_back_with_the_state_that_was_saved() -> None:
    stream = b"0 0 0 1 k q 1 0 0 rg (a) Tj Q (b) Tj Q Q (c) Tj"
    assert drawn(stream, {}).text == {"RGB", "K"}
    assert times((2, 0, 0, 2, 1, 1), (1, 0, 0, 1, 5, 6)) == (2, 0, 0, 2, 6, 7)
