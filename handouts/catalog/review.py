"""`locales/<locale>/review.toml`: who signed which text, and exactly what they signed.

A signature names a handout, a role, a person, a day and a digest of the text; `build`
makes the digest. One signature for each handout and role: signing again replaces it.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from handouts.diagnostics import Diagnostic, Sink

__all__ = [
    "METHODS",
    "REVIEW_FILE",
    "Review",
    "Role",
    "Signature",
    "clean_name",
    "read_review",
    "review_text",
]

REVIEW_FILE: Final = "review.toml"
SCHEMA: Final = 1
METHODS: Final = ("human", "machine then human")
"""How a translation that a person answers for may have been made."""

_MAX_BYTES: Final = 1_000_000
_MAX_NAME: Final = 120
_MARKS_A_LINE: Final = 8
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MARK: Final = re.compile(r"[0-9a-f]{8}")
_CODE: Final = re.compile(r"[a-z][a-z0-9-]*")


class Role(StrEnum):
    """What a person answers for by signing. Three roles, three different people."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One person's signature under one handout in one locale.

    Attributes:
        version: The handout's version when it was signed.
        digest: sha256 of the text, hexadecimal; it holds for exactly this text.
        marks: A short digest of each message, to tell later which ones changed.
        allow: Codes of checks that the person allows to be exempted.
    """

    handout: str
    role: Role
    name: str
    date: datetime.date
    version: str
    digest: str
    marks: tuple[str, ...]
    method: str | None = None
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """All signatures of one locale, in the order of the file."""

    signatures: tuple[Signature, ...] = ()

    def of(self, handout: str) -> Mapping[Role, Signature]:
        """Return the signatures under a handout, by role."""
        return {one.role: one for one in self.signatures if one.handout == handout}

    def signed(self, signature: Signature) -> Review:
        """Return the review with one more signature, in place of an older one."""
        place = (signature.handout, signature.role)
        kept = [one for one in self.signatures if (one.handout, one.role) != place]
        order = tuple(Role)
        ranked = sorted(
            (*kept, signature), key=lambda one: (one.handout, order.index(one.role))
        )
        return Review(tuple(ranked))


def clean_name(name: str) -> str | None:
    """Return a person's name as it is kept and printed, or None if it is none.

    Spaces are single, letters composed (NFC); controls, also of direction, are no name.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    is_shown = all(c.isprintable() for c in name)
    has_letter = any(c.isalpha() for c in name)
    return name if is_shown and has_letter and len(name) <= _MAX_NAME else None


def read_review(path: Path, *, shown_as: str, locale: str, sink: Sink) -> Review:
    """Read a review file; a missing one is empty. What is no signature goes to `sink`.

    A signature that cannot be read counts for nothing: the text is then unsigned.
    """
    try:
        raw = _loaded(path)
    except FileNotFoundError:
        return Review()
    except (OSError, ValueError) as error:
        sink.report(_malformed(shown_as, locale, _reason(error)))
        return Review()
    return Review(tuple(_signatures(raw, shown_as, locale, sink)))


def _loaded(path: Path) -> dict[str, Any]:
    """Return the file's tables.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, no UTF-8 or no TOML.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("it is larger than 1 MB")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"it cannot be read: {(error.strerror or 'unknown reason').lower()}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"it is no TOML: {error}"
    return str(error)


def _signatures(
    raw: Mapping[str, Any], shown_as: str, locale: str, sink: Sink
) -> Iterator[Signature]:
    if raw.get("schema") != SCHEMA:
        sink.report(_malformed(shown_as, locale, f"`schema` is not {SCHEMA}"))
        return
    entries = raw.get("signature", [])
    seen: set[tuple[str, Role]] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [None], 1):
        try:
            one = _signature(entry)
        except (KeyError, TypeError, ValueError) as error:
            why = f"signature {number} lacks or misstates {error}"
            sink.report(_malformed(shown_as, locale, why))
            continue
        if (one.handout, one.role) in seen:
            why = f"signature {number} is a second {one.role} of `{one.handout}`"
            sink.report(_malformed(shown_as, locale, why))
            continue
        seen.add((one.handout, one.role))
        yield one


def _signature(entry: Any) -> Signature:  # noqa: ANN401  # whatever the file holds
    """Return one entry as a signature.

    Raises:
        KeyError, TypeError, ValueError: with the name of the key that is wrong.
    """
    if not isinstance(entry, dict):
        raise TypeError("`signature`")
    name = clean_name(_text(entry, "name"))
    date = entry["date"]
    method = entry.get("method")
    if name is None:
        raise ValueError("`name`")
    # A TOML date-time is a date, too, for Python: a signature has a day and no hour.
    if not isinstance(date, datetime.date) or isinstance(date, datetime.datetime):
        raise TypeError("`date`")
    if method is not None and method not in METHODS:
        raise ValueError("`method`")
    if _text(entry, "role") not in tuple(Role):
        raise ValueError("`role`")
    return Signature(
        handout=_text(entry, "handout"),
        role=Role(entry["role"]),
        name=name,
        date=date,
        version=_text(entry, "version"),
        digest=_matching(entry, "digest", _DIGEST),
        marks=_words(" ".join(_list(entry, "marks")).split(), "marks", _MARK),
        method=method,
        allow=_words(_list(entry, "allow"), "allow", _CODE),
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError(f"`{key}`")
    return value


def _matching(entry: Mapping[str, Any], key: str, form: re.Pattern[str]) -> str:
    value = _text(entry, key)
    if not form.fullmatch(value):
        raise ValueError(f"`{key}`")
    return value


def _list(entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"`{key}`")
    return value


def _words(words: list[str], key: str, form: re.Pattern[str]) -> tuple[str, ...]:
    if not all(form.fullmatch(one) for one in words):
        raise ValueError(f"`{key}`")
    return tuple(words)


def review_text(review: Review) -> str:
    """Return a review as its file holds it: the same signatures, the same bytes."""
    head = (
        f"# Who signed which text. `python make_handouts.py sign` writes this file.\n"
        f"schema = {SCHEMA}\n"
    )
    return head + "".join("\n" + _entry(one) for one in review.signatures)


def _entry(one: Signature) -> str:
    lines = [
        "[[signature]]",
        f"handout = {_quoted(one.handout)}",
        f"role = {_quoted(one.role.value)}",
        f"name = {_quoted(one.name)}",
        f"date = {one.date.isoformat()}",
        f"version = {_quoted(one.version)}",
    ]
    if one.method is not None:
        lines.append(f"method = {_quoted(one.method)}")
    if one.allow:
        lines.append(f"allow = [{', '.join(map(_quoted, one.allow))}]")
    lines += [f"digest = {_quoted(one.digest)}", "marks = ["]
    for start in range(0, len(one.marks), _MARKS_A_LINE):
        row = " ".join(one.marks[start : start + _MARKS_A_LINE])
        lines.append(f"  {_quoted(row)},")
    return "\n".join((*lines, "]")) + "\n"


def _quoted(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are among TOML's.

    DEL is the one character that JSON leaves bare and TOML forbids; it is not printable
    and so in no name, handout or version that was read.
    """
    return json.dumps(text, ensure_ascii=False)


def _malformed(shown_as: str, locale: str, why: str) -> Diagnostic:
    return Diagnostic(
        code="malformed-review",
        message=f"the review file cannot be used whole: {why}",
        hint="let `python make_handouts.py sign` write it, or mend it by hand",
        file=shown_as,
        locale=locale,
    )
