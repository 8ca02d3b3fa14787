"""The gates of one edition: what is refused, what is only marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from handouts.batch import Job
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog.model import Key, Lookup, State
from handouts.checks import Vetted
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document import Document
from handouts.languages import Language

__all__ = ["UNUSABLE", "judge_messages", "judge_signature", "report_files"]

UNUSABLE: Final = frozenset({State.MISSING, State.FUZZY, State.FAILING})
"""States in which a message's translation is not printed."""

_HANDOUTS: Final = "templates/handouts/"
_LAYOUTS: Final = "templates/layouts/"
_WHY: Final = {
    State.MISSING: "has no translation",
    State.FUZZY: "is marked fuzzy",
    State.FAILING: "fails a check",
}
_HINTS: Final = {
    State.MISSING: "translate it",
    State.FUZZY: "check the translation, then remove the fuzzy mark",
    State.FAILING: "mend the translation as the other findings say",
}


def report_files(job: Job, workshop: Workshop, sink: Sink) -> None:
    """Tell what is wrong with the catalogs and templates that the edition comes from.

    What is wrong with single messages is told where they are used; what is wrong with
    another handout's template is that handout's.
    """
    own = f"{_HANDOUTS}{job.handout}.html"
    found = (*workshop.messages(job.locale).findings, *workshop.source_findings)
    for one in found:
        is_other = (one.file or "").startswith(_HANDOUTS) and one.file != own
        if one.msgid is None and not is_other:
            sink.report(one)


def judge_messages(
    document: Document, vetted: Vetted, workshop: Workshop, sink: Sink
) -> bool:
    """Report every gap of the edition; return True if it can only be a draft.

    A safety message without a sound translation refuses always, another one unless a
    draft is asked for. The layout's own words never refuse: templating warned of them.
    """
    draft = workshop.request.draft
    gaps = False
    seen: set[tuple[Key, bool, bool]] = set()
    for index, lookup in enumerate(document.lookups):
        is_safety = index in document.safety_lookups
        spared = not is_safety and _is_layouts_word(lookup, workshop)
        if (lookup.key, is_safety, spared) in seen:
            continue
        seen.add((lookup.key, is_safety, spared))
        sink.extend(_found(vetted, lookup, lenient=spared or (draft and not is_safety)))
        if is_safety:
            sink.extend(_unsigned_exemptions(vetted, lookup))
        if lookup.state in UNUSABLE and not spared:
            gaps = True
            sink.report(_gap(lookup, is_safety=is_safety, draft=draft))
    return gaps


def _is_layouts_word(lookup: Lookup, workshop: Workshop) -> bool:
    """True for the footer's and notices' words: not for a project's own parts.

    A macro in a project's own `templates/parts/` holds what its handouts say.
    """
    file = lookup.file or ""
    return lookup.furniture and (file.startswith(_LAYOUTS) or not workshop.owns(file))


def _found(vetted: Vetted, lookup: Lookup, *, lenient: bool) -> Iterator[Diagnostic]:
    """Yield what the checks found in a message; `lenient`: nothing of it refuses."""
    message = vetted.get(lookup.key)
    for one in message.diagnostics if message else ():
        yield replace(one, severity=Severity.WARNING) if lenient else one


def _unsigned_exemptions(vetted: Vetted, lookup: Lookup) -> Iterable[Diagnostic]:
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


def judge_signature(job: Job, language: Language, workshop: Workshop, sink: Sink) -> bool:
    """Report if unsigned text is refused here; return True if it can only be a draft."""
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
