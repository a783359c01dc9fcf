"""Three articles of our own wording, about the same companies, that do not quite agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rdflib import Graph

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading

NORDIL, VASCO, HEXO = (Entity(name, "Company") for name in ("Nordil", "Vasco", "Hexo"))
ORVANE, BELMAR = Entity("Orvane", "Company"), Entity("Belmar", "Company")
JEANNE = Entity("Jeanne Ferrand", "Person")
CHINA, CLOUD = Entity("Chine", "Country"), Entity("cloud", "CooperationArea")
BATTERIES = Entity("batteries", "Market")
IN_2018 = {"market": BATTERIES, "asOf": "2018"}


def million(number: int) -> dict[str, str | Decimal]:
    """Return an amount as qualifiers."""
    return {"amount": Decimal(number * 1_000_000), "currency": "EUR"}


#: Article → its date, and what it says with the words that say so.
SAID = {
    "projets": ("2018-03-05", (
        ("Nordil veut racheter Orvane", Fact(NORDIL, "acquired", ORVANE, "Planned",
                                             qualifiers=million(40), confidence=0.7)),
        ("Nordil et Vasco sont alliés", Fact(NORDIL, "partnerOf", VASCO)),
        ("le chinois Vasco", Fact(VASCO, "basedIn", CHINA)),
        ("Nordil travaille sur le cloud", Fact(NORDIL, "cooperatesIn", CLOUD)),
        ("Vasco travaille sur le cloud", Fact(VASCO, "cooperatesIn", CLOUD)),
        ("Nordil a 12 % des batteries", Fact(NORDIL, "marketShare", Decimal(12),
                                             qualifiers=IN_2018)),
    )),
    "rachats": ("2019-06-11", (
        ("Nordil a racheté Orvane", Fact(NORDIL, "acquired", ORVANE, qualifiers=million(45))),
        ("Vasco s'allie à Belmar", Fact(VASCO, "partnerOf", BELMAR)),
        ("Nordil a 14 % des batteries", Fact(NORDIL, "marketShare", Decimal(14),
                                             qualifiers=IN_2018)),
        ("Hexo n'a pas racheté Belmar", Fact(HEXO, "acquired", BELMAR, "Denied")),
    )),
    "postes": ("2019-07-02", (
        ("Hexo a racheté Belmar", Fact(HEXO, "acquired", BELMAR, qualifiers=million(900))),
        ("Nordil est une filiale de Hexo", Fact(NORDIL, "subsidiaryOf", HEXO)),
        ("Jeanne Ferrand préside Nordil", Fact(JEANNE, "holdsPosition", NORDIL,
                                               qualifiers={"role": "présidente"})),
        ("Jeanne Ferrand siège chez Belmar", Fact(JEANNE, "holdsPosition", BELMAR)),
    )),
}  # fmt: skip


def press_readings() -> list[Reading]:
    """Return what the three articles say."""
    return [make_reading(name, date, said) for name, (date, said) in SAID.items()]


def make_reading(name: str, date: str, said: tuple[tuple[str, Fact], ...]) -> Reading:
    """Return what an article says, each in a sentence of its own."""
    text = " ".join(f"{words}." for words, _ in said)
    facts, things = [], {}
    for words, fact in said:
        begin = text.index(words)
        facts.append(replace(fact, evidence=((begin, begin + len(words)),)))
        for thing in (fact.subject, fact.object, fact.qualifiers.get("market")):
            if isinstance(thing, Entity):
                things[thing] = None
    article = Article(name, text, title=name.capitalize(), published=date)
    return Reading(article, tuple(things), tuple(facts))


def press_graph() -> Graph:
    """Return the graph of the three articles."""
    return build_graph(press_readings())
