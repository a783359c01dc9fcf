"""Graph to network: what becomes a node, what an edge, and what each says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from kg.graph.rdf import build_graph
from kg.graph.terms import BASE
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.network.network import build_network
from kg.store.engine import on_oxigraph

TEXT = (
    "Orvane vient d'un petit port. Selon Clarté Études, Orvane détient 12,5 % du marché "
    "des voiles. Orvane et Belmar étudieront un rapprochement."
)
ORVANE = Entity("Orvane", "Company", ("le voilier",), ("https://www.wikidata.org/entity/Q1",))
BELMAR = Entity("Belmar", "Organization")
STUDY = Entity("Clarté Études", "Company")
SAILS = Entity("voiles", "Market")
SENTENCES = ((0, 29), (30, 94), (95, 140))
PACT = Entity("pacte Orvane–Belmar", "Memorandum")


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def read(*facts: Fact, name: str = "a", text: str = TEXT) -> Reading:
    article = Article(name, text, title="Voiles", published="2020-05-04", source="Le Port")
    return Reading(article, (ORVANE, BELMAR, STUDY, SAILS, PACT), facts, SENTENCES)


def network_of(*facts: Fact):
    return build_network(build_graph([read(*facts)]))


MERGER = Fact(
    ORVANE, "mergedWith", BELMAR, "Possible", confidence=0.7,
    evidence=(span("Orvane et Belmar"),),
)  # fmt: skip
SHARE = Fact(
    ORVANE, "marketShare", Decimal("12.5"), attributed_to=STUDY,
    qualifiers={"market": SAILS, "asOf": "2019-09"}, evidence=(span("12,5 %"),),
)  # fmt: skip


def test_a_fact_is_an_edge_with_its_sentence() -> None:
    [(start, end, said)] = network_of(MERGER).edges(data=True)
    assert (start, end) == (f"{BASE}org/orvane", f"{BASE}org/belmar")
    assert said["relation"] == "mergedWith"
    assert (said["modality"], said["ended"], said["confidence"]) == ("Possible", False, 0.7)
    assert said["quote"] == "Orvane et Belmar"
    assert said["sentence"] == "Orvane et Belmar étudieront un rapprochement."
    assert TEXT[said["begin"] : said["end"]] == said["quote"]
    assert said["title"] == "Voiles"


def test_an_edge_key_is_the_iri_of_its_fact() -> None:
    graph = build_graph([read(MERGER, SHARE)])
    keys = {URIRef(key) for *_, key in build_network(graph).edges(keys=True)}
    assert keys == set(graph.subjects(RDF.type, KG.Fact))


def test_labels_come_in_the_language_that_is_asked_for() -> None:
    graph = build_graph([read(Fact(ORVANE, "subsidiaryOf", BELMAR))])
    labels = [
        said["label"]
        for lang in ("fr", "en")
        for *_, said in build_network(graph, lang=lang).edges(data=True)
    ]
    assert labels == ["filiale de", "subsidiary of"]


def test_a_position_is_labelled_with_its_role() -> None:
    head = Entity("Ada Quint", "Person")
    fact = Fact(head, "holdsPosition", ORVANE, qualifiers={"role": "trésorière"})
    reading = Reading(Article("a", TEXT), (head, ORVANE), (fact,))
    [(*_, said)] = build_network(build_graph([reading])).edges(data=True)
    assert said["label"] == "trésorière"


def test_a_market_share_goes_to_its_market() -> None:
    [(_, end, said)] = network_of(SHARE).edges(data=True)
    assert end == f"{BASE}market/voiles"
    assert said["value"] == "12.5"
    assert said["qualifiers"] == {"asOf": "2019-09", "market": "voiles"}
    assert said["attributed_to"] == "Clarté Études"


def test_a_market_share_without_a_market_is_a_value_of_its_node() -> None:
    network = network_of(Fact(ORVANE, "marketShare", Decimal(9), evidence=(span("12,5 %"),)))
    assert network.number_of_edges() == 0
    [value] = network.nodes[f"{BASE}org/orvane"]["values"]
    assert (value["relation"], value["value"]) == ("marketShare", "9")
    assert value["quote"] == "12,5 %"


def test_an_agreement_is_a_node_with_its_parties() -> None:
    network = network_of(*(Fact(PACT, "party", side) for side in (ORVANE, BELMAR)))
    (pact,) = (node for node in network if "/agreement/" in node)
    assert network.nodes[pact]["kind"] == "Memorandum"
    assert sorted(network.successors(pact)) == [f"{BASE}org/belmar", f"{BASE}org/orvane"]


def test_a_thing_keeps_its_name_aliases_and_links() -> None:
    thing = network_of(MERGER).nodes[f"{BASE}org/orvane"]
    assert (thing["name"], thing["kind"]) == ("Orvane", "Company")
    assert thing["aliases"] == ["le voilier"]
    assert thing["links"] == ["https://www.wikidata.org/entity/Q1"]


def test_of_two_classes_the_narrower_counts() -> None:
    broad = Reading(Article("b", TEXT), (Entity("Orvane", "Organization"),))
    network = build_network(build_graph([broad, read(MERGER)]))
    assert network.nodes[f"{BASE}org/orvane"]["kind"] == "Company"


def test_what_is_only_mentioned_is_a_node_of_its_own() -> None:
    network = network_of(MERGER)
    assert network.degree(f"{BASE}org/clarte-etudes") == 0


def test_one_fact_of_two_articles_is_two_edges() -> None:
    readings = [read(MERGER), read(MERGER, name="b", text=TEXT + " Fin.")]
    assert build_network(build_graph(readings)).number_of_edges() == 2


def test_a_fact_weighs_as_much_as_it_is_sure() -> None:
    [(*_, said)] = network_of(MERGER).edges(data=True)
    assert said["weight"] == said["confidence"] == 0.7


def test_sources_are_the_articles_that_say_the_same_in_the_same_way() -> None:
    turned = replace(MERGER, subject=BELMAR, object=ORVANE, confidence=0.5)
    denied = replace(MERGER, modality="Denied")
    over = replace(MERGER, ended=True)
    again = (span("Orvane et Belmar étudieront un rapprochement"),)
    readings = [
        read(MERGER, replace(MERGER, attributed_to=STUDY, evidence=again), name="a"),
        read(turned, denied, name="b"),
        read(over, replace(MERGER, attributed_to=STUDY), name="c"),
        read(replace(SHARE, object=Decimal(9))), read(SHARE, name="d"), read(SHARE, name="e"),
    ]  # fmt: skip
    said = [about for *_, about in build_network(build_graph(readings)).edges(data=True)]
    found = {(it["modality"], it["ended"], it["value"]): it["sources"] for it in said}
    assert found == {
        ("Possible", False, ""): 3, ("Denied", False, ""): 1, ("Possible", True, ""): 1,
        ("Actual", False, "9"): 1, ("Actual", False, "12.5"): 2,
    }  # fmt: skip
    assert len(said) == 9


def test_what_is_only_turned_is_not_the_same() -> None:
    bought = Fact(ORVANE, "acquired", BELMAR, evidence=(span("Orvane"),))
    sold = Fact(BELMAR, "acquired", ORVANE, evidence=(span("Orvane"),))
    graph = build_graph([read(bought), read(sold, name="b")])
    assert [said["sources"] for *_, said in build_network(graph).edges(data=True)] == [1, 1]


def test_a_number_without_a_market_has_sources_too() -> None:
    bare = Fact(ORVANE, "marketShare", Decimal(9), evidence=(span("12,5 %"),))
    network = build_network(build_graph([read(bare), read(bare, name="b")]))
    values = network.nodes[f"{BASE}org/orvane"]["values"]
    assert [value["sources"] for value in values] == [2, 2]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_oxigraph_gives_the_same_network(graph: Graph, lang: str) -> None:
    graph.add((URIRef("urn:x:thing"), RDF.type, KG.Company))
    one, other = build_network(graph, lang=lang), build_network(on_oxigraph(graph), lang=lang)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    for *_, said in (*one.edges(data=True), *other.edges(data=True)):
        del said["terms"]  # Oxigraph writes 40.0 as 40, and the datatype of plain text
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert one.graph == other.graph
    assert len(one) == 13
    assert one.number_of_edges() == 17


def test_evidence_without_a_sentence_is_its_own_sentence() -> None:
    bare = Reading(Article("a", TEXT), (ORVANE, BELMAR), (MERGER,))
    [(*_, said)] = build_network(build_graph([bare])).edges(data=True)
    assert said["sentence"] == said["quote"] == "Orvane et Belmar"


def test_all_evidence_is_kept_in_the_order_of_the_text() -> None:
    spans = (span("rapprochement"), span("petit port"))
    [(*_, said)] = network_of(Fact(ORVANE, "mergedWith", BELMAR, evidence=spans)).edges(data=True)
    assert [found["quote"] for found in said["evidence"]] == ["petit port", "rapprochement"]
    assert said["quote"] == "petit port"


def test_the_order_of_triples_changes_nothing() -> None:
    graph = build_graph([read(MERGER, SHARE)])
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    one, other = build_network(graph), build_network(turned)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_an_article_keeps_its_address_and_author_and_another_has_none() -> None:
    web = Reading(Article("w", TEXT, url="https://journal.example/voiles", author="Irène Sablon"))
    articles = build_network(build_graph([web, read()])).graph["articles"].values()
    assert sorted((about["url"], about["author"]) for about in articles) == [
        ("", ""),
        ("https://journal.example/voiles", "Irène Sablon"),
    ]


@pytest.mark.parametrize("left_out", [KG.modality, KG.confidence, RDF.object, RDF.subject])
def test_a_fact_that_lacks_a_part_breaks_nothing_and_claims_nothing(left_out: URIRef) -> None:
    graph = build_graph([read(MERGER)])
    graph.remove((None, left_out, None))
    edges = list(build_network(graph).edges(data=True))
    assert len(edges) == (0 if left_out in (RDF.object, RDF.subject) else 1)
    assert all(said["modality"] == "Possible" for *_, said in edges)


def test_a_foreign_relation_keeps_its_name() -> None:
    graph = build_graph([read()])
    fact = URIRef(f"{BASE}fact/x")
    for part, value in (
        (RDF.type, KG.Fact), (RDF.subject, URIRef(f"{BASE}org/orvane")),
        (RDF.predicate, KG.sponsorOf), (RDF.object, URIRef("urn:x:regatta")),
        (KG.modality, KG.Actual), (KG.ended, Literal(True)),
    ):  # fmt: skip
        graph.add((fact, part, value))
    network = build_network(graph)
    [(_, end, said)] = network.edges(data=True)
    assert (said["label"], said["ended"]) == ("sponsorOf", True)
    assert network.nodes[end]["kind"] == "Thing"


def test_an_empty_graph_is_an_empty_network() -> None:
    assert len(build_network(Graph())) == 0
