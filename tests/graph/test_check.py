"""A good graph passes; a graph with one fault is told of that fault and of no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import promises
import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import PROV
from rdflib.term import Node

from kg.errors import DataError
from kg.graph.check import DIRECT_TRIPLES, Violation, check_graph, read_graph
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.terms import BASE
from kg.graph.vocabularies import KG, NIF
from kg.model import Reading
from kg.store.engine import load_graph

NORDIL, VASCO, HEXO = (URIRef(f"{BASE}org/{name}") for name in ("nordil", "vasco", "hexo"))
ORVANE, JEANNE = URIRef(f"{BASE}org/orvane"), URIRef(f"{BASE}person/jeanne-ferrand")
MARKET = URIRef(f"{BASE}market/batteries")

Fault = Callable[[Graph], object]


def fact(graph: Graph, relation: str = "subsidiaryOf") -> Node:
    """Return the first fact of a relation."""
    return min(graph.subjects(RDF.predicate, KG[relation]))


def span(graph: Graph) -> Node:
    """Return where the text says what the first fact says."""
    found = graph.value(fact(graph), PROV.wasDerivedFrom)
    assert found is not None
    return found


def drop(relation: str, predicate: URIRef) -> Fault:
    """Take a value from a fact."""
    return lambda graph: graph.remove((fact(graph, relation), predicate, None))


def put(relation: str, predicate: URIRef, value: Node) -> Fault:
    """Change a value of a fact."""
    return lambda graph: graph.set((fact(graph, relation), predicate, value))


def more(relation: str, predicate: URIRef, value: Node) -> Fault:
    """Give a fact a second value."""
    return lambda graph: graph.add((fact(graph, relation), predicate, value))


def count(counted: str = "", **values: int | Decimal) -> Fault:
    """Say of a fact how many things it is about, and what they are unless that is given."""

    def fault(graph: Graph) -> None:
        node = fact(graph, "operatesIn")
        words = Literal(counted) if counted else Literal("sites", lang="fr")
        graph.add((node, KG.counted, words))
        for name, number in (values or {"count": 3}).items():
            graph.add((node, KG[name], Literal(number)))

    return fault


def test_a_good_graph_passes(graph: Graph) -> None:
    assert len(list(graph.subjects(RDF.type, KG.Fact))) == 17
    assert check_graph(graph) == []


def test_checking_leaves_the_graph_as_it_was(graph: Graph) -> None:
    before = set(graph)
    check_graph(graph)
    assert set(graph) == before


def test_a_graph_from_a_file_passes(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(write_turtle(graph), encoding="utf-8")
    assert check_graph(load_graph(path)) == []


#: What is done to the good graph, and how the one message that it gives begins.
FAULTS: list[tuple[Fault, str]] = [
    (drop("operatesIn", RDF.subject), "A fact has exactly one subject"),
    (more("operatesIn", RDF.subject, VASCO), "A fact has exactly one subject"),
    (drop("operatesIn", RDF.predicate), "A fact has exactly one predicate"),
    (drop("operatesIn", RDF.object), "A fact has exactly one object"),
    (drop("operatesIn", KG.modality), "A fact has exactly one modality"),
    (put("operatesIn", KG.modality, KG.Certain), "A fact has exactly one modality"),
    (more("operatesIn", KG.modality, KG.Denied), "A fact has exactly one modality"),
    (drop("basedIn", KG.confidence), "A fact has exactly one confidence"),
    (put("basedIn", KG.confidence, Literal(Decimal("1.1"))), "A fact has exactly one confidence"),
    (put("basedIn", KG.confidence, Literal("high")), "A fact has exactly one confidence"),
    (drop("basedIn", PROV.wasDerivedFrom), "A fact has evidence"),
    (put("operatesIn", RDF.subject, JEANNE), "The subject of a fact is of the class"),
    (put("operatesIn", RDF.object, HEXO), "The object of a fact is of the class"),
    (put("operatesIn", RDF.object, Literal("Maroc")), "The object of a fact is of the class"),
    (put("holdsPosition", KG.role, Literal("directrice")), "A role or a kind is text"),
    (put("party", KG.kind, Literal("accord")), "A role or a kind is text"),
    (put("acquired", KG.amount, Literal(Decimal(-1))), "An amount is a decimal"),
    (put("acquired", KG.amountMax, Literal(Decimal(50))), "There is one value of a kind"),
    (more("acquired", KG.amount, Literal(Decimal(50))), "There is one value of a kind"),
    (drop("acquired", KG.currency), "An amount has a currency"),
    (put("acquired", KG.currency, Literal("euros")), "An amount has a currency"),
    (put("marketShare", KG.rank, Literal(0)), "A rank is an integer"),
    (put("marketShare", KG.asOf, Literal("l'an dernier")), "A date is a year"),
    (put("marketShare", KG.market, NORDIL), "The market of a fact"),
    (put("partnerOf", KG.agreement, MARKET), "The agreement of a fact"),
    (put("supplierOf", KG.attributedTo, MARKET), "A fact is attributed to a person"),
    (more("acquired", KG.share, Literal(Decimal(101))), "A share is a decimal"),
    (more("acquired", KG.shareMax, Literal(Decimal(101))), "A share is a decimal"),
    (more("acquired", KG.shareMin, Literal("most")), "A share is a decimal"),
    (put("acquired", KG.approximate, Literal(False)), "Where the numbers are exact"),
    (count(countMin=9, countMax=3), "The least of a range"),
    (count(count=Decimal(3)), "A number of things is an integer"),
    (count(counted="postes"), "What is counted has a name"),
    (more("acquired", KG.ended, Literal(False)), "What is said of an end"),
    (lambda g: g.remove((ORVANE, RDFS.label, None)), "A thing has exactly one label"),
    (lambda g: g.set((ORVANE, RDFS.label, Literal("Orvane"))), "A thing has exactly one label"),
    (lambda g: g.add((HEXO, KG.partnerOf, VASCO)), "No actual fact that is not over backs"),
    (lambda g: g.add((NORDIL, KG.operatesIn, VASCO)), "No actual fact that is not over backs"),
    (lambda g: g.add((JEANNE, KG.holdsPosition, ORVANE)), "No actual fact that is not over backs"),
    (lambda g: g.remove((NORDIL, KG.partnerOf, VASCO)), "The fact is actual and not over"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_one_fault_gives_one_message(graph: Graph, fault: Fault, said: str) -> None:
    fault(graph)
    found = check_graph(graph)
    assert found != []
    assert {v.message[: len(said)] for v in found} == {said}
    assert found == sorted(found)


def test_a_share_of_a_market_is_at_most_all_of_it(graph: Graph) -> None:
    share, much = fact(graph, "marketShare"), Literal(Decimal(101))
    graph.set((share, RDF.object, much))
    graph.set((NORDIL, KG.marketShare, much))
    assert [v.message for v in check_graph(graph)] == ["A market share is from 0 to 100 per cent."]


def test_a_predicate_is_a_relation_of_the_ontology(graph: Graph) -> None:
    graph.set((fact(graph, "operatesIn"), RDF.predicate, KG.likes))
    found = {v.message for v in check_graph(graph)}
    assert "A fact has exactly one predicate, a relation of the ontology." in found


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        (NIF.beginIndex, None, "Evidence has exactly one beginIndex"),
        (NIF.beginIndex, 9_999, "Evidence has exactly one beginIndex"),
        (NIF.endIndex, None, "Evidence has exactly one endIndex"),
        (NIF.endIndex, "end", "Evidence has exactly one endIndex"),
        (NIF.anchorOf, None, "Evidence has exactly one anchorOf"),
        (NIF.referenceContext, None, "Evidence has exactly one referenceContext"),
        (NIF.referenceContext, NORDIL, "Evidence has exactly one referenceContext"),
    ],
)
def test_evidence_is_whole(graph: Graph, part: URIRef, value: object, said: str) -> None:
    node = span(graph)
    graph.remove((node, part, None))
    if value is not None:
        graph.add((node, part, value if isinstance(value, URIRef) else Literal(value)))
    about = [v.message for v in check_graph(graph) if v.node == str(node)]
    assert any(message.startswith(said) for message in about)


def test_every_shape_is_broken_by_some_test(graph: Graph) -> None:
    messages = {str(o) for o in read_graph("shapes.ttl").objects(None, SH.message)}
    begins = [said for _, said in FAULTS] + [said for _, _, said in promises.FAULTS]
    untested = {m for m in messages if not any(m.startswith(said) for said in begins)}
    assert {" ".join(m.split()[:3]) for m in untested} == {
        "A market share", "Evidence has exactly", "A direct triple", "An actual fact",
    }  # fmt: skip


@pytest.mark.parametrize("fault", [fault for fault, said in FAULTS if "not over" in said])
def test_the_shape_of_direct_triples_says_the_same_as_the_check(graph: Graph, fault: Fault) -> None:
    whole = graph + read_graph("pressgraph.ttl")
    shapes, alone = read_graph("shapes.ttl"), [str(DIRECT_TRIPLES)]
    assert validate(whole, shacl_graph=shapes, use_shapes=alone)[0] is True
    fault(whole)
    assert validate(whole, shacl_graph=shapes, use_shapes=alone)[0] is False


def test_a_span_quotes_the_article(graph: Graph) -> None:
    node = span(graph)
    graph.set((node, NIF.anchorOf, Literal("Nordil, filiale de Vasco")))
    said = "The article does not say these words there."
    assert check_graph(graph) == [Violation(str(node), said, "Nordil, filiale de Vasco")]


def test_a_span_of_a_mention_quotes_the_article(reading: Reading) -> None:
    first = replace(reading.entities[0], mentions=((0, 6),))
    graph = build_graph([replace(reading, entities=(first, *reading.entities[1:]))])
    assert check_graph(graph) == []
    mention = next(s for s in graph.subjects(NIF.anchorOf, Literal("Nordil")))
    graph.set((mention, NIF.anchorOf, Literal("Nordal")))
    assert [v.value for v in check_graph(graph)] == ["Nordal"]


def test_a_span_has_the_address_of_its_characters(graph: Graph) -> None:
    node = span(graph)
    graph.set((node, NIF.beginIndex, Literal(0, datatype=XSD.nonNegativeInteger)))
    said = {v.message for v in check_graph(graph)}
    assert said == {"The span's address is not that of its characters."}


def test_spans_are_held_against_the_articles_given(reading: Reading) -> None:
    graph = build_graph([reading], text=False)
    assert check_graph(graph) == []
    assert check_graph(graph, articles=[reading.article]) == []
    graph.set((span(graph), NIF.anchorOf, Literal("Nordil")))
    assert check_graph(graph) == []
    found = check_graph(graph, articles=iter([reading.article]))
    assert [v.message for v in found] == ["The article does not say these words there."]


def test_an_article_given_has_the_text_of_the_graph(reading: Reading) -> None:
    graph = build_graph([reading], base="https://press.example/")
    assert check_graph(graph, articles=[reading.article]) == []
    other = replace(reading.article, text="– " + reading.article.text)
    messages = {v.message for v in check_graph(graph, articles=[other])}
    assert messages == {
        "The article's text is not that of the article given.",
        "The article does not say these words there.",
    }


def test_an_article_of_the_graph_is_among_those_given(reading: Reading, graph: Graph) -> None:
    other = replace(reading.article, name="other", text="Rien.")
    found = check_graph(graph, articles=[other])
    assert [v.message for v in found] == ["The article is not among those given."]


def test_a_fault_in_the_shapes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shapes.ttl").write_text("a b", encoding="utf-8")
    monkeypatch.setattr("kg.graph.check.ontology_folder", lambda: tmp_path)
    with pytest.raises(DataError, match=r"shapes.ttl: cannot be read: .*") as caught:
        read_graph("shapes.ttl")
    assert "\n" not in str(caught.value)
