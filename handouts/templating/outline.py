"""What a template's parse tree tells before it runs: blocks, values, mistakes.

A misspelt block loses its text without a word, and so does text outside blocks: the
engine reports neither, so they are looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from jinja2 import nodes
from jinja2.ext import extract_from_ast

from handouts.catalog import KEYWORDS, Asked
from handouts.diagnostics import Diagnostic
from handouts.templating.faults import nearest
from handouts.templating.texts import Question, question_of, stretch_of

__all__ = ["GETTEXT_NAMES", "Outline", "handout_findings", "outline_of"]

GETTEXT_NAMES: Final = frozenset({"gettext", "ngettext", "pgettext", "npgettext", "_"})

_REQUIRED_VALUES: Final = {
    "version": '"0.1"',
    "written": '"2026-11"',
    "review_by": '"2027-11"',
    "symbol": '"info"',
    "sources": '["a-key-of-sources.toml"]',
}
_BODIES: Final = ("body", "elif_", "else_")
_NON_SPACE: Final = re.compile(r"\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A template before it runs. `blocks` and `assigned` are name → line.

    `digest` names the text: no template can hold its own. `calls` are what it asks of
    gettext, in their order.
    """

    file: str
    digest: str
    blocks: dict[str, int]
    required: frozenset[str]
    extends: bool
    assigned: dict[str, int]
    strays: tuple[int, ...]
    calls: tuple[Asked, ...]


def outline_of(tree: nodes.Template, *, file: str, digest: str) -> Outline:
    """Return the outline of a parsed template."""
    statements = list(_statements(tree))
    blocks = [node for node in statements if isinstance(node, nodes.Block)]
    return Outline(
        file=file,
        digest=digest,
        blocks={block.name: block.lineno for block in reversed(blocks)},
        required=frozenset(block.name for block in blocks if block.required),
        extends=any(isinstance(node, nodes.Extends) for node in statements),
        assigned=dict(_assigned(tree.body)),
        strays=tuple(_strays(tree.body)),
        calls=tuple(_asked(tree)),
    )


class _Alone(NamedTuple):
    """A call by itself, as a tree for the engine's extractor."""

    call: nodes.Call

    def find_all(self, kind: object) -> Iterator[nodes.Call]:
        del kind
        yield self.call


def _asked(tree: nodes.Template) -> Iterator[Asked]:
    """Yield what the template asks of gettext, in its order."""
    for node in tree.find_all((nodes.Call, nodes.EnvironmentAttribute)):
        if stretch := stretch_of(node):
            yield from (
                (line, "gettext", text) for line, text, is_one in stretch.pieces if is_one
            )
        elif isinstance(node, nodes.Call) and (question := question_of(node)):
            yield _asked_with_values(question, [one.key for one in node.kwargs])
        elif isinstance(node, nodes.Call):
            yield from extract_from_ast(cast("nodes.Template", _Alone(node)), KEYWORDS)


def _asked_with_values(question: Question, values: Sequence[str]) -> Asked:
    """Return what the engine's extractor tells of a message: a `None` for each value."""
    line, singular, plural, counted, _ = question
    if plural is None:
        return line, "gettext", (singular, *(None for _ in values))
    others = (None for name in values if not name == counted == "num")
    return line, "ngettext", (singular, plural, None, *others)


def _statements(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the statements below `node`, in their order.

    Blocks stand among them, never in an expression: most of a tree need not be seen.
    """
    for name in _BODIES:
        for child in getattr(node, name, ()):
            yield child
            if not isinstance(child, nodes.Output):
                yield from _statements(child)


def handout_findings(handout: Outline, layout: Outline) -> Iterator[Diagnostic]:
    """Yield what is wrong with a handout, given its layout."""
    if not handout.extends:
        yield Diagnostic(
            code="missing-layout",
            message="handout extends no layout",
            hint="begin it with `{% extends layout %}`",
            file=handout.file,
            line=1,
        )
        return
    yield from _block_findings(handout, layout)
    for name in sorted(_REQUIRED_VALUES.keys() - handout.assigned.keys()):
        yield Diagnostic(
            code="missing-variable",
            message=f"handout sets no `{name}`",
            hint=f"add `{{% set {name} = {_REQUIRED_VALUES[name]} %}}` below `extends`",
            file=handout.file,
            line=1,
        )
    for line in handout.strays:
        yield Diagnostic(
            code="text-outside-block",
            message="text stands outside all blocks and would not be printed",
            hint="move it into `{% block body %}`",
            file=handout.file,
            line=line,
        )


def _block_findings(handout: Outline, layout: Outline) -> Iterator[Diagnostic]:
    for name, line in sorted(handout.blocks.items()):
        if name not in layout.blocks:
            known = ", ".join(f"`{block}`" for block in sorted(layout.blocks))
            yield Diagnostic(
                code="misspelt-block",
                message=f"block `{name}` is not in the layout: it would not be printed",
                hint=nearest(name, layout.blocks) or f"the layout's blocks are {known}",
                file=handout.file,
                line=line,
            )
    for name in sorted(layout.required - handout.blocks.keys()):
        yield Diagnostic(
            code="missing-block",
            message=f"handout has no block `{name}`",
            hint=f"add `{{% block {name} %}}…{{% endblock %}}`",
            file=handout.file,
            line=1,
        )


def _assigned(body: Iterable[nodes.Node]) -> Iterator[tuple[str, int]]:
    """Yield the names that the top level sets, and the lines."""
    for node in body:
        if isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            names = [*node.target.find_all(nodes.Name), node.target]
            for name in names:
                if isinstance(name, nodes.Name):
                    yield name.name, node.lineno


def _strays(body: Iterable[nodes.Node]) -> Iterator[int]:
    """Yield the lines of what would be printed outside blocks, were it printed."""
    for node in body:
        match node:
            case nodes.Output():
                yield from _output_strays(node)
            case nodes.If() | nodes.For() | nodes.With() | nodes.Scope():
                yield from _strays(node.iter_child_nodes())
            case nodes.CallBlock() | nodes.FilterBlock() | nodes.Include():
                yield node.lineno
            case _:
                pass


def _output_strays(output: nodes.Output) -> Iterator[int]:
    for child in output.nodes:
        if isinstance(child, nodes.TemplateData):
            yield from _data_strays(child.lineno, child.data)
        elif stretch := stretch_of(child):
            for line, text, is_message in stretch.pieces:
                yield from (line,) if is_message else _data_strays(line, text)
        else:
            yield child.lineno


def _data_strays(line: int, text: str) -> Iterator[int]:
    if found := _NON_SPACE.search(text):
        yield line + text.count("\n", 0, found.start())
