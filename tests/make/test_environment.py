"""What templates put out is escaped, exactly as Jinja2 would do it."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup, escape

from candlelight.make.environment import Environment, shown

TEXTS = some.text(some.sampled_from("&<>'\"\0灯 a;#x26"), max_size=30) | some.text(max_size=30)


class Lamp:
    """Says of itself what is safe."""

    def __html__(self) -> str:
        return "<b>灯</b>"


class Word(str):
    """A text of another type."""

    __slots__ = ()


@given(TEXTS)
def test_a_text_is_shown_as_jinja2_would_show_it(text: str) -> None:
    assert shown(text) == str(escape(text))
    assert shown(Markup(text)) == text
    assert shown(Word(text)) == str(escape(text))


@pytest.mark.parametrize("value", [Lamp(), 7, None, 0.5, ["<", Lamp], True])
def test_any_other_value_is_shown_as_jinja2_would_show_it(value: object) -> None:
    assert shown(value) == str(escape(value))


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ text }}", "&lt;灯&gt; &amp;"),
        ("{{ text|safe }}", "<灯> &"),
        ("{{ text|upper }}{{ text|safe|upper }}", "&lt;灯&gt; &amp;<灯> &"),
        ("{% macro say(word) %}<i>{{ word }}</i>{% endmacro %}{{ say(text) }}",
         "<i>&lt;灯&gt; &amp;</i>"),
        ("{% macro say() %}<i>{{ caller() }}</i>{% endmacro %}{% call say() %}{{ text }}{% endcall %}",
         "<i>&lt;灯&gt; &amp;</i>"),
        ("{% set twice %}{{ text }}{{ text }}{% endset %}{{ twice }}", "&lt;灯&gt; &amp;" * 2),
        ("{{ '<' ~ text }}", "&lt;&lt;灯&gt; &amp;"),
        ("{% for one in [text, 1] %}{{ one }}{% endfor %}", "&lt;灯&gt; &amp;1"),
        ("{% filter upper %}{{ text }}{% endfilter %}", "&LT;灯&GT; &AMP;"),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "<灯> &"),
        ("{{ text if text else 0 }}{{ {'a': text} }}", "&lt;灯&gt; &amp;{&#39;a&#39;: &#39;&lt;灯&gt; &amp;&#39;}"),
    ],
)  # fmt: skip
def test_a_template_shows_what_it_does_with_jinja2_alone(template: str, page: str) -> None:
    plain = jinja2.Environment(autoescape=True)
    assert plain.from_string(template).render(text="<灯> &") == page
    assert Environment(()).from_string(template).render(text="<灯> &") == page


def test_what_a_template_lacks_is_still_told() -> None:
    with pytest.raises(jinja2.UndefinedError, match="nobody"):
        Environment(()).from_string("{{ nobody }}").render()
