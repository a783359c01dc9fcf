"""Where a post is that names no organisation: its clause, or the text around it, tells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.rules.relations.arguments import fill
from kg.rules.relations.scene import Scene, complement, is_employer
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.grouping import title_end
from kg.rules.resolve.lists import broad, preposition_of
from kg.rules.resolve.salience import is_leading
from kg.rules.roles.holders import Holding
from kg.rules.roles.titles import WORDS, Title
from kg.rules.syntax import sentence_end, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens before a title the organisation of a relative clause may stand.
REACH = 10
#: How many tokens before its sentence the organisation of a bare title may have been named.
LOOK_BACK = 60
#: How many tokens before a verb 'en' may stand.
CLOSE = 3
#: How many tokens before an organisation 'ancien' says that one was there: 'ancien directeur de X'.
BEFORE = 6


def antecedent_of(title: Title, scene: Scene) -> Reference | None:
    """Return whose post a relative clause tells: 'X, dont il prend la présidence'."""
    doc = scene.cast.doc
    for index in range(
        title.start - 1, max(title.start - REACH, sentence_start(doc[title.start])), -1
    ):
        token = doc[index]
        if token.lower_ in scene.lang.words(WORDS + "relatives"):
            near = (scene.cast.at.get(i) for i in (index - 1, index - 2) if i >= 0)
            return next((r for r in near if r is not None and is_employer(r, scene)), None)
        if token.text in ",;:":
            return None
    return None


def said_by(title: Title, held: Holding, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that a verb gives a post at: its subject, its object, 'chez X'."""
    trigger = held.trigger
    if trigger is None:
        return opening_place(scene.cast.doc[title.start], scene)
    slots: tuple[str, ...] = ("chez",)
    if held.way in ("appoint", "entrust", "dismiss", "decline"):
        slots = ("chez", "subj", "par")
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
    for index in range(verb.i + 1, min(verb.i + 3, sentence_end(verb))):
        reference = scene.cast.at.get(index)
        if reference is not None:
            return reference if is_employer(reference, scene) else None
    return None


def opening_place(trigger: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation that a sentence opens with: 'Chez X, Y …', 'X : Y succède à Z'."""
    first = trigger.sent[0]
    named = scene.cast.at.get(first.i)
    if named is not None and named.end < trigger.i and first.doc[named.end].text == ":":
        return (named,) if is_employer(named, scene) else ()
    if scene.lang.prepositions.get(first.lower_) != "chez":
        return ()
    return tuple(r for r in complement(first, "chez", scene) if is_employer(r, scene))[:1]


def subject_before(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the subject of the sentence before one that a title opens: '… Son PDG, X, …'."""
    doc = scene.cast.doc
    sentence = doc[title.start].sent
    if title.start - sentence.start > 2 or not sentence.start:
        return ()
    first = sentence_start(doc[sentence.start - 1])
    return tuple(
        r
        for r in scene.cast.references
        if first <= r.start < sentence.start
        and is_employer(r, scene)
        and is_leading(r, doc, scene.lang)
    )[:1]


def meant_by_clitic(held: Holding, past: set[Entity], scene: Scene) -> Reference | None:
    """Return whose post 'en' tells: 'X rachète Y et en deviendra le PDG'."""
    trigger = held.trigger
    if trigger is None:
        return None
    doc, words = trigger.doc, scene.lang.words(WORDS + "clitics_of")
    first = sentence_start(trigger)
    before = doc[max(trigger.i - CLOSE, first) : trigger.i]
    if not any(t.lower_ in words and t.pos_ != "ADP" for t in before):
        return None
    known = [r for r in scene.cast.references if is_employer(r, scene) and r.start < trigger.i]
    ahead = sentence_start(doc[first - 1]) if first else 0
    known = [r for r in known if not past & set(r.entities) and r.start >= ahead]
    known = [r for r in known if not is_source(r, scene)]
    inside = [r for r in known if r.start >= first]
    leading = [r for r in known if is_leading(r, doc, scene.lang)]
    return next(reversed(inside or leading or known), None)


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
    nouns = [t for t in doc[title.end : end] if t.pos_ == "NOUN"]
    if any(names_unit(t, scene) for t in nouns):
        return False
    of = any(scene.lang.prepositions.get(t.lower_) == "de" for t in following[:1])
    return demonym or end > title.end or of


def names_unit(token: Token, scene: Scene) -> bool:
    """Tell whether a token is a common noun of a company or of a unit of one."""
    lang = scene.lang
    return token.lemma_ in lang.words("nouns.company") | lang.words("nouns.unit")


def topic_of(title: Title, past: set[Entity], scene: Scene) -> Reference | None:
    """Return the organisation that a text is most about, near a title that names none."""
    doc = scene.cast.doc
    sentence = doc[title.start].sent
    known = [r for r in scene.cast.references if is_employer(r, scene) and len(r.entities) == 1]
    counts = Counter(r.entities[0] for r in known)
    most = max(counts.values(), default=0)
    headline = {r.entities[0] for r in known if r.start < title_end(doc)}
    near = [
        r
        for r in known
        if (sentence.start - LOOK_BACK <= r.start or r.entities[0] in headline)
        and r.start < sentence.end
        and not past & set(r.entities)
        and not is_source(r, scene)
    ]

    def weight(reference: Reference) -> tuple[float, int]:
        entity = reference.entities[0]
        inside = sentence.start <= reference.start < title.start
        leads = is_leading(reference, doc, scene.lang)
        late = reference.start > title.start
        topic = counts[entity] / most + 0.5 * (entity in headline)
        return inside + 0.5 * leads - late + topic, reference.start

    return max(near, key=weight, default=None)


def is_source(reference: Reference, scene: Scene) -> bool:
    """Tell whether an organisation is only where something was said, or somebody comes from."""
    lang, doc = scene.lang, scene.cast.doc
    if preposition_of(reference, scene.cast, lang) in lang.words(WORDS + "sources"):
        return True
    before = doc[
        max(
            reference.left - BEFORE, reference.start and sentence_start(doc[reference.start])
        ) : reference.left
    ]
    words = lang.words(WORDS + "origins") | lang.words(WORDS + "former")
    return any(t.lower_ in words for t in before)
