"""One edition: the stages in order, one call each, and the gates between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from handouts.batch import Job
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog.model import Lookup, State
from handouts.checks import Vetted
from handouts.config import Logo, Settings
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document import Document, parse
from handouts.languages import Language, to_digits
from handouts.layout import KNOWN_FORMATS, DisplayList, EditionInfo, lay_out
from handouts.pdf import PdfInfo, prove_display, write_pdf
from handouts.templating import Context, Expansion, expand

__all__ = ["Made", "Resolved", "make", "resolve"]

_UNUSABLE: Final = frozenset({State.MISSING, State.FUZZY, State.FAILING})
_CODE_DIGITS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An edition before layout: its document, and the digest of all that it is made of."""

    document: Document
    expansion: Expansion
    language: Language
    digest: str
    is_draft: bool

    @property
    def code(self) -> str:
        """The edition code, eight characters, as it is printed on every page."""
        return self.digest[:_CODE_DIGITS].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished edition: the PDF's bytes and what the manifest says of it."""

    pdf: bytes
    record: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClinicView:
    """What templates see of the clinic; None is a line to write on."""

    name: str | None
    service: str | None
    phone: str | None
    night_phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _CountryView:
    """What templates see of the country; numbers only if the settings confirm them."""

    code: str | None
    emergency: str | None
    crisis: str | None


def resolve(job: Job, workshop: Workshop, sink: Sink) -> Resolved | None:
    """READ, CHECK, EXPAND and PARSE one edition, and refuse what must not be printed."""
    language = workshop.language(job.locale)
    vetted, findings = workshop.vetted(job.locale)
    context = _context(job, workshop.settings)
    expansion = expand(
        workshop.templates,
        job.handout,
        vetted=vetted,
        source=workshop.source,
        language=language,
        context=context,
        sink=sink,
        deadline_s=workshop.settings.build.deadline_s,
    )
    if expansion is None:
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
    _report_catalog(findings, sink)
    draft = workshop.request.draft
    gaps = _judge_messages(document, vetted, sink, draft=draft)
    gaps |= _judge_signature(job, language, workshop.settings, sink, draft=draft)
    return Resolved(
        document=document,
        expansion=expansion,
        language=language,
        digest=_digest(job, expansion, workshop, stamp=gaps),
        is_draft=gaps,
    )


def make(job: Job, resolved: Resolved, workshop: Workshop, sink: Sink) -> Made | None:
    """LAY OUT, WRITE and PROVE; None if anything on the way refuses the edition."""
    display = lay_out(
        resolved.document,
        format=KNOWN_FORMATS[job.format],
        language=resolved.language,
        engine=workshop.engine,
        edition=_edition_info(resolved, workshop.settings),
        sink=sink,
    )
    if display is None or sink.has_errors:
        return None
    msgids = tuple(lookup.key.msgid for lookup in resolved.document.lookups)
    sink.extend(prove_display(display, msgids=msgids))
    if sink.has_errors:
        return None
    pdf = write_pdf(display, info=_pdf_info(job, resolved, display))
    return Made(pdf=pdf, record=_record(job, resolved, display, pdf, sink))


def _context(job: Job, settings: Settings) -> Context:
    clinic = settings.clinic
    return Context(
        format=job.format,
        clinic=_ClinicView(
            name=clinic.name,
            service=clinic.service,
            phone=_phone(settings, "day"),
            night_phone=_phone(settings, "night"),
        ),
        country=_CountryView(
            code=clinic.country, emergency=clinic.emergency, crisis=clinic.crisis
        ),
        source=SOURCE_LOCALE,
        digits=settings.digits,
    )


def _phone(settings: Settings, label: str) -> str | None:
    phones = settings.clinic.phones
    return next((one.shown for one in phones if one.label in {label, "any"}), None)


def _report_catalog(findings: tuple[Diagnostic, ...], sink: Sink) -> None:
    """Tell what is wrong with the catalog as a whole; messages are told where used."""
    sink.extend(one for one in findings if one.msgid is None)


def _judge_messages(document: Document, vetted: Vetted, sink: Sink, *, draft: bool) -> bool:
    """Report every gap of the edition; return True if it can only be a draft.

    A safety message without a sound translation refuses always, another one unless a
    draft is asked for. The layout's own words never refuse: templating warned of them.
    """
    gaps = False
    seen: set[tuple[object, bool]] = set()
    for index, lookup in enumerate(document.lookups):
        is_safety = index in document.safety_lookups
        if is_safety:
            sink.extend(_unsigned_exemptions(vetted, lookup))
        if lookup.state not in _UNUSABLE or lookup.furniture:
            continue
        gaps = True
        if (lookup.key, is_safety) in seen:
            continue
        seen.add((lookup.key, is_safety))
        found = vetted.get(lookup.key)
        sink.extend(one for one in (found.diagnostics if found else ()) if one.is_error)
        sink.report(_gap(lookup, is_safety=is_safety, draft=draft))
    return gaps


def _unsigned_exemptions(vetted: Vetted, lookup: Lookup) -> tuple[Diagnostic, ...]:
    """Return what a translator's comment may not allow alone: nobody has signed it."""
    found = vetted.get(lookup.key)
    return tuple(
        replace(
            one,
            severity=Severity.ERROR,
            hint="a safety message's exemption counts only once a signed review names it",
        )
        for one in (found.exempted if found else ())
    )


def _gap(lookup: Lookup, *, is_safety: bool, draft: bool) -> Diagnostic:
    kind = "safety message" if is_safety else "message"
    why = {
        State.MISSING: "has no translation",
        State.FUZZY: "is marked fuzzy",
        State.FAILING: "fails a check",
    }[lookup.state]
    hint = {
        State.MISSING: "translate it",
        State.FUZZY: "check the translation, then remove the fuzzy mark",
        State.FAILING: "mend the translation as the other findings say",
    }[lookup.state]
    if not is_safety and not draft:
        hint += "; `--draft` prints it in English, marked DRAFT"
    return Diagnostic(
        code="safety-untranslated" if is_safety else "untranslated",
        severity=Severity.ERROR if is_safety or not draft else Severity.WARNING,
        message=f"{kind} `{lookup.key.msgid}` {why}",
        hint=hint,
        file=lookup.file,
        line=lookup.line,
        msgid=lookup.key.msgid,
    )


def _judge_signature(
    job: Job, language: Language, settings: Settings, sink: Sink, *, draft: bool
) -> bool:
    """Report if unsigned text is refused here; return True if it can only be a draft."""
    if job.locale == SOURCE_LOCALE:
        policy = settings.policy.unsigned
    else:
        policy = settings.policy.unsigned_for(
            job.locale, refused_by_default=language.refused_by_default
        )
    if policy == "mark":
        return False
    sink.report(
        Diagnostic(
            code="unsigned",
            severity=Severity.WARNING if draft else Severity.ERROR,
            message="no qualified person has signed this text",
            hint="have it reviewed and signed, or build with `--draft`",
        )
    )
    return True


def _digest(job: Job, expansion: Expansion, workshop: Workshop, *, stamp: bool) -> str:
    """Digest of all inputs of one edition."""
    settings = workshop.settings
    logo = settings.clinic.logo
    parts = (
        workshop.digest,
        job.handout,
        job.locale,
        job.format,
        expansion.markup,
        repr(settings.style),
        hashlib.sha256(logo.path.read_bytes()).hexdigest() if logo else "",
        ",".join(workshop.terms),
        str(stamp),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _edition_info(resolved: Resolved, settings: Settings) -> EditionInfo:
    logo = settings.clinic.logo
    return EditionInfo(
        code=resolved.code,
        draft_stamp=resolved.is_draft,
        brand=settings.style.brand,
        ink="mono" if settings.style.ink == "mono" else "colour",
        logo=_logo(logo) if logo else None,
        digits=to_digits("0123456789", resolved.language, settings.digits),
    )


@lru_cache(maxsize=4)
def _logo(logo: Logo) -> bytes:
    return logo.path.read_bytes()


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


def _record(
    job: Job, resolved: Resolved, display: DisplayList, pdf: bytes, sink: Sink
) -> dict[str, object]:
    lookups = resolved.document.lookups
    faces = {placed.run.face.key for page in display.pages for placed in page.placed()}
    used = {lookup.key for lookup in lookups}
    missing = {lookup.key for lookup in lookups if lookup.state in _UNUSABLE}
    return {
        "file": job.file,
        "handout": job.handout,
        "locale": resolved.language.tag,
        "format": job.format,
        "version": str(resolved.expansion.variables["version"]),
        "code": resolved.code,
        "inputs": resolved.digest,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": len(display.pages),
        "body_pt": display.size_pt,
        "fonts": sorted(faces),
        "draft": resolved.is_draft,
        "messages": {
            "used": len(used),
            "missing": len(missing),
            "unreviewed": len(used),
        },
        "warnings": sorted({one.code for one in sink}),
    }
