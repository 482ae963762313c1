"""The index of the archive: which responses were captured, and where their records stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.archive.capture import ArchivedCapture
from goicrawl.database.packing import clean

KEPT_HEADERS = frozenset({
    "content-type", "content-length", "content-disposition", "content-encoding", "content-language", "date",
    "etag", "expires", "last-modified", "location", "refresh", "retry-after", "server", "x-powered-by",
})  # fmt: skip
"""Headers that a query may ask for. The WARC record has them all, cookies and the rest included."""


_ARRAYS = {
    "visit_id": "bigint[]", "url": "text[]", "requested_url": "text[]", "fetched_at": "timestamptz[]",
    "status": "integer[]", "headers": "text[]", "sha256": "bytea[]", "size": "bigint[]",
    "warc_file": "text[]", "warc_offset": "bigint[]", "warc_length": "bigint[]",
}  # fmt: skip


def add(engine: Engine, visit_id: int | None, archived: ArchivedCapture) -> int:
    """Enter a capture; the same WARC record is entered once. Returns its key."""
    return add_many(engine, [(visit_id, archived)])[0]


def add_many(engine: Engine, items: Sequence[tuple[int | None, ArchivedCapture]]) -> list[int]:
    """Enter captures (visit's key, capture) in one transaction; returns their keys in the same order."""
    rows = {(archived.warc_file, archived.offset): _row(visit_id, archived) for visit_id, archived in items}
    names = list(next(iter(rows.values()), {}))
    columns = ", ".join(names)
    arrays = ", ".join(f"CAST(:{name} AS {_ARRAYS[name]})" for name in names)
    values = ", ".join("headers::jsonb" if name == "headers" else name for name in names)
    given: dict[str, object] = {name: [row[name] for row in rows.values()] for name in names}
    with engine.begin() as connection:
        if not rows:
            return []
        insert = (
            f"INSERT INTO captures ({columns}) SELECT {values} FROM unnest({arrays}) AS new ({columns}) "
            "WHERE NOT EXISTS (SELECT FROM captures AS old WHERE old.sha256 = new.sha256 "
            "AND old.warc_file = new.warc_file AND old.warc_offset = new.warc_offset AND old.url = new.url)"
        )
        connection.execute(sa.text(insert), given)
        place = ("sha256", "warc_file", "warc_offset")
        arrays = ", ".join(f"CAST(:{name} AS {_ARRAYS[name]})" for name in place)
        query = (
            "SELECT old.id, old.warc_file, old.warc_offset FROM captures AS old "
            f"JOIN unnest({arrays}) AS new ({', '.join(place)}) USING ({', '.join(place)})"
        )
        found = connection.execute(sa.text(query), given)
        keys = {(row.warc_file, row.warc_offset): int(row.id) for row in found}
    return [keys[archived.warc_file, archived.offset] for _, archived in items]


def known(engine: Engine, url: str, sha256: str) -> int | None:
    """The capture of these bytes (hex digest) at this address, asked for or answering; None if they are new.

    They are new, too, where the address showed something else in between: a page that is changed back has
    changed, and is captured again.
    """
    return known_many(engine, [(url, sha256)])[0]


def known_many(engine: Engine, pairs: Sequence[tuple[str, str]]) -> list[int | None]:
    """`known` for each (address, hex digest), in one query."""
    query = sa.text(
        "SELECT wanted.place, max(captures.id) AS id "
        "FROM unnest(CAST(:urls AS text[]), CAST(:digests AS bytea[])) "
        "WITH ORDINALITY AS wanted (url, sha256, place) "
        "JOIN captures ON captures.sha256 = wanted.sha256 "
        "AND (captures.url = wanted.url OR captures.requested_url = wanted.url) "
        "WHERE NOT EXISTS (SELECT FROM captures AS newer WHERE newer.url = captures.url "
        "AND newer.fetched_at > captures.fetched_at AND newer.sha256 <> captures.sha256) "
        "GROUP BY wanted.place"
    )
    given = {
        "urls": [clean(url) for url, _ in pairs],
        "digests": [bytes.fromhex(sha256) for _, sha256 in pairs],
    }
    with engine.connect() as connection:
        found = {int(row.place): int(row.id) for row in connection.execute(query, given)}
    return [found.get(place) for place in range(1, len(pairs) + 1)]


def _row(visit_id: int | None, archived: ArchivedCapture) -> dict[str, object]:
    capture = archived.capture
    return {
        "visit_id": visit_id,
        "url": clean(capture.url),
        "requested_url": None if capture.requested_url == capture.url else clean(capture.requested_url),
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        "headers": _headers(capture.headers),
        "sha256": bytes.fromhex(capture.sha256),
        "size": len(capture.body),
        "warc_file": archived.warc_file,
        "warc_offset": archived.offset,
        "warc_length": archived.length,
    }


def addresses(connection: Connection, capture_ids: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    """The address that answered and the time, for those captures that there are."""
    query = sa.text("SELECT id, url, fetched_at FROM captures WHERE id = ANY(:ids)")
    return {
        row.id: (row.url, row.fetched_at)
        for row in connection.execute(query, {"ids": sorted(set(capture_ids))})
    }


def _headers(headers: Sequence[tuple[str, str]]) -> str:
    """JSON, names in lower case; a header that recurs has its values joined by a line feed."""
    kept: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        if key in KEPT_HEADERS:
            kept[key] = f"{kept[key]}\n{clean(value)}" if key in kept else clean(value)
    return json.dumps(kept, ensure_ascii=False)
