"""How sure a sentence is: by tense, mood, negation and what governs the verb or the noun."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import get_args

import pytest
from sentences import check, load, said
from trees import Short, facts_of, parse, vocabulary, word

from kg import ontology
from kg.model import Modality
from kg.rules.modality import assess, ends_as
from kg.values.language import load_language

FR = load_language("fr")
#: How many sentences of `data/modality.toml` the extractor may read wrongly: only ever lowered.
PINNED = 49


@pytest.mark.parametrize(
    ("sentence", "trigger", "modality"),
    [
        ("Nordalis rachète Vextra.", "rachète", "Actual"),
        ("Nordalis ne rachète que Vextra.", "rachète", "Actual"),
        ("Vextra a été rachetée par Nordalis.", "rachetée", "Actual"),
        ("Claire Duvernay a annoncé que Nordalis rachète Vextra.", "rachète", "Actual"),
        ("Nordalis rachètera Vextra.", "rachètera", "Planned"),
        ("Nordalis va racheter Vextra.", "racheter", "Planned"),
        ("Nordalis a décidé de racheter Vextra.", "racheter", "Planned"),
        ("Nordalis est en passe de racheter Vextra.", "racheter", "Planned"),
        ("Nordalis présente son projet de rachat de Vextra.", "rachat", "Planned"),
        ("Vextra sera rachetée par Nordalis.", "rachetée", "Planned"),
        ("Nordalis et Vextra veulent fusionner.", "fusionner", "Planned"),
        ("Selon Claire Duvernay, Nordalis rachètera Vextra.", "rachètera", "Planned"),
        ("Nordalis rachèterait Vextra.", "rachèterait", "Possible"),
        ("Nordalis pourrait racheter Vextra.", "racheter", "Possible"),
        ("Nordalis envisage de racheter Vextra.", "racheter", "Possible"),
        ("Nordalis étudie le rachat de Vextra.", "rachat", "Possible"),
        ("Vextra serait rachetée par Nordalis.", "rachetée", "Possible"),
        ("Nordalis ne rachète pas Vextra.", "rachète", "Denied"),
        ("Vextra n'a pas été rachetée par Nordalis.", "rachetée", "Denied"),
        ("Nordalis, qui n'a pas racheté Vextra, grandit.", "racheté", "Denied"),
        ("Nordalis dément racheter Vextra.", "racheter", "Denied"),
        ("Claire Duvernay dément que Nordalis rachète Vextra.", "rachète", "Denied"),
        ("Nordalis renonce à racheter Vextra.", "racheter", "Denied"),
        ("Nordalis nie le rachat de Vextra.", "rachat", "Denied"),
        ("Nordalis n'a pas annoncé le rachat de Vextra.", "rachat", "Denied"),
        ("Nordalis va-t-il racheter Vextra ?", "racheter", "Possible"),
    ],
)
def test_the_tree_tells_how_sure_it_is(sentence: str, trigger: str, modality: Modality) -> None:
    assert assess(word(parse(sentence), trigger), FR) == modality


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        (
            "Nordalis va être rachetée par Vextra.",
            ("Vextra", "acquired", "Nordalis", "Planned"),
        ),
        (
            "Vextra va devenir une filiale de Nordalis.",
            ("Vextra", "subsidiaryOf", "Nordalis", "Planned"),
        ),
        (
            "Nordalis s'apprête à racheter Vextra.",
            ("Nordalis", "acquired", "Vextra", "Planned"),
        ),
        (
            "Nordalis renonce au rachat de Vextra.",
            ("Nordalis", "acquired", "Vextra", "Denied"),
        ),
        (
            "Hugo Maréval n'est pas directeur général de Nordalis.",
            ("Hugo Maréval", "holdsPosition", "Nordalis", "Denied"),
        ),
        (
            "Nordalis détiendra 20 % du marché des batteries.",
            ("Nordalis", "marketShare", "20", "Planned"),
        ),
    ],
)
def test_the_fact_is_as_sure_as_its_sentence(sentence: str, fact: Short) -> None:
    assert facts_of(sentence) == [fact]


def test_what_is_not_yet_is_not_actual() -> None:
    ((*_, modality),) = facts_of("Nordalis n'a pas encore racheté Vextra.")
    assert modality != "Actual"


def test_a_denied_relative_clause_denies_nothing_else() -> None:
    sentence = "Nordalis, qui n'a pas racheté Vextra, grandit."
    assert assess(word(parse(sentence), "grandit"), FR) == "Actual"


def test_the_fact_takes_the_modality_of_its_words() -> None:
    said = [
        facts_of(f"Nordalis {verb} Vextra.")
        for verb in ("rachète", "rachètera", "rachèterait", "ne rachète pas")
    ]
    assert [facts[0][3] for facts in said] == ["Actual", "Planned", "Possible", "Denied"]


@pytest.mark.parametrize(
    ("verb", "lemma", "tense"),
    [
        ("détiendrait", "détenir", "conditional"),
        ("signeraient", "signer", "conditional"),
        ("entrait", "entrer", ""),
        ("couvrait", "couvrir", ""),
        ("détenait", "détenir", ""),
        ("signera", "signer", "future"),
        ("vendront", "vendre", "future"),
        ("montra", "montrer", ""),
        ("signa", "signer", ""),
    ],
)
def test_endings_tell_the_tense(verb: str, lemma: str, tense: str) -> None:
    from spacy.tokens import Doc

    (token,) = Doc(vocabulary(), words=[verb], lemmas=[lemma], pos=["VERB"])
    assert [t for t in ("conditional", "future") if ends_as(token, t, FR)] == [tense] * bool(tense)


@pytest.mark.model
def test_minimal_pairs() -> None:
    groups = load("modality.toml")
    pairs = [(group["fact"], sentence) for group in groups for sentence in group["sentences"]]
    assert len(pairs) >= 520
    assert len({sentence["text"] for _, sentence in pairs}) == len(pairs)
    wrong = []
    for fact, sentence in pairs:
        found = said(sentence["text"]).get(fact, "nothing")
        if found != sentence["is"]:
            wrong.append(f"{sentence['text']} → {found}, not {sentence['is']}")
    check(wrong, {s["text"] for _, s in pairs if s.get("known_wrong")}, PINNED)


def test_minimal_pairs_cover_every_relation_and_modality() -> None:
    told = Counter(
        (group["fact"].split(" | ")[1], sentence["is"])
        for group in load("modality.toml")
        for sentence in group["sentences"]
    )
    relations = {relation for relation, _ in told}
    assert len(relations) == 14
    assert relations <= set(ontology.relations())
    assert {sure for _, sure in told} == {*get_args(Modality), "Ended"}
    for relation, sure in product(relations, get_args(Modality)):
        assert told[relation, sure] >= 2, f"{relation}: {sure}"
    assert len({relation for relation, sure in told if sure == "Ended"}) >= 9
