"""Sums, percentages and counts of a text, with their ranges."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_numerals import SPACES, french

from kg.values.language import load_language
from kg.values.quantities import Quantity, find_amounts, find_counts, find_percents, value_of

FR = load_language("fr")
for finder in (find_percents, find_amounts, find_counts):
    list(finder("3 % de 3 M€ pour 3 salariés", FR))  # the patterns are made once
NUMBERS = st.integers(1, 999)
UNITS = st.sampled_from([("millions", 10**6), ("milliards", 10**9), ("Md", 10**9), ("M", 10**6)])


def amount(text: str) -> dict[str, object]:
    """Return the only sum of a text, typed."""
    (found,) = find_amounts(text, FR)
    return dict(found.typed("amount"))


@given(st.decimals(min_value=0, max_value=100, places=1), SPACES, st.text(max_size=20))
def test_percentages_are_found_where_they_stand(number: Decimal, space: str, tail: str) -> None:
    text = f"part : {french(number, space)}{space}% {tail}"
    quantity = next(find_percents(text, FR))
    assert quantity.numbers == (number,)
    assert text[slice(*quantity.span)] == f"{french(number, space)}{space}%"


@given(st.text(alphabet="0123456789 ,.%€$dmiloneursàte'\u00a0\u202f", max_size=60))
def test_spans_lie_inside_the_text_in_order(text: str) -> None:
    for finder in (find_percents, find_amounts, find_counts):
        last = 0
        for quantity in finder(text, FR):
            begin, end = quantity.span
            assert last <= begin < end <= len(text)
            last = end


@given(NUMBERS, SPACES, UNITS, st.sampled_from(["€", " d'euros", " d’euros", " euros"]))
def test_units_scale_amounts(number: int, space: str, unit: tuple[str, int], euros: str) -> None:
    text = f"pour {number}{space}{unit[0]}{euros}."
    (quantity,) = find_amounts(text, FR)
    assert quantity.typed("amount") == {"amount": number * unit[1], "currency": "EUR"}
    assert text[slice(*quantity.span)] == text[5:-1]


@given(NUMBERS, NUMBERS, st.sampled_from(["{} à {}", "entre {} et {}", "{}-{}", "de {} à {}"]))
def test_ranges_have_two_ends(one: int, other: int, form: str) -> None:
    low, high = sorted((one, other + 999))
    (quantity,) = find_percents(form.format(low, high) + " %", FR)
    assert quantity.numbers == (low, high)
    assert quantity.changes == form.startswith("de")


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("3,5 milliards d'euros", "3500000000", "EUR"),
        ("12 M€", "12000000", "EUR"),
        ("1,2 Md€", "1200000000", "EUR"),
        ("3 Mds€", "3000000000", "EUR"),
        ("850 000 dollars", "850000", "USD"),
        ("850\u202f000\u00a0$", "850000", "USD"),
        ("40 millions de livres", "40000000", "GBP"),
        ("700 millions de yuans", "700000000", "CNY"),
        ("66.1 milliards de dollars", "66100000000", "USD"),
        ("2 millions de dollars canadiens", "2000000", "CAD"),
        ("un milliard et demi d'euros", "1500000000", "EUR"),
        ("un demi-milliard de dollars", "500000000", "USD"),
        ("deux cents millions de yens", "200000000", "JPY"),
        ("$3 milliards", "3000000000", "USD"),
        ("15 euros", "15", "EUR"),
    ],
)
def test_amounts_have_a_currency(text: str, number: str, currency: str) -> None:
    sentence = f"Il a payé {text} comptant."
    (quantity,) = find_amounts(sentence, FR)
    assert quantity.typed("amount") == {"amount": Decimal(number), "currency": currency}
    assert sentence[slice(*quantity.span)] == text


@pytest.mark.parametrize(
    "text",
    [
        "500 emplois", "12 %", "trois millions", "12 européens", "35 $ par action",
        "12 euros l'action", "plusieurs millions d'euros", "2 milliards de pesos",
        "300 millions de couronnes",
    ],
)  # fmt: skip
def test_what_is_no_sum_of_a_known_currency_is_none(text: str) -> None:
    assert list(find_amounts(f"Il a payé {text}.", FR)) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("plus de 3 M€", {"amountMin": 3_000_000}),
        ("jusqu'à 3 M€", {"amountMax": 3_000_000}),
        ("3 M€ au maximum", {"amountMax": 3_000_000}),
        ("un peu plus de 3 M€", {"amount": 3_000_000, "approximate": True}),
        ("3 M€ environ", {"amount": 3_000_000, "approximate": True}),
        ("une vingtaine de millions d'euros", {"amount": 20_000_000, "approximate": True}),
        ("entre 800 millions et 1,2 milliard d'euros",
         {"amountMin": 800_000_000, "amountMax": 1_200_000_000}),
        ("2 à 3 milliards d'euros", {"amountMin": 2 * 10**9, "amountMax": 3 * 10**9}),
    ],
)  # fmt: skip
def test_hedges_and_ranges_bound_a_sum(text: str, typed: dict[str, object]) -> None:
    assert amount(f"pour {text}.") == typed | {"currency": "EUR"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("la moitié du capital", {"share": 50}),
        ("près de la moitié du capital", {"share": 50, "approximate": True}),
        ("un tiers des parts", {"share": Decimal("33.33"), "approximate": True}),
        ("trois quarts des titres", {"share": 75}),
        ("la totalité de Vasco", {"share": 100}),
        ("quarante pour cent", {"share": 40}),
        ("moins de 5% du capital", {"shareMax": 5}),
    ],
)
def test_shares_in_words(text: str, typed: dict[str, object]) -> None:
    (quantity,) = find_percents(f"Il a {text}.", FR)
    assert quantity.typed("share") == typed


@pytest.mark.parametrize(
    "text",
    ["+6 %", "contre 25 % un an plus tôt", "un tiers lésé", "la majorité du capital", "un quart"],
)
def test_what_names_no_share_gives_none(text: str) -> None:
    assert list(find_percents(text, FR)) == []


def test_two_shares_are_no_range() -> None:
    assert [q.numbers for q in find_percents("3 % et 5 %", FR)] == [(3,), (5,)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("400 salariés", {"count": 400, "counted": "salariés"}),
        ("1 200 magasins", {"count": 1200, "counted": "magasins"}),
        ("3.000 personnes", {"count": 3000, "counted": "personnes"}),
        ("vingt et un sites", {"count": 21, "counted": "sites"}),
        ("une centaine de postes", {"count": 100, "approximate": True, "counted": "postes"}),
        ("400 à 500 emplois", {"countMin": 400, "countMax": 500, "counted": "emplois"}),
        ("2,5 millions d'abonnés", {"count": 2_500_000, "counted": "abonnés"}),
    ],
)
def test_counts_say_what_they_count(text: str, typed: dict[str, object]) -> None:
    (quantity,) = find_counts(f"Il y a {text} ici.", FR)
    assert quantity.typed("count") == typed
    assert not [k for k, v in quantity.typed("count").items() if isinstance(v, Decimal)]


@pytest.mark.parametrize("text", ["une usine", "quelques salariés", "des centaines d'emplois"])
def test_an_article_or_a_crowd_is_no_count(text: str) -> None:
    assert list(find_counts(text, FR)) == []


@pytest.mark.parametrize(("name", "number"), [("share", "140"), ("count", "1.5")])
def test_a_number_that_cannot_be_is_left_out(name: str, number: str) -> None:
    assert Quantity((0, 1), "%", Decimal(number), Decimal(number)).typed(name) == {}


def test_a_range_that_falls_is_left_out() -> None:
    assert Quantity((0, 1), "%", Decimal(20), Decimal(15)).typed("share") == {}


@pytest.mark.parametrize("name", ["share", "amount", "count", "date", "currency", "rank"])
def test_the_ends_of_a_range_are_of_its_value(name: str) -> None:
    assert {value_of(name + end) for end in ("", "Min", "Max")} == {name}
