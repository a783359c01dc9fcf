"""Names that nobody has, and news about them: what training adds to articles of real names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from kg.errors import DataError
from kg.names.known import known_names
from kg.rules.brat import Tagged
from kg.values.language import load_language

WORD = re.compile(r"[^\W\d_]+")
SLOT = re.compile(r"(?:\b(?P<de>[dD])(?:e |'))?\{(?P<slot>\w+)\}")
SENTENCES = Path(__file__).parent / "models" / "fr_names" / "sentences.txt"
#: What a slot of a sentence is filled with, and its class; a figure has none.
SLOTS = {
    "org": "ORG",
    "acr": "ORG",
    "per": "PER",
    "sur": "PER",
    "loc": "LOC",
    "country": "LOC",
    "product": "MISC",
    "n": "",
}
#: How often a name of an article is swapped for another of its class.
SWAPPED = {"ORG": 0.5, "PER": 0.3, "LOC": 0.2}
VOWELS = "AÂEÈÉÊIÎOÔU"
#: A word of so many company names ('Group', 'France') is a part of their shape.
USUAL = 3
#: How many letters decide on the next.
MEMORY = 3
LONGEST = 12
#: How often a word is drawn until it is new; ten suffice almost always.
TRIES = 50
#: Parts in 100 of companies that are real, one new word, a surname, a pair, an acronym, changed.
SHAPES = (15, 25, 7, 3, 4, 46)
TRIMS = ("Pro", "Plus", "Max", "GT")


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
        """Return a word spelled like those that are known: a new one, unless they are too few."""
        word = ""
        for _ in range(TRIES):
            word = self.spell(draw)
            if MEMORY < len(word) <= LONGEST and word not in self.known:
                break
        return word.capitalize()

    def spell(self, draw: Random) -> str:
        """Return letters, each drawn from those that follow the three before it."""
        letters = "^" * MEMORY
        while not letters.endswith("$") and len(letters) < 2 * LONGEST:
            letters += draw.choice(self.following[letters[-MEMORY:]])
        return letters.strip("^$")


class Inventor:
    """Draw names of a class: some real, most of them invented after real ones."""

    def __init__(self, people: Iterable[str], *, lang: str = "fr") -> None:
        places = load_language(lang).tables["places"]
        self.countries: list[str] = places["countries"]
        self.places: list[str] = sorted({*self.countries, *places["cities"], *places["regions"]})
        rows = {row.name: row for row in known_names().values() if not row.risky}
        self.companies = sorted(rows)
        self.people = sorted(name for name in set(people) if " " in name)
        if not self.people:
            raise DataError("no person has a first name and a surname in these articles")
        uses = Counter(word for name in self.companies for word in set(WORD.findall(name)))
        self.usual = {word for word, count in uses.items() if count >= USUAL}
        surnames = [name.partition(" ")[2] for name in self.people]
        self.spellings = {
            "org": Spelling(word for word in uses if not (word in self.usual or word.isupper())),
            "sur": Spelling(WORD.findall(" ".join(surnames))),
            "loc": Spelling(WORD.findall(" ".join(self.places))),
        }

    def draw(self, slot: str, draw: Random) -> str:
        """Return a name for a slot of a sentence, or a figure for 'n'."""
        match slot:
            case "org":
                return self.company(draw)
            case "acr":
                return acronym(draw, draw.choice((2, 3, 3, 3, 4, 5)))
            case "per":
                return f"{draw.choice(self.people).partition(' ')[0]} {self.draw('sur', draw)}"
            case "sur":
                known = draw.choice(self.people).partition(" ")[2]
                return known if draw.random() < 0.4 else self.spellings["sur"].invent(draw)
            case "loc":
                return self.place(draw)
            case "country":
                return draw.choice(self.countries)
            case "product":
                return self.product(draw)
            case "n":
                return str(draw.randint(11, 99))
        raise DataError(
            f"{SENTENCES.name}: unknown slot {{{slot}}}; known: {{{'}, {'.join(SLOTS)}}}"
        )

    def company(self, draw: Random) -> str:
        """Return a company's name: real, of one new word, or a real one with its words changed."""
        invent = self.spellings["org"].invent
        shape = draw.choices(("real", "word", "surname", "pair", "acronym", "changed"), SHAPES)[0]
        match shape:
            case "real":
                return draw.choice(self.companies)
            case "word":
                return invent(draw)
            case "surname":
                return self.draw("sur", draw)
            case "pair":
                return f"{invent(draw)}{draw.choice(('-', '-', ' & ', ' et '))}{invent(draw)}"
            case "acronym":
                return self.draw("acr", draw)
        return WORD.sub(lambda word: self.change(str(word[0]), draw), draw.choice(self.companies))

    def change(self, word: str, draw: Random) -> str:
        """Return a new word instead of one of a name; common words stay."""
        if len(word) < 2 or word[0].islower() or word in self.usual:
            return word
        if word.isupper():
            return acronym(draw, len(word))
        return self.spellings[draw.choice(("org", "org", "sur"))].invent(draw)

    def place(self, draw: Random) -> str:
        """Return a place, real or as a small town may be called."""
        if draw.random() < 0.7:
            return draw.choice(self.places)
        town = self.spellings["loc"].invent(draw)
        return draw.choice(("", "", "Saint-", "Mont-")) + town + draw.choice(("", "", "-sur-Mer"))

    def product(self, draw: Random) -> str:
        """Return a product's name: a word, a model, a maker's model or a code."""
        name = self.spellings["org"].invent(draw)
        figure = draw.randint(2, 900)
        maker = draw.choice(self.companies)
        code = f"{draw.choice('CDGQRSX')}{figure}"
        forms = (name, f"{name} {figure}", f"{name} {draw.choice(TRIMS)}", code)
        return draw.choice((*forms, f"{maker} {name}") if draw.random() < 0.5 else forms)


def acronym(draw: Random, length: int) -> str:
    """Return some capital letters.

    >>> acronym(Random(0), 4).isupper()
    True
    """
    return "".join(draw.choices("AABCDEEFGHIILMNOPRSSTUVX", k=length))


def read_sentences() -> list[str]:
    """Read the sentences that stories are made of."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fill(sentence: str, names: Inventor, draw: Random) -> Tagged:
    """Fill the slots of a sentence; 'de' is elided before a vowel."""
    text, labels, done = "", [], 0
    for match in SLOT.finditer(sentence):
        name = names.draw(match["slot"], draw)
        text += sentence[done : match.start()]
        if match["de"]:
            text += match["de"] + ("'" if name[0] in VOWELS else "e ")
        if label := SLOTS[match["slot"]]:
            labels.append((len(text), len(text) + len(name), label))
        text, done = text + name, match.end()
    return text + sentence[done:], labels


def write_story(sentences: Sequence[str], names: Inventor, draw: Random) -> Tagged:
    """Return up to six sentences drawn at random, their slots filled, as one text."""
    text, labels = "", []
    for sentence in draw.choices(sentences, k=draw.randint(1, 6)):
        part, found = fill(sentence, names, draw)
        labels += [(begin + len(text), end + len(text), label) for begin, end, label in found]
        text += part + (" " if part.endswith((".", "»")) and draw.random() < 0.8 else "\n")
    return text, labels


def swap_names(article: Tagged, names: Inventor, draw: Random) -> Tagged:
    """Return an article with some of its names swapped, each for the same one throughout."""
    text, labels = article
    chosen: dict[tuple[str, str], str] = {}
    parts, found, done, length = [], [], 0, 0
    for begin, end, label in labels:
        name = text[begin:end]
        if (name, label) not in chosen:
            swapped = draw.random() < SWAPPED.get(label, 0)
            chosen[name, label] = like(name, label, names, draw) if swapped else name
        new = chosen[name, label]
        start = length + begin - done
        parts += [text[done:begin], new]
        found.append((start, start + len(new), label))
        done, length = end, start + len(new)
    return "".join([*parts, text[done:]]), found


def like(name: str, label: str, names: Inventor, draw: Random) -> str:
    """Return another name of a class that begins, like this one, with a vowel or does not."""
    slot = {"ORG": "org", "LOC": "loc", "PER": "per" if " " in name else "sur"}[label]
    for _ in range(TRIES):
        new = names.draw(slot, draw)
        if (new[0] in VOWELS) == (name[0] in VOWELS):
            return new
    return name
