"""The page and its data over HTTP, for this machine only.

Bound to the loopback address. Only GET, only the fixed names below: no name from a
request is ever taken for a path. `Host` must be our own, so that no other site can
point its name here, and what a browser says comes from another site is refused.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from handouts.preview.board import Board
from handouts.preview.pictures import Pictures

__all__ = ["HOST", "Server"]

HOST: Final = "127.0.0.1"
WAIT_S: Final = 20.0
"""How long a question for news stays open."""
_IDLE_S: Final = 60

_STATIC: Final = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "/preview.css": ("preview.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_OWN_SITE: Final = frozenset({"none", "same-origin"})


class Server(ThreadingHTTPServer):
    """Serves a board; `port` 0 takes any that is free."""

    def __init__(self, board: Board, *, port: int = 0, wait_s: float = WAIT_S) -> None:
        self.board = board
        self.pictures = Pictures()
        self.wait_s = wait_s
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  # sockets
        """Say nothing of a browser that went away before it had its answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which a browser may ask."""
        return frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "handouts"
    sys_version = ""
    timeout = _IDLE_S

    def parse_request(self) -> bool:
        """Read a request; refuse what does not come from our own page."""
        if not super().parse_request():
            return False
        refusal = self._refusal()
        if refusal is None:
            return True
        self.close_connection = True  # what else stands in it is not read
        self._send(refusal, refusal.phrase.encode(), "text/plain")
        return False

    def _refusal(self) -> HTTPStatus | None:
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST
        if self.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITE:
            return HTTPStatus.FORBIDDEN
        return None if self.command == "GET" else HTTPStatus.METHOD_NOT_ALLOWED

    def do_GET(self) -> None:
        """Answer with a file of the page, the state, or a picture."""
        url = urlsplit(self.path)
        if url.path in _STATIC:
            name, kind = _STATIC[url.path]
            self._send(HTTPStatus.OK, _static(name), kind)
        elif url.path == "/state":
            self._send(HTTPStatus.OK, self._state(url), "application/json")
        elif (picture := self._picture(url)) is not None:
            self._send(HTTPStatus.OK, picture, "image/png")
        elif (font := self._font(url)) is not None:
            self._send(HTTPStatus.OK, font, "font/sfnt")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"Not Found", "text/plain")

    def _state(self, url: SplitResult) -> bytes:
        asked = parse_qs(url.query)
        after = asked.get("after", [""])[0]
        state = self.server.board.state(
            asked.get("handout", [""])[0],
            after=int(after) if after.isascii() and after.isdecimal() else -1,
            timeout_s=self.server.wait_s,
        )
        return json.dumps(state).encode()

    def _picture(self, url: SplitResult) -> bytes | None:
        """Return the picture that `/page/HANDOUT/NUMBER.png` names, if there is one."""
        before, _, name = url.path.rpartition("/")
        handout = unquote(before.removeprefix("/page/"))
        number = name.removesuffix(".png")
        screen = self.server.board.screen(handout)
        is_number = number.isascii() and number.isdecimal() and len(number) < 4
        if screen is None or screen.pages is None or not is_number:
            return None
        return self.server.pictures.png(screen.pages, int(number))

    def _font(self, url: SplitResult) -> bytes | None:
        return self.server.board.font(url.path.removeprefix("/font/"))

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: stderr is for findings."""


@cache
def _static(name: str) -> bytes:
    return files("handouts.preview").joinpath("page", name).read_bytes()
