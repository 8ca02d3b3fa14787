"""The command line as others call it: a process with streams, signals and a status."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from handouts.cli import run

ROOT = Path(__file__).parents[2]
HEAVY = ("babel", "icu", "jinja2", "lxml", "pikepdf", "reportlab", "rich", "uharfbuzz")


def call(*argv: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "make_handouts.py"), *argv]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False, **more
    )


def expect_no_process_in_group(group: int) -> None:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker lives on")


@pytest.mark.parametrize("argument", ["--help", "--version", "--nonsense"])
def test_what_needs_nothing_imports_nothing(argument: str) -> None:
    code = (
        "import sys; from handouts.cli import main; status = main(sys.argv[1:]);"
        f"sys.exit(10 if set({HEAVY!r}) & set(sys.modules) else status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, argument], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == (2 if argument == "--nonsense" else 0)


def test_it_runs_from_any_folder(german: Any, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = call("-C", "../clinic", "-l", "de_AT", cwd=elsewhere)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[0] == "written de_AT/after-a4.pdf"
    assert german.files() == ["de_AT/after-a4.pdf", "manifest.json"]
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_project_may_be_a_link(german: Any, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(german.folder, target_is_directory=True)
    done = call("-l", "de_AT", "-o", "pages", cwd=tmp_path / "link")
    assert done.returncode == 0
    assert (german.folder / "pages" / "de_AT" / "after-a4.pdf").is_file()


def test_workers_build_the_same_bytes(german: Any, tmp_path: Path) -> None:
    assert german.run().status == 0
    alone = german.manifest
    done = call("-C", "clinic", "-j", "2", "-o", "two", cwd=tmp_path)
    assert done.returncode == 0
    data = json.loads((german.folder / "two" / "manifest.json").read_text("utf-8"))
    assert {one["file"]: one for one in data["editions"]} == alone


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_whole(german: Any, kind: signal.Signals) -> None:
    for number in range(30):
        german.add_handout(f"part-{number}", german.handout)
    command = [sys.executable, str(ROOT / "make_handouts.py"), "-j", "2"]
    process = subprocess.Popen(
        command, cwd=german.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
        # A shell's background job ignores SIGINT, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert process.stderr is not None
    first = process.stderr.readline()
    os.killpg(process.pid, kind) if kind is signal.SIGINT else process.send_signal(kind)
    out, err = process.communicate(timeout=60)
    assert first.startswith("written ")
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert "error[interrupted]: the run was interrupted" in err
    names = german.files()
    assert not [name for name in names if name.endswith(".tmp")]
    assert set(german.manifest) <= {name for name in names if name.endswith(".pdf")}
    expect_no_process_in_group(process.pid)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds workers in /proc")
def test_a_killed_build_takes_its_workers_with_it(german: Any) -> None:
    for number in range(30):
        german.add_handout(f"part-{number}", german.handout)
    command = [sys.executable, str(ROOT / "make_handouts.py"), "-j", "2"]
    process = subprocess.Popen(
        command, cwd=german.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    process.stderr.readline()
    process.kill()
    process.wait()
    process.stderr.close()
    expect_no_process_in_group(process.pid)
    assert german.run().status == 0  # a second run finishes the first


def test_a_build_opens_no_connection(german: Any) -> None:
    code = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event.startswith('socket.') and event not in ('socket.__new__',):\n"
        "        print('opened', event, args, file=sys.stderr)\n"
        "        sys.exit(10)\n"
        "sys.addaudithook(watch)\n"
        "from handouts.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", german.folder, "-j", "1"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert german.files() == ["de_AT/after-a4.pdf", "en/after-a4.pdf", "manifest.json"]


def test_a_pipe_that_closes_is_no_traceback(german: Any) -> None:
    if shutil.which("sh") is None:
        pytest.skip("needs a POSIX shell, which Windows lacks")
    script = f'"{sys.executable}" "{ROOT / "make_handouts.py"}" fonts | head -n 1'
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=german.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


ENDS = """\
import atexit, os, sys, threading
from handouts.cli import run
class Late:
    def __del__(self):
        os.write(1, b"taken apart\\n")
late = Late()
atexit.register(os.write, 1, b"at exit\\n")
go = threading.Event()
if "thread" in sys.argv:
    sys.argv.remove("thread")
    threading.Timer(0.3, os.write, (1, b"thread\\n")).start()
run()
"""


@pytest.mark.parametrize(("option", "status"), [("--version", 0), ("--nonsense", 2)])
def test_an_end_is_quick_unless_a_thread_goes_on(option: str, status: int) -> None:
    for more, ends in (
        ([], ["at exit"]),
        (["thread"], ["thread", "at exit", "taken apart"]),
    ):
        done = subprocess.run(
            [sys.executable, "-c", ENDS, option, *more],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == status
        assert done.stdout.splitlines()[status == 0 :] == ends


def test_a_profiler_tells_what_it_has_seen() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", str(ROOT / "make_handouts.py"), "--version"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.startswith("handouts ")
    assert "function calls" in done.stdout


def test_a_run_ends_its_process_when_all_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(sys, "argv", ["handouts", "--version"])
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "gettrace", lambda: None)
    monkeypatch.setattr(sys, "getprofile", lambda: None)
    monkeypatch.setattr(sys, "monitoring", None, raising=False)
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: ended.append("functions"))
    monkeypatch.setattr(os, "_exit", ended.append)
    with pytest.raises(SystemExit):  # here the process goes on, and ends as usual
        run()
    assert ended == ["functions", 0]
    assert capsys.readouterr().out.startswith("handouts ")
    monkeypatch.setattr(sys, "getprofile", lambda: len)
    with pytest.raises(SystemExit):
        run()
    assert ended == ["functions", 0]
