"""Networks become tables and Cypher that Neo4j takes, and no name in them is ever a command."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from conftest import MARKED
from hypothesis import given
from hypothesis import strategies as st
from luthiers import FACTS, HOSTILE, hostile_graph, make_graph
from rdflib import RDF, Graph, Literal, URIRef

from kg.exports.cells import make_inert
from kg.exports.neo4j import find_labels, quote, quote_name, write_cypher, write_edges, write_nodes
from kg.graph.vocabularies import KG
from kg.model import Entity, Fact, Modality
from kg.network.network import build_network

GRAPHS = sorted(MARKED.glob("*.ttl"))
NAME, STRING, LIST = "`[A-Za-z0-9_]+`", "'#'", r"\[(?:'#'(?:, '#')*)?\]"
MAP = rf"\{{{NAME}: VALUE(?:, {NAME}: VALUE)*\}}".replace(
    "VALUE", rf"(?:{STRING}|{LIST}|-?\d+(?:\.\d+)?(?:e-?\d+)?|true|false)"
)
#: What each line of a script is, once its strings are taken out.
LINES = [
    "CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:`Thing`) REQUIRE n.id IS UNIQUE;",
    rf"MERGE \(n:`Thing` \{{id: {STRING}\}}\) SET n(?::{NAME})+ SET n \+= {MAP};",
    rf"MATCH \(a:`Thing` \{{id: {STRING}\}}\) MATCH \(b:`Thing` \{{id: {STRING}\}}\) "
    rf"MERGE \(a\)-\[r:{NAME} \{{fact: {STRING}\}}\]->\(b\) SET r \+= {MAP};",
]
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
#: Texts that try to end a string of Cypher, above all by what Neo4j unescapes before it parses.
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(["'", "\\", '"', "`", "\\u0027", "\\u005c", "u0027", "\n", ";", "//", "}", "é"])
).map("".join)


def unescape(line: str) -> str:
    """Return a line as Neo4j sees it, which takes escapes by number for characters at once."""
    return re.sub(
        r"\\(?:u+([0-9a-fA-F]{4})|(.))",
        lambda it: chr(int(it[1], 16)) if it[1] else it[0],
        line,
        flags=re.DOTALL,
    )


def take_strings(line: str) -> tuple[str, list[str]]:
    """Return a line with `#` for what its strings hold, and these."""
    strings = []

    def take(found: re.Match[str]) -> str:
        text = re.sub(r"\\(.)", lambda it: ESCAPES.get(it[1], it[1]), found[1], flags=re.DOTALL)
        strings.append(text)
        return "'#'"

    return re.sub(r"'((?:[^'\\]|\\.)*)'", take, unescape(line), flags=re.DOTALL), strings


def read_script(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each line of a script, which must be one of those that we write, and its strings."""
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        assert line.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", line)
        shape, strings = take_strings(line)
        if number == 0:
            assert shape == LINES[0]
        else:
            assert any(re.fullmatch(kind, shape) for kind in LINES[1:]), shape
            yield shape, strings


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def node(name: str, **about: Any) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    network.add_node(
        "urn:x:a", **{"name": name, "kind": "Company", "aliases": [], "links": [], "values": []}
        | about
    )  # fmt: skip
    return network


SHARE = Fact(
    Entity("Valcrux", "Company"), "marketShare", Decimal("12.5"),
    qualifiers={"asOf": "2019", "rank": 1}, confidence=0.8, evidence=((0, 8),),
)  # fmt: skip


def test_golden_graphs_are_there() -> None:
    assert len(GRAPHS) == 4


@pytest.mark.parametrize("path", GRAPHS, ids=lambda path: path.stem)
def test_golden_graph_is_all_there(path: Path) -> None:
    network = build_network(Graph().parse(path))
    nodes, edges = read_csv(write_nodes(network)), read_csv(write_edges(network))
    values = [fact for _, facts in network.nodes(data="values") for fact in facts]
    assert len(nodes) == len(network) + len(values)
    assert len(edges) == network.number_of_edges() + len(values)
    ids = [row["id:ID"] for row in nodes]
    assert len(set(ids)) == len(ids)
    assert {row[end] for row in edges for end in (":START_ID", ":END_ID")} <= set(ids)
    by_fact = {row["fact"]: row for row in edges}
    for one, other, key, said in network.edges(keys=True, data=True):
        row = by_fact[key]
        assert (row[":START_ID"], row[":END_ID"]) == (one, other)
        assert (row["quote"], row["sentence"]) == (said["quote"], said["sentence"])
        assert float(row["confidence:double"]) == said["confidence"]
        assert (int(row["begin:int"]), int(row["end:int"])) == (said["begin"], said["end"])
    lines = list(read_script(write_cypher(network)))
    assert len(lines) == len(nodes) + len(edges)
    assert [strings[0] for shape, strings in lines if shape.startswith("MERGE")] == ids


def test_columns_have_their_types() -> None:
    network = build_network(make_graph(*FACTS, SHARE))
    assert write_nodes(network).partition("\r\n")[0] == (
        "id:ID,name,:LABEL,aliases:string[],links:string[]"
    )
    head = write_edges(network).partition("\r\n")[0].split(",")
    assert head[:5] == [":START_ID", "subject:IGNORE", ":END_ID", "object:IGNORE", ":TYPE"]
    assert head[-2:] == ["begin:int", "end:int"]
    assert {"confidence:double", "weight:double", "sources:int", "ended:boolean"} <= {*head}
    assert {"value:double", "rank:long", "role", "asOf", "date", "market"} <= {*head}
    assert len({*head}) == len(head)


def test_classes_are_labels_with_those_above_them() -> None:
    assert find_labels("JointVenture") == ["JointVenture", "Agreement", "Qualified", "Thing"]
    assert find_labels("Thing") == ["Thing"]
    rows = read_csv(write_nodes(build_network(make_graph(*FACTS))))
    by_name = {row["name"]: row for row in rows}
    assert by_name["Ormesson"][":LABEL"] == "Company;Organization;Agent;Thing"
    assert by_name["Ormesson"]["aliases:string[]"] == "L'Atelier Célèbre"


@pytest.mark.parametrize(
    ("modality", "ended", "kind"),
    [
        ("Actual", False, "acquired"),
        ("Planned", False, "acquired_Planned"),
        ("Possible", False, "acquired_Possible"),
        ("Denied", False, "acquired_Denied"),
        ("Actual", True, "acquired_Over"),
    ],
)
def test_no_plan_has_the_type_of_a_fact(modality: Modality, ended: bool, kind: str) -> None:
    ends = Entity("Ormesson", "Company"), Entity("Valcrux", "Company")
    network = build_network(make_graph(Fact(ends[0], "acquired", ends[1], modality, ended=ended)))
    [row] = read_csv(write_edges(network))
    assert (row[":TYPE"], row["relation"], row["modality"]) == (kind, "acquired", modality)
    assert row["ended:boolean"] == str(ended).lower()
    assert f"[r:`{kind}` {{" in write_cypher(network)


def test_a_bare_number_is_a_node() -> None:
    network = build_network(make_graph(SHARE))
    [number] = [row for row in read_csv(write_nodes(network)) if row[":LABEL"] == "Value;Thing"]
    [row] = read_csv(write_edges(network))
    assert (number["name"], number["id:ID"]) == ("12.5", row["fact"])
    assert row[":END_ID"] == row["fact"]
    assert row[":TYPE"] == "marketShare"
    assert (row["value:double"], row["rank:long"], row["asOf"]) == ("12.5", "1", "2019")
    assert row["quote"] == "Luthiers"
    assert "`value`: 12.5" in write_cypher(network)


def test_weights_and_sources_are_those_of_the_network(say: Callable[..., Graph]) -> None:
    network = build_network(say("Nordil", "acquired", "Vasco"))
    for *_, said in network.edges(data=True):
        said |= {"weight": 0.25, "sources": 3}
    [row] = read_csv(write_edges(network))
    assert (row["weight:double"], row["sources:int"]) == ("0.25", "3")
    assert "`weight`: 0.25, `sources`: 3" in write_cypher(network)


@pytest.mark.parametrize("write", [write_nodes, write_edges, write_cypher])
def test_order_changes_nothing(write: Callable[[Any], str]) -> None:
    graph = make_graph(*FACTS, SHARE)
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert write(build_network(turned)) == write(build_network(graph))


def test_hostile_names_are_cells_and_strings() -> None:
    network = build_network(hostile_graph())
    nodes, edges = read_csv(write_nodes(network)), read_csv(write_edges(network))
    assert {row["name"] for row in nodes} == {*map(make_inert, HOSTILE)}
    assert {row["role"] for row in edges} == {HOSTILE[0]}
    assert {row["title"] for row in edges} == {HOSTILE[0]}
    told = {text for _, strings in read_script(write_cypher(network)) for text in strings}
    assert told >= {*HOSTILE}


@given(text=TEXTS)
def test_any_text_is_read_back_from_cypher(text: str) -> None:
    assert take_strings(quote(text)) == ("'#'", [text])
    [(_, strings)] = read_script(write_cypher(node(text, aliases=[text], links=[text])))
    assert strings == ["urn:x:a", text, text, text]


@given(text=TEXTS)
def test_any_text_is_read_back_from_csv(text: str) -> None:
    [row] = read_csv(write_nodes(node(text, aliases=[text, "b"])))
    assert row["name"] == make_inert(text)
    assert row["aliases:string[]"] == make_inert(f"{text.replace(';', ',')};b")


@given(text=TEXTS)
def test_any_name_stays_between_its_quotes(text: str) -> None:
    assert re.fullmatch("`[A-Za-z0-9_]*`", quote_name(text))


def test_half_a_pair_of_surrogates_is_a_question_mark() -> None:
    assert "a?" in write_nodes(node("a\ud83d")).encode().decode()
    assert "a?" in write_cypher(node("a\ud83d")).encode().decode()


def test_foreign_terms_are_names_or_texts(say: Callable[..., Graph]) -> None:
    graph = say("Nordil", "acquired", "Vasco")
    fact = graph.value(None, RDF.type, KG.Fact)
    assert fact
    graph.set((fact, RDF.predicate, URIRef("urn:x:`]-() DETACH DELETE a //")))
    for name, value in (("a:int", "<x>"), ("rank", "first"), ("amount", "1" + "0" * 400)):
        graph.add((fact, URIRef(KG + name), Literal(value)))
    network = build_network(graph)
    [row] = read_csv(write_edges(network))
    assert (row["kg_a_int"], row["rank_text"], len(row["amount_text"])) == ("<x>", "first", 401)
    assert re.fullmatch("[A-Za-z0-9_]+", row[":TYPE"])
    assert len(list(read_script(write_cypher(network)))) == 3


def test_numbers_are_those_of_cypher(say: Callable[..., Graph]) -> None:
    graph = say("Nordil", "acquired", "Vasco")
    fact = graph.value(None, RDF.type, KG.Fact)
    assert fact
    graph.add((fact, KG.amount, Literal(Decimal("12") * 10**20)))
    graph.add((fact, KG.approximate, Literal(True)))
    script = write_cypher(build_network(graph))
    assert "`amount`: 1.2e21" in script
    assert "`approximate`: true" in script
    assert "`ended`: false" in script
    assert len(list(read_script(script))) == 3
