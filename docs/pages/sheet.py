"""Contact sheets of what a build wrote: `python docs/pages/sheet.py output docs/pages`.

One sheet a leaflet, `sheet-<handout>.png`: its first page in every locale, in the order
of the locales' names, with `--all` every page. People look at them before a release.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import pypdfium2
from PIL import Image

SCALE = 0.42
COLUMNS = 8
GAP = 8
GROUND = (120, 128, 130)


def pages_of(file: Path, *, every: bool) -> list[Image.Image]:
    """Return a leaflet's pages as small pictures, only the first unless `every`."""
    with pypdfium2.PdfDocument(file) as document:
        count = len(document) if every else 1
        return [
            document[at].render(scale=SCALE).to_pil().convert("RGB")
            for at in range(count)
        ]


def sheet_of(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side, in rows, on a grey ground."""
    width = max(picture.width for picture in pictures) + GAP
    height = max(picture.height for picture in pictures) + GAP
    rows = -(-len(pictures) // COLUMNS)
    columns = min(COLUMNS, len(pictures))
    sheet = Image.new("RGB", (columns * width + GAP, rows * height + GAP), GROUND)
    for at, picture in enumerate(pictures):
        row, column = divmod(at, COLUMNS)
        sheet.paste(picture, (column * width + GAP, row * height + GAP))
    return sheet


def main() -> None:
    """Write a sheet for each leaflet that the manifest names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="the folder that a build wrote")
    parser.add_argument("target", type=Path, help="where the sheets go")
    parser.add_argument("--all", action="store_true", help="every page, not only page 1")
    options = parser.parse_args()
    manifest = json.loads((options.output / "manifest.json").read_text("utf-8"))
    found: dict[str, list[Path]] = defaultdict(list)
    for edition in sorted(manifest["editions"], key=lambda one: one["file"]):
        found[edition["handout"]].append(options.output / edition["file"])
    options.target.mkdir(parents=True, exist_ok=True)
    for handout, files in found.items():
        pictures = [page for file in files for page in pages_of(file, every=options.all)]
        name = options.target / f"sheet-{handout}.png"
        sheet_of(pictures).quantize(48).save(name, optimize=True)
        print(f"{name}: {len(pictures)} pages")  # noqa: T201  # its one answer


if __name__ == "__main__":
    main()
