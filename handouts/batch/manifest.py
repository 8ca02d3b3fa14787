"""`manifest.json`: what every edition in the output folder was made of.

An edition code on a printed page leads here, and from here to the inputs (recall).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from handouts.atomic import write_atomically

__all__ = ["MANIFEST_NAME", "SCHEMA", "Manifest", "read_manifest", "write_manifest"]

MANIFEST_NAME: Final = "manifest.json"
SCHEMA: Final = 1

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Records by file name, as `manifest.json` holds them."""

    editions: Mapping[str, Record] = field(default_factory=dict)

    def intact(self, file: str, folder: Path) -> Record | None:
        """Return the record of `file` if the file is still exactly what was written."""
        record = self.editions.get(file)
        if record is None:
            return None
        try:
            digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        except OSError:
            return None
        return record if digest == record.get("sha256") else None


def read_manifest(folder: Path) -> Manifest:
    """Return the folder's manifest; an empty one if there is none that can be read."""
    try:
        data = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        if data["schema"] != SCHEMA:
            return Manifest()
        return Manifest({str(one["file"]): dict(one) for one in data["editions"]})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Manifest()


def write_manifest(folder: Path, kept: Manifest, made: Iterable[Record]) -> None:
    """Write the manifest: `kept`, with the records of the editions that were made.

    Records of files that are gone go too.

    Raises:
        OSError: the old manifest is unchanged.
    """
    editions = {**kept.editions, **{str(record["file"]): record for record in made}}
    records = [editions[file] for file in sorted(editions) if (folder / file).is_file()]
    text = json.dumps(
        {"schema": SCHEMA, "editions": records}, ensure_ascii=False, indent=1
    )
    write_atomically(folder / MANIFEST_NAME, text.encode() + b"\n")
