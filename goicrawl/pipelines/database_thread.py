"""The one thread of a crawl that talks to the database and writes the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import DataError, IntegrityError

from goicrawl.config import Config
from goicrawl.database.errors import StoreError
from goicrawl.database.store import Store, StoreItem, StoreResult

RECORD_FAULTS = (StoreError, DataError, IntegrityError, UnicodeError)
"""What one record can be guilty of. Everything else means that nothing can be stored at all."""

P = ParamSpec("P")
R = TypeVar("R")
Given = TypeVar("Given")
Made = TypeVar("Made")


class DatabaseThread:
    """Runs calls one after the other in a thread of their own, so that the crawl goes on meanwhile."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    async def run(self, call: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Await the call's result; its exceptions are raised here."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: call(*arguments, **named))

    def close(self) -> None:
        """Wait for the call under way and end the thread."""
        self._executor.shutdown(wait=True)


def store_each(store: Store, items: Sequence[StoreItem]) -> Sequence[StoreResult | Exception]:
    """Store a batch in one transaction; where one of it breaks the contract, that one names itself."""
    try:
        return store.store_reports(items)
    except RECORD_FAULTS as error:
        if len(items) == 1:
            return [error]
    # Alone, each is stored or not.
    return [result for item in items for result in store_each(store, [item])]


class RoadSpider(Protocol):
    """What the pipelines need of the spider that they serve."""

    config: Config
    database: DatabaseThread


class Batches(Generic[Given, Made]):
    """Gathers single things into batches: one call for many.

    A batch goes when `size` things wait or `seconds` after the first of them, and never while another
    is under way, so that batches grow with the load.
    """

    def __init__(
        self, handle: Callable[[Sequence[Given]], Awaitable[Sequence[Made]]], *, size: int, seconds: float
    ) -> None:
        """`handle` gives one result for each thing, in order; what it raises is raised for all of them."""
        self._handle = handle
        self._size = size
        self._seconds = seconds
        self._waiting: list[tuple[Given, asyncio.Future[Made]]] = []
        self._enough = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def add(self, thing: Given) -> Made:
        """Put one thing into the next batch, and await its result."""
        if self._closed:
            raise asyncio.CancelledError
        future: asyncio.Future[Made] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, future))
        if len(self._waiting) >= self._size:
            self._enough.set()
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await future

    async def close(self) -> None:
        """Handle what waits, at once; nothing is taken any more."""
        self._closed = True
        self._enough.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _work(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < self._size and not self._closed:
                    self._enough.clear()
                    await self._linger()
                batch, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
                await self._one(batch)
        finally:
            self._task = None

    async def _linger(self) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._enough.wait()
        except TimeoutError:
            return

    async def _one(self, batch: Sequence[tuple[Given, asyncio.Future[Made]]]) -> None:
        try:
            results = await self._handle([thing for thing, _ in batch])
        except Exception as error:  # noqa: BLE001 (handed to those who wait)
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
