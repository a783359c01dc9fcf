"""What else a sentence says of a fact, on trees made by hand and with the real model."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sentences import check, load
from trees import fact_of, parse

from kg.graph.rdf import DATES
from kg.model import Article, Fact
from kg.rules.extract import extract_article, read_doc
from kg.rules.qualifiers.qualifiers import join
from kg.values.quantities import FITS, UNITS, value_of

#: How many sentences of `data/values.toml` the extractor may read wrongly: only ever lowered.
PINNED = 4
VALUES = {*FITS, *DATES, *UNITS.values(), "approximate"}


def values(fact: Fact) -> dict[str, object]:
    """Return a fact's values, without its role, its agreement and its market."""
    return {k: v for k, v in fact.qualifiers.items() if value_of(k) in VALUES}


@pytest.mark.parametrize(
    ("sentence", "relation", "qualifiers"),
    [
        (
            "Nordalis a racheté Vextra pour 3,5 milliards d'euros en mars 2018.",
            "acquired",
            {"amount": Decimal("3500000000"), "currency": "EUR", "date": "2018-03"},
        ),
        (
            "Nordalis investit 5 millions d'euros dans Vextra.",
            "investedIn",
            {"amount": Decimal(5000000), "currency": "EUR"},
        ),
        ("Nordalis détient 12 % de Vextra.", "holdsStakeIn", {"share": Decimal(12)}),
        ("Nordalis détient 80 % de Vextra.", "subsidiaryOf", {"share": Decimal(80)}),
        ("Nordalis rachète Vextra.", "acquired", {}),
        (
            "Nordalis emploie 400 salariés en Belgique.",
            "operatesIn",
            {"count": 400, "counted": "salariés"},
        ),
        (
            "Nordalis a racheté Vextra, qui réalise 150 millions d'euros de chiffre d'affaires.",
            "acquired",
            {},
        ),
    ],
)
def test_values_of_the_sentence(
    sentence: str, relation: str, qualifiers: dict[str, object]
) -> None:
    assert dict(fact_of(relation, sentence).qualifiers) == qualifiers


def test_values_of_another_sentence_are_not_taken() -> None:
    fact = fact_of(
        "acquired", "Nordalis rachète Vextra.", "Nordalis investit 5 millions d'euros dans Vextra."
    )
    assert dict(fact.qualifiers) == {}


def of_each(sentence: str, relation: str, published: str = "") -> dict[str, dict[str, object]]:
    """Return the values of a sentence's facts of a relation, by their object."""
    doc = parse(sentence)
    reading = read_doc(Article("a", doc.text, published=published), doc)
    return {
        f.object.name: values(f)  # type: ignore[union-attr]
        for f in reading.facts
        if f.property == relation
    }


def test_each_deal_of_a_sentence_has_its_own_price() -> None:
    said = of_each(
        "Nordalis rachète Vextra pour 30 millions d'euros, "
        "Hexium reprend Orvane pour 12 millions de dollars.",
        "acquired",
    )
    assert said == {
        "Vextra": {"amount": Decimal(30_000_000), "currency": "EUR"},
        "Orvane": {"amount": Decimal(12_000_000), "currency": "USD"},
    }


def test_each_stake_of_a_sentence_has_its_own_share() -> None:
    said = of_each("Nordalis détient 30 % de Vextra et possède 20 % d'Orvane.", "holdsStakeIn")
    assert said == {"Vextra": {"share": Decimal(30)}, "Orvane": {"share": Decimal(20)}}


@pytest.mark.parametrize(
    ("sentence", "published", "dates"),
    [
        ("Nordalis a annoncé lundi le rachat de Vextra.", "2018-03-07",
         {"announced": "2018-03-05"}),
        ("Nordalis a annoncé lundi le rachat de Vextra.", "", {}),
        ("Nordalis a racheté Vextra en novembre.", "2018-03-07", {"date": "2017-11"}),
        ("Nordalis rachètera Vextra en novembre.", "2018-03-07", {"date": "2018-11"}),
        ("Nordalis a racheté Vextra en novembre.", "2018-03", {}),
    ],
)  # fmt: skip
def test_dates_hang_on_the_articles_day(
    sentence: str, published: str, dates: dict[str, object]
) -> None:
    assert of_each(sentence, "acquired", published) == {"Vextra": dates}


def test_a_sum_may_come_a_sentence_later_and_is_evidence() -> None:
    later = "L'opération s'élève à 150 millions d'euros."
    doc = parse("Nordalis rachète Vextra.", later)
    (fact,) = (f for f in read_doc(Article("a", doc.text), doc).facts if f.property == "acquired")
    assert values(fact) == {"amount": Decimal(150_000_000), "currency": "EUR"}
    assert [doc.text[slice(*span)] for span in fact.evidence] == [
        "Nordalis rachète Vextra",
        later.removesuffix("."),
    ]


def test_a_sum_of_no_deal_before_is_nobodys() -> None:
    assert (
        "amount"
        not in fact_of(
            "partnerOf",
            "Vextra, partenaire de Nordalis, grandit.",
            "L'opération s'élève à 150 millions d'euros.",
        ).qualifiers
    )


def test_a_value_is_joined_whole() -> None:
    first = {"amountMin": Decimal(3), "currency": "USD", "approximate": True, "role": "gérant"}
    assert join(first, {"amount": Decimal(4), "currency": "EUR"}) == {
        "amount": Decimal(4),
        "currency": "EUR",
        "role": "gérant",
    }
    assert join(first, {"share": Decimal(5)}) == first | {"share": Decimal(5)}


def typed(told: dict[str, Any]) -> dict[str, object]:
    """Return the values of an entry as the extractor types them."""
    decimals = {name for name in told if value_of(name) in ("share", "amount")}
    return {name: Decimal(str(v)) if name in decimals else v for name, v in told.items()}


def faults(entry: dict[str, Any]) -> list[str]:
    """Return which values a sentence of the file should give its facts and does not."""
    article = Article("a", entry["text"], published=entry.get("published", ""))
    said = {
        f"{f.subject.name} | {f.property} | {getattr(f.object, 'name', f.object)}": values(f)
        for f in extract_article(article).facts
    }
    return [
        f"{fact}: {said.get(fact, 'no such fact')}"
        for fact, told in entry["facts"].items()
        if said.get(fact, {}) != typed(told)
    ]


@pytest.mark.model
def test_values_of_sentences() -> None:
    entries = load("values.toml")
    assert len(entries) >= 120
    told = [value_of(name) for e in entries for fact in e["facts"].values() for name in fact]
    assert set(told) == VALUES
    assert min(map(told.count, VALUES)) >= 3
    wrong = [f"{e['text']} → {', '.join(found)}" for e in entries if (found := faults(e))]
    check(wrong, {e["text"] for e in entries if e.get("known_wrong")}, PINNED)
