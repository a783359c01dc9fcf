"""Facts that do not count: those marked wrong, and those about what is dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase

import pyoxigraph as ox

from kg import ontology
from kg.names.identifiers import SCHEMES
from kg.names.key import fold
from kg.who.clusters import Clusters
from kg.who.decisions import Decision, Side
from kg.who.rules import NAMED
from kg.who.sides import Called
from kg.who.things import Thing, name_node
from kg.who.view.claims import Home, is_symmetric
from kg.who.view.statements import Statement


def find_wrong(
    statements: Iterable[Statement],
    decisions: Iterable[Decision],
    *,
    home: Home,
    sides: Mapping[str, Collection[str]],
    called: Called,
) -> dict[Decision, list[str]]:
    """Return the facts that each `wrong` decision means; `sides` are the things of each side."""
    found: dict[Decision, list[str]] = {one: [] for one in decisions if one.kind == "wrong"}
    by_relation: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in found:
        by_relation[ontology.KG + one.relation].append(one)
    for fact in statements if found else ():
        for one in by_relation.get(fact.relation, ()):
            if is_meant(fact, one, home, sides) and is_within(fact.article, one.scope, called):
                found[one].append(fact.fact)
    return found


def is_meant(
    fact: Statement, decision: Decision, home: Home, sides: Mapping[str, Collection[str]]
) -> bool:
    """Tell whether a fact is what a decision says: its ends, and its role or number.

    A share leads to its market.
    """
    subject, target = home(fact.subject, fact.article), ""
    if isinstance(fact.object, ox.NamedNode):
        target = home(fact.object.value, fact.article)
    elif fact.market:
        target = home(fact.market, fact.article)
    lefts = sides.get(str(decision.left), ())
    rights = sides.get(decision.right, ()) if decision.right else None
    told = [(subject, target)]
    if target and is_symmetric(fact.relation):
        told.append((target, subject))
    if not any(one in lefts and (rights is None or two in rights) for one, two in told):
        return False
    number = fact.object.value if isinstance(fact.object, ox.Literal) else ""
    return not decision.value or is_value(decision.value, fact.role[0], number)


def is_value(told: str, role: str, number: str) -> bool:
    """Tell whether a role or a number is the one told.

    >>> is_value("PDG", "pdg", ""), is_value("12,5", "", "12.50"), is_value("12", "", "")
    (True, True, False)
    """
    if role and fold(told) == fold(role):
        return True
    try:
        return bool(number) and Decimal(told.replace(",", ".")) == Decimal(number)
    except InvalidOperation:
        return told == number


def is_within(article: str, scope: str, called: Called) -> bool:
    """Tell whether an article is in the scope of a decision: its name, address or publisher.

    >>> is_within("urn:a", "les-*", {"urn:a": ("les-echos-1",)}), is_within("urn:a", "", {})
    (True, True)
    """
    names = (article, article.rpartition("/")[2], *called.get(article, ()))
    return not scope or any(fnmatchcase(name.lower(), scope.lower()) for name in names)


def find_sides(
    decisions: Iterable[Decision], things: Iterable[Thing], clusters: Clusters
) -> dict[str, set[str]]:
    """Return the canonical IRIs that the sides of `wrong` decisions mean."""
    nodes: defaultdict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = {}
    for one in decisions:
        for side in (one.left, *([one.other] if one.right else ())) if one.kind == "wrong" else ():
            found[str(side)] = find_iris(side, clusters)
            for node in side_nodes(side):
                nodes[node].add(str(side))
    for thing in things if nodes else ():
        for side in nodes.get(thing.node, ()):
            found[side] |= {clusters.canonical(thing.iri, graph) for graph in thing.articles}
    return found


def side_nodes(side: Side) -> list[str]:
    """Return the names that a side may be, by class."""
    if side.scheme in ("iri", "article", *SCHEMES):
        return []
    return [name_node(of, side.value) for of in ([side.scheme] if side.scheme else NAMED)]


def find_iris(side: Side, clusters: Clusters) -> set[str]:
    """Return the canonical IRIs of a side that is an IRI or an identifier."""
    if side.scheme == "iri":
        return {side.value, clusters.canonical(side.value)}
    return {home for home, numbers in clusters.numbers.items() if str(side) in numbers}
