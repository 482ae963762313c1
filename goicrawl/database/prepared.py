"""What storing computes from a report alone, done beforehand: in the process that read the report."""

from __future__ import annotations

from dataclasses import dataclass, fields

from goicrawl.database.digests import content_digest, reading_digest
from goicrawl.database.packing import LayoutKey, PackedTable, pack
from goicrawl.extraction.report import Report
from goicrawl.reading.transfer import register
from goicrawl.reading.unread import is_unread
from goicrawl.reading.version import parser_version


@dataclass(frozen=True)
class PreparedReport(Report):
    """A report for the store and nobody else: its cells are in `tables`, and `cells` is empty."""

    content_digest: bytes = b""
    reading_digest: bytes = b""
    tables: tuple[PackedTable, ...] = ()
    parser_version: str | None = ""
    """Of the parser that read it, in whatever process that was; no part of either digest. None: unread."""


register(LayoutKey, PackedTable)


def prepare(report: Report) -> PreparedReport:
    """The report as `Store.store_reports` takes it with the least work.

    Raises:
        StoreError: a cell breaks the rules of `Answer`; it is named.
    """
    values = {field.name: getattr(report, field.name) for field in fields(Report)}
    return PreparedReport(
        **{**values, "cells": {}},
        content_digest=content_digest(report),
        reading_digest=reading_digest(report),
        tables=tuple(pack(report)),
        parser_version=None if is_unread(report) else parser_version(),
    )


def digests_of(report: Report) -> tuple[bytes, bytes]:
    """The content digest and the reading digest of a report, prepared or not."""
    if isinstance(report, PreparedReport):
        return report.content_digest, report.reading_digest
    return content_digest(report), reading_digest(report)


def tables_of(report: Report) -> list[PackedTable]:
    """The packed tables of a report, prepared or not."""
    return list(report.tables) if isinstance(report, PreparedReport) else pack(report)


def parser_of(report: Report) -> str | None:
    """The version of the parser that read a report: this process's, unless it came prepared from another.

    None for a document that none could read.
    """
    if isinstance(report, PreparedReport):
        return report.parser_version
    return None if is_unread(report) else parser_version()
