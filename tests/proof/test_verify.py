"""`verify`: finished files by themselves, sound, broken, foreign and changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.build import verify_files
from handouts.cli.main import main
from handouts.pdf import verify_pdf

Edition = Any
Editions = Callable[..., Any]


@pytest.fixture
def english(edition: Editions) -> Edition:
    return edition("en")


def codes(pdf: bytes) -> set[str]:
    return {one.code for one in verify_pdf(pdf).faults}


@pytest.mark.parametrize("locale", ["en", "ar", "th", "hi", "ja", "km"])
def test_a_sound_file_tells_what_it_is(edition: Editions, locale: str) -> None:
    one = edition(locale)

    found = verify_pdf(one.pdf)

    assert found.faults == []
    assert found.identity["Handout"] == "understanding-pain"
    assert found.identity["Locale"] == one.info.lang
    assert found.identity["SourceDigest"] == one.resolved.digest
    assert found.identity["EditionCode"] == one.resolved.code
    assert found.pages == len(one.display.pages)
    assert found.elements > 100


def locked(pdf: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(target, encryption=pikepdf.Encryption(user="a", owner="b"))
    return target.getvalue()


def foreign() -> bytes:
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target)
    return target.getvalue()


def test_what_is_no_leaflet_is_told(english: Edition) -> None:
    assert codes(b"") == {"not-a-pdf"}
    assert codes(b"<html>") == {"not-a-pdf"}
    assert codes(locked(english.pdf)) == {"locked-file"}
    assert codes(foreign()) == {"foreign-file"}
    assert codes(english.pdf[:9000]) == {"damaged-file"}


@pytest.mark.parametrize("step", range(40))
def test_a_broken_file_is_never_a_traceback(english: Edition, step: int) -> None:
    pdf = bytearray(english.pdf)
    start = len(pdf) * step // 40
    for at in range(start, min(len(pdf), start + 60)):
        pdf[at] ^= 0x5A

    assert verify_pdf(bytes(pdf)).faults


def test_odd_values_are_never_a_traceback(english: Edition) -> None:
    def odd(pdf: pikepdf.Pdf) -> None:
        tree: Any = pdf.Root.StructTreeRoot
        tree.K = pikepdf.Array([pikepdf.Dictionary(K=pikepdf.Array([-1, True]))])
        page: Any = pdf.pages[0]
        page.StructParents = pikepdf.Name.Odd

    assert codes(english.edited(odd)) & {"broken-tags", "damaged-file"}


def rewritten_xmp(english: Edition, old: str, new: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream: Any = pdf.Root.Metadata
        before = stream.read_bytes()
        assert old.encode() in before
        stream.write(before.replace(old.encode(), new.encode()))

    return english.edited(change)


def test_an_identity_that_does_not_agree_is_found(english: Edition) -> None:
    code = english.resolved.code
    told = f"<edition:EditionCode>{code}"
    other = rewritten_xmp(english, told, "<edition:EditionCode>00000000")
    assert codes(other) == {"wrong-identity"}
    assert codes(rewritten_xmp(english, f"{told}</edition:EditionCode>", "")) == {
        "no-identity",
        "wrong-identity",
    }
    tongue = "<edition:Locale>en"
    assert codes(rewritten_xmp(english, tongue, "<edition:Locale>fr")) == {
        "wrong-identity",
        "wrong-language",
    }
    renamed = english.edited(lambda pdf: pdf.docinfo.__setitem__("/Title", "Other"))
    assert codes(renamed) == {"wrong-title"}
    hidden = english.edited(lambda pdf: pdf.Root.__delattr__("ViewerPreferences"))
    assert codes(hidden) == {"wrong-title"}


def test_what_the_marks_say_and_what_is_seen_must_agree(edition: Editions) -> None:
    hindi = edition("hi")  # where syllables are told beside the glyphs

    def lie(content: bytes) -> bytes:
        at = content.index(b"/ActualText <FEFF")
        end = content.index(b">", at + 14)
        other = b"0041004200430044"
        return content[:at] + b"/ActualText <FEFF" + other + content[end:]

    pdf = hindi.rewritten(lie)

    assert {"tags-read-wrong", "other-text"} <= hindi.codes(pdf)


@pytest.mark.parametrize("locale", ["en", "fa"])
def test_a_phone_that_is_told_right_but_drawn_wrong_is_found(
    edition: Editions, locale: str
) -> None:
    """Turn the digits of a phone number round and tell the right ones all the same."""
    one = edition(locale)
    drawn = one.shown(one.phone)
    told = one.phone.encode("utf-16-be").hex().upper().encode()
    glyphs = [drawn[at : at + 4] for at in range(0, len(drawn), 4)]

    def lie(content: bytes) -> bytes:
        start = content.index(drawn)
        line = content.rindex(b"\n", 0, start) + 1
        end = content.index(b"\n", start)
        begun = content.rindex(b"<</MCID", 0, start)
        number = content[begun + 8 : content.index(b">>", begun)]
        head, _, tail = content[line:end].partition(drawn)
        assert b">" in tail
        span = b"EMC\n/Span <</MCID 900 /ActualText <FEFF" + told + b">>> BDC\n<"
        wrong = span + b"".join(reversed(glyphs)) + b">Tj\nEMC\n"
        again = b"/P <</MCID 901>> BDC\n"
        assert number
        before = head + b">" + (b"]TJ" if head.startswith(b"[") else b"Tj") + b"\n"
        after = (b"[<" if tail.endswith(b"TJ") else b"<") + tail
        return content[:line] + before + wrong + again + after + content[end:]

    pdf = one.rewritten(lie)

    assert "told-otherwise" in one.codes(pdf)
    assert "told-otherwise" in codes(pdf)


# --- manifests and the command ---------------------------------------------------------


@pytest.fixture
def shelf(english: Edition, tmp_path: Path) -> Path:
    """Return an output folder with one edition and its manifest."""
    file = tmp_path / "output" / "en" / "understanding-pain-a4.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(english.pdf)
    record = {**english.record, "file": "en/understanding-pain-a4.pdf"}
    manifest = {"schema": 1, "editions": [record]}
    (tmp_path / "output" / "manifest.json").write_text(json.dumps(manifest))
    return file


def found_in(*files: Path) -> list[tuple[str, ...]]:
    return [tuple(one.code for one in file.findings) for file in verify_files(files)]


def test_a_file_is_held_against_its_manifest(shelf: Path) -> None:
    assert found_in(shelf) == [()]

    copy = shelf.with_name("copy.pdf")
    shutil.copy(shelf, copy)
    assert found_in(copy) == [("unlisted-file",)]
    copy.replace(shelf.parents[2] / "alone.pdf")
    assert found_in(shelf.parents[2] / "alone.pdf") == [()]

    manifest = shelf.parents[1] / "manifest.json"
    text = manifest.read_text()
    data = json.loads(text)
    data["editions"][0]["code"] = "00000000"
    manifest.write_text(json.dumps(data))
    assert found_in(shelf) == [("wrong-identity",)]

    manifest.write_text(text)
    shelf.write_bytes(shelf.read_bytes() + b"\n")
    assert found_in(shelf) == [("changed-file",)]


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: Any) -> None:
    from handouts.build import verify as room

    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-" + bytes(100))
    monkeypatch.setattr(room, "MAX_BYTES", 64)
    assert found_in(large, tmp_path / "gone.pdf", tmp_path) == [("unreadable-file",)] * 3


def test_the_command_proves_files(shelf: Path, capsys: Any) -> None:
    assert main(["verify", str(shelf)]) == 0

    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[0].startswith(
        f"proved {shelf.as_posix()}  understanding-pain en a4 0.1, code "
    )
    assert lines[-1].startswith("1 file proved, 0 refused in ")


def test_the_command_refuses_files(shelf: Path, tmp_path: Path, capsys: Any) -> None:
    other = tmp_path / "page.pdf"
    other.write_bytes(b"nothing")

    assert main(["verify", str(other), str(shelf)]) == 1

    err = capsys.readouterr().err
    assert "error[not-a-pdf]: the file is no PDF" in err
    assert f"--> {other.as_posix()}" in err
    assert "hint: name a leaflet that was built" in err
    assert "1 file proved, 1 refused in " in err


def test_the_command_answers_in_json(shelf: Path, capsys: Any) -> None:
    unlisted = shelf.with_name("copy.pdf")
    shutil.copy(shelf, unlisted)

    status = main(["--diagnostic-format", "json", "-q", "verify", str(unlisted)])

    found = json.loads(capsys.readouterr().out)
    (one,) = found["diagnostics"]
    assert (status, found["schema"]) == (0, 1)
    assert (one["code"], one["severity"]) == ("unlisted-file", "warning")
    assert one["file"] == unlisted.as_posix()
    assert main(["-q", "verify", "--strict", str(unlisted)]) == 1


@pytest.mark.parametrize("argv", [["verify"], ["verify", "gone.pdf"], ["verify", "."]])
def test_the_command_called_wrongly(argv: list[str], capsys: Any) -> None:
    assert main(argv) == 2
    assert "Usage" in capsys.readouterr().err
