"""What follows from a graph is said in the terms that its ontology is aligned with, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import MARKED
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import FOAF, OWL, RDF, RDFS, SDO, Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, PROV, SKOS
from rdflib.term import Node

from kg import ontology
from kg.exports.entail import (
    broader_classes,
    broader_properties,
    entail_graph,
    entail_named,
    find_base,
    find_prefixes,
)
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph
from kg.graph.terms import BASE
from kg.graph.turtle import write_turtle
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import hold

WDT = Namespace("http://www.wikidata.org/prop/direct/")
GRAPHS = sorted(MARKED.glob("*.ttl"))
A, B = URIRef(f"{BASE}org/nordil"), URIRef(f"{BASE}org/vasco")
NODES = st.sampled_from([A, B, URIRef("urn:x:a"), Literal("552032534"), Literal("a", lang="fr")])
VERBS = st.sampled_from([RDF.type, *(KG[name] for name in ontology.properties()), RDFS.label])
CLASSES = st.sampled_from([KG[name] for name in ontology.classes()])
TRIPLES = st.tuples(st.sampled_from([A, B]), VERBS, NODES | CLASSES)


def added(*triples: tuple[Node, Node, Node]) -> set[tuple[Node, Node, Node]]:
    """Return what follows from some triples."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return set(entail_graph(graph)) - set(graph)


def test_golden_graphs_are_there() -> None:
    assert len(GRAPHS) == 4


def test_classes_bring_all_that_are_above_them() -> None:
    assert added((A, RDF.type, KG.Company)) == {
        (A, RDF.type, kind)
        for kind in (
            KG.Organization, KG.Agent, SDO.Corporation, SDO.Organization, ORG.Organization,
            PROV.Organization, PROV.Agent, FOAF.Agent,
        )
    }  # fmt: skip
    assert (A, RDF.type, FOAF.Person) in added((A, RDF.type, KG.Person))


def test_properties_bring_those_above_them_and_their_inverses() -> None:
    assert added((A, KG.subsidiaryOf, B)) == {
        (A, ORG.subOrganizationOf, B), (A, SDO.parentOrganization, B), (A, WDT.P749, B),
        (B, WDT.P355, A),
    }  # fmt: skip
    assert added((A, KG.holdsStakeIn, B)) == {(A, WDT.P1830, B), (B, WDT.P127, A)}
    assert added((A, KG.founded, B)) == {(B, WDT.P112, A), (B, SDO.founder, A)}


def test_what_a_person_owns_makes_no_organization_of_her() -> None:
    for verb in ("acquired", "holdsStakeIn", "investedIn", "founded"):
        assert not {p for _, p, _ in added((A, KG[verb], B))} & {ORG.linkedTo, ORG.memberOf}


def test_equal_properties_bring_each_other() -> None:
    code = Literal("969500WIJRR58HDF7K56")
    assert added((A, KG.lei, code)) == {
        (A, ORG.identifier, code), (A, SDO.leiCode, code), (A, WDT.P1278, code),
    }  # fmt: skip


def test_literals_become_no_subjects() -> None:
    assert added((A, KG.subsidiaryOf, Literal("Vasco"))) == {
        (A, ORG.subOrganizationOf, Literal("Vasco")),
        (A, SDO.parentOrganization, Literal("Vasco")),
        (A, WDT.P749, Literal("Vasco")),
    }


def test_close_matches_bring_nothing() -> None:
    assert (
        added((A, KG.operatesIn, B), (A, KG.marketShare, Literal(9)), (A, RDFS.label, B)) == set()
    )
    assert added((A, RDF.type, KG.Agreement)) == {(A, RDF.type, KG.Qualified)}


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Denied"])
def test_what_is_not_so_brings_nothing_direct(
    say: Callable[..., Graph], modality: Modality
) -> None:
    graph = entail_graph(say("Nordil", "subsidiaryOf", "Vasco", modality))
    for verb in (ORG.subOrganizationOf, SDO.parentOrganization, WDT.P355):
        assert not list(graph.subject_objects(verb))
    assert list(entail_graph(say("Nordil", "subsidiaryOf", "Vasco")).subject_objects(WDT.P355))


def test_all_alignments_of_the_ontology_are_used() -> None:
    written = Graph().parse(ontology.ontology_folder() / "pressgraph.ttl")
    turned = {
        o for o in written.objects(None, RDFS.subPropertyOf) if (o, OWL.inverseOf, None) in written
    }
    used = {kind for above in broader_classes().values() for kind in above}
    used |= {verb for above in broader_properties().values() for verb, _ in above}
    assert {str(it).removeprefix(WDT) for it in used if it.startswith(WDT)} == {
        "P355", "P749", "P127", "P1830", "P1951", "P112", "P1616", "P1278"
    }  # fmt: skip
    assert len(turned) == sum(
        inverse for above in broader_properties().values() for _, inverse in above
    )
    assert SKOS.Concept in used
    assert all(isinstance(term, URIRef) for term in used)


@given(triples=st.lists(TRIPLES, max_size=8))
@settings(deadline=None)
def test_twice_is_as_once(triples: list[tuple[Node, Node, Node]]) -> None:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    once = entail_graph(graph)
    assert set(graph) <= set(once)
    assert set(entail_graph(once)) == set(once)
    assert not any(isinstance(one, Literal) for one in once.subjects())


@pytest.mark.parametrize("path", GRAPHS, ids=lambda path: path.stem)
def test_golden_graph_is_kept_and_still_keeps_its_promises(path: Path) -> None:
    graph = Graph().parse(path)
    before = set(graph)
    whole = entail_graph(graph)
    assert set(graph) == before < set(whole)
    assert check_graph(whole) == []
    assert set(entail_graph(whole)) == set(whole)


def test_terms_of_other_ontologies_read_well(graph: Graph) -> None:
    turtle = write_turtle(entail_graph(graph))
    for name in ("org:Organization", "foaf:Person", "wdt:P355", "schema:parentOrganization"):
        assert name in turtle
    assert "o:nordil a foaf:Agent,\n        kg:Agent,\n        kg:Company," in turtle


def test_named_graphs_stay_apart() -> None:
    store = ox.Store()
    names = [ox.NamedNode(f"urn:x:{name}") for name in "gh"]
    for name, verb in zip(names, (KG.subsidiaryOf, KG.partnerOf), strict=True):
        for graph in (name, ox.DefaultGraph()):
            store.add(ox.Quad(ox.NamedNode(A), ox.NamedNode(verb), ox.NamedNode(B), graph))
    whole = entail_named(hold(store))
    parts = [set(Graph(whole.store, URIRef(name.value))) for name in names]
    assert parts[1] == {(A, KG.partnerOf, B), (A, ORG.linkedTo, B)}
    assert len(parts[0]) == 5
    assert set(whole) == parts[0] | parts[1]


def test_a_graph_in_memory_has_no_named_graphs(graph: Graph) -> None:
    assert set(entail_named(graph)) == set(entail_graph(graph))


def test_prefixes_are_those_of_the_graphs_own_base() -> None:
    base = "https://a.example/kg/"
    ends = Entity("Nordil", "Company"), Entity("Vasco", "Company")
    fact = Fact(ends[0], "acquired", ends[1], evidence=((0, 6),))
    graph = build_graph([Reading(Article("a", "Nordil rachète Vasco."), ends, (fact,))], base=base)
    assert find_base(graph) == base
    assert find_prefixes(graph)["org"] == f"{base}org/"
    assert "o:nordil" in write_turtle(entail_graph(graph))
    assert find_base(Graph()) == BASE
