"""Names on record: a key means one row, every alias has its source, a fault is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.names import known as names
from kg.names.key import name_key
from kg.names.known import known_forms, known_name, known_names, read_forms, read_rows

ROWS = "name,kind,country,parent,risky,source\n"
ALIASES = "alias,name,source\n"
SOURCES = {"FinanceDatabase (MIT)", "Médias français, Le Monde diplomatique (ODC-By)"}
#: How many of the aliases share their name's key; the rest are renames, brands and acronyms.
MEETING = 0.86


def forget() -> None:
    known_names.cache_clear()
    known_forms.cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Return a function that puts other rows and aliases in the place of the project's."""
    monkeypatch.setattr(names, "FOLDER", tmp_path)
    forget()

    def put(rows: str, aliases: str = "") -> None:
        (tmp_path / "names.csv").write_text(ROWS + rows, encoding="utf-8")
        (tmp_path / "aliases.csv").write_text(ALIASES + aliases, encoding="utf-8")

    yield put
    forget()


def test_project_rows_are_well_formed() -> None:
    rows = [row for _, row in read_rows("names.csv")]
    assert len(rows) == 1031
    assert {row["kind"] for row in rows} <= {"Company", "Organization", "PublicBody", "Product"}
    assert {row["risky"] for row in rows} == {"", "yes"}
    assert {source for row in rows for source in row["source"].split("; ")} == SOURCES


def test_project_aliases_each_have_a_source() -> None:
    aliases = [row for _, row in read_rows("aliases.csv")]
    assert len(aliases) == 787
    assert {row["source"] for row in aliases} == SOURCES
    assert len({(row["alias"], row["name"]) for row in aliases}) == len(aliases)


def test_no_key_is_shared_by_two_project_rows() -> None:
    meant = defaultdict(set)
    for form, known, _ in read_forms():
        meant[name_key(form)].add(known.name)
    assert {key: found for key, found in meant.items() if len(found) > 1} == {}


def test_most_project_aliases_share_the_key_of_their_name() -> None:
    aliases = [row for _, row in read_rows("aliases.csv")]
    met = [row for row in aliases if name_key(row["alias"]) == name_key(row["name"])]
    assert len(met) / len(aliases) >= MEETING


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Crédit Agricole S.A.", "Crédit Agricole"),
        ("CREDIT AGRICOLE SA", "Crédit Agricole"),
        ("le groupe Bolloré", "Bolloré"),
        ("Groupe ADP", "Aéroports de Paris"),
        ("CGG", "Viridien"),
        ("Viridien S.A.", "Viridien"),
        ("NRJ Group", "NRJ"),
        ("groupe TF1", "TF1"),
        ("Pierre & Vacances", "Pierre et Vacances"),
        ("IAM", "Itissalat Al-Maghrib"),
    ],
)
def test_project_name_is_found_by_its_key(asked: str, name: str) -> None:
    known = known_name(asked)
    assert known is not None
    assert known.name == name


@pytest.mark.parametrize("asked", ["Générale", "", "Société", "Cie", "Banque", "Groupe", "SA"])
def test_nothing_is_known_by_a_word_of_many_names(asked: str) -> None:
    assert known_name(asked) is None


def test_written_forms_keep_their_article() -> None:
    assert "le monde" in known_forms()
    assert "monde" not in known_forms()


@pytest.mark.parametrize(
    ("rows", "aliases", "fault"),
    [
        ("Vextra,Company,,,,\n", "", "names.csv, line 2: 'Vextra' has no source"),
        (",Company,,,,A\n", "", "names.csv, line 2: '' has no name"),
        ("Vextra,Company\n", "", "names.csv, line 2: fewer columns than 6"),
        ("Vextra,,,,,A\nVextra,,,,,B\n", "", "names.csv, line 3: 'Vextra' has a row already"),
        (
            "Vextra,,,,,A\nVextra SA,,,,,B\n",
            "",
            "names.csv, line 3: 'Vextra SA' means 'Vextra' too; join them or drop one",
        ),
        ("Vextra,,,,,A\n", "VX,Vextra,\n", "aliases.csv, line 2: 'VX' has no source"),
        ("Vextra,,,,,A\n", ",Vextra,A\n", "aliases.csv, line 2: '' has no alias"),
        (
            "Vextra,,,,,A\n",
            "OV,Orvane,A\n",
            "aliases.csv, line 2: 'OV' is an alias of no name of names.csv",
        ),
        (
            "Vextra,,,,,A\nOrvane,,,,,A\n",
            "OV,Vextra,A\nO.V.,Orvane,A\n",
            "aliases.csv, line 3: 'O.V.' means 'Vextra' too; join them or drop one",
        ),
    ],
)
def test_fault_is_told(
    write: Callable[[str, str], None], rows: str, aliases: str, fault: str
) -> None:
    write(rows, aliases)
    with pytest.raises(DataError) as told:
        known_names()
    assert str(told.value) == fault


@pytest.mark.parametrize("column", ROWS.strip().split(","))
def test_missing_column_is_told(write: Callable[[str], None], tmp_path: Path, column: str) -> None:
    write("")
    (tmp_path / "names.csv").write_text(ROWS.replace(column, "x"), encoding="utf-8")
    with pytest.raises(DataError, match=rf"^names\.csv: no column '{column}'$"):
        known_names()


def test_aliases_and_spellings_lead_to_the_row(write: Callable[[str, str], None]) -> None:
    write("L'Éclair SA,Company,France,Groupe Orvane,yes,Registre\n", "ECL,L'Éclair SA,Registre\n")
    (row,) = set(known_names().values())
    assert set(known_names()) == {"eclair", "ecl"}
    assert set(known_forms()) == {"l eclair sa", "ecl"}
    assert (row.country, row.parent, row.risky) == ("France", "Groupe Orvane", True)
