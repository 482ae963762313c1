"""Which files of a page are to be fetched because the page itself holds no tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goicrawl.extraction.attachments import EMBEDDED
from goicrawl.extraction.report import Attachment, Report
from goicrawl.extraction.titles import find_name, read_title
from goicrawl.forms.labels import squeeze

MAX_FILES: Final = 10
"""Files fetched for one page; no report seen has more, counting a picture for every table."""
NOT_STATED: Final = "report_year_not_printed"
_TITLE_ALONE: Final = "no_table: a report's title, but neither text nor table"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page's report may need beside the page.

    `files` may hold its tables. `others` are reports of their own that the page lists: of other years or
    other bodies. `left_out` counts the files beyond `MAX_FILES`.
    """

    files: tuple[Attachment, ...] = ()
    others: tuple[Attachment, ...] = ()
    left_out: int = 0


NOTHING: Final = Wanted()


def wanted_files(report: Report) -> Wanted:
    """The files that may hold what a page lacks; none for a page with figures of its own."""
    if any(answer.kind != "blank" for answer in report.cells.values()):
        return NOTHING
    own = [one for one in report.attachments if one.belongs]
    if report.outcome == "not_a_report":
        bare = _TITLE_ALONE in report.reasons
        own = [one for one in own if _names_report(one) or (bare and one.kind in EMBEDDED)]
    others = other_reports(report, own)
    own = [one for one in own if one not in others]
    pictures = [one for one in own if one.kind == "img"]
    files = [one for one in own if one.kind != "img"]
    if files and report.outcome != "image_only":
        # The pictures of such a page adorn it.
        pictures = []
    chosen = [*files, *pictures]
    return Wanted(tuple(chosen[:MAX_FILES]), others, max(0, len(chosen) - MAX_FILES))


def other_reports(report: Report, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Those of a page's files that are named as reports of another year, or several other bodies.

    One file in the name of one other body may be a slip of the pen; its own text will tell.
    """
    page_year = stated_year(report)
    named = {one: read_title(one.title) for one in files if one.kind != "img"}
    years = {parts.report_year for parts in named.values()} - {None}
    several = len(years) > 1 or (page_year is not None and years - {page_year} != set())
    found = {
        one
        for one, parts in named.items()
        if several and parts.report_year is not None and parts.report_year != page_year
    }
    bodies = {
        one: parts.body
        for one, parts in named.items()
        if parts.body is not None and not alike(parts.body, report.issuing_body)
    }
    if len({squeeze(body) for body in bodies.values()}) > 1:
        found |= bodies.keys()
    return tuple(one for one in files if one in found)


def stated_year(report: Report) -> int | None:
    """The year that a document itself says it reports on; one taken from a date of publication is not."""
    if any(reason.startswith(NOT_STATED) for reason in report.reasons):
        return None
    return report.report_year


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names may be one body's: equal, one an end or a beginning of the other, or not known."""
    if one is None or other is None:
        return True
    first, second = sorted((squeeze(one), squeeze(other)), key=len)
    return second.startswith(first) or second.endswith(first)


def _names_report(one: Attachment) -> bool:
    return find_name(squeeze(one.title)) is not None
