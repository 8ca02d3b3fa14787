"""One edition: the stages in order, one call each, and the gates between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handouts.batch import Job
from handouts.build.context import context_of
from handouts.build.judge import judge_messages, judge_signature, report_files
from handouts.build.record import edition_digest, edition_record, inputs_of
from handouts.build.signing import Standing, standing_of
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog import Role
from handouts.config import Logo, Settings
from handouts.diagnostics import Diagnostic, Sink
from handouts.document import Document, parse
from handouts.languages import Language, to_digits
from handouts.layout import KNOWN_FORMATS, DisplayList, EditionInfo, lay_out
from handouts.pdf import (
    PdfInfo,
    PictureError,
    elements_of,
    prove_display,
    write_pdf,
)
from handouts.templating import Expansion, Signed, expand

__all__ = ["Made", "Resolved", "make", "proved", "resolve"]

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
    """A finished edition: the PDF's bytes, its pages, and its line in the manifest."""

    pdf: bytes
    display: DisplayList
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
    document = parse(
        expansion.markup,
        expansion.lookups,
        nonce=expansion.nonce,
        lang=language.tag,
        direction=language.direction,
        sink=sink,
    )
    if document is None:
        return None
    has_gaps = judge_messages(
        document, messages, workshop, sink, allowed=standing.allowed | allow
    )
    is_refused = judge_signature(job, language, standing, workshop, sink)
    is_draft = is_refused or has_gaps
    return Resolved(
        document=document,
        expansion=expansion,
        language=language,
        digest=edition_digest(job, expansion, workshop, stamp=is_draft),
        is_draft=is_draft,
        standing=standing,
    )


def _signed(handout: str, standing: Standing, workshop: Workshop) -> Signed:
    """Return who answers for the text; a translation's facts may be the English's."""
    english = standing
    if standing.locale != SOURCE_LOCALE:
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


def proved(
    job: Job, resolved: Resolved, workshop: Workshop, sink: Sink
) -> DisplayList | None:
    """LAY OUT and PROVE; None if the pages must not be printed."""
    logo = _logo(workshop.settings.clinic.logo, sink)
    display = lay_out(
        resolved.document,
        format=KNOWN_FORMATS[job.format],
        language=resolved.language,
        engine=workshop.engine,
        edition=_edition_info(resolved, workshop.settings, logo),
        sink=sink,
    )
    if display is None or sink.has_errors:
        return None
    msgids = tuple(lookup.key.msgid for lookup in resolved.document.lookups)
    faults = prove_display(display, msgids=msgids)
    sink.extend(faults)
    return None if any(fault.is_error for fault in faults) else display


def make(job: Job, resolved: Resolved, workshop: Workshop, sink: Sink) -> Made | None:
    """LAY OUT, PROVE and WRITE; None if anything on the way refuses the edition."""
    display = proved(job, resolved, workshop, sink)
    if display is None:
        return None
    try:
        pdf = write_pdf(
            display,
            elements_of(resolved.document),
            info=_pdf_info(job, resolved, display),
        )
    except PictureError as error:
        sink.report(_unusable_logo(str(error)))
        return None
    record = edition_record(
        job,
        document=resolved.document,
        expansion=resolved.expansion,
        language=resolved.language,
        display=display,
        pdf=pdf,
        code=resolved.code,
        is_draft=resolved.is_draft,
        is_signed=resolved.standing.is_signed,
        inputs=inputs_of(job, workshop, resolved.digest),
        sink=sink,
    )
    return Made(pdf=pdf, display=display, record=record)


def _edition_info(
    resolved: Resolved, settings: Settings, logo: bytes | None
) -> EditionInfo:
    return EditionInfo(
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


def _pdf_info(job: Job, resolved: Resolved, display: DisplayList) -> PdfInfo:
    variables = resolved.expansion.variables
    return PdfInfo(
        title=display.title,
        lang=resolved.language.tag,
        created=str(variables["written"]),
        edition=(
            ("Handout", job.handout),
            ("Locale", resolved.language.tag),
            ("Format", job.format),
            ("Version", str(variables["version"])),
            ("EditionCode", resolved.code),
        ),
    )
