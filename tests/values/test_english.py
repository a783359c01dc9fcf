"""English: sums, shares, counts and dates, and what they say where figures are found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.names.key import fold
from kg.reader.package import list_demonyms
from kg.reader.qualifiers import read_values
from kg.values.dates import find_dates
from kg.values.days import Now, date_values
from kg.values.figures import FILLS, find_figures
from kg.values.language import load_language
from kg.values.numerals import read_number, read_words
from kg.values.quantities import find_amounts, find_counts, find_percents

EN = load_language("en")
LANGUAGES = {code: load_language(code) for code in ("en", "fr")}
FINDERS = (find_percents, find_amounts, find_counts)
for lang in LANGUAGES.values():  # the patterns are made once, and not in the time of a test
    for finder in FINDERS:
        list(finder("$3 3 % €3 3 euros 3 employees 3 salariés", lang))
    list(find_dates("2018", lang))
#: A Wednesday.
TODAY = date(2024, 3, 6)
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
PIECES = st.sampled_from(
    [*MONTHS, "2018", "3", "1st", "12,5", "1,234.5", "in", "the", "of", "to", "and", "between",
     "Monday", "last", "next", "years", "ago", "half", "a", "third", "(", ".", ",", "-", "Q3", "by",
     "quarter", "first", "13/03/2018", "$", "US$", "€", "Rs", "m", "bn", "million", "euros", "%",
     "per cent", "more than", "from", "a share", "employees", "today", "\n", "\u00a0",
     "\u017funday", "th\u0131rd", "\u0663", "9" * 30, "mars", "lundi", "dernier", "il y a", "ans",
     "du capital", "milliards", "d'ici", "moitié"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)


def amount(text: str) -> dict[str, object]:
    """Return the only sum of a text, typed."""
    (found,) = find_amounts(text, EN)
    return dict(found.typed("amount"))


def dated(text: str, day: date | None = None) -> dict[str, str]:
    """Return the only date of a text, typed."""
    (when,) = find_dates(text, EN)
    return date_values(when, "date", Now(day, EN))


def interval(values: dict[str, str]) -> str:
    """Return a typed date as ISO 8601 writes an interval."""
    if "date" in values or not values:
        return values.get("date", "")
    return f"{values.get('dateMin', '')}/{values.get('dateMax', '')}"


def told(text: str, figure: str, slot: str) -> dict[str, object]:
    """Return what a figure of an article says in a slot; it is found in it as one."""
    (span,) = {(f.begin, f.end) for f in find_figures(text) if text[f.begin : f.end] == figure}
    return dict(read_values({slot: span}, Article("a", text, "en", published="2024-03-06")))


@given(TEXTS | st.text(max_size=60))
def test_no_text_is_too_odd_and_spans_lie_inside_it(text: str) -> None:
    for code, lang in LANGUAGES.items():
        for finder in FINDERS:
            for quantity in finder(text, lang):
                assert 0 <= quantity.span[0] < quantity.span[1] <= len(text)
                for name in ("share", "amount", "count"):
                    quantity.typed(name)
        for when in find_dates(text, lang):
            assert 0 <= when.span[0] < when.span[1] <= len(text)
            date_values(when, "date", Now(TODAY, lang))
        article = Article("a", text, code, published=TODAY.isoformat())
        for figure in find_figures(text):
            for slot in FILLS[figure.kind]:
                list(read_values({slot: (figure.begin, figure.end)}, article))


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_numbers_round_trip(number: Decimal) -> None:
    assert read_number(f"{number:,}", ".", ",") == number
    assert amount(f"for €{number:,} now")["amount"] == number


@given(DAYS)
def test_days_round_trip(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        f"on {day.day} {month} {day.year}.", f"{month} {day.day}, {day.year}", day.isoformat(),
        f"the {day.day}th of {month} {day.year}", f"{month[:3]} {day.day}, {day.year},",
    ):  # fmt: skip
        assert dated(text) == {"date": day.isoformat()}
    assert dated(f"in {month} {day.year}") == {"date": f"{day:%Y-%m}"}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-one", "21"),
        ("two hundred and fifty", "250"),
        ("one thousand two hundred", "1200"),
        ("three hundred thousand", "300000"),
        ("two and a half", "2.5"),
    ],
)
def test_words_of_a_number_add_up(words: str, number: str) -> None:
    assert read_words(words, EN) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("$1.2bn", "1200000000", "USD"),
        ("US$ 40 million", "40000000", "USD"),
        ("€450m", "450000000", "EUR"),
        ("£3.5 billion", "3500000000", "GBP"),
        ("C$40 million", "40000000", "CAD"),
        ("CHF1.2bn", "1200000000", "CHF"),
        ("$1,234,567.50", "1234567.5", "USD"),
        ("$50-million", "50000000", "USD"),
        ("Rs 100 crore", "1000000000", "INR"),
        ("5 lakh crore rupees", "5000000000000", "INR"),
        ("120 million euros", "120000000", "EUR"),
        ("850,000 dollars", "850000", "USD"),
        ("1.2 billion Swiss francs", "1200000000", "CHF"),
        ("12 Million Euros", "12000000", "EUR"),
        ("half a billion dollars", "500000000", "USD"),
        ("two hundred and fifty million yen", "250000000", "JPY"),
        ("50-million-euro", "50000000", "EUR"),
    ],
)
def test_amounts_have_a_currency(text: str, number: str, currency: str) -> None:
    sentence = f"It paid {text} in cash."
    (quantity,) = find_amounts(sentence, EN)
    assert quantity.typed("amount") == {"amount": Decimal(number), "currency": currency}
    assert sentence[slice(*quantity.span)] == text


@pytest.mark.parametrize(
    "text",
    [
        "500 jobs", "12%", "three million", "$35 per share", "$12 a share", "€5 apiece",
        "several million euros", "2 billion CFA francs", "XYZ$30 million",
    ],
)  # fmt: skip
def test_what_is_no_sum_of_a_known_currency_is_none(text: str) -> None:
    assert list(find_amounts(f"It paid {text}.", EN)) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("more than $3m", {"amountMin": 3_000_000}),
        ("up to $3m", {"amountMax": 3_000_000}),
        ("$3m or more", {"amountMin": 3_000_000}),
        ("just over $3m", {"amount": 3_000_000, "approximate": True}),
        ("nearly $3m", {"amount": 3_000_000, "approximate": True}),
        ("between $10 million and $20 million",
         {"amountMin": 10_000_000, "amountMax": 20_000_000}),
        ("$10-20 million", {"amountMin": 10_000_000, "amountMax": 20_000_000}),
        ("$1.2bn-$1.5bn", {"amountMin": 1_200_000_000, "amountMax": 1_500_000_000}),
        ("five to ten million dollars", {"amountMin": 5_000_000, "amountMax": 10_000_000}),
        ("its 2019 $3 million", {"amount": 3_000_000}),
    ],
)  # fmt: skip
def test_hedges_and_ranges_bound_a_sum(text: str, typed: dict[str, object]) -> None:
    assert amount(f"for {text}.") == typed | {"currency": "USD"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("12.5 per cent", {"share": Decimal("12.5")}),
        ("forty percent", {"share": 40}),
        ("less than 5%", {"shareMax": 5}),
        ("between 15 and 20 per cent", {"shareMin": 15, "shareMax": 20}),
        ("15-20%", {"shareMin": 15, "shareMax": 20}),
        ("half of the capital", {"share": 50}),
        ("nearly half its shares", {"share": 50, "approximate": True}),
        ("a third of Acme", {"share": Decimal("33.33"), "approximate": True}),
        ("two-thirds of Acme", {"share": Decimal("66.67"), "approximate": True}),
        ("three quarters of the shares", {"share": 75}),
        ("a quarter stake", {"share": 25}),
        ("all of Acme", {"share": 100}),
    ],
)
def test_shares_in_figures_and_in_words(text: str, typed: dict[str, object]) -> None:
    (quantity,) = find_percents(f"It holds {text}.", EN)
    assert quantity.typed("share") == typed


@pytest.mark.parametrize(
    "text", ["+6%", "compared with 25% a year ago", "a majority of Acme", "the third of March"]
)
def test_what_names_no_share_gives_none(text: str) -> None:
    assert list(find_percents(text, EN)) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("400 employees", {"count": 400, "counted": "employees"}),
        ("1,200 stores", {"count": 1200, "counted": "stores"}),
        ("3,500 new jobs", {"count": 3500, "counted": "jobs"}),
        ("a dozen plants", {"count": 12, "approximate": True, "counted": "plants"}),
        ("one hundred and twenty sites", {"count": 120, "counted": "sites"}),
        ("between one hundred and two hundred workers",
         {"countMin": 100, "countMax": 200, "counted": "workers"}),
        ("2.5 million subscribers", {"count": 2_500_000, "counted": "subscribers"}),
    ],
)  # fmt: skip
def test_counts_say_what_they_count(text: str, typed: dict[str, object]) -> None:
    (quantity,) = find_counts(f"There are {text} here.", EN)
    assert quantity.typed("count") == typed


@pytest.mark.parametrize("text", ["a plant", "some employees", "hundreds of jobs"])
def test_an_article_or_a_crowd_is_no_count(text: str) -> None:
    assert list(find_counts(text, EN)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/03/2024", "2024-03-13"),
        ("03/13/2024", "2024-03-13"),
        ("in the third quarter of 2023", "2023-07/2023-09"),
        ("third-quarter 2023", "2023-07/2023-09"),
        ("Q3 2023", "2023-07/2023-09"),
        ("3Q 2023", "2023-07/2023-09"),
        ("in the first half of 2024", "2024-01/2024-06"),
        ("early 2025", "2025"),
        ("in the spring of 2018", "2018"),
        ("(2016)", "2016"),
        ("by 2027", "/2027"),
        ("since 2015", "2015/"),
        ("until the end of 2025", "/2025"),
        ("no later than 1 October 2025", "/2025-10-01"),
        ("starting in March 2026", "2026-03/"),
        ("from 2015 to 2019", "2015/2019"),
        ("2015-2019", "2015/2019"),
        ("between March and June 2023", "2023-03/2023-06"),
        ("from 3 to 5 March 2024", "2024-03-03/2024-03-05"),
        ("March 3-5, 2024", "2024-03-03/2024-03-05"),
        ("December 28, 2023 to January 5, 2024", "2023-12-28/2024-01-05"),
        ("31 February 2024", ""),
    ],
)
def test_dates_of_their_own(text: str, expected: str) -> None:
    assert interval(dated(text)) == interval(dated(text, TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "2024-03-05"),
        ("tomorrow", "2024-03-07"),
        ("on Monday", "2024-03-04"),
        ("last Wednesday", "2024-02-28"),
        ("next Monday", "2024-03-11"),
        ("this Thursday", "2024-03-07"),
        ("on Monday, March 4", "2024-03-04"),
        ("last March", "2023-03"),
        ("in May", "2024-05"),
        ("last year", "2023"),
        ("next year", "2025"),
        ("this month", "2024-03"),
        ("this week", "2024-03-04/2024-03-10"),
        ("two years ago", "2022"),
        ("a month ago", "2024-02"),
        ("in two years", "2026"),
        ("within three months", "/2024-06"),
        ("by the end of the year", "/2024"),
        ("by the end of next year", "/2025"),
        ("by year-end", "/2024"),
    ],
)
def test_dates_on_the_articles_day(text: str, expected: str) -> None:
    assert interval(dated(text, TODAY)) == expected
    assert dated(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "2000 employees", "1950 euros", "Vision 2030", "This may lead", "they march on", "in 2,000",
        "03/12/2024", "for the first time in two years", "the last months",
    ],
)  # fmt: skip
def test_what_names_no_date_gives_none(text: str) -> None:
    assert list(find_dates(text, EN)) == []


@pytest.mark.parametrize(
    ("text", "figure", "slot", "said"),
    [
        ("It paid C$40 million.", "$40 million", "amount",
         {"amount": 40_000_000, "currency": "CAD"}),
        ("It paid $1,234,567.", "$1,234", "amount", {"amount": 1_234_567, "currency": "USD"}),
        ("It paid 1.2 billion Swiss francs.", "1.2 billion", "amount",
         {"amount": 1_200_000_000, "currency": "CHF"}),
        ("It paid twenty-three million dollars.", "three million dollars", "amount",
         {"amount": 23_000_000, "currency": "USD"}),
        ("It paid EUR 5 million.", "5 million", "amount", {"amount": 5_000_000, "currency": "EUR"}),
        ("It raised its bid from $10m to $12m.", "$12m", "amount",
         {"amount": 12_000_000, "currency": "USD"}),
        ("It has 1.2 million customers.", "1.2 million", "amount", {}),
        ("It pays $12 a share.", "$12", "amount", {}),
        ("It turned over £31m.", "£31m", "amount", {"amount": 31_000_000, "currency": "GBP"}),
        ("It took between 15 and 20 per cent.", "20 per cent", "share",
         {"shareMin": 15, "shareMax": 20}),
        ("Its stake went from 15% to 20%.", "20%", "share", {"share": 20}),
        ("It grew by +1,200%.", "1,200%", "share", {}),
        ("Its share rose to 20%, from 18%.", "18%", "share", {"share": 18}),
        ("It began on 2024-03-03.", "2024-03", "date", {"date": "2024-03-03"}),
        ("It closes in the third quarter of 2023.", "third quarter", "date",
         {"dateMin": "2023-07", "dateMax": "2023-09"}),
        ("It did so by\n2027.", "2027", "date", {"dateMax": "2027"}),
        ("Its Vision 2030 plan", "2030", "date", {"date": "2030"}),
        ("It signed on March 3.", "March 3", "asOf", {"asOf": "2024-03-03"}),
        ("It may sign.", "may", "date", {}),
    ],
)  # fmt: skip
def test_figures_say_what_their_wording_says(
    text: str, figure: str, slot: str, said: dict[str, object]
) -> None:
    assert told(text, figure, slot) == said


def test_every_demonym_tells_a_place_that_is_known() -> None:
    assert len(EN.demonyms) > 300 and len(EN.places) > 900
    assert {fold(place) for place in EN.demonyms.values()} <= set(EN.places)
    assert EN.places["holland"] == ("Netherlands", "Country")
    assert EN.places["beijing"] == EN.places["peking"] == ("Beijing", "City")


def test_a_demonyms_place_is_called_as_the_articles_language_calls_it() -> None:
    english, french = list_demonyms("en"), list_demonyms("fr")
    assert (english["dutch"], english["parisian"]) == ("Netherlands", "Paris")
    assert (french["neerlandais"], french["anglais"]) == ("Pays-Bas", "Royaume-Uni")
    assert list_demonyms("xx") == {}
