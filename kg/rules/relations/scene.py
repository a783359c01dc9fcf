"""What the rules read: the words, who is named where, and the lists of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.rules.resolve.cast import ORGANIZATIONS, Cast, Reference
from kg.rules.resolve.lists import broad, find_chains, preposition_of
from kg.rules.syntax import has, is_bare_participle, is_finite, sentence_end, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens after a trigger its complements may stand.
REACH = 28

#: How many tokens after a noun its copula may stand: 'le siège du groupe X est à Gand'.
PREDICATE = 8
#: How many tokens before its verb a relative pronoun may stand.
RELATIVE = 9
#: How often the organisation that a text is about is spoken of at least.
OFTEN = 3


@dataclass(eq=False)
class Scene:
    """Hold what the rules read: who is named, the words, and the lists of names.

    Dates may be relative to the day on which the article was published, in ISO form.
    """

    cast: Cast
    lang: Language
    published: str = ""

    def __post_init__(self) -> None:
        self.chains = {}
        for chain in find_chains(self.cast, self.lang):
            for reference in chain:
                self.chains[reference] = chain
        self.lead = leading(self.cast)
        self.text = self.cast.doc.text
        # Several frames ask for the same place of a word.
        self.filled: dict[tuple[int, str], tuple[Reference, ...]] = {}
        self.items = self.cast.items

    def all_of(self, reference: Reference | None) -> tuple[Reference, ...]:
        """Return a reference with the others of its list ('X, Y et Z')."""
        if reference is None:
            return ()
        return self.chains.get(reference, (reference,))


def leading(cast: Cast) -> tuple[Reference, ...]:
    """Return where the organisation that a text speaks of most is first named, if any."""
    spoken = [r for r in cast.references if broad(r) == "Organization" and len(r.entities) == 1]
    counts = Counter(r.entities[0] for r in spoken).most_common(2)
    if not counts or counts[0][1] < OFTEN or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return ()
    return tuple(islice((r for r in spoken if r.entities[0] == counts[0][0]), 1))


def is_employer(reference: Reference, scene: Scene) -> bool:
    """Tell whether one may hold a role at what a reference means."""
    entity = reference.entities[0]
    return entity.kind in ORGANIZATIONS or entity in scene.cast.unsure


def is_sure(reference: Reference, scene: Scene) -> bool:
    """Tell whether a reference is to what is an organisation beyond doubt."""
    entity = reference.entities[0]
    return entity.kind in ORGANIZATIONS and entity not in scene.cast.unsure


def after(trigger: Token, scene: Scene) -> Iterator[tuple[str, Reference]]:
    """Yield the references after a trigger in its clause, each with its preposition."""
    doc, lang = trigger.doc, scene.lang
    stop = min(sentence_end(trigger), trigger.i + REACH)
    index = trigger.i + 1
    while index < stop:
        reference = scene.cast.at.get(index)
        if reference is not None and reference.start > trigger.i:
            inside = reference.left <= trigger.i
            yield "" if inside else preposition_of(reference, scene.cast, lang), reference
            index = reference.end
            continue
        token = doc[index]
        if token.text in ";:" or (is_finite(token) and not is_predicate(token, trigger, lang)):
            return
        index += 1


def is_predicate(verb: Token, noun: Token, lang: Language) -> bool:
    """Tell whether a copula goes on with what a noun before it says: 'le siège est à X'."""
    close = verb.i - noun.i <= PREDICATE and noun.pos_ == "NOUN"
    return close and verb.lemma_ in lang.words("syntax.copulas") | lang.words("syntax.modals")


def reference_at(token: Token | None, scene: Scene) -> Reference | None:
    """Return what a token means: itself, or the name beside it ('le fonds américain X')."""
    return None if token is None else scene.cast.at.get(token.i)


def complement(trigger: Token, preposition: str, scene: Scene) -> tuple[Reference, ...]:
    """Return the references that follow a preposition after a trigger."""
    for found, reference in after(trigger, scene):
        first = scene.all_of(reference)[0]
        if found == preposition and (first == reference or first.start < trigger.i):
            return owners(trigger, reference, scene) if reaches(trigger, reference, scene) else ()
    return described(trigger, scene) if preposition == "de" else ()


def reaches(trigger: Token, reference: Reference, scene: Scene) -> bool:
    """Tell whether an agent is a noun's own, not a participle's: 'le rachat de X, repris par Y'."""
    if trigger.pos_ != "NOUN" or preposition_of(reference, scene.cast, scene.lang) != "par":
        return True
    between = trigger.doc[trigger.i + 1 : reference.left]
    if len(between) > 2 and is_bare_participle(between[-2]):
        forms = scene.lang.prepositions
        if any(forms.get(t.lower_) not in (None, "de") for t in between[:-2]):
            return False  # 'la cession à un fonds mené par X'
    return not any(t.lemma_ in scene.lang.words("nouns.bought") for t in between)


def described(verb: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that 'dont' stands for before a verb: 'X, dont Y détient 5 %'."""
    doc, relatives = verb.doc, scene.lang.words("syntax.genitive_relatives")
    for index in range(verb.i - 1, max(verb.i - RELATIVE, sentence_start(verb)), -1):
        if doc[index].lower_ in relatives:
            noun = index - 1
            while noun > sentence_start(verb) and doc[noun].pos_ in ("PUNCT", "ADJ"):
                noun -= 1
            found = scene.cast.at.get(noun)
            return (found,) if found else apposed(doc[noun], scene)
        if doc[index].pos_ == "VERB" or doc[index].text in ";:":
            return ()
    return ()


def owners(noun: Token, reference: Reference, scene: Scene) -> tuple[Reference, ...]:
    """Return a complement's list; of 'les actionnaires de X, Y et Z', X alone."""
    chain = scene.all_of(reference)
    opens = chain[0] == reference and len(chain) > 2 and noun.pos_ == "NOUN"
    return chain[:1] if opens and is_plural_holder(noun, scene) else chain


def is_plural_holder(noun: Token, scene: Scene) -> bool:
    """Tell whether a noun is one that a list names, such as 'actionnaires'."""
    plural = has(noun, "Number", "Plur")
    return plural and noun.lemma_ in scene.lang.words("nouns.listed")


def apposed(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the name that a noun stands beside, one for a noun in the singular."""
    index = noun.i - 1
    while index > sentence_start(noun) and noun.doc[index].pos_ in ("DET", "ADJ", "NUM", "ADV"):
        index -= 1
    if noun.doc[index].text not in (",", "(", "–", "—", "-") or index < 1:
        return ()
    reference = scene.cast.at.get(index - 1)
    if noun.doc[index - 1].text == ")":
        inside = range(index - 2, max(index - 6, 0), -1)
        reference = next((r for i in inside if (r := scene.cast.at.get(i))), None)
    if reference is None:
        return ()
    plural = has(noun, "Number", "Plur")
    return scene.all_of(reference) if plural else (reference,)
