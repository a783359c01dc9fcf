"""What links two things is put in plain words, with all that proves it."""

from __future__ import annotations

from dataclasses import replace

import luthiers
import pytest
from conftest import HEXO, NORDIL, ORVANE, TEXT, VASCO
from rdflib import RDF, Graph
from rdflib.namespace import SKOS

from kg.ask.explain import Explanation, explain_link
from kg.errors import KgError
from kg.graph.rdf import build_graph
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.network.network import build_network
from kg.store.engine import on_oxigraph

SIGNED = "a signé avec le chinois Vasco un protocole d'accord"


def said(found: list[Explanation]) -> list[tuple[object, ...]]:
    return [(one.step, one.words, one.modality, one.ended) for one in found]


def test_a_fact_is_told_with_all_that_proves_it(graph: Graph) -> None:
    [one] = explain_link(graph, "Nordil", "Hexo")
    assert one.words == "Nordil is a subsidiary of Hexo"
    assert (one.subject, one.relation, one.object) == ("Nordil", "subsidiaryOf", "Hexo")
    assert (one.modality, one.ended, one.confidence, one.sources) == ("actual", False, 0.9, 1)
    assert (one.attributed_to, one.step) == ("", 0)
    [proof] = one.evidence
    assert proof.quote == TEXT[proof.begin : proof.end] == "Nordil, filiale de Hexo"
    assert proof.sentence.startswith("Le groupe Nordil, filiale de Hexo, a signé")
    assert proof.title == "Nordil et Vasco signent un accord"


def test_an_article_is_told_with_its_source_and_date() -> None:
    article = Article("a", "Nordil, filiale de Hexo", source="Le Fil", published="2020-05-04")
    fact = Fact(NORDIL, "subsidiaryOf", HEXO, evidence=((0, 6), (8, 23)))
    [one] = explain_link(build_graph([Reading(article, (NORDIL, HEXO), (fact,))]), "Nordil", "Hexo")
    assert [it.quote for it in one.evidence] == ["Nordil", "filiale de Hexo"]
    assert {(it.source, it.published, it.title) for it in one.evidence} == {
        ("Le Fil", "2020-05-04", "a")
    }


def test_names_are_found_in_either_order_and_by_iri(graph: Graph) -> None:
    found = explain_link(graph, "Groupe NORDIL", "https://pressgraph.example/id/org/vasco")
    assert said(found) == [(0, "Nordil and Vasco are partners", "actual", False)]
    assert explain_link(on_oxigraph(graph), "Vasco", "Nordil") == found
    assert [one.evidence[0].quote for one in found] == [SIGNED]


def test_it_speaks_french(graph: Graph) -> None:
    words = {one.words for one in explain_link(graph, "Jeanne Ferrand", lang="fr")}
    assert words == {
        "Jeanne Ferrand est directrice générale chez Nordil",
        "Jeanne Ferrand occupe un poste chez Orvane",
    }
    shares = [one.words for one in explain_link(graph, "batteries", lang="fr")]
    assert shares == ["Nordil détient 12.5 % du marché « batteries »"]
    assert explain_link(graph, "Nordil", "Hexo", lang="de")[0].words.startswith("Nordil is a")


def test_what_is_not_so_is_told_as_such(graph: Graph) -> None:
    [one] = explain_link(graph, "Vasco", "Hexo")
    assert (one.words, one.modality) == ("Vasco supplies Hexo", "denied")
    assert one.attributed_to == "Gartex"
    [one] = explain_link(graph, "Orvane", "Jeanne Ferrand")
    assert (one.modality, one.ended) == ("actual", True)


def test_of_one_thing_everything_is_told_the_surest_first(graph: Graph) -> None:
    found = explain_link(graph, "Nordil")
    assert len(found) == 8
    assert found[-1].words == "Nordil is a subsidiary of Hexo"
    rest = [one.words for one in found[:-1]]
    assert rest == sorted(rest)
    assert "Nordil has 12.5 % of the market “batteries”" in rest
    assert "Nordil is a party to “accord Nordil – Vasco”" in rest


def test_a_number_without_a_market_is_told() -> None:
    fact = luthiers.say(luthiers.VALCRUX, "marketShare", luthiers.FACTS[-1].object, quote="12,5 %")
    [one] = explain_link(luthiers.make_graph(fact), "Valcrux")
    assert (one.words, one.object) == ("Valcrux has a market share of 12.5 %", "12.5")


def test_one_fact_is_told_by_its_iri_with_its_other_sources(reading: Reading) -> None:
    other = replace(reading, article=replace(reading.article, name="b", text=TEXT + "Fin."))
    graph = build_graph([reading, other])
    facts = sorted(
        fact for fact in graph.subjects(RDF.predicate, KG.subsidiaryOf)
        if (fact, RDF.type, KG.Fact) in graph
    )  # fmt: skip
    [one] = explain_link(graph, str(facts[0]))
    assert (one.fact, one.sources) == (str(facts[0]), 2)
    assert [it.fact for it in explain_link(graph, "Nordil", "Hexo")] == [str(it) for it in facts]


def test_a_part_of_the_graph_tells_as_much_as_the_whole(graph: Graph) -> None:
    network = build_network(graph, lang="en")
    for _, _, fact, about in network.edges(keys=True, data=True):
        [one] = explain_link(graph, fact)
        assert (one.relation, one.modality) == (about["relation"], about["modality"].lower())
        assert [it.quote for it in one.evidence] == [it["quote"] for it in about["evidence"]]
        assert (one.sources, one.attributed_to) == (about["sources"], about["attributed_to"])


def test_without_a_fact_the_way_is_told_step_by_step(graph: Graph) -> None:
    assert said(explain_link(graph, "Chine", "Jeanne Ferrand")) == [
        (1, "Vasco is based in Chine", "actual", False),
        (2, "Nordil and Vasco are partners", "actual", False),
        (3, "Jeanne Ferrand is directrice générale at Nordil", "actual", False),
    ]


def test_a_way_takes_unsure_facts_only_where_it_must(graph: Graph) -> None:
    assert said(explain_link(graph, "Maroc", "Hexo")) == [
        (1, "Nordil operates in Maroc", "planned", False),
        (2, "Nordil is a subsidiary of Hexo", "actual", False),
    ]
    # The longer way by actual facts goes before the shorter one by a denied one.
    ends = (Entity(name, "Company") for name in ("Aa", "Bb", "Cc", "Dd"))
    a, b, c, d = ends
    facts = (
        Fact(a, "acquired", b, "Denied"), Fact(b, "acquired", d, "Denied"),
        Fact(a, "supplierOf", c), Fact(c, "supplierOf", b), Fact(b, "supplierOf", d, ended=True),
    )  # fmt: skip
    graph = build_graph([Reading(Article("a", "Un texte."), (a, b, c, d), facts)])
    assert [one[1] for one in said(explain_link(graph, "Aa", "Dd"))] == [
        "Aa acquires Bb", "Bb acquires Dd",
    ]  # fmt: skip
    assert [one[2] for one in said(explain_link(graph, "Cc", "Dd"))] == ["actual", "denied"]


def test_what_cannot_be_explained_is_told(graph: Graph) -> None:
    for one, other, wrong in (
        ("Nordyl", None, "the graph names no 'Nordyl'; nearest: Nordil"),
        ("Gartex", None, "'Gartex': named in 1 article, no fact"),
        ("Gartex", "Vasco", "'Gartex' and 'Vasco' are not linked by any fact"),
        ("Nordil", "Groupe Nordil", "'Nordil' and 'Nordil' are one thing"),
        ("Nordil et Vasco signent un accord", None, "no fact of the graph is about"),
        ("Nordil et Vasco signent un accord", "Hexo", "no thing that a fact could link"),
    ):
        with pytest.raises(KgError, match=wrong):
            explain_link(graph, one, other)


@pytest.mark.parametrize("left_out", [RDF.object, RDF.subject])
def test_a_fact_that_lacks_an_end_is_no_link(graph: Graph, left_out: object) -> None:
    fact = next(iter(graph.subjects(RDF.predicate, KG.subsidiaryOf)))
    graph.remove((fact, left_out, None))  # type: ignore[arg-type]
    with pytest.raises(KgError, match="no fact of the graph is about"):
        explain_link(graph, str(fact))


def test_a_foreign_relation_is_told_by_its_name(graph: Graph) -> None:
    fact = next(iter(graph.subjects(RDF.predicate, KG.subsidiaryOf)))
    graph.set((fact, RDF.predicate, KG.sponsorOf))
    assert explain_link(graph, "Nordil", "Hexo")[0].words == "Nordil sponsorOf Hexo"


def test_hostile_names_are_only_names() -> None:
    # Oxigraph, which looks names up, refuses IRIs that are none.
    graph = luthiers.hostile_graph().remove((None, SKOS.exactMatch, None))
    for one in luthiers.HOSTILE[:2]:
        found = explain_link(graph, one)
        assert found[0].evidence[0].quote == " ".join(luthiers.HOSTILE)
        assert one in {name for it in found for name in (it.subject, it.object)}
        assert all(luthiers.HOSTILE[0] in it.words for it in found)


def test_things_that_are_not_about_are_left_out(graph: Graph) -> None:
    assert not {ORVANE.name, VASCO.name} & {
        name for one in explain_link(graph, "Hexo", "Nordil") for name in (one.subject, one.object)
    }
