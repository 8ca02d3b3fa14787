"""`sign`: a named person answers for one handout in one locale, as it stands today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from handouts.batch import Job, write_atomically
from handouts.build.edition import resolve
from handouts.build.selection import known_handouts, known_locale
from handouts.build.signing import review_text_of
from handouts.build.workshop import Workshop, is_source_language
from handouts.catalog import (
    REVIEW_FILE,
    Review,
    Role,
    Signature,
    clean_name,
    read_review,
    review_text,
)
from handouts.diagnostics import Diagnostic, Sink
from handouts.languages import PSEUDO_LOCALES
from handouts.layout import KNOWN_FORMATS

__all__ = ["SignRequest", "sign_all"]

_UNSIGNED_CODES = frozenset({"signature-lapsed", "signature-missing", "unsigned"})
"""What signing mends: no reason not to sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest:
    """Who signs what: `handouts` empty means all. `allow` are codes of findings."""

    locale: str
    handouts: tuple[str, ...]
    role: Role
    name: str
    date: datetime.date
    method: str | None = None
    allow: tuple[str, ...] = ()


def sign_all(workshop: Workshop, request: SignRequest, sink: Sink) -> list[str]:
    """Write the signatures; return a line for each. Refused: none is written.

    Raises:
        OSError: the review file cannot be written.
    """
    locale = known_locale(request.locale, workshop, sink)
    name = clean_name(request.name)
    if name is None:
        sink.report(_no_name(request.name))
    handouts = known_handouts(request.handouts, workshop, sink)
    if locale is None or name is None or not handouts:
        return []
    path = workshop.project / "locales" / locale / REVIEW_FILE
    shown_as = workshop.shown(path)
    review = read_review(path, shown_as=shown_as, locale=locale, sink=sink)
    asked = replace(request, locale=locale, name=name)
    lines = []
    for handout in handouts:
        signature = _signature(handout, asked, review, workshop, sink)
        if signature is not None:
            review = review.signed(signature)
            lines.append(f"{shown_as}: {handout} signed by {name} as {request.role}")
    # All or nothing: a half-signed list would not be what the person asked for, and a
    # file that could not be read whole must not lose the signatures that it holds.
    if sink.has_errors:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, review_text(review).encode())
    return lines


def _signature(
    handout: str, request: SignRequest, review: Review, workshop: Workshop, sink: Sink
) -> Signature | None:
    """Return the signature, or None and the reasons why it cannot be given."""
    found = Sink()
    found.extend(_unfit(handout, request, review))
    found.extend(_findings(handout, request, workshop))
    # What is wrong with single messages has been found: here only what resolves no text.
    unresolved = Sink()
    text = review_text_of(handout, request.locale, workshop, unresolved)
    if text is None:
        found.extend(unresolved)
    sink.extend(found.located(locale=request.locale, handout=handout))
    if text is None or found.has_errors:
        return None
    return Signature(
        handout=handout,
        role=request.role,
        name=request.name,
        date=request.date,
        version=text.version,
        digest=text.digest,
        marks=tuple(text.marks),
        method=request.method,
        allow=tuple(sorted(set(request.allow))),
    )


def _unfit(handout: str, request: SignRequest, review: Review) -> Iterable[Diagnostic]:
    """Yield why this person cannot take this role: each role is another person's."""
    if is_source_language(request.locale) and request.role is not Role.CLINICIAN:
        yield Diagnostic(
            code="role-without-translation",
            message=f"the English text is the source: it has no {request.role}",
            hint="sign it with `--role clinician`",
        )
    if request.locale in PSEUDO_LOCALES:
        yield Diagnostic(
            code="pseudo-locale",
            message=f"`{request.locale}` is made up from the English: it is no text",
            hint="sign the locale of a translation",
        )
    for role, other in review.of(handout).items():
        if role is not request.role and other.name.casefold() == request.name.casefold():
            yield Diagnostic(
                code="same-person",
                message=f"{request.name} has signed this text already, as {role}",
                hint="translator, reviewer and clinician are three different people",
            )


def _findings(
    handout: str, request: SignRequest, workshop: Workshop
) -> Iterable[Diagnostic]:
    """Yield what stands against the text: nobody signs what the checks object to.

    A code that the person allows is no reason not to sign, if it can be exempted.
    """
    found = Sink()
    job = Job(handout=handout, locale=request.locale, format=next(iter(KNOWN_FORMATS)))
    resolve(job, workshop, found, allow=frozenset(request.allow))
    for one in found:
        if one.code in _UNSIGNED_CODES:
            continue
        if one.is_error or one.code not in request.allow:
            yield one if one.is_error else _open_warning(one)


def _open_warning(one: Diagnostic) -> Diagnostic:
    hint = f"mend it, or sign with `--allow {one.code}` if it is right as it is"
    return replace(one, severity=one.severity.ERROR, hint=hint)


def _no_name(name: str) -> Diagnostic:
    return Diagnostic(
        code="no-name",
        message=f"`{name}` is no person's name",
        hint='give the name of the person who signs: `--name "…"`',
    )
