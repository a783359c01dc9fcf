"""Who was spoken of before a word, and how present it is in the reader's mind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.names.known import known_name
from kg.rules.mentions.mention import demonym_places
from kg.rules.resolve.cast import ORGANIZATIONS, Cast, Reference
from kg.rules.resolve.grouping import title_end
from kg.rules.resolve.lists import find_chains
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many sentences back a noun may point.
WINDOW = 12
#: How many letters a noun has at most that opens too many names to stand for one.
SHORT = 4


class Salience:
    """Keep, in the order of the text, who was spoken of and how prominently."""

    def __init__(self, cast: Cast, lang: Language) -> None:
        self.cast, self.lang = cast, lang
        self.title = title_end(cast.doc)
        self.sentence = sentence_numbers(cast.tokens)
        self.item = cast.items
        self.seen: dict[Entity, list[Reference]] = defaultdict(list)
        self.places: dict[Entity, set[str]] = defaultdict(set)
        self.nouns: dict[Entity, set[str]] = defaultdict(set)
        self.pairs = [
            (chain[-1].end, (chain[0].entities[0], chain[1].entities[0]))
            for chain in find_chains(cast, lang)
            if len(chain) == 2 and all(r.entities[0].kind in ORGANIZATIONS for r in chain)
        ]
        self.sources = {
            e for r in cast.references if is_quoted(r, cast.doc, lang) for e in r.entities
        }
        self.home = {e: home_of(e) for e in cast.entities}
        self.heads = heads_of(cast)
        self.called = {n for names in self.nouns.values() for n in names if is_agent(n, lang)}
        for reference in cast.references:
            for entity in reference.entities:
                self.places[entity].update(reference.places)
                if reference.head >= 0:
                    self.nouns[entity].add(cast.doc[reference.head].lemma_.lower())
        for reference, noun, places in described_after(cast, lang):
            self.places[reference.entities[0]].update(places)
            self.nouns[reference.entities[0]].add(noun)

    def note(self, reference: Reference) -> None:
        """Take in a reference."""
        for entity in reference.entities:
            self.seen[entity].append(reference)

    def score(self, entity: Entity, index: int) -> float:
        """Return how present an entity is in the reader's mind at a token."""
        references = [r for r in self.seen[entity] if self.is_near(r, index)]
        if not references:
            return -1.0
        last = references[-1]
        distance = self.sentence[index] - self.sentence[last.start]
        if distance > WINDOW and not any(r.start < self.title for r in references):
            return -1.0
        leads = any(
            is_leading(r, self.cast.doc, self.lang)
            for r in references
            if self.sentence[index] - self.sentence[r.start] <= 2
        )
        total = sum(len(r) for e, r in self.seen.items() if e.kind in ORGANIZATIONS)
        in_title = any(r.start < self.title for r in references)
        return 1 / (1 + distance) + 0.7 * leads + len(references) / total + 0.6 * in_title

    def is_near(self, reference: Reference, index: int) -> bool:
        """Tell whether a reference is in the same item of a list as a token, or in no item."""
        return self.item[reference.start] == self.item[index] or not self.item[index]


def described_after(cast: Cast, lang: Language) -> Iterator[tuple[Reference, str, tuple[str, ...]]]:
    """Yield the names with the noun and nationality of an apposition: 'X, la filiale belge'."""
    for reference in cast.references:
        words = cast.doc[reference.end : reference.end + 4]
        if not reference.named or not len(words) or words[0].text != ",":
            continue
        noun = next((t for t in words[1:] if t.pos_ not in ("DET", "ADJ", "NUM")), None)
        organization = reference.entities[0].kind in ORGANIZATIONS
        if organization and noun is not None and noun.pos_ == "NOUN" and noun.i not in cast.at:
            places = tuple(p for t in noun.children for p in demonym_places(t, lang))
            yield reference, noun.lemma_.lower(), places


def is_agent(noun: str, lang: Language) -> bool:
    """Tell whether a noun ends as those that say what a company does: 'préparateur'."""
    return noun.endswith(tuple(lang.table("nouns.agents")))


def heads_of(cast: Cast) -> set[str]:
    """Return the common nouns that open names of organisations: 'caisse' of 'Caisse de Gand'."""
    names = [e.name.split() for e in cast.of_kind(*ORGANIZATIONS)]
    return {
        words[0].lower()
        for words in names
        if len(words) > 2 and words[1].islower() and len(words[0]) > SHORT
    }


def home_of(entity: Entity) -> set[str]:
    """Return the country that is on record for a company."""
    known = known_name(entity.name)
    return {known.country} if known and known.country else set()


def is_quoted(reference: Reference, doc: Doc, lang: Language) -> bool:
    """Tell whether a reference is to who says something or to whose study does."""
    head = doc[reference.start : reference.end].root.head
    return head.lemma_ in lang.words("speech.verbs") or head.lemma_ in lang.words("nouns.part")


def sentence_numbers(tokens: Iterable[Token]) -> list[int]:
    """Return the number of the sentence of each token."""
    numbers, current = [], -1
    for token in tokens:
        current += bool(token.is_sent_start) or current < 0
        numbers.append(current)
    return numbers


def is_leading(reference: Reference, doc: Doc, lang: Language) -> bool:
    """Tell whether a reference is its clause's subject."""
    tokens = doc[reference.left : reference.end]
    return tokens.root.dep_ in lang.words("syntax.subject")
