"""The gates of one edition: what is refused, what is only marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from handouts.batch import Job
from handouts.build.signing import Lapse, Standing
from handouts.build.workshop import (
    SOURCE_LOCALE,
    LocaleMessages,
    Workshop,
    is_source_language,
)
from handouts.catalog import Role
from handouts.catalog.model import Key, Lookup, State
from handouts.checks import Vetted, VettedMessage
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document import Document
from handouts.languages import Language

__all__ = ["UNUSABLE", "judge_messages", "judge_signature", "report_files"]

UNUSABLE: Final = (State.MISSING, State.FUZZY, State.FAILING)
"""States in which a message's translation is not printed."""

_HANDOUTS: Final = "templates/handouts/"
_LAYOUTS: Final = "templates/layouts/"
_SYNTAX: Final = "template-syntax"
_SHORT: Final = 100  # characters
_WHY: Final = {
    State.MISSING: "has no translation",
    State.FUZZY: "is marked fuzzy",
    State.FAILING: "fails a check",
}
_HINTS: Final = {
    State.MISSING: "translate it in this language's handouts.po",
    State.FUZZY: "check the translation, then remove the fuzzy mark",
    State.FAILING: "mend the translation as the other findings say",
}


def report_files(
    job: Job, workshop: Workshop, expanded: Iterable[Diagnostic], sink: Sink
) -> None:
    """Tell what is wrong with the catalogs and templates that the edition comes from.

    What is wrong with single messages is told where they are used; what is wrong with
    another handout's template is that handout's. `expanded` is what expansion found: a
    syntax error that extraction found, too, is told once, in the better of the words.
    """
    own = f"{_HANDOUTS}{job.handout}.html"
    better = {_place(one): one for one in expanded if one.code == _SYNTAX}
    found = (*workshop.messages(job.locale).unread, *workshop.extracted.findings)
    for one in found:
        is_other = (one.file or "").startswith(_HANDOUTS) and one.file != own
        if one.msgid is not None or is_other:
            continue
        words = better.pop(_place(one), one) if one.code == _SYNTAX else one
        sink.report(replace(one, message=words.message, hint=words.hint or one.hint))
    sink.extend(better.values())
    sink.extend(one for one in expanded if one.code != _SYNTAX)


def _place(one: Diagnostic) -> tuple[str | None, int | None]:
    return one.file, one.line


def judge_messages(
    document: Document,
    messages: LocaleMessages,
    workshop: Workshop,
    sink: Sink,
    *,
    allowed: frozenset[str] = frozenset(),
) -> bool:
    """Report every gap of the edition; return True if it can only be a draft.

    A safety message without a sound translation refuses always, another one unless a
    draft is asked for. The layout's own words never refuse: templating warned of them.
    `allowed` are the codes that a valid signature lets translators exempt.
    """
    draft, vetted = workshop.request.draft, messages.vetted
    unread = _by_message(messages.unread)
    gaps = False
    seen: set[tuple[Key, bool, bool]] = set()
    for index, lookup in enumerate(document.lookups):
        is_safety = index in document.safety_lookups
        spared = not is_safety and _is_layouts_word(lookup, workshop)
        if (lookup.key, is_safety, spared) in seen:
            continue
        seen.add((lookup.key, is_safety, spared))
        message = vetted.get(lookup.key)
        found = (
            *unread.get(_short(lookup.key.msgid), ()),
            *(message.diagnostics if message else ()),
        )
        lenient = spared or (draft and not is_safety)
        sink.extend(_as_warning(one) if lenient else one for one in found)
        if is_safety:
            sink.extend(_unsigned_exemptions(message, allowed))
        if lookup.state in UNUSABLE and not spared:
            gaps = True
            placed = _in_catalog(vetted, lookup)
            sink.report(_gap(placed, is_safety=is_safety, draft=draft))
    return gaps


def _is_layouts_word(lookup: Lookup, workshop: Workshop) -> bool:
    """True for the footer's and notices' words: not for a project's own parts.

    A macro in a project's own `templates/parts/` holds what its handouts say.
    """
    file = lookup.file or ""
    return lookup.furniture and (file.startswith(_LAYOUTS) or not workshop.owns(file))


def _by_message(found: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """Return what reading a catalog found in single messages, by msgid."""
    messages: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.msgid is not None:
            messages.setdefault(_short(one.msgid), []).append(one)
    return messages


def _short(msgid: str) -> str:
    """Return as much of a msgid as a finding holds of one that is far too long."""
    return msgid[:_SHORT]


def _as_warning(one: Diagnostic) -> Diagnostic:
    return replace(one, severity=Severity.WARNING) if one.is_error else one


def _unsigned_exemptions(
    message: VettedMessage | None, allowed: frozenset[str]
) -> Iterable[Diagnostic]:
    """Return what a translator's comment may not allow alone: nobody has signed it."""
    return tuple(
        replace(
            one,
            hint="a safety message's exemption counts only once a signed review names it",
        )
        for one in (message.exempted if message else ())
        if one.code not in allowed
    )


def _in_catalog(vetted: Vetted, lookup: Lookup) -> Lookup:
    """Return the lookup with the place of its catalog entry, where there is one."""
    giver, found = vetted.given(lookup.key)
    if found is None or found.message is None:
        return lookup
    return replace(lookup, file=giver.file, line=found.message.line)


def _gap(lookup: Lookup, *, is_safety: bool, draft: bool) -> Diagnostic:
    kind = "safety message" if is_safety else "message"
    hint = _HINTS[lookup.state]
    if not is_safety and not draft:
        hint += "; `--draft` prints it in English, marked DRAFT"
    return Diagnostic(
        code="safety-untranslated" if is_safety else "untranslated",
        severity=Severity.ERROR if is_safety or not draft else Severity.WARNING,
        message=f"{kind} `{lookup.key.msgid}` {_WHY[lookup.state]}",
        hint=hint,
        file=lookup.file,
        line=lookup.line,
        msgid=lookup.key.msgid,
    )


def judge_signature(
    job: Job, language: Language, standing: Standing, workshop: Workshop, sink: Sink
) -> bool:
    """Report if unsigned text is refused here; return True if it can only be a draft."""
    sink.extend(_roles_missing(standing, workshop))
    sink.extend(map(_lapsed, standing.lapsed.values()))
    if standing.is_signed:
        return False
    policy = workshop.settings.policy
    verdict = policy.unsigned
    if job.locale != SOURCE_LOCALE:
        by_default = language.refused_by_default
        verdict = policy.unsigned_for(job.locale, refused_by_default=by_default)
    if verdict == "mark":
        return False
    draft = workshop.request.draft
    hint = "have it reviewed and signed, or build with `--draft`"
    if language.refused_by_default and job.locale != SOURCE_LOCALE:
        hint += f'; `[policy.unsigned_in] {job.locale} = "mark"` takes it as it is'
    sink.report(
        Diagnostic(
            code="unsigned",
            severity=Severity.WARNING if draft else Severity.ERROR,
            message=f"no qualified person has signed the {language.english_name} text",
            hint=hint,
        )
    )
    return True


def _roles_missing(standing: Standing, workshop: Workshop) -> Iterable[Diagnostic]:
    """Yield a warning for each role that the settings ask for and nobody has filled.

    English is nobody's translation: of its roles only the clinician can be asked for.
    """
    for name in workshop.settings.policy.signed_by:
        role = Role(name)
        asked = role is Role.CLINICIAN or not is_source_language(standing.locale)
        if asked and role not in standing.valid:
            yield Diagnostic(
                code="signature-missing",
                severity=Severity.WARNING,
                message=f"no {role} has signed this text",
                hint=f"let a {role} read it and `sign` it, or change `policy.signed_by`",
            )


def _lapsed(lapse: Lapse) -> Diagnostic:
    one = lapse.signature
    return Diagnostic(
        code="signature-lapsed",
        severity=Severity.WARNING,
        message=f"the text has changed since {one.name} signed it on {one.date}",
        hint="let the changes be read, then `sign` again",
        notes=lapse.notes,
    )
