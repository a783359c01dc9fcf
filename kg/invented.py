"""Names that nobody has, and news about them: what training adds to articles of real names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kg.errors import DataError
from kg.language import load_language
from kg.names import known_names

Label = tuple[int, int, str]
Tagged = tuple[str, tuple[Label, ...]]

WORD = re.compile(r"[^\W\d_]+")
SLOT = re.compile(r"(\b[dD]e )?\{(\w+)\}")
#: The class of what a slot of a sentence is filled with; a slot without one is a figure.
CLASSES = {
    "org": "ORG",
    "acr": "ORG",
    "per": "PER",
    "sur": "PER",
    "loc": "LOC",
    "country": "LOC",
    "product": "MISC",
}
#: How often a name of an article is swapped for another of its class.
SWAPPED = {"ORG": 0.5, "PER": 0.3, "LOC": 0.2}
VOWELS = "AÂEÈÉÊIÎOÔU"
#: A word of so many company names ('Group', 'France') is a part of their shape.
USUAL = 3
MEMORY = 3


class Spelling:
    """Hold which letter may follow which three in some words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = {word.lower() for word in words if len(word) > MEMORY}
        self.following: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            letters = f"{'^' * MEMORY}{word}$"
            for index in range(MEMORY, len(letters)):
                self.following[letters[index - MEMORY : index]].append(letters[index])

    def invent(self, draw: Random) -> str:
        """Return a new word of 4 to 12 letters, spelled like those that are known."""
        while True:
            letters = "^" * MEMORY
            while letters[-1] != "$" and len(letters) <= 12 + MEMORY:
                letters += draw.choice(self.following[letters[-MEMORY:]])
            word = letters[MEMORY:-1]
            if letters[-1] == "$" and len(word) > MEMORY and word not in self.known:
                return word.capitalize()


@dataclass(frozen=True)
class Inventor:
    """Draw names of a class: some real, most of them invented after real ones."""

    companies: Sequence[str]
    places: Sequence[str]
    countries: Sequence[str]
    people: Sequence[str]

    def __post_init__(self) -> None:
        uses = Counter(word for name in self.companies for word in set(WORD.findall(name)))
        usual = {word for word, count in uses.items() if count >= USUAL}
        rare = [word for word in uses if word not in usual and not word.isupper()]
        surnames = [word for name in self.people for word in WORD.findall(name.partition(" ")[2])]
        towns = [word for name in self.places for word in WORD.findall(name)]
        spellings = {"org": Spelling(rare), "sur": Spelling(surnames), "loc": Spelling(towns)}
        object.__setattr__(self, "usual", usual)
        object.__setattr__(self, "spellings", spellings)
