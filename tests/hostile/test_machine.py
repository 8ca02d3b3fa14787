"""A broken machine, damaged files: fonts, folders, disks, logos, settings."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from handouts.fonts import FontLibrary, builtin_fonts_dir

ROOT = Path(__file__).parents[2]
GEORGIAN = {
    "After your treatment": "მკურნალობის შემდეგ",  # after treatment
    "For patients": "პაციენტებისთვის",  # for patients
    "At home": "სახლში",  # at home
    "Rest and drink water.": "დაისვენეთ და დალიეთ წყალი.",  # rest and drink water
}


def take_fonts(project: Any, family: str) -> list[Path]:
    """Give the project fonts of its own: copies of a built-in family, and their lock."""
    library = FontLibrary.open([builtin_fonts_dir()])
    tables = (builtin_fonts_dir() / "fonts.toml").read_text("utf-8").split("[[font]]\n")
    own = [table for table in tables if table.startswith(f'family = "{family}"\n')]
    project.write("fonts/fonts.toml", "".join(f"[[font]]\n{table}" for table in own))
    return [
        project.write(f"fonts/{record.file}", library.path(record).read_bytes())
        for record in library.records
        if record.family == family
    ]


def test_a_font_changed_by_a_byte(project: Any) -> None:
    project.add_handout()
    project.add_catalog("ka", GEORGIAN)
    path = take_fonts(project, "Noto Sans Georgian")[0]
    assert project.build().status == 0
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, str(ROOT / "make_handouts.py"), "-C", str(project.folder),
         "--force", "-j", "1", "--diagnostic-format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (found,) = (
        one
        for one in json.loads(done.stdout)["diagnostics"]
        if one["severity"] == "error"
    )
    assert found["code"] == "font-changed"
    assert found["file"] == str(path)
    assert found["message"] == "font file is not the one that `fonts.toml` records"
    assert found["hint"].startswith("restore the file")
    assert found["locale"] == "ka"
    assert project.files() == ["en/after-a4.pdf", "ka/after-a4.pdf", "manifest.json"]


def test_a_font_lock_that_is_no_lock(german: Any) -> None:
    german.write("fonts/fonts.toml", "[[font]]\nfamily = 1\n")
    answer = german.build()
    assert answer.status == 2
    assert answer.codes == ["font-lock-invalid"]
    assert answer.diagnostics[0]["file"].endswith("fonts.toml")


def test_a_file_in_the_place_of_the_output_folder(german: Any) -> None:
    german.write("output", "")
    answer = german.build()
    found = answer.one("unusable-output")
    assert answer.status == 2
    assert found["message"] == "the output folder cannot be made: file exists"
    assert found["hint"] == "name another folder with `--output`"
    assert answer.count == "0 editions written, 0 refused, 0 warnings"


def test_a_file_in_the_place_of_a_locale_folder(german: Any) -> None:
    german.write("output/de_AT", "")
    answer = german.build()
    found = answer.one("cannot-write")
    assert answer.status == 1
    assert (found["file"], found["locale"]) == ("de_AT/after-a4.pdf", "de_AT")
    assert found["message"] == "`de_AT/after-a4.pdf` cannot be written: file exists"
    assert german.files() == ["de_AT", "en/after-a4.pdf", "manifest.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limit")
def test_a_full_disk(german: Any) -> None:
    assert german.run("-l", "de_AT").status == 0
    before = (german.folder / "output" / "de_AT" / "after-a4.pdf").read_bytes()
    code = (
        "import resource, signal, sys\n"
        "from handouts.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(german.folder), "-j", "1", "--force",
         "--diagnostic-format", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    found = [
        (one["code"], one["file"], one["message"])
        for one in json.loads(done.stdout)["diagnostics"]
        if one["severity"] == "error"
    ]
    message = "`de_AT/after-a4.pdf` cannot be written: file too large"
    assert ("cannot-write", "de_AT/after-a4.pdf", message) in found
    assert (german.folder / "output" / "de_AT" / "after-a4.pdf").read_bytes() == before
    assert not [name for name in german.files() if name.endswith(".tmp")]
    assert "de_AT/after-a4.pdf" in german.manifest


def test_settings_with_mistakes(german: Any) -> None:
    german.write("handouts.toml", '[clinic]\nnmae = "x"\n[build]\nformats = ["a5"]\n')
    answer = german.build()
    assert answer.status == 2
    assert answer.codes == ["unknown-format", "unknown-setting"]
    found = answer.one("unknown-setting")
    assert (found["file"], found["line"], found["column"]) == ("handouts.toml", 2, 1)
    assert found["hint"] == "did you mean `name`?"
    assert german.check().status == 2
    assert german.run("info").status == 2


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 120), 90).save(file, "PNG")
    return file.getvalue()


def test_a_logo_is_printed_and_a_changed_one_makes_the_edition_anew(german: Any) -> None:
    german.write("handouts.toml", '[clinic]\nlogo = "logo.png"\n')
    german.write("logo.png", picture())
    assert german.run("-l", "de_AT").status == 0
    assert german.run("-l", "de_AT").count.startswith("0 editions written, 1 unchanged")
    german.write("logo.png", picture())
    assert german.run("-l", "de_AT").count.startswith("1 edition written, 0 refused")


def test_a_damaged_logo(german: Any) -> None:
    german.write("handouts.toml", '[clinic]\nlogo = "logo.png"\n')
    german.write("logo.png", picture()[:400])
    answer = german.build()
    assert answer.status == 2
    found = answer.one("logo-damaged")
    assert (found["file"], found["line"]) == ("handouts.toml", 2)


def test_a_logo_that_goes_while_it_is_printed(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.build import edition
    from handouts.pdf import PictureError

    german.write("handouts.toml", '[clinic]\nlogo = "logo.png"\n')
    path = german.write("logo.png", picture())
    settle = edition.resolve

    def lose(*args: Any) -> Any:
        resolved = settle(*args)
        path.unlink(missing_ok=True)
        return resolved

    monkeypatch.setattr("handouts.build.runs.resolve", lose)
    found = german.build("-l", "de_AT").one("logo-damaged")
    assert found["message"] == (
        "the clinic's logo cannot be used: no such file or directory"
    )
    monkeypatch.undo()
    german.write("logo.png", picture())

    def refuse(*_: object, **__: object) -> bytes:
        raise PictureError("picture is odd")

    monkeypatch.setattr("handouts.pdf.write_pdf", refuse)
    answer = german.build("-l", "de_AT", "--force")
    assert answer.status == 1
    assert answer.one("logo-damaged")["message"] == (
        "the clinic's logo cannot be used: picture is odd"
    )


def test_a_glossary_that_is_no_text(german: Any) -> None:
    german.write("locales/glossary.csv", "term,kind\nkätamin,drug\n".encode("latin-1"))
    found = german.build().one("invalid-glossary")
    assert (found["file"], found["line"]) == ("locales/glossary.csv", 2)
    assert found["message"] == "the glossary cannot be used: it is not UTF-8"
    german.write("locales/glossary.csv", 'term,kind\n"x,drug\n')
    message = german.build().one("invalid-glossary")["message"]
    assert message == "the glossary cannot be used: unexpected end of data"
    with (german.folder / "locales" / "glossary.csv").open("wb") as file:
        file.truncate(3_000_000)
    message = german.build().one("invalid-glossary")["message"]
    assert message == "the glossary cannot be used: it has more than 2 MB"


def test_one_editions_fault_costs_the_others_nothing(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.build import runs

    settle = runs.resolve

    def fail(job: Any, *args: Any) -> Any:
        if job.locale == "de_AT":
            raise ZeroDivisionError("planned")
        return settle(job, *args)

    monkeypatch.setattr(runs, "resolve", fail)
    answer = german.build()
    assert answer.status == 2
    found = answer.one("internal-fault")
    assert found["message"] == "the program failed: ZeroDivisionError: planned"
    assert (found["locale"], found["handout"]) == ("de_AT", "after")
    assert german.files() == ["en/after-a4.pdf", "manifest.json"]
