"""Readers for these tests: an older parser, a mistaken one, a slow one, one that dies on a page."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date
from typing import Any

from goicrawl.database.prepared import PreparedReport, prepare
from goicrawl.extraction.report import Report
from goicrawl.pipelines.page_reader import read_page
from goicrawl.reading import parse_report

OLDER = "0.0.9+older"
CELL = "requests.newly_received.total"
SLOW_SECONDS = 0.15
WRONG = "/1.html"
"""End of the address of the page that goes wrong."""


def older(data: bytes, **named: Any) -> PreparedReport:
    """Takes one cell of the forms of 2019 and 2021 for blank."""
    report = parse_report(data, **named)
    if CELL in report.cells:
        cells = {**report.cells, CELL: replace(report.cells[CELL], raw="", kind="blank", value=None)}
        report = replace(report, cells=cells)
    return by_older(report)


def unchecked(data: bytes, **named: Any) -> PreparedReport:
    """Reads everything that is printed, and finds other faults in it."""
    report = parse_report(data, **named)
    return by_older(replace(report, reasons=(*report.reasons, "older: less was known")))


def mistaken(data: bytes, **named: Any) -> PreparedReport:
    """Takes every report for that of the year before."""
    report = parse_report(data, **named)
    year = report.report_year
    assert year is not None
    return by_older(
        replace(report, report_year=year - 1, period=(date(year - 1, 1, 1), date(year - 1, 12, 31)))
    )


def by_older(report: Report) -> PreparedReport:
    return replace(prepare(report), parser_version=OLDER)


def slow(data: bytes, **named: Any) -> Report:
    """Takes its time."""
    time.sleep(SLOW_SECONDS)
    return read_page(data, **named)


def deadly(data: bytes, **named: Any) -> Report:
    """Dies on one page."""
    if named["url"].endswith(WRONG):
        os._exit(3)
    return read_page(data, **named)


def broken(data: bytes, **named: Any) -> Report:
    """Makes of one page a report that cannot be stored."""
    report = read_page(data, **named)
    if named["url"].endswith(WRONG):
        return replace(report, report_year=2**20)
    return report
