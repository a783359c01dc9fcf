"""Numbers, sums, dates and percentages as French writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language import load_language
from kg.values import find_amounts, find_dates, find_percents, plain, read_number

FR = load_language("fr")
MONTHS = tuple(FR.table("values.months"))
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])


def french(number: Decimal, space: str) -> str:
    """Return a number as French writes it, with a space between the thousands."""
    return f"{number:,}".replace(",", space).replace(".", ",")


@given(st.decimals(min_value=0, max_value=10**12, places=2), SPACES)
def test_numbers_round_trip(number: Decimal, space: str) -> None:
    assert read_number(french(number, space)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_dots_between_thousands_are_no_decimals(number: int) -> None:
    assert read_number(f"{number:,}".replace(",", ".")) == number


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_plain_changes_no_value(number: Decimal) -> None:
    assert plain(number) == number
    assert "E" not in str(plain(number)) or number == 0


@given(st.decimals(min_value=0, max_value=100, places=1), SPACES, st.text(max_size=20))
def test_percentages_are_found_where_they_stand(number: Decimal, space: str, tail: str) -> None:
    text = f"part : {french(number, space)}{space}% {tail}"
    span, value = next(find_percents(text))
    assert value == number
    assert text[slice(*span)] == f"{french(number, space)}{space}%"


@given(st.text(alphabet="0123456789 ,.%€dmiloneurs'\u00a0\u202f", max_size=60))
def test_spans_lie_inside_the_text_in_order(text: str) -> None:
    for found in (
        list(find_percents(text)),
        list(find_amounts(text, FR)),
        list(find_dates(text, FR)),
    ):
        last = 0
        for (begin, end), *_ in found:
            assert last <= begin < end <= len(text)
            last = end


@given(st.integers(1, 999), SPACES, st.sampled_from([("millions", 10**6), ("milliards", 10**9)]))
def test_units_scale_amounts(number: int, space: str, unit: tuple[str, int]) -> None:
    text = f"pour {number}{space}{unit[0]} d'euros."
    ((span, amount, currency),) = find_amounts(text, FR)
    assert (amount, currency) == (Decimal(number * unit[1]), "EUR")
    assert text[slice(*span)] == text[5:-1]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("3,5 milliards d'euros", "3500000000", "EUR"),
        ("3,5 milliards d’euros", "3500000000", "EUR"),
        ("12 M€", "12000000", "EUR"),
        ("1,2 Md€", "1200000000", "EUR"),
        ("850 000 dollars", "850000", "USD"),
        ("850\u202f000\u00a0$", "850000", "USD"),
        ("40 millions de livres", "40000000", "GBP"),
        ("700 millions de yuans", "700000000", "CNY"),
        ("66.1 milliards de dollars", "66100000000", "USD"),
        ("15 euros", "15", "EUR"),
    ],
)
def test_amounts_have_a_currency(text: str, amount: str, currency: str) -> None:
    ((span, value, code),) = find_amounts(f"Il a payé {text} comptant.", FR)
    assert (value, code) == (Decimal(amount), currency)
    assert f"Il a payé {text} comptant."[slice(*span)] == text


@pytest.mark.parametrize("text", ["500 emplois", "12 %", "trois millions", "12 européens"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert list(find_amounts(text, FR)) == []


@given(st.integers(1900, 2099), st.sampled_from(MONTHS), st.integers(1, 28))
def test_dates_become_iso(year: int, month: str, day: int) -> None:
    text = f"signé le {day} {month} {year}."
    ((span, date),) = find_dates(text, FR)
    assert date == f"{year}-{MONTHS.index(month) + 1:02d}-{day:02d}"
    assert text[slice(*span)] == f"{day} {month} {year}"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("le 1er mars 2018", ["2018-03-01"]),
        ("en septembre 2017", ["2017-09"]),
        ("en Septembre\u00a02017", ["2017-09"]),
        ("de 2015 à 2019", ["2015", "2019"]),
        ("avant 2020.", ["2020"]),
        ("2000 salariés", []),
        ("1950 euros", []),
        ("le 12 mars", []),
        ("12017", []),
    ],
)
def test_only_what_names_a_year_is_a_date(text: str, dates: list[str]) -> None:
    assert [date for _, date in find_dates(text, FR)] == dates
