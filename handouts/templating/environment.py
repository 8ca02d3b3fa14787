"""The template engine, set up once: sandboxed, bounded, with this program's gettext."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.ext import InternationalizationExtension
from jinja2.filters import FILTERS as ENGINE_FILTERS
from jinja2.lexer import Lexer
from jinja2.runtime import Context as EngineContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from handouts.catalog import NEWSTYLE, TRIMMED, Asked
from handouts.catalog.model import Key
from handouts.templating.bounds import PLACE, Bounds
from handouts.templating.faults import AuthorError
from handouts.templating.lexing import QuickLexer
from handouts.templating.loading import Folders
from handouts.templating.outline import Outline, outline_of
from handouts.templating.run import Place, current_run
from handouts.templating.source_lines import SourceLines
from handouts.templating.texts import Question, Stretch, TextsParser
from handouts.templating.values import FILTERS, Blank, Value

__all__ = ["HandoutEnvironment"]

# Of the engine's filters those that neither make long texts from short ones (`center`,
# `format`, `indent`) nor take escaping away (`safe`).
_ENGINE_FILTERS: Final = (
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "int",
    "items", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "reverse", "select", "selectattr", "sort", "string", "title", "trim",
    "unique", "upper",
)  # fmt: skip
_ENGINE_GLOBALS: Final = ("dict", "namespace")
_ATTRIBUTES: Final[dict[type, frozenset[str]]] = {
    str: frozenset({"lower", "upper", "strip", "startswith", "endswith", "title"}),
    Markup: frozenset({"striptags"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    int: frozenset(),
    float: frozenset(),
    Decimal: frozenset(),
    bytes: frozenset(),
    Value: frozenset({"kind"}),
    Blank: frozenset(),
}
_MAX_RANGE: Final = 1000
_MAX_BITS: Final = 256
_MAX_EXPONENT: Final = 16
_INCLUDE_CHARACTERS: Final = 1000


class _Template(Template):
    """A compiled template whose import belongs to one expansion."""

    def _get_default_module(self, ctx: EngineContext | None = None) -> TemplateModule:
        # The engine would keep the module, and with it one edition's messages.
        del ctx
        run = current_run()
        module = run.modules.get(self.name)
        if module is None:
            module = run.modules[self.name] = self.make_module(run.variables)
        return module


class HandoutEnvironment(ImmutableSandboxedEnvironment):
    """The engine for one list of template folders; holds the compiled templates."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    template_class = _Template

    def __init__(self, folders: tuple[Any, ...]) -> None:
        super().__init__(
            loader=Folders(folders),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=(InternationalizationExtension, SourceLines),
            finalize=_printed,
            cache_size=-1,
            # What could be worked out beforehand is not worth looking for: a template
            # is expanded a few times, and looking takes a third of its compilation.
            optimized=False,
        )
        self.policies["ext.i18n.trimmed"] = TRIMMED
        self.newstyle_gettext = NEWSTYLE  # `extend` would keep the extension's False
        self.outlines: dict[str, Outline] = {}
        self.files: set[str] = set()
        self.texts: dict[tuple[str, str], tuple[Stretch | Question, ...]] = {}
        self._lexer = QuickLexer(self)
        self._limit_names()

    @property
    def lexer(self) -> Lexer:
        """What takes templates apart."""
        return self._lexer

    @property
    def folders(self) -> Folders:
        """The loader."""
        assert isinstance(self.loader, Folders)
        return self.loader

    def calls(self, name: str) -> tuple[Asked, ...] | None:
        """Return what a template asks of gettext; None if it cannot be compiled.

        It is compiled by this, to be expanded next: it need not be parsed twice.
        """
        try:
            super()._load_template(name, self.make_globals(None))
        except (TemplateError, AuthorError, RuntimeError, SyntaxError, MemoryError):
            return None
        return self.outlines[name].calls

    def call(self, context: EngineContext, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # the engine's seam
        """Call what a template calls; every call counts."""
        if isinstance(obj, Question) or obj in _GETTEXT:  # which count by themselves
            return obj(*args, **kwargs)
        run = current_run()
        run.tick()
        result = super().call(context, obj, *args, **kwargs)
        if isinstance(result, str):
            run.charge(len(result))
        return result

    def call_binop(
        self,
        context: EngineContext,
        operator: str,
        left: Any,  # noqa: ANN401  # whatever a template holds
        right: Any,  # noqa: ANN401  # the same
    ) -> Any:  # noqa: ANN401  # the same
        """Do arithmetic whose result stays small."""
        del context
        return _OPERATIONS[operator](left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  # the engine's seam
        """Allow what data offers: of built-in types only what cannot grow."""
        allowed = _ATTRIBUTES.get(type(obj))
        if allowed is not None:
            return attr in allowed
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401  # the engine's seam
        """Leave `str.format` to `is_safe_attribute`, which refuses it."""

    def _load_template(self, name: str, globals: Any) -> Template:  # noqa: ANN401  # the engine's names
        run = current_run()
        run.tick()
        run.charge(_INCLUDE_CHARACTERS)
        return super()._load_template(name, globals)

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        """Parse and bound a template; remember its outline."""
        parser = TextsParser(self, source, name, filename)
        tree = parser.parse()
        file, is_furniture = parser.where
        outline = outline_of(tree, file=file, digest=parser.digest)
        self.keep(name or file, outline, tuple(parser.texts))
        Bounds(self, file=file, is_furniture=is_furniture).put_on(tree)
        return tree

    def keep(
        self, name: str, outline: Outline, texts: tuple[Stretch | Question, ...]
    ) -> None:
        """Remember what belongs to a template's code.

        An older code of the template, which may still run, keeps its own texts.
        """
        self.files.add(outline.file)
        self.outlines[name] = outline
        self.texts[outline.file, outline.digest] = texts

    def _limit_names(self) -> None:
        """Keep of the engine's filters and globals the harmless ones; add our own."""
        kept = {name: ENGINE_FILTERS[name] for name in _ENGINE_FILTERS}
        own = {name: _at_run_time(name) for name in FILTERS}
        bounds = {"join": _join, "_bounded": _bounded, "field": _field}
        self.filters = {**kept, **own, **bounds}
        self.globals = {
            **{name: self.globals[name] for name in _ENGINE_GLOBALS},
            "range": _range,
            "in_source": lambda block: current_run().in_source(block),
            **{name: function for function, name in _GETTEXT.items()},
            "_": _gettext,
        }


def _printed(value: Any) -> Any:  # noqa: ANN401  # whatever a template prints
    """Refuse to print `None` for a setting that is not set."""
    if value is None:
        raise AuthorError(
            "unset-value",
            "a value that is not set is printed",
            hint="print it with `|name` or `|phone`: an unset value becomes a blank",
        )
    return value


def _at_run_time(name: str) -> Any:  # noqa: ANN401  # a filter as the engine wants it
    """Return a filter that the engine does not run while it compiles."""
    make = FILTERS[name]

    @pass_context
    def filtered(context: EngineContext, value: object) -> Value | Blank:
        del context
        return make(value)

    return filtered


@pass_context
def _join(
    context: EngineContext,
    parts: Iterable[object],
    separator: str = "",
    attribute: str | None = None,
) -> Markup:
    """Join texts, escaped; `a ~ b` is this, too."""
    if attribute is not None:
        parts = [context.environment.getitem(part, attribute) for part in parts]
    texts = [escape(_printed(part)) for part in parts]
    current_run().charge(sum(map(len, texts)) + len(separator) * len(texts))
    return escape(separator).join(texts)


@pass_context
def _bounded(
    context: EngineContext, items: Iterable[object], characters: int
) -> Iterator[object]:
    """Yield a loop's items; every turn counts, with the text it prints."""
    del context
    run = current_run()
    for item in items:
        run.tick()
        run.charge(characters)
        yield item


@pass_context
def _field(context: EngineContext, name: str) -> Markup:
    """Return the place of a value that only layout knows, such as the page."""
    del context
    return Markup('<span data-field="{}"></span>').format(name)


def _range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > _MAX_RANGE:
        raise SecurityError(f"a range has more than {_MAX_RANGE} numbers")
    return numbers


def _add(left: Any, right: Any) -> Any:  # noqa: ANN401  # whatever a template adds
    if isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
        current_run().charge(len(left) + len(right))
    return left + right


def _multiply(left: Any, right: Any) -> Any:  # noqa: ANN401  # whatever a template multiplies
    _require_numbers("*", left, right)
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() + right.bit_length()
        if bits > _MAX_BITS:
            raise SecurityError("a product is too large")
    return left * right


def _power(left: Any, right: Any) -> Any:  # noqa: ANN401  # whatever a template raises
    _require_numbers("**", left, right)
    is_small = (
        not isinstance(left, int) or left.bit_length() <= _MAX_BITS // _MAX_EXPONENT
    )
    if abs(right) > _MAX_EXPONENT or not is_small:
        raise SecurityError("a power is too large")
    return left**right


def _remainder(left: Any, right: Any) -> Any:  # noqa: ANN401  # whatever a template divides
    _require_numbers("%", left, right)
    return operator.mod(left, right)


def _require_numbers(sign: str, *values: object) -> None:
    if not all(isinstance(value, (int, float, Decimal)) for value in values):
        raise SecurityError(f"`{sign}` works on numbers only")


_OPERATIONS: Final = {"+": _add, "*": _multiply, "**": _power, "%": _remainder}


def _gettext(msgid: str, /, **arguments: Any) -> Markup:  # noqa: ANN401  # a template's values
    place = Place(*arguments.pop(PLACE))
    return current_run().message(Key(None, msgid), None, None, arguments, place)


def _pgettext(context: str, msgid: str, /, **arguments: Any) -> Markup:  # noqa: ANN401  # a template's values
    place = Place(*arguments.pop(PLACE))
    return current_run().message(Key(context, msgid), None, None, arguments, place)


def _ngettext(msgid: str, plural: str, count: Any, /, **arguments: Any) -> Markup:  # noqa: ANN401  # a template's values
    place = Place(*arguments.pop(PLACE))
    arguments.setdefault("num", count)
    return current_run().message(Key(None, msgid), plural, count, arguments, place)


def _npgettext(
    context: str,
    msgid: str,
    plural: str,
    count: Any,  # noqa: ANN401  # a template's value
    /,
    **arguments: Any,  # noqa: ANN401  # the same
) -> Markup:
    place = Place(*arguments.pop(PLACE))
    arguments.setdefault("num", count)
    return current_run().message(Key(context, msgid), plural, count, arguments, place)


_GETTEXT: Final = {
    _gettext: "gettext",
    _ngettext: "ngettext",
    _pgettext: "pgettext",
    _npgettext: "npgettext",
}
"""What `{% trans %}` becomes a call of."""
