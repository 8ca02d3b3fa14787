"""`preview` as it is typed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from handouts.cli import preview as command
from handouts.preview import Session

ROOT = Path(__file__).parents[2]


def interrupt(self: Session) -> None:
    self.build()
    raise KeyboardInterrupt


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever runs a preview press Ctrl-C at once."""
    monkeypatch.setattr(Session, "run", interrupt)


@pytest.mark.usefixtures("interrupted")
def test_only_the_address_is_on_stdout_and_ctrl_c_ends_it_well(german: Any) -> None:
    answer = german.run("preview", "de_AT", jobs=None)
    assert answer.status == 0
    assert answer.stdout.startswith("http://127.0.0.1:")
    assert answer.stdout.endswith("/\n")
    assert answer.stderr == ("open this address in a browser; Ctrl-C ends the preview\n")


@pytest.mark.usefixtures("interrupted")
def test_stdout_is_one_json_object_where_that_is_asked_for(german: Any) -> None:
    answer = german.run("preview", "de_AT", "--diagnostic-format", "json", jobs=None)
    assert answer.diagnostics == []
    assert answer.stderr.startswith("http://127.0.0.1:")


@pytest.mark.usefixtures("interrupted")
def test_it_opens_the_browser_if_it_is_asked_to(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    assert german.run("preview", "de_AT", jobs=None).status == 0
    assert opened == []
    answer = german.run("preview", "de_AT", "--open", jobs=None)
    assert [f"{url}\n" for url in opened] == [answer.stdout]


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["xx-nonsense"], "unknown-locale"),
        (["nl"], "missing-catalog"),
        (["de_AT", "nothing"], "unknown-handout"),
        (["de_AT", "-f", "a7"], "unknown-format"),
    ],
)
def test_what_is_not_there(german: Any, argv: list[str], code: str) -> None:
    answer = german.run("preview", *argv, "--diagnostic-format", "json", jobs=None)
    assert (answer.status, answer.codes) == (2, [code])


def test_settings_that_cannot_be_read(german: Any) -> None:
    german.write("handouts.toml", "[")
    answer = german.run("preview", "de_AT", jobs=None)
    assert answer.status == 2
    assert answer.stdout == ""
    assert "handouts.toml" in answer.stderr


def test_a_port_that_is_taken(german: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        argv = ("preview", "de_AT", "--port", str(port), "--diagnostic-format", "json")
        answer = german.run(*argv, jobs=None)
    assert answer.status == 2
    assert answer.one("port-unavailable")["message"].startswith(f"port {port} cannot")


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_well(german: Any, kind: signal.Signals) -> None:
    argv = [sys.executable, str(ROOT / "make_handouts.py"), "preview", "de_AT", "-q"]
    with subprocess.Popen(
        argv,
        cwd=german.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job ignores SIGINT, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}state", timeout=20) as answer:
            assert b'"ready"' in answer.read()
        process.send_signal(kind)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "", "")
