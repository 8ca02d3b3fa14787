"""`verify`: finished files proved again, and held against the manifest beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.batch import MANIFEST_NAME, read_manifest
from handouts.diagnostics import Diagnostic, Severity
from handouts.pdf import Verified, verify_pdf

__all__ = ["VerifiedFile", "verify_files"]

MAX_BYTES: Final = 64 << 20
"""A leaflet has a tenth of a megabyte."""
_FOLDERS_UP: Final = 2
"""An edition lies in a folder of its locale; the manifest beside that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedFile:
    """What became of one file; `summary` says which edition it is."""

    file: str
    summary: str
    findings: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """True if the file may be handed out."""
        return not any(one.is_error for one in self.findings)


def verify_files(paths: Sequence[Path]) -> Iterator[VerifiedFile]:
    """Prove each file by itself, and that it is the one its manifest tells of."""
    for path in paths:
        shown = path.as_posix()
        try:
            data = _read(path)
        except OSError as error:
            fact = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
            hint = "see whether it is there and may be read"
            one = Diagnostic(code="unreadable-file", message=fact, hint=hint, file=shown)
            yield VerifiedFile(file=shown, summary="", findings=(one,))
            continue
        verified = verify_pdf(data)
        found = (*verified.faults, *_against_manifest(path, data, verified))
        yield VerifiedFile(
            file=shown,
            summary=_summary(verified),
            findings=tuple(replace(one, file=shown) for one in dict.fromkeys(found)),
        )


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(None, f"it has more than {MAX_BYTES >> 20} MiB")
    return data


def _summary(verified: Verified) -> str:
    own = verified.identity
    if not own:
        return ""
    names = ("Handout", "Locale", "Format", "Version")
    words = " ".join(own[name] for name in names if name in own)
    pages = "1 page" if verified.pages == 1 else f"{verified.pages} pages"
    return f"{words}, code {own.get('EditionCode', 'unknown')}, {pages}"


def _against_manifest(
    path: Path, data: bytes, verified: Verified
) -> Iterator[Diagnostic]:
    """Yield where a file is not what the manifest beside or above it tells of."""
    whole = path.resolve()
    for folder in whole.parents[:_FOLDERS_UP]:
        if not (folder / MANIFEST_NAME).is_file():
            continue
        record = read_manifest(folder).editions.get(whole.relative_to(folder).as_posix())
        if record is None:
            yield Diagnostic(
                code="unlisted-file",
                severity=Severity.WARNING,
                message=f"`{MANIFEST_NAME}` does not know the file",
                hint="it was renamed, or added by hand: see where it comes from",
            )
        elif record.get("sha256") != hashlib.sha256(data).hexdigest():
            yield Diagnostic(
                code="changed-file",
                message=f"the file is not the one that `{MANIFEST_NAME}` tells of",
                hint="it was changed after it was built: build the edition again",
            )
        elif verified.identity and record.get("code") != verified.identity.get(
            "EditionCode"
        ):
            yield Diagnostic(
                code="wrong-identity",
                message=f"`{MANIFEST_NAME}` tells of the edition {record.get('code')}",
                hint="the manifest was changed: build the edition again",
            )
        return
