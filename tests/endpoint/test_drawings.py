"""The whole graph drawn: once for all who want it, ahead of who will, and a reader is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.endpoint.drawn import drawings
from kg.endpoint.drawn.drawings import Drawings
from kg.endpoint.drawn.page import draw_task, tell_drawing
from kg.endpoint.protocol import HTML, Reply, refuse
from kg.errors import GraphError

WHOLE = (draw_task, "", 1, "fr")
PAGE = Reply(200, HTML, b"<p>drawn")


class Slow:
    """Stand for workers that draw when they are told to, and count what they drew."""

    def __init__(self, reply: Reply = PAGE) -> None:
        self.reply = reply
        self.drawn: list[tuple[object, ...]] = []
        self.may = asyncio.Event()
        self.gone: Callable[[], Any] | None = None

    async def run(self, gone: Callable[[], Any], work: object, *given: object) -> Reply:
        assert work is draw_task
        self.gone = gone
        self.drawn.append(given)
        await self.may.wait()
        return self.reply


def make(pool: Slow, path: Path, fault: str = "") -> Drawings:
    """Return what draws a file by such workers."""

    @asynccontextmanager
    async def read() -> AsyncIterator[str]:
        if fault:
            raise GraphError(f"{path}: {fault}")
        yield "folder"

    source: Any = SimpleNamespace(path=path, read=read)
    given: Any = pool
    return Drawings(source, given, lambda: False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text("one", encoding="utf-8")
    return path


def test_it_is_drawn_once_for_all_and_again_when_the_graph_changes(path: Path) -> None:
    async def check() -> None:
        pool = Slow()
        held = make(pool, path)
        assert await held.wait(WHOLE, 0) is None  # a reader is told at once that it comes
        waiting = [asyncio.create_task(held.wait(WHOLE)) for _ in range(3)]
        await asyncio.sleep(0)
        pool.may.set()
        assert await asyncio.gather(*waiting) == [PAGE] * 3
        assert await held.wait(WHOLE, 0) == PAGE
        assert pool.drawn == [("folder", *WHOLE[1:])]
        path.write_text("another", encoding="utf-8")
        assert await held.wait(WHOLE) == PAGE
        assert len(pool.drawn) == 2

    asyncio.run(check())


def test_what_is_drawn_ahead_goes_on_and_what_everybody_left_does_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "PATIENCE", -1.0)

    async def check(*, ahead: bool) -> bool:
        pool = Slow()
        held = make(pool, path)
        drawing = held.begin(WHOLE, ahead=ahead)
        await asyncio.sleep(0)
        assert pool.gone
        waiting = asyncio.create_task(held.wait(WHOLE))
        await asyncio.sleep(0)
        assert await pool.gone() is False  # somebody waits
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        left: bool = await pool.gone()
        assert drawing.task
        pool.may.set()
        await drawing.task
        return left

    assert asyncio.run(check(ahead=True)) is False
    assert asyncio.run(check(ahead=False)) is True


def test_a_fault_is_told_for_some_seconds_and_then_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = refuse(503, "too slow")

    async def check() -> int:
        pool = Slow(fault)
        pool.may.set()
        held = make(pool, path)
        assert [await held.wait(WHOLE) for _ in range(3)] == [fault] * 3
        return len(pool.drawn)

    assert asyncio.run(check()) == 1
    monkeypatch.setattr(drawings, "FAULTS", -1.0)
    assert asyncio.run(check()) == 3


def test_only_some_pages_are_kept_and_a_broken_graph_is_a_line(path: Path) -> None:
    async def check() -> None:
        pool = Slow()
        pool.may.set()
        held = make(pool, path)
        for depth in range(1, drawings.KEPT + 3):
            await held.wait((draw_task, "", depth, "fr"))
        assert len(held.kept) == drawings.KEPT
        told = await make(pool, path, "is broken").wait(WHOLE)
        assert told == refuse(503, "graph.ttl: is broken")

    asyncio.run(check())


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "Le dessin se prépare…"), ("en", "The drawing is being made…")]
)
def test_a_reader_is_told_that_it_comes(lang: str, told: str) -> None:
    reply = tell_drawing(lang, "explore?focus=Nordil")
    assert (reply.status, reply.kind) == (202, HTML)
    page = reply.body.decode()
    assert f"<h1>{told}</h1>" in page
    assert 'href="explore?focus=Nordil&amp;lang=' in page
