"""Whole runs: every edition that is asked for, made or only checked."""

from __future__ import annotations

import gc
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from handouts.batch import (
    Each,
    Job,
    Manifest,
    Outcome,
    Start,
    Status,
    read_manifest,
    remove_output,
    run,
    sweep,
    write_atomically,
    write_manifest,
)
from handouts.build.edition import Resolved, make, proved, resolve
from handouts.build.reach import unreached
from handouts.build.record import inputs_of, recorded_warnings
from handouts.build.request import BuildRequest
from handouts.build.seen import Seen, lacks_glyphs, looked_at
from handouts.build.selection import jobs_for, known_handouts
from handouts.build.workshop import (
    SOURCE_LOCALE,
    Extracted,
    Workshop,
    font_diagnostic,
    open_workshop,
)
from handouts.catalog import TemplateMessages
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document import unmarked_safety
from handouts.fonts import FontError, FontRecord

__all__ = ["build_all", "check_all", "fault_diagnostic"]

Step = Callable[[Outcome, int], None]
_SHARES: Final = 16
"""Into so many shares the templates fall that the processes read."""
_GC_THRESHOLD_TO_CHECK: Final = (500_000, 20, 50)
"""What is read stays to the end, and no page is laid out, which leaves cycles behind."""


def build_all(
    workshop: Workshop, request: BuildRequest, sink: Sink, step: Step
) -> Iterator[Outcome]:
    """Make every edition that is asked for, yielding each as it ends; keep the manifest.

    `step` is told of each outcome and how many there are in all.
    """
    assert request.output is not None
    output = request.output
    if not _is_usable(output, sink):
        return
    manifest = read_manifest(output)
    made: list[dict[str, object]] = []
    try:
        for outcome in _run(workshop, request, manifest, sink, step):
            if outcome.record is not None:
                made.append(outcome.record)
            else:
                sweep(output / outcome.job.file)
            yield outcome
    finally:
        try:
            write_manifest(output, manifest, made)
        except OSError as error:
            sink.report(_cannot_write("manifest.json", error))


def check_all(
    workshop: Workshop, request: BuildRequest, sink: Sink, step: Step
) -> Iterator[Outcome]:
    """Report what keeps editions from being built; write nothing.

    Pages are laid out only if `request.pages` asks for it (docs/decisions/0010).
    """
    seen = Seen()
    _collect_less(request)
    fonts = Sink()
    verifying = _verified(workshop, fonts)
    for outcome in _run(workshop, request, Manifest(), sink, step):
        seen.take(outcome)
        yield outcome
        next(verifying, None)  # while the workers are at the next editions
    sink.extend(seen.rest(workshop))
    if request.today is not None:
        handouts = known_handouts(request.handouts, workshop, Sink())
        sink.extend(seen.overdue(workshop, handouts, request.today))
    if not request.handouts:
        sink.extend(seen.source_findings(workshop))
        sink.extend(unreached(workshop, seen.shown(workshop)))
    deque(verifying, maxlen=0)
    sink.extend(fonts)


def _collect_less(request: BuildRequest) -> None:
    """Look for garbage seldom in a process that lays out no page."""
    if request.output is None and not request.pages:
        gc.set_threshold(*_GC_THRESHOLD_TO_CHECK)


def _run(
    workshop: Workshop, request: BuildRequest, manifest: Manifest, sink: Sink, step: Step
) -> Iterator[Outcome]:
    jobs = jobs_for(workshop, request, sink)
    _OPEN[:] = [_Open(workshop, Manifest() if request.force else manifest, is_told=True)]
    first = jobs[0].locale if jobs else SOURCE_LOCALE
    handouts = tuple(dict.fromkeys(job.handout for job in jobs))
    with TemporaryDirectory(prefix="handouts-") as compiled:
        shared = _Shared(os.getpid(), request, _OPEN[0].manifest, first, Path(compiled))
        places = {job: place for place, job in enumerate(jobs)}
        for outcome in run(
            jobs,
            _work,
            workers=workshop.settings.build.jobs,
            start=partial(_start, shared),
            brief=partial(_brief, workshop, first, handouts),
        ):
            step(outcome, len(jobs))
            yield replace(outcome, place=places[outcome.job])


def _is_usable(output: Path, sink: Sink) -> bool:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sink.report(
            Diagnostic(
                code="unusable-output",
                message=f"the output folder cannot be made: {_reason(error)}",
                hint="name another folder with `--output`",
                file=str(output),
            )
        )
        return False
    return True


def _cannot_write(file: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        code="cannot-write",
        message=f"`{file}` cannot be written: {_reason(error)}",
        hint="free some space, or name another folder with `--output`",
        file=file,
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


class _Open(NamedTuple):
    """What one process works with: opened once, then used for every job that comes.

    `is_told`: the workshop knows, or finds itself, what the templates ask for.
    """

    workshop: Workshop | None
    manifest: Manifest
    is_told: bool = False


_OPEN: list[_Open] = []


class _Shared(NamedTuple):
    """What every process begins with.

    The catalogs of `first`, a locale, can be read before the templates' messages come;
    the processes leave each other the templates they compile in `compiled`, a folder.
    `process` is the one that runs the build.
    """

    process: int
    request: BuildRequest
    manifest: Manifest
    first: str
    compiled: Path


def _start(shared: _Shared) -> None:
    """Open the workshop of this process, unless it has one of the one that forked it."""
    if not _OPEN:
        opened = open_workshop(shared.request, Sink())
        _OPEN.append(_Open(opened, shared.manifest))
        _collect_less(shared.request)
        if opened is not None:
            opened.read_ahead(shared.first)
    workshop = _OPEN[0].workshop
    if workshop is not None and os.getpid() != shared.process:
        workshop.templates.share(shared.compiled)


def _brief(
    workshop: Workshop,
    first: str,
    handouts: Sequence[str],
    each: Each,
    is_shared: bool,
) -> Start:
    """Let all processes read the templates; return what tells each what was found.

    If they share what this process has, it reads the catalogs of `first` meanwhile, and
    loads what is loaded but once.
    """
    size = -(-len(handouts) // _SHARES) or 1
    shares = [handouts[at : at + size] for at in range(0, len(handouts), size)]
    answers = each(_messages, shares)
    if is_shared and handouts:
        workshop.read_ahead(first)
        workshop.load_faces(first)
    workshop.know(handouts, (one for share in answers for one in share or ()))
    return partial(_told, workshop.extracted)


def _messages(handouts: Sequence[str]) -> tuple[TemplateMessages, ...] | None:
    """Return what these handouts' templates ask for, which this process then knows."""
    workshop = _OPEN[0].workshop
    return workshop.templates.messages(handouts, alone=True) if workshop else None


def _told(extracted: Extracted) -> None:
    """Take what has been found in all templates."""
    workshop, manifest, is_told = _OPEN[0]
    if workshop is not None and not is_told:
        _OPEN[:] = [_Open(replace(workshop, given=extracted), manifest, is_told=True)]


def _work(job: Job) -> Outcome:
    """Make or check one edition; never raises, for an author's mistake or ours."""
    sink = Sink()
    workshop, manifest, _ = _OPEN[0]
    if workshop is None:
        sink.report(_changed_meanwhile())
        return _outcome(job, Status.REFUSED, sink)
    try:
        return _made(job, workshop, manifest, sink)
    except FontError as error:
        sink.report(font_diagnostic(error))
    except Exception as error:  # noqa: BLE001  # one edition's fault must not cost the others
        sink.report(fault_diagnostic(error))
    return _outcome(job, Status.REFUSED, sink)


def _made(job: Job, workshop: Workshop, manifest: Manifest, sink: Sink) -> Outcome:
    output = workshop.request.output
    resolved = resolve(job, workshop, sink)
    if output is None:
        return _checked(job, resolved, workshop, sink)
    if resolved is None or sink.has_errors:
        return _refused(job, output, sink)
    kept = manifest.intact(job.file, output)
    inputs = inputs_of(job, workshop, resolved.digest)
    if kept is not None and _digest_in(kept) == resolved.digest:
        sink.extend(list(recorded_warnings(kept, sink)))
        return _outcome(job, Status.UNCHANGED, sink, {**kept, "inputs": inputs})
    made = make(job, resolved, workshop, sink)
    if made is None:
        return _refused(job, output, sink)
    try:
        write_atomically(output / job.file, made.pdf)
    except OSError as error:  # an edition of an earlier build stays as it was
        sink.report(_cannot_write(job.file, error))
        return _outcome(job, Status.REFUSED, sink)
    return _outcome(job, Status.WRITTEN, sink, made.record)


def _digest_in(record: object) -> object:
    inputs = record.get("inputs") if isinstance(record, dict) else None
    return inputs.get("digest") if isinstance(inputs, dict) else None


def _checked(
    job: Job, resolved: Resolved | None, workshop: Workshop, sink: Sink
) -> Outcome:
    if resolved is not None:
        if job.locale == SOURCE_LOCALE:
            sink.extend(unmarked_safety(resolved.document))
        is_laid_out = workshop.request.pages or lacks_glyphs(resolved, workshop)
        if is_laid_out and not sink.has_errors:
            proved(job, resolved, workshop, sink)
    status = Status.REFUSED if sink.has_errors else Status.CHECKED
    outcome = _outcome(job, status, sink)
    return replace(outcome, told=looked_at(job, resolved, workshop))


def _refused(job: Job, output: Path, sink: Sink) -> Outcome:
    """Refuse an edition; one that an earlier build wrote no longer holds and goes."""
    if remove_output(output / job.file):
        sink.report(
            Diagnostic(
                code="older-file-removed",
                severity=Severity.WARNING,
                message=f"`{job.file}` of an earlier build was removed",
                hint="mend the errors and build again",
            )
        )
    return _outcome(job, Status.REFUSED, sink)


def _outcome(
    job: Job, status: Status, sink: Sink, record: dict[str, object] | None = None
) -> Outcome:
    """Return the outcome, each finding with its edition.

    What a catalog or a font lacks belongs to no handout.
    """
    located = tuple(
        replace(
            one,
            locale=one.locale or job.locale,
            handout=one.handout or (job.handout if one.msgid or not one.file else None),
        )
        for one in sink
    )
    return Outcome(job=job, status=status, diagnostics=located, record=record)


def _changed_meanwhile() -> Diagnostic:
    return Diagnostic(
        code="internal-fault",
        message="the settings or the fonts changed while the build was running",
        hint="build again",
    )


def fault_diagnostic(error: Exception) -> Diagnostic:
    """Return a fault of the program as a finding: it must not cost the rest."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return Diagnostic(
        code="internal-fault",
        message=f"the program failed: {type(error).__name__}: {error}",
        hint="this is a fault of the program: please report it with this text",
        notes=(f"in {Path(frame.filename).name}:{frame.lineno}, {frame.name}",),
    )


def _verified(workshop: Workshop, sink: Sink) -> Iterator[FontRecord]:
    """Verify every font file against the lock, one for each that is asked for."""
    for record in workshop.library.records:
        try:
            workshop.library.face(record.family, record.weight)
        except FontError as error:
            sink.report(font_diagnostic(error))
        yield record
