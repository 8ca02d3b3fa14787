"""Web addresses, e-mail addresses and telephone numbers: the same, sign for sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.signs import ADDRESS, DIGITS
from handouts.diagnostics import Severity

__all__ = ["AlteredContact", "addresses", "phones"]

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”«»]{1,200}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?:\+|\b00)\d[\d ()./\u00a0-]{5,20}\d"
    r"|(?<=\bcall )\d[\d ()-]{1,20}\d|(?<=\bdial )\d[\d ()-]{1,20}\d"
    r"|(?<=\bphone )\d[\d ()-]{1,20}\d|(?<=\btext )\d[\d ()-]{1,20}\d"
    r"|(?<=\bring )\d[\d ()-]{1,20}\d|\b0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")


class AlteredContact:
    """The source says 111, the translation another number to call."""

    code: Final = "altered-contact"
    severity: Final = Severity.ERROR
    statement: Final = "a phone number or address of the source is not in the translation"
    exemptable: Final = True
    signs: Final = frozenset({ADDRESS, DIGITS})

    def applies(self, subject: Subject) -> bool:
        """True if the English has an address or a telephone number."""
        return any(
            addresses(s.visible) or phones(s.visible)
            for form in subject.forms
            for s in form.sources[:1]
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each that is missing."""
        for form in subject.forms:
            source, text = form.sources[0].visible, form.text.visible
            if not text.strip():
                continue
            lost = [a for a in addresses(source) if not _stands_in(a, text)]
            lost += [
                shown
                for shown, digits in phones(source).items()
                if digits not in _digits(text)
            ]
            for contact in lost:
                yield Finding(
                    form.index, 0, 0,
                    f"translation lacks `{contact}`, or has another in its place",
                    f"copy `{contact}` from the msgid",
                )  # fmt: skip


def _stands_in(address: str, text: str) -> bool:
    """True if `text` has the whole address: `/reports` is not `/report`."""
    whole = rf"(?<![a-z0-9@-]){re.escape(address)}(?![/?#=&]?[a-z0-9_~%-]|\.[a-z0-9])"
    return re.search(whole, text, re.IGNORECASE | re.ASCII) is not None


@lru_cache(maxsize=1024)
def addresses(text: str) -> tuple[str, ...]:
    """Return the web and mail addresses in `text`."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return ()
    return tuple(match[0].rstrip(".,;:!?)") for match in _ADDRESS.finditer(text))


@lru_cache(maxsize=1024)
def phones(text: str) -> dict[str, str]:
    """Return the telephone numbers of English `text`: as written → digits alone."""
    if not _DIGIT.search(text):
        return {}
    return {match[0]: _digits(match[0]) for match in _PHONE.finditer(text)}


def _digits(text: str) -> str:
    """Return all digits of `text` in ASCII, one after the other."""
    return "".join(str(int(c)) for c in text if c.isdecimal())
