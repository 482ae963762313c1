"""What a visit, and a whole crawl, brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

VisitOutcome = Literal[
    "ok", "no_report_column", "empty_list", "blocked", "tls_failure", "timeout", "dns_failure", "gone",
    "needs_browser", "off_site", "parse_error",
]  # fmt: skip


@dataclass(frozen=True)
class VisitSummary:
    """One portal's visit.

    `pages` were fetched; `found` are the report pages its lists led to; of those read, `inserted`,
    `new_versions` and `noops` are what the store said, and `not_reports` turned out to be none.
    `findings` are the errors and warnings of the reports stored. `files` of report pages were fetched beside
    the pages that name them (they count as pages too), `files_missed` could not be.
    """

    portal_url: str
    region_code: str | None
    region_name: str
    outcome: VisitOutcome
    detail: str = ""
    pages: int = 0
    found: int = 0
    inserted: int = 0
    new_versions: int = 0
    noops: int = 0
    not_reports: int = 0
    findings: int = 0
    unchanged: int = 0
    files: int = 0
    files_missed: int = 0

    @property
    def reports(self) -> int:
        """Reports read and stored, new or not."""
        return self.inserted + self.new_versions + self.noops - self.not_reports


@dataclass
class CrawlSummary:
    """A crawl: its visits in the order they ended, and the portals that it did not finish."""

    crawl_id: str
    visits: list[VisitSummary] = field(default_factory=list)
    skipped: int = 0
    """Portals finished by an earlier run of the same crawl."""
    unfinished: int = 0
    """Portals left for `--resume`, because the crawl was ended before them."""
    seconds: float = 0.0
    error: str | None = None

    @property
    def outcomes(self) -> Counter[str]:
        """How many visits ended in each outcome."""
        return Counter(visit.outcome for visit in self.visits)

    @property
    def pages(self) -> int:
        return sum(visit.pages for visit in self.visits)

    @property
    def reports(self) -> int:
        return sum(visit.reports for visit in self.visits)

    @property
    def inserted(self) -> int:
        return sum(visit.inserted for visit in self.visits)

    @property
    def new_versions(self) -> int:
        return sum(visit.new_versions for visit in self.visits)
