"""A corpus to check: reports of a few bodies over the years, of which a test chooses the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.engine import Engine

from goicrawl import forms, registry
from goicrawl.checking.run import Checked, CheckSummary, check
from goicrawl.checking.selection import Selection, select
from goicrawl.checks.results import Result
from goicrawl.database.store import Store
from goicrawl.extraction.report import Answer, Metadata, Report, Section, Source, StatedFact
from tests.database.material import capture

OFFICE = "宽城满族自治县人民政府办公室"
COUNTY = "130827"
STOCK = "disclosure.normative_documents.in_force"
ISSUED = "disclosure.normative_documents.issued"
REPEALED = "disclosure.normative_documents.repealed"
IN = "requests.carried_over_in.total"
OUT = "requests.carried_over_out.total"
NEW = "requests.newly_received.total"
BLANK = Answer("", "blank")
_bodies = count(1)


def number(value: int | Decimal, unit: str | None = None) -> Answer:
    return Answer(f"{value}{unit or ''}", "number", value, unit)


def report(year: int | None, numbers: dict[str, Any] | None = None, **changes: Any) -> Report:
    """A report of the county's office: zeros but for `numbers`; None leaves a cell out."""
    form = changes.pop("form", "f2021")
    cells = {} if form is None else {cell.address: number(0) for cell in forms.load()[form].cells}
    for address, value in (numbers or {}).items():
        if value is None:
            del cells[address]
        else:
            cells[address] = value if isinstance(value, Answer) else number(value)
    values: dict[str, Any] = {
        "source": Source("00" * 32, "text/html", "utf-8", None, "http://www.example.gov.cn/"),
        "outcome": "complete",
        "form": form,
        "report_year": year,
        "scope": "organ",
        "title": f"{year}年政府信息公开工作年度报告",
        "issuing_body": OFFICE,
        "region_code": COUNTY,
        "metadata": Metadata(published_on=None if year is None else date(year + 1, 1, 20)),
        "cells": cells,
    }
    return Report(**{**values, **changes})


def put(store: Store, *reports: Report, page: str | None = None, days: int = 0) -> list[int]:
    """Store reports, each from a page of its own unless one is given; returns their keys."""
    keys = []
    for one in reports:
        at = next(_bodies)
        url = page or f"http://www.example.gov.cn/{at}.html"
        keys.append(store.store_report(one, capture(store, url, str(at).encode(), days)).report_id)
    return keys


def stated(value: int, whose: str | None = None) -> dict[str, Any]:
    """The changes by which a report states a number of requests in its first chapter."""
    sentence = f"本年度收到政府信息公开申请{value}件。"
    start = sentence.index(str(value))
    fact = StatedFact(
        "requests_received", value, str(value), sentence, "件", whose=whose, section=1, at=(0, start)
    )
    return {"sections": (Section(1, "一、总体情况", sentence),), "stated": (fact,)}


def run(
    engine: Engine, *codes: str, rules: Sequence[str] | None = None
) -> tuple[CheckSummary, list[tuple[Checked, Result]]]:
    """Check, and collect every result with its report."""
    found: list[tuple[Checked, Result]] = []

    def tell(checked: Checked) -> None:
        found.extend((checked, result) for result in checked.results)

    known = registry.load()
    selection = select(codes, None, known) if codes else Selection()
    return check(engine, known, selection, rules, tell=tell), found


def said(engine: Engine, rule: str, at: str, year: int) -> tuple[str, str | None]:
    """Status and reason of one place of the reports of a year; the report must be the only one."""
    _, found = run(engine, rules=[rule])
    (result,) = [r for one, r in found if one.report.report_year == year and r.at == at]
    return result.status, result.reason
