"""Articles with other names: of the same class and shape, in all mentions of a thing at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from kg.model import Span
from kg.training.marked.corpus import Mark, MarkedArticle

_WORD = re.compile(r"[^\W\d_]{2,}")
#: Classes whose names are swapped; places stay, since what lies where is worth knowing.
SWAPPED = ("Organization", "Person", "Product")
#: How often a thing of an article that is swapped gets other names.
SHARE = 0.7
#: A word of so many different names ('Banque', 'France') belongs to their shape and stays.
USUAL = 12
#: How often a word is joined of two others instead of taken as it is.
BLENDED = 0.5
_VOWELS = "aeiouyàâéèêëîïôùûœ"


class Names:
    """Hold the words of names in marked articles, by class, and draw others for them."""

    def __init__(self, articles: Sequence[MarkedArticle]) -> None:
        uses: Counter[str] = Counter()
        words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        told = {(thing.name, thing.classes[0]) for a in articles for thing in a.things}
        for name, kind in sorted(told):
            found = set(_WORD.findall(name))
            uses.update(found if kind != "Person" else ())
            words[kind].update(found)
        self.usual = {word.lower() for word, count in uses.items() if count >= USUAL}
        self.words = {
            kind: sorted(w for w in words[kind] if self.changes(w) and not w.isupper())
            for kind in SWAPPED
        }

    def changes(self, word: str) -> bool:
        """Tell whether a word is of one name, not of the shape of many."""
        return not word.islower() and word.lower() not in self.usual

    def draw(self, word: str, kind: str, draw: Random) -> str:
        """Return another word of the same shape: capitals, its first letter a vowel or not."""
        if word.isupper() and len(word) <= 5:
            return "".join(draw.choice("ABCDEFGILMNOPRSTV") for _ in word)
        known = self.words[kind]
        for _ in range(20):
            new = draw.choice(known)
            if draw.random() < BLENDED:
                new = blend(new, draw.choice(known))
            if (new[0].lower() in _VOWELS) == (word[0].lower() in _VOWELS) and len(new) > 2:
                break
        return new.upper() if word.isupper() else new


def blend(first: str, second: str) -> str:
    """Return the beginning of one word and the end of another.

    >>> blend("Valcorne", "Brisol")
    'Valcsol'
    """
    return first[: (len(first) + 1) // 2] + second[len(second) // 2 :].lower()


def swap_names(article: MarkedArticle, names: Names, draw: Random) -> MarkedArticle:
    """Return the article with other names for most of its things, all offsets set right."""
    told = {
        thing.key: thing.classes[0]
        for thing in article.things
        if thing.classes[0] in SWAPPED and names.words[thing.classes[0]] and draw.random() < SHARE
    }
    new: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    taken = -1
    for mark in sorted(article.marks, key=lambda m: (m.begin, -m.end)):
        if mark.named and mark.key in told and mark.begin >= taken:
            taken = mark.end
            for match in _WORD.finditer(article.text, mark.begin, mark.end):
                if names.changes(word := match[0]):
                    other = (
                        new.get(word)
                        or _recase(word, new)
                        or names.draw(word, told[mark.key], draw)
                    )
                    new[word] = other
                    edits.append((*match.span(), other))
    return _edit(article, edits)


def raise_letters(article: MarkedArticle) -> MarkedArticle:
    """Return the article in capitals, as wires print; letters without one of their own stay.

    >>> raise_letters(MarkedArticle("a", "fr", "L’été, ß", (), (), ())).text
    'L’ÉTÉ, ß'
    """
    text = "".join(up if len(up := char.upper()) == 1 else char for char in article.text)
    return replace(article, text=text)


def _recase(word: str, new: Mapping[str, str]) -> str:
    """Return the new word for another spelling of a word that has one, in this one's capitals."""
    for old, other in new.items():
        if old.lower() == word.lower():
            return other.upper() if word.isupper() else other.capitalize()
    return ""


def _edit(article: MarkedArticle, edits: Sequence[tuple[int, int, str]]) -> MarkedArticle:
    """Return an article with pieces of its text replaced, and all places moved along."""
    parts, begins, shifts, at, shift = [], [0], [0], 0, 0
    for begin, end, other in edits:
        parts += [article.text[at:begin], other]
        at, shift = end, shift + len(other) - (end - begin)
        begins.append(end)
        shifts.append(shift)
    text = "".join([*parts, article.text[at:]])

    def move(span: Span) -> Span:
        low = span[0] + shifts[bisect_right(begins, span[0]) - 1]
        return low, span[1] + shifts[bisect_right(begins, span[1]) - 1]

    marks = tuple(Mark(*move((m.begin, m.end)), m.key, m.named) for m in article.marks)
    facts = tuple(
        replace(
            fact,
            evidence=move(fact.evidence),
            place=move(fact.place) if fact.place else None,
            slots={slot: move(span) for slot, span in fact.slots.items()},
        )
        for fact in article.facts
    )
    return replace(article, text=text, marks=marks, facts=facts)
