"""Areas of cooperation: what the parties to an agreement will work on together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Entity, Fact, Modality
from kg.names.areas import find_area
from kg.rules.modality import assess
from kg.rules.relations.agreements import Deal
from kg.rules.relations.arguments import fill
from kg.rules.relations.openings import WORDS, named_areas, openings, works
from kg.rules.relations.scene import Scene
from kg.rules.resolve.cast import ORGANIZATIONS, end_of
from kg.rules.resolve.lists import broad
from kg.rules.syntax import has

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

#: How many words an area has at most.
LONGEST = 9


def find_areas(deals: list[Deal], facts: list[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield the areas in which the parties of agreements will work together."""
    if not deals and not any(f.property == "partnerOf" for f in facts):
        return
    for sentence in scene.cast.doc.sents:
        partners = parties_in(sentence, facts, scene)
        found = list(openings(sentence, scene, bool(partners)))
        found += [*named_areas(sentence, scene), *works(sentence, scene)] if partners else []
        for start, trigger, confidence in found:
            parties = partners or doers(trigger, deals, scene)
            if not parties:
                continue
            if span := area_span(scene.cast.doc, start, sentence.end, scene):
                modality = how_sure(trigger, parties, deals, scene)
                for part in parts(span, scene):
                    yield from cooperate(parties, part, (trigger, confidence, modality), scene)


def parties_in(sentence: Stretch, facts: list[Fact], scene: Scene) -> tuple[Entity, ...]:
    """Return who concludes a partnership in a sentence."""
    found = []
    for fact in facts:
        begin = fact.evidence[0][0]
        if fact.property == "partnerOf" and sentence.start_char <= begin < sentence.end_char:
            found += [fact.subject, fact.object]
    return tuple(dict.fromkeys(e for e in found if isinstance(e, Entity)))


def doers(trigger: Token, deals: list[Deal], scene: Scene) -> tuple[Entity, ...]:
    """Return the parties that a verb has as its subject, or those of the article's agreement."""
    known = {party for deal in deals for party in deal.parties}
    subjects = [
        e for r in fill(trigger, "subj", scene) for e in r.entities if e.kind in ORGANIZATIONS
    ]
    if subjects:
        return tuple(e for e in subjects if e in known)
    sentence = trigger.sent
    named = any(
        broad(r) in ("Organization", "Person")
        for r in scene.cast.references
        if sentence.start <= r.start < sentence.end
    )
    return deals[0].parties if deals and not named else ()


def area_span(doc: Doc, start: int, stop: int, scene: Scene) -> tuple[int, int] | None:
    """Return the tokens of the noun phrase that names an area, trimmed of its scaffolding."""
    lang = scene.lang
    scaffold, verbs = lang.words(WORDS + "scaffold"), lang.words(WORDS + "verbs")
    skip = lang.words("articles.determiners") | set(lang.prepositions)
    while start < stop:
        token = doc[start]
        infinitive = token.lemma_ in verbs and has(token, "VerbForm", "Inf")
        is_opening = token.lower_ in skip or token.lower_ in scaffold or token.text in '«"“ '
        if not (is_opening or infinitive or token.lemma_ in scaffold or token.pos_ == "ADV"):
            break
        start += 1
    end = start
    while end < stop and end - start < LONGEST and goes_on(doc[end], scene):
        end += 1
    while end > start and (
        doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "ADV") or doc[end - 1].is_punct
    ):
        end -= 1
    head = next((t for t in doc[start:end] if t.pos_ in ("NOUN", "PROPN")), None)
    if any(scene.cast.at[t.i].named for t in doc[start : start + 1] if t.i in scene.cast.at):
        return None
    if head is not None and head.lemma_ in lang.table("agreements"):
        return None
    if head is None or head.lemma_ in lang.words(WORDS + "not_areas") or doc[start].like_num:
        return None
    return start, end


def parts(span: tuple[int, int], scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the areas that one phrase names ('[projets de] recherche et de formation': two)."""
    doc, (start, end) = scene.cast.doc, span
    opening = scene.lang.prepositions.get(doc[start - 1].lower_) if start else None
    for index in range(start + 1, end - 2):
        joined = doc[index].pos_ == "CCONJ" and opening is not None
        inside = any(scene.lang.prepositions.get(t.lower_) == opening for t in doc[start:index])
        if joined and not inside and scene.lang.prepositions.get(doc[index + 1].lower_) == opening:
            yield start, index
            yield index + 2, end
            return
    yield span


def name_of(stretch: Stretch) -> str:
    """Return an area's name: its words without the article after 'et'."""
    kept = [
        t.text_with_ws
        for t in stretch
        if not (t.pos_ == "DET" and t.i > stretch.start and t.nbor(-1).pos_ == "CCONJ")
    ]
    return " ".join("".join(kept).split())


def goes_on(token: Token, scene: Scene) -> bool:
    """Tell whether a token goes on with a noun phrase."""
    if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ") and not (
        token.pos_ == "VERB" and has(token, "VerbForm", "Part")
    ):
        return False
    if token.is_space or token.text in ",;:.()«»“”–—" or token.text == '"':
        return False
    preposition = scene.lang.prepositions.get(token.lower_)
    return preposition in (None, "de", "à", "en", "via") or token.pos_ == "DET"


def how_sure(
    trigger: Token, parties: Iterable[Entity], deals: list[Deal], scene: Scene
) -> Modality:
    """Return how sure cooperation in an area is: as sure as the agreement that covers it.

    What an agreement in force lets the parties explore is agreed; only hearsay stays possible.
    """
    said = assess(trigger, scene.lang)
    hearsay = any(has(t, "Mood", "Cnd") for t in trigger.sent)
    agreed = any(d.modality == "Actual" and set(d.parties) & set(parties) for d in deals)
    return "Actual" if agreed and not hearsay and said != "Denied" else said


def cooperate(
    parties: Iterable[Entity],
    span: tuple[int, int],
    said: tuple[Token, float, Modality],
    scene: Scene,
) -> Iterator[Fact]:
    """Yield that each party works in an area."""
    doc, (trigger, confidence, modality) = scene.cast.doc, said
    stretch = doc[span[0] : span[1]]
    name = name_of(stretch)
    link = find_area(name, scene.lang.code)
    area = Entity(
        name,
        "CooperationArea",
        links=(link,) if link else (),
        mentions=((stretch.start_char, stretch.end_char),),
    )
    first = min(trigger.idx, stretch.start_char)
    evidence = ((first, end_of(doc[span[1] - 1])),)
    for party in parties:
        yield Fact(
            party, "cooperatesIn", area, modality, confidence=confidence,
            rule="area", evidence=evidence,
        )  # fmt: skip
