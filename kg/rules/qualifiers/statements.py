"""The words that say a fact: its trigger, and what says the same above it in the tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Fact
from kg.rules.modality import is_tensed
from kg.rules.relations.scene import Scene
from kg.rules.syntax import governors, has, lemma_of
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

WORDS = "values."


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """Hold a fact with its words, and of these its trigger and what says the same above it.

    `place` is the fact's in its list: several statements may hold the same fact.
    """

    place: int
    fact: Fact
    words: Stretch
    home: tuple[Token, ...]

    @property
    def trigger(self) -> Token:
        """Return the verb or noun that says the fact."""
        return self.home[0]


def by_sentence(
    facts: Sequence[Fact], sentences: Sequence[Stretch]
) -> Iterator[tuple[int, list[int]]]:
    """Yield the numbers of the sentences that say facts, with the places of these in their list."""
    begins = [sentence.start_char for sentence in sentences]
    found: dict[int, list[int]] = defaultdict(list)
    for place, fact in enumerate(facts):
        found[bisect_right(begins, fact.evidence[0][0]) - 1].append(place)
    yield from sorted(found.items())


def make_statement(place: int, fact: Fact, scene: Scene) -> Statement:
    """Return a fact with its trigger and the words above that say the same with it."""
    words = scene.cast.doc.char_span(*fact.evidence[0], alignment_mode="expand")
    assert words is not None  # evidence is words of the text
    home = home_of(trigger_of(fact, words), fact, scene.lang)
    return Statement(place, fact, words, tuple(home))


def trigger_of(fact: Fact, words: Stretch) -> Token:
    """Return the word that says a fact: its rule's, the role's first, else the head of all."""
    kind, _, lemma = fact.rule.partition(":")
    role = str(fact.qualifiers.get("role", "")).partition(" ")[0]
    for token in words:
        if kind == "title" and token.text == role:
            return token
        if kind != "title" and lemma in (token.lemma_.lower(), lemma_of(token)):
            return token
    return words.root


def home_of(trigger: Token, fact: Fact, lang: Language) -> Iterator[Token]:
    """Yield a trigger and the words above it, up to a verb, that say the same thing with it."""
    yield trigger
    node = trigger
    nouns = lang.words(WORDS + ("posts" if fact.property == "holdsPosition" else "deals"))
    for above in governors(trigger):
        if above.pos_ in ("VERB", "AUX"):
            if goes_with(node, above, fact, lang):
                yield above
                yield from infinitives(above, lang)
            if node.pos_ != "VERB" or lemma_of(above) not in lang.words(WORDS + "modals"):
                return
        elif above.lemma_ in nouns and node.dep_ == "nmod":
            yield above
        elif above.pos_ not in ("ADV", "ADP"):  # 'lors de'
            return
        node = above


def infinitives(verb: Token, lang: Language) -> Iterator[Token]:
    """Yield what a modal verb says of its subject: 'la vente doit être bouclée en mars'."""
    if lemma_of(verb) in lang.words(WORDS + "modals"):
        yield from (c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB")


def goes_with(node: Token, verb: Token, fact: Fact, lang: Language) -> bool:
    """Tell whether what a verb's complements say is said of what a word below it says, too."""
    if lemma_of(verb) in lang.words(WORDS + "announcing"):
        return False
    paying = lemma_of(verb) in lang.words(WORDS + "paying")
    if paying and (node.dep_ == "advcl" or fact.property == "investedIn"):
        return True
    if node.pos_ == "VERB":
        return lemma_of(verb) in lang.words(WORDS + "modals") and node.dep_ == "xcomp"
    predicate = node.dep_ == "xcomp"
    complement = node.dep_ in lang.words("syntax.object") or node.dep_.startswith("obl")
    if fact.property == "holdsPosition":
        ways = ("appoint", "take", "leave") if fact.ended else ("appoint", "take")
        verbs = frozenset[str]().union(*(lang.words(f"relations.holdsPosition.{w}") for w in ways))
        return (complement or predicate) and lemma_of(verb) in verbs
    if fact.rule.startswith("site:"):
        return complement and paying
    if not is_event(fact, lang):
        return predicate
    return complement or predicate or node.dep_ in lang.words("syntax.subject")


def is_event(fact: Fact, lang: Language) -> bool:
    """Tell whether a fact is said by a verb or by a noun for what happens, as 'rachat' is."""
    kind, _, word = fact.rule.partition(":")
    slots = [
        {*frame.start, *frame.end}
        for frame in lang.frames
        if frame.noun and frame.relation == fact.property
        if any(trigger[0] == word for trigger in frame.triggers)
    ]
    return kind == "verb" or (bool(slots) and not any({"is", "next"} & ends for ends in slots))


def tense_of(statement: Statement, lang: Language) -> int:
    """Return whether a statement is of the past (-1), of the future (1) or of today (0)."""
    if statement.fact.modality == "Planned":
        return 1
    for word in (*statement.home, *governors(statement.home[-1])):
        if word.pos_ == "VERB" and is_past(word, lang):
            return -1
        if word.pos_ == "VERB" and is_tensed(word):
            break
    return int(statement.fact.modality == "Possible")


def is_past(verb: Token, lang: Language) -> bool:
    """Tell whether a verb is in a tense of the past, or a participle by itself."""
    if has(verb, "VerbForm", "Fin"):
        return has(verb, "Tense", "Past") or has(verb, "Tense", "Imp")
    auxiliaries = {c.dep_ for c in verb.children if c.dep_ in lang.words("syntax.auxiliary")}
    tensed = auxiliaries - lang.words("syntax.passive_auxiliary")
    return has(verb, "Tense", "Past") and (bool(tensed) or not auxiliaries)
