"""PARSE: markup → the document, a frozen tree that knows each message's place and risk.

`parse` makes it; `message_texts`, `plain_text` and `dump` read it; `unmarked_safety`
looks for warnings that nobody marked.
"""

from handouts.document.dump import dump
from handouts.document.parse import parse
from handouts.document.schema import PARTS, SYMBOLS
from handouts.document.texts import message_texts, plain_text, unmarked_safety
from handouts.document.tree import (
    Aside,
    AsideKind,
    Blank,
    Block,
    Break,
    Cell,
    Direction,
    Document,
    Field,
    FieldName,
    Figure,
    Group,
    GroupKind,
    Heading,
    Inline,
    Item,
    ListBlock,
    ListKind,
    MessageSpan,
    Node,
    Origin,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
    Text,
    Value,
)

__all__ = [
    "PARTS",
    "SYMBOLS",
    "Aside",
    "AsideKind",
    "Blank",
    "Block",
    "Break",
    "Cell",
    "Direction",
    "Document",
    "Field",
    "FieldName",
    "Figure",
    "Group",
    "GroupKind",
    "Heading",
    "Inline",
    "Item",
    "ListBlock",
    "ListKind",
    "MessageSpan",
    "Node",
    "Origin",
    "Paragraph",
    "Row",
    "Rule",
    "Section",
    "Table",
    "Text",
    "Value",
    "dump",
    "message_texts",
    "parse",
    "plain_text",
    "unmarked_safety",
]
