"""A page can crash, hang or raise in its reader, and costs only itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from goicrawl.extraction.report import Report
from goicrawl.pipelines.reader_pool import ReaderPool, ReaderUnavailable, ReadingError


@asynccontextmanager
async def pool(processes: int = 1, timeout: float = 20.0) -> AsyncIterator[ReaderPool]:
    running = ReaderPool(processes=processes, timeout=timeout, function="tests.pipelines.readers:read")
    running.start()
    try:
        yield running
    finally:
        await running.close()


async def read(running: ReaderPool, data: bytes) -> Report | str:
    try:
        return await running.read(data, media_type="text/html", url="http://a.gov.cn/", published_on=None)
    except ReadingError as error:
        return str(error)


def test_each_fault_is_named_and_the_others_are_read() -> None:
    async def run() -> list[Report | str]:
        async with pool() as running:
            pages = [b"one", b"crash", b"two", b"raise", b"exit", b"print", b"three"]
            return list(await asyncio.gather(*(read(running, page) for page in pages)))

    one, crash, two, raised, left, printed, three = asyncio.run(run())
    assert isinstance(one, Report)
    assert one.source.url == "http://a.gov.cn/"
    assert crash == "the reader process died on it (SIGSEGV)"
    assert isinstance(two, Report)
    assert two.title != one.title
    assert raised == "the reader failed: ValueError: no such table"
    assert left == "the reader process died on it (exit status 3)"
    assert isinstance(printed, Report)
    assert isinstance(three, Report)


def test_a_page_that_hangs_is_given_up() -> None:
    async def run() -> list[Report | str]:
        async with pool(timeout=1.0) as running:
            return [await read(running, page) for page in (b"one", b"hang", b"two")]

    one, hang, two = asyncio.run(run())
    assert isinstance(one, Report)
    assert hang == "reading it took longer than 1 seconds"
    assert isinstance(two, Report)


def test_closing_ends_the_processes_and_gives_up_what_waits() -> None:
    async def run() -> int:
        async with pool(timeout=600) as running:
            done = await read(running, b"one")
            assert isinstance(done, Report)
            hanging = [asyncio.ensure_future(read(running, b"hang")) for _ in range(3)]
            await asyncio.sleep(0.1)
        results = await asyncio.gather(*hanging, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        assert done.title is not None
        return int(done.title)

    pid = asyncio.run(run())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_large_pages_pass() -> None:
    async def run() -> Report | str:
        async with pool() as running:
            return await read(running, os.urandom(8 * 1024 * 1024))

    assert isinstance(asyncio.run(run()), Report)


def test_a_reader_that_does_not_start_is_no_fault_of_the_page() -> None:
    async def run() -> None:
        running = ReaderPool(processes=1, timeout=5.0, function="tests.pipelines.readers:absent")
        running.start()
        try:
            with pytest.raises(ReaderUnavailable, match="does not start"):
                await read(running, b"one")
        finally:
            await running.close()

    asyncio.run(run())
