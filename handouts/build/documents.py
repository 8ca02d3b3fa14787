"""What a template has given → the document."""

from __future__ import annotations

from handouts.diagnostics import Sink
from handouts.document import Document, parse
from handouts.languages import Language
from handouts.templating import Expansion

__all__ = ["document_of"]


def document_of(expansion: Expansion, language: Language, sink: Sink) -> Document | None:
    """Return the document of an expanded handout; None, with the reasons in `sink`."""
    return parse(
        expansion.markup,
        expansion.lookups,
        nonce=expansion.nonce,
        lang=language.tag,
        direction=language.direction,
        sink=sink,
    )
