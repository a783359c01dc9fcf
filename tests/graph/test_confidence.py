"""What is less sure than asked for is left out: of a reading, a file, a store, all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import CLOUD, DEAL, STORAGE, read_nordil
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.graph.check import check_graph
from kg.graph.confidence import keep_sure
from kg.graph.rdf import build_graph, write_readings
from kg.graph.readings import read_readings
from kg.graph.terms import entity_iri
from kg.graph.vocabularies import KG
from kg.model import Fact, Reader, Reading
from kg.store.engine import engine_of, load_graph
from kg.store.store import put_readings

READER = Reader("learned", "0.2.0", "a" * 64)


def doubt(reading: Reading, sure: Callable[[int, Fact], float]) -> Reading:
    """Return a reading with other confidences, and a reader."""
    facts = (replace(fact, confidence=sure(at, fact)) for at, fact in enumerate(reading.facts))
    return replace(reading, facts=tuple(facts), reader=READER)


def triples(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store}


def test_nothing_asked_is_nothing_left_out(reading: Reading) -> None:
    assert keep_sure(reading, 0.0) is reading


def test_a_confidence_counts_as_a_graph_writes_it() -> None:
    reading = doubt(read_nordil(), lambda at, _: 0.796 if at % 2 else 0.794)
    assert len(keep_sure(reading, 0.8).facts) == len(reading.facts) // 2


def test_deals_and_areas_go_with_their_last_fact() -> None:
    def sure(_: int, fact: Fact) -> float:
        return 0.3 if DEAL in (fact.subject, fact.qualifiers.get("agreement")) else 0.9

    left = keep_sure(doubt(read_nordil(), sure), 0.5)
    assert DEAL not in left.entities
    assert {STORAGE, CLOUD} <= {*left.entities}, "facts of their own speak of them"
    assert left.least == 0.5
    none = keep_sure(doubt(read_nordil(), lambda *_: 0.3), 0.5)
    assert not none.facts and not {DEAL, STORAGE, CLOUD} & {*none.entities}
    assert len(none.entities) > 5, "companies and people that the article names stay"


def test_a_direct_triple_stays_while_a_sure_fact_states_it(tmp_path: Path) -> None:
    one, other = (
        doubt(read_nordil("un"), lambda *_: 0.9),
        doubt(read_nordil("deux"), lambda *_: 0.2),
    )
    path = tmp_path / "two.ttl"
    path.write_text(write_readings([one, other]), encoding="utf-8")
    both = load_graph(path, least=0.5)
    relation = (entity_iri(DEAL, source=""), KG.party, None)
    assert relation not in both
    assert len(set(both.subject_objects(KG.subsidiaryOf))) == 1
    path.write_text(write_readings([other]), encoding="utf-8")
    assert not set(load_graph(path, least=0.5).subject_objects(KG.subsidiaryOf))


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([0.2, 0.49, 0.5, 0.9]), min_size=17, max_size=17))
def test_a_graph_with_less_is_that_of_a_reading_with_less(
    tmp_path_factory: pytest.TempPathFactory, sure: list[float]
) -> None:
    reading = doubt(read_nordil(), lambda at, _: sure[at])
    less = keep_sure(reading, 0.5)
    path = tmp_path_factory.mktemp("graphs") / "nordil.ttl"
    path.write_text(write_readings([reading]), encoding="utf-8")
    whole = path.with_name("less.ttl")
    whole.write_text(write_readings([less]), encoding="utf-8")
    shown = engine_of(load_graph(path, least=0.5))
    assert triples(shown) == triples(engine_of(load_graph(whole)))
    (back,) = read_readings(load_graph(whole))
    assert back.least == 0.5


def test_a_store_shows_what_one_filled_with_less_holds(tmp_path: Path) -> None:
    names = ("un", "deux", "trois")
    whole = [
        doubt(read_nordil(name), lambda at, _, shift=number: (0.2, 0.5, 0.9)[(at + shift) % 3])
        for number, name in enumerate(names)
    ]
    less = [keep_sure(reading, 0.5) for reading in whole]
    for folder, readings in (("whole", whole), ("less", less)):
        assert len(list(put_readings(tmp_path / folder, readings))) == 3
    shown = load_graph(tmp_path / "whole", least=0.5)
    assert triples(engine_of(shown)) == triples(engine_of(load_graph(tmp_path / "less")))
    assert len(load_graph(tmp_path / "whole")) > len(shown), "the store itself stays as it was"


def test_a_graph_with_less_keeps_its_promises(tmp_path: Path) -> None:
    reading = doubt(read_nordil(), lambda at, _: 0.1 * (at % 10))
    assert check_graph(build_graph([keep_sure(reading, 0.5)])) == []
    path = tmp_path / "nordil.ttl"
    path.write_text(write_readings([reading]), encoding="utf-8")
    assert check_graph(Graph() + load_graph(path, least=0.5)) == []
