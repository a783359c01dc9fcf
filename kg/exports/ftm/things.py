"""Organizations, people and articles of a graph as entities of FollowTheMoney."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from kg.exports.ftm.values import DATE, LANGUAGES, Value, entity_id
from kg.graph.vocabularies import KG, NIF, SCHEMA, VOCABULARIES
from kg.ontology import KG as ONTOLOGY
from kg.who.said.voiced import Source, read_about
from kg.who.view.statements import DEFAULT, read_names

(
    TYPE, LABEL, OTHER, MATCH, MENTIONS, REPLACED, SIREN, LEI, TITLE, NAME, PUBLISHER, AUTHOR,
    PUBLISHED, LANGUAGE, TEXT,
) = (
    ox.NamedNode(str(term))
    for term in (
        RDF.type, RDFS.label, SKOS.altLabel, SKOS.exactMatch, SCHEMA.mentions,
        DCTERMS.isReplacedBy, KG.siren, KG.lei, DCTERMS.title, DCTERMS.identifier,
        DCTERMS.publisher, DCTERMS.creator, SCHEMA.datePublished, DCTERMS.language, NIF.isString,
    )
)  # fmt: skip
#: Classes that are entities, each its own schema; of several, the last.
SCHEMATA = ("Organization", "Company", "PublicBody", "Person")
#: What is known of an article → its property.
ABOUT = {
    TITLE: "title", NAME: "fileName", PUBLISHER: "publisher", AUTHOR: "author",
    PUBLISHED: "publishedAt", LANGUAGE: "language", TEXT: "bodyText",
}  # fmt: skip
NUMBERS = {SIREN: "registrationNumber", LEI: "leiCode"}


def read_schemata(store: ox.Store) -> dict[str, str]:
    """Return the schema of each organization and person of a store's default graph."""
    found: dict[str, str] = {}
    for name in SCHEMATA:
        kind = ox.NamedNode(ONTOLOGY + name)
        for quad in store.quads_for_pattern(None, TYPE, kind, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                found[quad.subject.value] = name
    return found


def list_articles(sources: Mapping[str, Source], store: ox.Store) -> Iterator[Value]:
    """Yield what is known of articles; those without a title are called by their names."""
    for source in sorted({*sources.values()}, key=lambda it: it.iri):
        node, about = entity_id(source.iri), read_about(store, source.iri)
        told = {prop: about[term][0].value for term, prop in ABOUT.items() if term in about}
        told["language"] = LANGUAGES.get(told.get("language", ""), "")
        told["title"] = told.get("title", source.name)
        told["sourceUrl"] = source.url
        if not DATE.fullmatch(told.get("publishedAt", "")):
            told["publishedAt"] = ""
        for prop, value in told.items():
            if value:
                yield Value(node, node, "Article", prop, value, source.iri)


def list_things(store: ox.Store, schemata: Mapping[str, str]) -> Iterator[Value]:
    """Yield what articles call organizations and people, and their numbers in registers.

    `local` is what an article has them for, `canonical` who they are. A name is the one name of
    the default graph, or else an alias.
    """
    homes = {local: home for local, home in read_names(store, REPLACED) if home in schemata}
    labels = {iri: label_of(store, iri) for iri in schemata}
    named = set()
    for iri, local, article, graph in list_mentions(store, homes):
        if iri not in schemata:
            continue
        node = entity_id(iri), entity_id(local), schemata[iri]
        for predicate in (LABEL, OTHER):
            for quad in store.quads_for_pattern(ox.NamedNode(local), predicate, None, graph):
                if isinstance(quad.object, ox.Literal):
                    prop = "name" if quad.object.value == labels[iri] else "alias"
                    lang = LANGUAGES.get(quad.object.language or "", "")
                    named.add((iri, quad.object.value))
                    yield Value(*node, prop, quad.object.value, article, lang=lang)
    for iri in sorted(schemata):
        node = entity_id(iri), entity_id(iri), schemata[iri]
        if (iri, labels[iri]) not in named:  # chosen by hand, or of a graph that mentions nothing
            yield Value(*node, "name", labels[iri])
        for prop, value in list_numbers(store, iri):
            yield Value(*node, prop, value)


def list_mentions(
    store: ox.Store, homes: Mapping[str, str]
) -> Iterator[tuple[str, str, str, ox.NamedNode | ox.DefaultGraph]]:
    """Yield who is mentioned, as which local thing, by which article, in which graph.

    An article's own graph tells; in a file there is one for all.
    """
    quads = list(store.quads_for_pattern(None, MENTIONS, None, None))
    named = any(isinstance(quad.graph_name, ox.NamedNode) for quad in quads)
    for quad in quads:
        graph = quad.graph_name
        if named != isinstance(graph, ox.NamedNode) or isinstance(graph, ox.BlankNode):
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            local = quad.object.value
            yield homes.get(local, local), local, quad.subject.value, graph


def list_numbers(store: ox.Store, iri: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a thing in registers, as properties and values."""
    about = read_about(store, iri)
    for predicate, prop in NUMBERS.items():
        yield from ((prop, term.value) for term in about.get(predicate, ()))
    wikidata = str(VOCABULARIES["wd"])
    for term in about.get(MATCH, ()):
        if term.value.startswith(wikidata):
            yield "wikidataId", term.value.removeprefix(wikidata)


def label_of(store: ox.Store, iri: str) -> str:
    """Return what a thing is called in the default graph, or the end of its IRI."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), LABEL, None, DEFAULT)
    names = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
    return min(names, default=iri.rpartition("/")[2])
