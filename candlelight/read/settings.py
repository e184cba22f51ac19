"""Kinds of values that several settings of ``site.yaml`` share."""

from __future__ import annotations

import re
import sys

from candlelight.problems import error
from candlelight.read.form import Form
from candlelight.read.nodes import Items, Text

_ORDERS = {"日期": "date", "时间": "date", "時間": "date", "拼音": "pinyin"}


def read_order(form: Form, default: str) -> str | tuple[str, ...]:
    """``date``, ``pinyin`` or slugs behind the key ``order``; another word is an error."""
    if isinstance(form.node("order"), Items):
        return tuple(name.text for name in form.names("order", limit=sys.maxsize))
    found = form.scalar("order")
    if found is None:
        return default
    order = _ORDERS.get(found.value, found.value.lower())
    if order not in ("date", "pinyin"):
        form.problems.append(error("order-form", found.place, order=found.value))
        return default
    return order


def whole_number(form: Form, found: Text | None, limits: tuple[int, int]) -> int:
    """The whole number that *found* says, or 0 and an error."""
    if found is None:
        return 0
    digits = found.value.replace("_", "").replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 12:
        number = int(digits)
        if limits[0] <= number <= limits[1]:
            return number
    low, high = limits
    form.problems.append(
        error("number-unknown", found.place, number=found.value, low=low, high=high)
    )
    return 0


def length(form: Form, key: str, limits: tuple[float, float], default: float) -> float:
    """Millimetres behind *key*, with or without ``mm`` or 毫米; beyond *limits* an error."""
    found = form.scalar(key)
    if found is None:
        return default
    match = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)\s*(?:mm|毫米)?", found.value.lower())
    if match and limits[0] <= float(match[1]) <= limits[1]:
        return float(match[1])
    low, high = limits
    form.problems.append(
        error("length-unknown", found.place, length=found.value, low=low, high=high)
    )
    return default
