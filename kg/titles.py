"""Titles of roles as written: 'directeur général délégué', 'Président et CEO', 'ex-PDG'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language import Language
from kg.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS = "relations.holdsPosition."


@dataclass(frozen=True, slots=True)
class Title:
    """Hold the tokens of a title as written, and whether it is of the past or of the future."""

    start: int
    end: int
    former: bool
    future: bool


def find_titles(scene: Scene) -> Iterator[Title]:
    """Yield the titles of a text ('directeur général délégué', 'Président et CEO')."""
    doc, lang = scene.cast.doc, scene.lang
    index = 0
    while index < len(doc):
        token = doc[index]
        if not is_title(token, lang):
            index += 1
            continue
        end = title_end(doc, index, scene)
        former = marked(token, scene, "former") or token.lower_.startswith("ex-")
        yield Title(index, end, former, marked(token, scene, "future"))
        index = end


def is_title(token: Token, lang: Language) -> bool:
    """Tell whether a token is a title's noun ('PDG', 'ex-PDG')."""
    return token.lower_.removeprefix("ex-") in lang.titles


def title_end(doc: Doc, start: int, scene: Scene) -> int:
    """Return where a title ends: its adjectives, domains and a second title are part of it."""
    lang, end = scene.lang, start + 1
    words = lang.words(WORDS + "title_words")
    domains = lang.words(WORDS + "title_domains")
    while end < len(doc):
        token = doc[end]
        following = doc[end + 1] if end + 1 < len(doc) else None
        if token.text in words or token.lower_ in words or is_title(token, lang):
            end += 1
        elif token.text == "(" and following is not None and is_title(following, lang):
            end += 3
        elif (
            token.lower_ in lang.words(WORDS + "joints")
            and following is not None
            and (is_title(following, lang) or following.text in words)
        ):
            end += 2
        elif step := domain_step(doc, end, domains, scene):
            end += step
        else:
            break
    return end


def domain_step(doc: Doc, index: int, domains: frozenset[str], scene: Scene) -> int:
    """Return how many tokens name a title's domain from an index on ('de la stratégie')."""
    if scene.lang.prepositions.get(doc[index].lower_) not in ("de", "à", "en") and (
        doc[index].lower_ not in scene.lang.words(WORDS + "charged")
    ):
        return 0
    for size in (1, 2):
        if index + size >= len(doc):
            return 0
        token = doc[index + size]
        if token.lower_ in domains and index + size not in scene.cast.at:
            return size + 1
        if token.pos_ not in ("DET", "ADP"):
            return 0
    return 0


def marked(token: Token, scene: Scene, status: str) -> bool:
    """Tell whether 'ancien', 'ex-', 'futur' stands before a title."""
    words = scene.lang.words(WORDS + status)
    first = max(token.i - 2, token.sent.start)
    return any(t.lower_.strip("-") in words for t in token.doc[first : token.i])


def continues(first: Title, second: Title, scene: Scene) -> bool:
    """Tell whether a second title is joined to the first: 'PDG de X et président de Y'."""
    gap = scene.cast.doc[first.end : second.start]
    joined = any(t.lower_ in scene.lang.words(WORDS + "then") for t in gap)
    return joined and len(gap) <= 12 and not any(t.pos_ in ("VERB", "AUX") for t in gap)
