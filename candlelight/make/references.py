"""What a template extends, includes or imports."""

from __future__ import annotations

from candlelight.recall import answers


class BrokenText(ValueError):
    """A text that is no template: the *line* and the *reason*."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"{line}: {reason}")
        self.line, self.reason = line, reason


@answers("references", most=64)
def references(text: str) -> list[str | None]:
    """The names of the parts of *text*, each once; None for one that is chosen while rendering.

    Parsing is most of a small build: what was parsed once is remembered. Raises BrokenText.
    """
    import jinja2
    import jinja2.meta

    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as fault:
        raise BrokenText(fault.lineno, str(fault.message)) from fault
    return list(dict.fromkeys(jinja2.meta.find_referenced_templates(tree)))
