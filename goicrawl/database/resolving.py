"""Which report an item belongs to: the reports of a batch, found, locked and loaded.

A report is one body's report on one year in one scope, where all three are known and the body's region
is: short names such as 教育局 name a different body in every county. Where one of them is not known,
the report is the page it stands on. If a page's report becomes known later (a better reader, a better
page) the report keeps its row and its past; if its body, year or scope become unknown, likewise. A page that
shows another year's report than before (a fixed address for the newest one) shows another report. But the
same bytes are one report: if they are read again as another body's or year's than before, the report that was
read from them alone becomes that one and keeps its past; where it has other versions as well, only the one
read from them goes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goicrawl.database.versioning import ReportState, Source, Version

LOCK_IDENTITY = 0x676F6964
LOCK_REPORT = 0x676F7270
"""Name spaces of the advisory locks: identities and pages first, then reports."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of an item's report.

    `page_url` is the page whose attachment it is, else its own; `capture_id` what it was read from. `unread`:
    it could not be read, so that nothing is known of it at all.
    """

    body_id: int | None
    report_year: int | None
    scope: str | None
    page_url: str
    region_code: str | None
    capture_id: int
    unread: bool = False
    files: frozenset[int] = frozenset()
    """The captures of the files that it was read with."""

    @property
    def identity(self) -> tuple[int, int, str] | None:
        if self.body_id is None or self.report_year is None or self.scope is None:
            return None
        return (self.body_id, self.report_year, self.scope)


class Reports:
    """The states of the reports that a batch may touch."""

    def __init__(self, states: Sequence[ReportState]) -> None:
        self.states = list(states)
        self._fresh = 2**62

    def of(self, wanted: Wanted) -> ReportState:
        """The report an item belongs to; a new one where there is none."""
        if wanted.unread:
            return self._shown_by(wanted.capture_id) or self._on_page(wanted) or self._new(wanted)
        identity = wanted.identity
        known = None
        if identity is not None:
            known = next((s for s in self.states if (s.body_id, s.report_year, s.scope) == identity), None)
            if known is not None:
                self._absorb(known, wanted)
        if known is None:
            known = self._on_page(wanted)
        if known is None:
            known = self._misread(wanted)
        if known is None:
            known = self._new(wanted)
        self._take_over(known, wanted)
        _learn(known, wanted)
        return known

    def _new(self, wanted: Wanted) -> ReportState:
        """A report of which no more is known than its page and its region."""
        self._fresh += 1
        state = ReportState(
            self._fresh, None, None, None, wanted.page_url, wanted.region_code, is_new=True, changed=True
        )
        self.states.append(state)
        return state

    def _shown_by(self, capture_id: int) -> ReportState | None:
        """The report that was read from these bytes before."""
        return next((s for s in self.states if any(v.has(capture_id) for v in s.versions)), None)

    def _absorb(self, known: ReportState, wanted: Wanted) -> None:
        """Reports that turn out to be one that is known from elsewhere.

        Either their page told no more of them before, or these very bytes were taken for them.
        """
        for other in list(self.states):
            if other is known or other.sources.keys() & known.sources.keys():
                continue
            told_less = (
                other.url is not None
                and wanted.page_url in other.sources
                and other.agrees_with(wanted.body_id, wanted.report_year, wanted.scope)
            )
            if told_less or other.was_read_from(wanted.capture_id, wanted.files):
                known.absorb(other)
                self.states.remove(other)

    def _misread(self, wanted: Wanted) -> ReportState | None:
        """The report that these very bytes, and no others, were taken for before; now it is this one."""
        known = next((s for s in self.states if s.was_read_from(wanted.capture_id, wanted.files)), None)
        if known is not None:
            known.body_id, known.report_year, known.scope = wanted.body_id, wanted.report_year, wanted.scope
            known.url = None if wanted.identity is not None else wanted.page_url
            known.region_code = wanted.region_code or known.region_code
            known.changed = True
        return known

    def _take_over(self, known: ReportState, wanted: Wanted) -> None:
        """Versions that these very bytes, and no others, brought to another report belong to this one."""
        for other in list(self.states):
            if other is known or other.is_new:
                continue
            misread = [v for v in other.versions if v.was_read_from(wanted.capture_id, wanted.files)]
            if misread:
                known.take_over(misread, other)
                if not other.versions:
                    self.states.remove(other)

    def _on_page(self, wanted: Wanted) -> ReportState | None:
        """The report last found on this page that does not contradict what is known now."""
        on_page = [s for s in self.states if wanted.page_url in s.sources or s.url == wanted.page_url]
        agreeing = [s for s in on_page if s.agrees_with(wanted.body_id, wanted.report_year, wanted.scope)]
        return max(agreeing, key=lambda state: state.id, default=None)


def _learn(state: ReportState, wanted: Wanted) -> None:
    """Enter what is known now and was not before. An identity is taken whole, from one reading."""
    before = (state.body_id, state.report_year, state.scope, state.url, state.region_code)
    if state.url is not None and wanted.identity is not None:
        state.body_id, state.report_year, state.scope = wanted.identity
        state.url = None
    elif state.url is not None and state.is_new and not state.sources:
        state.body_id, state.report_year, state.scope = wanted.body_id, wanted.report_year, wanted.scope
    if state.region_code is None:
        state.region_code = wanted.region_code
    if before != (state.body_id, state.report_year, state.scope, state.url, state.region_code):
        state.changed = True


def load(connection: Connection, items: Sequence[Wanted]) -> Reports:
    """Lock what these items are about until the transaction ends, and read the reports they may touch."""
    identities = sorted({item.identity for item in items if item.identity is not None})
    urls = sorted({item.page_url for item in items})
    connection.execute(
        sa.text(
            "SELECT count(pg_advisory_xact_lock(:space, key)) FROM "
            "(SELECT DISTINCT hashtext(name) AS key "
            "FROM unnest(CAST(:names AS text[])) AS name ORDER BY 1) AS keys"
        ),
        {"space": LOCK_IDENTITY, "names": [*map(repr, identities), *urls]},
    )
    found = connection.scalars(
        sa.text(
            "SELECT r.id FROM reports r JOIN unnest(CAST(:bodies AS int[]), CAST(:years AS smallint[]), "
            "CAST(:scopes AS text[])) AS i (body_id, report_year, scope) USING (body_id, report_year, scope) "
            "WHERE r.url IS NULL "
            "UNION SELECT report_id FROM report_sources WHERE url = ANY(:urls) "
            "UNION SELECT id FROM reports WHERE url = ANY(:urls) ORDER BY 1"
        ),
        {
            "bodies": [identity[0] for identity in identities],
            "years": [identity[1] for identity in identities],
            "scopes": [identity[2] for identity in identities],
            "urls": urls,
        },
    ).all()
    if not found:
        return Reports([])
    connection.execute(
        sa.text(
            "SELECT count(pg_advisory_xact_lock(:space, (id % 2147483647)::int)) "
            "FROM unnest(CAST(:ids AS bigint[])) AS id"
        ),
        {"space": LOCK_REPORT, "ids": found},
    )
    return Reports(_states(connection, {"ids": found}))


def _states(connection: Connection, ids: dict[str, Any]) -> list[ReportState]:
    states = {
        row.id: ReportState(row.id, row.body_id, row.report_year, row.scope, row.url, row.region_code)
        for row in connection.execute(
            sa.text(
                "SELECT id, body_id, report_year, scope, url, region_code "
                "FROM reports WHERE id = ANY(:ids) ORDER BY id"
            ),
            ids,
        )
    }
    versions: dict[int, Version] = {}
    for row in connection.execute(
        sa.text(
            "SELECT v.id, v.report_id, v.number, v.content_digest, v.reading_digest, "
            "v.capture_id, v.outcome, v.is_current, v.following_id, "
            "ARRAY(SELECT x.capture_id FROM version_captures x WHERE x.version_id = v.id) AS captures, "
            "ARRAY(SELECT x.following_id FROM version_followings x WHERE x.version_id = v.id) AS followings, "
            "ARRAY(SELECT x.capture_id FROM followed_files x WHERE x.capture_id IS NOT NULL AND ("
            "x.following_id = v.following_id OR x.following_id IN "
            "(SELECT y.following_id FROM version_followings y WHERE y.version_id = v.id))) AS files "
            "FROM report_versions v WHERE v.report_id = ANY(:ids) ORDER BY v.report_id, v.number"
        ),
        ids,
    ):
        versions[row.id] = Version(
            id=row.id,
            number=row.number,
            content_digest=row.content_digest,
            reading_digest=row.reading_digest,
            capture_id=row.capture_id,
            outcome=row.outcome,
            is_current=row.is_current,
            captures=set(row.captures),
            following_id=row.following_id,
            followings=set(row.followings),
            files=frozenset(row.files),
        )
        states[row.report_id].versions.append(versions[row.id])
    for row in connection.execute(
        sa.text(
            "SELECT s.id, s.report_id, s.url, s.version_id, "
            "greatest(max(c.fetched_at), max(newest.fetched_at)) AS seen_at "
            "FROM report_sources s JOIN report_versions v ON v.id = s.version_id "
            "LEFT JOIN version_captures x ON x.version_id = v.id "
            "JOIN captures c ON c.id IN (v.capture_id, x.capture_id) AND c.url = s.url "
            # The files that were read with one of these captures and gave this version.
            "LEFT JOIN LATERAL (SELECT max(a.fetched_at) AS fetched_at FROM followings f "
            "JOIN followed_files ff ON ff.following_id = f.id JOIN captures a ON a.id = ff.capture_id "
            "WHERE f.page_capture_id = c.id AND (f.id = v.following_id OR f.id IN "
            "(SELECT y.following_id FROM version_followings y WHERE y.version_id = v.id))) newest ON true "
            "WHERE s.report_id = ANY(:ids) GROUP BY s.id ORDER BY s.id"
        ),
        ids,
    ):
        states[row.report_id].sources[row.url] = Source(
            row.id, row.url, versions[row.version_id], row.seen_at
        )
    return list(states.values())
