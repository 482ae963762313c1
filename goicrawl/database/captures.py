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


def add(engine: Engine, visit_id: int | None, archived: ArchivedCapture) -> int:
    """Enter a capture; the same WARC record is entered once. Returns its key."""
    capture = archived.capture
    values = {
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
    columns = ", ".join(values)
    places = ", ".join("CAST(:headers AS jsonb)" if name == "headers" else f":{name}" for name in values)
    with engine.begin() as connection:
        known = connection.scalar(
            sa.text(
                "SELECT id FROM captures WHERE sha256 = :sha256 AND warc_file = :warc_file "
                "AND warc_offset = :warc_offset AND url = :url"
            ),
            values,
        )
        if known is None:
            known = connection.scalar(
                sa.text(f"INSERT INTO captures ({columns}) VALUES ({places}) RETURNING id"), values
            )
        return int(known)


def known(engine: Engine, url: str, sha256: str) -> int | None:
    """The newest capture of these bytes (hex digest) at this address, asked for or answering; or None."""
    query = sa.text(
        "SELECT max(id) FROM captures WHERE sha256 = :sha256 AND (url = :url OR requested_url = :url)"
    )
    with engine.connect() as connection:
        found = connection.scalar(query, {"sha256": bytes.fromhex(sha256), "url": clean(url)})
    return None if found is None else int(found)


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
