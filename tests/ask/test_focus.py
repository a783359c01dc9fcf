"""The part of a graph that is asked for: which facts it holds, with all that proves them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from conftest import BENCH
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import PROV, SKOS

from kg.ask.focus import construct_graph, focus_graph
from kg.errors import QueryError
from kg.graph.check import check_graph
from kg.graph.rdf import BASE, build_graph, write_turtle
from kg.graph.vocabularies import ITSRDF, KG, NIF, SCHEMA
from kg.model import Article, Entity, Fact, Reading
from kg.network.network import build_network
from kg.store.engine import on_oxigraph

MakeUp = Callable[[int, int], Iterator[Reading]]

NORDIL, VASCO, HEXO = (URIRef(f"{BASE}org/{name}") for name in ("nordil", "vasco", "hexo"))


@pytest.fixture
def make_up(monkeypatch: pytest.MonkeyPatch) -> MakeUp:
    """Return the function that makes up articles."""
    monkeypatch.syspath_prepend(BENCH)
    from made_up import made_up_readings

    return made_up_readings


def facts_of(graph: Graph) -> set[tuple[str, str, str]]:
    """Return what the facts of a graph say, by the ends of their IRIs."""
    parts = (RDF.subject, RDF.predicate, RDF.object)
    return {
        tuple(re.split("[/#]", str(graph.value(fact, part)))[-1] for part in parts)  # type: ignore[misc]
        for fact in graph.subjects(RDF.type, KG.Fact)
    }


def relations(graph: Graph) -> list[str]:
    facts = graph.subjects(RDF.type, KG.Fact)
    return sorted(str(graph.value(fact, RDF.predicate)).partition("#")[2] for fact in facts)


@pytest.fixture
def held(graph: Graph) -> Graph:
    """Return the hand-made graph as a file's is: on Oxigraph."""
    return on_oxigraph(graph)


# Queries


def test_direct_triple_brings_the_fact_and_all_that_proves_it(held: Graph) -> None:
    part = construct_graph(held, "CONSTRUCT WHERE { ?a kg:partnerOf ?b }")
    assert facts_of(part) == {("nordil", "partnerOf", "vasco")}
    assert set(part) < set(held)
    assert (NORDIL, KG.partnerOf, VASCO) in part
    assert (NORDIL, SKOS.altLabel, Literal("Groupe Nordil", lang="fr")) in part
    assert (VASCO, RDF.type, KG.Company) in part
    [fact] = part.subjects(RDF.type, KG.Fact)
    assert set(part.predicate_objects(fact)) == set(held.predicate_objects(fact))
    [span] = part.objects(fact, PROV.wasDerivedFrom)
    quote = "a signé avec le chinois Vasco un protocole d'accord"
    assert str(part.value(span, NIF.anchorOf)) == quote
    assert quote in str(part.value(part.value(span, NIF.sentence), NIF.anchorOf))
    assert part.value(part.value(span, NIF.referenceContext), NIF.isString)
    deal = part.value(fact, KG.agreement)
    assert part.value(deal, RDFS.label) == Literal("accord Nordil – Vasco", lang="fr")
    assert check_graph(part) == []


def test_fact_is_completed_whatever_its_modality(held: Graph) -> None:
    query = "CONSTRUCT { ?f kg:modality ?m } WHERE { ?f kg:modality ?m FILTER(?m != kg:Actual) }"
    part = construct_graph(held, query)
    assert relations(part) == ["acquired", "operatesIn", "supplierOf"]
    assert set(part) < set(held)
    assert (None, KG.acquired, None) not in part
    assert check_graph(part) == []


def test_triple_brings_no_other_fact_of_its_relation(held: Graph) -> None:
    part = construct_graph(held, "CONSTRUCT WHERE { ?who kg:holdsPosition ?where }")
    assert facts_of(part) == {("jeanne-ferrand", "holdsPosition", "nordil")}


def test_triple_that_is_only_planned_stays_planned(held: Graph) -> None:
    query = """CONSTRUCT { ?a kg:operatesIn ?b }
        WHERE { ?f rdf:subject ?a; rdf:predicate kg:operatesIn; rdf:object ?b }"""
    network = build_network(construct_graph(held, query))
    assert [fact["modality"] for *_, fact in network.edges(data=True)] == ["Planned"]


def test_triple_that_no_fact_states_is_drawn_without_evidence(held: Graph) -> None:
    query = """CONSTRUCT { ?a schema:competitor ?b . ?a rdfs:label ?name . ?a <urn:rank> 1 }
        WHERE { ?a kg:competesWith ?b ; rdfs:label ?name }"""
    network = build_network(construct_graph(held, query))
    [(one, other, said)] = network.edges(data=True)
    assert (one, other) == (str(NORDIL), f"{BASE}org/orvane")
    assert (said["relation"], said["evidence"]) == ("competitor", [])
    assert network.nodes[other]["name"] == "Orvane"
    assert [value["value"] for value in network.nodes[one]["values"]] == ["1"]


def test_describe_brings_the_facts_of_a_thing(held: Graph) -> None:
    part = construct_graph(held, f"DESCRIBE <{HEXO}> <{NORDIL}>")
    assert facts_of(part) == {
        ("nordil", "partnerOf", "vasco"), ("nordil", "subsidiaryOf", "hexo"),
        ("nordil", "competesWith", "orvane"), ("nordil", "marketShare", "12.5"),
        ("nordil", "cooperatesIn", "stockage-d-energie"),
    }  # fmt: skip


def test_facts_that_a_query_makes_are_kept(held: Graph) -> None:
    query = """CONSTRUCT { <urn:f> a kg:Fact; rdf:subject ?a; rdf:predicate <urn:near>;
        rdf:object ?b; kg:modality kg:Possible } WHERE { ?a kg:partnerOf ?b }"""
    part = construct_graph(held, query)
    assert list(part.subjects(RDF.type, KG.Fact)) == [URIRef("urn:f")]
    assert (VASCO, RDFS.label, None) in part


def test_all_gives_all(held: Graph) -> None:
    assert set(construct_graph(held, "CONSTRUCT WHERE { ?s ?p ?o }")) == set(held)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s ?p ?o }", "says CONSTRUCT or DESCRIBE"),
        ("ASK { ?s ?p ?o }", "says CONSTRUCT or DESCRIBE"),
        ("partners-of", "says CONSTRUCT or DESCRIBE"),
        ("CLEAR ALL", "an update"),
        ("CONSTRUCT WHERE { ?s ?p", "malformed"),
        ("CONSTRUCT WHERE { ?a kg:mergedWith ?b }", "finds no fact"),
        ("CONSTRUCT WHERE { ?a rdfs:label ?b }", "finds no fact"),
    ],
)
def test_query_that_gives_nothing_to_draw_is_told(held: Graph, query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        construct_graph(held, query)


# Names


@pytest.mark.parametrize("name", ["Hexo", "HÉXO", str(HEXO)])
def test_focus_holds_the_facts_of_a_thing(graph: Graph, name: str) -> None:
    part = focus_graph(graph, name)
    assert facts_of(part) == {
        ("nordil", "subsidiaryOf", "hexo"), ("vasco", "supplierOf", "hexo"),
        ("accord-nordil-vasco", "concernsUnit", "hexo"),
        # Between things that are one fact away.
        ("nordil", "partnerOf", "vasco"), ("accord-nordil-vasco", "party", "nordil"),
        ("accord-nordil-vasco", "party", "vasco"),
    }  # fmt: skip
    assert set(part) < set(graph)
    assert check_graph(part) == []


def test_alias_is_a_name(graph: Graph) -> None:
    by_alias, by_name = focus_graph(graph, "groupe nordil"), focus_graph(graph, "Nordil")
    assert set(by_alias) == set(by_name)


def test_depth_is_counted_in_facts(graph: Graph) -> None:
    near = relations(focus_graph(graph, "Maroc"))
    assert near == ["operatesIn"]
    further = facts_of(focus_graph(graph, "Maroc", depth=2))
    assert ("nordil", "partnerOf", "vasco") in further
    assert ("vasco", "basedIn", "chine") not in further
    assert set(focus_graph(graph, "Maroc", depth=9)) == set(graph)


def test_share_leads_to_its_market(graph: Graph) -> None:
    assert relations(focus_graph(graph, "batteries")) == ["marketShare"]
    rivals = Fact(Entity("Nordil", "Company"), "competesWith", Entity("Orvane", "Company"))
    market = Entity("piles", "Market")
    said = replace(rivals, qualifiers={"market": market})
    other = build_graph([Reading(Article("a", "…"), (said.subject, market), (said,))])
    with pytest.raises(QueryError, match="no fact of the graph is about 'piles'"):
        focus_graph(other, "piles")


def test_article_marks_only_what_is_kept(make_up: MakeUp) -> None:
    [reading] = make_up(30, 25)
    graph = build_graph([reading])
    part = focus_graph(graph, reading.entities[0].name)
    kept = {
        thing for thing in graph.objects(None, ITSRDF.taIdentRef) if (thing, None, None) in part
    }
    assert 2 <= len(kept) < len(reading.entities)
    assert set(part.objects(None, ITSRDF.taIdentRef)) == kept
    assert set(part.objects(None, SCHEMA.mentions)) == kept
    assert set(part) < set(graph)
    assert check_graph(part) == []


def test_articles_without_a_kept_fact_are_left_out(make_up: MakeUp) -> None:
    graph = build_graph(make_up(60, 100))
    part = focus_graph(graph, "Celganlor")
    assert len(set(graph.subjects(RDF.type, KG.Article))) == 4
    [article] = part.subjects(RDF.type, KG.Article)
    assert {str(it).partition("#")[0] for it in part.objects(None, PROV.wasDerivedFrom)} == {
        str(article)
    }


@pytest.mark.parametrize("name", ["Nordill", "Zzz"])
def test_unknown_name_is_told_with_the_nearest(graph: Graph, name: str) -> None:
    near = "; nearest: Nordil" if name == "Nordill" else "$"
    with pytest.raises(QueryError, match=f"^the graph names no '{name}'{near}"):
        focus_graph(graph, name)


def test_name_that_no_fact_is_about_is_told(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no fact of the graph is about 'Gartex'"):
        focus_graph(graph, "Gartex")


def test_name_of_several_things_means_all() -> None:
    ends = [Entity(name, "Company") for name in ("Vaudrey", "Solmen", "Ostrel")]
    town = Entity("Vaudrey", "City")
    facts = (Fact(ends[0], "partnerOf", ends[1]), Fact(ends[2], "basedIn", town))
    graph = build_graph([Reading(Article("a", "…"), (*ends, town), facts)])
    assert relations(focus_graph(graph, "vaudrey")) == ["basedIn", "partnerOf"]


# Both


def test_order_of_triples_and_the_store_change_nothing(graph: Graph) -> None:
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    parts = [
        focus_graph(construct_graph(one, "CONSTRUCT WHERE { ?a ?p ?b . ?a a kg:Company }"), "Vasco")
        for one in (graph, turned, on_oxigraph(graph))
    ]
    assert len({write_turtle(part) for part in parts}) == 1
    assert 0 < len(relations(parts[0])) < len(relations(graph))


def test_time_grows_no_faster_than_the_graph(make_up: MakeUp) -> None:
    def seconds(facts: int) -> float:
        graph = build_graph(make_up(facts // 3, facts))
        begin = time.process_time()
        part = focus_graph(graph, "Brabrabra", depth=9)
        assert len(relations(part)) == facts
        return time.process_time() - begin

    # Eight times as much, with room for noise; what is quadratic takes sixty-four times as long.
    assert seconds(1600) < 24 * seconds(200)


# Texts of queries
