"""Whatever lies in a file, reading answers; and what it gives is safe to stand in a page."""

from __future__ import annotations

import re

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candlelight.problems import sort_problems
from candlelight.read.document import read_document
from candlelight.read.jobs import DocumentJob, ReadDocument

ALLOWED = re.compile(
    r"</?(p|h[2-4]|br|hr|em|strong|b|i|s|u|del|ins|mark|small|sub|sup|q|cite|abbr|code|kbd|pre|blockquote"
    r"|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|a|ruby|rt|rp|details|summary|figure|figcaption|bdi|bdo"
    r"|time|span|section)( (href|title|rel|id|class|lang|dir|start|colspan|rowspan|open)=\"[^\"]*\")*>"
)
MARKS = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "*",
        "**",
        "_",
        "`",
        "<",
        ">",
        "</",
        "&",
        "\\",
        "#",
        "-",
        "+",
        "1.",
        "|",
        ":",
        '"',
        "'",
        "\n",
        "\n\n",
        "",
        "",
        "<b>",
        "</b>",
        "<script>",
        "<a",
        "href=",
        "javascript:",
        "<!--",
        "-->",
        "[^1]",
        "[^1]:",
        "{{",
        "}}",
        "{%",
        "甲",
        "。",
        "\u3000",
        "---",
        "===",
        "klzzwxh",
        "\x02",
        "\x00",
        "\u202e",
        "<div>",
        "<p>",
        "onclick=",
        "style=",
        "://",
    ]
)
ANY = st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=40).map("".join)
settings.register_profile("reading", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("reading")


def read(raw: bytes) -> ReadDocument:
    found = read_document(
        DocumentJob("content/stories/a/index.md", "story", raw, ("content/stories/a/x.jpg",))
    )
    assert msgspec.msgpack.encode(found)
    sort_problems(found.problems)
    return found


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(raw: bytes) -> None:
    found = read(raw)
    assert found.document is not None or found.problems


@given(ANY)
def test_any_frontmatter_is_answered_at_a_place_in_the_file(front: str) -> None:
    text = f"---\ntitle: 甲\n{front}\n---\n"
    found = read(text.encode(errors="ignore"))
    for problem in found.problems:
        assert (
            0 <= problem.place.line <= len(re.findall("\r\n|[\r\n\x0b\x0c\u2028\u2029]", text)) + 2
        )


@given(ANY)
def test_any_body_gives_allowed_tags_and_no_control_characters(body: str) -> None:
    found = read(f"---\ntitle: 甲\n---\n{body}".encode(errors="ignore"))
    for block in found.blocks:
        assert "<" not in ALLOWED.sub("", block)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef]", block)
        assert not re.search(r'href="(?!https?:|mailto:|content:|#note-)', block)


@given(st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=80))
def test_plain_words_come_out_as_they_went_in(words: str) -> None:
    found = read(f"---\ntitle: 甲\n---\n{words}".encode())
    assert found.blocks == (f"<p>{words}</p>",)


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Zs", "Cf"]),
        min_size=1,
        max_size=40,
    )
)
def test_a_title_in_quotes_is_any_text(title: str) -> None:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    found = read(f'---\ntitle: "{quoted}"\n---\n'.encode())
    assert found.document is not None
    assert found.document.title == title


WORDS = st.text("天地玄黄宇宙洪荒", min_size=0, max_size=2)
TYPED = st.sampled_from(
    ["[", "]", "[甲]", "[乙]:", "*", "**", "_", "`", "#", "# ", "- ", "1. ", "2020. ", "> ", "| ", "|-|-|", "---",
     "===", "!", "(", "\\", "~", "\n", "\n\n", "  \n", "    ", "\t", "　", "&", "{{", '"', "'", "\\*", "- [ ] "]
)  # fmt: skip


@given(st.lists(st.tuples(TYPED, WORDS), max_size=9))
def test_no_chinese_character_of_a_body_is_lost_whatever_marks_stand_about(
    parts: list[tuple[str, str]],
) -> None:
    body = "".join(mark + words for mark, words in parts).replace("](", "] (")
    found = read(f"---\ntitle: 题\n---\n{body}".encode())
    shown = re.sub("<[^>]*>", "", "".join(found.blocks))
    lost = any(problem.severity != "notice" for problem in found.problems)
    assert lost or sorted(re.findall("[一-鿿]", shown)) == sorted(re.findall("[一-鿿]", body))
