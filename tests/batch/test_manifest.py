from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from handouts.batch import MANIFEST_NAME, Manifest, read_manifest, write_manifest

DIGEST = hashlib.sha256(b"pdf").hexdigest()
RECORD = {"file": "ar/x.pdf", "sha256": DIGEST, "code": "7F3A91C2"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "x.pdf").write_bytes(b"pdf")
    return tmp_path


def test_what_is_written_is_read_again(output: Path) -> None:
    write_manifest(output, Manifest(), [RECORD])
    assert read_manifest(output).editions == {"ar/x.pdf": RECORD}


def test_records_of_other_builds_stay_and_those_of_lost_files_go(output: Path) -> None:
    kept = Manifest({"ar/x.pdf": RECORD, "fa/gone.pdf": {"file": "fa/gone.pdf"}})
    (output / "he.pdf").write_bytes(b"")
    write_manifest(output, kept, [{"file": "he.pdf"}])
    assert list(read_manifest(output).editions) == ["ar/x.pdf", "he.pdf"]


def test_a_new_record_takes_the_place_of_the_old_one(output: Path) -> None:
    newer = {**RECORD, "code": "00000000"}
    write_manifest(output, Manifest({"ar/x.pdf": RECORD}), [newer])
    assert read_manifest(output).editions == {"ar/x.pdf": newer}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"schema": 2, "editions": []}', '{"schema": 1}',
        '{"schema": 1, "editions": [1]}', '{"schema": 1, "editions": [{"a": 1}]}',
        "[" * 100_000, "\N{SNOWMAN}",
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_an_empty_one(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / MANIFEST_NAME).write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path).editions == {}


def test_only_the_very_file_that_was_written_is_intact(output: Path) -> None:
    manifest = Manifest({"ar/x.pdf": RECORD, "gone.pdf": RECORD})
    assert manifest.intact("ar/x.pdf", output) == RECORD
    assert manifest.intact("gone.pdf", output) is None
    assert manifest.intact("unknown.pdf", output) is None
    (output / "ar" / "x.pdf").write_bytes(b"changed")
    assert manifest.intact("ar/x.pdf", output) is None
