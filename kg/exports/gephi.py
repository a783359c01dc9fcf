"""A network for Gephi and other tools that draw: GraphML, and GEXF with dates on its edges."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from rdflib import XSD

from kg import ontology
from kg.exports.syntaxes import NOT_IN_XML

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from networkx import MultiDiGraph

Flat = dict[str, str | int | float]
#: Attributes of a file of GEXF 1.3; not every networkx knows that version, or spells it right.
GEXF = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
    "version": "1.3",
}
#: What is known of a fact → its name as an attribute, where Gephi means something else by it.
RENAMED = {"begin": "quote_begin", "end": "quote_end"}
#: Qualifiers that say when something began, the surest first.
BEGINNINGS = ("date", "dateMin", "announced")
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def write_graphml(network: MultiDiGraph) -> str:
    """Write a network as GraphML: things with their class, facts with their modality and words.

    >>> import networkx as nx
    >>> nx.parse_graphml(write_graphml(nx.MultiDiGraph())).number_of_nodes()
    0
    """
    from networkx.readwrite.graphml import GraphMLWriter

    root = GraphMLWriter(flatten_network(network)).xml
    truths = {key.get("id") for key in root.iter("key") if key.get("attr.type") == "boolean"}
    for data in root.iter("data"):
        if data.get("key") in truths:
            data.text = str(data.text).lower()
    return write_xml(root)


def write_gexf(network: MultiDiGraph) -> str:
    """Write a network as GEXF 1.3, where an edge begins and ends when the article says so.

    An edge's relation is its `kind`: Gephi keeps several edges between two things if their kinds
    differ.

    >>> import networkx as nx
    >>> 'mode="static"' in write_gexf(nx.MultiDiGraph())
    True
    """
    from networkx.readwrite.gexf import GEXFWriter

    flat = flatten_network(network)
    for *_, key, said in flat.edges(keys=True, data=True):
        said["id"] = key
    root = GEXFWriter(flat).xml
    root.attrib.update(GEXF)
    root.find("meta").attrib.pop("lastmodifieddate")  # the same bytes tomorrow
    root.find("meta/creator").text = "PressGraph"
    root.find("graph").attrib.pop("name")  # GEXF has no such attribute
    for attributes in root.iterfind("graph/attributes"):
        for copied in attributes.findall("attribute[@title='networkx_key']"):
            attributes.remove(copied)
    for edge, (*_, relation) in zip(root.iter("edge"), flat.edges(data="relation"), strict=True):
        edge.set("kind", relation or "")
        values = edge.find("attvalues")
        values.remove(values[-1])  # networkx's second copy of the edge's id
    return write_xml(root)


def write_xml(root: Element) -> str:
    """Write a tree as a file of XML."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    # Readers take a bare carriage return for a line feed.
    text = tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def flatten_network(network: MultiDiGraph) -> MultiDiGraph:
    """Return a network of the same things and facts whose attributes are texts and numbers."""
    import networkx as nx

    flat = nx.MultiDiGraph()
    for node, about in network.nodes(data=True):
        known = {
            "label": about["name"],
            "class": about["kind"],
            "aliases": "; ".join(about["aliases"]),
            "links": " ".join(about["links"]),
            "values": "; ".join(map(name_value, about["values"])),
        }
        flat.add_node(hold_in_xml(node), **{k: hold_in_xml(v) for k, v in known.items() if v})
    for one, other, key, fact in network.edges(keys=True, data=True):
        said = {RENAMED.get(name, name): value for name, value in flatten_fact(fact).items()}
        said |= find_period(fact["qualifiers"], ended=fact["ended"])
        ends = (hold_in_xml(term) for term in (one, other, key))
        flat.add_edge(*ends, **{name: hold_in_xml(value) for name, value in said.items()})
    return flat


def hold_in_xml(value: Any) -> Any:
    r"""Return a text that XML can hold, or a number as it is.

    >>> hold_in_xml("Boll\x07ré")
    'Boll\ufffdré'
    """
    return NOT_IN_XML.sub("\ufffd", value) if isinstance(value, str) else value


def name_value(fact: Mapping[str, Any]) -> str:
    """Return a fact about a bare number as a text."""
    about = {"modality": fact["modality"], **fact["qualifiers"]}
    known = ", ".join(f"{name} {text}" for name, text in about.items())
    return f"{fact['relation']} {fact['value']} ({known}): {fact['quote']}"


def flatten_fact(fact: Mapping[str, Any]) -> Flat:
    """Return what is known of a fact as texts and numbers, with its first piece of evidence.

    What is empty is left out. A number that cannot be read is a text whose name ends in `_text`.
    """
    known: Flat = {
        "label": fact["label"],
        "relation": fact["relation"],
        "modality": fact["modality"],
        "ended": bool(fact["ended"]),
        "confidence": float(fact["confidence"]),
        "weight": float(fact.get("weight", fact["confidence"])),
        **({"sources": int(fact["sources"])} if "sources" in fact else {}),
        **read_value("value", fact["value"], str(XSD.decimal)),
        **{name: fact[name] for name in ("attributed_to", "quote", "sentence")},
        **{name: fact[name] for name in ("title", "article", "begin", "end")},
    }
    for name, text in fact["qualifiers"].items():
        if term := ontology.properties().get(name):
            known |= read_value(name, text, term.range)
        else:  # a name that may mean something else here, such as 'id'
            known |= read_value(f"kg_{name}", text, "")
    return {name: value for name, value in known.items() if value != ""}


def read_value(name: str, text: str, datatype: str) -> Flat:
    """Return a qualifier as a number if its property has numbers, a text otherwise.

    >>> read_value("share", "7.1", str(XSD.decimal)), read_value("share", "a", str(XSD.decimal))
    ({'share': 7.1}, {'share_text': 'a'})
    """
    name = re.sub(r"\W", "_", name)
    if not text or datatype not in map(str, (XSD.decimal, XSD.integer, XSD.boolean)):
        return {name: text}
    if datatype == str(XSD.boolean) and text in ("true", "false"):
        return {name: text == "true"}
    if datatype == str(XSD.integer) and WHOLE.fullmatch(text):
        return {name: int(text)}
    if datatype == str(XSD.decimal) and NUMBER.fullmatch(text) and isfinite(float(text)):
        return {name: float(text)}
    return {f"{name}_text": text}


def find_period(qualifiers: Mapping[str, str], *, ended: bool) -> dict[str, str]:
    """Return the first and the last day of a fact, where its article tells them.

    Without a last day it goes on, unless the article says that it is over.

    >>> find_period({"dateMin": "2011", "dateMax": "2015-02"}, ended=False)
    {'start': '2011-01-01', 'end': '2015-02-28'}
    >>> find_period({"announced": "2017-09"}, ended=False)
    {'start': '2017-09-01'}
    """
    dates = [qualifiers[name] for name in BEGINNINGS if read_days(qualifiers.get(name, ""))]
    first = read_days(dates[0])[0] if dates else ""
    last = "".join(read_days(qualifiers.get("dateMax", ""))[1:])
    if ended and dates and not last:
        last = read_days(dates[0])[1]
    period = {"start": first, "end": "" if last < first else last}
    return {end: day for end, day in period.items() if day}


def read_days(text: str) -> tuple[str, ...]:
    """Return the first and the last day of a day, a month or a year; nothing for what is none.

    >>> read_days("2016-02"), read_days("2016-02-31")
    (('2016-02-01', '2016-02-29'), ())
    """
    found = DAY.fullmatch(text)
    if not found:
        return ()
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return ()
    return first.isoformat(), last.isoformat()
