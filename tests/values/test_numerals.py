"""Numbers in digits and in words, with a scale and a hedge, as French writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.language import load_language
from kg.values.numerals import hedge_after, hedge_before, plain, read_number, read_words, scale

FR = load_language("fr")
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])
NAMES = {v: k for k, v in reversed(FR.table("values.numbers").items()) if not k.startswith("et")}


def french(number: Decimal, space: str) -> str:
    """Return a number as French writes it, with a space between the thousands."""
    return f"{number:,}".replace(",", space).replace(".", ",")


def spelled(number: int) -> str:
    """Return a number below a million in words."""
    if number in NAMES and number < 100:
        return str(NAMES[number])
    for size, name in ((1000, "mille"), (100, "cent")):
        if number >= size:
            many = "" if number < 2 * size else spelled(number // size) + " "
            rest = " " + spelled(number % size) if number % size else ""
            return f"{many}{name}{rest}"
    ten = max(n for n in (10, 20, 30, 40, 50, 60, 80) if n <= number)
    joint = " et " if number - ten in (1, 11) and 10 < ten < 80 else "-"
    return f"{NAMES[ten]}{joint}{spelled(number - ten)}"


@given(st.decimals(min_value=0, max_value=10**12, places=2), SPACES)
def test_numbers_round_trip(number: Decimal, space: str) -> None:
    assert read_number(french(number, space)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_dots_between_thousands_are_no_decimals(number: int) -> None:
    assert read_number(f"{number:,}".replace(",", ".")) == number


@given(st.integers(1, 999_999))
def test_words_round_trip(number: int) -> None:
    assert read_words(spelled(number), FR) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Trois", 3),
        ("vingt et un", 21),
        ("soixante-et-onze", 71),
        ("quatre-vingt-dix-neuf", 99),
        ("septante-deux", 72),
        ("mille deux cents", 1200),
        ("deux cent mille", 200_000),
    ],
)
def test_words_of_a_number_add_up(words: str, number: int) -> None:
    assert read_words(words, FR) == number


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_plain_changes_no_value(number: Decimal) -> None:
    assert plain(number) == number
    assert "E" not in str(plain(number)) or number == 0


@pytest.mark.parametrize(
    ("number", "words", "value"),
    [("2", " millions", 2_000_000), ("une", " vingtaine de millions", 20_000_000), ("7", "", 7)],
)
def test_scales_multiply(number: str, words: str, value: int) -> None:
    assert scale(number, words, FR) == value


@pytest.mark.parametrize(
    ("before", "hedge", "opening"),
    [
        ("pour plus de ", "least", ""),
        ("pour un peu plus de ", "about", ""),
        ("pour près d'", "about", ""),
        ("jusqu’à ", "most", ""),
        ("compris entre ", "", "entre"),
        ("pour environ ", "about", ""),
        ("le prix ", "", ""),
    ],
)
def test_hedges_stand_before(before: str, hedge: str, opening: str) -> None:
    assert hedge_before(before + "3 M€", len(before), FR)[1:] == (hedge, opening)


@pytest.mark.parametrize(
    ("after", "hedge"), [(" au maximum.", "most"), (" environ", "about"), (" près de Lens", "")]
)
def test_hedges_stand_after(after: str, hedge: str) -> None:
    assert hedge_after("3 %" + after, 3, FR)[1] == hedge
