"""Languages: a locale's name → everything the program knows of that language.

A leaf. Any locale of CLDR works, not only those with a catalog: what CLDR holds
(script, names, digits) comes from Babel, what it lacks (fonts, leading, gettext's
plural forms) from the tables here. Adding a language is an entry in those tables,
where it differs from its script's defaults, and a PO file.

CLDR's exemplar characters are not here: Babel does not carry them.
"""

from handouts.languages.locales import (
    REFUSED_BY_DEFAULT,
    DigitsSetting,
    Language,
    UnknownLocaleError,
    first_weekday,
    language,
    matching_locale,
    native_digits,
    own_names_missing,
    to_digits,
)
from handouts.languages.negations import negation_ranges
from handouts.languages.paper import uses_letter_paper
from handouts.languages.plurals import PLURAL_FORMS, plural_forms
from handouts.languages.pseudo import PSEUDO_LOCALES
from handouts.languages.qualifiers import qualifier_start
from handouts.languages.scripts import (
    SYMBOL_FAMILIES,
    Direction,
    font_families,
    script_direction,
)
from handouts.languages.typography import Typography, typography
from handouts.languages.wordlists import (
    WordLists,
    medicine_names,
    word_list_languages,
    word_lists,
)

__all__ = [
    "PLURAL_FORMS",
    "PSEUDO_LOCALES",
    "REFUSED_BY_DEFAULT",
    "SYMBOL_FAMILIES",
    "DigitsSetting",
    "Direction",
    "Language",
    "Typography",
    "UnknownLocaleError",
    "WordLists",
    "first_weekday",
    "font_families",
    "language",
    "matching_locale",
    "medicine_names",
    "native_digits",
    "negation_ranges",
    "own_names_missing",
    "plural_forms",
    "qualifier_start",
    "script_direction",
    "to_digits",
    "typography",
    "uses_letter_paper",
    "word_list_languages",
    "word_lists",
]
