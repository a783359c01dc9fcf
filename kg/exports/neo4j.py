"""A network for Neo4j, as tables for its import, which pandas reads too, or a script of Cypher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.exports.cells import PLAIN, Dialect, whole, write_csv
from kg.exports.gephi import flatten_fact

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: Label of every node, which Cypher finds nodes by; label of a bare number.
THING, VALUE = "Thing", "Value"
#: Columns of facts before and after those of qualifiers, each with its type for the import.
FIRST = {
    "fact": "", "label": "", "relation": "", "modality": "", "ended": "boolean",
    "confidence": "double", "weight": "double", "sources": "int", "value": "double",
}  # fmt: skip
LAST = {
    "attributed_to": "", "quote": "", "sentence": "", "title": "", "article": "",
    "begin": "int", "end": "int",
}  # fmt: skip
#: Type of a qualifier's values → its type for the import.
TYPES = {bool: "boolean", int: "long", float: "double", str: ""}
#: Columns whose heads say a type alone → their heads for people.
READ = {":START_ID": "subject_iri", ":END_ID": "object_iri", ":TYPE": "type", ":LABEL": "classes"}
NOT_IN_NAME = re.compile(r"\W", re.ASCII)
#: What would end a string of Cypher, a line of its script, or be seen by nobody.
NOT_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff'\\]")
ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "'": r"\'", "\\": r"\\"}


def write_nodes(network: MultiDiGraph, dialect: Dialect = PLAIN) -> str:
    r"""Write things as CSV, with the header that `neo4j-admin database import` expects.

    In the dialect of spreadsheets, the header has names only. A bare number, such as a share of no
    market that is named, is a node of label `Value`. In lists, which semicolons part, a semicolon
    becomes a comma. Texts of several lines need the option `--multiline-fields=true`.

    >>> import networkx as nx
    >>> write_nodes(nx.MultiDiGraph())
    'id:ID,name,:LABEL,aliases:string[],links:string[]\r\n'
    """
    rows = (
        (node, name, write_list(labels), write_list(aliases), write_list(links))
        for node, name, labels, aliases, links in list_nodes(network)
    )
    head = ["id:ID", "name", ":LABEL", "aliases:string[]", "links:string[]"]
    return write_csv(name_columns(head, dialect), rows, dialect)


def write_edges(network: MultiDiGraph, dialect: Dialect = PLAIN) -> str:
    """Write facts as CSV, with the header that `neo4j-admin database import` expects.

    The names of both ends stand beside their IRIs; the import passes over them.
    Only what is actual and not over has its bare relation as its type; other facts tell more in
    theirs, such as `acquired_Planned`, so that no query takes a plan for a fact.
    """
    facts = list(list_facts(network))
    found = {name: TYPES[type(value)] for *_, said in facts for name, value in said.items()}
    others = {name: kind for name, kind in sorted(found.items()) if name not in FIRST | LAST}
    types = FIRST | others | LAST
    head = [f"{name}:{kind}" if kind else name for name, kind in types.items()]
    names = {node: name for node, name, *_ in list_nodes(network)}
    rows = (
        (one, names[one], other, names[other], kind, *map(said.get, types))
        for one, other, kind, said in facts
    )
    ends = [":START_ID", "subject:IGNORE", ":END_ID", "object:IGNORE", ":TYPE"]
    return write_csv(name_columns([*ends, *head], dialect), rows, dialect)


def name_columns(head: Sequence[str], dialect: Dialect) -> list[str]:
    """Return the heads of columns, without their types where people read them.

    >>> from kg.exports.cells import EXCEL
    >>> name_columns([":START_ID", "subject:IGNORE", "share:double"], EXCEL)
    ['subject_iri', 'subject', 'share']
    """
    return [*head] if dialect is PLAIN else [READ.get(it, it.partition(":")[0]) for it in head]


def write_cypher(network: MultiDiGraph) -> str:
    """Write a network as a script of Cypher, a statement a line; run twice, it adds nothing.

    >>> import networkx as nx
    >>> print(write_cypher(nx.MultiDiGraph()), end="")
    CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:`Thing`) REQUIRE n.id IS UNIQUE;
    """
    find = f"(%s:`{THING}` {{id: %s}})"
    lines = [f"CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:`{THING}`) REQUIRE n.id IS UNIQUE;"]
    for node, name, labels, aliases, links in list_nodes(network):
        named = "".join(f":{quote_name(label)}" for label in labels)
        known = write_map({"name": name, "aliases": aliases, "links": links})
        lines.append(f"MERGE {find % ('n', quote(node))} SET n{named} SET n += {known};")
    for one, other, kind, said in list_facts(network):
        ends = f"MATCH {find % ('a', quote(one))} MATCH {find % ('b', quote(other))}"
        key = f"{quote_name(kind)} {{fact: {quote(str(said['fact']))}}}"
        lines.append(f"{ends} MERGE (a)-[r:{key}]->(b) SET r += {write_map(said)};")
    return "".join(f"{line}\n" for line in lines)


def list_nodes(
    network: MultiDiGraph,
) -> Iterator[tuple[str, str, list[str], list[str], list[str]]]:
    """Yield each thing and each bare number: IRI, name, labels, aliases and links."""
    for node, about in network.nodes(data=True):
        yield node, about["name"], find_labels(about["kind"]), about["aliases"], about["links"]
        for fact in about["values"]:
            yield fact["fact"], fact["value"], [VALUE, THING], [], []


def find_labels(kind: str) -> list[str]:
    """Return the labels of a class: its own name and those of the classes above it.

    >>> find_labels("Company")
    ['Company', 'Organization', 'Agent', 'Thing']
    """
    known = ontology.classes()
    above = [it for it in known if it != kind and ontology.is_a(kind, it)] if kind in known else []
    return [*dict.fromkeys([kind, *above, THING])]


def list_facts(
    network: MultiDiGraph,
) -> Iterator[tuple[str, str, str, dict[str, str | int | float]]]:
    """Yield each fact: the IRIs of its ends, its type and what is known of it."""
    for one, other, key, fact in network.edges(keys=True, data=True):
        yield one, other, find_type(fact), {"fact": key, **flatten_fact(fact)}
    for node, values in network.nodes(data="values"):
        for fact in values:
            said = {"fact": fact["fact"], **flatten_fact(fact)}
            yield node, fact["fact"], find_type(fact), said


def find_type(fact: Mapping[str, Any]) -> str:
    """Return a fact's type: its relation, and how it is said unless it is so today.

    >>> find_type({"relation": "acquired", "modality": "Planned", "ended": False})
    'acquired_Planned'
    """
    relation = NOT_IN_NAME.sub("_", fact["relation"]) or "_"
    line = "Over" if fact["ended"] else fact["modality"]
    return relation if line == "Actual" else f"{relation}_{line}"


def write_list(texts: Iterable[str]) -> str:
    """Write texts as a list in one cell.

    >>> write_list(["Groupe Bolloré", "Bolloré ; SE"])
    'Groupe Bolloré;Bolloré , SE'
    """
    return ";".join(text.replace(";", ",") for text in texts)


def write_map(about: Mapping[str, object]) -> str:
    """Write what is known of a node or a fact as a map of Cypher."""
    pairs = (f"{quote_name(name)}: {write_value(value)}" for name, value in about.items())
    return "{" + ", ".join(pairs) + "}"


def write_value(value: object) -> str:
    """Write a text, a number, a truth or a list of texts as Cypher.

    >>> write_value(True), write_value(1e20), write_value(["or"])
    ('true', '1e20', "['or']")
    """
    if isinstance(value, list):
        return f"[{', '.join(map(quote, value))}]"
    if isinstance(value, str):
        return quote(value)
    return str(value).lower().replace("e+", "e")


def quote(text: str) -> str:
    r"""Write a text as a string of Cypher, on one line.

    >>> print(quote("L'Oréal\n\\u0027"))
    'L\'Oréal\n\\u0027'
    """
    return f"'{NOT_IN_LINE.sub(escape, whole(text))}'"


def escape(found: re.Match[str]) -> str:
    """Return the escape of a text's character."""
    return ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def quote_name(name: str) -> str:
    """Write the name of a label, a type or a property so that it can be nothing else.

    >>> quote_name("acquired"), quote_name("`) DETACH DELETE n //")
    ('`acquired`', '`___DETACH_DELETE_n___`')
    """
    return f"`{NOT_IN_NAME.sub('_', name)}`"
