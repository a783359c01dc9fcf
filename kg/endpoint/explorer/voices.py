"""Who says a claim: each article with its date, publisher and the sentences that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.endpoint.explorer.articles import Article, read_article
from kg.who.said.some import (
    Sentence,
    open_part,
    read_claim,
    read_families,
    read_sentences,
)
from kg.who.said.voiced import Voiced, tell_voiced
from kg.who.view.claims import Claim, tell_history
from kg.who.view.statements import Statement


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold what one article says of a claim, how and in which sentences."""

    said: Voiced
    article: Article
    modality: str
    ended: bool
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Hold how a claim stood on a day: by how many articles."""

    date: str
    modality: str
    ended: bool
    articles: int


def read_voices(store: ox.Store, claim: str, skip: int, most: int) -> list[Voice]:
    """Return who says a claim, the latest first and independent voices before their copies."""
    found = read_claim(store, claim)
    return tell_voices(store, order(store, found)[skip : skip + most]) if found else []


def order(store: ox.Store, claim: Claim) -> list[Statement]:
    """Return the facts of a claim, the latest first, those that only copy another voice last."""
    families = read_families(store, claim.statements)
    seen: set[str] = set()
    first: list[Statement] = []
    copies: list[Statement] = []
    for one in reversed(claim.statements):
        voice = families.get(one.article, one.article)
        (copies if voice in seen else first).append(one)
        seen.add(voice)
    return first + copies


def tell_voices(store: ox.Store, statements: Sequence[Statement]) -> list[Voice]:
    """Return what articles say as people read it."""
    archive = open_part(store, statements)
    return [
        Voice(
            tell_voiced(one, archive),
            read_article(store, one.article),
            one.modality,
            one.ended,
            tuple(read_sentences(store, one.fact)),
        )
        for one in statements
    ]


def read_history(store: ox.Store, claim: str) -> list[History]:
    """Return how a claim moved, where it did."""
    found = read_claim(store, claim)
    moves = [History(*it) for it in tell_history(found)] if found else []
    return moves if len({(it.modality, it.ended) for it in moves}) > 1 else []
