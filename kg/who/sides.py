"""What the sides of decisions mean among the things that articles name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from kg.graph.terms import slug
from kg.names.identifiers import SCHEMES
from kg.who.decisions import Decision, Side
from kg.who.joins import Join, Level
from kg.who.rules import NAMED
from kg.who.things import Thing, name_node

#: Article → what else it is called: its name, address, publisher.
Called = Mapping[str, Sequence[str]]
#: Kinds of decision about two sides, and those whose scope parts a name from itself elsewhere.
PAIRS, SCOPED = ("same", "different", "unsure"), ("same", "different", "drop")


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a thing in those articles where a node stands for it."""

    node: str
    thing: Thing
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Hold things by the nodes that stand for them, and what joins those that decisions name.

    `bare` are the nodes of names, `scoped` those of names in the scope of a decision, `iris` the
    nodes of IRIs that decisions name.
    """

    parts: tuple[Part, ...] = ()
    links: tuple[Join, ...] = ()
    bare: frozenset[str] = frozenset()
    scoped: frozenset[str] = frozenset()
    iris: Mapping[str, frozenset[str]] = field(default_factory=dict)


def make_world(things: Sequence[Thing], decisions: Sequence[Decision], called: Called) -> World:
    """Return what stands for things, those in the scope of a decision apart from the others."""
    bare = frozenset(thing.node for thing in things)
    iris = find_iris(things, decisions)
    links = {
        Join(Level.identifier, node, iri, f"{iri} has that name")
        for iri, nodes in iris.items()
        for node in nodes - {iri}
    }
    known = World(bare=bare, iris=iris)
    scopes: defaultdict[str, set[str]] = defaultdict(set)
    for one in decisions:
        for node in left_nodes(one, known) if one.scope and one.kind in SCOPED else ():
            scopes[node].add(one.scope)
    parts, scoped = list[Part](), set[str]()
    for thing in things:
        split = split_articles(thing, sorted(scopes.get(thing.node, ())), called)
        for fitting, articles in split.items():
            hubs = [scope_node(thing.node, scope) for scope in fitting]
            node = scope_node(thing.node, "@".join(fitting)) if fitting else thing.node
            parts.append(Part(node, thing, articles))
            scoped.update(hubs)
            why = f"'{thing.name}' is in several scopes"
            links |= {Join(Level.hand, node, hub, why) for hub in hubs if hub != node}
    return World(tuple(parts), tuple(sorted(links)), bare, frozenset(scoped), iris)


def find_iris(things: Sequence[Thing], decisions: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Return the nodes of those IRIs that decisions name: a local one, or one made of a name."""
    asked = {str(side) for one in decisions for side in sides_of(one) if side.scheme == "iri"}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for thing in things if asked else ():
        for iri in asked & {thing.iri, name_iri(thing)}:
            found[iri].add(thing.node)
    return {iri: frozenset(nodes) for iri, nodes in found.items()}


def name_iri(thing: Thing) -> str:
    """Return the IRI that is made of the whole of a thing's name.

    >>> name_iri(Thing("https://x.example/org/tf1", "Groupe TF1", "Company"))
    'https://x.example/org/groupe-tf1'
    """
    return f"{thing.iri.rpartition('/')[0]}/{slug(thing.name)}"


def sides_of(decision: Decision) -> tuple[Side, ...]:
    """Return the sides of a decision that mean things."""
    return (decision.left, decision.other) if decision.kind in PAIRS else (decision.left,)


def scope_node(node: str, scope: str) -> str:
    """Return what stands for a name in the articles of a scope.

    >>> scope_node("person:jean martin", "lesechos-*")
    'person:jean martin@lesechos-*'
    """
    return f"{node}@{scope}"


def split_articles(
    thing: Thing, scopes: Sequence[str], called: Called
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return a thing's articles by the scopes that they are in; all of them by () without scopes.

    >>> split_articles(Thing("i", "n", "Person", articles=("a1", "b2")), ["a*"], {})
    {('a*',): ('a1',), (): ('b2',)}
    """
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in thing.articles if scopes else ():
        names = (article, article.rpartition("/")[2], *called.get(article, ()))
        fits = tuple(s for s in scopes if any(fnmatchcase(n.lower(), s.lower()) for n in names))
        found[fits].append(article)
    return {fits: tuple(its) for fits, its in found.items()} or {(): thing.articles}


def name_nodes(side: Side, world: World) -> list[str]:
    """Return what may stand for a side: names of each class that some thing has it in.

    >>> name_nodes(Side("", "Renault"), World(bare=frozenset({"org:renault", "person:renault"})))
    ['org:renault', 'person:renault']
    """
    if side.scheme == "iri":
        return [str(side)]
    if side.scheme:
        return [str(side) if side.scheme in SCHEMES else name_node(side.scheme, side.value)]
    return [node for of in NAMED if (node := name_node(of, side.value)) in world.bare]


def left_nodes(decision: Decision, world: World) -> list[str]:
    """Return the nodes of names that a decision's left side means, whatever its scope."""
    found = name_nodes(decision.left, world)
    return sorted(node for one in found for node in world.iris.get(one, (one,)))


def pair_nodes(decision: Decision, world: World) -> Iterator[tuple[str, str]]:
    """Yield the pairs of nodes that a decision is about: of each class that both names have.

    Where they have none alike, the first class of each counts; a scope is the left side's.
    """
    sides = (decision.left, decision.other)
    ones, twos = (name_nodes(side, world) for side in sides)
    ones = ones or [name_node(of, sides[0].value) for of in classes(twos)]
    twos = twos or [name_node(of, sides[1].value) for of in classes(ones)]
    alike = [(one, two) for one in ones for two in twos if folder(one) == folder(two)]
    for one, two in alike or [(ones[0], twos[0])]:
        if not decision.scope:
            yield one, two
            continue
        for node in sorted(world.iris.get(one, {one})):
            yield scope_node(node, decision.scope), two


def classes(nodes: Iterable[str]) -> list[str]:
    """Return the classes of names, in their order; that of companies where there is none.

    >>> classes(["person:bolloré"]), classes(["siren:552120222"])
    (['person'], ['org'])
    """
    return [of for of in map(folder, nodes) if of in NAMED] or ["org"]


def folder(node: str) -> str:
    """Return the class of a name's node, or the register of an identifier's."""
    return node.partition(":")[0]


def find_dropped(decisions: Iterable[Decision], world: World) -> set[str]:
    """Return the nodes that stand for no thing, there where a decision says so."""
    found = set()
    for one in decisions:
        for node in left_nodes(one, world) if one.kind == "drop" else ():
            found.add(scope_node(node, one.scope) if one.scope else node)
    return found & (world.bare | world.scoped)


def find_stale(decisions: Iterable[Decision], world: World) -> tuple[Decision, ...]:
    """Return the decisions that name something that no article names, or none in their scope."""
    return tuple(one for one in decisions if not matches(one, world))


def matches(decision: Decision, world: World) -> bool:
    """Tell whether each side of a decision that is a name or an IRI stands for some thing."""
    for side in sides_of(decision):
        if side.scheme not in (*SCHEMES, "article"):
            nodes = [n for one in name_nodes(side, world) for n in world.iris.get(one, (one,))]
            if not world.bare & {*nodes}:
                return False
    if not decision.scope or decision.kind not in SCOPED:
        return True
    hubs = {scope_node(node, decision.scope) for node in left_nodes(decision, world)}
    return bool(hubs & world.scoped)
