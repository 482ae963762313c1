"""Processes that read documents, so that one can hang, explode or crash and cost only itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from goicrawl.reading.limits import Limits
from goicrawl.reading.process import FAILED, LENGTH, MEMORY, READY
from goicrawl.reading.transfer import dumps, loads
from goicrawl.reading.unread import ReadingError, memory_limit, reader_crashed, reader_failed, time_limit

START_SECONDS = 60.0
_LAST_SECONDS = 5.0
_BUFFER = 1024 * 1024
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from goicrawl.reading.process import main; main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))"
)
Result = TypeVar("Result")


class ReaderUnavailable(RuntimeError):
    """No reader process can be started: nothing can be read at all."""


@dataclass
class _Job(Generic[Result]):
    data: bytes
    named: dict[str, Any]
    future: asyncio.Future[Result]


@dataclass
class _Reader:
    """A process that is ready. `used`: it has read before, and may hold what it did not let go of."""

    process: Process
    used: bool = False


class ReaderPool(Generic[Result]):
    """A number of reader processes, kept from document to document; each reads one at a time.

    A process that dies takes its own document with it and is replaced. So is one whose document takes
    longer or more memory than `limits` allow.
    """

    def __init__(
        self, *, processes: int, limits: Limits, function: str = "goicrawl.reading.report:parse_report"
    ) -> None:
        """`function` is `module:name` of what reads: called with the bytes and `read`'s named arguments."""
        self._count = processes
        self._limits = limits
        self._function = function
        self._jobs: asyncio.Queue[_Job[Result]] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    def start(self) -> None:
        """Start the processes; they are ready a moment later, and `read` waits for that."""
        self._tasks = [asyncio.create_task(self._serve()) for _ in range(self._count)]

    async def read(
        self,
        data: bytes,
        *,
        media_type: str | None,
        url: str | None,
        published_on: date | None,
        **more: Any,
    ) -> Result:
        """Read one document in the next free process; `more` goes to the reader as it is.

        Raises:
            ReadingError: the document went beyond a limit, or its reader crashed or raised.
            ReaderUnavailable: no reader process starts.
        """
        if self._closed:
            raise asyncio.CancelledError
        named: dict[str, Any] = {"media_type": media_type, "url": url, "published_on": published_on, **more}
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._jobs.put_nowait(_Job(data, named, future))
        return await future

    async def close(self) -> None:
        """End the processes; documents still waiting are given up, and none is taken any more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        while not self._jobs.empty():
            self._jobs.get_nowait().future.cancel()

    async def _serve(self) -> None:
        reader: _Reader | None = None
        try:
            reader = await self._begin()
            while True:
                job = await self._jobs.get()
                try:
                    reader = await self._handle(reader, job)
                except asyncio.CancelledError:
                    job.future.cancel()
                    raise
        finally:
            if reader is not None:
                await _end(reader.process)

    async def _handle(self, reader: _Reader | None, job: _Job[Result]) -> _Reader | None:
        """Read one document; returns the reader if it can go on."""
        while True:
            if reader is None:
                reader = await self._begin()
            if reader is None:
                _fail(job, ReaderUnavailable(f"the reader process does not start: {self._function}"))
                return None
            try:
                answer = await self._exchange(reader.process, job)
            except ReadingError as error:
                await _end(reader.process)
                _fail(job, error)
                return None
            except asyncio.CancelledError:
                await _end(reader.process)
                raise
            if answer == MEMORY:
                await _end(reader.process)
                if reader.used:
                    # The memory may have gone to earlier documents: once more in a fresh process.
                    reader = None
                    continue
                _fail(job, memory_limit(self._limits.memory))
                return None
            # The next document goes out before this one's report is unpacked: no reader waits for that.
            asyncio.get_running_loop().call_soon(_deliver, job, answer)
            reader.used = True
            return reader

    async def _begin(self) -> _Reader | None:
        """A process that is ready, or None if it could not be started: the next document tries again."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _CODE, json.dumps(sys.path), self._function),
            *(str(self._limits.memory), str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_BUFFER,
            # Ctrl-C is for the parent, which lets the documents in hand be read.
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
        return _Reader(process)

    async def _exchange(self, process: Process, job: _Job[Result]) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        seconds = self._limits.seconds_for(job.data)
        message = dumps((job.data, job.named, seconds))
        try:
            async with asyncio.timeout(seconds if seconds > 0 else None):
                process.stdin.write(LENGTH.pack(len(message)) + message)
                await process.stdin.drain()
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                return await process.stdout.readexactly(length)
        except TimeoutError as error:
            raise time_limit(seconds) from error
        except (asyncio.IncompleteReadError, OSError) as error:
            code = await _code_of(process)
            if code == -signal.SIGALRM:
                raise time_limit(seconds) from error
            raise reader_crashed(_how(code)) from error


def _deliver(job: _Job[Any], answer: bytes) -> None:
    if job.future.done():
        return
    try:
        value = loads(answer[1:])
    except Exception as error:  # noqa: BLE001 (handed to the one who waits)
        _fail(job, error)
        return
    if answer.startswith(FAILED):
        _fail(job, reader_failed(value))
    else:
        job.future.set_result(value)


def _fail(job: _Job[Any], error: Exception) -> None:
    if not job.future.done():
        job.future.set_exception(error)


async def _code_of(process: Process) -> int:
    """The exit status of a process that has said its last; one that does not end is ended."""
    try:
        async with asyncio.timeout(_LAST_SECONDS):
            return await process.wait()
    except TimeoutError:
        await _end(process)
        return await process.wait()


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
