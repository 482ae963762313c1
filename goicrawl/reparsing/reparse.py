"""Reading the archive again: captures come out of WARC, through the readers, into the store.

Pages are read in processes of their own, a few ahead, and stored in batches in the order of their captures,
so that the result does not depend on how many processes there are. A batch is one transaction; after it
its captures are marked as read by this parser. Whoever is killed in between reads that batch once more and
finds it unchanged.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import Engine

from goicrawl.archive.capture import Capture
from goicrawl.archive.reader import ArchiveError, read_capture
from goicrawl.database.followings import FollowedFile
from goicrawl.database.prepared import PreparedReport
from goicrawl.database.store import Store, StoreItem, StoreResult
from goicrawl.pipelines.database_thread import DatabaseThread, store_each
from goicrawl.pipelines.joined_reading import FetchedFile, read_with_files
from goicrawl.pipelines.page_reader import READER
from goicrawl.reading.limits import Limits
from goicrawl.reading.pool import ReaderPool
from goicrawl.reading.unread import ReadingError
from goicrawl.reparsing import pages
from goicrawl.reparsing.pages import ArchivedPage, FileOfPage, Selection
from goicrawl.reparsing.progress import ReparseProgress

BATCH = 64
_AHEAD = 4
_CHUNK = 1000


@dataclass(slots=True)
class ReparseSummary:
    """What came of it. `refreshed` of the `noop` had findings, places or the like brought up to date.

    `missing` and `unread` name pages (address and reason); they keep what was read from them before, and
    are tried again next time. `left` pages were not come to; `skipped` ones this parser had read before.
    """

    skipped: int = 0
    insert: int = 0
    update: int = 0
    noop: int = 0
    refreshed: int = 0
    superseded: int = 0
    missing: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    left: int = 0
    seconds: float = 0.0

    @property
    def stored(self) -> int:
        """Pages that were read and whose result is in the database."""
        return self.insert + self.update + self.noop

    def count(self, result: StoreResult) -> None:
        """Add what became of one page."""
        if result.outcome == "insert":
            self.insert += 1
        elif result.outcome == "new_version":
            self.update += 1
        else:
            self.noop += 1
        self.refreshed += result.refreshed
        self.superseded += result.superseded


def reparse(
    engine: Engine,
    archive: Path,
    selection: Selection,
    *,
    processes: int,
    limits: Limits,
    progress: ReparseProgress,
    function: str = READER,
) -> ReparseSummary:
    """Read the selected captures again and store what has changed.

    The first SIGINT (Ctrl-C) lets the pages in hand be read and stored; the second raises
    KeyboardInterrupt. Either way what is stored is whole, and the same call goes on from there.

    Args:
        archive: folder of the WARC files.
        processes: how many read side by side.
        limits: beyond which a page is given up.
        function: `module:name` of what reads (see `ReaderPool`).

    Raises:
        ReaderUnavailable: no reader process starts.
    """
    pool: ReaderPool[PreparedReport] = ReaderPool(processes=processes, limits=limits, function=function)
    run = _Run(engine, archive, selection, pool, progress, ahead=_AHEAD * processes)
    return asyncio.run(run.run())


class _Run:
    def __init__(
        self,
        engine: Engine,
        archive: Path,
        selection: Selection,
        pool: ReaderPool[PreparedReport],
        progress: ReparseProgress,
        *,
        ahead: int,
    ) -> None:
        self._engine = engine
        self._archive = archive
        self._selection = selection
        self._pool = pool
        self._progress = progress
        self._ahead = ahead
        self._database = DatabaseThread(Store(engine))
        self._summary = ReparseSummary()
        self._chunk: deque[ArchivedPage] = deque()
        self._after = (0, 0)
        self._incomplete: set[int] = set()
        """Captures of which something could not be read: they are not marked as read."""
        self._stopped = False
        self._storing: asyncio.Task[None] | None = None

    async def run(self) -> ReparseSummary:
        began = time.monotonic()
        summary = self._summary
        total, summary.skipped = pages.count(self._engine, self._selection)
        self._progress.begin(total)
        window: deque[tuple[ArchivedPage, asyncio.Task[PreparedReport]]] = deque()
        with _first_interrupt(self._stop):
            try:
                if total > 0:
                    self._pool.start()
                    await self._read_all(window)
            finally:
                for _, task in window:
                    task.cancel()
                await asyncio.gather(*(task for _, task in window), return_exceptions=True)
                await self._pool.close()
                if self._storing is not None:
                    await asyncio.wait([self._storing])
                await asyncio.to_thread(self._database.close)
                self._progress.end()
        done = summary.stored + len(summary.missing) + len(summary.unread)
        summary.left = max(0, total - done) if self._stopped else 0
        summary.seconds = time.monotonic() - began
        return summary

    async def _read_all(self, window: deque[tuple[ArchivedPage, asyncio.Task[PreparedReport]]]) -> None:
        batch: list[tuple[ArchivedPage, StoreItem]] = []
        while True:
            while len(window) < self._ahead and (page := await self._next()) is not None:
                captures = self._from_archive(page)
                if captures is not None:
                    window.append((page, asyncio.create_task(self._read(page, *captures))))
            if not window:
                break
            page, task = window[0]
            try:
                report = await task
            except ReadingError as error:
                self._failed(page, str(error))
            else:
                item = StoreItem(
                    report, page.capture_id, page.portal_url, page.list_url, listed_on=page.listed_on,
                    files=tuple(
                        FollowedFile(file.url, file.capture_id, file.failure) for file in page.files or ()
                    ),
                )  # fmt: skip
                batch.append((page, item))
            window.popleft()
            if len(batch) >= BATCH:
                await self._store(batch)
                batch = []
        await self._store(batch)
        await self._stored()

    async def _next(self) -> ArchivedPage | None:
        if self._stopped:
            return None
        if not self._chunk:
            self._chunk.extend(
                await self._database.run(pages.following, self._engine, self._selection, self._after, _CHUNK)
            )
        if not self._chunk:
            return None
        page = self._chunk.popleft()
        self._after = (page.capture_id, page.following or 0)
        return page

    def _from_archive(self, page: ArchivedPage) -> tuple[Capture, list[FetchedFile] | None] | None:
        """The page and the files that were fetched beside it; None where a record is not there."""
        try:
            capture = _record(self._archive, page)
            files = None
            if page.files is not None:
                files = [
                    FetchedFile(
                        file.url,
                        None if file.capture_id is None else _record(self._archive, file),
                        file.capture_id,
                        file.failure,
                    )
                    for file in page.files
                ]
        except (ArchiveError, OSError) as error:
            self._summary.missing.append(f"{page.url}: {error}")
            self._progress.say(f"missing  {page.url} (capture {page.capture_id}): {error}")
            self._progress.advance(1)
            self._incomplete.add(page.capture_id)
            return None
        return capture, files

    async def _read(
        self, page: ArchivedPage, capture: Capture, files: Sequence[FetchedFile] | None
    ) -> PreparedReport:
        return await read_with_files(self._pool, capture, files, published_on=page.listed_on)

    async def _store(self, batch: Sequence[tuple[ArchivedPage, StoreItem]]) -> None:
        """Begin to store a batch, once the one before is stored: reading goes on meanwhile."""
        await self._stored()
        if batch:
            self._storing = asyncio.create_task(self._store_now(batch))

    async def _stored(self) -> None:
        storing, self._storing = self._storing, None
        if storing is not None:
            await storing

    async def _store_now(self, batch: Sequence[tuple[ArchivedPage, StoreItem]]) -> None:
        results = await self._database.run(store_each, self._database.store, [item for _, item in batch])
        kept = []
        for (page, _), result in zip(batch, results, strict=True):
            if isinstance(result, Exception):
                self._failed(page, f"not stored: {type(result).__name__}: {result}")
            else:
                kept.append(page)
                self._summary.count(result)
        # A page that is read with several sets of files has been read when it was with the last.
        whole = [page.capture_id for page in kept if page.last and page.capture_id not in self._incomplete]
        await self._database.run(pages.mark, self._engine, self._selection.parser, whole)
        self._progress.advance(len(kept))

    def _failed(self, page: ArchivedPage, reason: str) -> None:
        self._summary.unread.append(f"{page.url}: {reason}")
        self._progress.say(f"unread   {page.url} (capture {page.capture_id}): {reason}")
        self._incomplete.add(page.capture_id)
        self._progress.advance(1)

    def _stop(self) -> None:
        self._stopped = True
        self._progress.say("reparse: finishing the pages in hand; Ctrl-C again ends at once")


def _record(archive: Path, wanted: ArchivedPage | FileOfPage) -> Capture:
    """A capture from the archive.

    Raises:
        ArchiveError, OSError: its record is not there, or is not its.
    """
    capture = read_capture(archive, wanted.warc_file, wanted.warc_offset)
    if capture.sha256 != wanted.sha256:
        raise ArchiveError(f"{wanted.warc_file}: offset {wanted.warc_offset}: another page's record")
    return capture


@contextlib.contextmanager
def _first_interrupt(handle: Callable[[], None]) -> Iterator[None]:
    """Call `handle` at the first SIGINT; the second is Python's own again. Only in the main thread."""
    loop = asyncio.get_running_loop()

    def first() -> None:
        loop.remove_signal_handler(signal.SIGINT)
        handle()

    # Elsewhere signals do not arrive.
    with contextlib.suppress(ValueError, RuntimeError):
        loop.add_signal_handler(signal.SIGINT, first)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
