"""Blank nodes have one name however they are written, and many that are alike take no time."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.blanks import is_tangled, name_blanks

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=8)


def read(lines: list[str]) -> list[ox.Quad]:
    """Return the quads of lines."""
    return list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES))


@given(PAIRS, st.randoms())
def test_names_depend_on_what_is_said_alone(
    pairs: list[tuple[int, int]], rng: random.Random
) -> None:
    names = [f"_:n{at}" for at in range(5)] + ["<urn:a>"]
    others = [f"_:x{at}" for at in range(5)]
    rng.shuffle(others)
    others.append("<urn:a>")
    one = read([f"{names[a]} <urn:p> {names[b]} ." for a, b in pairs])
    two = read([f"{others[a]} <urn:p> {others[b]} ." for a, b in pairs])
    if not is_tangled(one):
        assert {*map(str, name_blanks(one))} == {*map(str, name_blanks(two))}
    assert is_tangled(one) == is_tangled(two)


def clique(size: int) -> list[str]:
    ends = [(a, b) for a in range(size) for b in range(size) if a != b]
    return [f"_:n{a} <urn:p> _:n{b} ." for a, b in ends]


@pytest.mark.parametrize(
    ("lines", "tangled"),
    [
        (clique(3), False),
        (clique(30), True),
        ([f"_:n{at} <urn:p> _:n{(at + 1) % 5000} ." for at in range(5000)], True),
        ([f"_:c{a} <urn:p> _:l{a}x{b} ." for a in range(2) for b in range(20)], True),
        ([f"_:c <urn:p> _:l{at} ." for at in range(500)], False),
        ([f"_:a{at} <urn:p> _:b{at} ." for at in range(500)], False),
        (
            [f'_:n{at} <urn:first> "0" .\n_:n{at} <urn:rest> _:n{at + 1} .' for at in range(90)],
            False,
        ),
    ],
    ids=["clique", "large clique", "ring", "two stars", "star", "pairs", "list"],
)
def test_many_that_are_alike_take_no_time(lines: list[str], tangled: bool) -> None:
    quads = read(lines)
    assert is_tangled(quads) == tangled
    assert len(name_blanks(quads)) == len(quads)
