"""Decisions and their file: read with clear faults, appended to, taken back."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.who.book import Book, add_decisions, parse_book, read_book, undo_decision, write_book
from kg.who.decisions import COLUMNS, Decision, Side, read_decision, read_side

HEADER = "\t".join(COLUMNS)
STUDY = """left	is	right	in	why	by	on
Groupe ADP	same	Aéroports de Paris		nouveau nom depuis 2016	mb	2026-11-29
Free	different	Iliad		marque, pas le groupe	mb	2026-11-29

# namesakes
person:Jean Martin	different	person:Jean Martin	lesechos-2024-05-03	le préfet	mb	2026-11-29
Société Générale	same	siren:552 120 222		registre	rule:exact	2026-11-29
Le Groupe	drop			pas un nom	mb	2026-11-29
Bolloré	call	Bolloré SE			mb	2026-11-29
"""
WORDS = st.text("abcé' &-.", min_size=1, max_size=8).filter(lambda t: t.strip(" -.'&") != "")


def decision(left: str, kind: str, right: str = "", **cells: str) -> Decision:
    return read_decision({"left": left, "is": kind, "right": right, **cells})


DECISIONS = st.builds(
    lambda left, kind, right, scope: decision(
        f"org:{left}", kind, f"org:x{right}", **{"in": scope}
    ),
    WORDS,
    st.sampled_from(["same", "different", "unsure"]),
    WORDS,
    st.sampled_from(["", "a-*"]),
)


def test_the_study_s_file_is_read() -> None:
    book = parse_book(STUDY)
    assert len(book.lines) == len(book.decisions) == 9
    told = book.list_decisions()
    assert len(told) == 6
    assert told[0].why == "nouveau nom depuis 2016"
    assert told[2].scope == "lesechos-2024-05-03"
    assert told[3].other == Side("siren", "552120222")


def test_a_wrong_line_has_its_relation_and_value_in_columns() -> None:
    row = {"left": "Jean Martin", "is": "wrong", "right": "Nordil", "relation": "holdsPosition"}
    one = read_decision({**row, "value": "directeur général", "in": "depeche-114"})
    assert str(one) == "Jean Martin wrong holdsPosition directeur général Nordil (in depeche-114)"
    assert parse_book("\n".join(add_decisions(Book(), [one]).lines)).list_decisions() == (one,)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Free\tis\tIliad", "'is' is no judgement"),
        ("\tsame\tIliad", "a side is empty"),
        ("Free\tsame\t", "a side is empty"),
        ("Free\tsame\tFree", "'Free' same itself"),
        ("Free\tdifferent\tFree", "may say so `in` an article"),
        ("Free\tsame\tsiren:552120223", "is no SIREN: nine digits"),
        ("Free\tsame\tlei:1234", "is no LEI: twenty letters"),
        ("Free\tcall\t", "give it in the column 'right'"),
        ("Free\tclass\tFirm", "no class of the ontology"),
        ("Free\tsector\tEnergy", "give its list and code"),
        ("Free\tdrop\tIliad", "leave the column 'right' empty"),
        ("Free\twrong\tIliad", "give its relation"),
        ("Free\tsame\tIliad\t\tacquired", "leave both to `wrong` lines"),
        ("Free\tsame\tIliad\t\t\t\t\tmb\t29/11/2026", "write it as 2026-11-29"),
        ("Free\tsame\tIliad" + "\t" * 7 + "x", "10 cells, 9 columns"),
    ],
)
def test_a_faulty_line_is_told_with_its_number(line: str, fault: str) -> None:
    with pytest.raises(DataError, match=r"who\.tsv, line 3: ") as told:
        parse_book(f"{HEADER}\n# remark\n{line}\n")
    assert fault in str(told.value)


@pytest.mark.parametrize(
    ("header", "fault"),
    [("left\tis", "no column 'right'"), ("left\tis\tright\tcolour", "column 'colour': unknown")],
)
def test_a_faulty_header_is_told(header: str, fault: str) -> None:
    with pytest.raises(DataError, match="line 1: " + fault):
        parse_book(header + "\n")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "who.tsv").write_bytes(b"left\tis\tright\n\xff\tsame\tb\n")
    with pytest.raises(DataError, match="cannot be read as UTF-8"):
        read_book(tmp_path / "who.tsv")


def test_lines_are_added_and_taken_back_with_all_else_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "who.tsv"
    path.write_text(STUDY, encoding="utf-8")
    book = add_decisions(
        read_book(path), [decision("Saft", "same", "Saft SA", why="a\tb", by="mb")]
    )
    write_book(path, book)
    assert path.read_text(encoding="utf-8") == f"{STUDY}Saft\tsame\tSaft SA\t\ta b\tmb\t\n"
    rest, gone = undo_decision(read_book(path))
    assert str(gone) == "Saft same Saft SA"
    write_book(path, rest)
    assert path.read_text(encoding="utf-8") == STUDY
    rest, gone = undo_decision(rest, "Iliad", "Free")
    assert str(gone) == "Free different Iliad"
    assert "# namesakes" in rest.lines
    with pytest.raises(DataError, match="no decision on 'Free'"):
        undo_decision(rest, "Free")
    with pytest.raises(DataError, match="no decisions yet"):
        undo_decision(Book())


def test_a_file_gets_the_column_that_a_line_needs() -> None:
    book = add_decisions(
        parse_book(STUDY), [decision("A", "wrong", "B", relation="acquired", value="")]
    )
    assert book.lines[0].endswith("\ton\trelation")
    assert parse_book("\n".join(book.lines)).list_decisions()[-1].relation == "acquired"


def test_a_name_that_would_be_a_remark_needs_its_class() -> None:
    with pytest.raises(DataError, match="as in org:#Moi"):
        add_decisions(Book(), [decision("#Moi", "same", "Moi")])
    assert read_side("org:#Moi") == Side("org", "#Moi")


def test_an_address_and_a_name_with_a_colon_are_told_apart() -> None:
    assert read_side("https://pressgraph.example/id/org/adp").scheme == "iri"
    assert read_side("LEI:969500T3MBS4SQAMHJ98").scheme == "lei"
    assert read_side("Star Wars: Episode IV") == Side("", "Star Wars: Episode IV")


@given(st.lists(DECISIONS, max_size=6), DECISIONS)
def test_same_then_undo_is_the_identity(those: list[Decision], one: Decision) -> None:
    book = add_decisions(parse_book(f"{HEADER}\n# kept\n"), those)
    added = add_decisions(book, [one])
    if added == book:
        assert one in book.list_decisions()
    else:
        assert undo_decision(added) == (book, one)


@given(st.lists(DECISIONS, max_size=6))
def test_what_is_written_is_read_again(those: list[Decision]) -> None:
    book = add_decisions(Book(), those)
    again = parse_book("".join(f"{line}\n" for line in book.lines))
    assert again == book
    assert add_decisions(again, those) == book
    assert all(len(line.split("\t")) == len(COLUMNS) for line in itertools.islice(book.lines, 9))
