"""Only what changed is made again; the manifest says what everything was made of."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

FILE = "de_AT/after-a4.pdf"


def made(project: Any, *argv: str) -> list[str]:
    """Build; return what was written."""
    answer = project.run(*argv)
    assert answer.status == 0, answer.stderr
    lines = answer.stderr.splitlines()
    return sorted(line[8:] for line in lines if line.startswith("written "))


def test_a_second_build_makes_nothing(german: Any) -> None:
    assert made(german) == [FILE, "en/after-a4.pdf"]
    before = german.manifest
    stamp = (german.folder / "output" / FILE).stat().st_mtime_ns
    assert made(german) == []
    assert (german.folder / "output" / FILE).stat().st_mtime_ns == stamp
    assert german.manifest == before


def test_force_makes_everything(german: Any) -> None:
    made(german)
    before = german.manifest
    assert made(german, "--force") == [FILE, "en/after-a4.pdf"]
    assert german.manifest == before


def test_what_changed_is_made_again(german: Any) -> None:
    made(german)
    german.add_catalog("de_AT", {**german.german, "At home": "Daheim"})
    assert made(german) == [FILE]
    german.write("handouts.toml", '[style]\nbrand = "#402020"\n')
    assert made(german) == [FILE, "en/after-a4.pdf"]
    german.write("handouts.toml", '[style]\nbrand = "#402020"\n[clinic]\nname = "Rose"\n')
    assert made(german) == [FILE, "en/after-a4.pdf"]
    german.add_handout("after", german.handout.replace("1.0", "1.1"))
    assert made(german) == [FILE, "en/after-a4.pdf"]
    assert made(german) == []


def test_another_font_makes_everything_again(german: Any) -> None:
    made(german)
    from handouts.fonts import FontLibrary, builtin_fonts_dir

    library = FontLibrary.open([builtin_fonts_dir()])
    lock = (builtin_fonts_dir() / "fonts.toml").read_text("utf-8")
    record = next(one for one in library.records if one.family == "Amiri")
    table = next(
        one for one in lock.split("[[font]]\n") if f'sha256 = "{record.sha256}"' in one
    )
    data = library.path(record).read_bytes() + b"\0"
    german.write(f"fonts/{record.file}", data)
    table = table.replace(record.sha256, hashlib.sha256(data).hexdigest())
    table = table.replace(f"size = {record.size}", f"size = {len(data)}")
    german.write("fonts/fonts.toml", f"[[font]]\n{table}")
    assert made(german) == [FILE, "en/after-a4.pdf"]


def test_another_program_makes_everything_again(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(german)
    monkeypatch.setattr("handouts.build.workshop.program_digest", lambda: "another")
    assert made(german) == [FILE, "en/after-a4.pdf"]


def test_a_file_that_was_touched_or_lost_is_made_again(german: Any) -> None:
    made(german)
    path = german.folder / "output" / FILE
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    assert made(german) == [FILE]
    assert path.read_bytes() == whole
    path.unlink()
    assert made(german) == [FILE]
    (german.folder / "output" / "manifest.json").write_text("nonsense")
    assert made(german) == [FILE, "en/after-a4.pdf"]


def test_records_survive_builds_of_other_editions(german: Any) -> None:
    made(german)
    assert made(german, "-l", "de_AT", "-f", "letter") == ["de_AT/after-letter.pdf"]
    assert sorted(german.manifest) == [FILE, "de_AT/after-letter.pdf", "en/after-a4.pdf"]


def test_a_comment_in_a_catalog_changes_its_digest_and_no_page(german: Any) -> None:
    path = german.folder / "locales" / "de_AT" / "LC_MESSAGES" / "handouts.po"
    made(german)
    before = german.manifest[FILE]
    path.write_text(path.read_text("utf-8") + "\n# a comment\n", encoding="utf-8")
    assert made(german) == []
    after = german.manifest[FILE]
    assert (after["code"], after["sha256"]) == (before["code"], before["sha256"])
    assert after["inputs"]["catalogs"] != before["inputs"]["catalogs"]


def test_the_record_of_an_edition(german: Any) -> None:
    made(german)
    record = german.manifest[FILE]
    pdf = (german.folder / "output" / FILE).read_bytes()
    po = german.folder / "locales" / "de_AT" / "LC_MESSAGES" / "handouts.po"
    assert record["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert (record["handout"], record["locale"], record["format"]) == (
        "after",
        "de-AT",
        "a4",
    )
    assert (record["version"], record["pages"], record["draft"]) == ("1.0", 1, False)
    assert record["code"] == record["inputs"]["digest"][:8].upper()
    assert sorted(record["fonts"]) == ["NotoSans-Bold", "NotoSans-Regular"]
    messages = record["messages"]
    assert messages["used"] == messages["unreviewed"] > messages["missing"] > 0
    assert [one["code"] for one in record["warnings"]] == ["furniture-untranslated"]
    inputs = record["inputs"]
    assert inputs["catalogs"] == {
        "locales/de_AT/LC_MESSAGES/handouts.po": hashlib.sha256(
            po.read_bytes()
        ).hexdigest()
    }
    assert "templates/handouts/after.html" in inputs["templates"]
    assert "templates/layouts/leaflet.html" in inputs["templates"]
    assert str(Path(german.folder)) not in str(record)


def test_the_code_is_on_the_page(german: Any) -> None:
    from handouts.pdf import page_texts

    made(german)
    pages = page_texts((german.folder / "output" / FILE).read_bytes())
    text = "".join("".join(pages).split())  # it is printed in two groups of four
    assert german.manifest[FILE]["code"] in text
