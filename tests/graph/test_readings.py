"""What `build_graph` writes is read back: the law, and what a graph may lack."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from kg.errors import GraphError
from kg.graph.rdf import DCTERMS, build_graph, write_turtle
from kg.graph.readings import read_readings
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG, NIF, SCHEMA
from kg.model import Article, Entity, Fact, Reader, Reading

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair)))
TUPLES = st.lists(TEXT, max_size=3, unique=True).map(lambda texts: tuple(sorted(texts)))
LINKS = ["https://w3id.org/pressgraph/areas#cloud", "http://www.wikidata.org/entity/Q1"]
PLACES = st.lists(SPANS, max_size=3, unique=True).map(lambda spans: tuple(sorted(spans)))
DECIMALS = st.decimals(0, 10**12, places=2) | st.integers(0, 10**9).map(Decimal)
#: The sentences of a text of 70 characters, each with its end.
SENTENCES = tuple((begin, begin + 9) for begin in range(0, 70, 10))


#: What may be told of a whole deal or agreement.
VALUES = st.fixed_dictionaries(
    {}, optional={"amount": DECIMALS, "currency": TEXT, "date": st.just("2018-05"), "kind": TEXT}
)


@st.composite
def readings(draw: st.DrawFn, name: str = "a") -> Reading:
    """Draw what one article says; all its things have names of their own."""
    article = Article(
        name=name,
        text=draw(TEXT).ljust(70, "x"),
        url=draw(st.sampled_from(["", f"https://gazette.example/2019/{name}?x=1"])),
        title=draw(st.just("") | TEXT),
        published=draw(st.sampled_from(["", "2018", "2018-05", "2018-05-26", "hier"])),
        source=draw(st.just("") | TEXT),
    )
    things = [
        Entity(
            f"{name} {number}",
            draw(st.sampled_from(sorted(FOLDERS))),
            draw(TUPLES),
            tuple(sorted(draw(st.sets(st.sampled_from(LINKS))))),
            draw(PLACES),
            tuple(sorted(draw(VALUES).items())),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    said = [draw(facts(things)) for _ in range(draw(st.integers(0, 4)))]
    once = {(f.subject, f.property, f.object, f.modality, f.ended): f for f in said}
    reader = draw(st.none() | st.builds(Reader, st.just("rules"), st.sampled_from(["1", "0.2.0"])))
    return Reading(article, tuple(things), tuple(once.values()), SENTENCES, reader)


def facts(things: list[Entity]) -> st.SearchStrategy[Fact]:
    """Return what draws a fact about some things."""
    thing = st.sampled_from(things)
    qualifiers: dict[str, Any] = {
        "share": DECIMALS, "amount": DECIMALS, "rank": st.integers(1, 9), "currency": TEXT,
        "date": st.sampled_from(["2018", "2018-05"]), "asOf": st.just("2018-05-26"),
        "kind": TEXT, "market": thing, "agreement": thing, "deal": thing, "shareMin": DECIMALS,
        "amountMax": DECIMALS, "countMin": st.integers(0, 10**6), "counted": TEXT,
        "approximate": st.just(True), "dateMax": st.just("2018-05"), "announced": st.just("2018"),
    }  # fmt: skip
    return st.builds(
        Fact,
        thing,
        st.sampled_from(["partnerOf", "marketShare", "hasArea"]),
        thing | DECIMALS,
        st.sampled_from(["Actual", "Planned", "Possible", "Denied"]),  # type: ignore[arg-type]
        ended=st.booleans(),
        qualifiers=st.fixed_dictionaries({}, optional=qualifiers),
        attributed_to=st.none() | thing,
        confidence=st.integers(0, 100).map(lambda number: number / 100),
        evidence=st.lists(SPANS, min_size=1, max_size=3, unique=True).map(tuple),
    )


def settle(reading: Reading, *, text: bool = True) -> Reading:
    """Return a reading in the order and with the sentences that a graph keeps."""
    said = [replace(fact, evidence=tuple(sorted(fact.evidence))) for fact in reading.facts]
    spans = {span for thing in reading.entities for span in thing.mentions}
    spans.update(span for fact in said for span in fact.evidence)
    article = reading.article if text else replace(reading.article, text="")
    held = [(b, e) for b, e in reading.sentences if any(b <= begin < e for begin, _ in spans)]
    things = sorted(reading.entities, key=lambda thing: (thing.kind, thing.name))
    return Reading(article, tuple(things), tuple(sorted(said, key=repr)), tuple(held))


def same(read: list[Reading], given: list[Reading], *, text: bool = True) -> None:
    """Assert that readings are the same but for their order."""
    assert len(read) == len(given)
    by_name = {reading.article.name: reading for reading in read}
    for wanted in given:
        found, wanted = settle(by_name[wanted.article.name]), settle(wanted, text=text)
        assert found.article == wanted.article
        assert found.entities == wanted.entities
        assert found.sentences == wanted.sentences
        assert all(fact in wanted.facts for fact in found.facts)
        assert all(fact in found.facts for fact in wanted.facts)
        assert len(found.facts) == len(wanted.facts)


@given(pair=st.tuples(readings("a"), readings("b")), text=st.booleans())
@settings(max_examples=150)
def test_what_is_built_is_read_back(pair: tuple[Reading, Reading], text: bool) -> None:
    base = "https://news.example/"
    graph = build_graph(pair, base=base, text=text)
    same(read_readings(graph, base=base), list(pair), text=text)


def test_what_is_written_is_read_back(reading: Reading) -> None:
    graph = Graph().parse(data=write_turtle(build_graph([reading])), format="turtle")
    same(read_readings(graph), [reading])


def test_order_is_that_of_the_text(graph: Graph) -> None:
    (read,) = read_readings(graph)
    assert len(read.facts) == 17
    evidence = [fact.evidence for fact in read.facts]
    assert evidence == sorted(evidence)
    assert list(read.sentences) == sorted(read.sentences)


def test_a_thing_has_its_label_and_narrowest_class() -> None:
    ends = [Entity("Groupe Hexo", "Organization"), Entity("Hexo", "PublicBody")]
    graph = build_graph(Reading(Article(f"a{n}", "Hexo"), (end,)) for n, end in enumerate(ends))
    for reading in read_readings(graph):
        assert reading.entities == (Entity("Hexo", "PublicBody", ("Groupe Hexo",)),)


def test_an_empty_graph_says_nothing() -> None:
    assert read_readings(Graph()) == []


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ((None, DCTERMS.identifier, None), "no http://purl.org/dc/terms/identifier"),
        ((None, RDFS.label, None), "no class, or no name in 'fr'"),
        ((None, RDF.subject, None), "does not mention it"),
        ((None, RDF.object, None), "does not mention it"),
        ((None, SCHEMA.mentions, None), "does not mention it"),
        ((None, KG.modality, None), "no https://w3id.org/pressgraph/ontology#modality"),
        ((None, NIF.beginIndex, None), "beginIndex"),
    ],
)
def test_what_lacks_is_told(graph: Graph, taken: tuple[None, URIRef, None], told: str) -> None:
    with pytest.raises(GraphError, match=told) as error:
        read_readings(graph.remove(taken))
    assert "\n" not in str(error.value)


def test_a_malformed_number_is_told(graph: Graph) -> None:
    (fact,) = graph.subjects(RDF.predicate, KG.marketShare)
    with pytest.raises(GraphError, match="malformed"):
        read_readings(graph.set((fact, KG.confidence, Literal("beaucoup"))))


def test_a_text_is_no_object(graph: Graph) -> None:
    (fact,) = graph.subjects(RDF.predicate, KG.marketShare)
    text = Literal("un tiers", datatype=XSD.string)
    with pytest.raises(GraphError, match="no subject or no object"):
        read_readings(graph.set((fact, RDF.object, text)))
