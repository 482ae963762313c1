"""Processes that read pages beside the crawl, so that a page can hang or crash and cost only itself."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass
from datetime import date
from typing import Any

from goicrawl.database.prepared import PreparedReport
from goicrawl.pipelines.reader_process import LENGTH, READY
from goicrawl.pipelines.transfer import dumps, loads

START_SECONDS = 60.0
_BUFFER = 1024 * 1024


class ReadingError(Exception):
    """A page that could not be read; the message says why, without the page's address."""


class ReaderUnavailable(RuntimeError):
    """No reader process can be started: nothing can be read at all."""


@dataclass
class _Job:
    message: bytes
    future: asyncio.Future[PreparedReport]


class ReaderPool:
    """A number of reader processes; each reads one page at a time.

    A process that dies takes its own page with it and is replaced. A page that takes longer than
    `timeout` seconds is given up with its process.
    """

    def __init__(
        self, *, processes: int, timeout: float, function: str = "goicrawl.pipelines.page_reader:read_page"
    ) -> None:
        """`function` is `module:name` of what reads: called with the bytes and `read`'s named arguments."""
        self._count = processes
        self._timeout = timeout
        self._function = function
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    def start(self) -> None:
        """Start the processes; they are ready a moment later, and `read` waits for that."""
        self._tasks = [asyncio.create_task(self._serve()) for _ in range(self._count)]

    async def read(
        self, data: bytes, *, media_type: str | None, url: str | None, published_on: date | None
    ) -> PreparedReport:
        """Read one page in the next free process.

        Raises:
            ReadingError: the reader crashed, took too long or raised.
            ReaderUnavailable: no reader process starts.
        """
        if self._closed:
            raise asyncio.CancelledError
        named: dict[str, Any] = {"media_type": media_type, "url": url, "published_on": published_on}
        message = dumps((data, named))
        future: asyncio.Future[PreparedReport] = asyncio.get_running_loop().create_future()
        self._jobs.put_nowait(_Job(message, future))
        return await future

    async def close(self) -> None:
        """End the processes; pages still waiting are given up, and none is taken any more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        while not self._jobs.empty():
            self._jobs.get_nowait().future.cancel()

    async def _serve(self) -> None:
        process: Process | None = None
        try:
            process = await self._begin()
            while True:
                job = await self._jobs.get()
                if process is None:
                    process = await self._begin()
                if process is None:
                    _fail(job, ReaderUnavailable(f"the reader process does not start: {self._function}"))
                    continue
                try:
                    result = await self._exchange(process, job.message)
                except ReadingError as error:
                    await _end(process)
                    process = None
                    _fail(job, error)
                except asyncio.CancelledError:
                    job.future.cancel()
                    raise
                else:
                    _finish(job, result)
        finally:
            if process is not None:
                await _end(process)

    async def _begin(self) -> Process | None:
        """A process that is ready, or None if it could not be started: the next page tries again."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "goicrawl.pipelines.reader_process",
            self._function,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_BUFFER,
            # Ctrl-C is for the crawl, which lets the pages in hand be read.
            start_new_session=True,
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(START_SECONDS):
                await process.stdout.readexactly(len(READY))
        except (TimeoutError, asyncio.IncompleteReadError):
            await _end(process)
            return None
        except asyncio.CancelledError:
            await _end(process)
            raise
        return process

    async def _exchange(self, process: Process, message: bytes) -> tuple[bool, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self._timeout):
                process.stdin.write(LENGTH.pack(len(message)) + message)
                await process.stdin.drain()
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                answer = await process.stdout.readexactly(length)
        except TimeoutError as error:
            raise ReadingError(f"reading it took longer than {self._timeout:g} seconds") from error
        except (asyncio.IncompleteReadError, OSError) as error:
            code = await process.wait()
            raise ReadingError(f"the reader process died on it ({_how(code)})") from error
        result: tuple[bool, Any] = loads(answer)
        return result


def _finish(job: _Job, result: tuple[bool, Any]) -> None:
    succeeded, value = result
    if not succeeded:
        _fail(job, ReadingError(f"the reader failed: {value}"))
    elif not job.future.done():
        job.future.set_result(value)


def _fail(job: _Job, error: Exception) -> None:
    if not job.future.done():
        job.future.set_exception(error)


async def _end(process: Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _how(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
