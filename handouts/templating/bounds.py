"""Makes loops and joined texts of a template count, and gettext calls know their place.

A template's tree has some ten nodes for each message, and the engine's own visitors are
slow: here each node is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateAssertionError

from handouts.templating.outline import GETTEXT_NAMES
from handouts.templating.texts import stretch_of

__all__ = ["PLACE", "Bounds"]

PLACE: Final = "_place"
"""The keyword that tells a gettext call where it stands."""

_LEAVES: Final = frozenset(
    {
        nodes.Const,
        nodes.EnvironmentAttribute,
        nodes.Name,
        nodes.NSRef,
        nodes.TemplateData,
    }
)


class Bounds:
    """Bounds one template's tree."""

    def __init__(
        self, environment: Environment, *, file: str | None, is_furniture: bool
    ) -> None:
        self._environment = environment
        self._file = file
        self._is_furniture = is_furniture

    def put_on(self, tree: nodes.Template) -> None:
        """Change the tree.

        Raises:
            TemplateAssertionError: a loop is recursive.
        """
        waiting: list[nodes.Node] = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, nodes.Call):
                self._place(node)
            waiting += self._children(node)
            if isinstance(node, nodes.For):
                self._bound(node)

    def _children(self, node: nodes.Node) -> Iterator[nodes.Node]:
        """Yield the nodes below a node that may have some; make joined texts count."""
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                for at, child in enumerate(value):
                    if isinstance(child, nodes.Node) and type(child) not in _LEAVES:
                        value[at] = new = self._counted(child)
                        yield new
            elif isinstance(value, nodes.Node) and type(value) not in _LEAVES:
                new = self._counted(value)
                setattr(node, name, new)
                yield new

    def _counted(self, node: nodes.Node) -> nodes.Node:
        if not isinstance(node, nodes.Concat):
            return node
        parts = nodes.List(node.nodes, lineno=node.lineno, environment=self._environment)
        return self._filtered(parts, "join", [])

    def _bound(self, node: nodes.For) -> None:
        if node.recursive:
            raise TemplateAssertionError(
                "Recursive loops are not supported.", node.lineno, filename=self._file
            )
        size = self._constant(1 + sum(map(_characters, node.body)))
        node.iter = self._filtered(node.iter, "_bounded", [size])

    def _place(self, node: nodes.Call) -> None:
        if isinstance(node.node, nodes.Name) and node.node.name in GETTEXT_NAMES:
            place = self._constant((self._file, node.lineno, self._is_furniture))
            keyword = nodes.Keyword(PLACE, place, lineno=node.lineno)
            keyword.environment = self._environment
            node.kwargs.append(keyword)

    def _constant(self, value: object) -> nodes.Const:
        return nodes.Const(value, environment=self._environment)

    def _filtered(
        self, node: nodes.Node, name: str, args: list[nodes.Expr]
    ) -> nodes.Filter:
        assert isinstance(node, nodes.Expr)
        return nodes.Filter(
            node,
            name,
            args,
            [],
            None,
            None,
            lineno=node.lineno,
            environment=self._environment,
        )


def _characters(node: nodes.Node) -> int:
    """Return how much markup stands in a part of a template."""
    data = sum(len(found.data) for found in node.find_all(nodes.TemplateData))
    stretches = map(stretch_of, node.find_all(nodes.EnvironmentAttribute))
    return data + sum(
        len(text)
        for stretch in stretches
        for _, text, is_message in (stretch.pieces if stretch else ())
        if not is_message
    )
