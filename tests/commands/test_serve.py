"""``serve`` as an editor starts it: a program of its own, ended by Ctrl-C."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from candlelight.cli import main
from candlelight.commands import serve as command
from candlelight.console import Console
from candlelight.preview.rebuild import Preview, Rebuilt
from candlelight.preview.watch import Changes
from candlelight.run.session import session
from tests.anthology import Anthology

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as in a terminal")


# A shell that put the tests into the background has switched Ctrl-C off for them.
_PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from candlelight.cli import main
sys.exit(main())
"""


class Serve:
    """A running preview; *port* is the one that it named."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = self.until("http://")
        found = re.search(r"127\.0\.0\.1:(\d+)/", self.said[-1])
        assert found
        self.port = int(found[1])

    def until(self, words: str) -> list[str]:
        """The lines up to the one that has *words*."""
        lines: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            lines.append(line)
            if words in line:
                return lines
        raise AssertionError("".join(lines))

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{self.port}"})
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def listen(self) -> Iterator[str]:
        """The generations that a browser hears of."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": f"127.0.0.1:{self.port}"}
        connection.request("GET", "/@preview/events", headers=headers)
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                yield line[6:].strip().decode()


@contextmanager
def serve(anthology: Anthology, port: int = 0) -> Iterator[Serve]:
    command = [sys.executable, "-c", _PROGRAM, "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--source", str(anthology.root)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Serve(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def stories(anthology: Anthology) -> Anthology:
    return anthology.story("first", title="初雪").story("second", title="第二", draft=True)


def test_a_save_reaches_the_browser_and_ctrl_c_ends_it_clean(stories: Anthology) -> None:
    with serve(stories) as preview:
        assert "灯亮了" in preview.get("/stories/first/")
        assert 'class="draft"' in preview.get("/stories/second/")
        heard = preview.listen()
        before = next(heard)
        stories.edit("first", "雪停了。")
        assert next(heard) != before
        assert "雪停了" in preview.get("/stories/first/")
        stories.edit("first", date="某一天")
        next(heard)
        page = preview.get("/stories/first/")
        assert "date-unknown" in page
        assert "雪停了" in page
        preview.process.send_signal(signal.SIGINT)
        out, err = preview.process.communicate(timeout=30)
        assert preview.process.returncode == 0
        assert "预览结束了" in out
        assert "Traceback" not in err
        assert not (stories.root / "public").exists()


def test_a_taken_port_is_named_and_another_used(stories: Anthology) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(stories, port) as preview:
            assert preview.port != port
            assert any(str(port) in line for line in preview.said[:-1])


def test_a_second_preview_of_the_same_anthology_is_refused(
    stories: Anthology, capsys: pytest.CaptureFixture[str]
) -> None:
    from candlelight.run.lock import held

    room = stories.root / ".candlelight" / ".preview.candlelight"
    room.mkdir(parents=True)
    with held(room / "lock"):
        assert main(["serve", "--source", str(stories.root)]) == 2
    assert "另一次" in capsys.readouterr().err


def test_what_failed_is_tried_once_more_without_another_save(
    monkeypatch: pytest.MonkeyPatch, anthology: Anthology
) -> None:
    built: list[bool] = []

    class Failing(Preview):
        def rebuild(self, *_: object) -> Rebuilt:
            built.append(True)
            if len(built) == 2:
                changes.put(set())
            if len(built) == 4:
                raise KeyboardInterrupt
            return Rebuilt(0.0, trouble="还在复制")

    monkeypatch.setattr(command, "_RETRY", 0.01)
    monkeypatch.setattr(command, "_TICK", 0.01)
    changes: Changes = queue.SimpleQueue()
    changes.put({"a.jpg"})
    preview = Failing(anthology.root, anthology.root / ".candlelight")
    with session(anthology.root / ".candlelight", 1) as memory, pytest.raises(KeyboardInterrupt):
        command._follow(preview, memory, changes, Console("zh-Hans"), Rebuilt(0.0))
    # A save and its second try, then the next save and its second try.
    assert len(built) == 4


@pytest.mark.parametrize("port", ["-1", "70000", "x"])
def test_a_port_that_is_none_is_wrong_usage(stories: Anthology, port: str) -> None:
    assert main(["serve", f"--port={port}", "--source", str(stories.root)]) == 2
