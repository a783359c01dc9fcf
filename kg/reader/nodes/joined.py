"""Readings of one article's parts, each read in its own language, joined into one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.model import Entity, Fact, Reading

#: Kinds that an organization may have in one part and another not know.
ORGANIZATIONS = ("Organization", "Company", "PublicBody")


def join_readings(readings: Sequence[Reading]) -> Reading:
    """Join readings of one article: things of one name are one, and so are facts that say the same.

    >>> from kg.model import Article
    >>> one, other = Entity("Hexo", "Organization"), Entity("Hexo", "Company", ("Hexo SA",))
    >>> whole = join_readings([Reading(Article("a", "x"), (it,)) for it in (one, other)])
    >>> [(it.name, it.kind, it.aliases) for it in whole.entities]
    [('Hexo', 'Company', ('Hexo SA',))]
    """
    met: dict[Hashable, list[Entity]] = {}
    for entity in (one for reading in readings for one in reading.entities):
        met.setdefault(key_of(entity), []).append(entity)
    joined = {key: join_entities(them) for key, them in met.items()}
    facts: dict[Hashable, Fact] = {}
    for fact in (one for reading in readings for one in reading.facts):
        moved = move_fact(fact, joined)
        said = (moved.subject, moved.property, moved.object, moved.modality, moved.ended)
        key = (*said, moved.qualifiers.get("role"), moved.attributed_to)
        facts[key] = join_facts(facts[key], moved) if key in facts else moved
    sentences = sorted({one for reading in readings for one in reading.sentences})
    return replace(
        readings[0],
        entities=tuple(joined.values()), facts=tuple(facts.values()), sentences=tuple(sentences),
    )  # fmt: skip


def key_of(entity: Entity) -> Hashable:
    """Return what is the same of a thing in all parts: its name, and its class but roughly."""
    return entity.name, ORGANIZATIONS[0] if entity.kind in ORGANIZATIONS else entity.kind


def join_entities(them: Sequence[Entity]) -> Entity:
    """Return one thing for those that parts name alike: with the class that tells most."""
    first = them[0]
    aliases = dict.fromkeys(name for one in them for name in one.aliases if name != first.name)
    return replace(
        first,
        kind=next((one.kind for one in them if one.kind != ORGANIZATIONS[0]), first.kind),
        aliases=tuple(aliases),
        links=tuple(dict.fromkeys(link for one in them for link in one.links)),
        mentions=tuple(sorted({span for one in them for span in one.mentions})),
        values=next((one.values for one in them if one.values), ()),
    )


def move_fact(fact: Fact, joined: Mapping[Hashable, Entity]) -> Fact:
    """Return a fact about the joined things."""

    def move(one: Entity) -> Entity:
        return joined.get(key_of(one), one)

    told = fact.qualifiers.items()
    moved = {name: move(one) if isinstance(one, Entity) else one for name, one in told}
    target, by = fact.object, fact.attributed_to
    return replace(
        fact,
        subject=move(fact.subject),
        object=move(target) if isinstance(target, Entity) else target,
        qualifiers=MappingProxyType(moved),
        attributed_to=by and move(by),
    )


def join_facts(one: Fact, other: Fact) -> Fact:
    """Return the surer of two facts that say the same, with what only the other tells."""
    first, second = (one, other) if one.confidence >= other.confidence else (other, one)
    return replace(
        first,
        qualifiers=MappingProxyType({**second.qualifiers, **first.qualifiers}),
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
    )
