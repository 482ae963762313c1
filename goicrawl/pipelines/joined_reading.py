"""A page read together with its files: each in a process of its own turn, so that one can hang alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goicrawl.archive.capture import Capture
from goicrawl.database.followings import FollowedFile
from goicrawl.database.prepared import PreparedReport
from goicrawl.reading.joined import PageFile
from goicrawl.reading.pool import ReaderPool
from goicrawl.reading.unread import ReadingError


@dataclass(slots=True)
class FetchedFile:
    """A file of a page: what was served and its key in the index, or why there is neither (`failure`).

    `url` is the address that the page gives.
    """

    url: str
    capture: Capture | None = None
    capture_id: int | None = None
    failure: str | None = None

    def followed(self) -> FollowedFile:
        """As the store takes it."""
        return FollowedFile(self.url, self.capture_id, self.failure)


async def read_with_files(
    pool: ReaderPool[PreparedReport],
    page: Capture,
    files: Sequence[FetchedFile] | None,
    *,
    published_on: date | None,
) -> PreparedReport:
    """Read a page, and where it was followed its files with it.

    Args:
        files: those fetched for the page, or missed; None where nothing was followed.
        published_on: the date that the list gave for the page. It says nothing of the files.

    Raises:
        ReadingError: the page could not be read. A file that could not be is named in the reasons.
    """
    more: dict[str, Any] = {}
    if files is not None:
        more["files"] = tuple(await asyncio.gather(*(_read_file(pool, file) for file in files)))
    return await pool.read(
        page.body, media_type=page.declared_type, url=page.url, published_on=published_on, **more
    )


async def _read_file(pool: ReaderPool[PreparedReport], file: FetchedFile) -> PageFile:
    capture = file.capture
    if capture is None:
        return PageFile(file.url, missed=file.failure or "not fetched")
    try:
        report = await pool.read(
            capture.body, media_type=capture.declared_type, url=capture.url, published_on=None, alone=True
        )
    except ReadingError as error:
        return PageFile(file.url, unread=str(error))
    return PageFile(file.url, report)
