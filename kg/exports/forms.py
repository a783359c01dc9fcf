"""A graph in the formats that other tools read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.exports.cells import EXCEL, PLAIN, Dialect

if TYPE_CHECKING:
    from rdflib import Graph

#: Syntaxes of RDF; those of named graphs; formats of a network, which only our own terms make;
#: tables of claims and of what each article says, and the model of OpenAleph; which are CSV.
SYNTAXES = ("ttl", "trig", "nq", "nt", "jsonld", "rdfxml", "ttl12")
NAMED = ("trig", "nq")
NETWORKS = ("graphml", "gexf", "csv", "cypher", "html")
TABLES = ("claims", "facts", "ftm", "ftm-statements")
CSV = ("csv", "claims", "facts", "ftm-statements")
FORMATS = (*SYNTAXES, *NETWORKS, *TABLES)


def export_graph(
    graph: Graph, form: str, *, entail: bool = False, excel: bool = False
) -> dict[str, str]:
    """Write a graph in one of `FORMATS`: how a file's name ends → its text.

    A format of one file has the empty ending. `entail` adds what follows in the terms that the
    ontology is aligned with; `excel` writes tables so that a French spreadsheet opens them. Raises
    KgError for an unknown format, or one that cannot take that.

    >>> from rdflib import Graph
    >>> sorted(export_graph(Graph(), "csv"))
    ['edges.csv', 'nodes.csv']
    """
    if form not in FORMATS:
        raise KgError(f"format '{form}': unknown; give one of {', '.join(FORMATS)}")
    if entail and form not in SYNTAXES:
        said = f"format '{form}': shows no entailed terms"
        raise KgError(f"{said}; give one of {', '.join(SYNTAXES)}, or do not entail")
    if excel and form not in CSV:
        raise KgError(f"format '{form}': no table; with --excel give one of {', '.join(CSV)}")
    dialect = EXCEL if excel else PLAIN
    if form == "html":
        from kg.page.view import draw_page

        return {"": draw_page(graph).html}
    if form in TABLES:
        return write_table(graph, form, dialect)
    if form in NETWORKS:
        return write_network(graph, form, dialect)
    return write_syntax(graph, form, entail)


def write_syntax(graph: Graph, form: str, entail: bool) -> dict[str, str]:
    """Write a graph in a syntax of RDF."""
    import kg.exports.syntaxes as syntaxes
    from kg.exports.entail import entail_graph, entail_named
    from kg.exports.jsonld import write_jsonld

    writers = {
        "ttl": syntaxes.write_ttl,
        "trig": syntaxes.write_trig,
        "nq": syntaxes.write_nq,
        "nt": syntaxes.write_nt,
        "jsonld": write_jsonld,
        "rdfxml": syntaxes.write_rdfxml,
        "ttl12": syntaxes.write_ttl12,
    }
    if entail:
        graph = entail_named(graph) if form in NAMED else entail_graph(graph)
    return {"": writers[form](graph)}


def write_network(graph: Graph, form: str, dialect: Dialect) -> dict[str, str]:
    """Write a graph as a network."""
    import kg.exports.gephi as gephi
    import kg.exports.neo4j as neo4j
    from kg.network.network import build_network

    network = build_network(graph)
    if form == "csv":
        return {
            "nodes.csv": neo4j.write_nodes(network, dialect),
            "edges.csv": neo4j.write_edges(network, dialect),
        }
    writers = {
        "graphml": gephi.write_graphml,
        "gexf": gephi.write_gexf,
        "cypher": neo4j.write_cypher,
    }
    return {"": writers[form](network)}


def write_table(graph: Graph, form: str, dialect: Dialect) -> dict[str, str]:
    """Write what a graph claims, and who says so, as rows."""
    from kg.exports.ftm.entities import write_entities, write_statements
    from kg.exports.tables import write_claims, write_facts
    from kg.store.engine import engine_of
    from kg.who.view.told import list_claims

    if form in ("claims", "facts"):
        write = write_claims if form == "claims" else write_facts
        return {"": write(list_claims(engine_of(graph)), dialect)}
    return {"": write_entities(graph) if form == "ftm" else write_statements(graph, dialect)}
