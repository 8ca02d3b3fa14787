"""Document tree + page format → frozen display list; measures first, then paints."""

from typing import TYPE_CHECKING, Final

from handouts.layout.formats import KNOWN_FORMATS, PageFormat
from handouts.when_asked import loaded_when_asked

if TYPE_CHECKING:
    from handouts.layout.compose import EditionInfo, lay_out
    from handouts.layout.display import (
        Box,
        DisplayList,
        Item,
        Page,
        Path,
        Picture,
        Placed,
        Segment,
    )
    from handouts.layout.dump import dump_display
    from handouts.layout.pointer import settled
    from handouts.layout.theme import Palette, palette_for

__all__ = [
    "KNOWN_FORMATS",
    "Box",
    "DisplayList",
    "EditionInfo",
    "Item",
    "Page",
    "PageFormat",
    "Palette",
    "Path",
    "Picture",
    "Placed",
    "Segment",
    "dump_display",
    "lay_out",
    "palette_for",
    "settled",
]

_MODULES: Final = {
    "compose": ("EditionInfo", "lay_out"),
    "display": (
        "Box",
        "DisplayList",
        "Item",
        "Page",
        "Path",
        "Picture",
        "Placed",
        "Segment",
    ),
    "dump": ("dump_display",),
    "pointer": ("settled",),
    "theme": ("Palette", "palette_for"),
}
__getattr__ = loaded_when_asked(__name__, _MODULES)
