"""`names.csv`: every row has its source; spellings of a name meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.names import known as names
from kg.names.known import fold, known_names

HEAD = "name,kind,aliases,country,parent,risky,source\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that puts other rows in the place of the project's."""
    path = tmp_path / "names.csv"
    monkeypatch.setattr(names, "PATH", path)
    known_names.cache_clear()

    def put(text: str) -> None:
        path.write_text(text, encoding="utf-8")

    yield put
    known_names.cache_clear()


def test_project_rows_are_well_formed() -> None:
    rows = set(known_names().values())
    assert len(rows) > 500
    assert {row.kind for row in rows} <= {"Company", "Organization", "PublicBody", "Product"}


def test_row_without_source_is_refused(write: Callable[[str], None]) -> None:
    write(HEAD + "Nordalis,Company,,France,,,Registre\nVextra,Company,,France,,,\n")
    with pytest.raises(DataError, match=r"^names\.csv: 'Vextra' has no source$"):
        known_names()


@pytest.mark.parametrize("column", HEAD.strip().split(","))
def test_missing_column_is_told(write: Callable[[str], None], column: str) -> None:
    write(HEAD.replace(column, "x"))
    with pytest.raises(DataError, match=rf"^names\.csv: no column '{column}'$"):
        known_names()


def test_aliases_and_spellings_lead_to_the_row(write: Callable[[str], None]) -> None:
    write(HEAD + "L'Éclair SA,Company,Éclair|ECL,France,Groupe Orvane,yes,Registre\n")
    (row,) = set(known_names().values())
    assert set(known_names()) == {"l eclair sa", "eclair", "ecl"}
    assert (row.country, row.parent, row.risky) == ("France", "Groupe Orvane", True)


def test_first_row_of_a_name_counts(write: Callable[[str], None]) -> None:
    write(HEAD + "Orvia,Company,,France,,,A\nOrvia,Product,,,,,B\n")
    assert known_names()["orvia"].kind == "Company"


def test_without_a_file_nothing_is_known(write: Callable[[str], None]) -> None:
    assert known_names() == {}


@given(st.text(max_size=30))
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "spellings", [("L’Éclair", "l'eclair", "L ÉCLAIR"), ("A&B", "a&b"), ("Orvia-Sol", "orvia sol")]
)
def test_spellings_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1
