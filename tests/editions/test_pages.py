"""One page of each locale as a small picture: what a person looked at and found right.

`pytest --update` draws them anew; look at each before it is committed. A picture is
compared in coarse grey, so that a renderer's smoothing does not matter and a moved
line, a lost box or other letters do.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from handouts.batch import Job
from handouts.build import BuildRequest, open_workshop
from handouts.build.edition import make, resolve
from handouts.diagnostics import Sink

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "golden" / "pages"
LOCALES = (
    "en",
    *sorted(
        p.parent.parent.name
        for p in ROOT.glob("locales/*/*/handouts.po")
        if p.parent.parent.name != "en_US"  # English with other words
    ),
)
SCALE = 0.6
MAX_BYTES = 20 * 1024
MAX_DIFFERENCE = 1.5
"""Mean difference of grey, of 255: a line moved by its height gives about 4."""

pytestmark = [pytest.mark.all_locales, pytest.mark.golden]


def drawn(locale: str, tmp_path: Path) -> Image.Image:
    """Return page 1 of a leaflet in coarse grey, the edition code left out."""
    sink = Sink()
    workshop = open_workshop(BuildRequest(project=tmp_path), sink)
    assert workshop is not None, sink.diagnostics
    job = Job(handout="ketamine-safety", locale=locale, format="a4")
    resolved = resolve(job, workshop, sink)
    assert resolved is not None, sink.diagnostics
    made = make(job, resolved, workshop, sink)
    assert made is not None, sink.diagnostics
    with pypdfium2.PdfDocument(made.pdf) as document:
        page = document[0].render(scale=SCALE).to_pil().convert("L")
    # The code in the footer changes with every change of the program.
    page.paste(255, (0, page.height - int(66 * SCALE), page.width, page.height))
    return page.quantize(16).convert("L")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_looks_as_it_did(
    locale: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = PICTURES / f"{locale}.png"
    now = drawn(locale, tmp_path)
    if request.config.getoption("--update"):
        path.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        now.quantize(16).save(buffer, "PNG", optimize=True)
        path.write_bytes(buffer.getvalue())
    assert path.stat().st_size <= MAX_BYTES
    with Image.open(path) as picture:
        before = picture.convert("L")
    assert before.size == now.size
    soft = [one.filter(ImageFilter.BoxBlur(1)) for one in (before, now)]
    difference = ImageStat.Stat(ImageChops.difference(*soft)).mean[0]
    assert difference <= MAX_DIFFERENCE


def test_a_moved_line_would_be_seen(tmp_path: Path) -> None:
    page = drawn("en", tmp_path)
    moved = ImageChops.offset(page, 0, round(8 * SCALE))
    soft = [one.filter(ImageFilter.BoxBlur(1)) for one in (page, moved)]

    assert ImageStat.Stat(ImageChops.difference(*soft)).mean[0] > 2 * MAX_DIFFERENCE
