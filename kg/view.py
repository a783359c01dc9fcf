"""Network to page: one HTML file that asks the network for nothing (pyvis, vis-network)."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.errors import KgError
from kg.layout import bend_edges, layout_network
from kg.network import build_network, label_of_term
from kg.render import read, render

if TYPE_CHECKING:
    import pyvis.network
    from networkx import MultiDiGraph
    from rdflib import Graph

#: What tells a sentence from others: article, where it begins, text.
Place = tuple[str, int, str]
#: Class → the class whose colour (`--NAME` in page.css) and shape it has on the page.
FAMILIES = {
    "Company": "Company", "Organization": "Organization", "PublicBody": "PublicBody",
    "Person": "Person", "Place": "Place", "Country": "Place", "City": "Place",
    "Product": "Product", "CooperationArea": "CooperationArea", "Market": "Market",
    "Agreement": "Agreement", "Memorandum": "Agreement", "JointVenture": "Agreement",
    "Contract": "Agreement", "Alliance": "Agreement", "Thing": "Thing",
}  # fmt: skip
SHAPES = {
    "Place": "triangleDown", "Product": "square", "CooperationArea": "hexagon",
    "Market": "triangle", "Agreement": "diamond",
}  # fmt: skip
#: How a fact is said → lengths of its line's dashes and gaps.
DASHES = {"Actual": [], "Planned": [9, 6], "Possible": [2, 5], "Denied": [12, 4, 2, 4], "Ended": []}
#: Categories and characters that a name has no use for: controls, surrogates, turns of direction.
HIDDEN = {"Cc", "Cs"}
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Characters of a name that a node shows; the panel shows all.
SHOWN = 60


def draw_page(graph: Graph, *, title: str = "", lang: str = "fr") -> str:
    """Draw a graph as the text of an HTML page that holds all it needs.

    >>> from rdflib import Graph
    >>> "Ce graphe ne contient aucun fait." in draw_page(Graph())
    True
    """
    words = json.loads(read("texts.json"))
    if lang not in words:
        raise KgError(f"page language {lang!r}: unknown; give one of {', '.join(words)}")
    network = build_network(graph, lang=lang)
    lone = [n for n, it in network.nodes(data=True) if not network.degree(n) and not it["values"]]
    also = sorted(plain(network.nodes[node]["name"]) for node in lone)
    network.remove_nodes_from(lone)
    articles = [{**it, "title": plain(it["title"])} for it in network.graph["articles"].values()]
    only = articles[0]["title"] if len(articles) == 1 else ""
    sentences = number_sentences(network)
    page = {
        "lang": lang,
        "texts": words[lang],
        "labels": find_labels(network, words[lang], lang),
        "articles": articles,
        "sentences": describe_sentences(network, sentences),
        "lone": also,
    }
    page |= count_legend(network, page["labels"])
    drawing = fill_drawing(network, sentences)
    return render(drawing, page, title=plain(title or only or words[lang]["title"]))


def facts_of(network: MultiDiGraph) -> Iterator[dict[str, Any]]:
    """Yield each fact of a network: its edges, then its nodes' values."""
    for *_, fact in network.edges(data=True):
        yield fact
    for _, values in network.nodes(data="values"):
        yield from values


def number_sentences(network: MultiDiGraph) -> dict[Place, int]:
    """Give a number to each sentence that proves something: the page holds each once."""
    places = (place_of(found) for fact in facts_of(network) for found in fact["evidence"])
    return {place: number for number, place in enumerate(dict.fromkeys(places))}


def place_of(found: dict[str, Any]) -> Place:
    """Return what tells a sentence from others: article, where it begins, text."""
    return found["article"], found["sentence_begin"], found["sentence"]


def describe_sentences(
    network: MultiDiGraph, sentences: dict[Place, int]
) -> list[dict[str, str | int]]:
    """Describe sentences in the order of their numbers: article's number and text."""
    articles = {article: number for number, article in enumerate(network.graph["articles"])}
    return [{"article": articles.get(article, -1), "text": text} for article, _, text in sentences]


def find_labels(network: MultiDiGraph, texts: dict[str, str], lang: str) -> dict[str, str]:
    """Find the labels of the classes, relations, modalities and qualifiers on a page."""
    names = {kind for _, kind in network.nodes(data="kind")}
    names |= {FAMILIES[kind] for kind in names}
    for fact in facts_of(network):
        names |= {fact["relation"], fact["modality"], *fact["qualifiers"]}
    own = {"Thing": texts["thing"], "Ended": texts["ended"]}
    return {name: label_of_term(name, lang) for name in sorted(names - {*own})} | own


def count_legend(network: MultiDiGraph, labels: dict[str, str]) -> dict[str, Any]:
    """Count what a legend explains: the families of nodes and the kinds of lines."""
    families = Counter(FAMILIES[kind] for _, kind in network.nodes(data="kind"))
    lines = Counter(line_of(fact) for fact in facts_of(network))
    return {
        "families": [
            {"id": it, "label": labels[it], "shape": SHAPES.get(it, "dot"), "count": families[it]}
            for it in dict.fromkeys(FAMILIES.values())
            if families[it]
        ],
        "lines": [
            {"id": it, "label": labels[it], "dashes": dashes, "count": lines[it]}
            for it, dashes in DASHES.items()
            if lines[it]
        ],
    }


def line_of(fact: dict[str, Any]) -> str:
    """Return which kind of line a fact is drawn with."""
    return "Ended" if fact["ended"] else str(fact["modality"])


def fill_drawing(network: MultiDiGraph, sentences: dict[Place, int]) -> pyvis.network.Network:
    """Fill pyvis's network with placed nodes and edges that know what they stand for."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.options = json.loads(read("options.json"))
    numbers = {node: number for number, node in enumerate(network)}
    for node, (x, y) in layout_network(network).items():
        drawing.add_node(numbers[node], x=x, y=y, **draw_node(network, node, sentences))
    bends = bend_edges(network)
    order = {name: number for number, name in enumerate(ontology.terms())}
    edges = list(network.edges(keys=True, data=True))
    edges.sort(key=lambda edge: order.get(edge[3]["relation"], len(order)))
    for number, (start, end, fact, said) in enumerate(edges):
        drawing.add_edge(
            numbers[start], numbers[end], id=f"e{number}", label=shorten(said["label"]),
            dashes=DASHES[line_of(said)] or False, **bends[fact],
            arrows="" if is_symmetric(said["relation"]) else "to",
            fact=describe_fact(said, sentences),
        )  # fmt: skip
    return drawing


def shorten(text: str) -> str:
    """Cut what is too long for a drawing.

    >>> shorten("Bolloré"), len(shorten("Bolloré" * 1000))
    ('Bolloré', 60)
    """
    text = plain(text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation says the same in both directions, and so needs no arrow.

    >>> is_symmetric("partnerOf"), is_symmetric("subsidiaryOf")
    (True, False)
    """
    term = ontology.properties().get(relation)
    return term is not None and ontology.OWL + "SymmetricProperty" in term.types


def draw_node(network: MultiDiGraph, node: str, sentences: dict[Place, int]) -> dict[str, Any]:
    """Return how a node looks and what it stands for; the more facts, the larger."""
    thing = network.nodes[node]
    family, name = FAMILIES[thing["kind"]], plain(thing["name"])
    return {
        "label": shorten(name) or "?",
        "group": family,
        "shape": SHAPES.get(family, "dot"),
        "size": round(10 + 4 * min(network.degree(node), 25) ** 0.5),
        "thing": {
            "iri": node,
            "name": name,
            "kind": thing["kind"],
            "aliases": [plain(alias) for alias in thing["aliases"]],
            "links": thing["links"],
            "values": [describe_fact(fact, sentences) for fact in thing["values"]],
        },
    }


def describe_fact(fact: dict[str, Any], sentences: dict[Place, int]) -> dict[str, Any]:
    """Describe a fact for the page: its evidence is sentence numbers with spans inside them."""
    return {
        "relation": fact["relation"],
        "value": fact["value"],
        "modality": fact["modality"],
        "ended": fact["ended"],
        "confidence": fact["confidence"],
        "rule": fact["rule"],
        "qualifiers": {name: plain(text) for name, text in fact["qualifiers"].items()},
        "by": plain(fact["attributed_to"]),
        "evidence": [
            [
                sentences[place_of(found)],
                found["begin"] - found["sentence_begin"],
                found["end"] - found["sentence_begin"],
            ]
            for found in fact["evidence"]
        ],
    }


def plain(text: str) -> str:
    r"""Leave out the control characters of a name, those that turn its direction too.

    >>> plain("Bollo\u202eré\x00\nSE")
    'Bolloré SE'
    """
    kept = (c for c in " ".join(text.split()) if unicodedata.category(c) not in HIDDEN)
    return "".join(c for c in kept if c not in TURNING)
