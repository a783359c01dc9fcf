"""Prefixes mean what they mean everywhere, and names of 0.1 are still understood."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from kg.ask.query import known_prefixes, run_query
from kg.graph.rdf import build_graph
from kg.graph.terms import BASE, PREFIXES, entity_iri, former_iri
from kg.graph.vocabularies import KG, VOCABULARIES
from kg.model import Article, Entity, Fact, Reading
from kg.store.labels import find_nodes

BANK = Entity("Société Générale", "Company")
HEXO = Entity("Hexo", "Company")


@pytest.fixture
def bank() -> Graph:
    """Return the graph of a company that 0.1 gave another IRI."""
    fact = Fact(BANK, "partnerOf", HEXO, evidence=((0, 1),))
    return build_graph([Reading(Article("a", "Texte."), (BANK, HEXO), (fact,))])


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        ("org", "http://www.w3.org/ns/org#"), ("schema", "https://schema.org/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"), ("dcterms", "http://purl.org/dc/terms/"),
        ("wd", "http://www.wikidata.org/entity/"), ("prov", "http://www.w3.org/ns/prov#"),
        ("o", f"{BASE}org/"), ("p", f"{BASE}person/"), ("pl", f"{BASE}place/"),
        ("kg", str(KG)),
    ],
)  # fmt: skip
def test_a_prefix_is_declared_for_every_query(bank: Graph, prefix: str, namespace: str) -> None:
    (row,) = run_query(bank, f"SELECT (STR({prefix}:x) AS ?iri) {{}}")
    assert str(row[0]) == f"{namespace}x"


def test_no_prefix_of_ours_is_that_of_a_vocabulary() -> None:
    assert not {*PREFIXES.values()} & {*VOCABULARIES}
    assert len(known_prefixes()) == len(PREFIXES) + len(VOCABULARIES)


def test_an_iri_of_0_1_leads_to_what_has_taken_its_place(bank: Graph) -> None:
    old, new = former_iri(BANK), entity_iri(BANK)
    assert old != new
    assert (old, DCTERMS.isReplacedBy, new) in bank
    assert find_nodes(bank, str(old)) == [new]
    rows = run_query(bank, "partners-of", of=str(old)).bindings
    assert rows == run_query(bank, "partners-of", of="Société Générale").bindings
    assert rows


def test_an_iri_that_still_names_a_thing_means_it(bank: Graph) -> None:
    alive = Entity("Générale", "Company")
    both = bank + build_graph([Reading(Article("b", "Texte."), (alive,))])
    assert entity_iri(alive) == former_iri(BANK)
    assert find_nodes(both, str(entity_iri(alive))) == [URIRef(entity_iri(alive))]
