"""The way of a page through the pipelines, with no more pages on it than memory bears."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from goicrawl.pipelines.page import FetchedPage, PageResult

MAX_PAGES = 256
MAX_BYTES = 64 * 1024 * 1024


class Road:
    """Sends pages through the pipelines; who sends waits while the road is full."""

    def __init__(
        self,
        travel: Callable[[FetchedPage], Awaitable[None]],
        *,
        max_pages: int = MAX_PAGES,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """`travel` takes one page through all pipelines."""
        self._travel = travel
        self._max_pages = max_pages
        self._max_bytes = max_bytes
        self._pages = 0
        self._bytes = 0
        self._room = asyncio.Condition()

    async def send(self, page: FetchedPage) -> asyncio.Task[PageResult]:
        """Start a page on its way as soon as there is room; the task ends with its way."""
        size = page.size
        async with self._room:
            await self._room.wait_for(lambda: self._has_room(size))
            self._pages += 1
            self._bytes += size
        return asyncio.create_task(self._go(page, size))

    def _has_room(self, size: int) -> bool:
        return self._pages == 0 or (self._pages < self._max_pages and self._bytes + size <= self._max_bytes)

    async def _go(self, page: FetchedPage, size: int) -> PageResult:
        try:
            await self._travel(page)
            return page.result()
        finally:
            async with self._room:
                self._pages -= 1
                self._bytes -= size
                self._room.notify_all()
