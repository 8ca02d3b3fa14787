"""Settings: `handouts.toml` and the command line's flags → one frozen `Settings`.

A leaf. Each key is declared once, in `keys`; everything wrong is reported, all of it,
with its path (`$.clinic.phones[0].number`), and then there are no settings.
"""

from handouts.config.countries import Country, CountryFact, country_facts
from handouts.config.keys import Described, describe_settings
from handouts.config.loading import SETTINGS_NAME, load_settings
from handouts.config.model import (
    BRING,
    Bring,
    Build,
    Clinic,
    Logo,
    Phone,
    PhoneLabel,
    Policy,
    Settings,
    Style,
    Unsigned,
)

__all__ = [
    "BRING",
    "SETTINGS_NAME",
    "Bring",
    "Build",
    "Clinic",
    "Country",
    "CountryFact",
    "Described",
    "Logo",
    "Phone",
    "PhoneLabel",
    "Policy",
    "Settings",
    "Style",
    "Unsigned",
    "country_facts",
    "describe_settings",
    "load_settings",
]
