"""Which days, months and years the wordings of dates mean, with an article's day and without."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_dates import FR, MONTHS

from kg.values.dates import find_dates
from kg.values.days import Now, date_values, read_day

#: A Wednesday.
TODAY = date(2018, 3, 7)
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


def dated(text: str, day: date | None = None, tense: int = 0) -> dict[str, str]:
    """Return the only date of a text, typed."""
    (when,) = find_dates(text, FR)
    return date_values(when, "date", Now(day, FR, tense))


def french(day: date) -> str:
    """Return a day as French writes it."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


@given(DAYS)
def test_days_round_trip(day: date) -> None:
    for text in (f"le {french(day)} {day.year}.", f"le {day:%d/%m/%Y}", day.isoformat()):
        assert dated(text) == {"date": day.isoformat()}


@given(DAYS)
def test_months_and_years_keep_their_exactness(day: date) -> None:
    assert dated(f"en {MONTHS[day.month - 1]} {day.year}") == {"date": f"{day:%Y-%m}"}
    assert dated(f"en {day.year}") == {"date": f"{day.year}"}


@given(DAYS, st.integers(0, 300))
def test_a_past_day_without_its_year_is_the_last_such_day(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    assert dated(f"le {french(day)}", today, -1) == {"date": day.isoformat()}


@given(DAYS, st.integers(1, 300))
def test_a_coming_day_without_its_year_is_the_next_such_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for text, tense in ((f"le {french(day)}", 1), (f"le {french(day)} prochain", 0)):
        assert dated(text, today, tense) == {"date": day.isoformat()}


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_of_the_last_seven_days(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    name = list(FR.table("values.dates.weekdays"))[day.weekday()]
    assert dated(f"a signé {name}", today, -1) == {"date": day.isoformat()}
    assert dated(f"{name} {day.day}", today) == {"date": day.isoformat()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("au troisième trimestre 2017", "2017-07/2017-09"),
        ("au premier semestre de 2019", "2019-01/2019-06"),
        ("S2 2019", "2019-07/2019-12"),
        ("le 3 oct. 2022", "2022-10-03"),
        ("fin 2021", "2021"),
        ("à l'automne 2018", "2018"),
        ("d'ici 2025", "/2025"),
        ("avant la fin 2019", "/2019"),
        ("depuis mars 2015", "2015-03/"),
        ("de 2015 à 2019", "2015/2019"),
        ("du 3 au 5 mars 2018", "2018-03-03/2018-03-05"),
        ("du 28 février au 5 mars 2018", "2018-02-28/2018-03-05"),
        ("entre novembre et mars 2018", "2017-11/2018-03"),
        ("le 31 février 2018", ""),
        ("de 2019 à 2015", ""),
    ],
)
def test_dates_of_their_own(text: str, expected: str) -> None:
    assert interval(dated(text)) == interval(dated(text, TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hier", "2018-03-06"),
        ("après-demain", "2018-03-09"),
        ("lundi", "2018-03-05"),
        ("mercredi", "2018-03-07"),
        ("mercredi dernier", "2018-02-28"),
        ("lundi prochain", "2018-03-12"),
        ("ce jeudi", "2018-03-08"),
        ("le mois dernier", "2018-02"),
        ("l'an prochain", "2019"),
        ("l’année dernière", "2017"),
        ("cette année", "2018"),
        ("la semaine prochaine", "2018-03-12/2018-03-18"),
        ("le trimestre dernier", "2017-10/2017-12"),
        ("en mars", "2018-03"),
        ("en mars dernier", "2017-03"),
        ("en novembre", "2017-11"),
        ("en juin", "2018-06"),
        ("il y a trois ans", "2015"),
        ("il y a deux mois", "2018-01"),
        ("voici dix jours", "2018-02-25"),
        ("dans deux ans", "2020"),
        ("d'ici deux ans", "/2020"),
        ("depuis trois ans", "2015/"),
        ("d'ici à la fin de l'année", "/2018"),
        ("à compter du 1er octobre prochain", "2018-10-01/"),
        ("le 29 février", ""),
    ],
)
def test_dates_on_the_articles_day(text: str, expected: str) -> None:
    assert interval(dated(text, TODAY)) == expected
    assert dated(text) == {}


def interval(values: dict[str, str]) -> str:
    """Return a typed date as ISO 8601 writes an interval."""
    if "date" in values or not values:
        return values.get("date", "")
    return f"{values.get('dateMin', '')}/{values.get('dateMax', '')}"


@pytest.mark.parametrize(("tense", "expected"), [(-1, "2017-06"), (0, "2018-06"), (1, "2018-06")])
def test_the_tense_tells_the_year_of_a_month(tense: int, expected: str) -> None:
    assert dated("en juin", TODAY, tense) == {"date": expected}


def test_today_is_a_day_only_of_what_happened_or_will() -> None:
    assert dated("aujourd'hui", TODAY) == {}
    assert dated("aujourd'hui", TODAY, -1) == {"date": "2018-03-07"}


@pytest.mark.parametrize("text", ["", "2018", "2018-05", "hier", "2018-02-30", "20180526"])
def test_what_is_no_whole_day_is_none(text: str) -> None:
    assert read_day(text) is None
