"""Whole runs: every edition that is asked for, made or only checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from handouts.batch import (
    Job,
    Manifest,
    Outcome,
    Status,
    plan,
    read_manifest,
    remove_output,
    run,
    write_atomically,
    write_manifest,
)
from handouts.build.edition import make, resolve
from handouts.build.request import BuildRequest
from handouts.build.workshop import (
    SOURCE_LOCALE,
    Workshop,
    font_diagnostic,
    known_locale,
    open_workshop,
)
from handouts.catalog.model import Key
from handouts.diagnostics import Diagnostic, HandoutsError, Severity, Sink
from handouts.document import unmarked_safety
from handouts.fonts import FontError
from handouts.layout import KNOWN_FORMATS
from handouts.templating import reached

__all__ = ["build_all", "check_all", "jobs_for"]

Step = Callable[[Outcome, int], None]


def jobs_for(workshop: Workshop, request: BuildRequest, sink: Sink) -> tuple[Job, ...]:
    """Return the editions that `request` asks for; unknown names go to `sink`."""
    known = workshop.templates.handouts()
    settings = workshop.settings.build
    handouts = _known(request.handouts or known, known, "handout", sink)
    formats = _known(
        request.formats or settings.formats, tuple(KNOWN_FORMATS), "format", sink
    )
    wanted = request.locales or settings.locales
    present = workshop.locales()
    locales: list[str] = []
    for name in wanted or present:
        locale = known_locale(name, workshop, sink)
        if locale is None:
            continue
        if locale not in present:
            sink.report(_no_catalog(locale))
            continue
        locales.append(locale)
    return plan(handouts, locales, formats)


def _known(
    names: tuple[str, ...], known: tuple[str, ...], kind: str, sink: Sink
) -> list[str]:
    for name in names:
        if name not in known:
            sink.report(
                Diagnostic(
                    code=f"unknown-{kind}",
                    message=f"there is no {kind} `{name}`",
                    hint=f"choose from: {', '.join(known) or 'none'}",
                )
            )
    return [name for name in names if name in known]


def _no_catalog(locale: str) -> Diagnostic:
    return Diagnostic(
        code="missing-catalog",
        message=f"there is no catalog for `{locale}`",
        hint=f"make one with `python make_handouts.py init {locale}`",
        locale=locale,
    )


def build_all(
    workshop: Workshop, request: BuildRequest, sink: Sink, step: Step
) -> Iterator[Outcome]:
    """Make every edition that is asked for, yielding each as it ends; keep the manifest.

    `step` is told of each outcome and how many there are in all.
    """
    assert request.output is not None
    jobs = jobs_for(workshop, request, sink)
    output = request.output
    if not _usable(output, sink):
        return
    manifest = read_manifest(output)
    work = partial(_work, request, manifest if not request.force else Manifest())
    jobs_at_once = request.jobs if request.jobs is not None else workshop.settings.build.jobs
    changed: dict[str, Mapping[str, object] | None] = {}
    try:
        for outcome in run(
            jobs, work, workers=jobs_at_once, start=partial(_start, request)
        ):
            changed[outcome.job.file] = outcome.record
            step(outcome, len(jobs))
            yield outcome
    finally:
        _keep_manifest(output, manifest, changed, sink)


def _usable(output: Path, sink: Sink) -> bool:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sink.report(_cannot_write(output, error))
        return False
    return True


def _keep_manifest(
    output: Path,
    manifest: Manifest,
    changed: Mapping[str, Mapping[str, object] | None],
    sink: Sink,
) -> None:
    try:
        write_manifest(output, manifest, changed.items())
    except OSError as error:
        sink.report(_cannot_write(output / "manifest.json", error))


def _cannot_write(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        code="cannot-write",
        message=f"`{path}` cannot be written: {error.strerror or error}",
        hint="free some space, or name another folder with `--output`",
        file=str(path),
    )


# In a worker process: opened once, then used for every job that comes.
_OPEN: Final[dict[BuildRequest, Workshop]] = {}


def _start(request: BuildRequest) -> None:
    """Open the workshop of this process."""
    if request not in _OPEN:
        workshop = open_workshop(request, Sink())
        if workshop is None:
            raise HandoutsError("the settings changed while the build was running")
        _OPEN.clear()
        _OPEN[request] = workshop


def _work(request: BuildRequest, manifest: Manifest, job: Job) -> Outcome:
    """Make one edition and write it; never raises for an author's mistake."""
    sink = Sink()
    workshop = _OPEN[request]
    assert request.output is not None
    path = request.output / job.file
    try:
        status, record = _made(job, workshop, manifest, request.output, sink)
    except FontError as error:
        sink.report(font_diagnostic(error))
        status, record = Status.REFUSED, None
    except OSError as error:
        sink.report(_cannot_write(path, error))
        status, record = Status.REFUSED, None
    if status is Status.REFUSED and remove_output(path):
        sink.report(_removed(path))
    return Outcome(
        job=job, status=status, diagnostics=_located(sink, job), record=record
    )


def _made(
    job: Job, workshop: Workshop, manifest: Manifest, output: Path, sink: Sink
) -> tuple[Status, dict[str, object] | None]:
    resolved = resolve(job, workshop, sink)
    if resolved is None or sink.has_errors:
        return Status.REFUSED, None
    kept = manifest.intact(job.file, output)
    if kept is not None and kept.get("inputs") == resolved.digest:
        return Status.UNCHANGED, dict(kept)
    made = make(job, resolved, workshop, sink)
    if made is None:
        return Status.REFUSED, None
    write_atomically(output / job.file, made.pdf)
    return Status.WRITTEN, made.record


def _located(sink: Sink, job: Job) -> tuple[Diagnostic, ...]:
    """Add where a finding was made. What a catalog or font lacks belongs to no handout."""
    return tuple(
        replace(
            one,
            locale=one.locale or job.locale,
            handout=one.handout or (job.handout if one.msgid or not one.file else None),
        )
        for one in sink
    )


def _removed(path: Path) -> Diagnostic:
    return Diagnostic(
        code="older-file-removed",
        severity=Severity.WARNING,
        message=f"`{path.name}` of an earlier build was removed: it no longer holds",
        hint="mend the errors and build again",
    )


def check_all(workshop: Workshop, request: BuildRequest, sink: Sink) -> None:
    """Report everything that can be found without making a page."""
    jobs = jobs_for(workshop, request, sink)
    asked: set[Key] = set()
    for locale in dict.fromkeys(job.locale for job in jobs):
        sink.extend(workshop.vetted(locale)[1])
    first_format = next((job.format for job in jobs), None)
    for job in jobs:
        if job.format != first_format:
            continue
        found = Sink()
        resolved = resolve(job, workshop, found)
        sink.extend(_located(found, job))
        if resolved is not None:
            asked |= reached(resolved.expansion)
            if job.locale == SOURCE_LOCALE:
                sink.extend(unmarked_safety(resolved.document))
    if not request.handouts and not request.locales and first_format is not None:
        _report_unreachable(workshop, asked, sink)
    _check_fonts(workshop, sink)


def _report_unreachable(workshop: Workshop, asked: set[Key], sink: Sink) -> None:
    for source in workshop.sources:
        if source.key in asked:
            continue
        file, line = source.references[0] if source.references else (None, None)
        sink.report(
            Diagnostic(
                code="unreachable-message",
                severity=Severity.WARNING,
                message=f"no handout shows `{source.key.msgid}`",
                hint="remove it from the template, or use the block or macro it stands in",
                file=file,
                line=line,
                msgid=source.key.msgid,
            )
        )


def _check_fonts(workshop: Workshop, sink: Sink) -> None:
    """Verify every font file against the lock."""
    for record in workshop.library.records:
        try:
            workshop.library.face(record.family, record.weight)
        except FontError as error:
            sink.report(font_diagnostic(error))

