"""Storing: the one way in which crawled and read material enters the database.

Every method is idempotent. `store_reports` says what it did with each report: `insert` for a report
that was not there, `new_version` where what is printed differs from what its page showed before, `noop`
where it does not; an item stored before from the same capture writes nothing at all. What is one report, and
which of its versions is current, stands in `goicrawl.database.resolving` and `goicrawl.database.versioning`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl import registry as registries
from goicrawl.archive.capture import ArchivedCapture
from goicrawl.database import (
    captures,
    followings,
    issuing_bodies,
    reference_data,
    resolving,
    versioning,
    visits,
    writing,
)  # fmt: skip
from goicrawl.database.errors import StoreError
from goicrawl.database.followings import ArchivedFile, FollowedFile
from goicrawl.database.prepared import digests_of
from goicrawl.database.shared_rows import SharedRows
from goicrawl.database.versioning import StoreOutcome
from goicrawl.extraction.report import Report
from goicrawl.reading.unread import is_unread


@dataclass(frozen=True, slots=True)
class StoreItem:
    """A report (prepared or not), the capture it was read from, and where it was found.

    `page_url` is the address of the page whose attachment this document is, where the two are one report
    (not where a page carries the reports of several years). `listed_on` is the date that the list page gave,
    which the reader was told: whoever reads the capture again has to be told the same. `files` are those of
    the page that were fetched for this report, or could not be: the capture is the page's, and both together
    are the report.
    """

    report: Report
    capture_id: int
    portal_url: str | None = None
    list_url: str | None = None
    page_url: str | None = None
    listed_on: date | None = None
    files: tuple[FollowedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What became of an item: its report's key, and the number of the version that says what it says.

    `refreshed`: nothing printed has changed, but what stands beside it was read differently (findings,
    reasons, places, title, year) and was brought up to date. `superseded`: how many versions that were
    current are so no more.
    """

    outcome: StoreOutcome
    report_id: int
    version: int
    refreshed: bool = False
    superseded: int = 0


class Store:
    """Writes to one database. Threads may share a store; they take turns."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._shared = SharedRows(engine)
        self._forms_known = False
        self._turn = threading.RLock()

    def sync_registry(self, registry: registries.Registry) -> None:
        """Make regions, portals and report columns what the registry says; cheap when unchanged."""
        reference_data.sync_registry(self.engine, registry)

    def begin_visit(self, portal_url: str, region_code: str | None, crawl_id: str) -> int:
        """Note that a portal's visit begins; returns the visit's key."""
        return visits.begin(self.engine, portal_url, region_code, crawl_id)

    def finish_visit(
        self, visit_id: int, outcome: str, detail: str = "", pages: int = 0, reports: int = 0
    ) -> None:
        """Note how a visit ended (`VISIT_OUTCOMES`).

        Raises:
            StoreError: the outcome or the visit is unknown.
        """
        visits.finish(self.engine, visit_id, outcome, detail, pages, reports)

    def finished_portals(self, crawl_id: str) -> set[str]:
        """The portals whose visit in this crawl has ended: what a resumed crawl skips."""
        return visits.finished_portals(self.engine, crawl_id)

    def known_capture(self, url: str, sha256: str) -> int | None:
        """The capture of these bytes (hex digest) at this address, or None if it did not show them last."""
        return captures.known(self.engine, url, sha256)

    def add_capture(self, visit_id: int | None, archived: ArchivedCapture) -> int:
        """Enter a capture in the index, once for each WARC record; returns its key."""
        return captures.add(self.engine, visit_id, archived)

    def known_captures(self, pages: Sequence[tuple[str, str]]) -> list[int | None]:
        """`known_capture` for each (address, hex digest), in one query."""
        return captures.known_many(self.engine, pages)

    def add_captures(self, items: Sequence[tuple[int | None, ArchivedCapture]]) -> list[int]:
        """`add_capture` for each (visit's key, capture), in one transaction."""
        return captures.add_many(self.engine, items)

    def known_files(self, page_url: str, urls: Sequence[str]) -> list[ArchivedFile]:
        """Files that were fetched for a page before: of each address the newest capture."""
        return followings.known_files(self.engine, page_url, urls)

    def store_report(
        self, report: Report, capture_id: int, *, portal_url: str | None = None, list_url: str | None = None
    ) -> StoreResult:
        """Store one report; see `store_reports`."""
        return self.store_reports([StoreItem(report, capture_id, portal_url, list_url)])[0]

    def store_reports(self, items: Sequence[StoreItem]) -> list[StoreResult]:
        """Store a batch in one transaction: all of it, or after an error nothing.

        Raises:
            StoreError: an item breaks the contract (an unknown capture, a cell that is no `Answer`).
        """
        if not items:
            return []
        with self._turn:
            if not self._forms_known:
                reference_data.sync_forms(self.engine)
                issuing_bodies.sync(self.engine)
                self._forms_known = True
            with self.engine.begin() as connection:
                return self._store(connection, items)

    def _store(self, connection: Connection, items: Sequence[StoreItem]) -> list[StoreResult]:
        pages = captures.addresses(connection, [item.capture_id for item in items])
        for item in items:
            if item.capture_id not in pages:
                raise StoreError(f"there is no capture {item.capture_id}")
        entered = followings.enter(connection, [(item.capture_id, item.files) for item in items])
        body_ids = issuing_bodies.ids_of(self.engine, connection, [item.report for item in items])
        regions = _regions_of_portals(connection, items)
        wanted = [
            resolving.Wanted(
                body_id=body_ids.get(issuing_bodies.key_of(item.report)),
                report_year=item.report.report_year,
                scope=item.report.scope,
                page_url=item.page_url or pages[item.capture_id][0],
                region_code=item.report.region_code or regions.get(item.portal_url),
                capture_id=item.capture_id,
                unread=is_unread(item.report),
                files=frozenset() if following is None else following.files,
            )
            for item, following in zip(items, entered, strict=True)
        ]
        reports = resolving.load(connection, wanted)
        before = writing.snapshot(reports.states)
        current = set(before.current)
        placed = []
        for item, want, following in zip(items, wanted, entered, strict=True):
            state = reports.of(want)
            outcome, version = versioning.place(state, _seen(item, pages[item.capture_id], following))
            refreshed = outcome == "noop" and version.report is item.report
            lost = {v.id for v in state.versions if v.id in current and not v.is_current}
            current -= lost
            placed.append((outcome, state, version, refreshed, len(lost)))
        writing.write(connection, self._shared, reports.states, before)
        return [
            StoreResult(outcome, (state.now or state).id, version.number, refreshed, superseded)
            for outcome, state, version, refreshed, superseded in placed
        ]


def _regions_of_portals(connection: Connection, items: Sequence[StoreItem]) -> dict[str | None, str]:
    """Region codes of the portals on which reports of unknown region were found."""
    urls = sorted({item.portal_url for item in items if item.report.region_code is None and item.portal_url})
    if not urls:
        return {}
    query = sa.text(
        "SELECT url, min(region_code) AS region_code FROM portals "
        "WHERE url = ANY(:urls) AND region_code IS NOT NULL "
        "GROUP BY url HAVING count(DISTINCT region_code) = 1"
    )
    return {row.url: row.region_code for row in connection.execute(query, {"urls": urls})}


def _seen(
    item: StoreItem, page: tuple[str, datetime], following: followings.Entered | None
) -> versioning.Seen:
    content_digest, reading_digest = digests_of(item.report)
    fetched_at = page[1]
    if following is not None and following.fetched_at is not None:
        fetched_at = max(fetched_at, following.fetched_at)
    read = tuple((file.url, file.capture_id) for file in item.files if file.capture_id is not None)
    return versioning.Seen(
        report=item.report,
        content_digest=content_digest,
        reading_digest=reading_digest,
        capture_id=item.capture_id,
        fetched_at=fetched_at,
        url=page[0],
        portal_url=item.portal_url,
        list_url=item.list_url,
        listed_on=item.listed_on,
        following_id=None if following is None else following.id,
        files=frozenset() if following is None else following.files,
        origin=versioning.Origin(read),
    )
