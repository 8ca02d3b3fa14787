"""Packages whose names are loaded when they are first asked for (PEP 562).

A command that lays no page out need not load what does: half of its start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

__all__ = ["loaded_when_asked"]


def loaded_when_asked(
    package: str, modules: Mapping[str, Sequence[str]]
) -> Callable[[str], Any]:
    """Return a package's `__getattr__`: `modules` are its own, with what each gives."""
    homes = {name: module for module, names in modules.items() for name in names}

    def load(name: str) -> Any:  # noqa: ANN401  # whatever the module has
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load
