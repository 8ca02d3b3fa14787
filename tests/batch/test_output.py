from __future__ import annotations

from pathlib import Path

import pytest

from handouts.batch import remove_output, sweep, write_atomically


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ar" / "x.pdf", b"new")
    assert (tmp_path / "ar" / "x.pdf").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "ar").iterdir()] == ["x.pdf"]


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")

    def fail(*_: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(type(error)):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["x.pdf"]


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    for name in ("x.pdf", ".x.pdf.123.tmp", ".y.pdf.123.tmp"):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path / "x.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".y.pdf.123.tmp", "x.pdf"]


def test_removing_says_whether_there_was_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    assert remove_output(tmp_path / "x.pdf")
    assert not remove_output(tmp_path / "x.pdf")
