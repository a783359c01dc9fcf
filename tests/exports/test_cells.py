"""No cell of a CSV is a formula; a spreadsheet opens one by a double click."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.errors import KgError
from kg.exports.cells import EXCEL, PLAIN, Dialect, write_csv
from kg.exports.forms import CSV, FORMATS, export_graph

#: What a spreadsheet runs; numbers with a sign are none.
RUN = re.compile(r"[=+@\t\r]|-(?![\d.,]+$)")
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["=1+1", "+A1", "-A1", "@SUM(1)", "\t=1", "＝1", "-12,5", "+33", "a;b", 'a"b']),
    st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip


def read(text: str, dialect: Dialect) -> list[list[str]]:
    assert text.startswith(dialect.mark)
    bare = text.removeprefix(dialect.mark)
    return list(csv.reader(io.StringIO(bare, newline=""), delimiter=dialect.separator))


@pytest.mark.parametrize("dialect", [PLAIN, EXCEL])
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_no_cell_is_a_formula_and_each_is_read_back(
    dialect: Dialect, rows: list[list[object]]
) -> None:
    head, *found = read(write_csv(["a", "b"], rows, dialect), dialect)
    assert head == ["a", "b"]
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                assert not RUN.match(cell)
                assert cell in (value, f"'{value}")
            elif isinstance(value, Decimal):
                assert Decimal(cell.replace(dialect.decimal, ".")) == value


def test_cell_that_would_spill_is_cut_and_says_so() -> None:
    [[_], [cell]] = read(write_csv(["a"], [["x" * 40_000]], EXCEL), EXCEL)
    assert (len(cell), cell[-1]) == (32_767, "…")
    assert "x" * 40_000 in write_csv(["a"], [["x" * 40_000]])


@pytest.mark.parametrize("form", CSV)
def test_table_opens_by_a_double_click(graph: Graph, form: str) -> None:
    for name, text in export_graph(graph, form, excel=True).items():
        head, *rows = read(text, EXCEL)
        assert len(head) > 3, name
        assert rows
        assert not any(":" in name for name in head)
        assert {len(row) for row in rows} == {len(head)}
        plain = export_graph(graph, form)[name]
        assert len(list(csv.reader(io.StringIO(plain, newline="")))) == len(rows) + 1


def test_names_stand_beside_iris(graph: Graph) -> None:
    edges = read(export_graph(graph, "csv", excel=True)["edges.csv"], EXCEL)
    head = edges[0]
    row = next(dict(zip(head, row, strict=True)) for row in edges if "subsidiaryOf" in row)
    assert (row["subject"], row["object"]) == ("Nordil", "Hexo")
    assert row["subject_iri"].endswith("/org/nordil") or "nordil" in row["subject_iri"]
    assert row["confidence"] == "0,9"


def test_what_is_no_table_is_refused(graph: Graph) -> None:
    for form in {*FORMATS} - {*CSV}:
        with pytest.raises(KgError, match="no table; with --excel give one of csv, claims"):
            export_graph(graph, form, excel=True)
