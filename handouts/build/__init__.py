"""The stages in their order: what one edition needs, and what each command asks for."""

from handouts.build.catalogs import extract_all, init_locale, update_all
from handouts.build.reports import describe_fonts, describe_workshop
from handouts.build.request import BuildRequest
from handouts.build.runs import build_all, check_all
from handouts.build.selection import USAGE_CODES
from handouts.build.workshop import Workshop, open_workshop

__all__ = [
    "USAGE_CODES",
    "BuildRequest",
    "Workshop",
    "build_all",
    "check_all",
    "describe_fonts",
    "describe_workshop",
    "extract_all",
    "init_locale",
    "open_workshop",
    "update_all",
]
