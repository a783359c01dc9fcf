"""Mentions to the article's entities: long and short names, acronyms, 'le groupe français'."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.names.key import fold
from kg.rules.mentions.classes import LABELS, choose, tally
from kg.rules.mentions.classes import ORGANIZATIONS as ORGANIZATIONS
from kg.rules.mentions.mention import Mention
from kg.rules.resolve.forms import is_acronym
from kg.rules.resolve.grouping import group_names
from kg.rules.syntax import forms_of
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


#: What opens an item of a list.
BULLETS = ("•", "-", "–", "—", "*", "·", "▪")


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Hold a stretch of tokens that means some entities; `left` begins its noun phrase."""

    start: int
    end: int
    left: int
    entities: tuple[Entity, ...]
    named: bool = True
    places: tuple[str, ...] = ()
    head: int = -1

    def covers_name(self, index: int) -> bool:
        """Tell whether a token is part of a name, not of the words around it."""
        return self.named and self.start <= index < self.end


@dataclass(eq=False)
class Cast:
    """Hold who and what a text names: its entities, and what each token refers to."""

    doc: Doc
    entities: list[Entity]
    references: list[Reference]
    at: dict[int, Reference] = field(default_factory=dict)
    unsure: set[Entity] = field(default_factory=set)

    def __post_init__(self) -> None:
        # A list is read far faster than a Doc, which makes each token anew.
        self.tokens = list(self.doc)
        self.items = item_numbers(self.tokens)
        self.index: dict[str, list[int]] = defaultdict(list)
        pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, token in enumerate(self.tokens):
            pairs[token.lower, token.lemma].append(index)  # numbers are read faster than words
        for places in pairs.values():
            first = self.tokens[places[0]]
            for form in forms_of(first.lower_, first.lemma_):
                self.index[form] += places

    def add(self, reference: Reference) -> None:
        """Add a reference; a token means the first thing that claimed it."""
        self.references.append(reference)
        for index in range(reference.left, reference.end):
            self.at.setdefault(index, reference)

    def where(self, words: Set[str]) -> list[Token]:
        """Return the tokens that may be among some words, as they stand or by their lemmas."""
        places = {i for word in self.index.keys() & words for i in self.index[word]}
        return [self.tokens[i] for i in sorted(places)]

    def of_kind(self, *kinds: str) -> list[Entity]:
        """Return the entities of some classes, in the order of the text."""
        return [entity for entity in self.entities if entity.kind in kinds]


def item_numbers(tokens: Iterable[Token]) -> list[int]:
    """Return the number of the bulleted item of each token, 0 outside of such lists."""
    numbers, current, last = [], 0, 0
    opening = True
    for token in tokens:
        if opening:
            last += 1
            current = last if token.text in BULLETS else 0
        numbers.append(current)
        opening = token.is_space and "\n" in token.text
    return numbers


#: By how many votes a class must lead for no relation to change it.
SURE = 1.5


def resolve(doc: Doc, mentions: Sequence[Mention], lang: Language) -> Cast:
    """Return the entities behind some mentions, and what nouns and pronouns stand for them."""
    groups = group_names(mentions, doc, lang)
    cast = Cast(doc, [], [])
    for group in groups:
        entity, margin = make_entity(group, doc)
        cast.entities.append(entity)
        if is_unsure(entity, margin, lang):
            cast.unsure.add(entity)
        for mention in group:
            left = min(mention.left, mention.start)
            cast.add(
                Reference(
                    mention.start, mention.end, left, (entity,), True, mention.places, mention.head
                )
            )
    cast.references.sort(key=lambda r: r.start)
    for reference in cast.references:
        for index in range(reference.start, reference.end):
            cast.at[index] = reference
    return cast


def is_unsure(entity: Entity, margin: float, lang: Language) -> bool:
    """Tell whether an entity that is no organisation may yet turn out to be one."""
    if entity.kind in ORGANIZATIONS or fold(entity.name) in lang.places:
        return False
    return margin < SURE and (entity.kind != "Person" or " " not in entity.name)


def make_entity(group: Sequence[Mention], doc: Doc) -> tuple[Entity, float]:
    """Make one entity of the mentions that name it, and say by how much its class leads."""
    kind, margin = choose(tally(group))
    told = any(mention.article or mention.head >= 0 for mention in group)
    if told or is_steady_place(group):
        margin = max(margin, SURE)
    # Counted in the order of the text: of two names alike in all, the first is taken.
    names = Counter(mention.name for mention in group)
    name = max(names, key=lambda n: (not is_acronym(n), len(fold(n).split()), names[n]))
    aliases = sorted(set(names) - {name})
    spans = sorted({(doc[m.start].idx, end_of(doc[m.end - 1])) for m in group})
    return Entity(name, kind, tuple(aliases), (), tuple(spans)), margin


def is_steady_place(group: Sequence[Mention]) -> bool:
    """Tell whether the model takes a name for a place each of several times."""
    return len(group) > 1 and all(
        mention.label["Place"] >= LABELS["LOC"]["Place"] for mention in group
    )


def end_of(token: Token) -> int:
    """Return the offset one past a token's last character."""
    return token.idx + len(token.text)
