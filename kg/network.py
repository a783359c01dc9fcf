"""Graph to network: what is said becomes nodes and edges, each edge with its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from rdflib import RDF, RDFS, XSD, Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS

from kg import ontology
from kg.model import Modality
from kg.rdf import ITSRDF, KG, NIF, SCHEMA
from kg.terms import FOLDERS

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: Predicates of a fact that are not qualifiers.
PARTS = {KG[name] for name in ("modality", "confidence", "rule", "ended")}
#: An article's IRI that is made up, not an address that one can open.
MADE_UP = re.compile(r"/article/[^/]+-[0-9a-f]{8}$|^(?!https?://)")


def build_network(graph: Graph, *, lang: str = "fr") -> MultiDiGraph:
    """Build the network of a graph: things are nodes, facts are edges with what proves them.

    A market share goes to its market; without one it is among its node's `values`.
    `lang` is the language of the relations' labels, and of names where there are several.
    The network's `articles` say what is known of each, its text and its mentions too.

    >>> from kg.model import Article, Entity, Fact, Reading
    >>> from kg.rdf import build_graph
    >>> blue, group = Entity("Blue Solutions", "Company"), Entity("Bolloré", "Company")
    >>> said = Reading(Article("a", "Blue Solutions, filiale de Bolloré."), (blue, group),
    ...                (Fact(blue, "subsidiaryOf", group, evidence=((0, 34),)),))
    >>> network = build_network(build_graph([said]))
    >>> [edge["relation"] for _, _, edge in network.edges(data=True)]
    ['subsidiaryOf']
    """
    import networkx as nx

    network = nx.MultiDiGraph(articles=describe_articles(graph, lang))
    facts = sorted(graph.subjects(RDF.type, KG.Fact), key=str)
    for thing in sorted(find_things(graph, facts), key=str):
        network.add_node(str(thing), **describe_thing(graph, thing, lang))
    for fact in facts:
        add_fact(network, graph, fact, lang)
    return network


def add_fact(network: MultiDiGraph, graph: Graph, fact: Node, lang: str) -> None:
    """Add a fact as an edge, or as a value of its subject where its object is a bare number."""
    subject, target = graph.value(fact, RDF.subject), graph.value(fact, RDF.object)
    if str(subject) not in network or target is None:
        return
    said = describe_fact(graph, fact, lang)
    if isinstance(target, Literal):
        said["value"] = shown(target)
        target = graph.value(fact, KG.market)
    if target is None:
        network.nodes[str(subject)]["values"].append({"fact": str(fact), **said})
    else:
        network.add_edge(str(subject), str(target), key=str(fact), **said)


def find_things(graph: Graph, facts: list[Node]) -> set[Node]:
    """Find what can be a node: what has one of our classes, and what a fact is about."""
    found = {thing for kind in FOLDERS for thing in graph.subjects(RDF.type, KG[kind])}
    for fact in facts:
        for part in (RDF.subject, RDF.object, KG.market):
            found.update(o for o in graph.objects(fact, part) if not isinstance(o, Literal))
    return found


def describe_thing(graph: Graph, thing: Node, lang: str) -> dict[str, Any]:
    """Describe a thing: name, kind (its narrowest class), aliases and links."""
    order = list(FOLDERS)
    classes = {local_name(kind) for kind in graph.objects(thing, RDF.type)}
    name = label_of(graph, thing, lang)
    others = {str(o) for p in (RDFS.label, SKOS.altLabel) for o in graph.objects(thing, p)}
    links = [str(o) for p in (SKOS.exactMatch, SKOS.broader) for o in graph.objects(thing, p)]
    return {
        "name": name,
        "kind": max(classes.intersection(order), key=order.index, default="Thing"),
        "aliases": sorted(others - {name}),
        "links": sorted(links),
        "values": [],
    }


def describe_fact(graph: Graph, fact: Node, lang: str) -> dict[str, Any]:
    """Describe a fact: what it says, how sure it is, and its first piece of evidence, flat."""
    evidence = [describe_span(graph, o, lang) for o in graph.objects(fact, PROV.wasDerivedFrom)]
    evidence.sort(key=lambda found: (found["article"], found["begin"], found["end"]))
    first = evidence[0] if evidence else describe_span(graph, None, lang)
    relation = local_name(graph.value(fact, RDF.predicate))
    confidence = graph.value(fact, KG.confidence)
    terms = find_terms(graph, fact)
    qualifiers = {name: name_term(graph, o, lang) for name, o in terms.items()}
    by = qualifiers.pop("attributedTo", "")
    modality = local_name(graph.value(fact, KG.modality))
    return {
        "relation": relation,
        "label": qualifiers.get("role") or label_of_term(relation, lang),
        "value": "",
        "modality": modality if modality in get_args(Modality) else "Possible",
        "ended": (fact, KG.ended, Literal(True)) in graph,
        "confidence": float(str(confidence)) if confidence is not None else 1.0,
        "rule": str(graph.value(fact, KG.rule) or ""),
        "qualifiers": qualifiers,
        "attributed_to": by,
        "terms": {name: write_term(o) for name, o in terms.items()},
        "predicate": str(graph.value(fact, RDF.predicate) or ""),
        **first,
        "evidence": evidence,
    }


def find_terms(graph: Graph, fact: Node) -> dict[str, Node]:
    """Find a fact's qualifiers and who says it: name → term of RDF, in order of the names."""
    found = {
        local_name(p): o
        for p, o in sorted(graph.predicate_objects(fact))
        if str(p).startswith(KG) and p not in PARTS
    }
    return dict(sorted(found.items()))


def name_term(graph: Graph, term: Node, lang: str) -> str:
    """Name a term of RDF as people read it: a thing by its label."""
    return label_of(graph, term, lang) if isinstance(term, URIRef) else shown(term)


def write_term(term: Node) -> str:
    """Write a term of RDF as Turtle does; what no IRI may hold is escaped.

    >>> write_term(URIRef("urn:a b>")), write_term(Literal("présidente", lang="fr"))
    ('<urn:a%20b%3E>', '"présidente"@fr')
    """
    if isinstance(term, Literal):
        return term.n3()
    text = re.sub(r'[\x00-\x20<>"{}|^`\\]', lambda found: f"%{ord(found[0]):02X}", str(term))
    return f"<{text}>"


def describe_span(graph: Graph, span: Node | None, lang: str) -> dict[str, Any]:
    """Describe a piece of evidence: article, quote, its sentence, and where both begin and end."""
    around = graph.value(span, NIF.sentence) or span
    return {
        "article": str(graph.value(span, NIF.referenceContext) or ""),
        "title": label_of(graph, graph.value(span, NIF.referenceContext), lang),
        "quote": str(graph.value(span, NIF.anchorOf) or ""),
        "sentence": str(graph.value(around, NIF.anchorOf) or ""),
        "begin": int(str(graph.value(span, NIF.beginIndex) or 0)),
        "end": int(str(graph.value(span, NIF.endIndex) or 0)),
        "sentence_begin": int(str(graph.value(around, NIF.beginIndex) or 0)),
    }


def describe_articles(graph: Graph, lang: str) -> dict[str, dict[str, Any]]:
    """Describe a graph's articles: IRI → title, language, date, source, address, text, mentions.

    Mentions are begin, end and the thing's IRI.
    """
    mentions = find_mentions(graph)
    return {
        str(article): {
            "title": label_of(graph, article, lang),
            "lang": str(graph.value(article, DCTERMS.language) or ""),
            "published": str(graph.value(article, SCHEMA.datePublished) or ""),
            "source": str(graph.value(article, DCTERMS.publisher) or ""),
            "url": "" if MADE_UP.search(str(article)) else str(article),
            "text": str(graph.value(article, NIF.isString) or ""),
            "mentions": sorted(mentions.get(str(article), ())),
        }
        for article in sorted(graph.subjects(RDF.type, KG.Article), key=str)
    }


def find_mentions(graph: Graph) -> dict[str, list[tuple[int, int, str]]]:
    """Find where things are named: article → begin, end and the thing's IRI."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for span, thing in graph.subject_objects(ITSRDF.taIdentRef):
        begin, end = graph.value(span, NIF.beginIndex), graph.value(span, NIF.endIndex)
        if begin is not None and end is not None:
            place = (int(str(begin)), int(str(end)), str(thing))
            found.setdefault(str(graph.value(span, NIF.referenceContext)), []).append(place)
    return found


def shown(literal: Node | None) -> str:
    """Return a literal as people read it: a number without needless decimals.

    >>> shown(Literal("9.0", datatype=XSD.decimal)), shown(Literal("1960"))
    ('9', '1960')
    """
    text = str(literal)
    is_decimal = isinstance(literal, Literal) and literal.datatype == XSD.decimal
    return text.removesuffix(".0") if is_decimal else text


def label_of(graph: Graph, thing: Node | None, lang: str) -> str:
    """Return a thing's label, in a language if it has one in it, or the end of its IRI."""
    labels = (
        [o for o in graph.objects(thing, RDFS.label) if isinstance(o, Literal)] if thing else []
    )
    labels.sort(key=lambda text: (text.language != lang, str(text)))
    return str(labels[0]) if labels else local_name(thing)


def label_of_term(name: str, lang: str) -> str:
    """Return a term's label, or its name where the ontology has no such term.

    >>> label_of_term("subsidiaryOf", "fr"), label_of_term("sponsorOf", "fr")
    ('filiale de', 'sponsorOf')
    """
    return ontology.label(name, lang) if name in ontology.terms() else name


def local_name(iri: Node | None) -> str:
    """Return the last part of an IRI.

    >>> local_name(KG.partnerOf)
    'partnerOf'
    """
    return re.split(r"[#/]", str(iri))[-1] if iri is not None else ""
