"""The item that travels the road: one page as served, and what each pipeline adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goicrawl.archive.capture import Capture
from goicrawl.database.prepared import PreparedReport
from goicrawl.database.store import StoreResult
from goicrawl.database.versioning import StoreOutcome
from goicrawl.extraction.report import ReportOutcome
from goicrawl.pipelines.joined_reading import FetchedFile
from goicrawl.reading.following import NOTHING, Wanted


@dataclass(eq=False)
class FetchedPage:
    """A page, where it was found, and what became of it.

    `is_report` says whether it is to be read; list pages and home pages are archived and no more.
    `capture_id` and `unchanged` are the archive's, `report` (prepared for the store) or `unread` (why it
    could not be read; `report` then says only that) the extraction's, `stored` the store's.

    A report page whose reader asks for files goes down the road twice: read, and its result says which
    files; and once more with those in `files`, fetched or missed, to be read with them and stored.
    """

    capture: Capture
    visit_id: int
    portal_url: str
    list_url: str | None = None
    published_on: date | None = None
    is_report: bool = False
    capture_id: int | None = None
    unchanged: bool = False
    report: PreparedReport | None = None
    unread: str | None = None
    stored: StoreResult | None = None
    files: list[FetchedFile] | None = None

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        files = () if self.files is None else self.files
        return len(self.capture.body) + sum(len(one.capture.body) for one in files if one.capture is not None)

    @property
    def wanted(self) -> Wanted:
        """The files that it lacks, as far as it was not followed yet."""
        return NOTHING if self.report is None or self.files is not None else self.report.wanted

    def result(self) -> PageResult:
        """What is left to know of a page at the end of the road, without its bytes and its report."""
        report = self.report
        findings = 0
        if report is not None:
            findings = sum(finding.severity != "info" for finding in report.findings)
        unread = self.unread
        wanted = self.wanted
        if self.is_report and self.stored is None and unread is None and not wanted.files:
            unread = "it was not stored"
        return PageResult(
            url=self.capture.url,
            is_report=self.is_report,
            unchanged=self.unchanged,
            unread=unread,
            outcome=None if report is None else report.outcome,
            stored=None if self.stored is None or unread is not None else self.stored.outcome,
            findings=findings,
            capture_id=self.capture_id,
            wanted=wanted,
        )


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page. `findings` are the errors and warnings of its report.

    Where `wanted` names files, the page has been read and not yet stored.
    """

    url: str
    is_report: bool
    unchanged: bool
    unread: str | None
    outcome: ReportOutcome | None
    stored: StoreOutcome | None
    findings: int
    capture_id: int | None = None
    wanted: Wanted = NOTHING
