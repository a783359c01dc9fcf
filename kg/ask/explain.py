"""What links things, in plain words: each fact with who says it, where, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import Graph, Node, URIRef

from kg import ontology
from kg.ask.focus import copy_facts, ends_of, facts_around, find_stated
from kg.ask.holdings import tell_named
from kg.ask.query import find_nodes
from kg.errors import EmptyError, KgError
from kg.graph.vocabularies import KG, new_graph
from kg.network.links import ACTUAL, STATES, Link, trace_path
from kg.network.network import (
    build_network,
    find_tellers,
    label_of_term,
    list_facts,
    way_of,
)
from kg.store.engine import engine_of, on_oxigraph
from kg.who.copies import count_voices
from kg.wordings import fill_wording

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: What is said, and how → the articles that say so.
Tellers = Mapping[tuple[object, ...], set[str]]
#: What a way may go along, if there is none by what is so now: the unsure, then all.
WIDER = (ACTUAL, ("Actual", "Planned", "Possible"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold words of an article that say a fact: their place is that of characters in its text."""

    quote: str
    sentence: str
    begin: int
    end: int
    title: str
    source: str
    published: str
    article: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold one fact: in words, by its parts, who says it and what proves it.

    `sources` articles say the same, in so many `voices`: copies of one wire are one.
    `step` numbers the facts of a way between two things that no fact links directly; else it is 0.
    """

    words: str
    subject: str
    relation: str
    object: str
    modality: str
    ended: bool
    attributed_to: str
    confidence: float
    sources: int
    fact: str
    step: int
    voices: int
    evidence: tuple[Evidence, ...]


def explain_link(
    graph: Graph,
    one: str,
    other: str | None = None,
    *,
    lang: str = "en",
    through: Collection[str] = (),
) -> list[Explanation]:
    """Explain what links two things, or all that is said of one, or one fact; the surest first.

    Each is a name or an IRI. Where no fact links the two, what is explained is the shortest way
    between them, step by step: by actual facts if there is one, else by less sure ones, and not
    through places, areas or markets but those of some classes (`through`). Raises KgError where
    there is nothing to explain.

    >>> explain_link(Graph(), "Nordil")
    Traceback (most recent call last):
    kg.errors.QueryError: the graph names no 'Nordil'
    """
    held = on_oxigraph(graph)
    named = find_nodes(held, one)
    ones: set[Node] = set(named)
    facts = find_stated(held, ones)
    subjects = {end for fact in facts for end in ends_of(held, fact)}
    around = facts_around(held, ones | subjects)
    wanted = facts & around.keys() or set(around)
    if other is not None:
        others: set[Node] = set(find_nodes(held, other))
        wanted = {fact for fact, ends in around.items() if ends & ones and ends & others}
        if not wanted or ones & others:
            network = build_network(held, lang=lang, mentions=False)
            way = trace_any(network, list(map(str, ones)), list(map(str, others)), through)
            return explain_way(network, [link for _, link in way], lang=lang)
    part = copy_alike(held, around, wanted)
    network = build_network(part, lang=lang, mentions=False)
    tellers = find_tellers(network)
    found = [
        explain_fact(network, Link(*fact), tellers, lang=lang)
        for fact in list_facts(network)
        if URIRef(fact[2]) in wanted
    ]
    if not found:
        told = tell_named(engine_of(held), one, named)
        raise EmptyError(told or f"no fact of the graph is about '{one}'; name another thing")
    return sorted(found, key=lambda it: (-it.confidence, it.words, it.fact))


def copy_alike(graph: Graph, around: Mapping[Node, set[Node]], facts: Collection[Node]) -> Graph:
    """Copy some facts, and those between the same things, which may say the same."""
    ends = {frozenset(around[fact]) for fact in facts}
    part = new_graph()
    copy_facts(graph, part, [fact for fact, it in around.items() if frozenset(it) in ends])
    return part


def explain_way(network: MultiDiGraph, way: Collection[Link], *, lang: str) -> list[Explanation]:
    """Explain a way between things step by step."""
    tellers = find_tellers(network)
    return [
        explain_fact(network, link, tellers, lang=lang, step=step)
        for step, link in enumerate(way, 1)
    ]


def trace_any(
    network: MultiDiGraph,
    ones: Collection[str],
    others: Collection[str],
    through: Collection[str],
) -> list[tuple[str, Link]]:
    """Return the links of the shortest way by what is so now, or else by less sure facts.

    Raises KgError where there is none.
    """
    for modalities in WIDER:
        with suppress(KgError):
            return trace_path(network, ones, others, modalities, through=through)
    return trace_path(network, ones, others, STATES, through=through)


def count_fact_voices(network: MultiDiGraph, link: Link, tellers: Tellers) -> int:
    """Count the voices that say a fact: articles that are copies of others are none.

    Claims know theirs; for facts texts are compared.
    """
    if network.graph["claimed"]:
        return int(link.said["voices"])
    articles = tellers[way_of(network, link)] - {""}
    known = network.graph["articles"]
    return count_voices(known.get(article, {}).get("text", "") for article in sorted(articles))


def explain_fact(
    network: MultiDiGraph, link: Link, tellers: Tellers, *, lang: str, step: int = 0
) -> Explanation:
    """Explain one fact of a network."""
    said = link.said
    target = network.nodes[link.target]["name"] if link.target else ""
    subject = network.nodes[link.subject]["name"]
    return Explanation(
        words=word_fact(said, subject, target, lang),
        subject=subject,
        relation=said["relation"],
        object=said["value"] or target,
        modality=said["modality"].lower(),
        ended=said["ended"],
        attributed_to=said["attributed_to"],
        confidence=said["confidence"],
        sources=said["sources"],
        fact=link.fact,
        step=step,
        voices=count_fact_voices(network, link, tellers),
        evidence=tuple(prove_fact(network, found) for found in said["evidence"]),
    )


def word_fact(said: Mapping[str, Any], subject: str, target: str, lang: str) -> str:
    """Put a fact in plain words, in English if in no other way.

    >>> said = {"relation": "subsidiaryOf", "predicate": KG.subsidiaryOf, "value": ""}
    >>> word_fact({**said, "qualifiers": {}}, "Nordil", "Hexo", "en")
    'Nordil is a subsidiary of Hexo'
    """
    values = {**said["qualifiers"], "subject": subject, "object": said["value"] or target}
    terms = ontology.properties() if said["predicate"].startswith(KG) else {}
    wordings = terms[said["relation"]].wordings if said["relation"] in terms else {}
    label = label_of_term(said["relation"], lang)
    words = fill_wording(wordings.get(lang) or wordings.get("en", ()), values)
    return words or " ".join((subject, label, values["object"]))


def prove_fact(network: MultiDiGraph, found: Mapping[str, Any]) -> Evidence:
    """Return a piece of a fact's evidence with what is known of its article."""
    article = network.graph["articles"].get(found["article"], {})
    return Evidence(
        **{name: found[name] for name in ("quote", "sentence", "begin", "end", "title", "article")},
        source=article.get("source", ""),
        published=article.get("published", ""),
    )
