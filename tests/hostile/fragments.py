"""Pieces of what an editor's file may hold, by the grammar that they belong to.

The property tests and ``tools/fuzz.py`` put them together: bytes drawn blindly never get past
the first line of a frontmatter.
"""

from __future__ import annotations

KEYS = (
    "title", "标题", "標題", "author", "作者", "team", "团队", "community", "服务点", "date", "日期",
    "photos", "照片", "file", "caption", "credit", "alt", "consent", "people", "人物", "credits", "署名",
    "summary", "摘要", "cover", "lang", "draft", "source", "url", "rights", "corrections", "text",
    "aliases", "leaders", "motto", "role", "names", "autor", "tilte", "book", "order", "?", "-", "<<", "",
)  # fmt: skip

VALUES = (
    "甲", "no", "~", "0123", "12:30", "2020-08-12", "2020年8月12日", "2020年夏", "二〇二二年八月十日",
    "9" * 400, "0x1F", "1e999", ".inf", "True", "{}", "[]", "[甲, 乙]", "{a: 1}", "{a: {a: {a: 1}}}",
    "|", ">", "|+", ">-\n  折\n  行", "|\n  一\n  二\n", '"引\\"号"', "'单''引'", '"\\u0000"', '"\\ud800"',
    '"\\x1b[31m"', '"\\N\\P\\L"', "“弯引号”", "&a 甲", "*a", "!!python/name:os.system", "!!binary aGk=",
    "!<tag:x,2000:y> 甲", "@甲", "`甲`", "%甲", "甲 # 乙", "甲: 乙", "甲：乙", "- 甲", "? 甲", "<b>甲</b>",
    "x.jpg", "./x.jpg", "../x.jpg", "/etc/passwd", "C:\\x.jpg", "x.jpg\n  - x.jpg", "https://例.测试/é?q=1#f",
    "http://[::1", "javascript:alert(1)", "//host/x", "zh-Hant", "ug", "x-" + "a" * 90, "何文君、李娜，卫明；佚名",
    "佚名", "、、、", "·•・", "Thu, 01 Jan 1970 00:00:00 +0000", "Sun, 99 Xxx 2020 99:99:99 -9999", "\t甲",
)  # fmt: skip

STRUCTURE = (
    "---\n", "...\n", "--- #\n", "———\n", "%YAML 1.1\n", "%TAG ! tag:x:\n", "\n", "\n\n", ": ", "：", ":", " :",
    "  ", "    ", "\t", "- ", "-\n", "? ", "- - - ", "- ? - : ", "[", "]", "{", "}", ",", "，", "、", "#", " # ",
    "&a ", "*a\n", "<<: *a\n", "!!map ", '"', "'", "“", "”", "|", ">", "|2\n", ">9\n", "\\", "@", "`",
    "{" * 11, "[" * 13, "- " * 11, '["', "{'", "  - file: x.jpg\n    caption: 图\n",
)  # fmt: skip

MARKDOWN = (
    "# ", "## ", "###### ", "#甲#", "甲\n===\n", "甲\n---\n", "***\n", "* ", "- ", "+ ", "1. ", "2020. ", "1) ",
    "- [ ] ", "> ", ">> ", "> - > 1. ", "    ", "\t", "　　", "  \n", "\\\n", "*", "**", "***", "_", "__", "~~", "`",
    "```\n", "~~~\n", "\\", "\\*", "[", "]", "[甲](", '[甲](乙 "丙")', "[甲][乙]", "[甲]: http://乙 '丙'\n", "[甲]:\n<",
    "![", "![甲](x.jpg)", '![甲](x.jpg "丁")', "![甲](../a/x.jpg)", "![](data:image/png;base64,AAAA)", "](", ")",
    "[^1]", "[^1]: 注\n", "[^1]:\n    > 注\n", "[^^]", "|", "| 一 | 二 |\n", "|-|-|\n", "|:-:|\n", "{#id}",
    "{: onclick=x}", "[TOC]", "*[HTML]: x\n", "$$", "\\(", "<http://甲>", "<a@b.c>", "http://x", "&", "&amp;", "&#0;",
    "&#x202e;", "&nbsp;", "&#55357;", "&unknown;", "【甲】（乙）", "“", "‘", "……", "——", "klzzwxh:0001", "wzxhzdk:0",
    "\x02amp\x03", "\x02klzzwxh:0\x03", "zz1337820767766393qq",
)  # fmt: skip

HTML = (
    "<b>", "</b>", "<i", "<p>", "</p>", "<div>", "<div align=center>", "</div>", "<center>", "<ul><li>", "</li>",
    "</ul>", "<ol start=-9>", "<table><tr><td>", "</table>", "<td colspan=99999>", "<ruby>汉<rt>hàn</rt></ruby>", "<rt>",
    "<ruby>", "<details open><summary>", "</details>", "<figure><img src=x.jpg><figcaption>", "</figure>", "<br>", "<br/>",
    "<hr>", "<pre>", "<code>", "<a href=", "<a href='javascript:x'>", "<a name=x>", "</a>", "<img src=x.jpg alt='", "'>",
    '">', "<!--", "-->", "<!-->", "--!>", "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE", "<script>", "</script>",
    "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<title>", "<textarea>", "<noscript>", "<template>",
    "<select>", "<xmp>", "<plaintext>", "<iframe srcdoc='", "<bdo dir=rtl>", "<span style=x>", "<x:y z=w>", "<h1 id=main>",
    "<font color=red>", "<marquee>", "<o:p>", "<a\n", "</", "<>", "< ", "<1>", "<ol><ol><ol>", "<blockquote>" * 9,
)  # fmt: skip

ODD = (
    "\0", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[2J", "\x7f", "\x85", "\xa0", "\xad", "\u061c", "\u180e",
    "\u200b", "\u200d", "\u200e", "\u202a", "\u202e", "\u2028", "\u2029", "\u2060", "\u2066", "\u2069", "\ufeff",
    "\ufff9", "\ufffc", "\ufffd", "\ufdd0", "\ufdd1", "\ufffe", "\uffff", "\U0001fffe", "\U000e0041", "\U0010ffff",
    "\ue000", "\U00020bb7", "e\u0301" + "\u0301" * 40, "ﷺ", "🏳️‍🌈", "ئايگۈل", "門縫", "Ａ１", "ſ", "İ", "ß",
)  # fmt: skip

BYTES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xed\xbf\xbf",
    b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\x80", b"\xc3", b"\xe5\xbf", "灯".encode("gb18030"),
    "燈".encode("big5"), b"\x81\x30\x81\x30", b"\xa1\xa1", b"\r", b"\r\n", b"\n\r", b"\x1a", "灯".encode("utf-16-le"),
    "灯".encode("utf-16-be"), b"\x1b$B", b"\x0e\x0f", b"+ADw-script+AD4-",
)  # fmt: skip

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-7",
)
"""How a program may save a text; all but the last three can be told from their bytes."""

NUMBERS = (
    0,
    1,
    2,
    7,
    8,
    255,
    256,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
)
"""Lengths and sizes at which a reader of binary formats breaks."""
