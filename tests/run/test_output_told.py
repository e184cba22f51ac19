"""The command says which way the site was published, if it was not the usual one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from candlelight.cli import main
from candlelight.run.lock import held
from tests.anthology import Anthology
from tests.run.publishing import without_exchange, without_links

FILES, COPIES = "文件是一个一个换的", "每个文件都复制了一份"


@pytest.mark.parametrize(("lacks", "said"), [(without_exchange, FILES), (without_links, COPIES)])
def test_the_way_is_told_where_something_is_lacking(
    told: Anthology,
    lacks: Callable[[pytest.MonkeyPatch], None],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lacks(monkeypatch)
    told.edit("night", summary="又一夜")
    assert main(["build", "--source", str(told.root)]) == 0
    assert said in capsys.readouterr().out


def test_the_usual_way_is_not_worth_a_word(
    told: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    told.edit("night", summary="又一夜")
    assert main(["build", "--source", str(told.root)]) == 0
    out = capsys.readouterr().out
    assert FILES not in out
    assert COPIES not in out


def test_who_builds_already_is_named_with_process_machine_and_time(
    told: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    with held(told.root / ".public.candlelight" / "lock"):
        holder = (told.root / ".public.candlelight" / "lock").read_text("utf-8")
        assert main(["build", "--source", str(told.root)]) == 2
    assert holder.count("@") == 1
    assert holder in capsys.readouterr().err
