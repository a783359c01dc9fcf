"""Where a title is held: the organisation that it, its clause or the text before it names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.appositions import spans_name
from kg.arguments import fill
from kg.holders import Holding
from kg.lists import broad, preposition_of
from kg.model import Entity
from kg.nouns import possessor
from kg.resolve import ORGANIZATIONS, Reference
from kg.salience import is_leading
from kg.scene import Scene, complement, is_employer
from kg.titles import WORDS, Title

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens a title's organisation may stand from it ('directeur de la mode de X').
REACH = 10
#: How many tokens before its sentence the organisation of a bare title may have been named.
LOOK_BACK = 60
#: How close a thing must be to a title to be an organisation if nothing else says that it is one.
CLOSE = 3
#: How sure a role is by where its organisation was found.
NAMED, SAID, OWNED, ANAPHOR, POSSIBLE, GUESSED, FAR = 0.92, 0.8, 0.75, 0.65, 0.6, 0.5, 0.4


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
        leading = any(is_leading(r, scene.cast.doc, scene.lang) for r in owners)
        return Employer(owners, OWNED if leading else POSSIBLE, found.end)
    if owner := antecedent_of(title, scene):
        return Employer((owner,), SAID, found.end)
    if said := said_by(held, scene):
        return Employer(said, SAID, found.end)
    if title.unnamed or is_bound(title, scene) or is_public(title, found.end, scene):
        return Employer(())
    return guess(title, found.end, past, scene)


def named_after(title: Title, held: Holding, scene: Scene) -> Employer:
    """Return the organisation that a title or its holder is followed by, and the title's end."""
    doc = scene.cast.doc
    end = index = title.end
    growing = True
    stop = min(title.end + REACH, doc[title.start].sent.end)
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
        if not goes_on(token, title, scene):
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


def goes_on(token: Token, title: Title, scene: Scene) -> bool:
    """Tell whether a title's complement may go on with a token."""
    if title.unnamed and token.pos_ == "NOUN" and not names_unit(token, scene):
        return False
    if token.pos_ in ("NOUN", "ADJ", "ADP", "DET", "NUM", "X", "PROPN", "ADV"):
        return token.lower_ not in scene.lang.words(WORDS + "stops")
    return token.pos_ == "CCONJ" and not is_titled(token.nbor(), scene)


def names_unit(token: Token, scene: Scene) -> bool:
    """Tell whether a token is a common noun of a company or of a unit of one."""
    lang = scene.lang
    return token.lemma_ in lang.words("nouns.company") | lang.words("nouns.unit")


def antecedent_of(title: Title, scene: Scene) -> Reference | None:
    """Return whose post a relative clause tells: 'X, dont il prend la présidence'."""
    doc = scene.cast.doc
    for index in range(title.start - 1, max(title.start - REACH, doc[title.start].sent.start), -1):
        token = doc[index]
        if token.lower_ in scene.lang.words(WORDS + "relatives"):
            near = (scene.cast.at.get(i) for i in (index - 1, index - 2) if i >= 0)
            return next((r for r in near if r is not None and is_employer(r, scene)), None)
        if token.text in ",;:":
            return None
    return None


def said_by(held: Holding, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that a verb gives a post at: its subject, its object, 'chez X'."""
    trigger = held.trigger
    if trigger is None:
        return ()
    slots: tuple[str, ...] = ("chez",)
    if held.way in ("appoint", "entrust", "dismiss", "decline"):
        slots = ("chez", "subj", "par", "obj")
    elif held.way in ("take", "leave"):
        slots = ("chez", "obj")
    elif held.way in ("arrivals", "partings"):
        slots = ("chez", "par", "holder")
    if (near := joined_by(trigger, scene)) is not None and held.way in ("take", "leave"):
        return (near,)
    for slot in slots:
        found = tuple(r for r in fill(trigger, slot, scene) if is_employer(r, scene))
        if found:
            return found[:1]
    return opening_place(trigger, scene)


def joined_by(verb: Token, scene: Scene) -> Reference | None:
    """Return the organisation right after a verb: 'rejoint X comme directrice'."""
    for index in range(verb.i + 1, min(verb.i + 3, verb.sent.end)):
        reference = scene.cast.at.get(index)
        if reference is not None:
            return reference if is_employer(reference, scene) else None
    return None


def opening_place(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that a sentence opens with: 'Chez X, Y est nommé PDG'."""
    first = trigger.sent[0]
    if scene.lang.prepositions.get(first.lower_) != "chez":
        return ()
    return tuple(r for r in complement(first, "chez", scene) if is_employer(r, scene))[:1]


def is_outside(head: Token, scene: Scene) -> bool:
    """Tell whether a title is of who works for another: 'son avocat'."""
    return head.lower_ in scene.lang.words(WORDS + "outside")


def is_bound(title: Title, scene: Scene) -> bool:
    """Tell whether a title says nothing without its organisation: 'membre', 'analyste'."""
    doc = scene.cast.doc
    return doc[title.start].lower_ in scene.lang.words(WORDS + "bound")


def is_public(title: Title, end: int, scene: Scene) -> bool:
    """Tell whether a title is of a country or an assembly: 'le président américain'."""
    doc = scene.cast.doc
    if doc[title.start].lower_ not in scene.lang.words(WORDS + "public"):
        return False
    following = doc[title.end : min(title.end + 3, len(doc))]
    reference = scene.cast.at.get(title.end)
    if reference is not None and broad(reference) in ("Person", "Place"):
        return title.end == title.start + 1
    demonym = any(t.lower_ in scene.lang.demonyms for t in following[:1])
    return demonym or end > title.end or any(t.lower_ in ("de",) for t in following[:1])


def guess(title: Title, end: int, past: set[Entity], scene: Scene) -> Employer:
    """Return the organisation that a text is most about, near a title that names none."""
    doc = scene.cast.doc
    sentence = doc[title.start].sent
    known = [r for r in scene.cast.references if is_employer(r, scene) and len(r.entities) == 1]
    near = [
        r
        for r in known
        if sentence.start - LOOK_BACK <= r.start < sentence.end
        and not past & set(r.entities)
        and not is_source(r, scene)
    ]
    if not near:
        return Employer(())
    counts = Counter(r.entities[0] for r in known)
    most = max(counts.values())

    def weight(reference: Reference) -> tuple[float, int]:
        inside = sentence.start <= reference.start < title.start
        leads = is_leading(reference, doc, scene.lang)
        share = counts[reference.entities[0]] / most
        return inside + 0.5 * leads + share, reference.start

    best = max(near, key=weight)
    return Employer((best,), GUESSED if best.start >= sentence.start else FAR, end)


def is_source(reference: Reference, scene: Scene) -> bool:
    """Tell whether an organisation is only where something was said, or somebody comes from."""
    lang, doc = scene.lang, scene.cast.doc
    if preposition_of(reference, scene.cast, lang) in lang.words(WORDS + "sources"):
        return True
    before = [t for t in doc[max(reference.left - 3, 0) : reference.left] if t.pos_ != "DET"]
    return any(t.lower_ in lang.words(WORDS + "origins") for t in before)
