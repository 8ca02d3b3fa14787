"""The name of a locale → `Language`, by CLDR's data as Babel carries it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from babel import Locale, localedata
from babel.core import UnknownLocaleError as UnknownLocaleDataError
from babel.core import get_global

from handouts.languages.plurals import plural_forms
from handouts.languages.pseudo import NO_LANGUAGE, PSEUDO_LOCALES, PseudoLocale
from handouts.languages.scripts import (
    Direction,
    chosen_face,
    digits_of,
    font_families,
    run_families,
    script_direction,
)
from handouts.languages.typography import Typography, typography

__all__ = [
    "REFUSED_BY_DEFAULT",
    "DigitsSetting",
    "Language",
    "UnknownLocaleError",
    "first_weekday",
    "language",
    "matching_locale",
    "native_digits",
    "own_names_missing",
    "to_digits",
]

DigitsSetting = Literal["locale", "latin"]

REFUSED_BY_DEFAULT: Final = frozenset({"so", "ht", "am", "pa", "gu"})
"""Languages in which unsigned text is refused unless the settings say otherwise.

Machine translation of discharge instructions came out consistently worse than
professional translation in Somali (JAMA Netw Open 2025;8:e2532312) and clearly worse in
Haitian Creole (Brewster and others, Pediatrics, July 2024). Amharic, Punjabi and
Gujarati are here by caution: the project has found no study that shows them fit, and
has no reviewed vocabulary for them.
"""

_WELL_FORMED: Final = re.compile(
    r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,4}(?:@[a-z]+)?"
)
# What gettext writes behind `@`, as BCP 47 subtags.
_MODIFIERS: Final = {
    "latin": "Latn",
    "cyrillic": "Cyrl",
    "devanagari": "Deva",
    "arabic": "Arab",
    "valencia": "valencia",
}
# CLDR says Bangla; clinics' and census lists in English say Bengali.
_ENGLISH_NAMES: Final = {"bn": "Bengali"}
_SUGGESTIONS: Final = 3
_NO_SCRIPT: Final = frozenset({"Zyyy", "Zinh", "Zzzz", "Zxxx"})
_ASCII_DIGITS: Final = "0123456789"


class UnknownLocaleError(ValueError):
    """A locale's name that CLDR does not know.

    `suggestions` are names that it does know and that look or sound alike, best first.
    """

    def __init__(self, locale: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(f"unknown locale `{locale}`")
        self.locale = locale
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What the program knows of one locale.

    Attributes:
        locale: As folders are named, in gettext's form: `pt_BR`, `zh_Hans`, `sr@latin`.
        tag: BCP 47: `pt-BR`, `zh-Hans`, `sr-Latn`.
        cldr: The identifier that Babel knows it by, for dates and numbers.
        language: ISO 639 code.
        script: ISO 15924 code; `Hans`, `Hant`, `Jpan`, `Kore` for Han.
        territory: ISO 3166 code where the locale names one.
        direction: Of the page and of its text.
        english_name: `Chinese (Simplified)`.
        own_name: `中文 (简体)`: Chinese, simplified.
        families: Font chain for its own script, best first.
        faces: (script, family) pairs that the settings chose.
        digits: The ten digits that CLDR prefers, zero first.
        plural_rule: gettext's `Plural-Forms` for a new catalog.
        typography: Leadings, optical size and ink.
        refused_by_default: True if unsigned text is refused without a setting.
        is_pseudo: True for a test of pages: English made to look foreign.
    """

    locale: str
    tag: str
    cldr: str
    language: str
    script: str
    territory: str | None
    direction: Direction
    english_name: str
    own_name: str
    families: tuple[str, ...]
    faces: tuple[tuple[str, str], ...] = ()
    digits: str
    plural_rule: str
    typography: Typography
    refused_by_default: bool
    is_pseudo: bool = False
    _chains: dict[str, tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __hash__(self) -> int:
        """Hash what all else follows from: a language is looked up by very often."""
        return hash((self.locale, self.faces))

    def is_same_language(self, other: Language) -> bool:
        """Return True for `en` and `en_US`; two scripts are two languages, as in print.

        A pseudo-locale is no other's language.
        """
        return (self.language, self.script) == (other.language, other.script)

    def families_for(self, script: str) -> tuple[str, ...]:
        """Return the font chain for a run of `script` inside this language.

        Signs of no script (`Zyyy`, `Zinh`) take the language's own chain.
        """
        if script in _NO_SCRIPT:
            return self.families
        chain = self._chains.get(script)
        if chain is None:
            tag = f"{self.tag}-{self.script}"
            chain = run_families(script, self.script, tag, dict(self.faces))
            self._chains[script] = chain
        return chain


class _Subtags(NamedTuple):
    """A locale's name, taken apart and put into canonical case."""

    language: str
    script: str | None
    territory: str | None
    variant: str | None


def language(locale: str, faces: Mapping[str, str] = MappingProxyType({})) -> Language:
    """Return what is known of `locale`: `zh_Hans`, `zh-Hans`, `zh_CN`, `pt-br`, `tl`.

    Args:
        locale: A name in gettext's form or BCP 47, in any case.
        faces: Script → family, as the settings choose: `{"Arab": "Amiri"}`.

    Raises:
        UnknownLocaleError: CLDR has no such language, script, territory or variant.
    """
    return _language(locale, tuple(sorted(faces.items())))


@lru_cache(maxsize=512)
def _language(locale: str, faces: tuple[tuple[str, str], ...]) -> Language:
    subtags = _parse(locale)
    if pseudo := PSEUDO_LOCALES.get(_folder_name(locale)):
        return _pseudo(pseudo, subtags, faces)
    script = subtags.script or _likely_script(subtags)
    tag = "-".join(filter(None, subtags))
    cldr = _cldr_id(subtags, script)
    names = Locale.parse(cldr)
    chosen = dict(faces)
    return Language(
        locale=_folder_name(locale),
        tag=tag,
        cldr=cldr,
        language=subtags.language,
        script=script,
        territory=subtags.territory,
        direction=script_direction(script),
        english_name=_english_name(names),
        own_name=names.get_display_name() or cldr,
        families=font_families(script, f"{tag}-{script}", chosen),
        faces=faces,
        digits=digits_of(names.default_numbering_system),
        plural_rule=plural_forms(subtags.language, subtags.territory),
        typography=typography(
            script, language=subtags.language, face=chosen_face(script, chosen)
        ),
        refused_by_default=subtags.language in REFUSED_BY_DEFAULT,
    )


def _pseudo(
    pseudo: PseudoLocale, subtags: _Subtags, faces: tuple[tuple[str, str], ...]
) -> Language:
    """Return English with another name and direction, and with no word list."""
    return replace(
        _language("en", faces),
        locale="_".join(filter(None, subtags)),
        tag="-".join(filter(None, subtags)),
        language=NO_LANGUAGE,
        territory=subtags.territory,
        direction=pseudo.direction,
        english_name=pseudo.name,
        own_name=pseudo.name,
        is_pseudo=True,
    )


def to_digits(text: str, language: Language, setting: DigitsSetting = "locale") -> str:
    """Return `text` with its ASCII digits in those of `language`.

    Everything else, signs and separators included, stays as it is; so do the digits
    where the setting is `latin`.
    """
    if setting == "latin" or language.digits == _ASCII_DIGITS:
        return text
    return text.translate(_digit_table(language.digits))


@cache
def native_digits(language: Language) -> str:
    """Return the ten digits of the language's own script, be they preferred or not."""
    systems = Locale.parse(language.cldr).other_numbering_systems
    return digits_of(systems.get("native", ""))


@cache
def _digit_table(digits: str) -> dict[int, int]:
    return str.maketrans(_ASCII_DIGITS, digits)


def matching_locale(wanted: str, available: Iterable[str]) -> str | None:
    """Return the one of `available` that means the same locale as `wanted`, or None.

    `zh-CN` finds the folder `zh_Hans`, `pt-br` finds `pt_BR`, `iw` finds `he`; `zh-HK`
    does not find `zh_Hant`, which means Taiwan. Folders with unknown names are passed
    over.

    Raises:
        UnknownLocaleError: `wanted` is unknown.
    """
    names = sorted(available)
    folder = _folder_name(wanted)
    if folder in names:
        return folder
    full = _maximised(wanted)
    return next((name for name in names if _means(name, full)), None)


def own_names_missing(locale: str) -> bool:
    """Return True if CLDR has another language's weekdays and months for `locale`.

    Haitian Creole inherits French ones: they count as missing, and dates are written
    with the catalog's messages or without names.
    """
    own = Locale.parse(language(locale).cldr)
    parent = get_global("parent_exceptions").get(own.language)
    if parent is None or parent.split("_")[0] in {own.language, "no"}:
        return False  # Bokmål and Nynorsk are Norwegian: its names are theirs
    other = Locale.parse(parent)
    return bool(own.days == other.days or own.months == other.months)


@cache
def first_weekday(locale: str, territory: str | None = None) -> int:
    """Return the day that a week begins with, Monday = 0.

    CLDR knows it by territory: `territory` if given, or else the one that the locale
    names or most likely means; the English of no country is that of the world, not of
    the United States. Where it says nothing, Monday.
    """
    if territory is None:
        language, script, territory, _ = _maximised(locale)
        name = "en_001" if locale == "en" else f"{language}_{script}_{territory}"
    else:
        # Babel leaves out territories whose likely language is English.
        likely = get_global("likely_subtags")
        name = str(likely.get(f"und_{territory}", f"en_Latn_{territory}"))
    try:
        return int(Locale.parse(name).first_week_day)
    except UnknownLocaleDataError:
        return 0


def _means(name: str, full: tuple[str, ...]) -> bool:
    try:
        return _maximised(name) == full
    except UnknownLocaleError:
        return False


def _maximised(locale: str) -> tuple[str, ...]:
    """Return language, script, territory and variant with the likely ones filled in."""
    subtags = _parse(locale)
    script = subtags.script or _likely_script(subtags)
    likely = get_global("likely_subtags").get(f"{subtags.language}_{script}")
    likely = likely or get_global("likely_subtags").get(subtags.language, "__")
    territory = subtags.territory or likely.split("_")[2]
    return subtags.language, script, territory, subtags.variant or ""


def _folder_name(locale: str) -> str:
    """Return the name in gettext's form, subtags in canonical case, none replaced."""
    name, _, modifier = locale.strip().partition("@")
    first, *rest = re.split("[_-]", name)
    folder = "_".join((first.lower(), *map(_cased, rest)))
    return f"{folder}@{modifier}" if modifier else folder


def _cased(subtag: str) -> str:
    if _is_script(subtag):
        return subtag.title()
    return subtag.upper() if _is_territory(subtag) else subtag.lower()


def _is_script(subtag: str) -> bool:
    return len(subtag) == 4 and subtag.isalpha()


def _is_territory(subtag: str) -> bool:
    return (len(subtag) == 2 and subtag.isalpha()) or (
        len(subtag) == 3 and subtag.isdigit()
    )


def _parse(locale: str) -> _Subtags:
    """Take a locale's name apart; every part must be one that CLDR knows."""
    text = locale.strip()
    if not _WELL_FORMED.fullmatch(text):
        raise UnknownLocaleError(locale, _suggestions(text))
    name, _, modifier = text.partition("@")
    first, *rest = re.split("[_-]", name)
    if modifier:
        rest.append(_MODIFIERS.get(modifier, modifier))
    code = _current_code(first.lower())
    subtags = _sorted_subtags((*code.split("_")[1:], *rest))
    if subtags is None or not localedata.exists(code.split("_")[0]):
        raise UnknownLocaleError(locale, _suggestions(text))
    return subtags._replace(language=code.split("_")[0])


def _current_code(code: str) -> str:
    """Return the language's code of today: `iw` is `he`, `sh` is `sr_Latn`."""
    if localedata.exists(code):
        return code
    return str(get_global("language_aliases").get(code, code))


def _sorted_subtags(subtags: tuple[str, ...]) -> _Subtags | None:
    """Return the subtags after the language by kind; None if one is unknown.

    Of two of a kind the later one holds: an alias brings its own, a user names another.
    """
    english = _english()
    script = territory = variant = None
    for subtag in map(_cased, subtags):
        if _is_script(subtag) and subtag in english.scripts:
            script = subtag
        elif _is_territory(subtag) and subtag in english.territories:
            territory = subtag
        elif subtag.upper() in english.variants:
            variant = subtag
        else:
            return None
    return _Subtags("", script, territory, variant)


def _likely_script(subtags: _Subtags) -> str:
    likely = get_global("likely_subtags")
    with_territory = f"{subtags.language}_{subtags.territory}"
    full = likely.get(with_territory) or likely.get(subtags.language)
    return str(full).split("_")[1] if full else "Latn"


def _cldr_id(subtags: _Subtags, script: str) -> str:
    """Return the nearest identifier that CLDR has data for; the language alone always."""
    code, _, territory, variant = subtags
    candidates = [
        f"{code}_{script}_{territory}",
        f"{code}_{script}",
        f"{code}_{territory}",
    ]
    if variant:
        with_variant = (f"{code}_{variant.upper()}", f"{code}_ES_{variant.upper()}")
        candidates = [*with_variant, *candidates]  # be_TARASK, ca_ES_VALENCIA
    return next((name for name in candidates if localedata.exists(name)), code)


_SHORT_TERRITORIES: Final = {"GB": "UK", "US": "US"}
"""CLDR's short English names, which Babel does not carry: a footer has little room."""


def _english_name(names: Locale) -> str:
    """Return the name in English in one form: language first, the rest in brackets."""
    name = names.get_display_name("en") or str(names)
    land = names.get_territory_name("en")
    short = _SHORT_TERRITORIES.get(names.territory or "")
    if short is not None and land:
        name = name.replace(land, short)
    override = _ENGLISH_NAMES.get(names.language)
    own = names.get_language_name("en")
    return name.replace(own, override, 1) if override and own else name


@cache
def _english() -> Locale:
    return Locale.parse("en")


def _suggestions(text: str) -> tuple[str, ...]:
    """Return known locales whose English name `text` is, or that look like it."""
    wanted = text[:40].replace("-", "_")
    by_name = _codes_by_english_name()
    names = difflib.get_close_matches(wanted.lower(), by_name, _SUGGESTIONS, 0.8)
    found = [by_name[name] for name in names]
    first, _, territory = re.sub("[@.]", "_", wanted).partition("_")
    alias = get_global("territory_aliases").get(territory.upper(), ())
    found += [f"{first.lower()}_{code}" for code in alias[:1] if localedata.exists(first)]
    found += difflib.get_close_matches(
        _folder_name(wanted), localedata.locale_identifiers(), _SUGGESTIONS, 0.7
    )
    if localedata.exists(first.lower()):
        found.append(first.lower())
    return tuple(dict.fromkeys(found))[:_SUGGESTIONS]


@cache
def _codes_by_english_name() -> dict[str, str]:
    languages: Mapping[str, str] = _english().languages
    names = {
        name.lower(): code for code, name in languages.items() if localedata.exists(code)
    }
    overrides = {name.lower(): code for code, name in _ENGLISH_NAMES.items()}
    return names | overrides
