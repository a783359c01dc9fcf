"""Where a title is held: the organisation that it, its clause or the text before it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.rules.relations.nouns import possessor
from kg.rules.relations.scene import Scene, is_employer
from kg.rules.resolve.cast import ORGANIZATIONS, Reference
from kg.rules.resolve.lists import broad, preposition_of
from kg.rules.resolve.salience import is_leading
from kg.rules.roles.appositions import spans_name
from kg.rules.roles.holders import Holding
from kg.rules.roles.premises import (
    antecedent_of,
    is_bound,
    is_public,
    meant_by_clitic,
    names_unit,
    said_by,
    subject_before,
    topic_of,
)
from kg.rules.roles.titles import WORDS, Title
from kg.rules.syntax import sentence_end, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens a title's organisation may stand from it ('directeur de la mode de X').
REACH = 10
#: How close a thing must be to a title to be an organisation if nothing else says that it is one.
CLOSE = 3
#: How sure a role is by where its organisation was found, from right after the title to a guess.
NAMED, SAID, OWNED, ANAPHOR, POSSIBLE, GUESSED, FAR = 0.92, 0.8, 0.75, 0.6, 0.58, 0.55, 0.45


@dataclass(frozen=True, slots=True)
class Employer:
    """Hold where a title is held, how sure that is, and where the title's own words end."""

    organizations: tuple[Reference, ...]
    confidence: float = 0.0
    end: int = 0


def employer_of(title: Title, held: Holding, past: set[Entity], scene: Scene) -> Employer:
    """Return where somebody has a title, by the surest sign; not, as a guess, a past employer."""
    if (found := named_after(title, held, scene)).organizations:
        return found
    if title.calling:
        return Employer(())
    head = scene.cast.doc[title.start]
    owners = possessor(head, scene) if not is_outside(head, scene) else ()
    if owners := tuple(r for r in owners if is_employer(r, scene)):
        if any(is_leading(r, scene.cast.doc, scene.lang) for r in owners):
            return Employer(owners, OWNED, found.end)
        return Employer(subject_before(title, scene) or owners, POSSIBLE, found.end)
    owner = antecedent_of(title, scene) or meant_by_clitic(held, past, scene)
    if owner is not None:
        return Employer((owner,), SAID, found.end)
    if said := said_by(title, held, scene):
        return Employer(said, SAID, found.end)
    if title.unnamed or is_bound(title, scene) or is_public(title, found.end, scene):
        return Employer(())
    topic = topic_of(title, past, scene)
    if topic is None:
        return Employer(())
    near = topic.start >= sentence_start(scene.cast.doc[title.start])
    return Employer((topic,), GUESSED if near else FAR, found.end)


def named_after(title: Title, held: Holding, scene: Scene) -> Employer:
    """Return the organisation that a title or its holder is followed by, and the title's end."""
    doc = scene.cast.doc
    end = index = title.end
    growing = True
    stop = min(title.end + REACH, sentence_end(doc[title.start]))
    while index < stop:
        reference = reference_from(index, title, scene)
        if reference is not None:
            if is_linked(reference, title, scene):
                sure = NAMED if reference.named else ANAPHOR
                return Employer(scene.all_of(reference), sure, end)
            if reference in held.persons:
                return Employer(beside(reference, scene), SAID, end)
            if broad(reference) != "Place":
                break
            index = reference.end
            end = index if growing else end
            continue
        token = doc[index]
        if not goes_on(token, title, scene) or is_apart(token):
            break
        index += 1
        growing = growing and not names_unit(token, scene)
        if growing and token.pos_ not in ("ADP", "DET", "CCONJ", "ADV"):
            end = index
    return Employer((), 0.0, end)


def reference_from(index: int, title: Title, scene: Scene) -> Reference | None:
    """Return what a token after a title means; not a name farther off that claims it."""
    reference = scene.cast.at.get(index)
    if reference is None or index >= reference.start:
        return reference
    far = reference.left < title.end or spans_name(reference, scene)
    return None if far else reference


def beside(person: Reference, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation right after a person: 'l'analyste X, de Y', 'le patron X (Y)'."""
    doc = scene.cast.doc
    gap = doc[person.end : person.end + 3]
    for index in range(person.end, min(person.end + 3, len(doc))):
        reference = scene.cast.at.get(index)
        if reference is not None:
            words = [t.text for t in gap[: index - person.end]]
            linked = preposition_of(reference, scene.cast, scene.lang) in ("de", "chez")
            good = is_employer(reference, scene) and (linked or words == ["("])
            return (reference,) if good else ()
    return ()


def is_linked(reference: Reference, title: Title, scene: Scene) -> bool:
    """Tell whether an organisation goes with a title: 'de X', 'de l'usine X', 'délégué X'."""
    doc, lang = scene.cast.doc, scene.lang
    sure = reference.entities[0].kind in ORGANIZATIONS
    near = reference.left - title.end <= CLOSE and not is_bound(title, scene)
    if not is_employer(reference, scene) or not (sure or near):
        return False
    preposition = preposition_of(reference, scene.cast, lang)
    before = doc[reference.left - 1]
    if is_outside(doc[title.start], scene) and preposition == "de":
        return reference.head >= 0 and doc[reference.head].lemma_ in lang.words(WORDS + "firms")
    if preposition == "à":
        return sure and not (reference.left == reference.start and before.lower_ == "à")
    if preposition:
        return preposition in ("de", "chez", "pour", "dans")
    return before.pos_ in ("NOUN", "ADJ")


def is_titled(token: Token, scene: Scene) -> bool:
    """Tell whether a token is a word of titles."""
    return token.lower_ in scene.lang.titles


def is_apart(token: Token) -> bool:
    """Tell whether an article begins something else: 'prend la présidence le 1er mai'."""
    before = token.nbor(-1)
    return token.pos_ == "DET" and before.pos_ not in ("ADP", "DET", "CCONJ")


def goes_on(token: Token, title: Title, scene: Scene) -> bool:
    """Tell whether a title's complement may go on with a token."""
    if title.unnamed and token.pos_ == "NOUN" and not names_unit(token, scene):
        return False
    if token.lower_ in scene.lang.words(WORDS + "tasks"):
        return True
    if token.pos_ in ("NOUN", "ADJ", "ADP", "DET", "NUM", "X", "PROPN", "ADV"):
        return token.lower_ not in scene.lang.words(WORDS + "stops")
    return token.pos_ == "CCONJ" and not is_titled(token.nbor(), scene)


def is_outside(head: Token, scene: Scene) -> bool:
    """Tell whether a title is of who works for another: 'son avocat'."""
    return head.lower_ in scene.lang.words(WORDS + "outside")
