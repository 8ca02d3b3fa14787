"""A browser driven over its own protocol: as much of WebSocket as that takes.

Chromium listens on a port of this machine; JSON goes both ways in text frames
(RFC 6455, 5.2), ours masked, its own not.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import struct
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.build import BuildRequest
from handouts.diagnostics import Sink
from handouts.preview import Session, open_session

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_S = 20.0
_TEXT, _CLOSE, _PING = 1, 8, 9


class Tab:
    """One tab: what its page logs is kept, what it is asked is waited for."""

    def __init__(self, url: str) -> None:
        host, _, path = url.removeprefix("ws://").partition("/")
        name, _, port = host.partition(":")
        self._socket = socket.create_connection((name, int(port)), PATIENCE_S)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self.complaints: list[str] = []
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b" 101 " in self._stream.readline()
        while self._stream.readline().strip():
            pass
        for domain in ("Runtime", "Log", "Page"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer to one command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._send(json.dumps(message).encode())
        while True:
            found = json.loads(self._receive())
            if found.get("id") == self._number:
                assert "error" not in found, found
                return dict(found["result"])
            self._note(found)

    def _note(self, event: dict[str, Any]) -> None:
        about = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(about["exceptionDetails"]))
        if event.get("method") == "Log.entryAdded":
            self.complaints.append(about["entry"]["text"])
        if event.get("method") == "Runtime.consoleAPICalled":
            self.complaints.append(json.dumps(about["args"]))

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; promises are waited for."""
        found = self.ask(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, expression: str) -> Any:
        """Return the expression's value once it is true."""
        end = time.monotonic() + PATIENCE_S
        while not (value := self.run(expression)):
            assert time.monotonic() < end, (expression, self.complaints)
            time.sleep(0.02)
        return value

    def text(self, selector: str) -> str:
        """Return the visible text of an element."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def point(self, x: float, y: float, *, click: bool = False) -> None:
        """Move the pointer there, and click."""
        kinds = ["mouseMoved", *(["mousePressed", "mouseReleased"] if click else [])]
        for kind in kinds:
            more = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def press(self, key: str) -> None:
        """Press and release a key by its name (`Enter`, `n`)."""
        more = {"text": "\r" if key == "Enter" else key} if _types(key) else {}
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}
        code = {"windowsVirtualKeyCode": codes[key]} if key in codes else {}
        kind = "keyDown" if more else "rawKeyDown"
        self.ask("Input.dispatchKeyEvent", type=kind, key=key, **more, **code)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, **code)

    def picture(self, path: Path) -> None:
        """Keep what the tab shows as a PNG."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def _send(self, payload: bytes) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | _TEXT, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | _TEXT, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | _TEXT, 0x80 | 127, size)
        self._socket.sendall(head + mask + masked)

    def _receive(self) -> bytes:
        """Return the next message, its fragments joined."""
        whole = b""
        while True:
            first, second = self._stream.read(2)
            size = second & 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", self._stream.read(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self._stream.read(8))
            payload = self._stream.read(size)
            kind = first & 0x0F
            assert kind != _CLOSE, "the browser has closed the tab"
            if kind == _PING:
                continue
            whole += payload
            if first & 0x80:
                return whole


def _types(key: str) -> bool:
    return len(key) == 1 or key == "Enter"


@contextlib.contextmanager
def opened(program: str, profile: Path) -> Iterator[str]:
    """Start a browser without a window; give the address where tabs are made."""
    command = [
        program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-dev-shm-usage", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
        "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield f"http://127.0.0.1:{_port(profile, process)}"
        finally:
            process.terminate()


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    told = profile / "DevToolsActivePort"
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        lines = told.read_text().splitlines() if told.exists() else []
        if len(lines) > 1:
            return int(lines[0])
        time.sleep(0.05)
    raise AssertionError(f"the browser did not start (status {process.poll()})")


def new_tab(browser: str, *, width: int = 1440, height: int = 900) -> Tab:
    """Open an empty tab of that size."""
    request = urllib.request.Request(f"{browser}/json/new?about:blank", method="PUT")
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        tab = Tab(json.load(answer)["webSocketDebuggerUrl"])
    tab.ask(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=False,
    )
    return tab


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a browser listens; skip, or fail where tools are asked for."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        reason = "no chromium is installed"
        assert not os.environ.get("HANDOUTS_REQUIRE_TOOLS"), reason
        pytest.skip(reason)
    with opened(program, tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture
def tab(browser: str) -> Iterator[Tab]:
    """Return an empty tab; in the end, its page must not have complained."""
    tab = new_tab(browser)
    yield tab
    complaints = tab.complaints
    tab.close()
    assert complaints == []


@pytest.fixture
def preview() -> Callable[..., Session]:
    """Return `preview(folder, locale, *handouts)`: a session that is not running yet."""

    def start(folder: Path, locale: str, *handouts: str) -> Session:
        sink = Sink()
        request = BuildRequest(
            project=folder, locales=(locale,), handouts=handouts, draft=True
        )
        session = open_session(request, 0, sink)
        assert session is not None, sink.diagnostics
        return session

    return start


@pytest.fixture
def running(
    preview: Callable[..., Session],
) -> Callable[..., contextlib.AbstractContextManager[Session]]:
    """Return what runs such a session in a thread, as the command does in a process."""

    @contextlib.contextmanager
    def run(folder: Path, locale: str, *handouts: str) -> Iterator[Session]:
        session = preview(folder, locale, *handouts)
        building = threading.Thread(target=session.run)
        with session:
            building.start()
            yield session
        building.join(PATIENCE_S)
        assert not building.is_alive()

    return run
