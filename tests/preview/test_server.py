"""The preview's server with real sockets."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from candlelight.preview.board import Board
from candlelight.preview.kept import Kept
from candlelight.preview.pages import Pages
from candlelight.preview.server import serving


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    (tmp_path / "stories/x").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<body>家</body>", "utf-8")
    (tmp_path / "stories/x/index.html").write_text("<body>雪</body>", "utf-8")
    return Pages(tmp_path, tmp_path, Board(), Kept(tmp_path))


@pytest.fixture
def port(pages: Pages) -> Iterator[int]:
    with serving(pages, 0) as port:
        yield port


def ask(
    port: int, path: str = "/", host: str = "127.0.0.1", method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": f"{host}:{port}"})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply, body


def test_it_serves_a_page_that_nobody_keeps(port: int) -> None:
    reply, body = ask(port, "/stories/x/")
    assert reply.status == 200
    assert "雪".encode() in body
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_head_has_no_body(port: int) -> None:
    reply, body = ask(port, method="HEAD")
    assert (reply.status, body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    assert ask(port, method=method)[0].status == 501


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0", ""])
def test_another_name_for_this_machine_is_refused(port: int, host: str) -> None:
    assert ask(port, host=host)[0].status == 403
    assert ask(port, "/@preview/events", host=host)[0].status == 403


@pytest.mark.parametrize("host", ["localhost", "[::1]", "127.0.0.1"])
def test_its_own_names_are_welcome(port: int, host: str) -> None:
    assert ask(port, host=host)[0].status == 200


def test_only_this_machine_can_reach_it(port: int) -> None:
    listening = socket.socket()
    # The port is free on every other address of this machine.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.2", port))
    listening.close()


def test_a_port_that_is_taken_is_passed_over(pages: Pages) -> None:
    with serving(pages, 0) as first, serving(pages, first) as second:
        assert second > first
        assert ask(second)[0].status == 200


def test_its_own_files_are_served_and_no_others(port: int) -> None:
    assert ask(port, "/@preview/reload.js")[0].headers["Content-Type"].startswith("text/javascript")
    assert ask(port, "/@preview/preview.css")[0].status == 200
    assert ask(port, "/@preview/server.py")[0].status == 404


def test_a_browser_hears_of_every_new_generation(pages: Pages, port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/@preview/events", headers={"Host": f"127.0.0.1:{port}"})
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream"

    def hear() -> str:
        lines = iter(stream.readline, b"")
        return next(line[6:].strip().decode() for line in lines if line.startswith(b"data: "))

    assert hear() == pages.board.standing.generation
    for _ in range(3):
        pages.board.show((), "zh-Hans")
        assert hear() == pages.board.standing.generation
    connection.close()


def test_ending_lets_every_listener_go(pages: Pages) -> None:
    with serving(pages, 0) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/@preview/events", headers={"Host": f"127.0.0.1:{port}"})
        stream = connection.getresponse()
        stream.readline()
    assert b"data" not in stream.read()[-2:]
    connection.close()


def test_many_browsers_at_once(port: int) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(ask(port, "/stories/x/")[0].status))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20


def test_a_browser_that_hangs_up_is_no_news(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        hasty = socket.create_connection(("127.0.0.1", port))
        hasty.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        hasty.close()
    assert ask(port)[0].status == 200
    assert capfd.readouterr().err == ""
