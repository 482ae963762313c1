"""Which captures are to be read again, and which of them a parser has read already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.engine import Engine

NO_FORM = "none"
"""In place of a form's id: reports of which no table of any form was read."""

# Of several versions that a capture showed, the newest counts: it is what is believed of it now.
_FROM = """
FROM captures c
CROSS JOIN LATERAL (
    SELECT id, form, listed_on FROM report_versions WHERE capture_id = c.id
    UNION ALL
    SELECT v.id, v.form, v.listed_on FROM version_captures x JOIN report_versions v ON v.id = x.version_id
    WHERE x.capture_id = c.id
    ORDER BY id DESC LIMIT 1
) AS shown
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM rereadings r WHERE r.capture_id = c.id AND r.parser_version = :parser)
        OR EXISTS (SELECT FROM report_versions v WHERE v.capture_id = c.id AND v.parser_version = :parser)
        AS done
) AS already
WHERE (CAST(:since AS timestamptz) IS NULL OR c.fetched_at >= :since)
    AND (CAST(:form AS text) IS NULL OR COALESCE(shown.form, 'none') = :form)
"""
_COUNT = f"SELECT count(*) AS pages, count(*) FILTER (WHERE already.done) AS done {_FROM}"
_NEXT = f"""
SELECT c.id, c.url, c.sha256, c.warc_file, c.warc_offset, shown.listed_on, found.portal_url, found.list_url
{
    _FROM.replace(
        "WHERE (CAST(:since",
        "LEFT JOIN LATERAL ("
        "SELECT portal_url, list_url FROM report_sources WHERE url = c.url ORDER BY id LIMIT 1"
        ") AS found ON true WHERE (CAST(:since",
    )
}
    AND c.id > :after AND (:again OR NOT already.done)
ORDER BY c.id LIMIT :size
"""
_MARK = """
INSERT INTO rereadings (capture_id, parser_version)
SELECT DISTINCT id, :parser FROM unnest(CAST(:ids AS bigint[])) AS id
ON CONFLICT (capture_id) DO UPDATE SET parser_version = excluded.parser_version, read_at = excluded.read_at
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures: fetched on `since` (UTC) or later, showing `form` (an id, or `NO_FORM`); None: all.

    Those that `parser` has read are left out, unless `again`.
    """

    parser: str
    since: date | None = None
    form: str | None = None
    again: bool = False

    def parameters(self) -> dict[str, object]:
        since = None if self.since is None else datetime.combine(self.since, time(), UTC)
        return {"parser": self.parser, "since": since, "form": self.form}


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A capture that a report was read from: where its record stands, and what the reader was told."""

    capture_id: int
    url: str
    sha256: str
    warc_file: str
    warc_offset: int
    listed_on: date | None
    portal_url: str | None
    list_url: str | None


def count(engine: Engine, selection: Selection) -> tuple[int, int]:
    """(captures to read, captures left out because this parser has read them)."""
    with engine.connect() as connection:
        row = connection.execute(sa.text(_COUNT), selection.parameters()).one()
    return (row.pages, 0) if selection.again else (row.pages - row.done, row.done)


def following(engine: Engine, selection: Selection, after: int, size: int) -> list[ArchivedPage]:
    """The next captures to read, at most `size`, in the order of their keys from behind `after`."""
    given = {**selection.parameters(), "again": selection.again, "after": after, "size": size}
    with engine.connect() as connection:
        return [
            ArchivedPage(
                row.id, row.url, bytes(row.sha256).hex(), row.warc_file, row.warc_offset,
                row.listed_on, row.portal_url, row.list_url,
            )
            for row in connection.execute(sa.text(_NEXT), given)
        ]  # fmt: skip


def mark(engine: Engine, parser: str, capture_ids: Sequence[int]) -> None:
    """Note that these captures were read by this parser and what came of them is stored."""
    with engine.begin() as connection:
        connection.execute(sa.text(_MARK), {"parser": parser, "ids": list(capture_ids)})
