"""Readings become the same RDF every time, whatever names and texts hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal

import pyoxigraph as ox
import pytest
from conftest import TESTS
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from kg.graph.rdf import PROV, Scope, build_graph, qualifier, write_turtle
from kg.graph.terms import BASE, FOLDERS, article_iri, date_literal, entity_iri, former_iri, slug
from kg.graph.vocabularies import KG, NIF, SCHEMA
from kg.model import Article, Entity, Fact, Reading

#: All that an UTF-8 text without NUL may hold, and what tends to break Turtle more often.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    ['"""', "\\", '\\"', "\r\n", "<a> .", "'''\\u0041", "}] . #", "@fr", "\x1b[31m\x85\u2028", "𝒳"]
)
NAMES = TEXT.filter(bool)
KINDS = st.sampled_from(sorted(FOLDERS))


def literals(turtle: str, predicate: URIRef) -> set[str]:
    """Return a property's values as another parser than ours reads them."""
    quads = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return {q.object.value for q in quads if q.predicate.value == str(predicate)}  # type: ignore[union-attr]


@given(name=NAMES, alias=NAMES, text=TEXT, kind=KINDS)
@settings(max_examples=150)
def test_names_and_texts_survive(name: str, alias: str, text: str, kind: str) -> None:
    article = Article(name, text + name, title=alias)
    begin = len(text)
    entity = Entity(name, kind, aliases=(alias,), mentions=((begin, begin + len(name)),))
    turtle = write_turtle(build_graph([Reading(article, (entity,))]))
    assert literals(turtle, RDFS.label) == {name, alias}
    assert literals(turtle, NIF.isString) == {text + name}
    assert literals(turtle, NIF.anchorOf) == {name}
    again = Graph().parse(data=turtle, format="turtle")
    assert [str(value) for value in again.objects(None, NIF.isString)] == [text + name]


@given(name=NAMES, kind=KINDS)
def test_every_name_has_a_good_iri(name: str, kind: str) -> None:
    iri = entity_iri(Entity(name, kind))
    assert re.fullmatch(re.escape(BASE) + r"[a-z]+/[\w-]+", iri)
    assert iri == entity_iri(Entity(name, kind))


@given(url=TEXT | TEXT.map("gazette.example/{}".format))
@settings(deadline=None)
def test_no_address_breaks_the_graph(url: str) -> None:
    article = Article("a", "Texte.", url=f"https://{url}")
    turtle = write_turtle(build_graph([Reading(article)]))
    (quad, *_) = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    assert quad.subject == ox.NamedNode(str(article_iri(article)))


@pytest.mark.parametrize(
    "odd", ["\x7f", "\x85", "\u2028", " ", ">", "é", "%", "%2", "#a", "\\", "[x]"]
)
def test_an_odd_address_is_none(odd: str) -> None:
    article = Article("a", "Texte.", url=f"https://gazette.example/a{odd}")
    assert str(article_iri(article)).startswith(f"{BASE}article/a-")


@given(st.permutations(range(4)))
@settings(max_examples=20)
def test_order_of_articles_changes_nothing(order: list[int]) -> None:
    hexo, orvane = Entity("Hexo", "Company"), Entity("Orvane", "Company")
    readings = [
        Reading(
            Article(f"a{n}", f"Hexo achète Orvane {n}."),
            (hexo, orvane),
            (Fact(hexo, "acquired", orvane, evidence=((0, 18),)),),
            ((0, 20),),
        )
        for n in range(4)
    ]
    shuffled = [readings[n] for n in order]
    assert write_turtle(build_graph(shuffled)) == write_turtle(build_graph(readings))


def test_order_of_hashes_changes_nothing() -> None:
    code = (
        "import sys, conftest\nfrom kg.model import Article, Reading\nfrom kg.graph.rdf import *\n"
        "facts = conftest.facts()\n"
        "things = {t for f in facts for t in (f.subject, f.object) if hasattr(t, 'kind')}\n"
        "reading = Reading(Article('n', conftest.TEXT), tuple(things), facts)\n"
        "sys.stdout.write(write_turtle(build_graph([reading])))"
    )
    written = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment, cwd=TESTS, capture_output=True, check=True,
        )  # fmt: skip
        written.add(done.stdout)
    assert len(written) == 1
    assert len(written.pop()) > 5000


def test_only_what_is_so_today_gives_a_direct_triple(graph: Graph) -> None:
    facts = list(graph.subjects(RDF.type, KG.Fact))
    assert len(facts) == 17
    direct = 0
    for fact in facts:
        triple = tuple(graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        so = graph.value(fact, KG.modality) == KG.Actual and not graph.value(fact, KG.ended)
        assert (triple in graph) is so
        direct += so
    assert direct == 13


def test_quotes_are_the_article_s_own_characters(graph: Graph, reading: Reading) -> None:
    spans = list(graph.subjects(NIF.anchorOf, None))
    assert len(spans) > 10
    for span in spans:
        begin, end = (int(str(graph.value(span, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert str(graph.value(span, NIF.anchorOf)) == reading.article.text[begin:end]
        assert str(span).endswith(f"#char={begin},{end}")
        assert graph.value(span, NIF.referenceContext) == article_iri(reading.article)


def test_every_fact_has_evidence_and_nothing_is_blank(graph: Graph) -> None:
    for fact in graph.subjects(RDF.type, KG.Fact):
        assert (fact, PROV.wasDerivedFrom, None) in graph
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_qualifiers_have_their_types(graph: Graph) -> None:
    (share,) = graph.subjects(RDF.predicate, KG.marketShare)
    assert graph.value(share, RDF.object) == Literal(Decimal("12.5"))
    assert graph.value(share, KG.rank) == Literal(1)
    assert graph.value(share, KG.asOf) == Literal("2018", datatype=XSD.gYear)
    assert graph.value(share, KG.market) == URIRef(f"{BASE}market/batteries")
    (bid,) = graph.subjects(RDF.predicate, KG.acquired)
    assert graph.value(bid, KG.amount) == Literal("40000000.0", datatype=XSD.decimal)
    assert graph.value(bid, KG.currency) == Literal("EUR")
    roles = {str(role) for role in graph.objects(None, KG.role)}
    assert roles == {"directrice générale"}


@pytest.mark.parametrize(
    ("name", "value", "term"),
    [
        ("shareMin", Decimal(15), Literal("15.0", datatype=XSD.decimal)),
        ("amountMax", Decimal(3_000_000), Literal("3000000.0", datatype=XSD.decimal)),
        ("count", 400, Literal(400)),
        ("counted", "salariés", Literal("salariés", lang="fr")),
        ("approximate", True, Literal(True)),
        ("dateMin", "2017-07", Literal("2017-07", datatype=XSD.gYearMonth)),
        ("asOfMax", "2020", Literal("2020", datatype=XSD.gYear)),
        ("announced", "2018-03-05", Literal("2018-03-05", datatype=XSD.date)),
        ("currency", "EUR", Literal("EUR")),
    ],
)
def test_a_value_is_typed(name: str, value: str | int | Decimal, term: Literal) -> None:
    assert qualifier(name, value, Scope(BASE, URIRef("urn:a"), "fr")) == term
    assert qualifier(name, value, Scope(BASE, URIRef("urn:a"), "fr")).n3() == term.n3()


def test_text_may_be_left_out(reading: Reading) -> None:
    graph = build_graph([reading], text=False)
    assert (None, NIF.isString, None) not in graph
    assert (None, NIF.anchorOf, None) in graph


def test_base_is_that_of_every_iri(reading: Reading) -> None:
    graph = build_graph([reading], base="https://news.example/")
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    assert not [term for term in terms if term.startswith(BASE)]


def test_graphs_merge_by_union(reading: Reading) -> None:
    once = build_graph([reading])
    twice = build_graph([reading, reading])
    assert set(once) == set(twice)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Groupe Nordil", "Nordil SA"),
        ("L'Oréal", "l’oréal"),
        ("Œuvre & Cie", "Oeuvre & Cie"),
        ("Nordil S.A.", "Nordil, société par actions simplifiée"),
        ("Orvia+", "Orvia Plus"),
    ],
)
def test_forms_of_a_name_meet(one: str, other: str) -> None:
    assert entity_iri(Entity(one, "Company")) == entity_iri(Entity(other, "Company"))


@pytest.mark.parametrize(
    ("name", "kind", "now", "former"),
    [
        ("Société Générale", "Company", "org/societe-generale", "org/generale"),
        ("Compagnie des Alpes", "Company", "org/compagnie-des-alpes", "org/des-alpes"),
        ("Nordil S.A.", "Company", "org/nordil", "org/nordil-s-a"),
        ("Groupe Nordil", "Company", "org/nordil", "org/nordil"),
        ("Nordil SE", "Product", "product/nordil-se", "product/nordil-se"),
        ("Le Mans", "City", "place/le-mans", "place/le-mans"),
    ],
)
def test_only_organizations_change_their_iri(name: str, kind: str, now: str, former: str) -> None:
    entity = Entity(name, kind)
    assert (entity_iri(entity), former_iri(entity)) == (URIRef(BASE + now), URIRef(BASE + former))


def test_things_of_one_name_and_two_kinds_stay_apart() -> None:
    kinds = ("Company", "Product", "Person", "Country", "Market", "CooperationArea")
    assert len({entity_iri(Entity("Orange", kind)) for kind in kinds}) == len(kinds)


def test_names_without_letters_stay_apart() -> None:
    assert slug("!!!") != slug("???")


def test_article_with_an_address_is_that_address() -> None:
    url = "https://gazette.example/2019/accord?x=1"
    assert article_iri(Article("a", "Texte.", url=url)) == URIRef(url)
    assert str(article_iri(Article("a", "Texte."))).startswith(f"{BASE}article/a-")


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2018", XSD.gYear), ("2018-05", XSD.gYearMonth), ("2018-05-26", XSD.date)],
)
def test_dates_have_their_types(text: str, datatype: URIRef) -> None:
    assert date_literal(text).datatype == datatype
    article = Article("a", "Texte.", published=text)
    graph = build_graph([Reading(article)])
    assert graph.value(article_iri(article), SCHEMA.datePublished) == date_literal(text)
