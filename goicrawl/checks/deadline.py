"""The statutory day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from goicrawl.extraction.report import Finding, Report
from goicrawl.forms import Form, Identity
from goicrawl.registry import Registry
from goicrawl.registry.bodies import normalise_body

PLACE = "metadata.published_on"


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]]:
    """The check of the day of publication; it needs no form."""
    first_year = identity.first_year_of_two_deadlines

    def check(report: Report, registry: Registry) -> list[Finding]:
        year, published = report.report_year, report.metadata.published_on
        if year is None or published is None or not date.min.year <= year < date.max.year:
            return []
        if published <= date(year + 1, 1, 31):
            return []  # in time for every body
        if first_year is not None and year < first_year:
            whose, day = "reports of that year", date(year + 1, 3, 31)
        else:
            found = _deadline(report, registry, year)
            if found is None:
                return []
            whose, day = found
        late = (published - day).days
        if late <= 0:
            return []
        message = (
            f"published on {published.isoformat()}, {late} day{'' if late == 1 else 's'} after "
            f"{day.isoformat()}, the day for {whose}"
        )
        return [Finding(identity.id, identity.severity, PLACE, message)]

    return check


def _deadline(report: Report, registry: Registry, year: int) -> tuple[str, date] | None:
    """Whose day it is, and the day; None where the body does not show which of the two counts."""
    if report.issuing_body is None:
        return None
    site = None if report.region_code is None else registry.region(report.region_code, year)
    kind = normalise_body(report.issuing_body, region=site, registry=registry, year=year).kind
    # The office that is in charge of open information publishes the government's report as well.
    of_a_government = kind == "office" and report.scope in ("level", "jurisdiction")
    if kind == "government" or of_a_government:
        return "reports of governments", date(year + 1, 3, 31)
    if kind in ("department", "office"):
        return "reports of departments and offices", date(year + 1, 1, 31)
    if kind in ("township", "subdistrict"):
        # The Regulation does not name them; in practice they report like departments.
        return "reports of townships and subdistricts (by practice)", date(year + 1, 1, 31)
    return None
