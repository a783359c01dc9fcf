"""A graph is exported in each format; what cannot be is refused with what can."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph
from rdflib.namespace import FOAF, ORG

from kg.errors import KgError
from kg.exports.forms import FORMATS, NETWORKS, SYNTAXES, export_graph
from kg.graph.rdf import write_turtle
from kg.graph.vocabularies import KG
from kg.store.engine import hold, load_graph

#: Syntax → how a file's name ends that `load_graph` reads as it.
ENDINGS = {
    "ttl": ".ttl", "trig": ".trig", "nq": ".nq", "nt": ".nt", "jsonld": ".jsonld",
    "rdfxml": ".rdf", "ttl12": ".ttl",
}  # fmt: skip
BEGINNINGS = {
    "graphml": "<?xml", "gexf": "<?xml", "cypher": "CREATE CONSTRAINT", "html": "<!DOCTYPE html>",
}  # fmt: skip


def load(folder: Path, text: str, form: str) -> Graph:
    path = folder / f"g{ENDINGS[form]}"
    path.write_bytes(text.encode())
    return load_graph(path)


def test_formats_are_these() -> None:
    assert FORMATS == (
        "ttl", "trig", "nq", "nt", "jsonld", "rdfxml", "ttl12",
        "graphml", "gexf", "csv", "cypher", "html", "claims", "facts", "ftm", "ftm-statements",
    )  # fmt: skip
    assert {*ENDINGS} == {*SYNTAXES}
    assert {*BEGINNINGS, "csv"} == {*NETWORKS}


@pytest.mark.parametrize("form", SYNTAXES)
def test_syntax_is_loaded_as_the_same_graph(tmp_path: Path, graph: Graph, form: str) -> None:
    written = export_graph(graph, form)
    assert [*written] == [""]
    assert set(load(tmp_path, written[""], form)) == set(load(tmp_path, write_turtle(graph), "ttl"))


@pytest.mark.parametrize("form", SYNTAXES)
def test_syntax_takes_what_follows(tmp_path: Path, graph: Graph, form: str) -> None:
    before = load(tmp_path, export_graph(graph, form)[""], form)
    after = load(tmp_path, export_graph(graph, form, entail=True)[""], form)
    assert set(before) < set(after)
    assert list(after.subject_objects(ORG.subOrganizationOf))
    assert not list(before.subject_objects(ORG.subOrganizationOf))
    assert (None, RDF.type, FOAF.Person) in after


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_what_follows_stays_in_its_graph(form: str) -> None:
    store, name = ox.Store(), ox.NamedNode("urn:x:g")
    one = [ox.NamedNode(it) for it in ("urn:x:a", RDF.type, KG.Person)]
    for graph in (name, ox.DefaultGraph()):
        store.add(ox.Quad(*one, graph))  # type: ignore[arg-type]
    text = export_graph(hold(store), form, entail=True)[""]
    endings = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
    quads = list(ox.parse(text, format=endings[form]))
    assert {quad.graph_name for quad in quads} == {name}
    assert ox.NamedNode(FOAF.Person) in {quad.object for quad in quads}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_network_is_written(graph: Graph, form: str) -> None:
    written = export_graph(graph, form)
    assert [*written] == [""]
    assert written[""].startswith(BEGINNINGS[form])
    assert "Nordil" in written[""]


def test_tables_are_two_files(graph: Graph) -> None:
    written = export_graph(graph, "csv")
    assert [*written] == ["nodes.csv", "edges.csv"]
    assert all("nordil" in text for text in written.values())


@pytest.mark.parametrize("form", FORMATS)
def test_empty_graph_is_exported(form: str) -> None:
    assert all(isinstance(text, str) for text in export_graph(Graph(), form).values())


@pytest.mark.parametrize("form", FORMATS)
def test_the_graph_stays_as_it_was(graph: Graph, form: str) -> None:
    before, prefixes = set(graph), set(graph.namespaces())
    export_graph(graph, form)
    assert (set(graph), set(graph.namespaces())) == (before, prefixes)


@pytest.mark.parametrize("form", ["turtle", "", "TTL", "xml"])
def test_unknown_format_is_refused_with_the_right_ones(form: str) -> None:
    with pytest.raises(KgError, match="unknown") as caught:
        export_graph(Graph(), form)
    assert all(name in str(caught.value) for name in FORMATS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", NETWORKS)
def test_a_network_takes_no_entailed_terms(form: str) -> None:
    with pytest.raises(KgError, match="no entailed terms") as caught:
        export_graph(Graph(), form, entail=True)
    assert ", ".join(SYNTAXES) in str(caught.value)


def test_import_is_light() -> None:
    heavy = "{'rdflib', 'networkx', 'pyoxigraph'}"
    code = f"import sys, kg.exports.forms; print(sorted({heavy} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_format_is_an_option() -> None:
    from kg.verbs.pages import Format

    assert tuple(Format) == FORMATS
