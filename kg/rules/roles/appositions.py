"""Who stands beside a title: 'X, PDG de Y', 'le PDG de Y, X', 'Nommé PDG de Y en 2010, X …'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rules.relations.scene import Scene, after
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.lists import broad, preposition_of
from kg.rules.roles.titles import WORDS, Title, is_title
from kg.rules.roles.ways import UNDERGONE, way_of
from kg.rules.syntax import has, is_finite, sentence_end, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch

#: How many tokens a person's name may stand before a title ('X, 62 ans, l'actuel PDG').
NEAR = 9
#: What a title's complement is made of.
COMPLEMENT = ("NOUN", "ADJ", "ADP", "DET", "PROPN", "NUM", "CCONJ", "X")


def is_definite(title: Title, scene: Scene) -> bool:
    """Tell whether a definite article stands before a title."""
    before = scene.cast.doc[max(title.start - 2, 0) : title.start]
    return any(t.pos_ == "DET" and has(t, "Definite", "Def") for t in before)


def is_opening(title: Title, scene: Scene) -> bool:
    """Tell whether a title opens its sentence, at most a participle before it."""
    doc = scene.cast.doc
    first = sentence_start(doc[title.start])
    ways = [way_of(t, scene.lang) for t in doc[first : title.start]]
    words = [t for t in doc[first : title.start] if not (t.is_space or t.is_punct)]
    return not words or (any(w in UNDERGONE for w in ways) and not any(map(is_finite, words)))


def person_after(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named after a title and its organisation ('le PDG de X, Y')."""
    previous = title.end
    doc = scene.cast.doc
    opening = is_opening(title, scene)
    for _, reference in after(doc[title.end - 1], scene):
        gap = doc[previous : max(reference.left, previous)]
        if broad(reference) == "Person":
            apart = reference.left >= previous and not spans_name(reference, scene)
            linked = apart and preposition_of(reference, scene.cast, scene.lang)
            fronted = opening and len(gap) > 0 and gap[-1].text == ","
            good = (is_apposition(gap, scene.lang) or fronted) and not linked
            return several(reference, title, scene) if good else ()
        if not (is_apposition(gap, scene.lang) or is_complement(gap) or opening):
            return ()
        previous = reference.end
    return ()


def spans_name(reference: Reference, scene: Scene) -> bool:
    """Tell whether the words before a name hold another name: 'la présidente de X, Y'."""
    at = scene.cast.at
    return any(at.get(i) is not reference for i in range(reference.left, reference.start))


def is_complement(gap: Stretch) -> bool:
    """Tell whether words only go on with a title: 'directeur de la filiale belge de X'."""
    return all(t.pos_ in COMPLEMENT for t in gap)


def several(reference: Reference, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return a person; of 'les fondateurs de X, Y et Z', all of them."""
    return scene.all_of(reference) if title.plural else (reference,)


def is_apposition(gap: Stretch, lang: Language) -> bool:
    """Tell whether a name goes on with a title: only marks or a participle clause between."""
    if is_relative(gap, lang):
        return True
    if any(t.text in (".", ";") or t.pos_ in ("CCONJ", "AUX", "PRON") for t in gap):
        return False
    verbs = [t for t in gap if t.pos_ == "VERB"]
    if not verbs:
        known = lang.words("names.civilities") | lang.words("nouns.anaphors")
        return all(t.pos_ in ("PUNCT", "DET", "ADP") or t.text in known for t in gap)
    return len(gap) <= 6 and has(verbs[0], "VerbForm", "Part") and verbs[0] == gap[0]


def is_relative(gap: Stretch, lang: Language) -> bool:
    """Tell whether a relative clause only names who has a title: ', qui sont aujourd'hui X'."""
    words = [t for t in gap if t.pos_ not in ("PUNCT", "ADV")]
    copula = len(words) == 2 and words[1].lemma_ in lang.words("syntax.copulas")
    return copula and words[0].lower_ in lang.words("syntax.relative_subjects")


def person_before(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named before a title in apposition ('X, 62 ans, l'actuel PDG de Y')."""
    doc = scene.cast.doc
    if is_genitive(title, scene):
        return ()
    index, stop = title.start - 1, max(title.start - NEAR, sentence_start(doc[title.start]))
    commas = depth = 0
    while index >= stop:
        token = doc[index]
        depth += (token.text == ")") - (token.text == "(" and depth > 0)
        reference = scene.cast.at.get(index)
        if reference is not None and not depth:
            if broad(reference) != "Person" or doc[reference.start].pos_ == "PRON":
                return ()
            beside = all(t.pos_ == "DET" for t in doc[reference.end : title.start])
            good = (commas or beside) and not begins_clause(reference, title, scene)
            return several(reference, title, scene) if good else ()
        commas += token.text in (",", "(", "–", "—", "-", ":")
        stops = token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in ".;»"
        if not depth and (stops or is_title(token, scene.lang)):
            return ()
        index -= 1
    return ()


def is_genitive(title: Title, scene: Scene) -> bool:
    """Tell whether a title only tells whose something else is: 'conseiller du président'."""
    doc = scene.cast.doc
    index = title.start - 1
    while index > 0 and doc[index].pos_ in ("DET", "ADJ"):
        index -= 1
    if index < 1 or scene.lang.prepositions.get(doc[index].lower_) != "de":
        return False
    return doc[index - 1].lemma_ not in scene.lang.words(WORDS + "posts")


def begins_clause(person: Reference, title: Title, scene: Scene) -> bool:
    """Tell whether a title is the subject of what follows: 'Selon X, le patron de Y a cédé'."""
    if not (is_definite(title, scene) and preposition_of(person, scene.cast, scene.lang)):
        return False
    doc = scene.cast.doc
    for token in doc[title.end : sentence_end(doc[title.start])]:
        if token.pos_ == "PUNCT" or has(token, "PronType", "Rel"):
            return False
        if is_finite(token):
            return True
    return False
