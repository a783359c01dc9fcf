"""Where articles say things: quotes, the sentences around them, and what names what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDFS, Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS

from kg.graph.numbers import read_count
from kg.graph.terms import MADE_UP
from kg.graph.triples import read_members, read_terms, read_texts
from kg.graph.vocabularies import ITSRDF, KG, NIF, SCHEMA


@dataclass(frozen=True, slots=True)
class Passages:
    """Hold a graph's stretches of articles: of each, by its IRI, where it stands and what it says.

    `around` is the sentence in which it begins, `names` what every thing and article is called.
    """

    article: Mapping[str, str]
    begin: Mapping[str, str]
    end: Mapping[str, str]
    words: Mapping[str, str]
    around: Mapping[str, str]
    names: Mapping[str, str]

    def name_of(self, node: str) -> str:
        """Return what a thing or an article is called, or else the end of its IRI."""
        return self.names[node] if node in self.names else local_name(node)


def read_passages(graph: Graph, lang: str) -> Passages:
    """Read where a graph's stretches of articles stand and what they say."""

    def read(predicate: URIRef) -> dict[str, str]:
        return dict(read_texts(graph, predicate))

    return Passages(
        article=read(NIF.referenceContext),
        begin=read(NIF.beginIndex),
        end=read(NIF.endIndex),
        words=read(NIF.anchorOf),
        around=read(NIF.sentence),
        names=read_names(graph, lang),
    )


def describe_passage(passages: Passages, span: str) -> dict[str, Any]:
    """Describe a piece of evidence: article, quote, its sentence, and where both begin and end."""
    article = passages.article.get(span, "")
    around = passages.around.get(span, span)
    return {
        "article": article,
        "title": passages.name_of(article),
        "quote": passages.words.get(span, ""),
        "sentence": passages.words.get(around, ""),
        "begin": read_count(passages.begin.get(span)),
        "end": read_count(passages.end.get(span)),
        "sentence_begin": read_count(passages.begin.get(around)),
    }


def describe_articles(
    graph: Graph, passages: Passages, *, mentions: bool = True
) -> dict[str, dict[str, Any]]:
    """Describe a graph's articles by IRI.

    Of each its title, language, date, source, author, address, text, and mentions, if these are
    wanted: begin, end and the thing's IRI.
    """
    langs, dates, sources, authors, texts = (
        dict(read_texts(graph, predicate))
        for predicate in (
            DCTERMS.language, SCHEMA.datePublished, DCTERMS.publisher, DCTERMS.creator,
            NIF.isString,
        )
    )  # fmt: skip
    named = find_mentions(graph, passages) if mentions else {}
    return {
        article: {
            "title": passages.name_of(article),
            "lang": langs.get(article, ""),
            "published": dates.get(article, ""),
            "source": sources.get(article, ""),
            "author": authors.get(article, ""),
            "url": "" if MADE_UP.search(article) else article,
            "text": texts.get(article, ""),
            "mentions": sorted(named.get(article, ())),
        }
        for article in sorted(read_members(graph, KG.Article))
    }


def find_mentions(graph: Graph, passages: Passages) -> dict[str, list[tuple[int, int, str]]]:
    """Find where things are named: article → begin, end and the thing's IRI."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for span, thing in read_texts(graph, ITSRDF.taIdentRef):
        if span in passages.begin and span in passages.end:
            place = (read_count(passages.begin[span]), read_count(passages.end[span]), thing)
            found.setdefault(passages.article.get(span, ""), []).append(place)
    return found


def read_names(graph: Graph, lang: str) -> dict[str, str]:
    """Read what things and articles are called: their label in a language, or else the first.

    >>> from kg.graph.vocabularies import new_graph
    >>> graph = new_graph().add((KG.a, RDFS.label, Literal("entreprise", lang="fr")))
    >>> read_names(graph.add((KG.a, RDFS.label, Literal("company", lang="en"))), "fr")
    {'https://w3id.org/pressgraph/ontology#a': 'entreprise'}
    """
    found: dict[str, tuple[bool, str]] = {}
    for thing, label in read_terms(graph, RDFS.label):
        if isinstance(label, Literal):
            rank = (label.language != lang, str(label))
            found[thing] = min(rank, found.get(thing, rank))
    return {thing: name for thing, (_, name) in found.items()}


def local_name(iri: Node | str | None) -> str:
    """Return the last part of an IRI.

    >>> local_name(KG.partnerOf)
    'partnerOf'
    """
    return re.split(r"[#/]", str(iri))[-1] if iri is not None else ""
