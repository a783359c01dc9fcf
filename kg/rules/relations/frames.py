"""The language's frames over the tree: verbs and nouns to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg import ontology
from kg.model import Entity, Fact, Modality, Span
from kg.rules.modality import assess, assess_word, ends_as, means
from kg.rules.relations.arguments import fill
from kg.rules.relations.scene import Scene, apposed
from kg.rules.relations.verbs import just_before
from kg.rules.resolve.cast import Cast, Reference, end_of
from kg.rules.syntax import (
    has,
    is_bare_participle,
    is_passive,
    lemma_of,
    sentence_end,
    sentence_start,
)
from kg.values.language import Frame, Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How far apart the words of one expression may stand ('mettre finalement la main sur').
SPREAD = 3
#: What happens once, and so is never over.
EVENTS = ("acquired", "mergedWith", "investedIn")
#: Weights that sort kinds of evidence by how often they were right on 117 articles.
CONFIDENCE = {"named": 0.9, "anaphor": 0.58, "weak": 0.55}


def find_relations(scene: Scene) -> Iterator[Fact]:
    """Yield the facts that the language's verbs and nouns say."""
    index = index_frames(scene.lang)
    for token in scene.cast.where(index.keys()):
        if token.i in scene.cast.at and scene.cast.at[token.i].covers_name(token.i):
            continue
        for trigger, frame in index.get(lemma_of(token), ()):
            if matches(token, trigger, frame, scene.lang):
                yield from read_frame(token, frame, scene)


@cache
def index_frames(lang: Language) -> Mapping[str, list[tuple[tuple[str, ...], Frame]]]:
    """Return the frames by the lemma that opens them."""
    index: dict[str, list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
    for frame in lang.frames:
        for trigger in frame.triggers:
            index[plain(trigger)[0]].append((trigger, frame))
    return index


def plain(trigger: tuple[str, ...]) -> tuple[str, ...]:
    """Return a trigger's words without its reflexive pronoun.

    >>> plain(("s'emparer",)), plain(("se", "payer"))
    (('emparer',), ('payer',))
    """
    if trigger[0] == "se":
        return trigger[1:]
    return (trigger[0].removeprefix("s'"), *trigger[1:])


def matches(token: Token, trigger: tuple[str, ...], frame: Frame, lang: Language) -> bool:
    """Tell whether a token opens a trigger of a frame."""
    verbal = token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and not frame.noun)
    if frame.noun == verbal or token.pos_ in ("DET", "ADP", "PRON", "ADV"):
        return False
    if not frame.noun and (plain(trigger) != trigger) != is_reflexive(token, lang):
        return False
    if frame.preceded and (token.i == 0 or token.nbor(-1).lower_ != frame.preceded):
        return False
    if frame.objects and not has_object(token, frame):
        return False
    return follows(token, plain(trigger)[1:])


def is_reflexive(verb: Token, lang: Language) -> bool:
    """Tell whether a verb has a reflexive pronoun."""
    words, inserted = lang.words("syntax.reflexives"), lang.words("syntax.inserted")
    for index in range(verb.i - 1, max(verb.i - 5, sentence_start(verb)) - 1, -1):
        token = verb.doc[index]
        if token.lower_ in words:
            return True
        if token.pos_ not in ("AUX", "ADV", "PRON", "ADP") and token.lower_ not in inserted:
            return False
    return False


def has_object(verb: Token, frame: Frame) -> bool:
    """Tell whether one of a frame's nouns follows a verb closely."""
    stop = min(verb.i + 7, sentence_end(verb))
    return any(t.lemma_.lower() in frame.objects for t in verb.doc[verb.i + 1 : stop])


def follows(token: Token, words: Iterable[str]) -> bool:
    """Tell whether some words follow a token in their order, other short words between allowed."""
    position = token.i
    for word in words:
        stop = min(position + 1 + SPREAD, sentence_end(token))
        found = [
            t.i for t in token.doc[position + 1 : stop] if word in (t.lower_, t.lemma_.lower())
        ]
        if not found:
            return False
        position = found[0]
    return True


def read_frame(trigger: Token, frame: Frame, scene: Scene) -> Iterator[Fact]:
    """Yield the facts that a frame says at a trigger."""
    if frame.participle and not is_passive(trigger, scene.lang):
        return
    relation = ontology.properties()[frame.relation]
    starts, first = choose(trigger, frame.start, relation.domain, scene)
    ends, second = choose(trigger, frame.end, relation.range, scene)
    if frame.joined:
        starts += tuple(
            r for r in fill(trigger, "avec", scene) if fits(r, relation.domain, scene.cast)
        )
    if "topic" in (first, second):
        frame = replace(frame, weak=True)
    if relation.symmetric:
        apart = bool(ends) and set(starts) != set(ends)
        together = frame.pair or "entre" in (first, second)
        pairs: Iterable[tuple[Reference, Reference]] = (
            product(starts, ends) if apart else combinations(starts if together else (), 2)
        )
    else:
        pairs = product(starts, ends)
    for start, end in pairs:
        for subject, target in product(start.entities, end.entities):
            if subject != target:
                yield make_fact((subject, target), (trigger, start, end), frame, scene)
    if relation.symmetric:
        yield from within(dict.fromkeys((*starts, *ends)), trigger, frame, scene)


def within(
    references: Iterable[Reference], trigger: Token, frame: Frame, scene: Scene
) -> Iterator[Fact]:
    """Yield the facts that 'les deux groupes' says of the two that it means."""
    for reference in references:
        for subject, target in combinations(reference.entities, 2):
            yield make_fact((subject, target), (trigger, reference, reference), frame, scene)


def choose(
    trigger: Token, slots: Iterable[str], wanted: str, scene: Scene
) -> tuple[tuple[Reference, ...], str]:
    """Return the references of the first place that holds things of the right class, and it."""
    for slot in slots:
        found = tuple(r for r in fill(trigger, slot, scene) if fits(r, wanted, scene.cast))
        if found:
            return found, slot
    return (), ""


def fits(reference: Reference, wanted: str, cast: Cast) -> bool:
    """Tell whether a reference is to things of a class, or to things whose class is unsure."""
    return all(
        ontology.is_a(e.kind, wanted) or (wanted in ("Organization", "Agent") and e in cast.unsure)
        for e in reference.entities
    )


def make_fact(
    ends: tuple[Entity, Entity],
    said: tuple[Token, Reference, Reference],
    frame: Frame,
    scene: Scene,
) -> Fact:
    """Make the fact that a trigger and the references at its two ends say."""
    (subject, target), (trigger, start, end) = ends, said
    modality = assess_frame(trigger, frame, scene)
    done = modality == "Actual"
    over = is_over(trigger, frame, scene.lang)
    if done:
        modality = frame.modality
    named = "named" if start.named and end.named else "anaphor"
    confidence = CONFIDENCE["weak" if frame.weak else named]
    return Fact(
        subject,
        frame.relation,
        target,
        "Actual" if frame.presupposed or over else modality,
        ended=(frame.ended and done) or over,
        confidence=confidence,
        rule=f"{'noun' if frame.noun else 'verb'}:{trigger.lemma_.lower()}",
        evidence=(cover(trigger, start, end),),
    )


def assess_frame(trigger: Token, frame: Frame, scene: Scene) -> Modality:
    """Return how sure a frame is: what a noun in apposition says does not hang on the clause."""
    lang = scene.lang
    predicate = any(c.dep_ in lang.words("syntax.copula") for c in trigger.children) or (
        trigger.head.lemma_ in lang.words("syntax.copulas") and trigger.head.pos_ == "VERB"
    )
    if frame.noun and is_created(trigger, lang):
        return assess(trigger, lang)
    described = is_bare_participle(trigger) and just_before(trigger, scene.cast) is not None
    beside = frame.noun and not predicate and apposed(trigger, scene)
    if described or beside or (frame.noun and not predicate and "is" in frame.start + frame.end):
        return assess_word(trigger, trigger, lang) or "Actual"
    return assess(trigger, lang)


def is_created(noun: Token, lang: Language) -> bool:
    """Tell whether a noun is what somebody creates: 'X et Y vont créer une coentreprise, Z'."""
    verb = noun.head
    return noun.dep_ in lang.words("syntax.object") and means(verb, "modality.creating", lang)


def is_over(trigger: Token, frame: Frame, lang: Language) -> bool:
    """Tell whether a state is of the past ('appartenait', 'n'est plus', 'ancienne filiale')."""
    if frame.relation in EVENTS or frame.modality != "Actual":
        return False
    words = {c.lower_ for c in trigger.children}
    no_longer = words & lang.words("modality.no_longer") and words & lang.words("syntax.negations")
    if no_longer and not words & lang.words("syntax.relative_objects"):
        return True
    if words & lang.words("modality.ended") or means(trigger.head, "modality.ending", lang):
        return True
    if frame.noun and is_parted_with(trigger.head, lang):
        return True
    verbs = [trigger, *(c for c in trigger.children if c.dep_ in ("cop", "aux:pass"))]
    return any(
        has(verb, "Tense", "Imp")
        and has(verb, "Mood", "Ind")
        and not ends_as(verb, "conditional", lang)
        for verb in verbs
    )


def is_parted_with(verb: Token, lang: Language) -> bool:
    """Tell whether a verb says that one has sold what it governs: 'il a revendu ses parts'."""
    auxiliary = any(c.dep_ in lang.words("syntax.auxiliary") for c in verb.children)
    return means(verb, "modality.parting", lang) and is_bare_participle(verb) and auxiliary


def cover(trigger: Token, *references: Reference) -> Span:
    """Return the characters from the first to the last word of a statement, in its sentence."""
    doc, sentence = trigger.doc, trigger.sent
    inside = [r for r in references if sentence.start <= r.start < sentence.end]
    first = min([trigger.i, *(r.left for r in inside)])
    last = max([trigger.i, *(r.end - 1 for r in inside)])
    while doc[first].is_space:
        first += 1
    return doc[first].idx, end_of(doc[last])
