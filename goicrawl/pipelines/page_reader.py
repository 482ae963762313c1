"""What a reader process does with a page."""

from __future__ import annotations

from datetime import date

from goicrawl.database.prepared import PreparedReport, prepare
from goicrawl.reading.report import parse_report

READER = "goicrawl.pipelines.page_reader:read_page"
"""What reads, for a `ReaderPool`."""


def read_page(
    data: bytes, *, media_type: str | None, url: str | None, published_on: date | None
) -> PreparedReport:
    """Read and check one page, and prepare its report for the store.

    Raises:
        StoreError: the report cannot be stored as it is; what is wrong with it is named.
    """
    return prepare(parse_report(data, media_type=media_type, url=url, published_on=published_on))
