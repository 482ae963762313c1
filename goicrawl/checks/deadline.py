"""The statutory day of publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goicrawl.checks.results import Status
from goicrawl.extraction.report import Finding, Report
from goicrawl.forms import Form, Identity
from goicrawl.registry import Registry
from goicrawl.registry.bodies import normalise_body

PLACE = "metadata.published_on"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How a day of publication stands to the one the law sets.

    `reason` is a code where the status is neither pass nor fail; `late` counts days, and `whose` says in
    words for whom `day` is set, both only where that was needed to tell.
    """

    status: Status
    reason: str | None = None
    late: int | None = None
    day: date | None = None
    whose: str | None = None


WORDS = {
    "year_unknown": "the year it reports on is not known",
    "no_date": "no day of publication is printed",
    "kind_of_body_unknown": "what kind of body it is, and so which day counts, is not known",
    "deadline_by_practice": "the Regulation does not name townships and subdistricts",
}


def prepare(identity: Identity, form: Form | None) -> Callable[[Report, Registry], list[Finding]]:
    """The check of the day of publication; it needs no form."""

    def check(report: Report, registry: Registry) -> list[Finding]:
        found = assess(identity, report, registry)
        if found.late is None or found.late <= 0:
            return []
        return [Finding(identity.id, identity.severity, PLACE, in_words(report, found))]

    return check


def assess(identity: Identity, report: Report, registry: Registry) -> Timeliness:
    """Whether a report was published in time.

    A township's or subdistrict's that is later than a department's day, but not than a government's, is
    uncertain: the law does not say which of the two counts.
    """
    year, published = report.report_year, report.metadata.published_on
    if year is None or not date.min.year <= year < date.max.year:
        return Timeliness("not_assessable", "year_unknown")
    if published is None:
        return Timeliness("not_assessable", "no_date")
    if published <= date(year + 1, 1, 31):
        return Timeliness("pass")  # in time for every body
    first_year = identity.first_year_of_two_deadlines
    by_practice = False
    if first_year is not None and year < first_year:
        whose, day = "reports of that year", date(year + 1, 3, 31)
    else:
        found = _deadline(report, registry, year)
        if found is None:
            return Timeliness("not_assessable", "kind_of_body_unknown")
        whose, day, by_practice = found
    late = (published - day).days
    if late <= 0:
        return Timeliness("pass", None, late, day, whose)
    if by_practice and published <= date(year + 1, 3, 31):
        return Timeliness("uncertain", "deadline_by_practice", late, day, whose)
    return Timeliness("fail", None, late, day, whose)


def in_words(report: Report, found: Timeliness) -> str:
    """A result in a sentence."""
    published = report.metadata.published_on
    if found.status == "not_assessable" or published is None:
        return WORDS[found.reason or "no_date"]
    if found.late is None or found.day is None or found.late <= 0:
        return f"published on {published.isoformat()}, in time"
    return (
        f"published on {published.isoformat()}, {found.late} day{'' if found.late == 1 else 's'} after "
        f"{found.day.isoformat()}, the day for {found.whose}"
    )


def _deadline(report: Report, registry: Registry, year: int) -> tuple[str, date, bool] | None:
    """Whose day it is, the day, and whether only practice says so; None where the body does not show it."""
    if report.issuing_body is None:
        return None
    site = None if report.region_code is None else registry.region(report.region_code, year)
    kind = normalise_body(report.issuing_body, region=site, registry=registry, year=year).kind
    # The office that is in charge of open information publishes the government's report as well.
    of_a_government = kind == "office" and report.scope in ("level", "jurisdiction")
    if kind == "government" or of_a_government:
        return "reports of governments", date(year + 1, 3, 31), False
    if kind in ("department", "office"):
        return "reports of departments and offices", date(year + 1, 1, 31), False
    if kind in ("township", "subdistrict"):
        # The Regulation does not name them; in practice they report like departments.
        return "reports of townships and subdistricts (by practice)", date(year + 1, 1, 31), True
    return None
