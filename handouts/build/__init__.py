"""The stages in their order: what one edition needs, and what each command asks for."""

from typing import TYPE_CHECKING, Final

from handouts.when_asked import loaded_when_asked

if TYPE_CHECKING:
    from handouts.build.catalogs import extract_all, init_locale, update_all
    from handouts.build.edition import Resolved, Written, finish, resolve, write
    from handouts.build.fixes import fix_all
    from handouts.build.glossary import GLOSSARY_NAME
    from handouts.build.reports import describe_fonts, describe_workshop
    from handouts.build.request import BuildRequest
    from handouts.build.runs import build_all, check_all, fault_diagnostic
    from handouts.build.selection import USAGE_CODES, jobs_for
    from handouts.build.sign import SignRequest, sign_all
    from handouts.build.stats import count_all, stats_lines, stats_record
    from handouts.build.verify import VerifiedFile, verify_files
    from handouts.build.workshop import (
        CATALOG,
        Workshop,
        builtin_locales,
        font_diagnostic,
        open_workshop,
    )

__all__ = [
    "CATALOG",
    "GLOSSARY_NAME",
    "USAGE_CODES",
    "BuildRequest",
    "Resolved",
    "SignRequest",
    "VerifiedFile",
    "Workshop",
    "Written",
    "build_all",
    "builtin_locales",
    "check_all",
    "count_all",
    "describe_fonts",
    "describe_workshop",
    "extract_all",
    "fault_diagnostic",
    "finish",
    "fix_all",
    "font_diagnostic",
    "init_locale",
    "jobs_for",
    "open_workshop",
    "resolve",
    "sign_all",
    "stats_lines",
    "stats_record",
    "update_all",
    "verify_files",
    "write",
]

_MODULES: Final = {
    "catalogs": ("extract_all", "init_locale", "update_all"),
    "edition": ("Resolved", "Written", "finish", "resolve", "write"),
    "fixes": ("fix_all",),
    "glossary": ("GLOSSARY_NAME",),
    "reports": ("describe_fonts", "describe_workshop"),
    "request": ("BuildRequest",),
    "runs": ("build_all", "check_all", "fault_diagnostic"),
    "selection": ("USAGE_CODES", "jobs_for"),
    "sign": ("SignRequest", "sign_all"),
    "stats": ("count_all", "stats_lines", "stats_record"),
    "verify": ("VerifiedFile", "verify_files"),
    "workshop": (
        "CATALOG",
        "Workshop",
        "builtin_locales",
        "font_diagnostic",
        "open_workshop",
    ),
}
__getattr__ = loaded_when_asked(__name__, _MODULES)
