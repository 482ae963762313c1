"""The item that travels the road: one page as served, and what each pipeline adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goicrawl.archive.capture import Capture
from goicrawl.database.store import StoreResult
from goicrawl.extraction.report import Report


@dataclass(eq=False)
class FetchedPage:
    """A page, where it was found, and what became of it.

    `is_report` says whether it is to be read; list pages and home pages are archived and no more.
    `capture_id` and `unchanged` are the archive's, `report` or `unread` (why it could not be read) the
    extraction's, `stored` the store's.
    """

    capture: Capture
    visit_id: int
    portal_url: str
    list_url: str | None = None
    published_on: date | None = None
    is_report: bool = False
    capture_id: int | None = None
    unchanged: bool = False
    report: Report | None = None
    unread: str | None = None
    stored: StoreResult | None = None
