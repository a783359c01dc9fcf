"""How sure the facts of a store must be: those that are less sure are taken out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import DCTERMS, PROV

from kg.graph.confidence import is_brought
from kg.graph.numbers import read_chance
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import ITSRDF, KG, NIF, SCHEMA
from kg.store.union import DEFAULT, change_union

Where = ox.NamedNode | ox.DefaultGraph
Thing = ox.NamedNode | ox.BlankNode | ox.Triple
(
    TYPE, SUBJECT, PREDICATE, OBJECT, DERIVED, REPLACED, MENTIONS, MEANS, AROUND, PHRASE, SENTENCE,
    FACT, CONFIDENCE, MODALITY, ACTUAL, ENDED, READING, LEAST,
) = (
    ox.NamedNode(str(term))
    for term in (
        RDF.type, RDF.subject, RDF.predicate, RDF.object, PROV.wasDerivedFrom, DCTERMS.isReplacedBy,
        SCHEMA.mentions, ITSRDF.taIdentRef, NIF.sentence, NIF.Phrase, NIF.Sentence, KG.Fact,
        KG.confidence, KG.modality, KG.Actual, KG.ended, KG.Reading, KG.minConfidence,
    )
)  # fmt: skip
BROUGHT = frozenset(str(KG[kind]) for kind in FOLDERS if is_brought(kind))


def drop_doubtful(store: ox.Store, least: float) -> None:
    """Take the facts below a confidence out of each graph of a store, as if none had been written.

    So go the direct triples that no other fact states, deals, agreements, areas and markets
    that no fact speaks of any more, and the stretches of text that are nothing else's.
    """
    for name in list(store.named_graphs()):
        if isinstance(name, ox.NamedNode):
            gone = Part(store, name).find_doubtful(least)
            lost, won = change_union(store, name, gone, set())
            change(store, name, gone, set())
            change(store, DEFAULT, lost, won)
            note_least(store, name, least)
    change(store, DEFAULT, Part(store, DEFAULT).find_doubtful(least), set())
    note_least(store, DEFAULT, least)


def change(
    store: ox.Store, graph: Where, gone: Iterable[ox.Triple], new: Iterable[ox.Triple]
) -> None:
    """Take triples out of a graph and put others in."""
    for triple in gone:
        store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    store.extend(ox.Quad(it.subject, it.predicate, it.object, graph) for it in new)


def note_least(store: ox.Store, graph: Where, least: float) -> None:
    """Let a graph say how sure the facts of its readings are at least."""
    for made in [quad.subject for quad in store.quads_for_pattern(None, TYPE, READING, graph)]:
        before = list(store.quads_for_pattern(made, LEAST, None, graph))
        if all(number(quad.object) < least for quad in before):
            change(store, graph, (quad.triple for quad in before), ())
            decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
            told = ox.Literal(str(float(least)), datatype=decimal)
            store.add(ox.Quad(made, LEAST, told, graph))


def number(term: Thing | ox.Literal) -> float:
    """Return a number, 1 for what is none: who gives no confidence has no doubt.

    >>> number(ox.Literal("0.5")), number(ox.Literal("?"))
    (0.5, 1.0)
    """
    return read_chance(term.value) if isinstance(term, ox.Literal) else 1.0


class Part:
    """Look things up in one graph of a store."""

    def __init__(self, store: ox.Store, graph: Where) -> None:
        self.store, self.graph = store, graph

    def find(
        self,
        subject: Thing | None = None,
        predicate: ox.NamedNode | None = None,
        target: Thing | ox.Literal | None = None,
    ) -> Iterator[ox.Triple]:
        """Yield the triples of a pattern."""
        for quad in self.store.quads_for_pattern(subject, predicate, target, self.graph):
            yield quad.triple

    def find_doubtful(self, least: float) -> set[ox.Triple]:
        """Return all that goes with the facts below a confidence."""
        surest: defaultdict[Thing, float] = defaultdict(float)
        for triple in self.find(None, CONFIDENCE):
            surest[triple.subject] = max(surest[triple.subject], number(triple.object))
        doubtful = {fact for fact, sure in surest.items() if sure < least}
        gone = {triple for fact in doubtful for triple in self.find(fact)}
        gone |= {triple for fact in doubtful for triple in self.find(None, None, fact)}
        gone |= self.find_direct(doubtful)
        spoken = {it.object for it in gone if isinstance(it.object, ox.NamedNode)}
        spoken |= {it.subject for it in gone if isinstance(it.subject, ox.NamedNode)}
        spans = {it.object for it in gone if it.predicate == DERIVED}
        for thing in spoken:
            if self.is_brought(thing) and not self.is_spoken_of(thing, doubtful):
                spans |= {triple.subject for triple in self.find(None, MEANS, thing)}
                gone |= {*self.find(thing)}
                for way in (MENTIONS, MEANS, REPLACED):
                    gone |= {*self.find(None, way, thing)}
        return gone | self.find_spans(spans, gone)

    def find_direct(self, doubtful: set[Thing]) -> set[ox.Triple]:
        """Return the direct triples of facts that no other fact states."""
        ended = {triple.subject for triple in self.find(None, ENDED)}
        subjects, predicates, objects = (
            {triple.subject: triple.object for triple in self.find(None, part)}
            for part in (SUBJECT, PREDICATE, OBJECT)
        )
        doubted: set[tuple[object, ...]] = set()
        stated: set[tuple[object, ...]] = set()
        for fact in (triple.subject for triple in self.find(None, MODALITY, ACTUAL)):
            ends = subjects.get(fact), predicates.get(fact), objects.get(fact)
            if fact not in ended and None not in ends:
                (doubted if fact in doubtful else stated).add(ends)
        return {
            triple
            for subject, predicate, target in doubted - stated
            for triple in self.find(subject, predicate, target)  # type: ignore[arg-type]
        }

    def has(self, *pattern: Thing | ox.Literal | None) -> bool:
        """Tell whether there is a triple of a pattern."""
        return next(self.find(*pattern), None) is not None  # type: ignore[arg-type]

    def is_brought(self, thing: Thing) -> bool:
        """Tell whether a thing is there for what facts say of it alone."""
        kinds = (triple.object for triple in self.find(thing, TYPE))
        return any(isinstance(kind, ox.NamedNode) and kind.value in BROUGHT for kind in kinds)

    def is_spoken_of(self, thing: Thing, doubtful: set[Thing]) -> bool:
        """Tell whether a fact that is sure enough speaks of a thing."""
        around = {triple.subject for triple in self.find(None, None, thing)} - doubtful
        return any(self.has(node, TYPE, FACT) for node in around)

    def find_spans(self, spans: Iterable[object], gone: set[ox.Triple]) -> set[ox.Triple]:
        """Return what is said of stretches of text that neither prove nor name anything now."""
        found: set[ox.Triple] = set()
        for span in spans:
            if not isinstance(span, ox.NamedNode):
                continue
            proves = any(it not in gone for it in self.find(None, DERIVED, span))
            if not proves and not any(it not in gone for it in self.find(span, MEANS)):
                found |= {*self.find(span, TYPE, PHRASE), *self.find(span, AROUND)}
        left = {it.object for it in found if it.predicate == AROUND}
        left |= {it.subject for it in found}
        for node in left:
            if isinstance(node, ox.NamedNode):
                around = any(it not in found for it in self.find(None, AROUND, node))
                if not around:
                    found |= {*self.find(node, TYPE, SENTENCE)}
                if not around and all(it in found for it in self.find(node, TYPE, PHRASE)):
                    found |= {*self.find(node)}
        return found
