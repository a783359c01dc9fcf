"""Laws of networks: who says something, in which order and how often, makes no link more."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx import MultiDiGraph

from kg.graph.rdf import build_graph
from kg.graph.terms import entity_iri
from kg.model import Article, Entity, Fact, Reading
from kg.network import between
from kg.network.between import measure_between
from kg.network.bridges import find_bridges
from kg.network.communities import LEAST, OTHERS, find_communities
from kg.network.links import find_aside, project_network
from kg.network.listing import Listing
from kg.network.measures import list_neighbours, rank_central
from kg.network.network import build_network
from kg.store.engine import engine_of, on_oxigraph
from kg.who.said.files import claim_file

NAMES = [f"{letter}{letter.lower()}" for letter in "ABCDEFGH"]
PLACES = [Entity("Brest", "City"), Entity("Chine", "Country"), Entity("gaz", "CooperationArea")]
THINGS = [*(Entity(name, "Company") for name in NAMES), *PLACES]
PAIRS = st.lists(
    st.tuples(st.sampled_from(THINGS[: len(NAMES)]), st.sampled_from(THINGS)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    min_size=1,
    max_size=10,
)
ARTICLES = st.lists(PAIRS, min_size=2, max_size=4)


def read(name: str, pairs: list[tuple[Entity, Entity]]) -> Reading:
    """Return an article that says so of each pair, in words of its own."""
    text = f"Voici {name}."
    facts = tuple(
        Fact(one, relate(other), other, confidence=0.8, evidence=((0, 5),))
        for one, other in dict.fromkeys(pairs)
    )
    things = tuple(dict.fromkeys(end for pair in pairs for end in pair))
    article = Article(name, text, title=name.upper(), published="2024-03-04")
    return Reading(article, things, facts, ((0, len(text)),))


def relate(other: Entity) -> str:
    named = {"Company": "supplierOf", "CooperationArea": "cooperatesIn"}
    return named.get(other.kind, "operatesIn")


def claim(readings: list[Reading]) -> MultiDiGraph:
    graph = on_oxigraph(build_graph(readings))
    claim_file(engine_of(graph))
    return build_network(graph, lang="en")


def measure(network: MultiDiGraph) -> list[Listing]:
    return [take(network) for take in (rank_central, find_communities, find_bridges)]


@settings(max_examples=20, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(
    articles: list[list[tuple[Entity, Entity]]],
    draw: object,
) -> None:
    readings = [read(f"p-{number}", pairs) for number, pairs in enumerate(articles)]
    once = measure(claim(readings))
    draw.shuffle(readings)  # type: ignore[attr-defined]
    assert measure(claim(readings)) == once


@settings(max_examples=20, deadline=None)
@given(PAIRS, st.integers(2, 5))
def test_a_claim_that_many_articles_tell_is_one_link(
    pairs: list[tuple[Entity, Entity]], count: int
) -> None:
    readings = [read(f"p-{number}", pairs) for number in range(count)]
    network = claim(readings)
    assert network.number_of_edges() == len(set(pairs))
    for *_, said in network.edges(data=True):
        assert (said["sources"], said["voices"], said["confidence"]) == (count, count, 0.8)
    ends = {frozenset(map(entity_iri, pair)) for pair in pairs if pair[1] not in PLACES}
    graph = project_network(network)
    assert {frozenset(edge) for edge in graph.edges()} == {frozenset(map(str, it)) for it in ends}
    for one, other, link in graph.edges(data=True):
        claims = network.number_of_edges(one, other) + network.number_of_edges(other, one)
        assert link["claims"] == claims
        assert link["weight"] == pytest.approx(0.8 * count * claims)


@settings(max_examples=20, deadline=None)
@given(PAIRS)
def test_nothing_goes_through_places_unless_it_may(pairs: list[tuple[Entity, Entity]]) -> None:
    network = build_network(build_graph([read("p-1", pairs)]), lang="en")
    aside = {str(entity_iri(place)) for place in PLACES}
    assert find_aside(network) == aside.intersection(network)
    assert not aside.intersection(project_network(network))
    through = project_network(network, through=("Place", "CooperationArea"))
    assert {*through} == {*network}
    cities = project_network(network, through=("City",))
    assert aside.intersection(cities) <= {str(entity_iri(PLACES[0]))}
    for place in aside.intersection(network):
        assert list_neighbours(network, place).rows


@settings(max_examples=20, deadline=None)
@given(ARTICLES)
def test_each_thing_is_in_one_community_and_small_ones_are_others(
    articles: list[list[tuple[Entity, Entity]]],
) -> None:
    network = claim([read(f"p-{number}", pairs) for number, pairs in enumerate(articles)])
    rows = find_communities(network).rows
    things = [it for row in rows for it in row[-1]]  # type: ignore[union-attr]
    assert sorted(things) == sorted(project_network(network))
    for number, name, size, *_ in rows:
        assert (name == OTHERS) == (number == 0)
        assert number == 0 or size >= LEAST  # type: ignore[operator]
        assert not {*str(name).split(", ")} & {place.name for place in PLACES}


def test_copies_of_one_article_weigh_as_one_voice() -> None:
    words = " ".join(f"mot{number}" for number in range(80))
    pairs = [*pairwise(THINGS[:3])]
    told = [read(f"p-{number}", pairs) for number in range(5)]
    wires = [
        replace(it, article=replace(it.article, text=f"{it.article.text} {words}")) for it in told
    ]
    for *_, said in claim(wires).edges(data=True):
        assert (said["sources"], said["voices"]) == (5, 1)


@pytest.mark.parametrize("seed", range(5))
def test_betweenness_is_what_networkx_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnm_random_graph(30, 45, seed=seed)
    nx.set_edge_attributes(graph, 1.0, "weight")
    right = {node: round(it, 6) for node, it in nx.betweenness_centrality(graph).items()}
    assert measure_between(graph) == pytest.approx(right, abs=1e-6)
    monkeypatch.setattr(between, "EXACT", 0)
    assert measure_between(graph) == pytest.approx(right, abs=1e-6)
