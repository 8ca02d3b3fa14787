"""EXPAND: templates + vetted messages → markup in which every message is marked.

The one door of Jinja. `TemplateSet` finds templates; `expand` runs a handout's; what
its author did wrong goes to the sink. `document/` parses the markup.
"""

from handouts.templating.expand import (
    Context,
    Expansion,
    Person,
    Signed,
    TemplateSet,
    expand,
    reached,
)
from handouts.templating.loading import builtin_templates
from handouts.templating.sources import Source, Sources

__all__ = [
    "Context",
    "Expansion",
    "Person",
    "Signed",
    "Source",
    "Sources",
    "TemplateSet",
    "builtin_templates",
    "expand",
    "reached",
]
