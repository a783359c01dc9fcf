"""A graph about violin makers, of our own wording, and one whose every text is hostile."""

import itertools
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
UNSAFE = ("javascript:window.hacked=1", "data:text/html,<script>window.hacked=1</script>")


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
