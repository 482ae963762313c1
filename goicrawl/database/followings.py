"""Which files were fetched beside a page, so that the same bytes can be read together again.

A following is one set of files of one captured page. The same files, unchanged, make no second one; where
only the reason why a file is missing has changed, it is brought up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl.database.digests import digest
from goicrawl.database.packing import clean


@dataclass(frozen=True, slots=True)
class FollowedFile:
    """A file of a page: its capture, or why there is none (`failure`). `url` is what the page links."""

    url: str
    capture_id: int | None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A following as stored. `files` are the captures of its files, `fetched_at` the newest one's time."""

    id: int
    files: frozenset[int]
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """Where the record of a page's file stands."""

    url: str
    capture_id: int
    sha256: str
    warc_file: str
    warc_offset: int


def enter(
    connection: Connection, pages: Sequence[tuple[int, Sequence[FollowedFile]]]
) -> list[Entered | None]:
    """Find or make the following of each (page's capture, files); None where there are no files."""
    return [_enter(connection, page, files) if files else None for page, files in pages]


def known_files(engine: Engine, page_url: str, urls: Sequence[str]) -> list[ArchivedFile]:
    """The newest capture of each of these files that was fetched for this page before."""
    query = sa.text(
        "SELECT DISTINCT ON (x.url) x.url, x.capture_id, c.sha256, c.warc_file, c.warc_offset "
        "FROM followed_files x JOIN followings f ON f.id = x.following_id "
        "JOIN captures p ON p.id = f.page_capture_id JOIN captures c ON c.id = x.capture_id "
        "WHERE p.url = :page AND x.url = ANY(:urls) ORDER BY x.url, c.fetched_at DESC, x.capture_id DESC"
    )
    given = {"page": clean(page_url), "urls": [clean(url) for url in urls]}
    with engine.connect() as connection:
        return [
            ArchivedFile(row.url, row.capture_id, bytes(row.sha256).hex(), row.warc_file, row.warc_offset)
            for row in connection.execute(query, given)
        ]


def _enter(connection: Connection, page: int, files: Sequence[FollowedFile]) -> Entered:
    key = digest([[clean(file.url), file.capture_id] for file in files])
    given = {"page": page, "key": key}
    made = connection.scalar(
        sa.text(
            "INSERT INTO followings (page_capture_id, digest) VALUES (:page, :key) "
            "ON CONFLICT (page_capture_id, digest) DO NOTHING RETURNING id"
        ),
        given,
    )
    if made is None:
        query = sa.text("SELECT id FROM followings WHERE page_capture_id = :page AND digest = :key")
        made = connection.execute(query, given).scalar_one()
        _update_failures(connection, made, files)
    else:
        connection.execute(
            sa.text(
                "INSERT INTO followed_files (following_id, position, url, capture_id, failure) "
                "VALUES (:following, :position, :url, :capture, :failure)"
            ),
            [
                {
                    "following": made,
                    "position": position,
                    "url": clean(file.url),
                    "capture": file.capture_id,
                    "failure": _failure(file),
                }
                for position, file in enumerate(files, start=1)
            ],
        )
    captures = frozenset(file.capture_id for file in files if file.capture_id is not None)
    query = sa.text("SELECT max(fetched_at) FROM captures WHERE id = ANY(:ids)")
    return Entered(int(made), captures, connection.scalar(query, {"ids": sorted(captures)}))


def _update_failures(connection: Connection, following: int, files: Sequence[FollowedFile]) -> None:
    failures = [
        {"following": following, "position": position, "failure": _failure(file)}
        for position, file in enumerate(files, start=1)
        if file.capture_id is None
    ]
    if failures:
        connection.execute(
            sa.text(
                "UPDATE followed_files SET failure = :failure WHERE following_id = :following "
                "AND position = :position AND failure IS DISTINCT FROM :failure"
            ),
            failures,
        )


def _failure(file: FollowedFile) -> str | None:
    return None if file.capture_id is not None else clean(file.failure or "not fetched")
