"""Network to page: one HTML file that asks the network for nothing (pyvis, vis-network)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.errors import KgError
from kg.network.layout import bend_edges
from kg.network.network import build_network, label_of_term
from kg.network.schemes import WORDS, Scheme, find_scheme
from kg.page.claims import find_claims, take_facts
from kg.page.countries import find_countries, name_countries
from kg.page.facts import Passages, Writer, plain
from kg.page.growth import place_things
from kg.page.large.map import MOST, Map, fill_map, render_map
from kg.page.render import Page, read, render

if TYPE_CHECKING:
    import pyvis.network
    from networkx import MultiDiGraph
    from rdflib import Graph

#: Class → the class whose colour (`--NAME` in page.css) and shape it has on the page.
FAMILIES = {
    "Company": "Company", "Organization": "Organization", "PublicBody": "PublicBody",
    "Person": "Person", "Place": "Place", "Country": "Place", "City": "Place",
    "Product": "Product", "CooperationArea": "CooperationArea", "Market": "Market",
    "Agreement": "Agreement", "Memorandum": "Agreement", "JointVenture": "Agreement",
    "Contract": "Agreement", "Alliance": "Agreement", "Thing": "Thing", "Concept": "Concept",
    "Class": "Class", "Property": "Property", "Scheme": "Scheme",
}  # fmt: skip
SHAPES = {
    "Place": "triangleDown", "Product": "square", "CooperationArea": "hexagon",
    "Market": "triangle", "Agreement": "diamond", "Class": "square", "Property": "triangle",
    "Scheme": "hexagon",
}  # fmt: skip
#: How a fact is said → lengths of its line's dashes and gaps.
DASHES = {
    "Actual": [], "Planned": [9, 6], "Possible": [2, 5], "Denied": [12, 4, 2, 4], "Over": [18, 4],
}  # fmt: skip
#: How the voices of a claim go together: the mark where its line begins.
STANDINGS = ("Agreed", "Reported", "Disputed")
#: Data properties whose values are days, months or years, and so stand on the page's timeline.
DATES = ("date", "dateMin", "announced", "asOf", "asOfMin")


def draw_page(graph: Graph, *, title: str = "", lang: str = "", home: str = "") -> Page:
    """Draw a graph as an HTML page that holds all it needs; without `lang`, in its reader's.

    Where an explorer shows it, `home` is that one's address, to which it leads back.

    >>> from rdflib import Graph
    >>> "Ce graphe ne contient aucun fait." in draw_page(Graph()).html
    True
    """
    texts = json.loads(read("texts.json"))
    if lang and lang not in texts:
        raise KgError(f"page language {lang!r}: unknown; give one of {', '.join(texts)}")
    spoken = lang or next(iter(texts))
    scheme = find_scheme(graph, spoken)
    claims = take_facts(scheme.graph, spoken) if scheme else find_claims(graph, spoken)
    network = build_network(claims.graph, lang=claims.lang, known=(claims.facts, claims.passages))
    left = count_left(network)
    lone = take_lone(network, scheme.kinds if scheme else {})
    numbers = {node: number for number, node in enumerate([*network, *lone])}
    passages = Passages(network, numbers, claims.voices)
    writer = Writer(claims, passages)
    drawing: Map | pyvis.network.Network = (
        fill_map(network, numbers, describe_thing, writer.describe)
        if len(network) > MOST
        else fill_drawing(network, numbers, writer)
    )
    page = {
        "lang": lang,
        "home": home,
        "texts": texts,
        "terms": {it: find_labels(network, texts[it], it, scheme) for it in texts},
        "scheme": describe_scheme(scheme) if scheme else None,
        "families": {it: SHAPES.get(it, "dot") for it in dict.fromkeys(FAMILIES.values())},
        "lines": DASHES,
        "standings": STANDINGS,
        "dates": DATES,
        "countries": list_countries(network),
        "articles": passages.articles,
        "values": list_values(network, numbers, writer),
        "left": left,
        "lone": [{"id": numbers[node], **about} for node, about in lone.items()],
    }
    write: Callable[..., Page] = render_map if isinstance(drawing, Map) else render
    return write(drawing, page, title=plain(title or find_title(passages, scheme)))


def find_title(passages: Passages, scheme: Scheme | None) -> str:
    """Find what a page is about: its only article, or a vocabulary that has a name."""
    if scheme:
        return scheme.title
    return passages.articles[0]["title"] if len(passages.articles) == 1 else ""


def count_left(network: MultiDiGraph) -> dict[str, int]:
    """Count what a page leaves out: deals, and claims about these.

    >>> import networkx
    >>> count_left(networkx.MultiDiGraph())
    {'deals': 0, 'parts': 0}
    """
    deals = [node for node, kind in network.nodes(data="kind") if is_deal(kind)]
    values = sum(len(network.nodes[node]["values"]) for node in deals)
    edges = network.in_degree(deals), network.out_degree(deals)
    parts = values + sum(times for those in edges for _, times in those)
    return {"deals": len(deals), "parts": parts}


def take_lone(network: MultiDiGraph, kinds: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Take from a network what no fact is about, and describe it; a vocabulary has its own kinds.

    Deals go: they say again what the lines between their parties say, which have their figures.
    """
    import networkx

    networkx.set_node_attributes(network, kinds, "kind")
    network.remove_nodes_from([n for n, kind in network.nodes(data="kind") if is_deal(kind)])
    lone = {
        node: describe_thing(node, about)
        for node, about in network.nodes(data=True)
        if not network.degree(node) and not about["values"]
    }
    network.remove_nodes_from(lone)
    return lone


def list_values(
    network: MultiDiGraph, numbers: Mapping[str, int], writer: Writer
) -> list[dict[str, Any]]:
    """Return the facts that lead to a number or a text, each with the number of its thing."""
    return [
        {"from": numbers[node], "fact": writer.describe(fact["fact"], fact)}
        for node, about in network.nodes(data=True)
        for fact in about["values"]
    ]


def list_countries(network: MultiDiGraph) -> dict[str, str]:
    """Return the codes of the countries of a network, by the names that it has for them."""
    kinds = network.nodes(data="kind")
    named = {plain(network.nodes[node]["name"]) for node, kind in kinds if kind == "Country"}
    return find_countries(sorted(named))


def is_deal(kind: str) -> bool:
    """Tell whether a class is that of deals.

    >>> is_deal("Acquisition"), is_deal("Thing")
    (True, False)
    """
    return kind in ontology.classes() and ontology.is_a(kind, "Deal")


def facts_of(network: MultiDiGraph) -> Iterator[dict[str, Any]]:
    """Yield each fact of a network: its edges, then its nodes' values."""
    for *_, fact in network.edges(data=True):
        yield fact
    for _, values in network.nodes(data="values"):
        yield from values


def describe_scheme(scheme: Scheme) -> dict[str, Any]:
    """Describe somebody's vocabulary: what it is, and how many of each kind it defines."""
    kinds = {kind: scheme.count(kind) for kind in ("Concept", "Class", "Property")}
    return {"form": scheme.form, "kinds": {it: times for it, times in kinds.items() if times}}


def find_labels(
    network: MultiDiGraph, texts: dict[str, str], lang: str, scheme: Scheme | None
) -> dict[str, str]:
    """Find the labels of the classes, relations, modalities and qualifiers on a page."""
    names = {*FAMILIES, *FAMILIES.values(), *DASHES, *STANDINGS}
    for fact in facts_of(network):
        names |= {fact["relation"], *fact["qualifiers"]}
    named = name_countries(lang)
    places = {code: named[code] for code in list_countries(network).values()}
    own = {"Thing": texts["other"], "Over": texts["over"]} | places
    labels = {name: label_of_term(name, lang) for name in sorted(names - {*own})} | own
    words = {name: pair[lang != "fr"] for name, pair in WORDS.items()}
    foreign = {it: plain(name) for it, name in scheme.labels.items()} if scheme else {}
    return labels | {it: words[it] for it in words if it in labels} | foreign


def fill_drawing(
    network: MultiDiGraph, numbers: dict[str, int], writer: Writer
) -> pyvis.network.Network:
    """Fill pyvis's network with placed nodes and edges that know what they stand for."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.options = json.loads(read("options.json"))
    for node, (x, y) in place_things(network, writer.claims.births).items():
        about = describe_thing(node, network.nodes[node])
        drawing.add_node(numbers[node], about.pop("label"), x=x, y=y, **about)
    bends = bend_edges(network)
    order = {name: number for number, name in enumerate(ontology.terms())}
    edges = list(network.edges(keys=True, data=True))
    edges.sort(key=lambda edge: order.get(edge[3]["relation"], len(order)))
    for start, end, fact, said in edges:
        drawing.add_edge(
            numbers[start], numbers[end], **bends[fact],
            arrows="" if is_symmetric(said["relation"]) else "to",
            fact=writer.describe(fact, said),
        )  # fmt: skip
    return drawing


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation says the same in both directions, and so needs no arrow.

    >>> is_symmetric("partnerOf"), is_symmetric("subsidiaryOf")
    (True, False)
    """
    term = ontology.properties().get(relation)
    return term is not None and ontology.OWL + "SymmetricProperty" in term.types


def describe_thing(iri: str, thing: dict[str, Any]) -> dict[str, Any]:
    """Describe a thing for the page: the class gives colour and shape."""
    family = FAMILIES[thing["kind"]]
    return {
        "label": plain(thing["name"]) or "?",
        "group": family,
        "shape": SHAPES.get(family, "dot"),
        "thing": [iri, thing["kind"], [plain(alias) for alias in thing["aliases"]], thing["links"]],
    }
