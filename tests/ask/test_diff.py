"""What one graph says and another does not: each kind of change, and the laws of a difference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import luthiers
from conftest import HEXO, JEANNE, NORDIL, ORVANE, VASCO
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.ask.diff import Change, diff_graphs
from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import on_oxigraph

MARKET = Entity("batteries", "Market")
THINGS = (NORDIL, VASCO, HEXO, ORVANE, JEANNE)


def graph_of(*facts: Fact, name: str = "a") -> Graph:
    proved = tuple(fact if fact.evidence else replace(fact, evidence=((0, 2),)) for fact in facts)
    article = Article(name, f"Un texte de {name}.", title=f"Titre {name}")
    return build_graph([Reading(article, THINGS, proved, ((0, 10),))])


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [
        (it.sign, it.words, it.before.modality if it.before else "",
         it.after.modality if it.after else "")
        for it in changes
    ]  # fmt: skip


BOUGHT = Fact(VASCO, "acquired", ORVANE)
HEADS = Fact(JEANNE, "holdsPosition", NORDIL, qualifiers={"role": "présidente"})


def test_each_kind_of_change_is_told_in_the_order_of_its_words() -> None:
    old = graph_of(replace(BOUGHT, modality="Possible"), HEADS, Fact(NORDIL, "supplierOf", HEXO))
    new = graph_of(BOUGHT, replace(HEADS, ended=True), Fact(NORDIL, "partnerOf", VASCO), name="b")
    assert told(diff_graphs(old, new)) == [
        ("~", "Jeanne Ferrand is présidente at Nordil", "actual", "actual, over"),
        ("+", "Nordil and Vasco are partners", "", "actual"),
        ("-", "Nordil supplies Hexo", "actual", ""),
        ("~", "Vasco acquires Orvane", "possible", "actual"),
    ]


def test_a_change_has_its_names_its_quote_and_its_article() -> None:
    [one] = diff_graphs(graph_of(replace(BOUGHT, modality="Planned")), graph_of(BOUGHT, name="b"))
    assert (one.subject, one.relation, one.object, one.role) == ("Vasco", "acquired", "Orvane", "")
    assert one.before is not None
    assert one.after is not None
    assert (one.before.quote, one.before.article) == ("Un", "Titre a")
    assert (one.after.sentence, one.after.article) == ("Un texte d", "Titre b")
    assert one.before.fact != one.after.fact


def test_another_article_or_confidence_is_no_change() -> None:
    other = replace(
        BOUGHT, confidence=0.5, attributed_to=HEXO,
        qualifiers={"amount": Decimal(9), "currency": "EUR"},
    )  # fmt: skip
    assert diff_graphs(graph_of(BOUGHT), graph_of(other, name="b")) == []
    assert diff_graphs(graph_of(BOUGHT), on_oxigraph(graph_of(BOUGHT))) == []


def test_what_holds_both_ways_has_no_direction() -> None:
    one, other = Fact(NORDIL, "partnerOf", VASCO), Fact(VASCO, "partnerOf", NORDIL)
    assert diff_graphs(graph_of(one), graph_of(other)) == []
    turned = replace(BOUGHT, subject=ORVANE, object=VASCO)
    assert [it.sign for it in diff_graphs(graph_of(BOUGHT), graph_of(turned))] == ["+", "-"]


def test_a_position_in_another_role_is_another() -> None:
    other = replace(HEADS, qualifiers={"role": "trésorière"})
    assert told(diff_graphs(graph_of(HEADS), graph_of(other))) == [
        ("-", "Jeanne Ferrand is présidente at Nordil", "actual", ""),
        ("+", "Jeanne Ferrand is trésorière at Nordil", "", "actual"),
    ]


def test_a_share_of_another_size_or_market_is_another() -> None:
    share = Fact(NORDIL, "marketShare", Decimal(9), qualifiers={"market": MARKET})
    bare = replace(share, qualifiers={})
    more = replace(share, object=Decimal(10))
    assert told(diff_graphs(graph_of(share), graph_of(bare, more))) == [
        ("+", "Nordil has 10 % of the market “batteries”", "", "actual"),
        ("-", "Nordil has 9 % of the market “batteries”", "actual", ""),
        ("+", "Nordil has a market share of 9 %", "", "actual"),
    ]


def test_articles_that_disagree_are_told_together() -> None:
    denied = replace(BOUGHT, modality="Denied", confidence=1.0)
    old = graph_of(BOUGHT) + graph_of(denied, name="b")
    [one] = diff_graphs(old, graph_of(replace(BOUGHT, confidence=0.4)))
    assert told([one]) == [("~", "Vasco acquires Orvane", "actual / denied", "actual")]
    assert one.before is not None
    assert one.before.article == "Titre a"
    assert diff_graphs(old, graph_of(denied) + graph_of(BOUGHT, name="b")) == []


def test_it_speaks_french() -> None:
    assert diff_graphs(Graph(), graph_of(BOUGHT), lang="fr")[0].words == "Vasco acquiert Orvane"


def test_hostile_names_are_only_names() -> None:
    graph = luthiers.hostile_graph()
    assert [it.sign for it in diff_graphs(Graph(), graph)] == ["+"] * 6
    assert diff_graphs(graph, graph) == []


FACTS = st.builds(
    Fact,
    subject=st.sampled_from(THINGS[:3]),
    property=st.sampled_from(["partnerOf", "acquired", "holdsPosition", "marketShare"]),
    object=st.sampled_from([*THINGS[:3], Decimal(9)]),
    modality=st.sampled_from(["Actual", "Planned", "Denied"]),
    ended=st.booleans(),
    qualifiers=st.sampled_from([{}, {"role": "membre"}, {"market": MARKET}]),
    confidence=st.sampled_from([0.5, 0.9]),
    evidence=st.sampled_from([((0, 2),), ((3, 8),)]),
)
GRAPHS = st.lists(FACTS, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(GRAPHS, GRAPHS)
def test_the_laws_of_a_difference(some: list[Fact], others: list[Fact]) -> None:
    old, new = graph_of(*some), graph_of(*others, name="b")
    ahead = diff_graphs(old, new)
    back = [replace(it, before=it.after, after=it.before) for it in diff_graphs(new, old)]
    assert ahead == back
    assert diff_graphs(old, old) == diff_graphs(old, graph_of(*some, name="c")) == []
    assert all(it.before or it.after for it in ahead)
    assert all(it.before != it.after for it in ahead)
