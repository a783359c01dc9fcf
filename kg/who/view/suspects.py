"""Suspects: pairs of things that may be one, each with its reasons and a sentence of each side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.numbers import read_count
from kg.graph.vocabularies import ITSRDF, NIF
from kg.store.held import Held
from kg.who.alike.candidates import find_candidates
from kg.who.clusters import Clusters, find_clusters
from kg.who.copies import find_copies
from kg.who.decisions import Decision
from kg.who.named import read_called, read_things
from kg.who.things import Thing
from kg.who.view.profile import name_article
from kg.who.view.world import read_prints

MEANS, BEGIN, SENTENCE, ANCHOR = (
    ox.NamedNode(str(term))
    for term in (ITSRDF.taIdentRef, NIF.beginIndex, NIF.sentence, NIF.anchorOf)
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """Hold two names that may be one thing, or two articles that may be copies.

    `left` and `right` are sides as a decision has them, `one` and `two` what articles say of each.
    """

    score: float
    left: str
    right: str
    reasons: tuple[str, ...]
    one: str
    two: str


def find_suspects(store: ox.Store, decisions: Sequence[Decision]) -> list[Suspect]:
    """Return the pairs of a store's things that may be one and that nobody has judged, best first.

    Numbers and words that tell things apart rule pairs out; nothing is joined.
    """
    things, called = read_things(Held(store)), read_called(store)
    clusters = find_clusters(things, decisions, called=called)
    judged = find_judged(decisions, clusters)

    def home(thing: Thing) -> str:
        return clusters.canonical(thing.iri, thing.articles[0] if thing.articles else "")

    found = find_candidates(
        [thing for thing in things if home(thing) not in clusters.dropped],
        home,
        lambda one, two: frozenset((home(one), home(two))) in judged,
    )
    return [
        Suspect(
            it.score,
            side_of(it.one, things),
            side_of(it.two, things),
            it.reasons,
            quote_thing(store, it.one),
            quote_thing(store, it.two),
        )
        for it in found
    ]


def find_judged(decisions: Iterable[Decision], clusters: Clusters) -> set[frozenset[str]]:
    """Return the pairs of canonical IRIs that somebody has judged different, or could not tell."""
    found: set[frozenset[str]] = set()
    for one in decisions:
        if one.kind in ("different", "unsure"):
            homes = sorted({clusters.canonical(iri) for iri in clusters.about.get(one, ())})
            found |= {frozenset((a, b)) for a in homes for b in homes if a < b}
    return found


def side_of(thing: Thing, things: Iterable[Thing]) -> str:
    """Return a thing as the side of a decision: with its class where another has its name.

    >>> from kg.who.things import make_thing
    >>> firm, man = make_thing("Dior", "Company"), make_thing("Dior", "Person")
    >>> side_of(firm, [firm, man]), side_of(man, [man])
    ('org:Dior', 'Dior')
    """
    name = thing.node.partition(":")[2]
    twice = any(it.folder != thing.folder and it.node.partition(":")[2] == name for it in things)
    return f"{thing.folder}:{thing.name}" if twice else thing.name


def quote_thing(store: ox.Store, thing: Thing) -> str:
    """Return the sentence in which the first of its articles first names a thing."""
    for graph in map(ox.NamedNode, thing.articles):
        spans = [
            (read_begin(store, quad.subject, graph), quad.subject)
            for quad in store.quads_for_pattern(None, MEANS, ox.NamedNode(thing.iri), graph)
            if isinstance(quad.subject, ox.NamedNode)
        ]
        for _, span in sorted(spans, key=lambda it: (it[0], it[1].value)):
            around = next(iter(store.quads_for_pattern(span, SENTENCE, None, graph)), None)
            node = around.object if around else span
            if isinstance(node, ox.NamedNode):
                for quad in store.quads_for_pattern(node, ANCHOR, None, graph):
                    if isinstance(quad.object, ox.Literal):
                        return " ".join(quad.object.value.split())
    return ""


def read_begin(store: ox.Store, span: ox.NamedNode, graph: ox.NamedNode) -> int:
    """Return where a stretch of an article begins."""
    for quad in store.quads_for_pattern(span, BEGIN, None, graph):
        if isinstance(quad.object, ox.Literal):
            return read_count(quad.object.value)
    return 0


def find_alike_articles(store: ox.Store, decisions: Iterable[Decision]) -> list[Suspect]:
    """Return the pairs of articles that may be copies and that nobody has judged, best first."""
    called = read_called(store)
    judged = {
        frozenset((one.left.value, one.other.value))
        for one in decisions
        if one.kind in ("same", "different", "unsure") and one.left.scheme == "article"
    }
    found = []
    for copy in find_copies(read_prints(Held(store), sorted(called))):
        left, right = (name_article(graph, called.get(graph, ())) for graph in (copy.one, copy.two))
        if not copy.sure and frozenset((left, right)) not in judged:
            told = f"{copy.share:.0%} of the words in a row are alike"
            sides = (f"article:{left}", f"article:{right}")
            titles = (called[graph][2:3] for graph in (copy.one, copy.two))
            found.append(Suspect(copy.share, *sides, (told,), *map("".join, titles)))
    return sorted(found, key=lambda it: (-it.score, it.left, it.right))
