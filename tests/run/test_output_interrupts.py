"""Ctrl-C stops a build before it changes anything for a reader, and not after."""

from __future__ import annotations

import signal
import sys

import pytest

from candlelight.run.output import Output
from tests.run.publishing import NEW, OLD, Site, without_exchange

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be raised there")


def interrupt_at(patch: pytest.MonkeyPatch, wanted: str) -> None:
    def reached(moment: str) -> None:
        if moment == wanted:
            signal.raise_signal(signal.SIGINT)

    for module in ("tree", "journal", "disk"):
        patch.setattr(f"candlelight.run.{module}.reached", reached)


@pytest.mark.parametrize("moment", ["linked", "begun", "placed", "prepared", "settled"])
def test_before_the_exchange_the_old_site_stays(
    site: Site, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_at(monkeypatch, moment)
    with pytest.raises(KeyboardInterrupt):
        site.publish(NEW)
    assert site.everything == OLD


@pytest.mark.parametrize("moment", ["exchanged", "followed", "spared"])
def test_from_the_exchange_on_the_build_goes_on_to_its_end(
    site: Site, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_at(monkeypatch, moment)
    before = signal.getsignal(signal.SIGINT)
    assert site.publish(NEW).way == "exchange"
    assert site.files == NEW
    assert site.spare == site.everything
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("moment", ["noted", "placed", "replaced", "closed"])
def test_what_is_noted_is_replaced_to_the_end(
    site: Site, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_exchange(monkeypatch)
    interrupt_at(monkeypatch, moment)
    assert site.publish(NEW).way == "files"
    assert site.files == NEW


@pytest.mark.parametrize("way", ["exchange", "page", "files"])
def test_while_a_finished_build_clears_up_it_goes_on_to_its_end(
    site: Site, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "files":
        without_exchange(monkeypatch)
    real = Output._clear_staging

    def cleared(output: Output) -> None:
        signal.raise_signal(signal.SIGINT)
        real(output)

    monkeypatch.setattr(Output, "_clear_staging", cleared)
    files = {**OLD, "stories/snow/index.html": b"snow, edited"} if way == "page" else NEW
    assert site.publish(files).way == way
    assert site.files == files


def test_while_a_build_that_published_nothing_clears_up_it_is_interrupted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cleared(output: Output) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Output, "_clear_staging", cleared)
    with pytest.raises(KeyboardInterrupt):
        site.publish(OLD)
    assert site.everything == OLD


def test_after_a_publication_that_fails_a_build_can_be_interrupted_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise OSError(5, "Input/output error")

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("candlelight.run.tree.swap", fail)
    with pytest.raises(OSError, match="Input"):
        site.publish(NEW)
    assert signal.getsignal(signal.SIGINT) is before
