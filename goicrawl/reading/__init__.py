"""Reads one document: bytes to a checked report."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["parse_report"]

if TYPE_CHECKING:
    from goicrawl.reading.report import parse_report


def __getattr__(name: str) -> Any:
    # Loaded on first use: who has documents read in processes of their own needs no reader.
    if name == "parse_report":
        return import_module("goicrawl.reading.report").parse_report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
