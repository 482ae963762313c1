"""The rules row: only few bodies may make rules (规章)."""

from __future__ import annotations

from collections.abc import Callable

from goicrawl.checks.words import plain, shown
from goicrawl.extraction.report import Finding, Report
from goicrawl.forms import Form, Identity
from goicrawl.registry import Registry
from goicrawl.registry.bodies import Body, normalise_body


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]] | None:
    """The check of the row that the identity names, or None where the form has no such row."""
    cells = () if form is None else form.cells
    own = {
        cell.address: plain(cell.english)
        for cell in cells
        if cell.table == identity.table and cell.row == identity.row
    }
    if not own:
        return None

    def check(report: Report, registry: Registry) -> list[Finding]:
        printed = {}
        for address in own:
            answer = report.cells.get(address)
            if answer is not None and answer.value is not None and answer.value != 0:
                printed[address] = answer.value
        if not printed:
            return []
        why = _why_not(report, registry)
        if why is None:
            return []
        figures = ", ".join(f"{own[address]} {shown(value)}" for address, value in printed.items())
        at = next(iter(printed))
        message = f"{why} cannot make rules, but the report counts them ({figures})"
        return [Finding(identity.id, identity.severity, at, message, printed[at], 0)]

    return check


def _why_not(report: Report, registry: Registry) -> str | None:
    """What the body surely is that may make no rules; None where it may, or where that is not sure.

    Rules are made by departments of the State Council and by the governments of provinces, cities with
    districts and autonomous prefectures. Their offices count those as their own, and departments under
    them are let pass, since their report may do the same.
    """
    if report.issuing_body is None:
        return None
    year = report.report_year
    site = None if report.region_code is None else registry.region(report.region_code, year)
    body = normalise_body(report.issuing_body, region=site, registry=registry, year=year)
    if body.kind == "township":
        return "a township"
    if body.kind == "subdistrict":
        return "a subdistrict"
    return _of_a_county(body, registry, year)


def _of_a_county(body: Body, registry: Registry, year: int | None) -> str | None:
    if body.region_code is None or body.kind == "other":
        return None
    own = registry.region(body.region_code, year)
    if own is None or own.level != "county":
        return None
    return {
        "government": "the government of a county or district",
        "office": "the office of a county's or district's government",
    }.get(body.kind, "a department of a county or district")
