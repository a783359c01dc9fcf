"""The language's frames on trees made by hand: each family of relations in its forms."""

from __future__ import annotations

import pytest
from trees import Short, fact_of, facts_of

N, V, ORVANE = "Nordalis", "Vextra", "Orvane"


@pytest.mark.parametrize(
    "sentence",
    [
        "Nordalis rachète Vextra.",
        "Vextra a été rachetée par Nordalis.",
        "Nordalis a annoncé le rachat de Vextra.",
        "Le rachat de Vextra par Nordalis est achevé.",
        "Nordalis a pris le contrôle de Vextra.",
        "Nordalis a fait l'acquisition de Vextra.",
        "Hexium cède Vextra à Nordalis.",
        "Nordalis s'empare de Vextra.",
        "Nordalis, qui a racheté Vextra, emploie 300 personnes.",
        "Nordalis ne rachète que Vextra.",
    ],
)
def test_who_buys_whom(sentence: str) -> None:
    assert facts_of(sentence, relation="acquired") == [(N, "acquired", V, "Actual")]


def test_what_is_sold_was_the_seller_s() -> None:
    fact = fact_of("subsidiaryOf", "Hexium cède Vextra à Nordalis.")
    assert (fact.subject.name, fact.ended) == (V, True)
    assert facts_of("Nordalis a annoncé la cession de sa filiale Orvane à Vextra.") == [
        (ORVANE, "subsidiaryOf", N, "Actual"),
        (V, "acquired", ORVANE, "Actual"),
    ]


def test_of_what_one_buys_the_possessive_means_the_seller() -> None:
    assert facts_of("Nordalis négocie avec Vextra le rachat de sa filiale Orvane.") == [
        (N, "acquired", ORVANE, "Possible"),
        (ORVANE, "subsidiaryOf", V, "Actual"),
    ]


def test_the_agent_of_a_participle_is_not_that_of_the_noun_before() -> None:
    sentence = "Nordalis abandonne le rachat de Vextra, finalement racheté par Orvane."
    assert facts_of(sentence) == [
        (N, "acquired", V, "Denied"),
        (ORVANE, "acquired", V, "Actual"),
    ]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("Nordalis achète un groupe belge : Vextra.", (N, "acquired", V, "Actual")),
        ("Nordalis a racheté les activités de Vextra.", (N, "acquired", V, "Actual")),
        ("Propriétaire de Vextra, Nordalis grandit.", (V, "subsidiaryOf", N, "Actual")),
        ("Vextra (groupe Nordalis) grandit.", (V, "subsidiaryOf", N, "Actual")),
        ("Orvane, dont Nordalis détient 35 %, grandit.", (N, "holdsStakeIn", ORVANE, "Actual")),
        ("Nordalis a proposé une fusion à Vextra.", (N, "mergedWith", V, "Possible")),
        ("Nordalis produit des montres pour Vextra.", (N, "supplierOf", V, "Actual")),
        ("Nordalis achète ses montres à Vextra.", (V, "supplierOf", N, "Actual")),
    ],
)
def test_turns_of_phrase(sentence: str, fact: Short) -> None:
    assert fact in facts_of(sentence)


def test_a_joint_venture_belongs_to_each_parent() -> None:
    both = [(ORVANE, "subsidiaryOf", N, "Actual"), (ORVANE, "subsidiaryOf", V, "Actual")]
    for sentence in (
        "Nordalis et Vextra ont créé Orvane, une coentreprise.",
        "Nordalis et Vextra sont associés dans Orvane.",
    ):
        assert facts_of(sentence, relation="subsidiaryOf") == both
    sentence = "Orvane, la coentreprise de Nordalis, de Vextra et de Hexium, grandit."
    assert len(facts_of(sentence, relation="subsidiaryOf")) == 3


def test_who_stands_beside_an_owner_owns_too() -> None:
    sentence = "Nordalis détient 12 % de Vextra, aux côtés d'Orvane et de Hexium."
    owners = [subject for subject, _, _, _ in facts_of(sentence, relation="holdsStakeIn")]
    assert owners == [N, ORVANE, "Hexium"]


def test_names_in_brackets_are_not_the_subject() -> None:
    found = facts_of("Nordalis (Orvane, Hexium) s'allie à Vextra.")
    assert (N, "partnerOf", V, "Actual") in found
    assert (ORVANE, "subsidiaryOf", N, "Actual") in found
    assert ("Hexium", "subsidiaryOf", N, "Actual") in found


def test_a_relative_in_the_singular_means_the_last_of_a_list() -> None:
    found = facts_of("Orvane et Hexium, qui appartient à Nordalis, grandissent.")
    assert found == [("Hexium", "subsidiaryOf", N, "Actual")]


def test_a_list_goes_on_after_a_compound_preposition() -> None:
    found = facts_of("Vextra a levé 5 millions d'euros auprès de Nordalis et d'Orvane.")
    assert {subject for subject, _, _, _ in found} == {N, ORVANE}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Nordalis rachète Vextra et Orvane.", [(N, V), (N, ORVANE)]),
        ("Nordalis et Hexium rachètent Vextra.", [(N, V), ("Hexium", V)]),
        ("Nordalis a racheté Vextra et a ouvert une usine au Maroc.", [(N, V)]),
    ],
)
def test_lists_give_a_fact_each(sentence: str, facts: list[tuple[str, str]]) -> None:
    bought = [(one, other) for one, _, other, _ in facts_of(sentence, relation="acquired")]
    assert sorted(bought) == sorted(facts)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vextra, filiale de Nordalis, grandit.",
        "Vextra est une filiale de Nordalis.",
        "Nordalis et sa filiale Vextra publient leurs comptes.",
        "Vextra appartient à Nordalis.",
        "Nordalis, propriétaire de Vextra, grandit.",
    ],
)
def test_who_belongs_to_whom(sentence: str) -> None:
    assert facts_of(sentence) == [(V, "subsidiaryOf", N, "Actual")]
    assert not fact_of("subsidiaryOf", sentence).ended


@pytest.mark.parametrize(
    "sentence", ["Vextra, ancienne filiale de Nordalis, grandit.", "Vextra appartenait à Nordalis."]
)
def test_what_is_over_has_ended(sentence: str) -> None:
    assert fact_of("subsidiaryOf", sentence).ended


def test_a_plural_in_apposition_means_the_whole_list() -> None:
    assert facts_of("Vextra et Orvane, filiales de Nordalis, grandissent.") == [
        (V, "subsidiaryOf", N, "Actual"),
        (ORVANE, "subsidiaryOf", N, "Actual"),
    ]


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("Nordalis s'allie à Vextra.", [{N, V}]),
        ("Nordalis et Vextra ont signé un partenariat.", [{N, V}]),
        ("Nordalis a conclu un accord avec Vextra et Orvane.", [{N, V}, {N, ORVANE}]),
        ("Nordalis travaille avec Vextra.", [{N, V}]),
        ("Vextra, partenaire de Nordalis, grandit.", [{N, V}]),
    ],
)
def test_partners(sentence: str, pairs: list[set[str]]) -> None:
    found = facts_of(sentence, relation="partnerOf")
    assert [{one, other} for one, _, other, _ in found] == pairs


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Nordalis fusionne avec Vextra.", "Actual"),
        ("La fusion entre Nordalis et Vextra crée un géant.", "Actual"),
        ("Nordalis et Vextra veulent fusionner.", "Planned"),
    ],
)
def test_mergers(sentence: str, modality: str) -> None:
    assert facts_of(sentence) == [(N, "mergedWith", V, modality)]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("Nordalis détient 12 % de Vextra.", (N, "holdsStakeIn", V, "Actual")),
        ("Nordalis a pris une participation dans Vextra.", (N, "holdsStakeIn", V, "Actual")),
        ("Nordalis, actionnaire de Vextra, grandit.", (N, "holdsStakeIn", V, "Actual")),
        ("Nordalis détient 80 % de Vextra.", (V, "subsidiaryOf", N, "Actual")),
        ("Nordalis investit 5 millions d'euros dans Vextra.", (N, "investedIn", V, "Actual")),
        ("Vextra a levé 5 millions d'euros auprès de Nordalis.", (N, "investedIn", V, "Actual")),
    ],
)
def test_stakes_and_rounds(sentence: str, fact: Short) -> None:
    assert facts_of(sentence) == [fact]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nordalis fournit des batteries à Vextra.",
        "Nordalis, fournisseur de Vextra, grandit.",
        "Vextra se fournit auprès de Nordalis.",
        "Nordalis a remporté un contrat auprès de Vextra.",
        "Vextra utilise les batteries de Nordalis.",
    ],
)
def test_who_supplies_whom(sentence: str) -> None:
    assert facts_of(sentence) == [(N, "supplierOf", V, "Actual")]


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("Nordalis concurrence Vextra.", [{N, V}]),
        ("Nordalis domine ses concurrents Vextra et Orvane.", [{N, V}, {N, ORVANE}]),
        ("Nordalis est premier devant Vextra et Orvane.", [{N, V}, {N, ORVANE}]),
    ],
)
def test_competitors(sentence: str, pairs: list[set[str]]) -> None:
    found = facts_of(sentence)
    assert [{one, other} for one, _, other, _ in found] == pairs
    assert {relation for _, relation, _, _ in found} == {"competesWith"}


def test_offers() -> None:
    assert facts_of("Nordalis lance la tablette Orvia.") == [(N, "offers", "Orvia", "Actual")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nordalis parraine Vextra.",
        "Nordalis rejoint le consortium Vextra.",
        "Nordalis Cloud grandit.",
    ],
)
def test_other_verbs_say_nothing(sentence: str) -> None:
    assert facts_of(sentence) == []


def test_evidence_covers_both_ends_and_the_trigger() -> None:
    fact = fact_of("acquired", "Le rachat de Vextra par Nordalis est achevé.")
    assert fact.evidence == ((3, 32),)
    assert fact.rule == "noun:rachat"


def test_a_noun_that_refers_is_less_sure_than_a_name() -> None:
    named = fact_of("supplierOf", "Nordalis fournit des batteries à Vextra.")
    referred = fact_of(
        "supplierOf",
        "Le français Nordalis rachète le belge Vextra.",
        "Le groupe belge fournit des batteries à Hexium.",
    )
    assert referred.confidence < named.confidence
