"""Deals and agreements are things of their own, on which stands what is told of them as a whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from rdflib import RDF

from kg.ask.query import run_query
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.reader.nodes.agreements import add_agreements
from kg.reader.nodes.deals import add_deals

TEXT = (
    "Nordil et Vasco rachètent Orvane à Hexo pour 40 millions d'euros. "
    "Belmar lève 12 millions auprès de Nordil. Vasco y participe."
)
NORDIL, VASCO, ORVANE, HEXO, BELMAR = (
    Entity(name, "Company") for name in ("Nordil", "Vasco", "Orvane", "Hexo", "Belmar")
)
PRICE = {"amount": Decimal(40_000_000), "currency": "EUR"}
ROUND = {"amount": Decimal(12_000_000), "currency": "EUR"}


def said(words: str) -> tuple[tuple[int, int], ...]:
    begin = TEXT.index(words)
    return ((begin, begin + len(words)),)


BOUGHT = said("Nordil et Vasco rachètent Orvane")
FACTS = (
    Fact(NORDIL, "acquired", ORVANE, qualifiers=PRICE, confidence=0.9, evidence=BOUGHT),
    Fact(VASCO, "acquired", ORVANE, qualifiers=PRICE, confidence=0.8, evidence=BOUGHT),
    Fact(ORVANE, "subsidiaryOf", HEXO, ended=True, evidence=said("Orvane à Hexo")),
    Fact(NORDIL, "investedIn", BELMAR, qualifiers=ROUND, evidence=said("Belmar lève 12 millions")),
    Fact(VASCO, "investedIn", BELMAR, evidence=said("Vasco y participe")),
    Fact(HEXO, "holdsStakeIn", BELMAR, evidence=said("Hexo")),
)


def reading(*facts: Fact) -> Reading:
    return Reading(Article("a", TEXT), (NORDIL, VASCO, ORVANE, HEXO, BELMAR), facts)


def deals(of: Reading) -> list[Entity]:
    return [entity for entity in of.entities if entity.kind in ("Acquisition", "FundingRound")]


def test_buyers_in_the_same_words_are_those_of_one_deal() -> None:
    found = add_deals(reading(*FACTS))
    bought, raised = deals(found)
    assert (bought.kind, raised.kind) == ("Acquisition", "FundingRound")
    roles = [(f.property, f.object) for f in found.facts if f.subject == bought]
    assert roles == [("buyer", NORDIL), ("buyer", VASCO), ("target", ORVANE), ("seller", HEXO)]
    assert [f.object for f in found.facts if f.subject == raised] == [NORDIL, VASCO, BELMAR]


def test_an_amount_stands_on_the_deal_and_not_on_each_buyer() -> None:
    found = add_deals(reading(*FACTS))
    assert [dict(deal.values) for deal in deals(found)] == [PRICE, ROUND]
    for fact in found.facts[:2]:
        assert set(fact.qualifiers) == {"deal"}


def test_in_what_the_parties_differ_stays_theirs() -> None:
    shares = [replace(FACTS[n], qualifiers={"share": Decimal(s)}) for n, s in enumerate((40, 60))]
    found = add_deals(reading(*shares))
    (deal,) = deals(found)
    assert not deal.values
    assert [fact.qualifiers["share"] for fact in found.facts[:2]] == [40, 60]


def test_rounds_of_other_figures_are_other_rounds() -> None:
    later = replace(FACTS[4], qualifiers={"amount": Decimal(90_000_000), "currency": "EUR"})
    one, other = deals(add_deals(reading(FACTS[3], later)))
    assert (dict(one.values)["amount"], dict(other.values)["amount"]) == (12_000_000, 90_000_000)


def test_a_merger_of_three_is_one_deal() -> None:
    facts = (
        Fact(NORDIL, "mergedWith", VASCO, evidence=BOUGHT),
        Fact(VASCO, "mergedWith", ORVANE, evidence=BOUGHT),
    )
    found = add_deals(reading(*facts))
    (node,) = (entity for entity in found.entities if entity.kind == "Merger")
    assert {f.object for f in found.facts if f.subject == node} == {NORDIL, VASCO, ORVANE}


def test_two_articles_on_one_deal_keep_their_figures_apart() -> None:
    first = replace(FACTS[0], qualifiers=PRICE)
    second = replace(FACTS[0], qualifiers={"amount": Decimal(37), "currency": "USD"})
    told = [
        add_deals(replace(reading(fact), article=Article(name, TEXT)))
        for name, fact in (("a", first), ("b", second))
    ]
    graph = build_graph(told)
    assert len(set(graph.subjects(RDF.type, KG.Acquisition))) == 2
    assert check_graph(graph) == []
    rows = {(float(row[0]), str(row[1])) for row in run_query(graph, "deals-by-amount")}
    assert rows == {(40_000_000.0, "EUR"), (37.0, "USD")}


def test_one_buyer_alone_keeps_the_amount_beside_the_deal() -> None:
    found = add_deals(reading(FACTS[0]))
    (deal,) = deals(found)
    assert found.facts[0].qualifiers == {**PRICE, "deal": deal}
    assert dict(deal.values) == PRICE


def test_a_stake_that_is_held_is_no_deal() -> None:
    assert not deals(add_deals(reading(FACTS[5])))


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Denied"])
def test_a_deal_is_put_forward_as_its_facts_are(modality: str) -> None:
    found = add_deals(reading(replace(FACTS[0], modality=modality), FACTS[2]))
    graph = build_graph([found])
    (deal,) = deals(found)
    assert {f.modality for f in found.facts if f.subject == deal} == {modality}
    assert not list(graph.subject_objects(KG.buyer))
    assert check_graph(graph) == []


def test_other_words_tell_of_another_deal() -> None:
    other = replace(FACTS[1], evidence=said("Vasco y participe"))
    assert len(deals(add_deals(reading(FACTS[0], other)))) == 2


def test_what_is_told_of_an_agreement_stands_on_it() -> None:
    pact = Entity("accord Nordil – Vasco", "Agreement")
    facts = (
        Fact(pact, "party", NORDIL, qualifiers={"kind": "accord", "date": "2019"}, evidence=BOUGHT),
        Fact(NORDIL, "partnerOf", VASCO, qualifiers={"agreement": pact}, evidence=BOUGHT),
    )
    given = Reading(Article("a", TEXT), (NORDIL, VASCO, pact), facts)
    found = add_deals(given)
    (node,) = (entity for entity in found.entities if entity.kind == "Agreement")
    assert dict(node.values) == {"kind": "accord", "date": "2019"}
    assert found.facts[0].subject == node
    assert not found.facts[0].qualifiers
    assert found.facts[1].qualifiers["agreement"] == node


def test_without_deals_nothing_changes() -> None:
    plain = reading(FACTS[2], FACTS[5])
    assert add_deals(plain) == replace(plain, facts=tuple(plain.facts))


def test_a_unit_of_several_parties_is_told_once_with_the_surest() -> None:
    words = "Nordil et Vasco signent un accord sur Belmar, leur filiale commune."
    text, evidence = f"{words} {TEXT}", ((0, len(words) - 1),)
    signed = Fact(NORDIL, "partnerOf", VASCO, confidence=0.9, evidence=evidence)
    units = [
        Fact(BELMAR, "subsidiaryOf", party, confidence=sure, evidence=evidence)
        for party, sure in ((NORDIL, 0.4), (VASCO, 0.6))
    ]
    read = Reading(Article("a", text), (NORDIL, VASCO, BELMAR), (signed, *units))
    found = add_agreements(read)
    (unit,) = (fact for fact in found.facts if fact.property == "concernsUnit")
    assert (unit.object, unit.confidence) == (BELMAR, 0.6)
    assert check_graph(build_graph([found])) == []
