"""A document can crash, hang, explode or raise in its reader, and costs only itself."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from goicrawl import config
from goicrawl.extraction.report import Report
from goicrawl.reading.limits import Limits, limits_of
from goicrawl.reading.pool import ReaderPool, ReaderUnavailable
from goicrawl.reading.unread import ReadingError

ROOT = Path(__file__).resolve().parents[2]
READER = "tests.reading.readers:read"


@asynccontextmanager
async def pool(
    processes: int = 1, seconds: float = 60.0, memory: int = 512 * 2**20
) -> AsyncIterator[ReaderPool[Report]]:
    limits = Limits(seconds, seconds, seconds, memory)
    running: ReaderPool[Report] = ReaderPool(processes=processes, limits=limits, function=READER)
    running.start()
    try:
        yield running
    finally:
        await running.close()


async def read(running: ReaderPool[Report], data: bytes) -> Report | str:
    try:
        return await running.read(data, media_type="text/html", url="http://a.gov.cn/", published_on=None)
    except ReadingError as error:
        return str(error)


def test_each_fault_is_named_and_the_others_are_read() -> None:
    # What the parent has in memory is not held against its readers.
    much = b"x" * (600 * 2**20)

    async def run() -> list[Report | str]:
        async with pool() as running:
            pages = [b"one", b"crash", b"two", b"raise", b"three", b"exit", b"print", b"four"]
            return list(await asyncio.gather(*(read(running, page) for page in pages)))

    one, crash, two, raised, three, left, printed, four = asyncio.run(run())
    assert len(much) > 512 * 2**20
    assert isinstance(one, Report)
    assert one.source.url == "http://a.gov.cn/"
    assert crash == "reader_crashed: the process that read it ended (SIGSEGV)"
    assert isinstance(two, Report)
    assert two.title != one.title
    assert raised == "reader_failed: ValueError: no such table"
    # What raises leaves the process as it was; what crashes does not.
    assert isinstance(three, Report)
    assert three.title == two.title
    assert left == "reader_crashed: the process that read it ended (exit status 3)"
    assert isinstance(printed, Report)
    assert isinstance(four, Report)


@pytest.mark.parametrize("page", [b"hang", b"spin"])
def test_a_document_that_hangs_is_given_up(page: bytes) -> None:
    async def run() -> list[Report | str]:
        async with pool(seconds=1.0) as running:
            return [await read(running, data) for data in (b"one", page, b"two")]

    one, hang, two = asyncio.run(run())
    assert isinstance(one, Report)
    assert hang == "time_limit: reading it took longer than 1 seconds"
    assert isinstance(two, Report)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process's data")
def test_a_document_that_fills_the_memory_is_given_up() -> None:
    async def run() -> list[Report | str]:
        async with pool() as running:
            return [await read(running, data) for data in (b"explode", b"grow", b"refused", b"two")]

    explode, grow, refused, two = asyncio.run(run())
    assert explode == grow == refused == "memory_limit: reading it took more than 512 MiB of memory"
    assert isinstance(two, Report)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process's data")
def test_memory_that_earlier_documents_kept_is_not_held_against_a_document() -> None:
    async def run() -> list[Report | str]:
        async with pool() as running:
            return [await read(running, data) for data in (b"keep", b"keep")]

    first, second = asyncio.run(run())
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.title != second.title


def test_without_a_limit_memory_can_still_run_out() -> None:
    async def run() -> list[Report | str]:
        async with pool(memory=0) as running:
            return [await read(running, data) for data in (b"none", b"refused", b"two")]

    none, refused, two = asyncio.run(run())
    assert none == "memory_limit: reading it took more memory than there is"
    assert isinstance(refused, str)
    assert refused.startswith("reader_failed: RuntimeError")
    assert isinstance(two, Report)


def test_closing_ends_the_processes_and_gives_up_what_waits() -> None:
    async def run() -> int:
        async with pool(seconds=600) as running:
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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the reader ends with its document")
def test_a_killed_parent_leaves_no_reader_behind() -> None:
    code = (
        "import asyncio\n"
        "from tests.reading.test_pool import pool, read\n"
        "async def run():\n"
        "    async with pool(seconds=600) as running:\n"
        "        print((await read(running, b'one')).title, flush=True)\n"
        "        await read(running, b'spin')\n"
        "asyncio.run(run())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    reader = int(parent.stdout.readline())
    time.sleep(0.2)
    os.kill(reader, 0)
    parent.send_signal(signal.SIGKILL)
    parent.communicate(timeout=30)
    assert ended(reader)


def ended(process: int) -> bool:
    """Whether a process ends within a minute; one that nobody has asked about yet has ended."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_large_documents_pass() -> None:
    async def run() -> Report | str:
        async with pool() as running:
            return await read(running, os.urandom(8 * 1024 * 1024))

    assert isinstance(asyncio.run(run()), Report)


def test_a_reader_that_does_not_start_is_no_fault_of_the_document() -> None:
    async def run() -> None:
        limits = Limits(5, 5, 5, 0)
        running: ReaderPool[Report] = ReaderPool(
            processes=1, limits=limits, function="tests.reading.readers:absent"
        )
        running.start()
        try:
            with pytest.raises(ReaderUnavailable, match="does not start"):
                await read(running, b"one")
        finally:
            await running.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("start", "seconds"),
    [(b"<!DOCTYPE html>", 1), (b"\xef\xbb\xbf\r\n<html>", 1), (b"", 1), ("一、总体情况".encode(), 1),
     (b"PK\x03\x04", 2), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 2), (b"{\\rtf1", 2),
     (b"%PDF-1.7", 3), (b"\n%PDF-1.4", 3), (b"\x89PNG\r\n\x1a\n", 3), (b"\xff\xd8\xff\xe0", 3)],
)  # fmt: skip
def test_how_long_it_may_take_follows_from_the_signature(start: bytes, seconds: float) -> None:
    assert Limits(1, 2, 3, 0).seconds_for(start + b"\0" * 100) == seconds


def test_the_configuration_sets_the_limits() -> None:
    chosen = config.load(
        {
            "GOICRAWL_READ_PAGE_SECONDS": "1.5",
            "GOICRAWL_READ_FILE_SECONDS": "2",
            "GOICRAWL_READ_SCAN_SECONDS": "3",
            "GOICRAWL_READ_MEMORY": "1000000000",
        }
    )
    assert limits_of(chosen) == Limits(1.5, 2, 3, 1_000_000_000)
