"""Catalogs: PO files ↔ messages that know where each of their strings stands.

READ: `read_catalog` gives the messages of one locale, or diagnostics. EXTRACT:
`extract` gives the messages of the templates; `write_pot`, `init_catalog` and
`update_catalog` bring them to the translators.
"""

from handouts.catalog.amend import Amendment, amend_catalog
from handouts.catalog.extract import (
    COMMENT_TAGS,
    KEYWORDS,
    NEWSTYLE,
    TRIMMED,
    Asked,
    TemplateMessages,
    babel_options,
    extract,
    merged,
    messages_of,
    template_messages,
)
from handouts.catalog.model import (
    Catalog,
    Key,
    Lookup,
    Message,
    Piece,
    PluralRule,
    SourceMessage,
    State,
)
from handouts.catalog.plurals import GERMANIC, parse_plural_forms, single_count
from handouts.catalog.pseudo import pseudo_catalog, pseudo_text
from handouts.catalog.read import MAX_FILE_BYTES, MAX_TEXT, read_catalog
from handouts.catalog.review import (
    METHODS,
    REVIEW_FILE,
    Review,
    Role,
    Signature,
    clean_name,
    read_review,
    review_text,
)
from handouts.catalog.spans import Place, locate
from handouts.catalog.write import Update, init_catalog, update_catalog, write_pot

__all__ = [
    "COMMENT_TAGS",
    "GERMANIC",
    "KEYWORDS",
    "MAX_FILE_BYTES",
    "MAX_TEXT",
    "METHODS",
    "NEWSTYLE",
    "REVIEW_FILE",
    "TRIMMED",
    "Amendment",
    "Asked",
    "Catalog",
    "Key",
    "Lookup",
    "Message",
    "Piece",
    "Place",
    "PluralRule",
    "Review",
    "Role",
    "Signature",
    "SourceMessage",
    "State",
    "TemplateMessages",
    "Update",
    "amend_catalog",
    "babel_options",
    "clean_name",
    "extract",
    "init_catalog",
    "locate",
    "merged",
    "messages_of",
    "parse_plural_forms",
    "pseudo_catalog",
    "pseudo_text",
    "read_catalog",
    "read_review",
    "review_text",
    "single_count",
    "template_messages",
    "update_catalog",
    "write_pot",
]
