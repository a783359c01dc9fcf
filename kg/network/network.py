"""Graph to network: what is said becomes nodes and edges, each edge with its sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from rdflib import RDF, RDFS, XSD, Graph, Literal, Node
from rdflib.namespace import SKOS

from kg import ontology
from kg.graph.numbers import read_chance
from kg.graph.terms import FOLDERS
from kg.graph.triples import group, read_members, read_texts
from kg.graph.vocabularies import KG
from kg.model import Modality
from kg.network.passages import (
    Passages,
    describe_articles,
    describe_passage,
    local_name,
    read_passages,
)
from kg.network.statements import Statements, read_statements

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def build_network(
    graph: Graph,
    *,
    lang: str = "fr",
    mentions: bool = True,
    known: tuple[Statements, Passages] | None = None,
) -> MultiDiGraph:
    """Build the network of a graph: things are nodes, facts are edges with what proves them.

    In a graph of claims, these are the edges, one for all facts that say the same of one thing
    under whatever name: with what proves that they are put as they are put now.

    A market share goes to its market; without one it is among its node's `values`.
    `lang` is the language of the relations' labels, and of names where there are several. What is
    `known` already of the graph, its facts' statements and its passages, is not read again.
    A fact's `weight` is its confidence, its `sources` how many articles say the same of the same
    things in the same way, its `voices` as how many of them count, since copies are one. The
    network's `articles` say what is known of each, its text and, unless told otherwise, its
    mentions too; its `families` tell of copies what they are copies of; it is `claimed` if its
    edges are claims.

    >>> from kg.model import Article, Entity, Fact, Reading
    >>> from kg.graph.rdf import build_graph
    >>> blue, group = Entity("Blue Solutions", "Company"), Entity("Bolloré", "Company")
    >>> said = Reading(Article("a", "Blue Solutions, filiale de Bolloré."), (blue, group),
    ...                (Fact(blue, "subsidiaryOf", group, evidence=((0, 34),)),))
    >>> network = build_network(build_graph([said]))
    >>> [edge["relation"] for _, _, edge in network.edges(data=True)]
    ['subsidiaryOf']
    """
    import networkx as nx

    held, passages = known or (None, read_passages(graph, lang))
    said = read_statements(graph, held)
    claimed = (None, RDF.type, KG.Claim) in graph
    facts = sorted(read_members(graph, KG.Claim if claimed else KG.Fact))
    network = nx.MultiDiGraph(
        articles=describe_articles(graph, passages, mentions=mentions),
        families=dict(read_texts(graph, KG.voice)),
        claimed=claimed,
    )
    kinds = find_kinds(graph)
    add_things(network, graph, find_things(said, facts, kinds), passages)
    for fact in facts:
        if fact in said.subject and fact in said.object:
            add_fact(network, fact, said, describe_fact(said, fact, passages, lang=lang))
    count_sources(network)
    return network


def find_kinds(graph: Graph) -> dict[str, str]:
    """Find what has one of our classes, each with the narrowest.

    >>> find_kinds(Graph().add((KG.a, RDF.type, KG.City)).add((KG.a, RDF.type, KG.Place)))
    {'https://w3id.org/pressgraph/ontology#a': 'City'}
    """
    return {thing: kind for kind in FOLDERS for thing in read_members(graph, KG[kind])}


def find_things(said: Statements, facts: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """Find what can be a node, in order, and its kind: what has a class, what a fact is about."""
    found = set(kinds)
    for fact in facts:
        ends = (said.object.get(fact), said.qualifiers.get(fact, {}).get("market"))
        found.update(str(end) for end in ends if end and not isinstance(end, Literal))
        found.update(filter(None, [said.subject.get(fact)]))
    return {thing: kinds.get(thing, "Thing") for thing in sorted(found)}


def add_things(
    network: MultiDiGraph, graph: Graph, things: Mapping[str, str], passages: Passages
) -> None:
    """Add things: name, kind (the narrowest class), aliases and links."""
    labels, links = (
        group(pair for predicate in predicates for pair in read_texts(graph, predicate))
        for predicates in ((RDFS.label, SKOS.altLabel), (SKOS.exactMatch, SKOS.broader))
    )
    for thing, kind in things.items():
        name = passages.name_of(thing)
        network.add_node(
            thing,
            name=name,
            kind=kind,
            aliases=sorted({*labels.get(thing, ())} - {name}),
            links=sorted(links.get(thing, ())),
            values=[],
        )


def add_fact(network: MultiDiGraph, fact: str, said: Statements, about: dict[str, Any]) -> None:
    """Add a fact as an edge, or as a value of its subject where its object is a bare number."""
    subject, target = said.subject[fact], said.object[fact]
    if isinstance(target, Literal):
        about["value"] = shown(target)
        target = said.qualifiers.get(fact, {}).get("market", target)
    if isinstance(target, Literal):
        network.nodes[subject]["values"].append({"fact": fact, **about})
    else:
        network.add_edge(subject, str(target), key=fact, **about)


def describe_fact(said: Statements, fact: str, passages: Passages, *, lang: str) -> dict[str, Any]:
    """Describe a fact: what it says, how sure it is, and its first piece of evidence, flat."""
    evidence = [describe_passage(passages, span) for span in said.evidence.get(fact, ())]
    evidence.sort(key=lambda found: (found["article"], found["begin"], found["end"]))
    first = evidence[0] if evidence else describe_passage(passages, "")
    relation = local_name(said.predicate.get(fact))
    confidence = read_chance(said.confidence.get(fact))
    terms = said.qualifiers.get(fact, {})
    qualifiers = {name: name_term(term, passages) for name, term in terms.items()}
    by = qualifiers.pop("attributedTo", "")
    modality = local_name(said.modality.get(fact))
    return {
        "relation": relation,
        "label": qualifiers.get("role") or label_of_term(relation, lang),
        "value": "",
        "modality": modality if modality in get_args(Modality) else "Possible",
        "ended": said.ended.get(fact) == "true",
        "confidence": confidence,
        "weight": confidence,
        "sources": 0,
        "voices": 0,
        "qualifiers": qualifiers,
        "attributed_to": by,
        "terms": {name: write_term(term) for name, term in terms.items()},
        "predicate": said.predicate.get(fact, ""),
        **first,
        "evidence": evidence,
    }


def count_sources(network: MultiDiGraph) -> None:
    """Count for each fact the articles, and voices, that say the same of the same things alike."""
    articles = find_tellers(network)
    families: Mapping[str, str] = network.graph["families"]
    for fact in list_facts(network):
        known = articles[way_of(network, fact)] - {""}
        fact[3]["sources"] = len(known)
        fact[3]["voices"] = len({families.get(article, article) for article in known})


def find_tellers(network: MultiDiGraph) -> dict[tuple[object, ...], set[str]]:
    """Return the articles that say each thing in the same way, by `way_of`."""
    found: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for fact in list_facts(network):
        found[way_of(network, fact)].update(it["article"] for it in fact[3]["evidence"])
    return dict(found)


def way_of(
    network: MultiDiGraph, said: tuple[str, str, str, Mapping[str, Any]]
) -> tuple[object, ...]:
    """Return what a fact says and how; a claim is all that say so already, and none other is."""
    subject, target, fact, about = said
    own = (fact,) if network.graph["claimed"] else ()
    return (*statement_of(subject, target, about), about["modality"], about["ended"], *own)


def list_facts(network: MultiDiGraph) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield each fact: subject, object (empty for a bare number), its IRI and what is known."""
    yield from network.edges(keys=True, data=True)
    for subject, values in network.nodes(data="values"):
        yield from ((subject, "", about["fact"], about) for about in values)


def statement_of(subject: str, target: str, about: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a fact says, the same for all that say it: its ends, its relation, its number.

    What holds both ways is said in either direction.
    """
    term = ontology.properties().get(about["relation"])
    ends = sorted((subject, target)) if term and term.symmetric else (subject, target)
    return (*ends, about["predicate"], about["value"])


def name_term(term: Node, passages: Passages) -> str:
    """Name a term of RDF as people read it: a thing by its label."""
    return shown(term) if isinstance(term, Literal) else passages.name_of(str(term))


def write_term(term: Node) -> str:
    """Write a term of RDF as Turtle does; what no IRI may hold is escaped.

    >>> from rdflib import URIRef
    >>> write_term(URIRef("urn:a b>")), write_term(Literal("présidente", lang="fr"))
    ('<urn:a%20b%3E>', '"présidente"@fr')
    """
    if isinstance(term, Literal):
        return term.n3()
    text = re.sub(r'[\x00-\x20<>"{}|^`\\]', lambda found: f"%{ord(found[0]):02X}", str(term))
    return f"<{text}>"


def shown(literal: Node | None) -> str:
    """Return a literal as people read it: a number without needless decimals.

    >>> shown(Literal("9.0", datatype=XSD.decimal)), shown(Literal("1960"))
    ('9', '1960')
    """
    text = str(literal)
    is_decimal = isinstance(literal, Literal) and literal.datatype == XSD.decimal
    return text.removesuffix(".0") if is_decimal else text


def label_of_term(name: str, lang: str) -> str:
    """Return a term's label, or its name where the ontology has no such term.

    >>> label_of_term("subsidiaryOf", "fr"), label_of_term("sponsorOf", "fr")
    ('filiale de', 'sponsorOf')
    """
    return ontology.label(name, lang) if name in ontology.terms() else name
