"""Make up news of companies that nobody has, as much of it as one likes, always the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from kg.model import Article, Entity, Fact, Modality, Reading, Span

#: Facts of one article: as many as our examples have on average.
FACTS = 25
#: The classes of things in turn: of twenty, twelve are companies.
CLASSES = (
    "Company", "Company", "Person", "Company", "City", "Company", "Company", "Company", "Person",
    "CooperationArea", "Company", "Company", "Country", "Company", "Company", "Person", "Product",
    "Company", "Company", "Product",
)  # fmt: skip
PLACES = {kind: [n for n, one in enumerate(CLASSES) if one == kind] for kind in set(CLASSES)}
SYLLABLES = (
    "bra", "cel", "dor", "fal", "gan", "hel", "jor", "kal", "lin", "mor", "nav", "oxi", "pel",
    "quin", "ros", "sil", "tan", "ulm", "ver", "zan", "bel", "cor", "dra", "fer", "gal", "lor",
    "mir", "nes", "por", "rin", "sol", "tri", "vau",
)  # fmt: skip
FIRST_NAMES = ("Agathe", "Bastien", "Clémence", "Damien", "Élodie", "Fabrice", "Gaëlle", "Hervé")
NAMES = {
    "City": "{}-sur-Orne", "Country": "{}ie", "Product": "{} 4",
    "CooperationArea": "systèmes {}s",
}  # fmt: skip
OPENINGS = (
    "", "", "Selon un communiqué publié dans la soirée, ", "D’après plusieurs sources proches, ",
    "Après de longs mois de discussions, ", "À la surprise de nombreux observateurs, ",
)  # fmt: skip
#: Sentences that say nothing, as every article has some.
BETWEEN = (
    "Les analystes s’attendaient à une annonce de ce genre depuis le début de l’année.",
    "Aucun détail n’a filtré sur le calendrier ni sur les conditions.",
    "Les syndicats demandent à en savoir davantage.",
)
Qualifiers = Callable[[Random], dict[str, str | Decimal]]


class Saying(NamedTuple):
    """A way to say a relation: the classes of both ends, and the words around their names."""

    relation: str
    subject: str
    object: str
    words: str
    modality: Modality = "Actual"
    qualifiers: Qualifiers = lambda draw: {}


def share(draw: Random) -> dict[str, str | Decimal]:
    return {"share": Decimal(draw.randint(5, 95)), "date": f"{draw.randint(2005, 2024)}"}


def price(draw: Random) -> dict[str, str | Decimal]:
    return {
        "amount": Decimal(draw.randint(2, 900) * 1_000_000),
        "currency": "EUR",
        "date": f"{draw.randint(2005, 2024)}-{draw.randint(1, 12):02}",
    }


def role(draw: Random) -> dict[str, str | Decimal]:
    return {"role": draw.choice(("directrice générale", "président", "directeur financier"))}


SAYINGS = (
    Saying("subsidiaryOf", "Company", "Company", "{} est depuis longtemps une filiale de {}."),
    Saying("partnerOf", "Company", "Company", "{} et {} ont scellé un partenariat."),
    Saying("partnerOf", "Company", "Company", "{} va s’allier à {}.", "Planned"),
    Saying("acquired", "Company", "Company", "{} a mis la main sur {}.", "Actual", price),
    Saying("acquired", "Company", "Company", "{} songe à racheter {}.", "Possible", price),
    Saying("acquired", "Company", "Company", "{} n’a pas racheté {}.", "Denied"),
    Saying("holdsStakeIn", "Company", "Company", "{} est au capital de {}.", "Actual", share),
    Saying("supplierOf", "Company", "Company", "{} fournit {} en pièces détachées."),
    Saying("competesWith", "Company", "Company", "{} dispute ses clients à {}."),
    Saying("holdsPosition", "Person", "Company", "{} siège à la tête de {}.", "Actual", role),
    Saying("basedIn", "Company", "City", "{} a installé ses bureaux à {}."),
    Saying("operatesIn", "Company", "Country", "{} dessert déjà toute la {}."),
    Saying("operatesIn", "Company", "Country", "{} prendra pied en {}.", "Planned"),
    Saying("offers", "Company", "Product", "{} vend à des industriels son modèle {}."),
    Saying("cooperatesIn", "Company", "CooperationArea", "{} mène des travaux sur les {}."),
)
#: Class → the sayings that a thing of it may begin, or for the others end.
USES = {
    kind: [one for one in SAYINGS if one.subject == kind]
    or [one for one in SAYINGS if one.object == kind]
    for kind in set(CLASSES)
}


@dataclass
class Draft:
    """Hold an article that is being written: its text so far, what it names and says."""

    text: str = ""
    mentions: dict[Entity, list[Span]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    said: set[tuple[Saying, tuple[Entity, Entity]]] = field(default_factory=set)

    def write(self, opening: str, saying: Saying, ends: tuple[Entity, Entity]) -> Span:
        """Add a sentence to the text and return where it says something."""
        first, middle, last = saying.words.split("{}")
        begin = len(self.text)
        self.text += opening
        said = len(self.text)
        for words, end in ((first, ends[0]), (middle, ends[1])):
            self.text += words
            place = len(self.text)
            self.text += end.name
            self.mentions.setdefault(end, []).append((place, len(self.text)))
        self.text += last
        self.sentences.append((begin, len(self.text)))
        return said, len(self.text) - 1


def made_up_readings(things: int, facts: int, *, each: int = FACTS) -> Iterator[Reading]:
    """Make up articles of `each` facts that say so many between so many things, and yield them.

    Each thing is in a fact if there are as many facts as things; some are in very many, as in
    real news. No article is kept, so that millions of facts can be made.

    >>> readings = list(made_up_readings(100, 300))
    >>> sum(len(reading.facts) for reading in readings)
    300
    """
    draw = Random(1)
    for first in range(0, facts, each):
        draft = Draft()
        for number in range(first, min(first + each, facts)):
            add_fact(draft, number % things, things, draw)
        yield finish(draft, first // each)


def add_fact(draft: Draft, number: int, things: int, draw: Random) -> None:
    """Say in an article something about the thing of a number that it does not say yet."""
    thing = make_thing(number)
    while True:
        saying = draw.choice(USES[thing.kind])
        begins = thing.kind == saying.subject
        kind = saying.object if begins else saying.subject
        other = make_thing(draw_number(kind, number, things, draw))
        ends = (thing, other) if begins else (other, thing)
        if (saying, ends) not in draft.said:
            break
    draft.said.add((saying, ends))
    span = draft.write(draw.choice(OPENINGS), saying, ends)
    draft.text += draw.choice(("\n\n", " ", f" {draw.choice(BETWEEN)} "))
    draft.facts.append(
        Fact(
            ends[0], saying.relation, ends[1], saying.modality,
            qualifiers=saying.qualifiers(draw), confidence=draw.randint(50, 100) / 100,
            evidence=(span,),
        )
    )  # fmt: skip


def draw_number(kind: str, other_than: int, things: int, draw: Random) -> int:
    """Return the number of a thing of a class: the lower ones more often, as fame has it."""
    rounds = max(1, things // len(CLASSES))
    while True:
        number = int(rounds * draw.random() ** 3) * len(CLASSES) + draw.choice(PLACES[kind])
        if number != other_than and number < max(things, len(CLASSES)):
            return number


def make_thing(number: int) -> Entity:
    """Return the thing of a number, always the same and called as no other.

    >>> make_thing(0).name, make_thing(9).name, make_thing(15).name
    ('Brabrabra', 'systèmes vaurosgals', 'Hervé Navdorver')
    """
    kind = CLASSES[number % len(CLASSES)]
    word = spell(number)
    if kind == "Person":
        return Entity(f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {word.capitalize()}", kind)
    form = NAMES.get(kind, "{}")
    name = form.format(word if form[0].islower() else word.capitalize())
    return Entity(name, kind, (word.upper(),) if kind == "Company" else ())


def spell(number: int) -> str:
    """Return a number as a word of at least three syllables, different for each."""
    count = len(SYLLABLES)
    more, rest = divmod(number, count**3)
    rest = rest * 7919 % count**3  # so that neighbours look nothing like each other
    word = SYLLABLES[rest // count**2] + SYLLABLES[rest // count % count] + SYLLABLES[rest % count]
    return word + (spell(more - 1) if more else "")


def finish(draft: Draft, number: int) -> Reading:
    """Return what an article names and says, with its text."""
    article = Article(
        f"nouvelle-{number}", draft.text.rstrip(), title=f"Affaires du jour, no {number}",
        published=f"{2005 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        source="Le Fil de l’Orne",
    )  # fmt: skip
    entities = (replace(it, mentions=tuple(found)) for it, found in draft.mentions.items())
    return Reading(article, tuple(entities), tuple(draft.facts), tuple(draft.sentences))
