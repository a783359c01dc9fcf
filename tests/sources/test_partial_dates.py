"""A date of a month or a year is kept as one: no day is made of it, and none is lost unsaid."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.datelines import read_date
from kg.sources.dates.declared import stands
from kg.sources.dates.partial import MONTHS
from kg.sources.details import read_details
from kg.sources.source import Options

BODY = (
    "Le groupe Solvéra rachète la société Hydréol pour 20 millions d'euros, selon sa direction.",
    "La société compte 200 salariés dans les usines de la région de Lyon et de Grenoble.",
)
DECLARED = (
    '<meta property="article:published_time" content="{}">',
    '<meta name="date" content="{}">',
    '<meta name="DC.date" content="{}">',
    '<meta itemprop="datePublished" content="{}">',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>',
)
KEPT = "the date 'T1 2024' is kept as 2024"
NONE = "no date: 'hier'; write it like 2024-03-12, 2024-03 or 2024"
SAID = [
    ("mars 2024", "2024-03", ""),
    ("March 2024", "2024-03", ""),
    ("2024-03", "2024-03", ""),
    ("03/2024", "2024-03", ""),
    ("2024", "2024", ""),
    ("T1 2024", "2024", KEPT),
    ("hier", "", NONE),
    ("2024-03-12", "2024-03-12", ""),
    ("12 mars 2024", "2024-03-12", ""),
]


def find(path: Path, content: str, options: Options | None = None) -> tuple[str, list[str]]:
    """Return when the article of a file was published, and what is told of it."""
    notes: list[str] = []
    path.write_text(content, encoding="utf-8")
    (one,) = find_articles([path], options or Options(note=notes.append))
    assert isinstance(one, Article), one
    return one.published, notes


@pytest.mark.parametrize(("said", "kept", "told"), SAID)
def test_files_say_months_and_years(tmp_path: Path, said: str, kept: str, told: str) -> None:
    text = "\n\n".join(BODY)
    for name, content in (
        ("a.md", f"---\ndate: {said}\n---\n{text}"),
        ("b.md", f"+++\ndate = '{said}'\n+++\n{text}"),
        ("c.txt", f"Titre : Fusion\nDate : {said}\n\n{text}"),
    ):
        published, notes = find(tmp_path / name, content)
        assert published == kept
        assert notes == ([f"{tmp_path / name}: {told}"] if told else [])


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("said", "kept", "told"), SAID)
def test_pages_say_months_and_years(
    tmp_path: Path, declared: str, said: str, kept: str, told: str
) -> None:
    body = "".join(f"<p>{one}</p>" for one in BODY)
    page = f"<html><head><title>Fusion</title>{declared.format(said)}</head><body><article>{body}"
    published, notes = find(tmp_path / "a.html", page)
    assert published == kept
    assert notes == ([f"{tmp_path / 'a.html'}: {told}"] if told else [])


@pytest.mark.parametrize(("said", "kept", "told"), SAID)
def test_tables_say_months_and_years(tmp_path: Path, said: str, kept: str, told: str) -> None:
    table = tmp_path / "meta.csv"
    table.write_text(f"file,date\na.txt,{said}\n", encoding="utf-8")
    notes: list[str] = []
    options = Options(details=read_details(table), note=notes.append)
    published, _ = find(tmp_path / "a.txt", f"Date : 2021\nTitre : Fusion\n\n{BODY[0]}", options)
    assert published == (kept or "2021")  # what the table cannot say, the file does
    assert notes == ([f"{table}, line 2: {told}"] if told else [])


def test_each_line_is_told_once_a_file_and_not_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [f'{{"text": "Un accord n° {at}.", "date": "jour {at // 2}"}}' for at in range(100)]
    path.write_text("\n".join(lines), encoding="utf-8")
    notes: list[str] = []
    assert len(list(find_articles([path], Options(note=notes.append, lang="fr")))) == 100
    assert len(notes) == 21 and notes[-1] == f"{path}: more lines like these"


@given(st.text(max_size=30), st.sampled_from(sorted(MONTHS)), st.integers(1900, 2099))
def test_no_day_is_made_of_a_month(words: str, month: str, year: int) -> None:
    assert read_date(f"{month} {year}") == f"{year}-{MONTHS[month]:02}"
    read = read_date(f"{words} {month} {year}")
    assert len(read) < len("2024-03-12") or any(one.isdigit() for one in words)


@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)))
def test_a_day_stands_where_it_is_written_and_nowhere_else(day: date) -> None:
    name = calendar.month_name[day.month]
    for way in ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%y", f"%d {name} %Y"):
        assert stands(day.isoformat(), f"<p>{day.strftime(way)}</p>")
    for way in ("%Y-%m", "%m/%Y", f"{name} %Y", "%Y"):
        assert not stands(day.isoformat(), f"<p>{day.strftime(way)}</p>")
