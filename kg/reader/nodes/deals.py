"""Deals as things of their own: who buys what of whom, and what is told of the whole deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kg import ontology
from kg.model import Entity, Fact, Reading, Span
from kg.values.quantities import value_of

#: Relation → the kind of deal that it follows from.
KINDS = {
    "acquired": "Acquisition", "holdsStakeIn": "StakePurchase", "investedIn": "FundingRound",
    "mergedWith": "Merger",
}  # fmt: skip
#: Who sells may stand so many characters from the words that tell of the deal.
NEAR = 200


@dataclass(frozen=True, slots=True)
class Deal:
    """Hold a deal with the facts that tell of it, in their order."""

    node: Entity
    facts: tuple[Fact, ...]


def add_deals(reading: Reading) -> Reading:
    """Add the deals of a reading as things with facts of their own.

    What is told of a deal or an agreement as a whole (amount, share, date …) stands on it; a deal
    with one buyer leaves it on that buyer's fact too. Facts of `party` and the like have none.
    """
    deals = list(find_deals(reading))
    told = {id(fact): deal for deal in deals for fact in deal.facts}
    facts = [qualify(fact, told.get(id(fact))) for fact in reading.facts]
    facts = [strip(fact) if is_agreement(fact.subject) else fact for fact in facts]
    facts += [fact for deal in deals for fact in describe_deal(deal, reading.facts)]
    agreements = find_values(reading.facts)
    swapped = {node: replace(node, values=values) for node, values in agreements.items()}
    entities = [swapped.get(entity, entity) for entity in reading.entities]
    return replace(
        reading,
        entities=(*entities, *(deal.node for deal in deals)),
        facts=tuple(swap(fact, swapped) for fact in facts),
    )


def find_deals(reading: Reading) -> Iterator[Deal]:
    """Yield the deals that facts tell of, those of several buyers together, in their order."""
    groups: list[list[Fact]] = []
    for fact in reading.facts:
        if fact.property in KINDS and is_deal(fact):
            said = next((said for said in groups if is_one_deal(said, fact)), [])
            said.append(fact)
            groups += [said] if len(said) == 1 else []
    for said in groups:
        yield Deal(name_deal(said, reading.article.lang), tuple(said))


def is_deal(fact: Fact) -> bool:
    """Tell whether a fact tells of a deal: a stake that is held, or is not, and no more, is none.

    >>> nordil, hexo = Entity("Nordil", "Company"), Entity("Hexo", "Company")
    >>> is_deal(Fact(nordil, "holdsStakeIn", hexo)), is_deal(Fact(nordil, "acquired", hexo))
    (False, True)
    """
    if fact.property != "holdsStakeIn" or fact.modality in ("Planned", "Possible"):
        return isinstance(fact.object, Entity)
    return any(name.startswith(("amount", "date", "announced")) for name in fact.qualifiers)


def is_one_deal(said: Iterable[Fact], fact: Fact) -> bool:
    """Tell whether a fact has another party of a deal: in the same words, of the same target.

    Those who invest in one round are told of here and there, but not with other figures.
    """
    found = False
    for one in said:
        told, also = ((it.property, it.modality, it.ended) for it in (one, fact))
        near = overlap(one.evidence, fact.evidence)
        if told != also or (fact.property == "investedIn" and not agree(one, fact)):
            return False
        if fact.property == "mergedWith":
            found |= near and bool({one.subject, one.object} & {fact.subject, fact.object})
        else:
            found |= one.object == fact.object and (near or fact.property == "investedIn")
    return found


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two facts differ in no value that both have."""
    told, also = whole(one), whole(other)
    return all(told[name] == also[name] for name in told.keys() & also.keys())


def overlap(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Tell whether some stretches of a text have a character in common.

    >>> overlap([(0, 5)], [(4, 9)]), overlap([(0, 5)], [(5, 9)])
    (True, False)
    """
    spans = list(other)
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in spans)


def name_deal(said: list[Fact], lang: str) -> Entity:
    """Return a deal's node, called after its kind and those who have a part in it."""
    kind, parties = KINDS[said[0].property], [*dict.fromkeys(fact.subject for fact in said)]
    target = said[0].object
    assert isinstance(target, Entity)
    names = [party.name for party in parties]
    if said[0].property == "mergedWith":
        ends = [end for fact in said for end in (fact.subject, fact.object)]
        names = [end.name for end in dict.fromkeys(ends) if isinstance(end, Entity)]
        told = " – ".join(names)
    else:
        told = f"{', '.join(names)} – {target.name}"
    values = shared_values(said)
    return Entity(
        f"{ontology.label(kind, lang)} {told}", kind, values=tuple(sorted(values.items()))
    )


def shared_values(facts: list[Fact]) -> dict[str, str | int | Decimal]:
    """Return what the facts of several parties tell of the whole: in what they differ is theirs."""
    found = values_of(facts)
    return {
        name: value
        for name, value in found.items()
        if all(whole(fact).get(name, value) == value for fact in facts)
    }


def values_of(facts: Iterable[Fact]) -> dict[str, str | int | Decimal]:
    """Return what facts tell of the whole; of each kind of value, only what the surest says."""
    found: dict[str, str | int | Decimal] = {}
    for fact in sorted(facts, key=lambda fact: -fact.confidence):
        known = {measure_of(name) for name in found}
        for name, value in whole(fact).items():
            if measure_of(name) not in known and not isinstance(value, Entity):
                found[name] = value
    return found


def whole(fact: Fact) -> dict[str, str | int | Decimal | Entity]:
    """Return those qualifiers of a fact that may stand on a deal or an agreement, too."""
    return {name: value for name, value in fact.qualifiers.items() if ontology.is_value(name)}


def measure_of(name: str) -> str:
    """Return what a value is a part of: an end of a range, a unit.

    >>> measure_of("amountMin"), measure_of("currency"), measure_of("date")
    ('amount', 'amount', 'date')
    """
    return {"currency": "amount", "counted": "count"}.get(name, value_of(name))


def describe_deal(deal: Deal, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield who buys, what is bought and who sells, each by the words that say so."""
    first, merger = deal.facts[0], deal.facts[0].property == "mergedWith"
    for fact in deal.facts:
        yield state(deal, "buyer", fact.subject, fact)
        if merger and isinstance(fact.object, Entity):
            yield state(deal, "buyer", fact.object, fact)
    if not merger and isinstance(first.object, Entity):
        yield state(deal, "target", first.object, max(deal.facts, key=lambda f: f.confidence))
        for owned in find_sales(deal, facts):
            if isinstance(owned.object, Entity):
                yield state(deal, "seller", owned.object, owned)


def state(deal: Deal, role: str, party: Entity, said: Fact) -> Fact:
    """Return the fact that somebody has a part in a deal."""
    modality, ended = deal.facts[0].modality, deal.facts[0].ended
    return Fact(
        deal.node, role, party, modality, ended, attributed_to=deal.facts[0].attributed_to,
        confidence=min(said.confidence, deal.facts[0].confidence), evidence=said.evidence,
    )  # fmt: skip


def find_sales(deal: Deal, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield that the target belongs, or belonged, to somebody who is no buyer: who sells it."""
    first = deal.facts[0]
    buyers = {fact.subject for fact in deal.facts}
    if first.property != "acquired" or first.modality == "Denied":
        return
    begin, end = first.evidence[0] if first.evidence else (0, 0)
    for fact in facts:
        owned = fact.property == "subsidiaryOf" and fact.subject == first.object
        if not owned or fact.object in buyers or fact.modality != "Actual":
            continue
        near = overlap(fact.evidence, [(begin - NEAR, end + NEAR)])
        if fact.ended or (near and first.modality != "Actual"):
            yield fact


def qualify(fact: Fact, deal: Deal | None) -> Fact:
    """Return a fact with its deal; of several buyers, none has for itself what all share."""
    if deal is None:
        return fact
    taken = {name for name, _ in deal.node.values} if len(deal.facts) > 1 else set()
    kept = {name: value for name, value in fact.qualifiers.items() if name not in taken}
    return replace(fact, qualifiers={**kept, "deal": deal.node})


def find_values(facts: Iterable[Fact]) -> dict[Entity, tuple[tuple[str, str | int | Decimal], ...]]:
    """Return what is told of each agreement as a whole, by facts about it and those it leads to."""
    said: dict[Entity, list[Fact]] = {}
    for fact in facts:
        node = fact.subject if is_agreement(fact.subject) else fact.qualifiers.get("agreement")
        if isinstance(node, Entity):
            said.setdefault(node, []).append(fact)
    found = {node: tuple(sorted(values_of(facts).items())) for node, facts in said.items()}
    return {node: values for node, values in found.items() if values}


def is_agreement(entity: Entity) -> bool:
    """Tell whether a thing is an agreement.

    >>> is_agreement(Entity("protocole Nordil – Vasco", "Memorandum"))
    True
    """
    return ontology.is_a(entity.kind, "Agreement")


def strip(fact: Fact) -> Fact:
    """Return a fact without what is told of a whole deal or agreement."""
    told = whole(fact)
    return replace(fact, qualifiers={n: v for n, v in fact.qualifiers.items() if n not in told})


def swap(fact: Fact, nodes: Mapping[Entity, Entity]) -> Fact:
    """Return a fact about other nodes."""
    qualifiers = {
        name: nodes.get(value, value) if isinstance(value, Entity) else value
        for name, value in fact.qualifiers.items()
    }
    target = nodes.get(fact.object, fact.object) if isinstance(fact.object, Entity) else fact.object
    subject = nodes.get(fact.subject, fact.subject)
    return replace(fact, subject=subject, object=target, qualifiers=qualifiers)
