"""Batches grow with the load, and what fails is told to those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from goicrawl.pipelines.database_thread import Batches


def test_what_arrives_during_a_batch_becomes_the_next() -> None:
    sizes: list[int] = []

    async def double(things: Sequence[int]) -> list[int]:
        sizes.append(len(things))
        await asyncio.sleep(0.02)
        return [thing * 2 for thing in things]

    async def run() -> list[int]:
        batches = Batches(double, size=50, seconds=0)
        return list(await asyncio.gather(*(batches.add(number) for number in range(120))))

    assert asyncio.run(run()) == [number * 2 for number in range(120)]
    assert sizes == [50, 50, 20]


def test_a_single_thing_does_not_wait_for_ever() -> None:
    async def same(things: Sequence[str]) -> Sequence[str]:
        return things

    async def run() -> list[str]:
        batches = Batches(same, size=100, seconds=0.05)
        return [await batches.add("a"), await batches.add("b")]

    assert asyncio.run(run()) == ["a", "b"]


def test_a_failure_reaches_all_of_its_batch_and_no_other() -> None:
    async def picky(things: Sequence[int]) -> Sequence[int]:
        if 3 in things:
            raise OSError("disk full")
        return things

    async def run() -> list[int | BaseException]:
        batches = Batches(picky, size=2, seconds=0)
        return await asyncio.gather(*(batches.add(number) for number in range(6)), return_exceptions=True)

    results = asyncio.run(run())
    assert results[:2] == [0, 1]
    assert [type(result) for result in results[2:4]] == [OSError, OSError]
    assert results[4:] == [4, 5]
    with pytest.raises(OSError, match="disk full"):
        raise results[3]  # type: ignore[misc]


def test_closing_handles_what_waits_and_takes_nothing_more() -> None:
    async def run() -> None:
        handled: list[int] = []

        async def keep(things: Sequence[int]) -> Sequence[int]:
            handled.extend(things)
            return things

        batches = Batches(keep, size=100, seconds=600)
        waiting = [asyncio.ensure_future(batches.add(number)) for number in range(3)]
        await asyncio.sleep(0)
        await batches.close()
        assert handled == [0, 1, 2]
        assert await asyncio.gather(*waiting) == [0, 1, 2]
        with pytest.raises(asyncio.CancelledError):
            await batches.add(4)

    asyncio.run(run())
