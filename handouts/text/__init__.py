"""Paragraph → runs → glyphs → lines; a text engine that knows nothing of handouts."""

from handouts.text.engine import TextEngine
from handouts.text.exemplars import exemplars
from handouts.text.itemise import Problem, UnsettableTextError
from handouts.text.model import (
    Direction,
    GlyphRun,
    Isolate,
    Line,
    Style,
    StyledText,
    StyleRun,
)
from handouts.text.paragraph import ShapedParagraph

__all__ = [
    "Direction",
    "GlyphRun",
    "Isolate",
    "Line",
    "Problem",
    "ShapedParagraph",
    "Style",
    "StyleRun",
    "StyledText",
    "TextEngine",
    "UnsettableTextError",
    "exemplars",
]
