"""Which days, months or years the wording of a date means, on the article's day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.values.dates import WORDS, When, folded
from kg.values.language import Language
from kg.values.numerals import scale

#: Lengths of time that are whole months.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
#: How many characters of an ISO date say a day, a month and a year.
DAILY, MONTHLY, YEARLY = 10, 7, 4
#: First and last day of a date.
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Now:
    """Hold what a date is relative to: the article's day, and the tense (-1, 0 or 1)."""

    day: date | None
    lang: Language
    tense: int = 0


def read_day(text: str) -> date | None:
    """Return the day of an ISO date, None if it is not known to the day.

    >>> read_day("2018-05-26"), read_day("2018")
    (datetime.date(2018, 5, 26), None)
    """
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def date_values(when: When, name: str, now: Now) -> dict[str, str]:
    """Return the qualifiers that say a date; none if it hangs on a day that is not known.

    >>> from kg.values.dates import find_dates
    >>> from kg.values.language import load_language
    >>> lang = load_language("fr")
    >>> (when,) = find_dates("au troisième trimestre 2017", lang)
    >>> date_values(when, "date", Now(None, lang))
    {'dateMin': '2017-07', 'dateMax': '2017-09'}
    """
    readers = {"day": read_day_of_month, "months": read_months, "years": read_years,
               "weekday": read_weekday, "period": read_period}  # fmt: skip
    try:
        days, exactness = readers[when.kind](when.parts, now)
    except (KeyError, ValueError, OverflowError):  # 'ſamedi', 31 février, in a million years
        return {}
    if days is None or days[0] > days[1]:
        return {}
    first, last = (day.isoformat()[:exactness] for day in days)
    if when.bound:
        return {name + when.bound: first if when.bound == "Min" else last}
    return {name: first} if first == last else {name + "Min": first, name + "Max": last}


def read_day_of_month(parts: Mapping[str, str], now: Now) -> tuple[Days | None, int]:
    """Read '26 mai 2018', '26/05/2018', 'du 3 au 5 mars', '3 mars dernier'."""
    month, number = month_of(parts["month"], now.lang), number_of(parts["day"])
    last_days = {y: months_from(y * 12 + month - 1)[1].day for y in years_of(parts, now)}
    fit = [y for y, last in last_days.items() if number <= last]  # no 29 février but in leap years
    days = choose(((date(y, month, number),) * 2 for y in fit), parts, now)
    if days and "day1" in parts:
        opening = month_of(parts.get("month1", parts["month"]), now.lang)
        year = int(parts.get("year1", days[1].year - (opening > month)))
        days = date(year, opening, number_of(parts["day1"])), days[1]
    return days, DAILY


def read_months(parts: Mapping[str, str], now: Now) -> tuple[Days | None, int]:
    """Read 'mars 2018', 'de mars à juin', 'au premier trimestre 2019', 'S1 2019'."""
    lang, size = now.lang, 1
    if "month" in parts:
        first = month_of(parts["month"], lang) - 1
    else:
        size = MONTHS[period_of(parts, lang)]
        ordinals = lang.table(WORDS + "ordinals")
        number = int(ordinals.get(parts["ordinal"].lower()) or parts["ordinal"])
        first = (number - 1) * size
    days = choose((months_from(y * 12 + first, size) for y in years_of(parts, now)), parts, now)
    if days and "month1" in parts:
        opening = month_of(parts["month1"], lang) - 1
        year = int(parts.get("year1", days[1].year - (opening > first)))
        days = date(year, opening + 1, 1), days[1]
    return (days if first < 12 else None), MONTHLY


def read_years(parts: Mapping[str, str], now: Now) -> tuple[Days | None, int]:
    """Read '2018' and '2015-2019'."""
    first, last = int(parts.get("year1", parts["year"])), int(parts["year"])
    return (date(first, 1, 1), date(last, 12, 31)), YEARLY


def read_weekday(parts: Mapping[str, str], now: Now) -> tuple[Days | None, int]:
    """Read 'lundi', 'mardi dernier', 'ce jeudi', 'lundi 12'; without a tense it is past."""
    if now.day is None:
        return None, DAILY
    wanted = now.lang.table(WORDS + "weekdays")[parts["weekday"].lower()]
    reach = 31 if "day" in parts else 7
    around = (now.day + timedelta(days=step) for step in range(-reach, reach + 1))
    numbers = {number_of(parts["day"])} if "day" in parts else range(1, 32)
    days = [(day, day) for day in around if day.weekday() == wanted and day.day in numbers]
    tense = now.tense or (0 if "this" in parts else -1)
    return choose(days, parts, replace(now, tense=0 if "day" in parts else tense)), DAILY


def read_period(parts: Mapping[str, str], now: Now) -> tuple[Days | None, int]:
    """Read 'hier', 'l'an dernier', 'cette semaine', 'il y a trois mois', 'fin d'année'."""
    if now.day is None:
        return None, DAILY
    lang = now.lang
    if "near" in parts:
        away = lang.table(WORDS + "days")[folded(parts["near"])]
        told = away or now.tense  # 'aujourd'hui' in the present tense is any time now
        return stretch("day", now.day, away) if told else (None, DAILY)
    steps = turn(parts, lang)
    if "number" in parts:
        ago = folded(parts["opening"]) in lang.words(WORDS + "ago")
        steps = int(scale(parts["number"], "", lang)) * (-1 if ago else 1)
    return stretch(period_of(parts, lang), now.day, steps)


def stretch(period: str, day: date, steps: int) -> tuple[Days, int]:
    """Return the day, week, month, quarter, half or year so many steps from a day's own.

    >>> stretch("month", date(2018, 1, 31), -1)[0]
    (datetime.date(2017, 12, 1), datetime.date(2017, 12, 31))
    """
    if period == "day":
        return (day + timedelta(days=steps),) * 2, DAILY
    if period == "week":
        monday = day + timedelta(weeks=steps, days=-day.weekday())
        return (monday, monday + timedelta(days=6)), DAILY
    size = MONTHS[period]
    index = ((day.year * 12 + day.month - 1) // size + steps) * size
    return months_from(index, size), YEARLY if period == "year" else MONTHLY


def months_from(index: int, count: int = 1) -> Days:
    """Return the first and the last day of some months; `index` counts them from the year 0.

    >>> months_from(2018 * 12 + 1)
    (datetime.date(2018, 2, 1), datetime.date(2018, 2, 28))
    """
    after = index + count
    last = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return date(index // 12, index % 12 + 1, 1), last


def years_of(parts: Mapping[str, str], now: Now) -> list[int]:
    """Return the years that a date may be of: its own, or those around the article's."""
    if "year" in parts:
        return [int(parts["year"])]
    return [] if now.day is None else [now.day.year + step for step in (-1, 0, 1)]


def choose(days: Iterable[Days], parts: Mapping[str, str], now: Now) -> Days | None:
    """Return which of some days a wording means: the nearest in the way that it points.

    'dernier' and 'prochain' point away from the article's day; a tense may mean that day, too.
    """
    if "year" in parts or now.day is None:
        return next(iter(days), None)
    strict = turn(parts, now.lang)
    way = strict or now.tense
    fit = [
        (abs(distance), *both)
        for both in days
        if (distance := days_off(both, now.day)) * way >= 0 and (distance or not strict)
    ]
    return min(fit)[1:] if fit else None


def days_off(days: Days, day: date) -> int:
    """Return how many days a stretch of time is after a day, or before it, as below 0.

    >>> days_off((date(2018, 5, 1), date(2018, 5, 31)), date(2018, 6, 1))
    -1
    """
    return max((days[0] - day).days, 0) or min((days[1] - day).days, 0)


def turn(parts: Mapping[str, str], lang: Language) -> int:
    """Return which way 'dernier' or 'prochain' points: -1, 1, or 0 without either."""
    words = folded(parts.get("turn", ""))
    return (words in lang.words(WORDS + "next")) - (words in lang.words(WORDS + "last"))


def month_of(word: str, lang: Language) -> int:
    """Return the number of a month, from its name or its digits."""
    return int(lang.table(WORDS + "months").get(word.lower()) or word)


def number_of(day: str) -> int:
    """Return the number of a day of a month, '1er' too."""
    return int(re.sub(r"\D", "", day))


def period_of(parts: Mapping[str, str], lang: Language) -> str:
    """Return which length of time a wording counts in."""
    if "letter" in parts:
        return str(lang.table(WORDS + "letters")[parts["letter"].upper()])
    return str(lang.table(WORDS + "periods")[parts["period"].lower()])
