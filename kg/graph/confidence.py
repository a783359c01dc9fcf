"""How sure facts must be: those that are less sure are left out, with what only they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.graph.terms import FOLDERS
from kg.model import Entity, Fact, Reading

#: Folders of what only facts bring into a graph: without any, it says nothing.
BROUGHT = ("deal", "agreement", "area", "market")


def keep_sure(reading: Reading, least: float) -> Reading:
    """Return a reading without the facts whose confidence, as a graph writes it, is below `least`.

    Deals, agreements, areas and markets that no fact speaks of any more go too.

    >>> from kg.model import Article
    >>> one, other = Entity("Hexo", "Company"), Entity("batteries", "CooperationArea")
    >>> fact = Fact(one, "cooperatesIn", other, confidence=0.4)
    >>> keep_sure(Reading(Article("a", "Hexo"), (one, other), (fact,)), 0.5).entities == (one,)
    True
    """
    if not least:
        return reading
    facts = tuple(fact for fact in reading.facts if round_confidence(fact.confidence) >= least)
    lost = {it for fact in reading.facts for it in list_things(fact)}
    lost -= {it for fact in facts for it in list_things(fact)}
    entities = tuple(it for it in reading.entities if it not in lost or not is_brought(it.kind))
    return replace(reading, facts=facts, entities=entities, least=max(least, reading.least))


def round_confidence(confidence: float) -> float:
    """Return a confidence as a graph writes it, with two decimals.

    >>> round_confidence(0.7961)
    0.8
    """
    return float(f"{confidence:.2f}")


def list_things(fact: Fact) -> Iterator[Entity]:
    """Yield the things that a fact speaks of: its ends, who says it, what is told beside it."""
    for thing in (fact.subject, fact.object, fact.attributed_to, *fact.qualifiers.values()):
        if isinstance(thing, Entity):
            yield thing


def is_brought(kind: str) -> bool:
    """Tell whether things of a class are in a graph for what facts say of them alone.

    >>> is_brought("Acquisition"), is_brought("Company")
    (True, False)
    """
    return FOLDERS.get(kind) in BROUGHT
