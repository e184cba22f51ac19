"""Jinja2 as our templates need it: strict, escaping, and quick for thousands of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # what escape calls

from candlelight.make.compiled import compiled


class Words(dict[str, Any]):
    """Words by section and name, for templates: as attributes they are found at the first try."""

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Words:
        """*words*, and all sections in them."""
        made = cls(
            (name, cls.of(word) if isinstance(word, Mapping) else word)
            for name, word in words.items()
        )
        made.__dict__ = made
        return made


def shown(value: object) -> str:
    """*value* as it stands on a page, escaped unless it is safe.

    Where Jinja2 would say ``escape``, which also notes that the outcome is safe: of what is only
    written down nobody asks that again, and it took a tenth of a page.
    """
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class _Code(CodeGenerator):
    """Writes ``shown`` where Jinja2 writes ``escape`` around what a template puts out."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("shown = environment.shown")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")


class _Context(jinja2.runtime.Context):
    def call(self, called: Callable[..., object], *given: object, **named: object) -> object:
        """Call what does not want the context: Jinja2 would ask whether it does, at each call."""
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*given, **named)


class Environment(jinja2.Environment):
    """Templates from the first of *folders* that has them."""

    code_generator_class = _Code
    context_class = _Context
    shown = staticmethod(shown)

    def __init__(self, folders: Iterable[str]) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(tuple(folders)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Compiled(),
        )

    def make_globals(self, _: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals as they are: no template has any of its own, and a chain is slow to copy."""
        return self.globals


class _Compiled(jinja2.BytecodeCache):
    """Knows what was compiled in the last run; Jinja2 compares the source, and Python's version."""

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill *bucket* if its template is known."""
        name = f"{bucket.key} {bucket.checksum}"
        if name in compiled.known:
            compiled.used.add(name)
            bucket.bytecode_from_string(compiled.known[name])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled."""
        name = f"{bucket.key} {bucket.checksum}"
        compiled.used.add(name)
        compiled.known[name] = bucket.bytecode_to_string()
