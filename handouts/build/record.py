"""What an edition is made of, as digests: for the cache, the edition code and recall."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handouts.batch import Job
from handouts.build.dates import content_date
from handouts.build.judge import UNUSABLE
from handouts.build.program import program_digest
from handouts.build.workshop import Workshop, digest_of
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document import Document
from handouts.languages import Language
from handouts.templating import Expansion

if TYPE_CHECKING:
    from handouts.layout import DisplayList

__all__ = ["edition_digest", "edition_record", "inputs_of", "recorded_warnings"]

_FIELDS: Final = ("code", "message", "hint", "file", "line", "column", "msgid")


def edition_digest(
    job: Job, expansion: Expansion, workshop: Workshop, *, stamp: bool
) -> str:
    """Return the digest of all that decides the bytes of one edition."""
    settings = workshop.settings
    parts = (
        workshop.digest,
        job.handout,
        job.locale,
        job.format,
        expansion.markup,
        repr(settings.style),
        settings.digits,
        _logo_digest(workshop),
        ",".join(workshop.terms),
        str(stamp),
        *_clamped_date(expansion, workshop),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _clamped_date(expansion: Expansion, workshop: Workshop) -> tuple[str, ...]:
    """Return the date inside where it is not the content's own (SOURCE_DATE_EPOCH)."""
    written = str(expansion.variables["written"])
    date = content_date(written, workshop.request.epoch_s)
    return () if date == written else (date,)


def inputs_of(job: Job, workshop: Workshop, digest: str) -> dict[str, object]:
    """Return the digests of the files and settings that went into an edition."""
    return {
        "digest": digest,
        "program": program_digest(),
        "settings": _settings_digest(workshop),
        "catalogs": dict(workshop.messages(job.locale).files),
        "templates": _template_digests(job, workshop),
    }


def _settings_digest(workshop: Workshop) -> str:
    """Return the digest of what the clinic set, wherever its folder lies."""
    given = workshop.settings.given
    values = [
        (path, given[path]) for path in sorted(given) if not path.startswith("build.")
    ]
    return hashlib.sha256(f"{values} {_logo_digest(workshop)}".encode()).hexdigest()


def _logo_digest(workshop: Workshop) -> str:
    logo = workshop.settings.clinic.logo
    return digest_of(logo.path) if logo else ""


def _template_digests(job: Job, workshop: Workshop) -> dict[str, str]:
    own = f"handouts/{job.handout}.html"
    files = {own: workshop.template_file(own), **workshop.shared_templates}
    found = sorted(files.items())
    return {f"templates/{name}": _digest_as_of(path) for name, path in found if path}


def _digest_as_of(path: Path) -> str:
    """Return the sha256 of a file that most editions share, read when it changes."""
    try:
        now = path.stat()
    except OSError:
        return digest_of(path)
    return _digest(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=256)
def _digest(path: Path, changed_ns: int, size: int) -> str:
    del changed_ns, size  # what it is kept by
    return digest_of(path)


def edition_record(
    job: Job,
    *,
    document: Document,
    expansion: Expansion,
    language: Language,
    display: DisplayList,
    pdf: bytes,
    code: str,
    is_draft: bool,
    is_signed: bool,
    inputs: Mapping[str, object],
    proof: Mapping[str, object],
    sink: Sink,
) -> dict[str, object]:
    """Return what the manifest says of a finished edition."""
    faces = {placed.run.face for page in display.pages for placed in page.placed()}
    used = {lookup.key for lookup in document.lookups}
    missing = {lookup.key for lookup in document.lookups if lookup.state in UNUSABLE}
    return {
        "file": job.file,
        "handout": job.handout,
        "locale": language.tag,
        "format": job.format,
        "version": str(expansion.variables["version"]),
        "code": code,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": len(display.pages),
        "body_pt": display.size_pt,
        "draft": is_draft,
        "fonts": {face.key: face.sha256 for face in sorted(faces, key=lambda f: f.key)},
        # A signature stands for the whole text of an edition.
        "messages": {
            "used": len(used),
            "missing": len(missing),
            "unreviewed": 0 if is_signed else len(used),
        },
        "proof": dict(proof),
        "warnings": [{name: getattr(one, name) for name in _FIELDS} for one in sink],
        "inputs": dict(inputs),
    }


def recorded_warnings(record: Mapping[str, object], known: Sink) -> Iterator[Diagnostic]:
    """Yield the warnings of an unchanged edition that only making it could find.

    They still hold: a second build must not be quieter than the first. `known` are
    those found again already.
    """
    seen = {_place(one) for one in known}
    listed = record.get("warnings")
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, dict):
            continue
        values: dict[str, Any] = {name: entry.get(name) for name in _FIELDS}
        one = Diagnostic(severity=Severity.WARNING, **values)
        if _place(one) not in seen:
            yield one


def _place(one: Diagnostic) -> tuple[object, ...]:
    return one.code, one.message, one.file, one.line
