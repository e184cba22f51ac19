"""A late pattern is the same pattern, compiled when it is first used."""

from candlelight.patterns import Late


def test_a_pattern_is_compiled_once_and_not_before_it_is_used() -> None:
    late = Late("灯+")
    assert "now" not in vars(late)
    assert late.now.findall("灯灯 灯") == ["灯灯", "灯"]
    assert late.now is late.now


def test_a_wrong_pattern_is_not_late_in_this_package() -> None:
    from candlelight import names
    from candlelight.book import punctuation, scripts

    late = [one for module in (names, punctuation, scripts) for one in vars(module).values()]
    assert all(one.now for one in late if isinstance(one, Late))
