"""The date inside: the content's, never later than SOURCE_DATE_EPOCH."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.build.dates import content_date
from handouts.cli.main import main

LATE = 1_900_000_000  # 2030-03-17
EARLY = 1_577_880_000  # 2020-01-01, noon


@pytest.mark.parametrize(
    ("written", "epoch_s", "date"),
    [
        ("2026-11", None, "2026-11"),
        ("2026-11", LATE, "2026-11"),
        ("2026-11", EARLY, "2020-01-01"),
        ("2026-11-20", EARLY, "2020-01-01"),
        ("2020-01", EARLY, "2020-01"),
        ("2020-01-02", EARLY, "2020-01-01"),
        ("2026-11", 0, "1970-01-01"),
    ],
)
def test_the_date_is_the_contents_or_earlier(
    written: str, epoch_s: int | None, date: str
) -> None:
    assert content_date(written, epoch_s) == date


def dates_in(pdf: bytes) -> set[str]:
    """Return every day that a file names, as `20261101`."""
    with pikepdf.open(BytesIO(pdf)) as document:
        told = [str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate")]
        xmp = document.Root.Metadata.read_bytes().decode()
    told += re.findall(r"<xmp:\w+Date>([^<]+)<", xmp)
    assert len(told) == 5
    return {re.sub(r"\D", "", one)[:8] for one in told}


def test_the_variable_reaches_the_file(german: Any, monkeypatch: Any) -> None:
    file = german.folder / "output" / "de_AT" / "after-a4.pdf"
    argv = ["-C", str(german.folder), "-l", "de_AT", "-q"]

    def made(epoch: str | None) -> bytes:
        if epoch is None:
            monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        else:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert main(argv) == 0
        return bytes(file.read_bytes())

    plain = made(None)
    assert made(str(LATE)) == plain
    early = made(str(EARLY))
    assert dates_in(early) == {"20200101"}
    assert dates_in(plain) != {"20200101"}
    assert made("") == plain


@pytest.mark.parametrize("value", ["soon", "-1", "1.5", "9" * 12, "0" * 9000, "٣"])
def test_a_variable_that_is_no_number_is_told(
    value: str, german: Any, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    assert main(["-C", str(german.folder), "-l", "de_AT"]) == 2
    assert f"SOURCE_DATE_EPOCH is `{value[:40]}`" in capsys.readouterr().err
    assert not Path(german.folder, "output", "de_AT").exists()
