"""The Markdown engine with what we ask of it, and spared what it need not do."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET

import markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

# What every pattern of the engine for marks within a line begins with.
_MARK = re.compile(r"[`\\\[!<&*_]|  \n")


@functools.cache
def engine() -> markdown.Markdown:
    """One engine a process: making it costs as much as a short story."""
    made = bare_engine()
    made.treeprocessors.register(_WithoutMarks(), "without marks", 30)  # Before "inline", 20.
    # The registries look for each rule whenever they are asked for it; lists have it at hand.
    inline = made.treeprocessors["inline"]
    assert isinstance(inline, InlineProcessor)
    inline.inlinePatterns = list(made.inlinePatterns)  # type: ignore[assignment]
    made.parser.blockprocessors = list(made.parser.blockprocessors)  # type: ignore[assignment]
    return made


def bare_engine() -> markdown.Markdown:
    """A new engine that is spared nothing: what it says of a text is the rule."""
    made = markdown.Markdown(
        extensions=["tables", "footnotes", "sane_lists"],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "", "BACKLINK_TEXT": "↩"},
            "tables": {"use_align_attribute": True},
        },
        output_format="html",
    )
    # Chinese editors indent paragraphs; nobody writes programs here.
    made.parser.blockprocessors.deregister("code")
    # Headings over lines of dashes are told from rules before the engine sees them.
    made.parser.blockprocessors.deregister("setextheader")
    return made


class _WithoutMarks(Treeprocessor):
    """Spares a text without any mark the fifteen patterns that look for one."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.text and not _MARK.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _MARK.search(element.tail):
                element.tail = AtomicString(element.tail)
