"""What else a sentence says of a fact: shares, amounts, counts, dates, and the agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.rules.qualifiers.control import settle
from kg.rules.qualifiers.owners import Value, beside, find_values, may_have, owners, tellers
from kg.rules.qualifiers.statements import Statement, by_sentence, make_statement, tense_of
from kg.rules.qualifiers.sums import add_sums
from kg.rules.relations.agreements import Deal
from kg.rules.relations.scene import Scene
from kg.rules.syntax import governors, lemma_of
from kg.values.dates import When
from kg.values.days import Now, date_values, read_day
from kg.values.language import Language
from kg.values.quantities import FITS, UNITS, value_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch

Qualifiers = Mapping[str, str | int | Decimal | Entity]

#: Which relations take which values of their sentence.
TAKES: Mapping[str, tuple[str, ...]] = {
    "acquired": ("share", "amount", "count", "date"),
    "holdsStakeIn": ("share", "amount", "count", "date"),
    "subsidiaryOf": ("share", "date"),
    "investedIn": ("amount", "date"),
    "mergedWith": ("amount", "date"),
    "supplierOf": ("amount", "count", "date"),
    "partnerOf": ("amount", "date"),
    "operatesIn": ("amount", "count", "date"),
    "offers": ("date",),
    "basedIn": ("date",),
    "holdsPosition": ("date",),
}
#: What says of what a number is → the number.
NUMBERS = {unit: name for name, unit in UNITS.items()}
#: Rules that read words which may govern a value; a name or a list alone governs none.
READ = ("verb:", "noun:", "site:", "title", "member")


def qualify(facts: list[Fact], deals: list[Deal], scene: Scene) -> list[Fact]:
    """Return facts with the values that their sentences give them."""
    now = Now(read_day(scene.published), scene.lang)
    said = list(facts)
    sentences = list(scene.cast.doc.sents)
    for number, places in by_sentence(facts, sentences):
        takers = [p for p in places if is_taker(facts[p])]
        for place, values in read_sentence(sentences[number], takers, facts, (scene, now)).items():
            said[place] = replace(facts[place], qualifiers={**values, **facts[place].qualifiers})
    return settle(add_agreements(add_sums(said, sentences, scene), deals), scene.lang)


def is_taker(fact: Fact) -> bool:
    """Tell whether a fact may have values: those of words that say it, not of a name or a list."""
    return fact.property in TAKES and fact.rule.startswith(READ)


def read_sentence(
    sentence: Stretch, places: Sequence[int], facts: Sequence[Fact], given: tuple[Scene, Now]
) -> dict[int, Qualifiers]:
    """Return the values of the facts of a sentence, by their place in a list of facts."""
    scene, now = given
    kinds = dict.fromkeys(kind for place in places for kind in TAKES[facts[place].property])
    values = list(find_values(sentence, kinds, scene))
    if not values:
        return {}
    statements = [make_statement(place, facts[place], scene) for place in places]
    found: dict[int, Qualifiers] = defaultdict(dict)
    for value in values:
        if isinstance(value.said, When) and not value.said.bound:
            told = date_values(value.said, "announced", replace(now, tense=-1))
            for statement in tellers(value, statements, scene.lang):
                found[statement.place] = told
    for kind in kinds:
        of_kind = [value for value in values if value.kind == kind]
        for statement, value in shared_out(of_kind, statements, scene):
            found[statement.place] = {**found[statement.place], **typed(value, statement, now)}
    return found


def shared_out(
    values: Sequence[Value], statements: Sequence[Statement], scene: Scene
) -> Iterator[tuple[Statement, Value]]:
    """Yield who gets which of the values of one kind, one each at most."""
    claims: dict[Statement, list[Value]] = defaultdict(list)
    for value in values:
        takers = [
            s
            for s in statements
            if value.kind in TAKES[s.fact.property] and may_have(s, value, scene.lang)
        ]
        for statement in owners(value, takers, scene):
            claims[statement].append(value)
    for statement, mine in claims.items():
        others = [s for s in claims if s.trigger == statement.trigger]
        yield statement, beside(statement, mine, others, scene)


def typed(value: Value, statement: Statement, now: Now) -> Qualifiers:
    """Return the qualifiers that a value gives a fact."""
    if isinstance(value.said, When):
        tense = tense_of(statement, now.lang)
        return date_values(value.said, "date", replace(now, tense=tense))
    if value.said.changes and is_change(value, now.lang):
        return replace(value.said, least=value.said.most).typed(value.kind)
    return value.said.typed(value.kind)


def is_change(value: Value, lang: Language) -> bool:
    """Tell whether a verb says that one number of a value turns into the other."""
    verbs = lang.words("values.changes")
    return any(lemma_of(token) in verbs for token in governors(value.root))


def add_agreements(facts: Sequence[Fact], deals: Sequence[Deal]) -> list[Fact]:
    """Return facts with the agreement that partners have, and agreements with their values."""
    pairs = {frozenset(deal.parties): deal for deal in deals}
    values: dict[Entity, Qualifiers] = {}
    found = []
    for fact in facts:
        if fact.property == "partnerOf" and isinstance(fact.object, Entity):
            if deal := pairs.get(frozenset((fact.subject, fact.object))):
                values[deal.node] = {**values.get(deal.node, {}), **fact.qualifiers}
                named = {**fact.qualifiers, "agreement": deal.node, "kind": deal.wording}
                fact = replace(fact, qualifiers=named)
        found.append(fact)
    return [
        replace(fact, qualifiers={**values.get(fact.subject, {}), **fact.qualifiers})
        if fact.property == "party"
        else fact
        for fact in found
    ]


def join(first: Qualifiers, second: Qualifiers) -> Qualifiers:
    """Return the qualifiers of two facts that say the same; of one value the second's counts.

    >>> join({"amountMin": Decimal(3), "currency": "EUR"}, {"amount": Decimal(4), "rank": 1})
    {'amount': Decimal('4'), 'rank': 1}
    """
    taken = {NUMBERS.get(name, value_of(name)) for name in second}
    kept = {k: v for k, v in first.items() if NUMBERS.get(k, value_of(k)) not in taken}
    if not any(value_of(name) in FITS for name in kept):
        kept.pop("approximate", None)
    return {**kept, **second}
