"""Plural forms as gettext writes them: the header of a new catalog.

Sources, in this order:

1. the chapter "Plural forms" of the GNU gettext manual, which `msginit` follows;
2. CLDR 48's plural rules for cardinal numbers, cut down to whole numbers, for the
   languages that the manual lacks. Categories that only fractions reach (the `many`
   of Czech, the `other` of Russian) are no forms here: gettext counts with integers.
   So is the `many` of Spanish or French, which only round millions reach.

Where the two disagree gettext wins, since every PO editor fills in its rule; the
places are `he` (CLDR: a dual), `ga` (CLDR: five forms), `lv` (CLDR: teens with zero)
and `pt` (CLDR means Brazil, gettext Portugal). For `ht` CLDR has only what it inherits
from French; the form for one is then of no use to zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["PLURAL_FORMS", "plural_forms"]

_ONE: Final = "nplurals=1; plural=0;"
_NOT_ONE: Final = "nplurals=2; plural=(n != 1);"
_ABOVE_ONE: Final = "nplurals=2; plural=(n > 1);"
_SLAVIC: Final = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_POLISH: Final = (
    "nplurals=3; plural=(n==1 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_CZECH: Final = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
_SLOVENE: Final = (
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"
)
_LITHUANIAN: Final = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_LATVIAN: Final = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
_ROMANIAN: Final = (
    "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);"
)
_DUAL: Final = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"
_ARABIC: Final = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
_LAST_DIGIT_ONE: Final = "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);"
_TAGALOG: Final = (
    "nplurals=2; plural=(n!=1 && n!=2 && n!=3 && (n%10==4 || n%10==6 || n%10==9));"
)
_WELSH: Final = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"
)
_MALTESE: Final = (
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : "
    "n==0 || (n%100>=3 && n%100<=10) ? 2 : n%100>=11 && n%100<=19 ? 3 : 4);"
)
_GAELIC: Final = (
    "nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>=3 && n<=19 ? 2 : 3);"
)
_BRETON: Final = (
    "nplurals=5; plural=(n%10==1 && n%100!=11 && n%100!=71 && n%100!=91 ? 0 : "
    "n%10==2 && n%100!=12 && n%100!=72 && n%100!=92 ? 1 : "
    "(n%10==3 || n%10==4 || n%10==9) && (n%100<10 || n%100>19) && "
    "(n%100<70 || n%100>79) && (n%100<90 || n%100>99) ? 2 : "
    "n!=0 && n%1000000==0 ? 3 : 4);"
)
_ZERO_ONE: Final = "nplurals=3; plural=(n==0 ? 0 : n==1 ? 1 : 2);"
_TACHELHIT: Final = "nplurals=3; plural=(n<=1 ? 0 : n<=10 ? 1 : 2);"
_TAMAZIGHT: Final = "nplurals=2; plural=(n<=1 || (n>=11 && n<=99) ? 0 : 1);"

_GETTEXT: Final = (
    (_ONE, "id ja km ko lo ms th vi zh"),
    (_NOT_ONE, "bg ca da de el en eo es et fi fo he hu it nb nl nn no pt sv tr"),
    (_ABOVE_ONE, "fr pt_BR"),
    (_LATVIAN, "lv"),
    (_DUAL, "ga"),
    (_ROMANIAN, "ro"),
    (_LITHUANIAN, "lt"),
    (_SLAVIC, "be hr ru sr uk"),
    (_CZECH, "cs sk"),
    (_POLISH, "pl"),
    (_SLOVENE, "sl"),
    (_ARABIC, "ar"),
)
_CLDR: Final = (
    (_ONE, "bm bo dz ig jv kea lkt my rhg sah sg shn su to wo yo yue"),
    (
        _NOT_ONE,
        "af an ast az bem brx ce chr ckb dv ee eu fur fy gl gsw ha haw ia io ka kk kl "
        "ks ku ky lb lg mas ml mn mr nd ne nnh nr ny nyn om or os pap ps rm sc scn sd "
        "sn so sq ss st sw syr ta te teo tig tk tn ts ug ur uz ve vo wae xh yi",
    ),
    (
        _ABOVE_ONE,
        "ak am as bho bn doi fa ff gu hi hy kab kn ln mg nso pa pcm si ti wa zu",
    ),
    (_SLAVIC, "bs"),
    (_SLOVENE, "dsb hsb"),
    (_DUAL, "iu naq sat se sma smj smn sms"),
    (_LAST_DIGIT_ONE, "is mk"),
    (_TAGALOG, "ceb fil tl"),
    (_ZERO_ONE, "blo ksh lag"),
    (_WELSH, "cy"),
    (_MALTESE, "mt"),
    (_GAELIC, "gd"),
    (_BRETON, "br"),
    (_TACHELHIT, "shi"),
    (_TAMAZIGHT, "tzm"),
)
_OWN: Final = ((_NOT_ONE, "ht"),)

PLURAL_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        code: header
        for source in (_CLDR, _OWN, _GETTEXT)
        for header, codes in source
        for code in codes.split()
    }
)
"""Language, or language and territory where they differ → `Plural-Forms` value."""


def plural_forms(language: str, territory: str | None = None) -> str:
    """Return the `Plural-Forms` value for a language: `nplurals=2; plural=(n != 1);`.

    A language without an entry gets two forms: a translator can write the same text
    twice, but cannot add a form that the header lacks.
    """
    by_territory = PLURAL_FORMS.get(f"{language}_{territory}")
    return by_territory or PLURAL_FORMS.get(language, _NOT_ONE)
