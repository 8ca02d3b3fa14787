"""What viewers give back: the figures of a page, and the pages that hold them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import pages, read_back
from benchmarks.__main__ import main
from benchmarks.pages import PEERS_PAGE, READ_BACK_PAGE, put
from benchmarks.read_back import Reading, drawn_messages, reading_table, recalls
from benchmarks.text_layer import Comparison, Score, block
from handouts.layout import DisplayList

WHOLE = Reading(mean=1.0, lowest=0.996, below=0)
ROWS = {
    "en": {"handouts": Score(mean=1.0, lowest=1.0), "other": Score(mean=1.0, lowest=1.0)},
    "ar": {
        "handouts": Score(mean=0.9, lowest=0.5),
        "other": Score(mean=0.95, lowest=0.6),
    },
    "de": {"handouts": Score(mean=1.0, lowest=1.0), "other": Score(mean=1.0, lowest=1.0)},
}


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> tuple[DisplayList, bytes]:
    """Return the drug's leaflet in Arabic, as it is read back."""
    from handouts.batch import Job
    from handouts.build import BuildRequest, open_workshop
    from handouts.diagnostics import Sink

    workshop = open_workshop(
        BuildRequest(project=tmp_path_factory.mktemp("clinic")), Sink()
    )
    assert workshop is not None
    job = Job(handout="ketamine-safety", locale="ar", format="a4")
    return read_back._made(workshop, job)


def test_locales_of_which_all_cells_agree_share_a_row() -> None:
    part = Reading(mean=0.9964, lowest=0.85, below=2)
    found = {
        "en": {"poppler": WHOLE, "PDFium": WHOLE},
        "ar": {"poppler": part, "PDFium": WHOLE},
        "de": {"poppler": WHOLE, "PDFium": WHOLE},
    }
    whole = "1.000, lowest 1.00, none below"
    assert reading_table(found).splitlines() == [
        "| locale | poppler | PDFium |",
        "|---|---|---|",
        f"| en de | {whole} | {whole} |",
        f"| ar | 0.996, lowest 0.85, 2 below | {whole} |",
    ]


def test_messages_are_drawn_in_logical_order(arabic: tuple[DisplayList, bytes]) -> None:
    display, _ = arabic
    drawn = ["".join(lines) for page in display.pages for lines in drawn_messages(page)]
    assert any("180" in text and "mmHg" in text for text in drawn)
    assert any(text.startswith("الكيتامين") for text in drawn)  # ketamine


def test_a_message_that_is_not_on_its_page_is_not_read_back(
    arabic: tuple[DisplayList, bytes],
) -> None:
    display, pdf = arabic
    texts = read_back.VIEWERS["PDFium"](pdf)
    found = dict(recalls(display, texts))
    assert min(found.values()) > read_back.LEAST
    lost = next(text for text in found if len(text) > 40)
    without = ["x" * len(text) for text in texts]
    assert dict(recalls(display, without))[lost] == 0


def test_the_leaflets_of_a_locale_are_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = read_back.VIEWERS["PDFium"]
    monkeypatch.setattr(read_back, "VIEWERS", {"PDFium": viewer})
    monkeypatch.setattr(read_back, "_HANDOUTS", ["pain-diary"])
    found = CliRunner().invoke(main, ["read-back", "-l", "en", "--paper", "letter"])
    assert found.exit_code == 0, found.output
    assert found.stdout.splitlines() == [
        "| locale | PDFium |",
        "|---|---|",
        "| en | 1.000, lowest 1.00, none below |",
    ]


def test_a_leaflet_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "_HANDOUTS", ["pain-diary"])
    monkeypatch.setattr(read_back, "CLINIC", '[policy]\nunsigned = "refuse"\n')
    with pytest.raises(SystemExit, match=r"signed"):
        read_back.read_back(["es"], "a4", tell=lambda _: None)


def test_settings_that_cannot_be_read_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_back, "CLINIC", "[")
    with pytest.raises(SystemExit, match=r"handouts\.toml"):
        read_back.read_back(["es"], "a4", tell=lambda _: None)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["read-back", "-l", "de", "--write"], "leave `-l` out"),
        (["text-layer", "-l", "de", "--write"], "leave `-l` out"),
        (["read-back", "--paper", "letter", "--write"], "leave `--paper` out"),
    ],
)
def test_pages_hold_every_locale(argv: list[str], told: str) -> None:
    found = CliRunner().invoke(main, argv)
    assert found.exit_code == 2
    assert told in found.output


def test_a_table_is_put_in_its_place(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = "a\n<!-- table: {} -->\nold\n<!-- end of table -->\nb\n"
    page.write_text(text.format("one") + text.format("two"), "utf-8")
    put(page, "two", "| new |")
    changed = text.format("two").replace("old", "| new |")
    assert page.read_text("utf-8") == text.format("one") + changed
    with pytest.raises(LookupError, match=r"page\.md has no table `three`"):
        put(page, "three", "| new |")


def test_the_tables_of_the_pages_are_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("READ_BACK_PAGE", "PEERS_PAGE"):
        copy = tmp_path / getattr(pages, name).name
        copy.write_bytes(getattr(pages, name).read_bytes())
        monkeypatch.setattr(pages, name, copy)
    readings = {"en": {"poppler": WHOLE, "PDFium": WHOLE}}
    names = ("poppler", "PDFium", "pypdf", "mupdf")
    versions = dict.fromkeys(("handouts", *names), "1")
    made = Comparison(
        sentences={"en": 7}, versions=versions, left_out=(),
        rows=dict.fromkeys(names, ROWS),
    )  # fmt: skip
    monkeypatch.setattr("benchmarks.read_back.read_back", lambda *_, **__: readings)
    monkeypatch.setattr("benchmarks.text_layer.compare", lambda *_, **__: made)
    assert CliRunner().invoke(main, ["read-back", "--write"]).exit_code == 0
    assert CliRunner().invoke(main, ["text-layer", "--write"]).exit_code == 1
    table = reading_table(readings)
    assert f"-->\n{table}\n<!--" in (tmp_path / READ_BACK_PAGE.name).read_text("utf-8")
    text = (tmp_path / PEERS_PAGE.name).read_text("utf-8")
    assert text.count(f"-->\n{block('poppler', ROWS, ours='handouts')}\n<!--") == 4


def test_no_page_is_written_if_somebody_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Comparison(sentences={}, versions={}, left_out=("Typst: no",), rows={})
    monkeypatch.setattr("benchmarks.text_layer.compare", lambda *_, **__: made)
    found = CliRunner().invoke(main, ["text-layer", "--write"])
    assert found.exit_code == 1
    assert found.output.endswith("Error: left out: Typst: no\n")


def test_a_page_says_where_another_engine_is_better() -> None:
    assert block("poppler", ROWS, ours="handouts").splitlines() == [
        "| locale | handouts | other |",
        "| --- | --- | --- |",
        "| ar | 0.900 (0.50) | **0.950** (0.60) |",
        "| en de | 1.000 (1.00) | 1.000 (1.00) |",
        "",
        "Not within 0.03: ar (0.900, other 0.950).",
    ]
    best = {"en": ROWS["en"]}
    assert block("poppler", best, ours="handouts").endswith("in every row.")
