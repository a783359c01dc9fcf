"""What texts of our own wording name, with the real model: borders, classes and other forms."""

from __future__ import annotations

from typing import Any

import pytest
from sentences import load

from kg.model import Article
from kg.ontology import is_a
from kg.rules.extract import extract_article
from kg.rules.mentions.classes import choose, tally
from kg.rules.mentions.mention import Mention

ENTITIES = load("entities.toml")


def named(text: str) -> set[str]:
    """Return what a text names, as the file writes it."""
    return {
        f"{kind}: {'|'.join((entity.name, *entity.aliases))}"
        for entity in extract_article(Article("a", text)).entities
        for kind in ("Organization", "Person", "Place", "Product")
        if entity.mentions and is_a(entity.kind, kind)
    }


def test_there_are_texts() -> None:
    assert len(ENTITIES) >= 54


@pytest.mark.model
@pytest.mark.parametrize("entry", ENTITIES, ids=lambda entry: entry["text"][:40])
def test_names_and_their_classes(entry: dict[str, Any]) -> None:
    assert named(entry["text"]) == set(entry["names"])


def mention(label: dict[str, float], **votes: float) -> Mention:
    """Return a mention for which some votes were cast."""
    made = Mention(0, 1, "Vextra", 0)
    made.label.update(label)
    made.votes.update(votes)
    return made


def test_the_model_counts_on_average_and_the_clearest_context_in_full() -> None:
    group = [mention({"Company": 1.0}), mention({"Product": 0.6}, Product=2.0, Company=0.5)]
    assert dict(tally(group)) == {"Company": 1.0, "Product": 2.3}


def test_organisations_stand_together_against_the_rest() -> None:
    votes = tally([mention({"Company": 0.8}, Organization=0.9, Product=1.5)])
    assert choose(votes) == ("Organization", pytest.approx(0.2))
    assert choose(tally([mention({"Person": 1.0})])) == ("Person", 1.0)
