"""Which captures are to be read again, and which of them a parser has read already.

A page whose files were fetched beside it is read again with the same files, from the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

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
LEFT JOIN followings f ON f.page_capture_id = c.id
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM rereadings r WHERE r.capture_id = c.id AND r.parser_version = :parser)
        OR EXISTS (
            SELECT FROM report_versions v WHERE v.capture_id = c.id AND v.parser_version = :parser
                AND v.following_id IS NOT DISTINCT FROM f.id
        ) AS done
) AS already
WHERE (CAST(:since AS timestamptz) IS NULL OR c.fetched_at >= :since)
    AND (CAST(:form AS text) IS NULL OR COALESCE(shown.form, 'none') = :form)
"""
_COUNT = f"SELECT count(*) AS pages, count(*) FILTER (WHERE already.done) AS done {_FROM}"
_NEXT = f"""
SELECT c.id, c.url, c.sha256, c.warc_file, c.warc_offset, shown.listed_on, found.portal_url, found.list_url,
    f.id AS following, NOT EXISTS (
        SELECT FROM followings more WHERE more.page_capture_id = c.id AND more.id > f.id
    ) AS last
{
    _FROM.replace(
        "WHERE (CAST(:since",
        "LEFT JOIN LATERAL ("
        "SELECT portal_url, list_url FROM report_sources WHERE url = c.url ORDER BY id LIMIT 1"
        ") AS found ON true WHERE (CAST(:since",
    )
}
    AND (c.id, COALESCE(f.id, 0)) > (:after, :after_following) AND (:again OR NOT already.done)
ORDER BY c.id, f.id LIMIT :size
"""
_FILES = """
SELECT x.following_id, x.url, x.failure, x.capture_id, c.sha256, c.warc_file, c.warc_offset
FROM followed_files x LEFT JOIN captures c ON c.id = x.capture_id
WHERE x.following_id = ANY(:ids) ORDER BY x.following_id, x.position
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
class FileOfPage:
    """A file that was fetched beside a page: where its record stands, or why there is none (`failure`)."""

    url: str
    failure: str | None
    capture_id: int | None
    sha256: str = ""
    warc_file: str = ""
    warc_offset: int = 0


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A capture that a report was read from: where its record stands, and what the reader was told.

    A page whose files were fetched comes once for each set of them (`following`, `files`); `last` says
    that no other set of it comes after this one.
    """

    capture_id: int
    url: str
    sha256: str
    warc_file: str
    warc_offset: int
    listed_on: date | None
    portal_url: str | None
    list_url: str | None
    following: int | None = None
    last: bool = True
    files: tuple[FileOfPage, ...] | None = None


def count(engine: Engine, selection: Selection) -> tuple[int, int]:
    """(captures to read, captures left out because this parser has read them)."""
    with engine.connect() as connection:
        row = connection.execute(sa.text(_COUNT), selection.parameters()).one()
    return (row.pages, 0) if selection.again else (row.pages - row.done, row.done)


def following(engine: Engine, selection: Selection, after: tuple[int, int], size: int) -> list[ArchivedPage]:
    """The next captures to read, at most `size`, in the order of their keys.

    Args:
        after: (capture, following or 0) of the last one that came before.
    """
    given = {
        **selection.parameters(), "again": selection.again, "after": after[0], "after_following": after[1],
        "size": size,
    }  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(sa.text(_NEXT), given).all()
        files = _files(connection, [row.following for row in rows if row.following is not None])
    return [
        ArchivedPage(
            row.id, row.url, bytes(row.sha256).hex(), row.warc_file, row.warc_offset,
            row.listed_on, row.portal_url, row.list_url,
            row.following, row.last, None if row.following is None else tuple(files[row.following]),
        )
        for row in rows
    ]  # fmt: skip


def _files(connection: Connection, followings: Sequence[int]) -> dict[int, list[FileOfPage]]:
    found: dict[int, list[FileOfPage]] = {}
    if followings:
        for row in connection.execute(sa.text(_FILES), {"ids": list(followings)}):
            file = FileOfPage(row.url, row.failure, None)
            if row.capture_id is not None:
                digest = bytes(row.sha256).hex()
                file = FileOfPage(row.url, None, row.capture_id, digest, row.warc_file, row.warc_offset)
            found.setdefault(row.following_id, []).append(file)
    return found


def mark(engine: Engine, parser: str, capture_ids: Sequence[int]) -> None:
    """Note that these captures were read by this parser and what came of them is stored."""
    with engine.begin() as connection:
        connection.execute(sa.text(_MARK), {"parser": parser, "ids": list(capture_ids)})
