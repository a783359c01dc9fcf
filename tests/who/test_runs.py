"""Runs of words that texts share are counted as sets of runs would be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.who.runs import MANY, RUN, find_shared, fold_text

TEXTS = st.lists(st.lists(st.sampled_from("ab"), max_size=12).map(" ".join), max_size=8)


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = fold_text(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@given(TEXTS)
def test_counts_are_those_of_sets(texts: list[str]) -> None:
    shared = find_shared(texts)
    sets = [*map(runs_of, texts)]
    assert shared.sizes.tolist() == [*map(len, sets)]
    found = {
        (other, text): times
        for text, others, counts in shared.count()
        for other, times in zip(others.tolist(), counts.tolist(), strict=True)
    }
    assert found == {
        (one, two): len(sets[one] & sets[two])
        for two in range(len(texts))
        for one in range(two)
        if sets[one] & sets[two]
    }


def test_what_very_many_hold_is_counted_with_the_first_and_the_last_before() -> None:
    counts = [*find_shared(["un deux trois quatre"] * (MANY + 3)).count()]
    assert [others.tolist() for _, others, _ in counts] == [
        [0], *([0, text - 1] for text in range(2, MANY + 3)),
    ]  # fmt: skip


def test_pairs_that_share_enough_are_told_with_the_shorter_one_s_runs() -> None:
    long, short = "a b c d e f g h", "a b c d e"
    assert [*find_shared([long, short, "x y z"]).list_alike(0.5)] == [(1, 0, 2, 2)]
    assert [*find_shared([]).list_alike(0.5)] == []
