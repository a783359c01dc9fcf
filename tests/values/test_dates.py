"""Where a text names dates, and which words before them bound them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.dates import find_dates
from kg.values.language import load_language

FR = load_language("fr")
list(find_dates("2018", FR))  # the patterns are made once, and not in the time of a test
MONTHS = [m for m in FR.table("values.dates.months") if m != "aout"]
PIECES = st.sampled_from(
    [*MONTHS, "2018", "3", "1er", "en", "le", "de", "à", "et", "lundi", "dernier", "il y a", "ans",
     "deux", "l'", "an", "fin", "(", ".", "T3", "d'ici", "trimestre", "premier", "12/03/2018"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_spans_lie_inside_the_text_in_order(text: str) -> None:
    last = 0
    for when in find_dates(text, FR):
        begin, end = when.span
        assert last <= begin < end <= len(text)
        last = end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("signé le 14 mars 2018.", [("14 mars 2018", "")]),
        ("depuis le 1er juin 2004, puis", [("depuis le 1er juin 2004", "Min")]),
        ("d'ici à la fin de 2025", [("d'ici à la fin de 2025", "Max")]),
        ("d’ici fin mars", [("d’ici fin mars", "Max")]),
        ("en Septembre\u00a02017", [("Septembre\u00a02017", "")]),
        ("de 2015 à 2019", [("2015 à 2019", "")]),
        ("entre mars et juin 2018", [("entre mars et juin 2018", "")]),
        ("à la mi-juillet", [("juillet", "")]),
        ("au T3 2017 et en 2019", [("T3 2017", ""), ("2019", "")]),
        ("un accord de 2016", [("2016", "")]),
        ("hier soir et mardi dernier", [("hier", ""), ("mardi dernier", "")]),
    ],
)
def test_dates_are_found_with_their_bounds(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[slice(*w.span)], w.bound) for w in find_dates(text, FR)] == found


@pytest.mark.parametrize(
    "text",
    [
        "2000 salariés", "1950 euros", "12017", "Peugeot 2008", "les années 2010", "Mars rachète",
        "cette année-là", "ces derniers mois", "en 2 000", "Vision 2030", "dans les cinq ans",
    ],
)  # fmt: skip
def test_what_names_no_date_gives_none(text: str) -> None:
    assert list(find_dates(text, FR)) == []
