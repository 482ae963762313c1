"""What storing computes from a report alone, done beforehand: in the process that read the report."""

from __future__ import annotations

from dataclasses import dataclass, fields

from goicrawl.checks import in_report
from goicrawl.database.digests import content_digest, reading_digest
from goicrawl.database.packing import LayoutKey, PackedTable, pack
from goicrawl.extraction.report import Finding, Report
from goicrawl.reading.following import NOTHING, Wanted, wanted_files
from goicrawl.reading.joined import JoinedReport
from goicrawl.reading.transfer import register
from goicrawl.reading.unread import is_unread
from goicrawl.reading.version import parser_version


@dataclass(frozen=True)
class PreparedReport(Report):
    """A report for the store and nobody else: its cells are in `tables`, and `cells` is empty."""

    content_digest: bytes = b""
    reading_digest: bytes = b""
    tables: tuple[PackedTable, ...] = ()
    finding_digests: tuple[bytes, ...] = ()
    parser_version: str | None = ""
    """Of the parser that read it, in whatever process that was; no part of either digest. None: unread."""
    table_files: tuple[tuple[str, str], ...] = ()
    file_url: str | None = None
    """See `JoinedReport`: which of the page's files its tables come from."""
    wanted: Wanted = NOTHING
    """Files of the page that it may need."""


register(LayoutKey, PackedTable)


def prepare(report: Report) -> PreparedReport:
    """The report as `Store.store_reports` takes it with the least work.

    Raises:
        StoreError: a cell breaks the rules of `Answer`; it is named.
    """
    values = {field.name: getattr(report, field.name) for field in fields(Report)}
    table_files, file_url = files_of(report)
    return PreparedReport(
        **{**values, "cells": {}},
        content_digest=content_digest(report),
        reading_digest=reading_digest(report, table_files),
        tables=tuple(pack(report)),
        finding_digests=tuple(in_report.digests(report)),
        parser_version=None if _is_unfinished(report) else parser_version(),
        table_files=table_files,
        file_url=file_url,
        wanted=wanted_files(report),
    )


def digests_of(report: Report) -> tuple[bytes, bytes]:
    """The content digest and the reading digest of a report, prepared or not."""
    if isinstance(report, PreparedReport):
        return report.content_digest, report.reading_digest
    return content_digest(report), reading_digest(report, files_of(report)[0])


def files_of(report: Report) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """(table, address of its file) of a joined report's tables, and the file that most was read from."""
    if isinstance(report, JoinedReport | PreparedReport):
        return report.table_files, report.file_url
    return (), None


def tables_of(report: Report) -> list[PackedTable]:
    """The packed tables of a report, prepared or not."""
    return list(report.tables) if isinstance(report, PreparedReport) else pack(report)


def findings_of(report: Report) -> list[tuple[Finding, bytes]]:
    """A report's findings in their order, each with its digest; prepared or not."""
    known = report.finding_digests if isinstance(report, PreparedReport) else in_report.digests(report)
    return list(zip(report.findings, known, strict=True))


def parser_of(report: Report) -> str | None:
    """The version of the parser that read a report: this process's, unless it came prepared from another.

    None for a document that none could read.
    """
    if isinstance(report, PreparedReport):
        return report.parser_version
    return None if _is_unfinished(report) else parser_version()


def _is_unfinished(report: Report) -> bool:
    """Whether it was not read, or a file of its page was not, for want of time, memory or a sound reader."""
    return is_unread(report) or (isinstance(report, JoinedReport) and report.unfinished)
