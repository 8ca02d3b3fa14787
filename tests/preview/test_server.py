"""What the server gives, and what it refuses."""

from __future__ import annotations

import http.client
import io
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from handouts.preview import Session
from handouts.preview.board import Board
from handouts.preview.server import Server

WANTED_WITHIN_S = 20


@pytest.fixture
def session(german: Any, preview: Any) -> Iterator[Session]:
    with preview(german.folder, "de_AT") as session:
        session.build()
        yield session


def ask(
    session: Session, path: str, *, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    host, _, port = session.address.removeprefix("http://").strip("/").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=WANTED_WITHIN_S)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def state(session: Session, query: str = "") -> dict[str, Any]:
    answer, body = ask(session, f"/state?{query}")
    assert answer.status == 200
    return dict(json.loads(body))


def test_it_listens_on_this_machine_only(session: Session) -> None:
    assert session.address.startswith("http://127.0.0.1:")
    assert session._server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "kind", "holds"),
    [
        ("/", "text/html; charset=utf-8", b"<title>Preview</title>"),
        ("/preview.js", "text/javascript; charset=utf-8", b"follow();"),
        ("/preview.css", "text/css; charset=utf-8", b"prefers-reduced-motion"),
        ("/icon.svg", "image/svg+xml", b"<svg"),
    ],
)
def test_the_page_is_there(session: Session, path: str, kind: str, holds: bytes) -> None:
    answer, body = ask(session, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert holds in body
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Server"].strip() == "handouts"


def test_the_state_holds_all_that_is_shown(session: Session) -> None:
    found = state(session)
    assert found["handouts"] == [{"name": "after", "errors": 0}]
    screen = found["screen"]
    assert (screen["status"], screen["lang"], screen["direction"]) == (
        "ready", "de-AT", "ltr",
    )  # fmt: skip
    (water,) = (one for one in screen["messages"] if one["msgid"].startswith("Rest"))
    assert water["translations"] == ["Ruhen Sie sich aus und trinken Sie Wasser."]
    assert water["reference"] == "locales/de_AT/LC_MESSAGES/handouts.po:19"
    assert water["boxes"][0][0] == 1
    assert water["room"]["letters"] > 0
    (warning,) = screen["diagnostics"]
    assert warning["code"] == "furniture-untranslated"
    assert warning["severity"] == "warning"


def test_a_page_is_a_sharp_picture(session: Session) -> None:
    (page,) = state(session)["screen"]["pages"]
    answer, body = ask(session, page["picture"])
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(body)) as picture:
        picture.load()
        assert picture.size == (1588, 2246)  # A4 at two dots for a CSS pixel
        assert picture.getpixel((5, 5)) == (255, 255, 255)
        assert len(picture.getcolors(1 << 20) or ()) > 16  # letters have soft edges
    assert ask(session, page["picture"])[1] == body


def test_the_page_s_fonts_are_there(session: Session) -> None:
    (url, *_) = state(session)["screen"]["fonts"]
    answer, body = ask(session, url)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "font/sfnt")
    assert body[:4] in {b"\0\1\0\0", b"OTTO"}


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/page/after/0.png", "/page/after/2.png", "/page/after/x.png",
        "/page/after/%C2%B2.png", "/page/other/1.png", "/page/after/9999.png", "/page/",
        "/../pyproject.toml", "/page/../../after/1.png", "/font/", "/font/00",
        "/preview.js/..", "//etc/passwd", "/index.html",
    ],
)  # fmt: skip
def test_there_is_nothing_else(session: Session, path: str) -> None:
    answer, body = ask(session, path)
    assert (answer.status, body) == (404, b"Not Found")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"]
)
def test_another_host_is_refused(session: Session, host: str) -> None:
    for path in ("/", "/state", "/preview.js"):
        answer, body = ask(session, path, Host=host)
        assert (answer.status, body) == (421, b"Misdirected Request")


def test_localhost_is_our_own(session: Session) -> None:
    port = session.address.strip("/").rpartition(":")[2]
    assert ask(session, "/", Host=f"LOCALHOST:{port}")[0].status == 200


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)],
)
def test_other_sites_are_refused(session: Session, site: str, status: int) -> None:
    assert ask(session, "/state", Sec_Fetch_Site=site)[0].status == status


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "X"])
def test_only_get_is_answered(session: Session, method: str) -> None:
    answer, body = ask(session, "/state", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    assert body == (b"" if method == "HEAD" else b"Method Not Allowed")


def test_nonsense_is_refused(session: Session, capfd: pytest.CaptureFixture[str]) -> None:
    host, _, port = session.address.removeprefix("http://").strip("/").partition(":")
    for line in (b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /\r\n\r\n"):
        with socket.create_connection((host, int(port)), WANTED_WITHIN_S) as connection:
            connection.sendall(line)
            found = connection.makefile("rb").read()
        assert b"<title>Preview" not in found
    assert capfd.readouterr() == ("", "")


def test_a_question_waits_for_news(session: Session) -> None:
    now = state(session)["version"]
    found: list[dict[str, Any]] = []
    asking = threading.Thread(target=lambda: found.append(state(session, f"after={now}")))
    asking.start()
    asking.join(0.2)
    assert asking.is_alive()
    assert found == []
    session.build()
    asking.join(WANTED_WITHIN_S)
    assert found[0]["version"] > now


@pytest.mark.parametrize("after", ["", "x", "-1", "²", "99999999999999999999"])
def test_an_answer_does_not_depend_on_a_number_that_makes_sense(
    session: Session, after: str
) -> None:
    quoted = after.encode().hex("%")
    quoted = f"%{quoted}" if quoted else ""
    assert state(session, f"after={quoted}")["screen"]["handout"] == "after"


def test_without_news_the_answer_is_what_it_was() -> None:
    board = Board()
    assert board.state("a", after=-1, timeout_s=0.01) == {
        "version": 0, "handouts": [], "screen": None,
    }  # fmt: skip
    assert board.wanted == "a"
    assert board.font("00") is None


def test_a_browser_that_goes_away_is_no_fault(
    capfd: pytest.CaptureFixture[str],
) -> None:
    server = Server(Board(), wait_s=0.3)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with socket.create_connection(server.server_address[:2]) as connection:
        host = f"127.0.0.1:{server.server_port}"
        connection.sendall(f"GET /state HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0" + bytes(4))
    threading.Event().wait(0.6)
    server.shutdown()
    thread.join()
    server.server_close()
    assert capfd.readouterr() == ("", "")
