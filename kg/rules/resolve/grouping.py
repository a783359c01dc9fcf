"""Which mentions name one thing: long and short names, acronyms, former names, slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import is_name, known_forms
from kg.rules.mentions.classes import tally
from kg.rules.mentions.mention import Mention
from kg.rules.resolve.forms import (
    contains,
    core,
    folded,
    is_abbreviation,
    is_acronym,
    is_component,
    is_initials,
    is_slip,
    is_unit,
)
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: How much more must speak for a company than for a person so that a surname is no person's.
COMPANY = 1.3
#: How much more must speak for a place than for a company so that a name is no company's.
PLACE = 1.0
#: How many letters a word cut short has at least: 'le Nouveau Mag'.
CUT = 3


def group_names(mentions: Sequence[Mention], doc: Doc, lang: Language) -> list[list[Mention]]:
    """Gather the mentions that name one thing, in the order of the text."""
    grouping = Grouping(mentions, doc, lang)
    grouping.join_known()
    grouping.join_slips()
    grouping.join_short()
    grouping.join_expanded()
    return grouping.groups()


def title_end(doc: Doc) -> int:
    """Return the token where an article's body begins: after its first line."""
    for token in doc:
        if "\n" in token.text and token.i > 3:
            return token.i
    return 0


class Grouping:
    """Hold the forms of a text's names, and which of them name one thing."""

    def __init__(self, mentions: Sequence[Mention], doc: Doc, lang: Language) -> None:
        self.doc, self.lang, self.body = doc, lang, title_end(doc)
        self.forms: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self.forms[core(mention.name, lang)].append(mention)
        self.owner = {form: form for form in self.forms}

    def find(self, form: str) -> str:
        """Return the form that stands for all those of its thing."""
        while self.owner[form] != form:
            form = self.owner[form]
        return form

    def join(self, first: str, second: str) -> None:
        """Let two forms name one thing."""
        self.owner[self.find(second)] = self.find(first)

    def groups(self) -> list[list[Mention]]:
        """Return the mentions of each thing, in the order of the text."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for form, mentions in self.forms.items():
            found[self.find(form)].extend(mentions)
        ordered = [sorted(group, key=lambda m: m.start) for group in found.values()]
        return sorted(ordered, key=lambda group: group[0].start)

    def join_known(self) -> None:
        """Join a company's name with the short form that everybody knows it by."""
        for short, name in self.lang.table("names.short").items():
            if fold(short) in self.forms and core(name, self.lang) in self.forms:
                self.join(core(name, self.lang), fold(short))

    def join_slips(self) -> None:
        """Join forms that differ by one slip of the pen, unless both are on record."""
        for first, second in combinations(self.forms, 2):
            if abs(len(first) - len(second)) < 2 and is_slip(first, second):
                places = first in self.lang.places and second in self.lang.places
                known = first in known_forms() and second in known_forms()
                if not places and not known:
                    self.join(first, second)

    def join_short(self) -> None:
        """Join short forms with the only longer form that they may stand for."""
        having: dict[str, set[str]] = defaultdict(set)
        for form in self.forms:
            for word in form.split():
                having[word].add(form)
        for short in sorted(self.forms, key=len):
            near = set().union(*(having[word] for word in short.split()))
            acronym = is_acronym(self.forms[short][0].name)
            longer = [
                form
                for form in self.forms
                if form != short and (acronym or form in near) and self.is_same(short, form)
            ]
            longer += self.bracketed(short)
            roots = {self.find(form) for form in longer} - {self.find(short)}
            if len(roots) == 1 or (roots and self.kind(short) == "Person"):
                self.join(min(roots, key=lambda f: self.forms[f][0].start), short)

    def join_expanded(self) -> None:
        """Join 'COT Énergie' with 'Compagnie Orvane Tarkos Énergie' where COT is the latter's."""
        for form in self.forms:
            head, _, rest = form.partition(" ")
            if not rest or head not in self.owner:
                continue
            for other in self.forms:
                whole = f"{other} {rest}"
                if other != head and whole in self.forms and self.find(other) == self.find(head):
                    self.join(whole, form)

    def kind(self, form: str) -> str:
        """Return the class of a form's mentions."""
        return self.forms[form][0].kind

    def is_firm(self, form: str) -> bool:
        """Tell whether a form's name ends with a legal form: 'Orvane SAS'."""
        legal = self.lang.words("names.legal_forms")
        return any(mention.name.rpartition(" ")[2] in legal for mention in self.forms[form])

    def is_place(self, form: str) -> bool:
        """Tell whether a form surely names a place."""
        votes = tally(self.forms[form])
        return form in self.lang.places or votes["Place"] - votes["Company"] > PLACE

    def is_same(self, short: str, long: str) -> bool:
        """Tell whether a short name means what a longer one means in the same article."""
        a, b = short.split(), long.split()
        kinds = self.kind(short), self.kind(long)
        if kinds[1] == "Person":
            return len(a) < len(b) and self.is_part_of_person(short, long)
        if "Place" in kinds and (self.is_place(short) or self.is_place(long)):
            return False
        if kinds[0] == "Person" and len(a) > 1:
            return False
        if len(a) == 1 and is_acronym(self.forms[short][0].name) and len(b) > 1:
            return is_initials(a[0], b, self.lang)
        if len(a) == len(b) > 1 and a[:-1] == b[:-1]:
            return b[-1].startswith(a[-1]) and len(a[-1]) >= CUT and a[-1].isalpha()
        return len(a) < len(b) and contains(b, a) and self.is_short(short, long)

    def is_part_of_person(self, short: str, long: str) -> bool:
        """Tell whether a name is the surname or the first name of a person's full name."""
        a, b = short.split(), long.split()
        kind = self.kind(short)
        if kind == "Person":
            return b[-len(a) :] == a or (b[0] == a[0] and len(a) == 1)
        votes = tally(self.forms[short])
        surname = len(a) == 1 and b[-1] == a[0] and short not in known_forms()
        return surname and kind == "Company" and votes["Company"] - votes["Person"] < COMPANY

    def is_short(self, short: str, long: str) -> bool:
        """Tell whether a name that stands in a longer one is a short form of it."""
        a, b = short.split(), long.split()
        kinds = self.kind(short), self.kind(long)
        last = b[-len(a) :] == a
        if kinds[1] == "Product" and last and is_name(" ".join(b[: -len(a)]), self.forms):
            return not any(f"-{self.forms[short][0].name}" in m.name for m in self.forms[long])
        if self.is_firm(short) and not self.is_firm(long):
            return False
        if is_component(short, long, self.forms, self.lang):
            return False
        extra = [word for word in b if word not in a]
        if folded(self.lang, "names.generic").issuperset(extra):
            return True
        if kinds == ("Product", "Product"):
            return last
        if kinds == ("Company", "Product"):
            return False
        if self.first(short) == self.nowhere and b[: len(a)] == a:
            return self.first(long) < self.nowhere
        if self.first(long) >= self.first(short):
            return False
        if all(mention.head < 0 for mention in self.forms[short]):
            extra = [word for word in extra if word not in folded(self.lang, "names.wholes")]
        return not is_unit(extra, self.lang)

    @property
    def nowhere(self) -> int:
        """Return a place after all tokens."""
        return len(self.doc)

    def first(self, form: str) -> int:
        """Return where a form first stands in an article's body."""
        starts = (mention.start for mention in self.forms[form])
        return min((start for start in starts if start >= self.body), default=self.nowhere)

    def bracketed(self, short: str) -> Iterator[str]:
        """Yield the names that a name stands in brackets behind, if it is one of theirs."""
        for mention in self.forms[short]:
            former = self.doc[mention.start - 1].lower_ in self.lang.words("names.formerly")
            opening = mention.start - 1 - former
            if opening < 1 or mention.end >= len(self.doc) or self.doc[mention.end].text != ")":
                continue
            if self.doc[opening].text != "(":
                continue
            for form, others in self.forms.items():
                if form != short and any(other.end == opening for other in others):
                    pair = sorted((short, form), key=len)
                    if former or is_abbreviation(pair[0], pair[1], self.lang):
                        yield form
