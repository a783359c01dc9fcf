"""What rdflib does with a graph that is asked finds what is said there, nothing that follows."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from importlib.metadata import version

import pyoxigraph as ox
import pytest
from oxrdflib import OxigraphStore
from rdflib import RDF, Graph, URIRef

from kg.graph.vocabularies import KG
from kg.store.asked import Asked, mean
from kg.store.engine import hold

ORGANIZATION = "http://www.w3.org/ns/org#Organization"
SAID = (URIRef("urn:a"), RDF.type, KG.Company)
MORE = (URIRef("urn:b"), RDF.type, KG.Company)
#: All ways in which rdflib reaches a store: each must find what is said alone.
WAYS: dict[str, Callable[[Graph], object]] = {
    "add": lambda graph: graph.add(MORE),
    "addN": lambda graph: graph.addN([(*MORE, graph)]),
    "remove": lambda graph: graph.remove(MORE),
    "triples": lambda graph: list(graph),
    "__len__": len,
    "contexts": lambda graph: list(graph.store.contexts()),
    "query": lambda graph: graph.query("ASK { ?x ?y ?z }"),
    "update": lambda graph: graph.update("INSERT DATA { <urn:b> a <urn:c> }"),
    "add_graph": lambda graph: graph.store.add_graph(Graph(identifier="urn:g")),
    "remove_graph": lambda graph: graph.store.remove_graph(Graph(identifier="urn:g")),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_follows_is_gone_before_rdflib_does_anything(way: str) -> None:
    graph = hold(ox.Store())
    graph.add(SAID)
    store = graph.store
    assert isinstance(store, Asked)
    with mean(graph, (ORGANIZATION,)) as asked:
        assert len(asked) == 2
    assert len(store.followed) == 1
    WAYS[way](graph)
    assert store.followed == []
    assert {SAID} <= {*graph} <= {SAID, MORE, (URIRef("urn:b"), RDF.type, URIRef("urn:c"))}


def test_oxrdflib_reaches_its_store_as_it_did() -> None:
    told = f"oxrdflib {version('oxrdflib')} is made otherwise: see to kg/store/asked.py and to WAYS"
    assert isinstance(inspect.getattr_static(OxigraphStore, "_inner", None), property), told
    (made,) = ast.parse(textwrap.dedent(inspect.getsource(OxigraphStore))).body
    assert isinstance(made, ast.ClassDef)

    def find_users(name: str) -> set[str]:
        return {
            it.name
            for it in made.body
            if isinstance(it, ast.FunctionDef)
            and any(isinstance(node, ast.Attribute) and node.attr == name for node in ast.walk(it))
        }

    assert find_users("_store") == {"__init__", "open", "close", "_inner"}, told
    assert find_users("_inner") == WAYS.keys(), told
