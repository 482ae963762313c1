"""Reads one document: bytes to a checked report."""

from __future__ import annotations

from goicrawl.reading.report import parse_report

__all__ = ["parse_report"]
