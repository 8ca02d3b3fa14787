"""One edition: the stages in order, one call each, and the gates between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from handouts import layout, pdf  # both loaded when pages are made
from handouts.batch import Job
from handouts.build.context import context_of
from handouts.build.dates import content_date
from handouts.build.documents import document_of
from handouts.build.judge import judge_messages, judge_signature, report_files
from handouts.build.proving import proof_record
from handouts.build.record import edition_digest, edition_record, inputs_of
from handouts.build.signing import Standing, standing_of
from handouts.build.workshop import SOURCE_LOCALE, Workshop, is_source_language
from handouts.catalog import Role
from handouts.config import Logo, Settings
from handouts.diagnostics import Diagnostic, Sink
from handouts.document import Document
from handouts.languages import Language, to_digits
from handouts.templating import Expansion, Signed, expand

__all__ = [
    "Made", "Resolved", "Written", "finish", "make", "proved", "resolve", "write",
]  # fmt: skip

_CODE_DIGITS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An edition before layout: its document, and the digest of what it is made of."""

    document: Document
    expansion: Expansion
    language: Language
    digest: str
    is_draft: bool
    standing: Standing

    @property
    def code(self) -> str:
        """The edition code, eight characters, as it is printed on every page."""
        return self.digest[:_CODE_DIGITS].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished edition: the PDF's bytes and what the manifest says of it."""

    pdf: bytes
    record: dict[str, object]


def resolve(
    job: Job, workshop: Workshop, sink: Sink, *, allow: frozenset[str] = frozenset()
) -> Resolved | None:
    """READ, CHECK, EXPAND and PARSE one edition, and refuse what must not be printed.

    `allow` are codes that somebody who is about to sign lets translators exempt.
    """
    language = workshop.language(job.locale)
    messages = workshop.messages(job.locale)
    standing = standing_of(job.handout, job.locale, workshop, review=messages.review)
    expanded = Sink()
    expansion = expand(
        workshop.templates,
        job.handout,
        vetted=messages.vetted,
        source=workshop.source,
        language=language,
        context=context_of(
            job,
            workshop.settings,
            made_by=messages.made_by,
            unsigned=not standing.is_signed,
            signed=_signed(job.handout, standing, workshop),
        ),
        sink=expanded,
        deadline_s=workshop.settings.build.deadline_s,
    )
    report_files(job, workshop, expanded, sink)
    # Of a catalog that cannot be read, each message would be reported as missing.
    if expansion is None or not messages.is_whole:
        return None
    document = document_of(expansion, language, sink)
    if document is None:
        return None
    has_gaps = judge_messages(
        document, messages, workshop, sink, allowed=standing.allowed | allow
    )
    is_refused = judge_signature(job, language, standing, workshop, sink)
    is_draft = is_refused or has_gaps or language.is_pseudo
    return Resolved(
        document=document,
        expansion=expansion,
        language=language,
        digest=edition_digest(job, expansion, workshop, stamp=is_draft),
        is_draft=is_draft,
        standing=standing,
    )


def _signed(handout: str, standing: Standing, workshop: Workshop) -> Signed:
    """Return who answers for the text; a translation's facts may be the English's.

    An override of the English is another text, which needs a clinician of its own.
    """
    english = standing
    if not is_source_language(standing.locale):
        review = workshop.messages(SOURCE_LOCALE).review
        english = standing_of(handout, SOURCE_LOCALE, workshop, review=review)
    people = english.people | standing.people
    return Signed(
        translator=people.get(Role.TRANSLATOR),
        reviewer=people.get(Role.REVIEWER),
        clinician=people.get(Role.CLINICIAN),
        method=standing.method,
        changed=standing.changed,
    )


class _Proved(NamedTuple):
    """Pages that may be printed, and what was found out on the way."""

    display: layout.DisplayList
    document: Document
    """As it is printed: with what only layout knew."""
    reading: pdf.Reading
    pages: pdf.PagesProof


def proved(
    job: Job, resolved: Resolved, workshop: Workshop, sink: Sink
) -> layout.DisplayList | None:
    """LAY OUT and PROVE; None if the pages must not be printed."""
    laid = _laid_out(job, resolved, workshop, sink)
    return laid.display if laid is not None else None


def _laid_out(
    job: Job, resolved: Resolved, workshop: Workshop, sink: Sink
) -> _Proved | None:
    logo = _logo(workshop.settings.clinic.logo, sink)
    display = layout.lay_out(
        resolved.document,
        format=layout.KNOWN_FORMATS[job.format],
        language=resolved.language,
        engine=workshop.engine,
        edition=_edition_info(resolved, workshop.settings, logo),
        sink=sink,
    )
    if display is None or sink.has_errors:
        return None
    document = layout.settled(resolved.document, display.box_page)
    reading = pdf.reading_of(document)
    pages = pdf.prove_pages(display, reading)
    sink.extend(pages.faults)
    return None if pages.faults else _Proved(display, document, reading, pages)


class Written(NamedTuple):
    """A PDF whose pages are proved, and the file is not yet."""

    pdf: bytes
    display: layout.DisplayList
    info: pdf.PdfInfo
    reading: pdf.Reading
    pages: pdf.PagesProof


def write(job: Job, resolved: Resolved, workshop: Workshop, sink: Sink) -> Written | None:
    """LAY OUT, PROVE, WRITE: enough for a screen, not for a patient."""
    laid = _laid_out(job, resolved, workshop, sink)
    if laid is None:
        return None
    info = _pdf_info(job, resolved, workshop, laid.display)
    try:
        file = pdf.write_pdf(laid.display, pdf.elements_of(laid.document), info=info)
    except pdf.PictureError as error:
        sink.report(_unusable_logo(str(error)))
        return None
    return Written(file, laid.display, info, laid.reading, laid.pages)


def make(job: Job, resolved: Resolved, workshop: Workshop, sink: Sink) -> Made | None:
    """LAY OUT, PROVE, WRITE, PROVE; None if anything on the way refuses the edition."""
    written = write(job, resolved, workshop, sink)
    return written and finish(job, resolved, written, workshop, sink)


def finish(
    job: Job, resolved: Resolved, written: Written, workshop: Workshop, sink: Sink
) -> Made | None:
    """PROVE the written file; None if it does not hold what its pages do."""
    data, display, info, reading, pages = written
    file = pdf.prove_finished(data, display, reading, info=info, terms=workshop.terms)
    sink.extend(file.faults)
    if file.faults:
        return None
    record = edition_record(
        job,
        document=resolved.document,
        expansion=resolved.expansion,
        language=resolved.language,
        display=display,
        pdf=data,
        code=resolved.code,
        is_draft=resolved.is_draft,
        is_signed=resolved.standing.is_signed,
        inputs=inputs_of(job, workshop, resolved.digest),
        proof=proof_record(pages, file),
        sink=sink,
    )
    return Made(pdf=data, record=record)


def _edition_info(
    resolved: Resolved, settings: Settings, logo: bytes | None
) -> layout.EditionInfo:
    return layout.EditionInfo(
        code=resolved.code,
        draft_stamp=resolved.is_draft,
        brand=settings.style.brand,
        ink="mono" if settings.style.ink == "mono" else "colour",
        logo=logo,
        digits=to_digits("0123456789", resolved.language, settings.digits),
    )


def _logo(logo: Logo | None, sink: Sink) -> bytes | None:
    try:
        return logo.path.read_bytes() if logo else None
    except OSError as error:  # it was there when the settings were read
        sink.report(_unusable_logo((error.strerror or "unknown reason").lower()))
        return None


def _unusable_logo(fact: str) -> Diagnostic:
    return Diagnostic(
        code="logo-damaged",
        message=f"the clinic's logo cannot be used: {fact}",
        hint="save the logo again as PNG, or take `logo` out of `[clinic]`",
        file="handouts.toml",
    )


def _pdf_info(
    job: Job, resolved: Resolved, workshop: Workshop, display: layout.DisplayList
) -> pdf.PdfInfo:
    variables = resolved.expansion.variables
    return pdf.PdfInfo(
        title=display.title,
        lang=resolved.language.tag,
        created=content_date(str(variables["written"]), workshop.request.epoch_s),
        edition=(
            ("Handout", job.handout),
            ("Locale", resolved.language.tag),
            ("Format", job.format),
            ("Version", str(variables["version"])),
            ("EditionCode", resolved.code),
            ("SourceDigest", resolved.digest),
        ),
    )
