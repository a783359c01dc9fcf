"""Who does and who undergoes what a verb says: the tree first, the words around it second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rules.relations.scene import Scene, after, apposed, complement, reference_at
from kg.rules.resolve.cast import Cast, Reference
from kg.rules.resolve.lists import broad, preposition_of
from kg.rules.syntax import (
    grammatical_object,
    grammatical_subject,
    has,
    is_bare_participle,
    is_finite,
    is_passive,
    sentence_start,
)
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens a name may stand from its common noun.
NEAR = 10

#: How many tokens before a verb its subject may stand where the tree has none.
BEHIND = 20


def subject_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return who does what a verb says: the agent of a passive, else the subject."""
    lang = scene.lang
    if is_passive(verb, lang):
        return complement(verb, "par", scene)
    return grammatical(verb, scene)


def grammatical(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the references of a verb's grammatical subject."""
    if is_bare_participle(verb) and (described := just_before(verb, scene.cast)):
        return (described,) if has(verb, "Number", "Sing") else scene.all_of(described)
    token = grammatical_subject(verb, scene.lang)
    if (
        token is not None
        and sentence_start(token) == sentence_start(verb)
        and not is_led(token, scene.lang)
    ):
        if alone := sole_antecedent(verb, scene):
            return (alone,)
        if reference := reference_at(token, scene):
            return scene.all_of(outside_brackets(reference, verb, scene))
        if token.pos_ == "PRON" and not has(token, "PronType", "Rel"):
            return ()
        if token.pos_ in ("NOUN", "PROPN", "X") and token.dep_ != "ROOT":
            return (
                after_comma(token, scene)
                or closed_apposition(token, verb, scene)
                or metonym(token, scene)
                or apposed_person(token, verb, scene)
                or apposed_before(verb, scene)
            )
    return scene.all_of(before(carrier(verb, scene.lang), scene))


def is_led(noun: Token, lang: Language) -> bool:
    """Tell whether a preposition leads a noun, so that it is no subject, whatever the tree says."""
    return noun.pos_ == "NOUN" and any(
        c.pos_ == "ADP" and c.i < noun.i and c.lower_ in lang.prepositions for c in noun.children
    )


def carrier(verb: Token, lang: Language) -> Token:
    """Return the finite verb that carries an infinitive: 's'est dit prêt' of 'prêt à racheter'."""
    while has(verb, "VerbForm", "Inf") or verb.pos_ == "ADJ":
        if verb.dep_ not in lang.words("syntax.clausal") or verb.head == verb:
            break
        verb = verb.head
    return verb


def sole_antecedent(verb: Token, scene: Scene) -> Reference | None:
    """Return the name that 'qui' with a verb in the singular means: of 'X et Y, qui est …', Y."""
    relatives = scene.lang.words("syntax.relative_subjects")
    pronoun = next((c for c in verb.children if c.lower_ in relatives), None)
    number = next((t for t in (verb, *verb.children) if is_finite(t)), verb)
    if pronoun is None or not has(number, "Number", "Sing") or pronoun.i < 2:
        return None
    index = pronoun.i - 1 - verb.doc[pronoun.i - 1].is_punct
    reference = scene.cast.at.get(index)
    return reference if reference and len(scene.all_of(reference)) > 1 else None


def just_before(participle: Token, cast: Cast) -> Reference | None:
    """Return the name that a participle stands right after: 'X, finalement racheté par Y'."""
    index = participle.i - 1
    while index > sentence_start(participle) and participle.doc[index].pos_ in ("ADV", "PUNCT"):
        index -= 1
    reference = cast.at.get(index)
    return reference if reference and reference.named and index < participle.i - 1 else None


def outside_brackets(reference: Reference, verb: Token, scene: Scene) -> Reference:
    """Return the name before the brackets that a reference stands in: 'X (Y, Z) rachète'."""
    doc = verb.doc
    for index in range(reference.left - 1, reference.left - NEAR, -1):
        if index < sentence_start(verb) or doc[index].text == ")":
            break
        if doc[index].text == "(":
            closed = any(t.text == ")" for t in doc[reference.end : verb.i])
            return scene.cast.at.get(index - 1, reference) if closed else reference
    return reference


def closed_apposition(noun: Token, verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name between commas that a subject introduces: 'l'éditeur du Z, X, rachète Y'."""
    index = verb.i - 1
    while index > noun.i and verb.doc[index].pos_ in ("AUX", "ADV", "PRON"):
        index -= 1
    reference = scene.cast.at.get(index - 1)
    if reference is None or verb.doc[index].text != "," or broad(reference) != "Organization":
        return ()
    company = {noun.lemma_.lower(), noun.lower_} & scene.lang.words("nouns.company")
    opened = reference.left > noun.i + 1 and verb.doc[reference.left - 1].text == ","
    return (reference,) if company and opened else ()


def metonym(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation whose part a noun names ('la direction de X', 'les équipes de X')."""
    if noun.lemma_ in scene.lang.words("nouns.part"):
        return complement(noun, "de", scene)[:1]
    return ()


def apposed_person(noun: Token, verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the person whom a title names: 'le PDG de X, Y, a annoncé'."""
    if noun.lower_.removeprefix("ex-") not in scene.lang.titles:
        return ()
    found = [r for r in scene.cast.references if noun.i < r.start < verb.i and broad(r) == "Person"]
    return tuple(found[:1])


def apposed_before(participle: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name whose apposition a participle describes: 'X, la plateforme détenue par'."""
    first = max(participle.i - NEAR, sentence_start(participle))
    for index in range(participle.i - 1, first, -1):
        token = participle.doc[index]
        if is_finite(token):
            return ()
        if token.pos_ == "NOUN" and (found := apposed(token, scene)):
            return found
    return ()


def before(verb: Token, scene: Scene) -> Reference | None:
    """Return the nearest reference before a verb that no preposition or other verb governs."""
    index, stop = verb.i - 1, max(sentence_start(verb), verb.i - BEHIND)
    while index >= stop:
        reference = scene.cast.at.get(index)
        if reference is not None:
            if not preposition_of(reference, scene.cast, scene.lang):
                return reference
            index = reference.left
        elif is_finite(verb.doc[index]) and not is_near(verb.doc[index], verb):
            index = relative_before(verb.doc[index], stop)
        index -= 1
    return None


def relative_before(verb: Token, stop: int) -> int:
    """Return where the relative clause that a finite verb is in opens, or -1 if it is in none."""
    for index in range(verb.i - 1, stop, -1):
        token = verb.doc[index]
        if has(token, "PronType", "Rel"):
            return index
        if token.text in ",;:" or is_finite(token):
            break
    return -1


def is_near(auxiliary: Token, verb: Token) -> bool:
    """Tell whether a finite verb only carries another: its auxiliary, or 'va' of 'va racheter'."""
    return verb in (auxiliary.head, auxiliary) or verb.head == auxiliary


def object_of(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return whom a verb's action befalls: the subject of a passive, else the object."""
    lang = scene.lang
    if is_passive(verb, lang):
        return after_comma(verb, scene) or grammatical(verb, scene)
    token = direct_object(verb, scene)
    if reference := reference_at(token, scene):
        return scene.all_of(reference)
    if token is not None and token.pos_ == "NOUN":
        assets = token.lemma_ in scene.lang.words("nouns.assets")
        return beside(token, scene) or (complement(token, "de", scene) if assets else ())
    for preposition, reference in after(verb, scene):
        if not preposition and reference.left - verb.i <= 6:
            return scene.all_of(reference)
        break
    return ()


def direct_object(verb: Token, scene: Scene) -> Token | None:
    """Return a verb's object: of what the tree has for one, not what 'à' leads ('vendre à X Y')."""
    objects = [c for c in verb.children if c.dep_ in scene.lang.words("syntax.object")]
    for token in objects if len(objects) > 1 else ():
        reference = reference_at(token, scene)
        led = reference and preposition_of(reference, scene.cast, scene.lang) == "à"
        if token.i > verb.i and not led:
            return token
    return grammatical_object(verb, scene.lang)


def after_comma(word: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return what a bare word that opens a sentence describes: 'Basé à Gand, X exploite …'."""
    if word.i != sentence_start(word):
        return ()
    for preposition, reference in after(word, scene):
        if not preposition and word.doc[reference.left - 1].text == ",":
            return scene.all_of(reference)
    return ()


def beside(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a common noun introduces: 'la marque X', 'un cinéma de Nice, le X'."""
    for preposition, reference in after(noun, scene):
        words = noun.doc[noun.i + 1 : reference.left]
        if not preposition and reference.named and len(words) <= NEAR:
            apart = [t for t in words if t.pos_ in ("PUNCT", "VERB")]
            if len(apart) <= 1 and (not apart or apart[0] in tuple(words[-2:])):
                return scene.all_of(reference)
        if preposition != "de" or broad(reference) != "Place":
            break
    return after_colon(noun, scene)


def after_colon(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a colon announces: 'acheter un groupe d'édition : X'."""
    for token in noun.doc[noun.i + 1 : noun.i + NEAR]:
        if token.text == ":":
            following = scene.cast.at.get(token.i + 1) or scene.cast.at.get(token.i + 2)
            return scene.all_of(following) if following and following.named else ()
        if token.pos_ in ("VERB", "PUNCT") or token.i in scene.cast.at:
            return ()
    return ()
