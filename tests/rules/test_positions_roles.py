"""Who has, had or may get which role, in sentences of our own wording with the real model."""

from __future__ import annotations

from collections import Counter

import pytest
from sentences import check, load

from kg.model import Article, Entity
from kg.rules.extract import extract_article

#: How many sentences of `data/roles.toml` the extractor may read wrongly: only ever lowered.
PINNED = 1


def roles(text: str) -> list[str]:
    """Return the roles that a text gives: 'person | organisation | role | how sure'."""
    found = []
    for fact in extract_article(Article("a", text)).facts:
        if fact.property == "holdsPosition" and isinstance(fact.object, Entity):
            sure = "Ended" if fact.ended else fact.modality
            role = fact.qualifiers.get("role", "-")
            found.append(f"{fact.subject.name} | {fact.object.name} | {role} | {sure}")
    return sorted(found)


@pytest.mark.model
def test_roles_of_sentences() -> None:
    entries = load("roles.toml")
    assert len(entries) >= 50
    told = Counter(role.rpartition(" | ")[2] for entry in entries for role in entry["roles"])
    assert min(told[sure] for sure in ("Actual", "Planned", "Possible", "Denied", "Ended")) >= 2
    wrong = [
        f"{e['text']} → {'; '.join(found) or 'nothing'}"
        for e in entries
        if (found := roles(e["text"])) != sorted(e["roles"])
    ]
    check(wrong, {e["text"] for e in entries if e.get("known_wrong")}, PINNED)
