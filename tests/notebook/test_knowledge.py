"""A graph that is open: asked, as tables, as a page; a store's decisions made and taken back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas
import pytest
from conftest import TEXT, read_nordil
from rdflib import Graph

import kg
from kg.errors import DataError, GraphError, QueryError
from kg.exports.tables import CLAIMS, FACTS
from kg.model import Reading
from kg.notebook import rows
from kg.notebook.answers import SHOWN, Answer
from kg.notebook.frames import make_frame
from kg.notebook.knowledge import Knowledge
from kg.notebook.readings import Readings

FRAMES = {"facts": rows.FACTS, "claims": rows.CLAIMS}


@pytest.fixture
def nordil() -> Knowledge:
    """Return what one article says, open."""
    return Readings([read_nordil()]).knowledge


def test_a_row_is_a_fact_with_all_that_is_known_of_it(nordil: Knowledge) -> None:
    frame = nordil.to_pandas()
    assert len(frame) == len(read_nordil().facts) == 17
    bid = frame[(frame["relation"] == "acquired")].iloc[0]
    assert (bid["subject"], bid["object"], bid["modality"]) == ("Vasco", "Orvane", "possible")
    assert (bid["subject_class"], bid["amount"], bid["currency"]) == ("Company", 40_000_000, "EUR")
    assert TEXT[bid["begin"] : bid["end"]] == bid["quote"]
    denied = frame[frame["modality"] == "denied"].iloc[0]
    assert denied["attributed_to"] == "Gartex"
    share = frame[frame["relation"] == "marketShare"].iloc[0]
    assert (share["value"], share["market"], share["when"]) == (12.5, "batteries", "2018")
    assert frame[frame["ended"]]["object"].tolist() == ["Orvane"]


def test_every_quote_stands_where_it_is_said_to(nordil: Knowledge) -> None:
    for _, row in nordil.to_pandas().iterrows():
        assert TEXT[row["begin"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("of", FRAMES)
def test_columns_have_their_types_with_and_without_rows(nordil: Knowledge, of: str) -> None:
    for known in (nordil, kg.open(Graph())):
        frame = known.to_pandas(of)  # type: ignore[arg-type]
        assert {name: str(it) for name, it in frame.dtypes.items()} == FRAMES[of]
    assert len(kg.open(Graph()).to_pandas(of)) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("of", FRAMES)
def test_a_frame_says_what_the_exported_table_says(of: str) -> None:
    found = Readings([read_nordil("a"), read_nordil("b")])
    (text,) = kg.export_graph(found.graph, of).values()
    table = list(csv.DictReader(io.StringIO(text)))
    frame = found.to_pandas(of)  # type: ignore[arg-type]
    shared = {*(FACTS if of == "facts" else CLAIMS)} & {*FRAMES[of]} - {"date", "first", "last"}
    shared -= {"modality"}  # which says there, too, whether it is over
    assert len(shared) > 12
    key = "fact" if of == "facts" else "claim"
    told = {row[key]: row for row in table}
    assert len(told) == len(frame) == len(table)
    for _, row in frame.iterrows():
        for name in shared - {"confidence"}:
            cell = "" if pandas.isna(row[name]) else str(row[name])
            assert cell == told[row[key]][name], name


def test_a_text_that_looks_like_a_formula_stays_as_it_is() -> None:
    row = dict.fromkeys(rows.FACTS, "") | {
        "quote": "=1+1", "value": None, "amount": None, "share": None, "begin": 0, "end": 4,
        "confidence": 0.5, "ended": False, "date": "2024-05-31",
    }  # fmt: skip
    frame = make_frame(rows.FACTS, [row])
    assert frame["quote"][0] == "=1+1"
    assert frame["date"][0].isoformat() == "2024-05-31T00:00:00"
    assert frame["subject"].isna().all()


def test_without_pandas_it_is_told_how_to_get_it(
    nordil: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(DataError, match=r"pip install 'pressgraph\[pandas\]'"):
        nordil.to_pandas()
    assert len(nordil.ask("partners-of", of="Nordil")) == 1


def test_rows_of_another_kind_are_refused(nordil: Knowledge) -> None:
    with pytest.raises(DataError, match="rows 'deals': unknown; give 'facts' or 'claims'"):
        nordil.to_pandas("deals")  # type: ignore[arg-type]


def test_a_question_is_answered_with_values_of_python(nordil: Knowledge) -> None:
    found = nordil.ask("partners-of", of="Nordil")
    assert found.columns[:3] == ("organization", "partner", "modality")
    ((*ends, modality, confidence, voices),) = (row[:5] for row in found)
    assert (ends, modality, confidence, voices) == (["Nordil", "Vasco"], "actual", 1.0, 1)
    frame = found.to_pandas()
    assert (str(frame["voices"].dtype), str(frame["confidence"].dtype)) == ("Int64", "Int64")
    assert isinstance(confidence, float)


@pytest.mark.parametrize(
    ("query", "columns", "rows_"),
    [
        ("ASK { ?fact a kg:Fact }", ("answer",), ((True,),)),
        ("ASK { ?claim a kg:Claim }", ("answer",), ((False,),)),
        ("SELECT ?none { ?none a kg:Claim }", ("none",), ()),
        (
            "SELECT ?share ?none { ?fact rdf:object ?share FILTER(isNumeric(?share)) "
            "OPTIONAL { ?fact kg:deal ?none } }",
            ("share", "none"),
            ((12.5, None),),
        ),
    ],
)
def test_sparql_is_answered(
    nordil: Knowledge, query: str, columns: tuple[str, ...], rows_: object
) -> None:
    found = nordil.ask(query)
    assert (found.columns, found.rows) == (columns, rows_)


def test_triples_are_rows(nordil: Knowledge) -> None:
    found = nordil.ask("CONSTRUCT { ?a kg:subsidiaryOf ?b } WHERE { ?a kg:subsidiaryOf ?b }")
    assert found.columns == ("subject", "predicate", "object")
    ((_, verb, _),) = found
    assert verb == "https://w3id.org/pressgraph/ontology#subsidiaryOf"


def test_a_name_is_bound_and_never_pasted(nordil: Knowledge) -> None:
    with pytest.raises(QueryError):
        nordil.ask("partners-of", of='" } ; DROP ALL #')


def test_many_rows_are_shown_in_part_and_none_is_markup() -> None:
    shown = Answer(("<i>",), tuple((f"<b>{n}",) for n in range(SHOWN + 2)))._repr_html_()
    assert shown.count("<tr>") == SHOWN + 1
    assert "2 more rows" in shown
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_a_page_is_returned_and_written(nordil: Knowledge, tmp_path: Path) -> None:
    page = nordil.page(tmp_path / "a.html", title="Un accord", lang="fr")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page.html
    assert "<title>Un accord" in page.html
    assert nordil.page().html.startswith("<!")


def test_a_graph_of_rdflibs_is_opened_as_a_copy(graph: Graph) -> None:
    before = len(graph)
    known = kg.open(graph)
    assert repr(known) == "Knowledge(1 article, 17 facts)"
    known.graph.add((known.graph.namespace_manager.expand_curie("kg:Fact"),) * 3)  # type: ignore[arg-type]
    assert len(graph) == before


def test_facts_may_be_left_out(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(kg.write_turtle(graph), encoding="utf-8")
    assert len(kg.open(path, min_confidence=0.95).to_pandas()) == 16


def test_what_is_no_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        kg.open(tmp_path / "none.ttl")
    with pytest.raises(DataError, match=r"make one with: readings.save\('news'\)"):
        kg.open(Graph()).decide("Nordil", "same", "Vasco")


def test_decisions_are_made_followed_and_taken_back(tmp_path: Path) -> None:
    two = [read_nordil("a"), with_other_text(read_nordil("b"))]
    store = Readings(two).save(tmp_path / "news")
    before = store.to_pandas("claims")
    assert before["voices"].max() == 2
    store.decide("Vasco", "wrong", "Orvane", relation="acquired", why="démenti", by="moi")
    assert "acquired" not in set(store.to_pandas("claims")["relation"])
    assert set(store.to_pandas()["relation"]) == set(store.to_pandas("claims")["relation"])
    store.decide("Hexo", "same", "Gartex", by="moi")
    names = set(store.to_pandas("claims")["subject"]) | set(store.to_pandas("claims")["object"])
    assert not {"Hexo", "Gartex"} <= names
    store.undo()
    store.undo("Vasco")
    assert store.to_pandas("claims").equals(before)
    again = kg.open(tmp_path / "news")
    assert again.to_pandas("claims").equals(before)


def with_other_text(reading: Reading) -> Reading:
    """Return a reading of words that are no copy of the other article's."""
    from dataclasses import replace

    words = "".join("xyzt"[at % 4] if it.isalpha() else it for at, it in enumerate(TEXT))
    return replace(reading, article=replace(reading.article, text=words))


def test_a_contradiction_changes_nothing(tmp_path: Path) -> None:
    store = Readings([read_nordil()]).save(tmp_path / "news")
    store.decide("Nordil", "same", "Hexo", by="moi")
    before = store.to_pandas("claims")
    with pytest.raises(DataError):
        store.decide("Nordil", "different", "Hexo", by="moi")
    assert store.to_pandas("claims").equals(before)


def test_a_notebook_shows_counts_and_a_drawing(nordil: Knowledge) -> None:
    shown = nordil._repr_html_()
    assert shown.startswith("<p>1 article, 17 facts</p><svg")
