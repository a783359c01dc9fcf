"""A large page's text: it is a map, what it holds is packed, and no name becomes markup."""

import base64
import html
import json
import re
import zlib
from dataclasses import replace
from itertools import combinations
from typing import Any

import guilds
import pytest
from luthiers import HOSTILE
from rdflib import Graph

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.network.communities import find_communities
from kg.network.network import build_network
from kg.page.large.islands import find_islands, layout_islands
from kg.page.large.map import MOST
from kg.page.view import draw_page


@pytest.fixture(scope="module")
def world() -> Graph:
    """Return twelve guilds of forty: more things than vis-network draws."""
    return guilds.make_guilds(12, 40)


def unpack(page: str) -> dict[str, Any]:
    [packed] = re.findall(r'<script type="text/plain" id="data">([^<]*)</script>', page)
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return data


def test_a_map_holds_the_whole_graph(world: Graph) -> None:
    data = unpack(draw_page(world).html)
    assert len(data["nodes"]) == 12 * 40 + 1
    assert len(data["edges"]) == 12 * (1 + 39 * 3)
    assert {node["label"] for node in data["nodes"]} >= {"Pérouse", "Atelier 11-3"}
    assert set(data["page"]["texts"]["fr"]) == set(data["page"]["texts"]["en"])
    assert data["page"]["articles"][0]["text"]


def test_only_large_graphs_are_maps() -> None:
    assert 'type="text/plain"' not in draw_page(guilds.make_guilds(7, 40)).html
    assert 7 * 40 + 1 <= MOST < 12 * 40 + 1


def test_a_map_loads_nothing_and_runs_one_script(world: Graph) -> None:
    page = draw_page(world).html
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert not re.search(r"url\((?!data:)|@import|WebGL|fetch\(", page)
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy).startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert page.count("<script>") == 1


def test_an_island_is_a_guild_and_no_place_leads_one(world: Graph) -> None:
    network = build_network(world)
    islands = find_islands(network)
    names = [[network.nodes[node]["name"] for node in island.things] for island in islands]
    assert sorted(map(len, names)) == [40] * 11 + [41]  # one has the city
    assert sum("Pérouse" in island for island in names) == 1
    for island in names:
        [number] = {re.sub(r"\D+(\d+).*", r"\1", name) for name in island if name != "Pérouse"}
        assert f"Maître Archet {number}" in island


def test_islands_are_the_communities_that_the_network_verb_lists() -> None:
    network = build_network(build_graph([make_pact()]))
    listing = find_communities(network)
    name, iris = map(listing.columns.index, ("name", "iris"))
    told = [(row[name], {*row[iris]}) for row in listing.rows if row[0]]  # type: ignore[misc]
    islands = find_islands(network)
    called = [[network.nodes[it]["name"] for it in island.best] for island in islands]
    members = [{*island.members} for island in islands]
    assert list(zip(map(", ".join, called), members, strict=True)) == told
    guests = {network.nodes[it]["name"] for island in islands for it in island.guests}
    assert guests == {"Pérouse", "Rabot"}  # a place, and what only a plan links


def make_pact() -> Reading:
    """Return four who are partners, where they are based, and one who may join them."""
    houses = [Entity(f"Maison {n}", "Company") for n in range(4)]
    joiner, city = Entity("Rabot", "Company"), Entity("Pérouse", "City")
    facts = [
        *(Fact(one, "partnerOf", other) for one, other in combinations(houses, 2)),
        *(Fact(one, "basedIn", city) for one in houses),
        Fact(joiner, "partnerOf", houses[0], "Planned"),
    ]
    proved = tuple(replace(fact, evidence=((0, 4),), confidence=0.8) for fact in facts)
    return Reading(Article("pacte", "Tous le disent."), (*houses, joiner, city), proved)


def test_islands_do_not_meet_and_stand_the_same_every_time(world: Graph) -> None:
    network = build_network(world)
    islands = find_islands(network)
    places = layout_islands(network, islands)
    assert places == layout_islands(network, islands)
    assert set(places) == set(network)
    boxes = []
    for island in islands:
        across, down = zip(*(places[node] for node in island.things), strict=True)
        boxes.append((min(across), max(across), min(down), max(down)))
    for number, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[:number]:
            apart = right < other[0] or other[1] < left or bottom < other[2] or other[3] < top
            assert apart


def test_the_same_graph_gives_the_same_map_whatever_its_order(world: Graph) -> None:
    turned = Graph()
    for triple in sorted(world, reverse=True):
        turned.add(triple)
    assert draw_page(world) == draw_page(turned)


def test_hostile_names_never_become_markup() -> None:
    hostile = draw_page(guilds.make_guilds(12, 40, HOSTILE), title=HOSTILE[0]).html
    tame = draw_page(guilds.make_guilds(12, 40)).html
    for markup in ("<script", "</script", "<img", "<svg", "<!--"):
        assert hostile.count(markup) == tame.count(markup)
