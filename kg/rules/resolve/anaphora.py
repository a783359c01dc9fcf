"""What nouns and pronouns stand for: 'le groupe français', 'les deux sociétés', 'elle'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Entity
from kg.names.key import fold
from kg.rules.mentions.mention import demonym_places
from kg.rules.resolve.cast import ORGANIZATIONS, Cast, Reference
from kg.rules.resolve.salience import Salience, is_agent, is_leading
from kg.rules.syntax import has
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token


#: How many words may stand between an article and its noun.
DESCRIBED = 2
#: Word classes of what may stand for a name.
NOMINAL = ("NOUN", "ADJ", "PROPN", "NUM", "X", "VERB")


def add_anaphora(cast: Cast, lang: Language) -> Cast:
    """Add to a cast what its nouns and pronouns stand for, in the order of the text."""
    salience = Salience(cast, lang)
    named = {reference.start: reference for reference in cast.references}
    definite = lang.words("anaphora.definite")
    pronouns = lang.words("anaphora.last") | lang.words("anaphora.pronouns")
    left = -1
    for index, token in enumerate(cast.tokens):
        word = token.lower_
        if index in named:
            salience.note(named[index])
        elif (left >= 0 or word in pronouns) and index not in cast.at:
            if reference := read_anaphor(token, left, salience):
                salience.note(reference)
                cast.add(reference)
        if word in definite:
            left = index
        elif left >= 0 and (index - left > DESCRIBED or token.pos_ not in ("ADJ", "NUM")):
            left = -1
    cast.references.sort(key=lambda r: r.start)
    return cast


def read_anaphor(token: Token, left: int, salience: Salience) -> Reference | None:
    """Return what a noun or a pronoun stands for, if it stands for something named before.

    Its definite noun phrase begins at `left`, unless that is -1.
    """
    lang, doc, word = salience.lang, token.doc, token.lower_
    if word in lang.words("anaphora.last"):
        return read_last(token, salience)
    if word in lang.words("anaphora.pronouns"):
        return read_pronoun(token, salience)
    if left < 0 or token.pos_ not in NOMINAL:
        return None
    noun = token.lower_ if token.lower_ in lang.words("nouns.pair") else token.lemma_.lower()
    plural = has(token, "Number", "Plur")
    if plural and noun in lang.words("anaphora.the_pair"):
        return read_pair(token, left, salience)
    if any(t.lower_ in lang.words("anaphora.two") for t in doc[left : token.i]):
        pair = noun in lang.words("nouns.pair") or is_agent(token.lemma_.lower(), lang)
        return read_pair(token, left, salience) if pair else None
    if any(child.dep_ in lang.words("syntax.copula") for child in token.children):
        return None
    if plural or is_followed_by_name(token, salience.cast):
        return None
    known = noun in lang.words("nouns.anaphors")
    if not (known or noun in salience.heads or noun in salience.called):
        if not is_demonym_noun(token, lang) or may_be_person(token, salience):
            return None
    places = demonyms_near(token, lang)
    if known and (named := apposed_to(token, left, salience)):
        salience.places[named].update(places)
        return Reference(token.i, token.i + 1, left, (named,), False, places, token.i)
    return read_noun(token, left, places, salience)


def apposed_to(noun: Token, left: int, salience: Salience) -> Entity | None:
    """Return the organisation that a noun only describes: 'la tête de X, le groupe de presse'."""
    doc, lang = noun.doc, salience.lang
    if left < 2 or doc[left - 1].text != "," or noun.dep_ in lang.words("syntax.subject"):
        return None
    if doc[left].lower_ in lang.words("articles.possessives"):
        return None
    reference = salience.cast.at.get(left - 2)
    if reference is None or not reference.named or reference.end != left - 1:
        return None
    entity = reference.entities[0]
    return entity if entity.kind in ORGANIZATIONS else None


def is_followed_by_name(token: Token, cast: Cast) -> bool:
    """Tell whether a name or its owner's name follows, so that the noun is not an anaphor."""
    following = cast.at.get(token.i + 1)
    return following is not None and following.named and following.start == token.i + 1


def is_demonym_noun(token: Token, lang: Language) -> bool:
    """Tell whether a demonym stands for somebody of that country, with no noun of its own."""
    if not demonym_places(token, lang):
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is None or following.pos_ not in ("NOUN", "PROPN", "ADJ")


def may_be_person(token: Token, salience: Salience) -> bool:
    """Tell whether 'le Britannique' may mean somebody: a person was just spoken of."""
    here = salience.sentence[token.i]
    return token.text[0].isupper() and any(
        here - salience.sentence[references[-1].start] <= 2
        for entity, references in salience.seen.items()
        if entity.kind == "Person"
    )


def demonyms_near(token: Token, lang: Language) -> tuple[str, ...]:
    """Return the places told by a noun itself or by the adjectives beside it."""
    doc = token.doc
    window = doc[max(token.i - 2, 0) : min(token.i + 3, len(doc))]
    near = [
        t
        for t in window
        if t.i == token.i or t.head == token or (t.i == token.i + 1 and t.pos_ == "ADJ")
    ]
    bare = doc[token.i + 1 : token.i + 3]
    if [t.pos_ for t in bare] == ["ADP", "NOUN"] and not has(bare[0], "Definite", "Def"):
        near += [t for t in doc[token.i + 3 : token.i + 4] if t.pos_ == "ADJ"]
    return tuple(dict.fromkeys(p for t in near for p in demonym_places(t, lang)))


def read_noun(
    token: Token, left: int, places: tuple[str, ...], salience: Salience
) -> Reference | None:
    """Return the organisation that 'le groupe' or 'le constructeur allemand' means."""
    scores = {}
    noun = token.lemma_.lower()
    for entity in salience.seen:
        if entity.kind not in ORGANIZATIONS:
            continue
        scores[entity] = (
            salience.score(entity, token.i)
            + fit_of_places(entity, places, salience)
            + fit_of_noun(entity, noun, salience)
        )
    if not scores:
        return None
    best = max(scores, key=lambda e: scores[e])
    if scores[best] < 0.5:
        return None
    salience.places[best].update(places)
    return Reference(token.i, token.i + 1, left, (best,), False, places, token.i)


def fit_of_places(entity: Entity, places: tuple[str, ...], salience: Salience) -> float:
    """Return how well a nationality fits what is known of an organisation."""
    known = salience.places[entity] or salience.home[entity]
    if not places:
        return 0.0
    if not known:
        others = any(salience.places[e] & set(places) for e in salience.seen)
        return -1.0 if others else 0.0
    if known & set(places):
        return 2.0
    kinds = [{salience.lang.places.get(fold(p), ("", ""))[1] for p in s} for s in (known, places)]
    return -5.0 if kinds[0] & kinds[1] else 0.0


def fit_of_noun(entity: Entity, noun: str, salience: Salience) -> float:
    """Return how well a noun fits what an organisation was called before."""
    lang, called = salience.lang, salience.nouns[entity]
    score = 0.0
    if noun in called or noun in entity.name.lower().split():
        score += 1.0
    elif noun not in lang.words("nouns.any") and called - lang.words("nouns.any"):
        score -= 0.5
    if noun in lang.words("nouns.source") and entity in salience.sources:
        score += 1.5
    elif called & lang.words("nouns.reporter") and noun not in lang.words("nouns.reporter"):
        score -= 1.0
    return score


def read_pair(token: Token, left: int, salience: Salience) -> Reference | None:
    """Return the two organisations that 'les deux groupes' means."""
    item = salience.item
    listed = [
        pair
        for end, pair in salience.pairs
        if end <= token.i and pair[0] != pair[1] and item[end - 1] == item[token.i]
    ]
    known = [e for e in salience.seen if e.kind in ORGANIZATIONS]
    ranked = sorted(known, key=lambda e: -salience.score(e, token.i))
    pair = listed[-1] if listed else tuple(ranked[:2])
    if len(pair) < 2:
        return None
    places = demonyms_near(token, salience.lang)
    return Reference(token.i, token.i + 1, left, pair, False, places, token.i)


def read_pronoun(token: Token, salience: Salience) -> Reference | None:
    """Return whom a subject pronoun means: the last subject before it that agrees."""
    lang = salience.lang
    if token.lower_ not in lang.words("anaphora.pronouns"):
        return None
    if "expl" in token.dep_ or (token.i and token.nbor(-1).pos_ == "ADP"):
        return None
    here = salience.sentence[token.i]
    recent = [
        (reference, entity)
        for entity, references in salience.seen.items()
        for reference in references[-2:]
        if entity.kind in (*ORGANIZATIONS, "Person")
        and here - 1 <= salience.sentence[reference.start]
        and reference.start < token.i
    ]
    if not recent:
        return None
    leading = [r for r in recent if is_leading(r[0], token.doc, lang)]
    _, entity = max(leading or recent, key=lambda pair: pair[0].start)
    return Reference(token.i, token.i + 1, token.i, (entity,), False, (), token.i)


def read_last(token: Token, salience: Salience) -> Reference | None:
    """Return whom 'ce dernier' means: the thing named last."""
    before = [
        (r.start, e)
        for e, references in salience.seen.items()
        for r in references
        if e.kind in (*ORGANIZATIONS, "Person") and r.start < token.i
    ]
    if (
        not before
        or token.i == 0
        or token.nbor(-1).lower_ not in salience.lang.words("anaphora.demonstrative")
    ):
        return None
    entity = max(before, key=lambda pair: pair[0])[1]
    return Reference(token.i, token.i + 1, token.i - 1, (entity,), False, (), token.i)
