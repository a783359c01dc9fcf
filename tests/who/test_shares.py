"""Shares of two markets are two claims, so that one never disputes the other."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from press import make_reading
from test_resolve import decision, make, put

from kg.graph.rdf import build_graph
from kg.model import Entity, Fact, Modality, Reading
from kg.store.engine import engine_of, on_oxigraph
from kg.store.held import Held
from kg.who.said.files import claim_file
from kg.who.said.some import read_claim
from kg.who.view.memory import read_memory_of
from kg.who.view.nudge import nudge
from kg.who.view.resolve import resolve
from kg.who.view.told import list_claims

FIRM = Entity("Nordil", "Company")
CLOUD, CARS = Entity("cloud", "Market"), Entity("voitures", "Market")


def share(market: Entity | None, modality: Modality = "Actual", *, name: str, date: str) -> Reading:
    """Return an article that tells a share of 12 % of a market."""
    words = f"Nordil a 12 % du marché {market.name if market else ''} {name}"
    told = {"market": market} if market else {}
    fact = Fact(FIRM, "marketShare", Decimal(12), modality, qualifiers=told)
    return make_reading(name, date, ((words, fact),))


ARTICLES = (
    share(CLOUD, name="un", date="2024-01-02"),
    share(CARS, "Denied", name="deux", date="2024-01-02"),
    share(CLOUD, name="trois", date="2024-01-02"),
)


def tell(store: ox.Store) -> list[tuple[str, str, int]]:
    """Return how the shares of a store stand."""
    return sorted((it.modality, it.standing, it.articles) for it in list_claims(store))


@pytest.mark.parametrize("as_file", [False, True])
def test_two_markets_are_two_claims_and_no_dispute(as_file: bool) -> None:
    store = engine_of(on_oxigraph(build_graph(ARTICLES))) if as_file else make(ARTICLES)
    if as_file:
        claim_file(store)
    assert tell(store) == [("actual", "agreed", 2), ("denied", "reported", 1)]
    for claim in list_claims(store):
        found = read_claim(store, claim.claim)
        assert found
        assert {it.market.rpartition("/")[2] for it in found.statements} in (
            {"cloud"},
            {"voitures"},
        )


def test_one_market_can_still_be_disputed() -> None:
    store = make((*ARTICLES, share(CLOUD, "Denied", name="quatre", date="2024-01-02")))
    assert ("denied", "disputed", 3) in tell(store)


def test_a_share_without_a_market_is_one_of_its_own() -> None:
    store = make((*ARTICLES, share(None, name="cinq", date="2024-01-02")))
    assert tell(store).count(("actual", "reported", 1)) == 1


def test_the_share_of_one_market_alone_is_wrong() -> None:
    line = decision("Nordil|wrong|https://pressgraph.example/id/market/voitures||marketShare")
    assert tell(make(ARTICLES, [line])) == [("actual", "agreed", 2)]


def test_markets_that_become_one_are_one_claim_by_a_nudge_too() -> None:
    line = decision(
        "https://pressgraph.example/id/market/cloud|same|https://pressgraph.example/id/market/voitures"
    )
    whole, nudged = make(ARTICLES, [line]), make(ARTICLES)
    nudge(
        Held(nudged), read_memory_of(Held(nudged)), [line], check=lambda outcome: None, force=True
    )
    assert tell(whole) == tell(nudged)
    put(whole, ARTICLES[0])
    resolve(Held(whole), [])
    assert tell(whole) == tell(make(ARTICLES))
