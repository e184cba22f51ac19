"""Views for tests: what a test does not speak of is empty."""

from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from candlelight.plan.facade import Facade
from candlelight.plan.windows import Window

V = TypeVar("V")

EMPTY: dict[object, Any] = {
    str: "",
    int: 0,
    bool: False,
    tuple: (),
    Facade: Facade("near", (), 0, 0),
    Window: Window("", "", "", "", True, 2, "curtains", False, False, 0),
}


def view(kind: type[V], **given: Any) -> V:
    """A *kind* of view with the facts *given*; every other one that it demands is empty."""
    hints = get_type_hints(kind)
    demanded = [field.name for field in msgspec.structs.fields(kind) if field.required]
    blank = {name: EMPTY.get(get_origin(hints[name]) or hints[name]) for name in demanded}
    return kind(**(blank | given))
