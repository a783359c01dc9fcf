"""Measures of networks whose right answers are known by hand."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations

import luthiers
import networkx as nx
import pytest
from conftest import BATTERIES, NORDIL
from networkx import MultiDiGraph
from rdflib import Graph, URIRef

from kg.errors import KgError
from kg.graph.rdf import build_graph
from kg.graph.terms import BASE, entity_iri
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.network import between
from kg.network.bridges import find_bridges, size_sides
from kg.network.communities import find_communities
from kg.network.links import STATES, project_network
from kg.network.listing import PROOFS, Listing
from kg.network.measures import find_path, list_neighbours, rank_central
from kg.network.network import build_network

MEASURES = (rank_central, find_communities, find_bridges)


def company(name: str) -> Entity:
    return Entity(name, "Company")


def say(
    one: str,
    other: str,
    modality: Modality = "Actual",
    relation: str = "supplierOf",
    **more: object,
) -> Fact:
    """Return a fact between two companies, or from a company to an area."""
    kind = "CooperationArea" if relation == "cooperatesIn" else "Company"
    return Fact(company(one), relation, Entity(other, kind), modality, evidence=((0, 2),), **more)  # type: ignore[arg-type]


def network_of(*facts: Fact) -> MultiDiGraph:
    things = {it for fact in facts for it in (fact.subject, fact.object) if isinstance(it, Entity)}
    reading = Reading(Article("a", "Un fait.", title="Faits"), tuple(things), facts, ((0, 8),))
    return build_network(build_graph([reading]), lang="en")


def iri(name: str) -> str:
    return str(entity_iri(company(name)))


def column(listing: Listing, name: str) -> list[object]:
    return [row[listing.columns.index(name)] for row in listing.rows]


def clique(*names: str) -> list[Fact]:
    return [say(one, other) for one, other in combinations(names, 2)]


def triangle(names: Iterable[str]) -> list[Fact]:
    return [say(one, other) for one, other in combinations(names, 2)]


def test_the_middle_of_a_star_is_central_and_its_points_are_equal() -> None:
    found = rank_central(network_of(*(say("Mitte", point) for point in ("Dora", "Cyr", "Bob"))))
    told = ("name", "class", "links", "pagerank", "betweenness", "cut", *PROOFS, "iri")
    assert found.columns == told
    assert [row[:3] for row in found.rows] == [
        ("Mitte", "Company", 3), ("Bob", "Company", 1), ("Cyr", "Company", 1),
        ("Dora", "Company", 1),
    ]  # fmt: skip
    assert column(found, "betweenness") == [1.0, 0.0, 0.0, 0.0]
    assert column(found, "cut") == ["yes", "", "", ""]
    ranks = column(found, "pagerank")
    assert ranks[1] == ranks[2] == ranks[3]
    assert ranks[0] == pytest.approx(0.15 / 4 + 0.85 * 3 * ranks[1], abs=1e-5)  # type: ignore[operator]


def test_ways_between_are_those_with_fewest_links() -> None:
    ring = [say(*ends) for ends in (("Aa", "Bb"), ("Bb", "Cc"), ("Aa", "Dd"), ("Dd", "Cc"))]
    found = rank_central(network_of(*ring, say("Cc", "Ee"), say("Ee", "Ff", confidence=0.1)))
    between = dict(zip(column(found, "name"), column(found, "betweenness"), strict=True))
    assert between["Cc"] > between["Ee"] > between["Bb"] == between["Dd"] > between["Ff"] == 0


def test_links_weigh_the_sum_of_their_facts() -> None:
    facts = (
        say("Aa", "Bb", confidence=0.5), say("Bb", "Aa", confidence=0.25),
        say("Aa", "Bb", "Planned", confidence=0.5), say("Aa", "Aa"),
    )  # fmt: skip
    graph = project_network(network_of(*facts))
    [(_, _, link)] = graph.edges(data=True)
    assert (link["weight"], link["claims"]) == (0.75, 2)
    assert link["link"].subject == iri("Aa")
    assert project_network(network_of(*facts), STATES).edges[iri("Aa"), iri("Bb")]["claims"] == 3


def test_what_is_not_so_now_is_no_link_unless_asked_for() -> None:
    network = network_of(
        say("Aa", "Bb"), say("Aa", "Cc", "Planned"), say("Aa", "Dd", "Denied"),
        say("Aa", "Ee", ended=True),
    )  # fmt: skip

    def names(*modalities: str) -> set[object]:
        return set(column(rank_central(network, modalities=modalities), "name")) - {"Aa"}

    assert set(column(rank_central(network), "name")) == {"Aa", "Bb"}
    assert names("Planned") == {"Cc"}
    assert names("Actual", "Denied") == {"Bb", "Dd"}
    assert names("Over") == {"Ee"}
    assert names(*STATES) == {"Bb", "Cc", "Dd", "Ee"}
    with pytest.raises(KgError, match="modality 'actual': unknown; give Actual, Planned, "):
        names("actual")


def test_the_shortest_way_counts_hops_first() -> None:
    network = network_of(
        say("Aa", "Zz", confidence=0.1),
        *(say(*pair) for pair in (("Aa", "Bb"), ("Bb", "Zz"))),
    )  # fmt: skip
    found = find_path(network, iri("Aa"), iri("Zz"))
    assert (column(found, "from"), column(found, "to")) == (["Aa"], ["Zz"])


def test_of_ways_as_short_the_surest_then_the_first_by_name_is_taken() -> None:
    ends = [(say("Aa", it), say(it, "Zz")) for it in ("Cc", "Bb")]
    network = network_of(*(fact for pair in ends for fact in pair))
    assert column(find_path(network, iri("Aa"), iri("Zz")), "to") == ["Bb", "Zz"]
    sure = (say("Aa", "Dd", confidence=0.9), say("Dd", "Zz", confidence=0.9))
    weak = (say("Aa", "Bb", confidence=1.0), say("Bb", "Zz", confidence=0.8))
    assert column(find_path(network_of(*sure, *weak), iri("Aa"), iri("Zz")), "to") == ["Dd", "Zz"]


def test_each_hop_has_its_fact_with_its_direction() -> None:
    network = network_of(
        say("Aa", "Bb", confidence=0.8), say("Aa", "Bb", relation="acquired"),
        say("Cc", "Bb", relation="partnerOf"), say("Dd", "Cc", relation="subsidiaryOf"),
    )  # fmt: skip
    found = find_path(network, URIRef(iri("Aa")), [iri("Dd"), "urn:nothing"])
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["step"], row["from"], row["direction"], row["to"]) for row in rows] == [
        (1, "Aa", "→", "Bb"), (2, "Bb", "↔", "Cc"), (3, "Cc", "←", "Dd"),
    ]  # fmt: skip
    assert [row["relation"] for row in rows] == ["acquired", "partner of", "subsidiary of"]
    first = rows[0]
    assert (first["modality"], first["confidence"], first["sources"]) == ("actual", 1.0, 1)
    assert (first["quote"], first["sentence"], first["article"]) == ("Un", "Un fait.", "Faits")
    assert (first["from_iri"], first["to_iri"]) == (iri("Aa"), iri("Bb"))
    assert str(first["fact"]).startswith(f"{BASE}fact/")


def test_what_nothing_links_is_told() -> None:
    network = network_of(say("Aa", "Bb"), say("Bb", "Cc", "Planned"))
    said = "'Aa' and 'Cc' are not linked by what is actual; allow more modalities"
    with pytest.raises(KgError, match=said):
        find_path(network, iri("Aa"), iri("Cc"))
    assert len(find_path(network, iri("Aa"), iri("Cc"), modalities=("Actual", "Planned")).rows) == 2
    network.add_node("urn:x", name="Xx", kind="Company", values=[])
    with pytest.raises(KgError, match="'Aa' and 'Xx' are not linked by any fact"):
        find_path(network, iri("Aa"), "urn:x", modalities=STATES)
    with pytest.raises(KgError, match="'Aa' and 'Aa' are one thing; name two"):
        find_path(network, iri("Aa"), iri("Aa"))
    with pytest.raises(KgError, match="urn:y: no thing that a fact could link"):
        find_path(network, iri("Aa"), "urn:y")


def test_a_market_share_links_and_tells_its_number(graph: Graph) -> None:
    network = build_network(graph, lang="en")
    found = list_neighbours(network, entity_iri(BATTERIES))
    assert [row[:4] for row in found.rows] == [("←", "market share (%) 12.5", "Nordil", "Company")]
    assert "batteries" not in column(list_neighbours(network, entity_iri(NORDIL)), "name")
    whole = list_neighbours(network, entity_iri(NORDIL), through=("Market",))
    assert "batteries" in column(whole, "name")


def test_neighbours_are_listed_fact_by_fact_the_surest_first() -> None:
    network = network_of(
        say("Aa", "Bb", confidence=0.5), say("Cc", "Aa", confidence=0.9, relation="acquired"),
        say("Aa", "Dd", confidence=0.9), say("Aa", "Bb", "Possible"), say("Bb", "Cc"),
    )  # fmt: skip
    found = list_neighbours(network, iri("Aa"))
    assert [row[:3] for row in found.rows] == [
        ("←", "acquired", "Cc"), ("→", "supplier of", "Dd"), ("→", "supplier of", "Bb"),
    ]  # fmt: skip
    both = list_neighbours(network, [iri("Aa"), iri("Cc")])
    assert column(both, "name") == ["Bb", "Dd", "Bb"]
    with pytest.raises(KgError, match="no thing"):
        list_neighbours(network, "Aa")


def test_two_groups_are_two_communities_with_their_areas() -> None:
    network = network_of(
        *clique("Aa", "Bb", "Cc", "Xx"), *clique("Dd", "Ee", "Ff", "Yy"), say("Gg", "Hh"),
        say("Cc", "Dd", confidence=0.1),
        say("Aa", "eau", relation="cooperatesIn"), say("Bb", "gaz", relation="cooperatesIn"),
        say("Cc", "gaz", relation="cooperatesIn"),
        say("Ee", "bois", "Planned", relation="cooperatesIn"),
    )  # fmt: skip
    found = find_communities(network)
    told = ("community", "name", "things", "members", "areas")
    assert found.columns == (*told, *PROOFS, "iris")
    assert [row[:3] for row in found.rows] == [
        (1, "Cc, Aa, Bb", 4), (2, "Dd, Ee, Ff", 4), (0, "others", 2),
    ]  # fmt: skip
    assert column(found, "members")[2] == ("Gg", "Hh")
    assert column(found, "areas") == [("gaz", "eau"), (), ()]
    assert column(found, "confidence") == [1.0, 1.0, 1.0]
    assert column(found, "main_source") == ["Faits", "Faits", "Faits"]


def test_no_community_is_named_after_a_place_or_an_agreement() -> None:
    shops = ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff")
    stars = [say(it, "gaz", relation="cooperatesIn") for it in shops]
    assert find_communities(network_of(*stars)).rows == ()
    (one,) = find_communities(network_of(*stars), through=("CooperationArea",)).rows
    assert one[1] == "Aa, Bb, Cc"
    assert one[3][0] == "gaz"  # type: ignore[index]


def test_a_bridge_tells_its_sides_and_its_surest_fact() -> None:
    network = network_of(
        *triangle(("Aa", "Bb", "Cc")), *triangle(("Dd", "Ee", "Ff")), say("Ff", "Gg"),
        say("Dd", "Cc", confidence=0.4), say("Dd", "Cc", confidence=0.6, relation="acquired"),
    )  # fmt: skip
    found = find_bridges(network)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["one"], row["other"], row["one_side"], row["other_side"]) for row in rows] == [
        ("Dd", "Cc", 4, 3), ("Ff", "Gg", 6, 1),
    ]  # fmt: skip
    first = rows[0]
    assert (first["direction"], first["relation"], first["claims"]) == ("→", "acquired", 2)
    assert first["sentence"] == "Un fait."


@pytest.mark.parametrize("seed", range(20))
def test_sides_are_those_of_the_parts_that_a_removal_leaves(seed: int) -> None:
    draw = random.Random(seed)
    graph = nx.gnm_random_graph(12, draw.randint(6, 14), seed=seed)
    graph = nx.relabel_nodes(graph, {number: f"n{number:02}" for number in graph})
    found = size_sides(graph)
    assert set(found) == {tuple(sorted(bridge)) for bridge in nx.bridges(graph)}
    for (one, other), sizes in found.items():
        rest = graph.copy()
        rest.remove_edge(one, other)
        assert sizes == tuple(len(nx.node_connected_component(rest, it)) for it in (one, other))


def test_large_networks_are_sampled_the_same_way_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build_network(luthiers.large_graph(60))
    exact = rank_central(network)
    monkeypatch.setattr(between, "EXACT", 10)
    monkeypatch.setattr(between, "DRAWN", 10**9)
    assert rank_central(network) == exact
    monkeypatch.setattr(between, "DRAWN", 1)
    drawn = rank_central(network)
    assert drawn == rank_central(network)
    assert column(drawn, "pagerank") == column(exact, "pagerank")
    assert column(drawn, "betweenness") != column(exact, "betweenness")


def test_the_order_of_sets_changes_nothing() -> None:
    code = (
        "from luthiers import large_graph\n"
        "from kg.network.network import build_network\n"
        "from kg.network.bridges import find_bridges\n"
        "from kg.network.communities import find_communities\n"
        "from kg.network.measures import rank_central\n"
        "network = build_network(large_graph(40))\n"
        "print(find_communities(network), rank_central(network), find_bridges(network))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0] == said[1]
    assert len(said[0]) > 1000


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_linked_is_nothing_measured(measure: object) -> None:
    assert callable(measure)
    assert measure(build_network(Graph())).rows == ()
    assert measure(network_of(say("Aa", "Bb", "Planned"))).rows == ()


@pytest.mark.parametrize("measure", MEASURES)
def test_hostile_names_are_only_names(measure: object) -> None:
    assert callable(measure)
    found = measure(build_network(luthiers.hostile_graph()))
    assert found.rows
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_a_confidence_of_nothing_breaks_nothing() -> None:
    network = network_of(say("Aa", "Bb", confidence=0.0), say("Bb", "Cc", confidence=0.0))
    assert column(rank_central(network), "name") == ["Bb", "Aa", "Cc"]
    assert len(find_path(network, iri("Aa"), iri("Cc")).rows) == 2
