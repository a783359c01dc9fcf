"""Mentions to the article's entities: long and short names, acronyms, 'le groupe français'."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.classes import tally
from kg.language import Language
from kg.mentions import Mention
from kg.model import Entity
from kg.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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

    def add(self, reference: Reference) -> None:
        """Add a reference; a token means the first thing that claimed it."""
        self.references.append(reference)
        for index in range(reference.left, reference.end):
            self.at.setdefault(index, reference)

    def of_kind(self, *kinds: str) -> list[Entity]:
        """Return the entities of some classes, in the order of the text."""
        return [entity for entity in self.entities if entity.kind in kinds]


#: By how many votes a class must lead for no relation to change it.
SURE = 1.5
ORGANIZATIONS = ("Company", "Organization", "PublicBody")


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
    votes = tally(group)
    kind = max(sorted(votes), key=lambda k: votes[k])
    names = Counter(mention.name for mention in group)
    name = max(names, key=lambda n: (not is_acronym(n), len(fold(n).split()), names[n], n))
    aliases = sorted(set(names) - {name})
    spans = sorted({(doc[m.start].idx, end_of(doc[m.end - 1])) for m in group})
    return Entity(name, kind, tuple(aliases), (), tuple(spans)), votes[kind] - votes["Company"]


def end_of(token: Token) -> int:
    """Return the offset one past a token's last character."""
    return token.idx + len(token.text)


def group_names(mentions: Sequence[Mention], doc: Doc, lang: Language) -> list[list[Mention]]:
    """Gather the mentions that name one thing, in the order of the text."""
    forms: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        forms[core(mention.name, lang)].append(mention)
    owner = {form: form for form in forms}

    def find(form: str) -> str:
        while owner[form] != form:
            form = owner[form]
        return form

    body = title_end(doc)
    for short in sorted(forms, key=len):
        longer = [f for f in forms if f != short and is_same((short, f), forms, lang, body)]
        longer += bracketed(short, forms, doc, lang)
        roots = {find(f) for f in longer} - {find(short)}
        if len(roots) == 1 or (roots and is_person(forms[short])):
            owner[find(short)] = min(roots, key=lambda f: forms[f][0].start)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for form in forms:
        groups[find(form)].extend(forms[form])
    ordered = [sorted(group, key=lambda m: m.start) for group in groups.values()]
    return sorted(ordered, key=lambda group: group[0].start)


def core(name: str, lang: Language) -> str:
    """Return a name's folded words without legal forms, articles and 'groupe'."""
    words = fold(name).split()
    drop = {fold(w) for w in lang.words("names.legal_forms")} | {"groupe", "group"}
    kept = [w for w in words if w not in drop]
    while len(kept) > 1 and kept[0] in lang.words("names.articles"):
        kept = kept[1:]
    return " ".join(kept or words)


def title_end(doc: Doc) -> int:
    """Return the token where an article's body begins: after its first line."""
    for token in doc:
        if "\n" in token.text and token.i > 3:
            return token.i
    return 0


def is_person(mentions: Sequence[Mention]) -> bool:
    """Tell whether some mentions name a person."""
    return mentions[0].kind == "Person"


def is_same(
    pair: tuple[str, str], forms: dict[str, list[Mention]], lang: Language, body: int
) -> bool:
    """Tell whether a short name means what a longer one means in the same article."""
    short, long = pair
    a, b = short.split(), long.split()
    kinds = forms[short][0].kind, forms[long][0].kind
    if kinds[1] == "Person":
        if len(b) < 2 or len(a) >= len(b) or kinds[0] == "Place":
            return False
        return kinds[0] == "Person" and (b[-len(a) :] == a or (b[0] == a[0] and len(a) == 1))
    if "Place" in kinds and (short in lang.places or long in lang.places):
        return False
    if kinds[0] == "Person" and len(a) > 1:
        return False
    if len(a) == 1 and is_acronym(forms[short][0].name) and len(b) > 1:
        return initials(b, lang) == a[0]
    if len(a) >= len(b) or not contains(b, a):
        return False
    extra = [w for w in b if w not in a]
    generic = {fold(w) for w in lang.words("names.generic")}
    if all(w in generic for w in extra):
        return True
    if kinds == ("Product", "Product"):
        return b[-len(a) :] == a
    if kinds == ("Company", "Product") or is_unit(extra, lang):
        return False
    return first(forms[long], body) < first(forms[short], body)


def first(mentions: Sequence[Mention], body: int) -> int:
    """Return where a name first stands in an article's body."""
    return min((m.start for m in mentions if m.start >= body), default=1 << 30)


def is_unit(extra: Iterable[str], lang: Language) -> bool:
    """Tell whether the words that a longer name adds make it a unit of the shorter one."""
    units = {fold(w) for w in lang.words("names.units")}
    demonyms = lang.demonyms
    return any(w in units or w in lang.places or w in demonyms for w in extra)


def contains(words: list[str], part: list[str]) -> bool:
    """Tell whether some words stand next to each other in others."""
    size = len(part)
    return any(words[i : i + size] == part for i in range(len(words) - size + 1))


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an acronym.

    >>> is_acronym("EDF"), is_acronym("Edf")
    (True, False)
    """
    letters = [c for c in name if c.isalpha()]
    return 2 <= len(letters) <= 6 and all(c.isupper() for c in letters) and " " not in name


def initials(words: Iterable[str], lang: Language) -> str:
    """Return the initials of some words, small words left out."""
    return "".join(w[0] for w in words if w not in lang.words("names.small"))


def bracketed(short: str, forms: dict[str, list[Mention]], doc: Doc, lang: Language) -> list[str]:
    """Return the names that a name stands in brackets behind, if the one abbreviates the other."""
    found = []
    for mention in forms[short]:
        if mention.start < 2 or doc[mention.start - 1].text != "(" or mention.end >= len(doc):
            continue
        if doc[mention.end].text != ")":
            continue
        for form, others in forms.items():
            if form != short and any(o.end == mention.start - 1 for o in others):
                pair = sorted((short, form), key=len)
                if is_abbreviation(pair[0], pair[1], lang):
                    found.append(form)
    return found


def is_abbreviation(short: str, long: str, lang: Language) -> bool:
    """Tell whether the letters of an acronym stand in a name in their order.

    >>> from kg.language import load_language
    >>> is_abbreviation("sncf", "societe nationale des chemins de fer", load_language("fr"))
    True
    """
    if " " in short or len(short) > 6 or short[0] != long[0]:
        return initials(long.split(), lang) == short.replace(" ", "")
    position = 0
    for letter in short:
        position = long.find(letter, position) + 1
        if not position:
            return False
    return True
