"""The default graph of a store: a function of its articles' graphs and of decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.terms import BASE
from kg.graph.vocabularies import NIF
from kg.store.engine import MARK, has_claims, open_folder
from kg.store.store import hold_store, write_data
from kg.store.union import DEFAULT
from kg.who.clusters import Clusters, find_clusters
from kg.who.copies import Print, find_voices
from kg.who.decisions import Decision, Side
from kg.who.joins import Conflict
from kg.who.named import read_called, read_things
from kg.who.sides import Called
from kg.who.things import Thing
from kg.who.view.claims import Claim, make_claims
from kg.who.view.describe import (
    ALTERNATE,
    CLAIM,
    VOICE,
    describe_claim,
    describe_decisions,
    describe_moves,
    describe_voices,
    read_applied,
    read_moved,
)
from kg.who.view.memory import Memory, write_memory
from kg.who.view.statements import (
    ARTICLE,
    SUBJECT,
    TYPE,
    Statement,
    read_dates,
    read_statements,
)
from kg.who.view.things import describe_things, direct_terms, find_moves
from kg.who.view.wrong import find_sides, find_wrong

TEXT = ox.NamedNode(str(NIF.isString))
#: Triples that are changed in one transaction.
CHUNK = 50_000
#: What goes and what comes.
Change = tuple[set[ox.Triple], set[ox.Triple]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of resolving a store: claims, triples that came or went, what does not fit.

    Conflicts `by_hand` are for somebody to mend; `stale` decisions match nothing any more.
    """

    claims: int = 0
    changed: int = 0
    conflicts: tuple[Conflict, ...] = ()
    stale: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """Hold what a store's articles name and say, and who is who in it."""

    clusters: Clusters
    statements: Sequence[Statement]
    excluded: Mapping[Decision, Collection[str]]
    voices: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    stale: tuple[Decision, ...]

    def home(self, iri: str, article: str) -> str:
        """Return the canonical IRI of a local one of an article, '' for what is no thing."""
        found = self.clusters.canonical(iri, article)
        return "" if found in self.clusters.dropped else found


def resolve_store(
    folder: str | Path,
    decisions: Iterable[Decision],
    *,
    check: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
) -> Outcome:
    """Let a store's default graph follow its articles and decisions; raise StoreError.

    Whatever it held before, it is the same afterwards: see `resolve`.
    """
    path, lines = find_store(folder), [*decisions]

    with hold_store(path, named=True) as held:
        memory = read_memory_of(held[0])
        outcome = resolve(held[0], lines, memory=memory, check=check, force=force)
        write_memory(path, memory)
    return outcome


def read_memory_of(store: ox.Store) -> Memory:
    """Read from its graphs what a store's articles name."""
    return Memory(read_things(store), read_called(store))


def find_store(folder: str | Path) -> Path:
    """Return the folder of a store; raise StoreError for what is none."""
    path = Path(folder)
    if not (path / MARK).is_file():
        raise StoreError(f"{folder}: no store; make one with: kg build ARTICLE --store {folder}")
    return path


def resolve(
    store: ox.Store,
    decisions: Iterable[Decision],
    *,
    memory: Memory | None = None,
    check: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
) -> Outcome:
    """Let the default graph hold canonical things, claims and the direct triples of these.

    What articles say and what proves it stands in it as in their own graphs, but for facts that do
    not count. Each article's graph stays as it was read; what is decided has a graph of its own.
    `check` sees what does not fit before anything changes, and may raise. `memory` is what articles
    name, where that is known.
    """
    decisions = sorted({*decisions}, key=lambda one: tuple(one.to_row().values()))
    known = memory or read_memory_of(store)
    things, called, base = known.things, known.called, find_base(store)
    graph = ox.NamedNode(f"{base}decision/graph")
    world = read_world(store, decisions, things=things, called=called, force=force)
    check(Outcome(conflicts=world.conflicts, stale=world.stale))
    before = {*read_moved(store, graph)}
    facts = {iri for iri in before if is_fact(store, iri)}
    moves = find_moves(things, world.clusters, before - facts)
    excluded = {fact for those in world.excluded.values() for fact in those}
    claims = make_claims(
        (one for one in world.statements if one.fact not in excluded), world.home, world.voices
    )
    about = {
        one: (*world.clusters.about.get(one, ()), *world.excluded.get(one, ())) for one in decisions
    }
    told = describe_decisions(decisions, about, base) | describe_moves(moves, world.clusters)
    changes = chain(
        describe_things(store, moves, world.clusters),
        describe_excluded(store, excluded, facts),
        ((read_claim(store, claim.iri), describe_claim(claim)) for claim in claims),
        forget_claims(store, {claim.iri for claim in claims}),
        change_direct(store, direct_triples(claims)),
        change_voices(store, describe_voices(name_articles(store, world.voices), base)),
    )
    changed = apply(store, changes)
    changed += apply(store, [(read_graph(store, graph), told)], graph)
    return Outcome(len(claims), changed, world.conflicts, world.stale)


def resolve_again(store: ox.Store) -> None:
    """Resolve a store that follows decisions anew, after its articles' graphs have changed."""
    if not has_claims(store):
        return
    graph = ox.NamedNode(f"{find_base(store)}decision/graph")
    resolve(store, read_applied(store, graph))


def follows(folder: str | Path, decisions: Iterable[Decision]) -> bool:
    """Tell whether a store has claims and follows just these decisions; raise StoreError."""
    store, close = open_folder(Path(folder))
    try:
        graph = ox.NamedNode(f"{find_base(store)}decision/graph")
        lines = {tuple(one.to_row().values()) for one in read_applied(store, graph)}
        return has_claims(store) and lines == {tuple(one.to_row().values()) for one in decisions}
    finally:
        del store
        close()


def read_world(
    store: ox.Store,
    decisions: Sequence[Decision],
    *,
    things: Sequence[Thing],
    called: Called,
    force: bool = False,
) -> World:
    """Read who is who, what is said, what of it does not count, and which articles are copies."""
    clusters = find_clusters(things, decisions, called=called, force=force)
    statements = read_statements(store)
    sides = find_sides(decisions, things, clusters)
    wrong = find_wrong(statements, decisions, home=clusters.canonical, sides=sides, called=called)
    excluded = {**wrong, **find_dropped(statements, decisions, clusters)}
    voices, conflicts = find_voices(read_prints(store, called), name_scopes(decisions, called))
    stale = {*clusters.stale, *(one for one, facts in wrong.items() if not facts)}
    return World(
        clusters,
        statements,
        excluded,
        voices,
        tuple(sorted({*clusters.conflicts, *conflicts})),
        tuple(one for one in decisions if one in stale),
    )


def find_dropped(
    statements: Iterable[Statement], decisions: Iterable[Decision], clusters: Clusters
) -> dict[Decision, list[str]]:
    """Return the facts about what is dropped, by the first decision that drops something."""
    first = next((one for one in decisions if one.kind == "drop"), None)
    if first is None or not clusters.dropped:
        return {}
    found = [
        one.fact
        for one in statements
        if any(
            clusters.canonical(end, one.article) in clusters.dropped
            for end in (one.subject, one.object.value)
        )
    ]
    return {first: found}


def read_prints(store: ox.Store, called: Called) -> list[Print]:
    """Read what tells copies: each article's text and date, by its graph's IRI."""
    texts = {
        quad.graph_name.value: quad.object.value
        for quad in store.quads_for_pattern(None, TEXT, None, None)
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    dates = read_dates(store, named=True)
    return [Print(name, texts.get(name, ""), dates.get(name, "")) for name in sorted(called)]


def name_scopes(decisions: Iterable[Decision], called: Called) -> Iterator[Decision]:
    """Yield the decisions on articles, each article called by its graph's IRI."""
    graphs = {name: graph for graph, names in called.items() for name in names}
    for one in decisions:
        if one.kind in ("same", "different") and one.left.scheme == one.other.scheme == "article":
            left, right = (graphs.get(side.value, side.value) for side in (one.left, one.other))
            yield replace(one, left=Side("article", left), right=f"article:{right}")


def name_articles(store: ox.Store, voices: Mapping[str, str]) -> dict[str, str]:
    """Return the voice of each article by its own IRI; those of graphs are its key so far."""
    return {
        quad.subject.value: voices[quad.graph_name.value]
        for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None)
        if isinstance(quad.graph_name, ox.NamedNode)
        and isinstance(quad.subject, ox.NamedNode)
        and quad.graph_name.value in voices
    }


def find_base(store: ox.Store) -> str:
    """Return what a store's own IRIs begin with: the name of an article's graph tells."""
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None):
        if isinstance(quad.graph_name, ox.NamedNode):
            head, found, _ = quad.graph_name.value.rpartition("graph/")
            if found:
                return head
    return BASE


def is_fact(store: ox.Store, iri: str) -> bool:
    """Tell whether an IRI is a fact of some article."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), SUBJECT, None, None)
    return next(iter(quads), None) is not None


def describe_excluded(
    store: ox.Store, excluded: Collection[str], before: Collection[str]
) -> Iterator[Change]:
    """Yield what the default graph has of facts that do not count, or did not, and is to have."""
    for iri in sorted({*excluded, *before}):
        node = ox.NamedNode(iri)
        quads = list(store.quads_for_pattern(node, None, None, None))
        has = {quad.triple for quad in quads if quad.graph_name == DEFAULT}
        said = {quad.triple for quad in quads if quad.graph_name != DEFAULT}
        yield has, set() if iri in excluded else said


def read_claim(store: ox.Store, iri: str) -> set[ox.Triple]:
    """Read what the default graph has of a claim."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)
    return {quad.triple for quad in quads}


def forget_claims(store: ox.Store, kept: Collection[str]) -> Iterator[Change]:
    """Yield the claims that nobody makes any more."""
    for quad in list(store.quads_for_pattern(None, TYPE, CLAIM, DEFAULT)):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in kept:
            yield read_claim(store, quad.subject.value), set()


def change_direct(store: ox.Store, wanted: set[ox.Triple]) -> Iterator[Change]:
    """Yield the direct triples that there are and that are to be."""
    has = {
        quad.triple
        for term in direct_terms()
        for quad in store.quads_for_pattern(None, term, None, DEFAULT)
    }
    yield has, wanted


def direct_triples(claims: Iterable[Claim]) -> set[ox.Triple]:
    """Return the direct triples of the claims that are so today."""
    return {
        ox.Triple(ox.NamedNode(claim.subject), ox.NamedNode(claim.relation), claim.object)
        for claim in claims
        if claim.holds
    }


def change_voices(store: ox.Store, wanted: set[ox.Triple]) -> Iterator[Change]:
    """Yield which articles were told to be copies, and which are."""
    has = {
        quad.triple
        for term in (VOICE, ALTERNATE)
        for quad in store.quads_for_pattern(None, term, None, DEFAULT)
    }
    yield has, wanted


def read_graph(store: ox.Store, name: ox.NamedNode) -> set[ox.Triple]:
    """Read a named graph."""
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}


def apply(
    store: ox.Store, changes: Iterable[Change], name: ox.NamedNode | ox.DefaultGraph = DEFAULT
) -> int:
    """Take out of a graph what is not wanted any more, put in what is new, and count both."""
    count = 0
    gone: set[ox.Triple] = set()
    new: set[ox.Triple] = set()
    for has, wanted in changes:
        gone |= has - wanted
        new |= wanted - has
        if len(gone) + len(new) >= CHUNK:
            count += write_change(store, gone, new, name)
            gone, new = set(), set()
    return count + write_change(store, gone, new, name)


def write_change(
    store: ox.Store,
    gone: set[ox.Triple],
    new: set[ox.Triple],
    name: ox.NamedNode | ox.DefaultGraph,
) -> int:
    """Change a graph in one transaction, and count the triples that went and came."""
    if gone or new:
        data = (write_data(gone), write_data(new))
        if isinstance(name, ox.NamedNode):
            data = (f"GRAPH {name} {{ {data[0]} }}", f"GRAPH {name} {{ {data[1]} }}")
        store.update(f"DELETE DATA {{ {data[0]} }} ; INSERT DATA {{ {data[1]} }}")
    return len(gone) + len(new)
