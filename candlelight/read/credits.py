"""Who did what for a text: ``编辑: 张三、李四`` in each of the ways it is written."""

from __future__ import annotations

import re

from candlelight.model import Credit
from candlelight.patterns import Late
from candlelight.problems import error
from candlelight.read.form import Form
from candlelight.read.nodes import Entries, Items, Node, Text

_ROLE = Late(r"(?s)\s*([^:：]+?)\s*[:：]\s*(.+)")


def read_credits(form: Form) -> tuple[Credit, ...]:
    """A mapping of roles to names, or a list of such mappings or of ``编辑：张三``."""
    node = form.node("credits")
    if node is None:
        return ()
    items: tuple[Node, ...] = node.items if isinstance(node, Items) else (node,)
    found: list[Credit] = []
    for item in items:
        found.extend(_credits(item, form))
    return tuple(found)


def _credits(item: Node, form: Form) -> list[Credit]:
    if isinstance(item, Entries):
        inner = form.inner(item)
        if item.get("role") and item.get("names"):
            names = tuple(mention.text for mention in inner.names("names"))
            return [Credit(inner.text("role"), names)]
        return [
            Credit(entry.written.value, tuple(name.text for name in inner.names(entry.key)))
            for entry in item.entries
            if item.get(entry.key)
        ]
    if isinstance(item, Text) and (match := _ROLE.now.fullmatch(item.value)):
        names = tuple(filter(None, re.split(r"\s*[、，,；;]\s*", match[2].strip())))
        return [Credit(match[1], names)]
    form.problems.append(error("credit-unknown", item.place))
    return []
