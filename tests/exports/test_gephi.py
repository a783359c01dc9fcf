"""Networks are written as GraphML and GEXF that other tools open, whatever the names in them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from conftest import MARKED
from hypothesis import given
from hypothesis import strategies as st
from luthiers import FACTS, HOSTILE, hostile_graph, make_graph
from lxml import etree
from rdflib import RDF, Graph, Literal, URIRef

from kg import ontology
from kg.exports import gephi
from kg.exports.gephi import find_period, flatten_fact, read_days, write_gexf, write_graphml
from kg.graph.vocabularies import KG
from kg.model import Entity, Fact
from kg.network.network import build_network

GRAPHS = sorted(MARKED.glob("*.ttl"))
#: Elements of GEXF 1.3 that we use → their attributes, and their children in order.
GEXF: dict[str, tuple[str, str]] = {
    "gexf": ("version {http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "meta graph"),
    "meta": ("", "creator"),
    "creator": ("", ""),
    "graph": ("defaultedgetype mode timeformat", "attributes nodes edges"),
    "attributes": ("class mode", "attribute"),
    "attribute": ("id title type", ""),
    "nodes": ("", "node"),
    "node": ("id label", "attvalues"),
    "attvalues": ("", "attvalue"),
    "attvalue": ("for value", ""),
    "edges": ("", "edge"),
    "edge": ("source target id label weight start end kind", "attvalues"),
}
TYPES = {
    "string": str,
    "double": float,
    "long": int,
    "boolean": {"true": 1, "false": 0}.__getitem__,
}


def parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def read_gexf(text: str) -> nx.MultiDiGraph:
    """Read GEXF, of a version that any networkx knows, as a graph of several edges."""
    old = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    found, network = nx.read_gexf(io.BytesIO(old.encode())), nx.MultiDiGraph()
    network.add_nodes_from(found.nodes(data=True))
    network.add_edges_from(
        (one, other, said["id"], said) for one, other, said in found.edges.data()
    )
    return network


def read_graphml(text: str) -> nx.MultiDiGraph:
    return nx.parse_graphml(text, force_multigraph=True)


def check_gexf(text: str) -> None:
    """Check a file against what the schema of GEXF 1.3 says of the elements that we use."""
    root = parse(text)
    assert etree.QName(root).namespace == "http://gexf.net/1.3"
    assert root.get("version") == "1.3"
    for element in root.iter():
        attributes, children = GEXF[local(element)]
        assert set(element.keys()) <= set(attributes.split())
        order = children.split()
        places = [order.index(local(child)) for child in element]
        assert places == sorted(places)
    for kind, tag in (("node", "node"), ("edge", "edge")):
        known = {
            it.get("id"): TYPES[it.get("type")]
            for it in root.iterfind(f"{{*}}graph/{{*}}attributes[@class='{kind}']/{{*}}attribute")
        }
        for value in root.iterfind(f".//{{*}}{tag}/{{*}}attvalues/{{*}}attvalue"):
            known[value.get("for")](value.get("value"))
    nodes = [it.get("id") for it in root.iterfind(".//{*}node")]
    edges = [it.get("id") for it in root.iterfind(".//{*}edge")]
    assert len({*nodes}) == len(nodes)
    assert len({*edges}) == len(edges)
    for edge in root.iterfind(".//{*}edge"):
        assert {edge.get("source"), edge.get("target")} <= {*nodes}
        float(edge.get("weight"))
        days = [date.fromisoformat(edge.get(end)) for end in ("start", "end") if edge.get(end)]
        assert days == sorted(days)
    graph = root.find("{*}graph")
    dated = any(edge.get("start") or edge.get("end") for edge in root.iterfind(".//{*}edge"))
    assert graph.get("mode") == ("dynamic" if dated else "static")
    assert graph.get("timeformat") == ("date" if dated else None)


def check_graphml(text: str) -> None:
    """Check that every value has a key of its element, and reads as that key's type."""
    root = parse(text)
    assert local(root) == "graphml"
    keys = {it.get("id"): it for it in root.iterfind("{*}key")}
    assert len(keys) == len(root.findall("{*}key"))
    names = [(it.get("for"), it.get("attr.name")) for it in keys.values()]
    assert len({*names}) == len(names), "one name with two types"
    for data in root.iterfind(".//{*}data"):
        key = keys[data.get("key")]
        assert key.get("for") == local(data.getparent())
        TYPES[key.get("attr.type")](data.text or "")
    ids = [it.get("id") for it in root.iterfind(".//{*}node")]
    assert len({*ids}) == len(ids)
    for edge in root.iterfind(".//{*}edge"):
        assert {edge.get("source"), edge.get("target")} <= {*ids}


def edges_of(network: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    return set(network.edges(keys=True))


def test_golden_graphs_are_there() -> None:
    assert len(GRAPHS) == 4


@pytest.mark.parametrize("path", GRAPHS, ids=lambda path: path.stem)
def test_golden_graph_is_read_back(path: Path) -> None:
    network = build_network(Graph().parse(path))
    gexf, graphml = write_gexf(network), write_graphml(network)
    check_gexf(gexf)
    check_graphml(graphml)
    for read in (read_gexf(gexf), read_graphml(graphml)):
        assert set(read) == set(network)
        assert edges_of(read) == edges_of(network)
        for one, other, key, said in network.edges(keys=True, data=True):
            found = read.edges[one, other, key]
            assert found["relation"] == said["relation"]
            assert found["modality"] == said["modality"]
            assert found["ended"] is said["ended"]
            assert found["weight"] == found["confidence"] == said["confidence"]
            assert found["quote"] == said["quote"]
            assert found["label"] == said["label"]
            assert (found["quote_begin"], found["quote_end"]) == (said["begin"], said["end"])
        for node, about in network.nodes(data=True):
            assert read.nodes[node]["label"] == about["name"]
            assert read.nodes[node]["class"] == about["kind"]


def test_edges_begin_and_end_in_gephi() -> None:
    one, other = Entity("Ormesson", "Company"), Entity("Valcrux", "Company")
    graph = make_graph(
        Fact(one, "acquired", other, qualifiers={"date": "2011"}),
        Fact(one, "partnerOf", other, qualifiers={"dateMin": "2012-05", "dateMax": "2013"}),
        Fact(one, "supplierOf", other, qualifiers={"announced": "hier"}),
    )
    text = write_gexf(build_network(graph))
    check_gexf(text)
    periods = {
        it.get("kind"): (it.get("start"), it.get("end"))
        for it in parse(text).iterfind(".//{*}edge")
    }
    assert periods == {
        "acquired": ("2011-01-01", None),
        "partnerOf": ("2012-05-01", "2013-12-31"),
        "supplierOf": (None, None),
    }


@pytest.mark.parametrize(
    ("qualifiers", "ended", "period"),
    [
        ({}, False, {}),
        ({"date": "2020-02"}, False, {"start": "2020-02-01"}),
        ({"date": "2020-02"}, True, {"start": "2020-02-01", "end": "2020-02-29"}),
        ({"dateMax": "2025"}, False, {"end": "2025-12-31"}),
        ({"dateMin": "2015", "dateMax": "2014"}, False, {"start": "2015-01-01"}),
        ({"announced": "2020", "date": "2019-01-02"}, False, {"start": "2019-01-02"}),
        ({"date": "hier", "announced": "2020"}, False, {"start": "2020-01-01"}),
        ({"date": "0000"}, False, {}),
        ({"date": "2011-1"}, False, {}),
    ],
)
def test_period(qualifiers: dict[str, str], ended: bool, period: dict[str, str]) -> None:
    assert find_period(qualifiers, ended=ended) == period


@given(text=st.text("0123456789-", max_size=11) | st.dates().map(str))
def test_days_are_days(text: str) -> None:
    for day in read_days(text):
        assert date.fromisoformat(day).isoformat() == day


def test_numbers_are_numbers_and_qualifiers_have_their_names() -> None:
    graph = make_graph(
        Fact(
            Entity("Valcrux", "Company"), "acquired", Entity("Tilsen", "Organization"),
            qualifiers={"amount": Decimal("1500000"), "currency": "EUR", "share": Decimal("7.1")},
        )
    )  # fmt: skip
    [(*_, said)] = read_graphml(write_graphml(build_network(graph))).edges(data=True)
    assert (said["amount"], said["share"], said["currency"]) == (1_500_000.0, 7.1, "EUR")
    assert "value" not in said


def test_weights_and_sources_are_those_of_the_network(say: Callable[..., Graph]) -> None:
    network = build_network(say("Nordil", "acquired", "Vasco"))
    for *_, said in network.edges(data=True):
        said |= {"weight": 0.25, "sources": 3}
    for read in (read_gexf(write_gexf(network)), read_graphml(write_graphml(network))):
        [(*_, found)] = read.edges(data=True)
        assert (found["weight"], found["sources"]) == (0.25, 3)


def test_a_bare_number_is_told_by_its_node() -> None:
    share = Fact(
        Entity("Valcrux", "Company"), "marketShare", Decimal("12.5"), "Planned",
        qualifiers={"asOf": "2019"}, evidence=((0, 8),),
    )  # fmt: skip
    network = build_network(make_graph(share))
    for read in (read_gexf(write_gexf(network)), read_graphml(write_graphml(network))):
        told = [about["values"] for _, about in read.nodes(data=True) if "values" in about]
        assert told == ["marketShare 12.5 (modality Planned, asOf 2019): Luthiers"]


@pytest.mark.parametrize("write", [write_gexf, write_graphml])
def test_order_and_day_change_nothing(write: Callable[[Any], str]) -> None:
    graph = make_graph(*FACTS)
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert write(build_network(turned)) == write(build_network(graph))
    assert "lastmodifieddate" not in write(build_network(graph))
    assert str(date.today().year) not in re.sub("<(node|edge) .*", "", write(build_network(graph)))


@pytest.mark.parametrize("write", [write_gexf, write_graphml])
def test_the_network_stays_as_it_was(write: Callable[[Any], str]) -> None:
    network = build_network(make_graph(*FACTS))
    before = [*network.nodes(data=True)], [*network.edges(keys=True, data=True)]
    write(network)
    assert ([*network.nodes(data=True)], [*network.edges(keys=True, data=True)]) == before
    assert write(nx.MultiDiGraph())


def test_hostile_names_stay_texts() -> None:
    network = build_network(hostile_graph())
    gexf, graphml = write_gexf(network), write_graphml(network)
    check_gexf(gexf)
    check_graphml(graphml)
    names = {gephi.hold_in_xml(name) for name in HOSTILE}
    for read in (read_gexf(gexf), read_graphml(graphml)):
        assert {about["label"] for _, about in read.nodes(data=True)} == names
        assert edges_of(read) == edges_of(network)


@given(text=st.text(min_size=1))
def test_any_text_is_read_back(text: str) -> None:
    network = nx.MultiDiGraph()
    network.add_node("a", name=text, kind="Company", aliases=[], links=[], values=[])
    kept = gephi.hold_in_xml(text)
    assert read_gexf(write_gexf(network)).nodes["a"]["label"] == kept
    assert (read_graphml(write_graphml(network)).nodes["a"]["label"] or "") == kept


def test_foreign_qualifiers_take_no_name_that_is_in_use(say: Callable[..., Graph]) -> None:
    graph = say("Nordil", "acquired", "Vasco")
    fact = graph.value(None, RDF.type, KG.Fact)
    names = ("id", "key", "start", "type", "viz", "weight", "label", "u_for_edge", "a b", "share")
    for name in names:
        graph.add((fact, URIRef(KG + name), Literal("<x>")))  # type: ignore[arg-type]
    network = build_network(graph)
    check_gexf(write_gexf(network))
    check_graphml(write_graphml(network))
    [(*_, said)] = read_graphml(write_graphml(network)).edges(data=True)
    assert said["kg_id"] == said["kg_viz"] == said["kg_a_b"] == said["share_text"] == "<x>"
    assert said["relation"] == "acquired"


def test_no_qualifier_of_the_ontology_has_a_name_that_is_in_use() -> None:
    taken = {
        "id", "key", "start", "end", "type", "viz", "weight", "pid", "parents", "spells", "slices",
        "for", "source", "target", "networkx_key", "fact",
        *flatten_fact(dict.fromkeys(("label", "relation", "modality", "value", "attributed_to",
            "quote", "sentence", "title", "article", "begin", "end"), "1")
            | {"ended": False, "confidence": 1, "sources": 1, "qualifiers": {}}),
    } - {"confidence", "modality", "ended"}  # fmt: skip
    relations = set(
        ontology.relations()
    )  # a role of a deal is called 'target', and is no qualifier
    assert not taken & (ontology.properties().keys() - relations)


def test_a_fact_without_a_relation_breaks_nothing(say: Callable[..., Graph]) -> None:
    graph = say("Nordil", "acquired", "Vasco")
    graph.remove((None, RDF.predicate, None))
    check_gexf(write_gexf(build_network(graph)))
    check_graphml(write_graphml(build_network(graph)))
