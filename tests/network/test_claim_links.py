"""Networks, explanations, parts and exports of a store have one link for what many articles say."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.ask.diff import diff_graphs
from kg.ask.explain import explain_link
from kg.ask.focus import construct_graph, focus_graph
from kg.exports.forms import FORMATS, export_graph
from kg.graph.check import check_graph
from kg.graph.rdf import BASE, build_graph
from kg.graph.terms import graph_iri
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.network.network import build_network
from kg.store.engine import hold, load_graph
from kg.store.held import Held
from kg.store.store import read_triples, replace_graph
from kg.who.decisions import read_decision
from kg.who.view.resolve import resolve, resolve_again

AVA, BOR = f"{BASE}org/ava", f"{BASE}org/bor"


def say(name: str, one: str, two: str, modality: Modality = "Actual", sure: float = 0.9) -> Reading:
    text = f"{one} achète {two}, écrit {name}."
    places = [((text.index(end), text.index(end) + len(end)),) for end in (one, two)]
    ends = [Entity(end, "Company", mentions=at) for end, at in zip((one, two), places, strict=True)]
    whole = ((0, len(text)),)
    date = {"Actual": "2024-03-04", "Planned": "2024-01-02"}.get(modality, "")
    by = Entity("Avalon", "Company", mentions=places[0])
    fact = Fact(*[ends[0], "acquired", ends[1]], modality, confidence=sure, evidence=whole,
                attributed_to=by if name == "p-3" else None)  # fmt: skip
    things = (*ends, by) if name == "p-3" else (*ends,)
    return Reading(Article(name, text, title=name, published=date), things, (fact,), whole)


READINGS = (
    say("p-1", "Ava", "Bor", "Planned"),
    say("p-2", "Avalon", "Bor SA", sure=0.4),
    say("p-3", "Ava", "Bor"),
    say("p-4", "Bor", "Cid"),
)
SAME = read_decision({"left": "Ava", "is": "same", "right": "Avalon", "by": "mb"})


@pytest.fixture
def store() -> ox.Store:
    held = ox.Store()
    for reading in READINGS:
        name = ox.NamedNode(str(graph_iri(reading.article)))
        replace_graph(held, name, read_triples(reading, BASE, True))
    resolve(Held(held), [SAME])
    return held


def test_a_network_has_an_edge_a_claim(store: ox.Store) -> None:
    network = build_network(hold(store))
    edges = sorted(
        (one, two, it["modality"], it["sources"]) for one, two, it in network.edges(data=True)
    )
    assert edges == [(AVA, BOR, "Actual", 2), (BOR, f"{BASE}org/cid", "Actual", 1)]
    ((_, _, deal),) = list(network.edges(AVA, data=True))
    assert deal["confidence"] == 0.9
    assert {it["title"] for it in deal["evidence"]} == {"p-2", "p-3"}
    assert deal["attributed_to"] == network.nodes[AVA]["name"]
    assert f"{BASE}org/avalon" not in network


def test_what_links_two_things_is_explained_once(store: ox.Store) -> None:
    graph = hold(store)
    (found,) = explain_link(graph, "Avalon", "Bor SA")
    assert (found.sources, found.modality, len(found.evidence)) == (2, "actual", 2)
    fact = next(iter(graph.subjects(KG.modality, KG.Planned)))
    assert [it.fact for it in explain_link(graph, str(fact))] == [found.fact]
    way = explain_link(graph, "Avalon", "Cid")
    assert [it.step for it in way] == [1, 2]


def test_parts_of_a_store_have_claims_and_what_states_them(store: ox.Store) -> None:
    for part in (
        focus_graph(hold(store), "Avalon"),
        construct_graph(hold(store), "CONSTRUCT { ?a kg:acquired ?b } { ?a kg:acquired ?b }"),
        construct_graph(hold(store), "DESCRIBE ?f { ?f a kg:Fact ; kg:modality kg:Planned }"),
    ):
        network = build_network(part)
        assert (AVA, BOR) in set(network.edges())
        assert network.number_of_nodes() in (2, 3)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_what_is_resolved(form: str, store: ox.Store) -> None:
    texts = "".join(export_graph(hold(store), form).values())
    assert "Bor" in texts
    assert texts == "".join(export_graph(hold(store), form).values())


@pytest.mark.parametrize("form", ["ttl", "nq", "trig", "nt"])
def test_what_is_exported_is_read_back_as_it_was(
    form: str, store: ox.Store, tmp_path: Path
) -> None:
    path = tmp_path / f"g.{form}"
    path.write_text(export_graph(hold(store), form)[""], encoding="utf-8")
    read = load_graph(path)
    assert set(read) == set(hold(store))
    assert not check_graph(read)
    assert not diff_graphs(read, hold(store))


def test_what_is_not_sure_enough_leaves_the_claims(store: ox.Store, tmp_path: Path) -> None:
    path = tmp_path / "g.nq"
    path.write_text(export_graph(hold(store), "nq")[""], encoding="utf-8")
    sure = load_graph(path, least=0.5, settle=resolve_again)
    network = build_network(sure)
    assert [it["sources"] for *_, it in network.edges(AVA, data=True)] == [1]
    assert not check_graph(sure)


def test_a_graph_without_claims_is_what_it_was() -> None:
    graph: Graph = build_graph(READINGS)
    assert build_network(graph).number_of_edges() == 4
