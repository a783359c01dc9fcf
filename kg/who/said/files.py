"""A graph's file of several articles: claims count there as in a store's default graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from kg.graph.blanks import give_iris, name_blanks
from kg.graph.vocabularies import KG
from kg.store.engine import engine_of, has_claims, load_graph
from kg.store.given.read import AS_IT_IS, Given
from kg.store.held import Held
from kg.who.view.changes import Change, apply, direct_triples, find_articles
from kg.who.view.claims import make_claims
from kg.who.view.describe import describe_claim, describe_copy
from kg.who.view.resolve import resolve_again
from kg.who.view.statements import Statement, has_articles, read_statements
from kg.who.view.told import read_voices

#: Whether a fact, or what it is said with or about, has no IRI.
NAMELESS = f"ASK {{ ?f a <{KG.Fact}> ; ?p ?o FILTER(isBlank(?f) || isBlank(?o)) }}"


def load_view(
    path: str | Path,
    *,
    entail: Collection[str] = (),
    least: float = 0.0,
    given: Given = AS_IT_IS,
) -> Graph:
    """Read a graph as `load_graph` does, with the claims of what several articles say alike.

    A store has them; in a file they are made, in memory. Raises GraphError.
    """
    graph = load_graph(path, entail=entail, least=least, settle=resolve_again, given=given)
    if str(path) == "-" or not Path(path).is_dir():
        claim_file(engine_of(graph))
    return graph


def claim_file(store: ox.Store, *, fewest: int = 2) -> None:
    """Add to a file's graph its claims and voices, where facts of so many articles are in it.

    Things are what the graph has them for. Of the direct triples that facts state, those stay whose
    claim is so today; those that no fact states stay, too. A graph that has claims stays as it is.

    >>> store = ox.Store()
    >>> claim_file(store)
    >>> len(store)
    0
    """
    if has_claims(store):
        return
    name_parts(store)
    statements = read_statements(store)
    if len({one.article for one in statements} - {""}) < fewest:
        return
    voices = read_voices(store)
    claims = make_claims(statements, lambda iri, article: iri, voices)
    if not claims:
        return
    base = claims[0].iri.rpartition("claim/")[0]
    stated = {triple for one in statements for triple in state(one)}
    held = Held(store)
    apply(held, [(stated, direct_triples(claims))])
    apply(held, ((set(), describe_claim(claim)) for claim in claims))
    apply(held, describe_families(store, voices, base))


def name_parts(store: ox.Store) -> None:
    """Give IRIs to what has none in a graph of news: claims are about what has one.

    >>> from kg.who.view.statements import TYPE
    >>> store = ox.Store()
    >>> store.add(ox.Quad(ox.BlankNode("b"), TYPE, ox.NamedNode(KG.Fact)))
    >>> name_parts(store)
    >>> [quad.subject.value.rpartition("/")[0] for quad in store]
    ['https://pressgraph.example/.well-known/genid']
    """
    if not store.query(NAMELESS):
        return
    quads = name_blanks(store)
    blanks = {it for quad in quads for it in quad if isinstance(it, ox.BlankNode)}
    iris = give_iris(quads, blanks)
    store.clear()
    store.bulk_extend(ox.Quad(*(iris.get(it, it) for it in quad)) for quad in quads)


def describe_families(store: ox.Store, voices: Mapping[str, str], base: str) -> Iterator[Change]:
    """Yield which articles are copies of others, by what statements call these."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    named = has_articles(store)
    for key, voice in voices.items():
        families[voice] += find_articles(store, key) if named else [key]
    for voice, articles in families.items():
        for article in articles if len(articles) > 1 else ():
            yield set(), describe_copy(article, voice, min(articles), base)


def state(one: Statement) -> list[ox.Triple]:
    """Return the direct triple that a fact states, if it says that something is so today."""
    if one.modality != "Actual" or one.ended:
        return []
    return [ox.Triple(ox.NamedNode(one.subject), ox.NamedNode(one.relation), one.object)]
