"""The label scheme: what the network can find, in the order of its outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

#: How a model's files hold it; another number where older ones can't be read any more.
FILES = 3
#: Classes of things; an area is a piece of text, a figure a percentage in the text.
CLASSES = ("Organization", "Person", "Place", "Product", "Area", "Figure")
#: What a name is tagged as; a demonym ('belge') stands for its place.
NAMES = ("Organization", "Person", "Place", "Product", "Demonym")
#: What a noun phrase or pronoun is tagged as.
OTHERS = ("Organization", "Person", "Product")
#: Pieces of text that are no things of their own until a fact needs them.
SPANS = ("Area", "Role", "Market")
MODALITIES = ("actual", "planned", "possible", "denied")
#: What a fact may have beside its two ends.
SLOTS = ("by", "role", "share", "amount", "date", "market", "asOf", "rank")

FIRMS = ("Organization",)
OWNERS = ("Organization", "Person")


@dataclass(frozen=True, slots=True)
class Relation:
    """Hold a relation with the classes that its two ends may have."""

    name: str
    subjects: tuple[str, ...] = FIRMS
    objects: tuple[str, ...] = FIRMS
    symmetric: bool = False


RELATIONS = (
    Relation("subsidiaryOf"),
    Relation("partnerOf", symmetric=True),
    Relation("acquired", subjects=OWNERS),
    Relation("holdsStakeIn", subjects=OWNERS),
    Relation("investedIn", subjects=OWNERS),
    Relation("mergedWith", symmetric=True),
    Relation("competesWith", symmetric=True),
    Relation("supplierOf"),
    Relation("holdsPosition", subjects=("Person",)),
    Relation("basedIn", objects=("Place",)),
    Relation("operatesIn", objects=("Place",)),
    Relation("offers", objects=("Product",)),
    Relation("cooperatesIn", objects=("Area",)),
    Relation("marketShare", objects=("Figure",)),
    Relation("founded", subjects=OWNERS),
)
#: Relations of which one article does not say both ways round of the same two.
ONE_WAY = frozenset(
    {"subsidiaryOf", "acquired", "holdsStakeIn", "investedIn", "supplierOf", "founded"}
)
#: What facts of a relation can have beside their ends; speakers and dates belong to any.
VALUES = {
    "holdsPosition": ("role",),
    "holdsStakeIn": ("share", "amount"),
    "subsidiaryOf": ("share",),
    "acquired": ("share", "amount"),
    "investedIn": ("amount",),
    "supplierOf": ("amount",),
    "partnerOf": ("amount",),
    "operatesIn": ("amount",),
    "marketShare": ("market", "asOf", "rank"),
}
INDEX = {relation.name: index for index, relation in enumerate(RELATIONS)}


def allowed(subject: Collection[str], object: Collection[str]) -> tuple[bool, ...]:
    """Tell for each relation whether things of these classes can be its ends.

    >>> [r.name for r, ok in zip(RELATIONS, allowed(["Person"], ["Organization"])) if ok]
    ['acquired', 'holdsStakeIn', 'investedIn', 'holdsPosition', 'founded']
    """
    return tuple(
        not set(subject).isdisjoint(r.subjects) and not set(object).isdisjoint(r.objects)
        for r in RELATIONS
    )


def signature() -> str:
    """Return a hash of the scheme and of how files hold it, which that of the weights must equal.

    >>> len(signature())
    16
    """
    told = repr((FILES, CLASSES, NAMES, OTHERS, SPANS, MODALITIES, SLOTS, RELATIONS))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def list_slots(relation: str) -> tuple[str, ...]:
    """Return the slots that facts of a relation have.

    >>> list_slots("investedIn")
    ('by', 'date', 'amount')
    """
    common = ("by",) if relation == "marketShare" else ("by", "date")
    return (*common, *VALUES.get(relation, ()))
