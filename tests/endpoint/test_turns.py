"""Who waits for a worker: first and last are next, nobody waits without end, all have time."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from kg.endpoint.crew import Turns
from kg.endpoint.pool import SURE, Pool


def test_who_came_first_and_who_came_last_are_next_in_turn() -> None:
    async def check() -> list[int]:
        turns, order = Turns(1), []

        async def work(number: int) -> None:
            async with turns.take(0):
                order.append(number)
                await asyncio.sleep(0.01)

        await asyncio.gather(*map(work, range(5)))
        assert (turns.free, turns.line) == (1, [])
        return order

    assert asyncio.run(check()) == [0, 1, 4, 2, 3]


def test_nobody_waits_longer_than_told_and_no_turn_is_lost() -> None:
    async def check() -> None:
        turns = Turns(1)
        async with turns.take(0):
            for _ in range(3):
                with pytest.raises(TimeoutError):
                    async with turns.take(0.01):
                        raise AssertionError("a turn that nobody gave")
            gone = asyncio.create_task(turns.take(0).__aenter__())
            await asyncio.sleep(0)
            gone.cancel()
            late = asyncio.create_task(turns.take(0).__aenter__())
            await asyncio.sleep(0)
        late.cancel()  # just when its turn has come
        await asyncio.gather(gone, late, return_exceptions=True)
        assert (turns.free, turns.line) == (1, [])

    asyncio.run(check())


@pytest.mark.parametrize(
    ("timeout", "waiting", "allowed"),
    [(30, 1, 30), (30, 2, 30), (30, 4, 15), (30, 50, SURE), (3, 50, 3), (0, 50, 0)],
)
def test_a_query_has_less_time_the_more_wait(timeout: int, waiting: int, allowed: float) -> None:
    pool = SimpleNamespace(timeout=timeout, size=2, waiting=waiting)
    assert Pool.allow(pool) == allowed  # type: ignore[arg-type]
