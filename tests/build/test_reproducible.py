"""Same inputs, same bytes: in any folder, time zone, hash seed, number of workers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ARABIC = {  # after your treatment / for patients / at home / rest and drink water
    "After your treatment": "بعد علاجك",
    "For patients": "للمرضى",
    "At home": "في المنزل",
    "Rest and drink water.": "استرح واشرب الماء.",
}
PLURALS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)


def digests(folder: Path, *argv: str, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "make_handouts.py"), "-C", str(folder), "-q", *argv],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    data = json.loads((folder / "output" / "manifest.json").read_text("utf-8"))
    return {one["file"]: one for one in data["editions"]}


def test_the_bytes_do_not_depend_on_where_and_how(german: Any, tmp_path: Path) -> None:
    german.add_catalog("ar", ARABIC, plural_forms=PLURALS)
    other = tmp_path / "ein anderer Ort" / "über"
    shutil.copytree(german.folder, other)
    first = digests(german.folder, "-j", "1", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    second = digests(
        other, "-j", "2", PYTHONHASHSEED="77", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8"
    )
    assert first == second
    assert sorted(first) == ["ar/after-a4.pdf", "de_AT/after-a4.pdf", "en/after-a4.pdf"]
    for file in first:
        whole = (german.folder / "output" / file).read_bytes()
        assert whole == (other / "output" / file).read_bytes()
