"""An archive of real WARC files, its index, and the reports a parser made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from sqlalchemy.engine import Engine

from goicrawl import config
from goicrawl.archive.capture import Capture
from goicrawl.archive.writer import WarcArchive
from goicrawl.database.prepared import PreparedReport
from goicrawl.database.store import Store, StoreItem
from goicrawl.pipelines.page_reader import READER
from goicrawl.reading.limits import Limits, limits_of
from goicrawl.reading.version import parser_version
from goicrawl.reparsing.pages import Selection
from goicrawl.reparsing.progress import ReparseProgress
from goicrawl.reparsing.reparse import ReparseSummary, reparse
from tests.renderings import sample

FIRST_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMITS = limits_of(config.load({}))
PORTAL = "http://www.example.gov.cn/"
LIST = "http://www.example.gov.cn/nb/"


@dataclass(frozen=True)
class Served:
    """A page as it was served on a day after the first."""

    data: bytes
    url: str
    day: int = 0
    media_type: str | None = "text/html"
    listed_on: date | None = None


def served(numbers: Sequence[int]) -> list[Served]:
    """Reports of several bodies, years and forms (0, 1, 2, …), each at its own address, a day apart."""
    found = []
    for number in numbers:
        page = sample("official", number)
        found.append(Served(page.data, f"{LIST}{number}.html", number, page.media_type))
    return found


def crawled(
    store: Store, folder: Path, pages: Sequence[Served], read: Callable[..., PreparedReport]
) -> list[int]:
    """Archive these pages, enter them in the index and store what a reader makes of them."""
    keys = []
    with WarcArchive(folder) as archive:
        for page in pages:
            headers = () if page.media_type is None else (("Content-Type", page.media_type),)
            fetched_at = FIRST_DAY + timedelta(days=page.day)
            capture = Capture(page.url, page.url, fetched_at, 200, headers, page.data)
            key = store.add_capture(None, archive.write(capture))
            report = read(
                capture.body, media_type=capture.media_type, url=capture.url, published_on=page.listed_on
            )
            store.store_reports([StoreItem(report, key, PORTAL, LIST, listed_on=page.listed_on)])
            keys.append(key)
    return keys


def again(
    engine: Engine,
    folder: Path,
    *,
    processes: int = 1,
    function: str = READER,
    limits: Limits = LIMITS,
    **chosen: Any,
) -> ReparseSummary:
    """Read the archive again with the parser at hand, saying nothing."""
    progress = ReparseProgress(Console(quiet=True))
    return reparse(
        engine, folder, Selection(parser_version(), **chosen), processes=processes,
        progress=progress, limits=limits, function=function,
    )  # fmt: skip


def counts(summary: ReparseSummary) -> tuple[int, int, int, int]:
    """(insert, update, noop, superseded)."""
    return (summary.insert, summary.update, summary.noop, summary.superseded)


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


VERSIONS = """
SELECT c.url, r.report_year, v.number, v.is_current, v.cause, v.parser_version,
    encode(v.content_digest, 'hex')
FROM report_versions v JOIN captures c ON c.id = v.capture_id JOIN reports r ON r.id = v.report_id
ORDER BY r.id, v.number
"""

NOT_ONE_CURRENT = """
SELECT r.id FROM reports r LEFT JOIN report_versions v ON v.report_id = r.id AND v.is_current
GROUP BY r.id HAVING count(v.id) <> 1
"""
