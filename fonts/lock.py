"""Write `fonts.toml`, the lock of a font folder, from the files beside it.

A maintainer runs it after adding or refreshing a font; the program only reads what it
writes. Sizes, sha256, versions, families and weights come from the files; script, role
and origin are kept from the lock as it is. Needs fontTools.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import tarfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]  # no types

LOCK_NAME: Final = "fonts.toml"
LICENCE_NAME: Final = "OFL.txt"
HEADER: Final = "# Written by fonts/lock.py: change the fonts, not this file.\n"
KEPT: Final = ("script", "role", "package", "package_version", "integrity")
ORDER: Final = (
    "family",
    "weight",
    "script",
    "role",
    "file",
    "version",
    "size",
    "sha256",
    "licence",
    "licence_file",
    "package",
    "package_version",
    "integrity",
)

Entry = dict[str, str | int]


class LockError(Exception):
    """The folder and its lock do not fit together; the message says where."""


def read_entries(folder: Path) -> dict[str, Entry]:
    """Return the entries of the lock as it is, by file; none if there is no lock."""
    lock = folder / LOCK_NAME
    if not lock.exists():
        return {}
    entries = tomllib.loads(lock.read_text(encoding="utf-8")).get("font", [])
    return {str(entry["file"]): entry for entry in entries}


def refresh(folder: Path, old: Mapping[str, Entry]) -> list[Entry]:
    """Return the entry of every font file in `folder`, with the origin from `old`.

    Raises:
        LockError: a font without an entry, an entry without a font, or a font that the
            program would refuse.
    """
    files = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.ttf")}
    if unknown := sorted(files - old.keys()):
        raise LockError(
            f"`{unknown[0]}` has no [[font]] in {LOCK_NAME}: add one with `file`, "
            "`script`, `role`, `package`, `package_version` and `integrity`"
        )
    if gone := sorted(old.keys() - files):
        raise LockError(f"`{gone[0]}` is in {LOCK_NAME} but not in the folder")
    entries = [_entry(folder, name, old[name]) for name in files]
    return sorted(entries, key=lambda entry: (str(entry["family"]), int(entry["weight"])))


def _entry(folder: Path, name: str, old: Entry) -> Entry:
    licence_file = (PurePosixPath(name).parent / LICENCE_NAME).as_posix()
    if not (folder / licence_file).is_file():
        raise LockError(f"`{name}` has no {LICENCE_NAME} beside it")
    if lacking := [key for key in KEPT if key not in old]:
        raise LockError(f"the entry of `{name}` lacks `{lacking[0]}`")
    data = (folder / name).read_bytes()
    entry: Entry = {
        **{key: old[key] for key in KEPT},
        **_inside(folder / name),
        "file": name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "OFL-1.1",
        "licence_file": licence_file,
    }
    return {key: entry[key] for key in ORDER}


def _inside(path: Path) -> Entry:
    """Return what the font says of itself; refuse what the program would refuse."""
    with TTFont(path, lazy=True) as font:
        if "fvar" in font or "glyf" not in font or font["OS/2"].fsType != 0:
            raise LockError(f"`{path.name}` is variable, not TrueType, or not embeddable")
        name = font["name"]
        return {
            "family": str(name.getDebugName(16) or name.getDebugName(1)),
            "weight": int(font["OS/2"].usWeightClass),
            # Name 5 reads `Version 2.004-H2;hotconv 1.0.118;…`: only the number is the
            # version, the rest names the tools.
            "version": str(name.getDebugName(5)).split(";")[0].removeprefix("Version "),
        }


def take_package(folder: Path, entries: Mapping[str, Entry], tarball: Path) -> list[str]:
    """Replace the fonts that come from the package in `tarball`, and their licences.

    Returns:
        The files replaced; their entries carry the package's version and integrity.

    Raises:
        LockError: no entry names the package, or it lacks one of the files.
    """
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    with tarfile.open(tarball) as archive:
        about = json.loads(_member(archive, "package.json"))
        names = [name for name, e in entries.items() if e["package"] == about["name"]]
        if not names:
            raise LockError(f"no entry comes from the package `{about['name']}`")
        for name in names:
            (folder / name).write_bytes(_member(archive, PurePosixPath(name).name))
            licence = _member(archive, "LICENSE_FONT")
            (folder / name).with_name(LICENCE_NAME).write_bytes(licence)
            entries[name]["package_version"] = about["version"]
            entries[name]["integrity"] = f"sha512-{digest}"
    return names


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    for member in archive.getmembers():
        if member.isfile() and PurePosixPath(member.name).name == name:
            content = archive.extractfile(member)
            if content is not None:
                return content.read()
    raise LockError(f"the package has no `{name}`")


def to_toml(entries: Sequence[Entry]) -> str:
    """Return the text of the lock."""
    # A JSON string without control characters is a TOML basic string too.
    tables = (
        "[[font]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in entry.items())
        for entry in entries
    )
    return HEADER + "".join(f"\n{table}" for table in tables)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the lock; with `--check` say only whether it is up to date."""
    parser = argparse.ArgumentParser(description="Write fonts.toml from the font files.")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, exit 1 if stale"
    )
    parser.add_argument(
        "package", nargs="*", type=Path, help="packed npm packages to take new fonts from"
    )
    options = parser.parse_args(argv)
    if options.check and options.package:
        parser.error("--check writes nothing: give no packages")
    folder = options.folder
    try:
        old = read_entries(folder)
        before = {name: entry.get("sha256") for name, entry in old.items()}
        for tarball in options.package:
            take_package(folder, old, tarball)
        entries = refresh(folder, old)
    except LockError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    for entry in entries:
        if before[str(entry["file"])] != entry["sha256"]:
            sys.stderr.write(f"changed: {entry['file']}\n")
    text = to_toml(entries).encode()
    lock = folder / LOCK_NAME
    if options.check:
        return int(not lock.exists() or lock.read_bytes() != text)
    lock.write_bytes(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
