"""Copies: prints of one wire are one voice, other articles on the same news are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.who.copies import Print, count_voices, find_copies, find_voices
from kg.who.decisions import read_decision
from kg.who.runs import MANY

SYLLABLES = "ba be bi bo da de di do fa fe fi fo la le li lo ma me mi mo ra re ri ro".split()


def article(seed: int, size: int = 160) -> str:
    """Return a text of made-up words, like no other's."""
    rng = random.Random(seed)
    return " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(size))


def spoil(text: str, how: str) -> str:
    words, rng = text.split(), random.Random(how)
    if how == "cut":
        return " ".join(words[: len(words) * 6 // 10])
    if how == "lead":
        return " ".join([*article(999, 40).split(), *words[20:]])
    if how == "gaps":
        return " ".join(word for at, word in enumerate(words) if at // 20 % 3)
    return " ".join("autre" if rng.random() < 0.04 else word for word in words)


@pytest.mark.parametrize("how", ["cut", "lead", "gaps", "words"])
def test_a_copy_that_is_cut_or_changed_is_one_voice(how: str) -> None:
    texts = [article(seed) for seed in range(20)]
    prints = [Print(f"a{at}", text) for at, text in enumerate(texts)]
    prints += [Print(f"b{at}", spoil(text, how)) for at, text in enumerate(texts)]
    voices, conflicts = find_voices(prints)
    assert not conflicts
    assert all(voices[f"a{at}"] == voices[f"b{at}"] for at in range(20))
    assert len({*voices.values()}) == 20


def test_copies_a_month_apart_are_two_voices_and_undated_ones_are_near() -> None:
    text = article(1)
    days = [Print("a", text, "2024-03-01"), Print("b", text, "2024-04-01"), Print("c", text)]
    assert [(one.one, one.two) for one in find_copies(days)] == [("a", "c"), ("b", "c")]
    assert len({*find_voices(days[:2])[0].values()}) == 2


def test_a_brief_needs_more_in_common() -> None:
    words = article(1, 24).split()
    half = " ".join(words[:16] + article(2, 8).split())
    (found,) = find_copies([Print("a", " ".join(words)), Print("b", half)])
    assert 0.5 < found.share < 0.8
    assert not found.sure


def test_what_is_doubtful_is_told_and_joins_nothing() -> None:
    text = article(1)
    other = " ".join([*text.split()[:70], *article(2, 90).split()])
    prints = [Print("a", text), Print("b", other)]
    (found,) = find_copies(prints)
    assert 0.3 <= found.share < 0.5
    assert not found.sure
    assert len({*find_voices(prints)[0].values()}) == 2


def test_a_wire_in_very_many_papers_is_one_voice() -> None:
    text = article(1)
    assert count_voices([text] * (2 * MANY)) == 1


def test_a_hand_parts_copies_and_joins_what_is_told_in_other_words() -> None:
    prints = [Print("a", article(1)), Print("b", article(1)), Print("c", article(2))]
    lines = [
        read_decision({"left": "article:a", "is": "different", "right": "article:b"}),
        read_decision({"left": "article:c", "is": "same", "right": "article:b"}),
    ]
    voices, conflicts = find_voices(prints, lines)
    assert voices == {"a": "a", "b": "b", "c": "b"}
    assert [one.by_hand for one in conflicts] == [False]


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=8), st.randoms(use_true_random=False))
def test_no_order_matters(seeds: list[int], rng: random.Random) -> None:
    prints = [Print(f"{at}", article(seed, 60)) for at, seed in enumerate(seeds)]
    voices = find_voices(prints)
    assert len({*voices[0].values()}) == len({*seeds})
    rng.shuffle(prints)
    assert find_voices(prints) == voices
