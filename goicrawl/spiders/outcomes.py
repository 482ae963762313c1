"""From what a visit came upon to its outcome, which is never 'nothing'."""

from __future__ import annotations

from collections.abc import Sequence

from goicrawl.pipelines.page import PageResult
from goicrawl.registry import Portal
from goicrawl.spiders.fetching import Unfetched
from goicrawl.spiders.summary import VisitOutcome, VisitSummary
from goicrawl.spiders.visit import Found

MAX_DETAIL = 1000


def outcome_of(found: Found) -> tuple[VisitOutcome, str]:
    """The outcome of a visit and what stands behind it.

    `ok` means that every report page the lists led to was fetched, read and stored; pages that the
    portal itself no longer has do not count against that. A visit that missed anything else is named
    after what it missed first, whatever else it brought.
    """
    reports = [result for result in found.results if result.is_report]
    unread = [result for result in reports if result.unread is not None]
    read = [result for result in reports if result.unread is None and result.outcome != "not_a_report"]
    missed = [
        *_not_gone(found.report_failures), *_not_gone(found.list_failures), *_not_gone(found.file_failures),
    ]  # fmt: skip
    if missed:
        return missed[0].failure.outcome, _missed(missed, found)
    if unread:
        first = unread[0]
        return "parse_error", f"{len(unread)} of {len(reports)} pages not read; {first.url}: {first.unread}"
    if found.cut:
        return "parse_error", "the lists are longer than the limits allow; raise GOICRAWL_MAX_LIST_PAGES"
    if found.scripted:
        return "needs_browser", "rows or further pages of a list exist only after scripts have run"
    if read or found.taken_by_others:
        return "ok", _notes(found, reports)
    return _nothing(found, reports)


def summarise(portal: Portal, found: Found) -> VisitSummary:
    """A visit's line in the summary."""
    outcome, detail = outcome_of(found)
    reports = [result for result in found.results if result.is_report]
    return VisitSummary(
        portal_url=portal.url or "",
        region_code=portal.region_code,
        region_name=portal.region_name,
        outcome=outcome,
        detail=detail[:MAX_DETAIL],
        pages=found.pages,
        found=found.report_pages + len(found.report_failures),
        inserted=sum(result.stored == "insert" for result in reports),
        new_versions=sum(result.stored == "new_version" for result in reports),
        noops=sum(result.stored == "noop" for result in reports),
        not_reports=sum(result.stored is not None and result.outcome == "not_a_report" for result in reports),
        findings=sum(result.findings for result in reports if result.stored is not None),
        unchanged=sum(result.unchanged for result in found.results),
        files=found.files,
        files_missed=len(found.file_failures),
    )


def _nothing(found: Found, reports: Sequence[PageResult]) -> tuple[VisitOutcome, str]:
    """The visit brought no report: why not."""
    if found.report_failures:
        return "gone", _missed(found.report_failures, found)
    if reports:
        return "empty_list", f"none of {len(reports)} pages is a report; {_notes(found, reports)}"
    failures = _not_gone(found.search_failures)
    if failures:
        return failures[0].failure.outcome, _missed(failures, found)
    if found.columns > len(found.list_failures):
        return "empty_list", _notes(found, reports)
    gone = [*found.search_failures, *found.list_failures]
    if gone and found.pages == 0:
        return "gone", _missed(gone, found)
    return "no_report_column", _notes(found, reports)


def _not_gone(failures: Sequence[Unfetched]) -> list[Unfetched]:
    return [failure for failure in failures if failure.failure.outcome != "gone"]


def _missed(failures: Sequence[Unfetched], found: Found) -> str:
    first = failures[0]
    more = "" if len(failures) == 1 else f" (and {len(failures) - 1} more)"
    notes = _notes(found, ())
    return f"{first.url}: {first.failure.detail}{more}" + (f"; {notes}" if notes else "")


def _notes(found: Found, reports: Sequence[PageResult]) -> str:
    """What else is worth a word, whatever the outcome."""
    gone = [failure for failure in found.report_failures if failure.failure.outcome == "gone"]
    gone_lists = [failure for failure in found.list_failures if failure.failure.outcome == "gone"]
    gone_files = [failure for failure in found.file_failures if failure.failure.outcome == "gone"]
    others = [result for result in reports if result.outcome == "not_a_report"]
    notes = []
    if found.turned_away:
        notes.append(f"{found.turned_away} rows are no reports by their titles")
    if others:
        notes.append(f"{len(others)} pages turned out to be no reports, the first {others[0].url}")
    if gone:
        notes.append(f"{len(gone)} report pages are gone, the first {gone[0].url}")
    if gone_lists:
        notes.append(f"{len(gone_lists)} columns are gone, the first {gone_lists[0].url}")
    if gone_files:
        notes.append(f"{len(gone_files)} files of report pages are gone, the first {gone_files[0].url}")
    if found.taken_by_others:
        notes.append(f"{found.taken_by_others} report pages were taken by another visit")
    if found.columns_elsewhere:
        notes.append(
            f"columns on other organs' sites are not followed, such as {min(found.columns_elsewhere)}"
        )
    return "; ".join(notes)
