"""What a reader process does with a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goicrawl.database.prepared import prepare
from goicrawl.extraction.report import Report
from goicrawl.reading.joined import PageFile, join
from goicrawl.reading.report import parse_report

READER = "goicrawl.pipelines.page_reader:read_page"
"""What reads, for a `ReaderPool`."""


def read_page(
    data: bytes,
    *,
    media_type: str | None,
    url: str | None,
    published_on: date | None,
    files: Sequence[PageFile] | None = None,
    alone: bool = False,
) -> Report:
    """Read and check one document.

    Args:
        files: what was read from the files that belong to the page; it becomes one report with them.
        alone: this is such a file: its report goes back as it is.

    Returns:
        The report, prepared for the store unless it is a file's.

    Raises:
        StoreError: the report cannot be stored as it is; what is wrong with it is named.
    """
    report = parse_report(data, media_type=media_type, url=url, published_on=published_on)
    if alone:
        return report
    return prepare(report if files is None else join(report, files))
