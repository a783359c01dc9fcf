"""What follows from an article as a whole: who buys, what a deal brings, who works together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.names.key import fold
from kg.names.known import known_forms
from kg.rules.modality import assess
from kg.rules.relations.arguments import fill
from kg.rules.relations.frames import choose, cover, fits, make_fact
from kg.rules.relations.nouns import topic
from kg.rules.relations.scene import Scene, is_sure
from kg.rules.resolve.cast import ORGANIZATIONS, Reference
from kg.rules.resolve.lists import LOCATIVE, broad, preposition_of
from kg.rules.syntax import governors, sentence_start
from kg.values.language import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The relation whose nouns often leave out who does it, because the whole article says so.
CARRIED = "acquired"
#: How sure it is that what a deal brings was the bought company's.
BROUGHT = 0.65
#: How sure it is that a product is offered by the company spoken of.
NEAR_BY = 0.4
#: How many tokens before a name the noun that says what it is may stand.
DESCRIBED = 8


def find_carried(facts: Iterable[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield what events without a doer say of the one company that does such things here.

    'Le rachat de Z' after 'X rachète Y' is X's, if nobody else buys in the article; where nobody
    does, it is that of the subject: 'X y est présent depuis l'acquisition de Z'.
    """
    doers = {f.subject for f in facts if f.property == CARRIED and f.modality != "Denied"}
    sole = next((r for r in scene.cast.references if {*r.entities} & doers), None)
    frames = [f for f in scene.lang.frames if f.relation == CARRIED and f.noun]
    nouns = {trigger[0] for frame in frames for trigger in frame.triggers}
    for token in scene.cast.where(nouns):
        for frame in frames:
            if (token.lemma_.lower(),) not in frame.triggers or token.pos_ != "NOUN":
                continue
            doer = sole if len(doers) == 1 else subject_above(token, scene) if not doers else None
            if doer is None or scene.items[token.i] != scene.items[doer.start]:
                continue
            starts, _ = choose(token, frame.start, "Organization", scene)
            ends, _ = choose(token, ("de",), "Organization", scene)
            for end in ends if not starts else ():
                if end.named and end.entities[0] != doer.entities[0]:
                    ends_of = (doer.entities[0], end.entities[0])
                    yield make_fact(ends_of, (token, end, end), replace(frame, weak=True), scene)


def subject_above(noun: Token, scene: Scene) -> Reference | None:
    """Return the organisation that is the subject of the clause that a noun of buying is in."""
    if noun.lemma_ not in scene.lang.words("nouns.bought"):
        return None
    verb = next((t for t in governors(noun) if t.pos_ == "VERB"), None)
    subjects = fill(verb, "subj", scene) if verb is not None else ()
    return subjects[0] if len(subjects) == 1 and is_business(subjects[0], scene) else None


def find_joint_work(scene: Scene) -> Iterator[Fact]:
    """Yield that two companies that study or develop something together are partners."""
    words = scene.lang.words("relations.partnerOf.joint")
    frame = Frame("partnerOf", False, (), (), (), weak=True)
    for token in scene.cast.where(words):
        if token.pos_ != "VERB" or token.lemma_ not in words:
            continue
        doers = [r for r in fill(token, "subj", scene) if fits(r, "Organization", scene.cast)]
        both = list(dict.fromkeys(e for r in doers if r.named for e in r.entities))
        if len(both) == 2:
            yield make_fact((both[0], both[1]), (token, doers[0], doers[-1]), frame, scene)


def find_spoils(facts: Iterable[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield that what a deal brings a buyer is of the company it buys.

    'Avec cette opération, X détiendra les marques A et B' after 'X rachète Y'.
    """
    known = sorted(facts, key=lambda fact: fact.evidence[0])
    bought: dict[Entity, Entity] = {}
    for fact in known:
        if fact.property == CARRIED and isinstance(fact.object, Entity):
            bought.setdefault(fact.subject, fact.object)
    for fact in known:
        unit, buyer = fact.subject, fact.object
        if fact.property != "subsidiaryOf" or not isinstance(buyer, Entity):
            continue
        target = bought.get(buyer)
        future = fact.modality in ("Planned", "Possible") and fact.rule.startswith("verb:")
        if future and target is not None and target != unit and is_of_deal(fact, scene):
            yield replace(fact, object=target, modality="Actual", confidence=BROUGHT, rule="spoils")


def is_of_deal(fact: Fact, scene: Scene) -> bool:
    """Tell whether the sentence of a fact speaks of a deal ('cette opération', 'le rachat')."""
    begin, end = fact.evidence[0]
    span = scene.cast.doc.char_span(begin, end, alignment_mode="expand")
    words = scene.lang.words("nouns.deal")
    return span is not None and any(t.lemma_.lower() in words for t in span.sent)


def is_introduced(name: Token, scene: Scene) -> bool:
    """Tell whether a common noun just before a name says that it is a product."""
    words = scene.lang.words("nouns.product") - scene.lang.words("nouns.vague")
    near = name.doc[max(name.i - DESCRIBED, sentence_start(name)) : name.i]
    return any(t.lemma_.lower() in words for t in near)


def find_makers(facts: Iterable[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield who offers the products of which nothing says so: who is named before them."""
    said = {f.object for f in facts if f.property == "offers"}
    seen: set[Entity] = set()
    for reference in scene.cast.references:
        entity = reference.entities[0]
        if broad(reference) != "Product" or entity in said or entity in seen:
            continue
        seen.add(entity)
        trigger = scene.cast.doc[reference.start]
        if not is_introduced(trigger, scene):
            continue
        for maker in spoken_of(trigger, scene):
            if is_of_another(entity, maker.entities[0], scene):
                continue
            yield Fact(
                maker.entities[0],
                "offers",
                entity,
                confidence=NEAR_BY,
                rule="near",
                evidence=(cover(trigger, maker, reference),),
            )


def is_of_another(product: Entity, maker: Entity, scene: Scene) -> bool:
    """Tell whether a product's name begins with that of another company."""
    first = fold(product.name).split()[0]
    others = {fold(e.name) for e in scene.cast.of_kind(*ORGANIZATIONS) if e != maker}
    return first in others or (first in known_forms() and first != fold(maker.name).split()[0])


def spoken_of(word: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that a sentence speaks of before a word, else the whole text."""
    near = tuple(r for r in topic(word, scene) if is_business(r, scene))
    return near or scene.lead


def is_business(reference: Reference, scene: Scene) -> bool:
    """Tell whether a reference is to an organisation that may sell something."""
    return is_sure(reference, scene) and reference.entities[0].kind != "PublicBody"


def find_presence(facts: Iterable[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield that a company is active where what it does happens, whatever the verb."""
    said = {(f.subject, f.object) for f in facts if f.property in ("operatesIn", "basedIn")}
    silent = scene.lang.words("speech.verbs") | scene.lang.words("syntax.copulas")
    for place in scene.cast.references:
        if broad(place) != "Place" or preposition_of(place, scene.cast, scene.lang) not in LOCATIVE:
            continue
        root = scene.cast.doc[place.start : place.end].root
        verb = next((t for t in governors(root) if t.pos_ == "VERB"), None)
        if verb is None or verb.lemma_ in silent:
            continue
        for company in fill(verb, "subj", scene):
            pair = (company.entities[0], place.entities[0])
            if is_business(company, scene) and pair not in said:
                said.add(pair)
                yield Fact(
                    *pair[:1], "operatesIn", pair[1], assess(verb, scene.lang),
                    confidence=NEAR_BY, rule="presence", evidence=(cover(verb, company, place),),
                )  # fmt: skip
