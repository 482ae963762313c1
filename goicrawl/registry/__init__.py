"""Whom to ask: regions with the years they existed, portals, report columns, issuing bodies."""

from __future__ import annotations

from goicrawl.registry.records import Portal, Region, RegistryError, ReportColumn
from goicrawl.registry.registry import Registry, load

__all__ = ["Portal", "Region", "Registry", "RegistryError", "ReportColumn", "load"]
