"""goicrawl: a cell-level record of how China's government organs answer information requests."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "parse_report"]

if TYPE_CHECKING:
    from goicrawl.reading import parse_report


def __getattr__(name: str) -> Any:
    # Loaded on first use: most commands read no documents.
    if name == "parse_report":
        return import_module("goicrawl.reading").parse_report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
