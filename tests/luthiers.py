"""A graph about violin makers, of our own wording, and one whose every text is hostile."""

import itertools
import random
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rdflib import Graph

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Reading

TEXT = (
    "Luthiers & bois\n\n"
    "🎻 Le luthier Ormesson appartient à Valcrux. Orphée Lind préside Valcrux depuis 2011. "
    "Ormesson et Tilsen signeront un pacte sur les bois rares.\n\n"
    "Valcrux dément tout rachat de Tilsen. Ormesson fournirait Tilsen. "
    "Selon Tilsen, Valcrux tient 12,5 % du marché des archets. Pérouse a été citée."
)


def name(*spec: Any, **options: Any) -> Entity:
    """Return a thing with its mentions: wherever the text writes its name."""
    entity = Entity(*spec, **options)
    found = re.finditer(re.escape(entity.name), TEXT)
    return replace(entity, mentions=tuple(it.span() for it in found))


WIKIDATA = "https://www.wikidata.org/entity/Q1"
ORMESSON = name("Ormesson", "Company", ("L'Atelier Célèbre",), (WIKIDATA,))
VALCRUX, TILSEN = name("Valcrux", "Company"), name("Tilsen", "Organization")
LIND, CITY = name("Orphée Lind", "Person"), name("Pérouse", "City")
PACT, WOOD = name("pacte", "Memorandum"), name("bois rares", "CooperationArea")
BOWS = name("archets", "Market")
ALL = (ORMESSON, VALCRUX, TILSEN, LIND, CITY, PACT, WOOD, BOWS)
SENTENCES = tuple(found.span() for found in re.finditer(r"[^ .\n][^.\n]*\.", TEXT))


def say(*spec: Any, quote: str, **options: Any) -> Fact:
    """Return a fact with its quote in the text."""
    start = TEXT.index(quote)
    evidence = ((start, start + len(quote)),)
    return Fact(*spec, evidence=evidence, **options)


FACTS = (
    say(
        ORMESSON, "subsidiaryOf", VALCRUX, quote="Ormesson appartient à Valcrux",
        confidence=0.62,
    ),
    say(
        LIND, "holdsPosition", VALCRUX, quote="préside",
        qualifiers={"role": "présidente", "date": "2011"},
    ),
    say(PACT, "party", ORMESSON, "Planned", quote="signeront un pacte"),
    say(PACT, "party", TILSEN, "Planned", quote="signeront un pacte"),
    say(PACT, "hasArea", WOOD, "Planned", quote="bois rares"),
    say(ORMESSON, "partnerOf", TILSEN, "Planned", quote="Ormesson et Tilsen"),
    say(ORMESSON, "supplierOf", TILSEN, "Possible", quote="fournirait"),
    say(TILSEN, "supplierOf", ORMESSON, quote="fournirait", ended=True),
    say(VALCRUX, "acquired", TILSEN, "Denied", quote="dément tout rachat"),
    say(
        VALCRUX, "marketShare", Decimal("12.5"), quote="12,5 %", attributed_to=TILSEN,
        qualifiers={"market": BOWS, "asOf": "2019-09"},
    ),
)  # fmt: skip


def make_graph(
    *facts: Fact, entities: tuple[Entity, ...] = ALL, text: bool = True, lang: str = "fr"
) -> Graph:
    """Return the graph of the article."""
    article = Article("luthiers", TEXT, lang, title="Luthiers & bois", published="2020-05-04")
    return build_graph([Reading(article, entities, facts, SENTENCES)], text=text)


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1>",
    "{{ 7 * 7 }}{% raw %}<!--",
    "\u202eevil\u2066 \u0007\u0085name\u2028",
    "عربي 🎻 " + "x" * 10_000,
    "=cmd|'/c calc'!A1",
)
UNSAFE = ("javascript:window.hacked=1", "data:text/html,%3Cscript%3Ewindow.hacked=1%3C/script%3E")


def hostile_graph() -> Graph:
    """Return a graph whose every text is hostile."""
    text = " ".join(HOSTILE)
    spans = [(text.index(each), text.index(each) + len(each)) for each in HOSTILE]
    things = [
        Entity(each, "Company", HOSTILE, UNSAFE, (span,))
        for each, span in zip(HOSTILE, spans, strict=True)
    ]
    facts = tuple(
        Fact(
            one, "holdsPosition", other, attributed_to=one,
            qualifiers={"role": HOSTILE[0], "date": HOSTILE[1]}, evidence=((0, len(text)),),
        )
        for one, other in itertools.pairwise(things)
    )  # fmt: skip
    article = Article("x", text, title=HOSTILE[0], source=HOSTILE[1], published=HOSTILE[2])
    return build_graph([Reading(article, tuple(things), facts, ((0, len(text)),))])


def large_graph(count: int) -> Graph:
    """Return a graph of some things, with three facts for each."""
    things = [Entity(f"Atelier Vernis {number}", "Company") for number in range(count)]
    sentence = "Un atelier de lutherie en a racheté un autre, a-t-il annoncé. "
    facts = [
        Fact(
            things[number], ("acquired", "partnerOf", "supplierOf")[place],
            things[(number * (place + 2) + 7 * place + 1) % count], confidence=0.8,
            evidence=((start := len(sentence) * (3 * number + place), start + 20),),
        )
        for number in range(count)
        for place in range(3)
    ]  # fmt: skip
    text = sentence * len(facts)
    places = range(0, len(text), len(sentence))
    sentences = tuple((place, place + len(sentence) - 1) for place in places)
    article = Article("ateliers", text, title="Ateliers")
    return build_graph([Reading(article, tuple(things), tuple(facts), sentences)])


class Press:
    """Hold articles that are written one after another, each of sentences that state a fact."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def write(self, day: str, source: str, *said: tuple[str, Fact]) -> None:
        """Write an article of some sentences, each with the fact that it states."""
        text, facts, sentences = "", [], []
        for sentence, fact in said:
            span = (len(text), len(text) + len(sentence))
            text += sentence + " "
            sentences.append(span)
            facts.append(replace(fact, evidence=(span,)))
        number = len(self.readings)
        article = Article(
            f"article-{number}", text.strip(), "fr", title=f"Lutherie, no {number}",
            published=day, source=source,
        )  # fmt: skip
        ends = {id(end): end for fact in facts for end in (fact.subject, fact.object)}
        things = tuple(end for end in ends.values() if isinstance(end, Entity))
        self.readings.append(Reading(article, things, tuple(facts), tuple(sentences)))


def quarrel_graph() -> Graph:
    """Return the graph of articles that agree, disagree, copy each other and change their mind."""
    one, other, hill = (Entity(it, "Company") for it in ("Ormesson", "Tilsen", "Valcrux"))
    town, land = Entity("Crémone", "City"), Entity("Italie", "Country")
    press = Press()
    bid = "Le luthier Ormesson songe à racheter la maison Tilsen pour dix millions d'euros."
    press.write("2020-01-10", "La Volute", (bid, Fact(one, "acquired", other, "Planned")))
    told = "Ormesson a racheté Tilsen, dit-on à l'établi où sèchent les tables d'épicéa."
    press.write("2020-03-02", "La Volute", (told, Fact(one, "acquired", other)))
    press.write("2020-03-02", "L'Archet", (
        "Rien n'est signé : Tilsen reste libre, répond son patron depuis Mirecourt.",
        Fact(one, "acquired", other, "Denied", confidence=0.7),
    ))  # fmt: skip
    wire = "Valcrux fournit ses bois à Ormesson depuis la scierie du haut plateau jurassien."
    for source in ("L'Archet", "Le Cordier"):
        press.write("2021-05-04", source, (wire, Fact(hill, "supplierOf", one)))
    press.write("2022-06-01", "La Volute", (
        "Chez Ormesson, l'érable vient de Valcrux, comme le confirme le bilan annuel.",
        Fact(hill, "supplierOf", one),
    ), (
        "Valcrux a son siège en Italie, où son atelier occupe un ancien couvent.",
        Fact(hill, "basedIn", land),
    ), ("La maison Tilsen est de Crémone.", Fact(other, "basedIn", town)))  # fmt: skip
    return build_graph(press.readings)


SYLLABLES = ("bel", "cor", "dan", "fer", "gal", "lor", "mir", "nov", "per", "quen", "ros", "tal")
LANDS = ("Italie", "France", "Autriche", "Bohême", "Tyrol", "Saxe", "Espagne", "Angleterre")


def call_house(number: int) -> str:
    """Return the made-up name of a house, another one for each number below 1,728."""
    parts = [SYLLABLES[number // 12**place % 12] for place in range(2 + (number >= 144))]
    return "".join(parts).capitalize() + ("", " & Fils", " Lutherie", " SA")[number % 4]


def chronicle(articles: int, houses: int = 288) -> list[Reading]:
    """Return articles of ten years, of twenty papers, about houses and where they are."""
    chance, press = random.Random(7), Press()
    names = [Entity(call_house(number), "Company") for number in range(houses)]
    lands = [Entity(it, "Country") for it in LANDS]
    kinds = ("acquired", "partnerOf", "supplierOf", "subsidiaryOf", "holdsStakeIn")
    for number in range(articles):
        months, rest = divmod(number * 120, articles)
        day = f"{2010 + months // 12}-{months % 12 + 1:02}-{rest * 27 // articles + 1:02}"
        said = []
        for _ in range(3):
            one = names[min(int(chance.paretovariate(0.7) * 3), houses - 1 - number % 40)]
            other = names[(number * 2 + chance.randrange(40)) % houses]
            relation, way = (
                chance.choice(kinds),
                chance.choice(("Actual",) * 4 + ("Planned", "Denied")),
            )
            if one is not other:
                said.append(
                    (
                        f"Récit {number} : {one.name} et {other.name}.",
                        Fact(one, relation, other, way),
                    )
                )
        home = names[number % houses]
        said.append((f"{home.name} travaille là-bas.", Fact(home, "basedIn", lands[number % 8])))
        press.write(day, f"Gazette no {number % 20}", *said)
    return press.readings
