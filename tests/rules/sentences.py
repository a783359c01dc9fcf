"""Sentences of our own wording in `data/*.toml`: what the model and the rules read in them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from trees import short

from kg.model import Article
from kg.ontology import properties
from kg.rules.extract import extract_article

DATA = Path(__file__).parent / "data"


def load(name: str) -> list[dict[str, Any]]:
    """Return the entries of a file of sentences."""
    (entries,) = tomllib.loads((DATA / name).read_text(encoding="utf-8")).values()
    return list(entries)


@cache
def said(text: str) -> dict[str, str]:
    """Return what a sentence alone says: 'subject | relation | object' → how sure, or 'Ended'."""
    found: dict[str, str] = {}
    for fact in extract_article(Article("a", text)).facts:
        one, relation, other, modality = short(fact)
        sure = "Ended" if fact.ended else modality
        found[f"{one} | {relation} | {other}"] = sure
        if properties()[relation].symmetric:
            found[f"{other} | {relation} | {one}"] = sure
    return found


def check(wrong: list[str], marked: set[str], pinned: int) -> None:
    """Fail unless what is read wrongly is just what is marked, and no more than was pinned."""
    read = {line.partition(" → ")[0] for line in wrong}
    new = [line for line in wrong if line.partition(" → ")[0] not in marked]
    assert not new, "read wrongly:\n" + "\n".join(new)
    assert not marked - read, "right now, unmark and lower the pin:\n" + "\n".join(marked - read)
    assert len(marked) <= pinned, f"{len(marked)} are marked as known_wrong, pinned are {pinned}"
