"""The preview's web server: loopback only, read only, nothing kept by the browser."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from candlelight.preview.overlay import ROOM
from candlelight.preview.pages import Pages, Reply

EVENTS = f"/{ROOM}/events"
_HEARTBEAT = 10.0
"""Seconds after which a silent stream says a word, to learn whether anybody still listens."""
_TRIES = 20


@contextlib.contextmanager
def serving(pages: Pages, wanted: int) -> Iterator[int]:
    """Serve *pages* on the port *wanted*, or the next that is free; yields the port.

    Raises OSError if no port at all can be had.
    """
    servers = _bind(pages, wanted)
    threads = [
        threading.Thread(target=one.serve_forever, args=(0.1,), daemon=True) for one in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield servers[0].port
    finally:
        pages.board.close()
        for server in servers:
            server.shutdown()
            server.server_close()


class Server(ThreadingHTTPServer):
    """One listening socket of the preview."""

    daemon_threads = True
    # On Windows this would let two programs share one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: tuple[str, int], pages: Pages) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.pages = pages
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name: that can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.port

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has gone is no news; nothing else in a request may end the preview."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD to who calls this machine by its own name."""

    server: Server
    server_version = "Candlelight"
    sys_version = ""
    timeout = 60
    names: ClassVar = ("127.0.0.1", "localhost", "[::1]")

    def do_GET(self) -> None:
        """Answer with a page, a file or the stream of events."""
        if not self._is_local():
            self._send(Reply(403, body=b"403"))
        elif self.path.partition("?")[0] == EVENTS and self.command == "GET":
            self._stream()
        else:
            self._send(self.server.pages.reply(self.path))

    do_HEAD = do_GET  # noqa: N815 - its name there

    def _is_local(self) -> bool:
        """Whether the browser means this machine: another name may be a trap set in DNS."""
        host = self.headers.get("Host", "")
        return host in {f"{name}:{self.server.port}" for name in self.names}

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        if reply.location:
            self.send_header("Location", reply.location)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _stream(self) -> None:
        """Tell the generation now and whenever it changes, until the browser or we go."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        board, seen = self.server.pages.board, ""
        while not board.closed:
            standing = board.wait(seen, _HEARTBEAT)
            if standing:
                seen = standing.generation
                self.wfile.write(f"retry: 500\ndata: {seen}\n\n".encode())
            else:
                self.wfile.write(b":\n\n")
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: the console tells of builds."""


def _bind(pages: Pages, wanted: int) -> list[Server]:
    """The server on 127.0.0.1 and its twin on ::1, if there is one: localhost may mean either."""
    for port in (*range(wanted, min(wanted + _TRIES, 65536)), 0):
        try:
            server = Server(("127.0.0.1", port), pages)
        except OSError:
            if port == 0:
                raise
            continue
        with contextlib.suppress(OSError):
            return [server, Server(("::1", server.port), pages)]
        return [server]
    raise AssertionError("port 0 is always tried")
